package dev.guestlist.ui.accept;

import dev.guestlist.ui.kit.StatusBadge;
import dev.guestlist.ui.kit.Texts;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/// Draws one code as a card: its state, who goes where, what they get, and what has to be said.
final class DeskCell extends ListCell<DeskViewModel.Card> {
  private static final double BESIDES = 26;
  private static final double TICK = 26;

  private final Texts texts;
  private final CheckBox tick = new CheckBox();
  private final StatusBadge badge = new StatusBadge();
  private final Label masked = new Label();
  private final Text person = styled("person");
  private final Text into = styled("wrapped");
  private final TextFlow who = new TextFlow(person, into);
  private final Text gets = styled("note");
  private final Text note = styled("note");
  private final Hyperlink offer = new Hyperlink();
  private final VBox lines;
  private final HBox whole;

  DeskCell(AcceptViewModel codes, Texts texts) {
    this.texts = texts;
    setPrefWidth(0);
    Region between = new Region();
    HBox.setHgrow(between, Priority.ALWAYS);
    masked.getStyleClass().addAll("mono", "quiet", "small");
    masked.setMinWidth(Region.USE_PREF_SIZE);
    HBox head = new HBox(badge, between, masked);
    head.getStyleClass().add("head");
    lines = new VBox(head, who, gets, note, offer);
    lines.getStyleClass().add("lines");
    StackPane tickPlace = new StackPane(tick);
    tickPlace.getStyleClass().add("tick-place");
    tickPlace.setMinWidth(TICK);
    whole = new HBox(tickPlace, lines);
    whole.getStyleClass().add("desk-card");
    lines.prefWidthProperty().bind(widthProperty().subtract(BESIDES + TICK));
    lines.maxWidthProperty().bind(lines.prefWidthProperty());
    who.prefWidthProperty().bind(lines.prefWidthProperty());
    who.maxWidthProperty().bind(lines.prefWidthProperty());
    for (Text wrapped : List.of(gets, note)) {
      wrapped.wrappingWidthProperty().bind(lines.prefWidthProperty());
      wrapped.managedProperty().bind(wrapped.textProperty().isNotEmpty());
    }
    offer.managedProperty().bind(offer.visibleProperty());
    offer.setFocusTraversable(false);
    offer.setOnAction(click -> codes.take(getItem().row()));
    tick.setFocusTraversable(false);
    tick.setOnAction(click -> codes.tick(getItem().row(), tick.isSelected()));
  }

  @Override
  protected void updateItem(DeskViewModel.Card card, boolean none) {
    super.updateItem(card, none);
    setGraphic(none ? null : whole);
    setAccessibleText(none ? null : spoken(card));
    if (!none) {
      show(card);
    }
  }

  private void show(DeskViewModel.Card card) {
    AcceptRow row = card.row();
    tick.setVisible(row.state().sendable());
    tick.setSelected(row.ticked());
    tick.setAccessibleText(texts.get("accept.tick", row.person()));
    badge.show(row.state().glyph(), texts.get(row.state().key()), row.state().style());
    masked.setText(row.masked());
    person.setText(row.person());
    into.setText(into(row));
    shown(who, !row.person().isBlank() || !row.into().isBlank());
    gets.setText(
        Stream.of(row.gets().isBlank() ? "" : texts.get("desk.gets", row.gets()), card.ends())
            .filter(part -> !part.isBlank())
            .collect(Collectors.joining(" \u00b7\u00a0")));
    note.setText(row.note());
    offer.setVisible(row.offer().isPresent());
    row.offer().ifPresent(way -> offer.setText(texts.get(way.key())));
  }

  private String into(AcceptRow row) {
    if (row.into().isBlank()) {
      return "";
    }
    String into = texts.get("desk.into", row.into());
    return " " + (row.from().isBlank() ? into : texts.get("desk.into.from", into, row.from()));
  }

  private String spoken(DeskViewModel.Card card) {
    AcceptRow row = card.row();
    return texts.get(
        "accept.row",
        row.person().isBlank() ? row.masked() : row.person(),
        row.into(),
        texts.get(row.state().key()),
        row.note());
  }

  private static Text styled(String style) {
    Text text = new Text();
    text.getStyleClass().add(style);
    return text;
  }

  private static void shown(Node node, boolean when) {
    node.setVisible(when);
    node.setManaged(when);
  }
}
