package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.Texts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/// What can be done to columns without a mouse: show, hide, sort by, move.
final class ColumnMenu {
  private final Texts texts;
  private final RowWords words;
  private final Consumer<ColumnLayout> chosen;

  /// @param chosen takes the new layout
  ColumnMenu(Texts texts, RowWords words, Consumer<ColumnLayout> chosen) {
    this.texts = texts;
    this.words = words;
    this.chosen = chosen;
  }

  /// The items for a layout; made anew for each opening.
  List<MenuItem> items(ColumnLayout layout) {
    List<MenuItem> items = new ArrayList<>();
    for (ColumnLayout.Place place : layout.places()) {
      CheckMenuItem item = new CheckMenuItem(words.header(place.column()));
      item.setSelected(place.shown());
      item.setDisable(place.shown() && layout.shownColumns().size() == 1);
      item.setOnAction(event -> chosen.accept(layout.with(place.column(), !place.shown())));
      items.add(item);
    }
    items.add(new SeparatorMenuItem());
    items.add(each(layout, "invitations.columns.sort", layout::sortedBy));
    items.add(each(layout, "invitations.columns.left", column -> layout.moved(column, -1)));
    items.add(each(layout, "invitations.columns.right", column -> layout.moved(column, 1)));
    items.add(new SeparatorMenuItem());
    MenuItem standard = new MenuItem(texts.get("invitations.columns.standard"));
    standard.setOnAction(event -> chosen.accept(ColumnLayout.standard()));
    items.add(standard);
    return Collections.unmodifiableList(items);
  }

  private Menu each(ColumnLayout layout, String key, Function<RowColumn, ColumnLayout> changed) {
    Menu menu = new Menu(texts.get(key));
    for (RowColumn column : layout.shownColumns()) {
      MenuItem item = new MenuItem(words.header(column));
      item.setOnAction(event -> chosen.accept(changed.apply(column)));
      menu.getItems().add(item);
    }
    return menu;
  }
}
