package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.Theme;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.util.Duration;

/// The table: its columns as somebody arranged them, and rows that can be replaced while selection,
/// focus and scroll position stay.
final class InvitationTable {
  private static final Duration SETTLED = Duration.millis(300);

  private final TableView<InvitationRow> table;
  private final InvitationsViewModel model;
  private final Map<RowColumn, TableColumn<InvitationRow, InvitationRow>> columns =
      new EnumMap<>(RowColumn.class);
  private final PauseTransition settled = new PauseTransition(SETTLED);
  private double grown = 1;
  private boolean replacing;

  InvitationTable(TableView<InvitationRow> table, InvitationsViewModel model) {
    this.table = table;
    this.model = model;
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    table.setSortPolicy(sorted -> true);
    for (RowColumn column : RowColumn.values()) {
      columns.put(column, column(column));
    }
    apply(model.arrangement().layout());
    settled.setOnFinished(event -> model.arrangement().arrange(arranged()));
    follow();
    show(model.contents().shownProperty().get());
    model.contents().shownProperty().addListener((property, before, rows) -> show(rows));
  }

  /// Puts columns and sorting as the layout says.
  void apply(ColumnLayout layout) {
    table.getColumns().setAll(layout.places().stream().map(place -> of(place.column())).toList());
    for (ColumnLayout.Place place : layout.places()) {
      of(place.column()).setVisible(place.shown());
      of(place.column()).setPrefWidth(place.width() * grown);
    }
    layout
        .order()
        .keys()
        .forEach(key ->
            of(key.column())
                .setSortType(
                    key.ascending()
                        ? TableColumn.SortType.ASCENDING
                        : TableColumn.SortType.DESCENDING));
    table
        .getSortOrder()
        .setAll(layout.order().keys().stream().map(key -> of(key.column())).toList());
  }

  /// Columns grow with the text, so that larger words are cut no sooner.
  ///
  /// @param pixels how high text is
  void textSize(double pixels) {
    double before = grown;
    grown = pixels / Theme.TEXT_PIXELS;
    columns.values().forEach(column -> column.setPrefWidth(column.getWidth() / before * grown));
  }

  /// Replaces the rows; what was selected, focused and on top stays so, as far as it is still
  /// there.
  void show(List<InvitationRow> rows) {
    Kept kept = kept();
    replacing = true;
    table.getSelectionModel().clearSelection();
    table.getItems().setAll(rows);
    if (kept.anything()) {
      restore(kept, rows);
    } else if (!rows.isEmpty()) {
      table.getFocusModel().focus(0);
    }
    replacing = false;
    tell();
  }

  /// What is to stay while the rows are replaced.
  ///
  /// @param focused the focused row, by index and by key
  private record Kept(
      Set<String> selected, int focused, String focusedKey, Top top, String topKey) {
    boolean anything() {
      return !selected.isEmpty() || focused > 0 || top.index() > 0 || top.above() > 0;
    }
  }

  private Kept kept() {
    Set<String> selected = new HashSet<>();
    table.getSelectionModel().getSelectedItems().forEach(row -> selected.add(row.key()));
    int focused = table.getFocusModel().getFocusedIndex();
    Top top = top();
    return new Kept(selected, focused, keyAt(focused), top, keyAt(top.index()));
  }

  /// A focused row that is gone leaves the focus to the one that took its place.
  private void restore(Kept kept, List<InvitationRow> rows) {
    int focus = Math.max(0, Math.min(kept.focused(), rows.size() - 1));
    int top = kept.top().index();
    int[] picked = new int[kept.selected().isEmpty() ? 0 : rows.size()];
    int count = 0;
    for (int i = 0; i < rows.size(); i++) {
      String key = rows.get(i).key();
      if (picked.length > 0 && kept.selected().contains(key)) {
        picked[count] = i;
        count++;
      }
      focus = key.equals(kept.focusedKey()) ? i : focus;
      top = key.equals(kept.topKey()) ? i : top;
    }
    select(picked, count, rows.size());
    if (!rows.isEmpty()) {
      table.getFocusModel().focus(focus);
      scroll(new Top(Math.min(top, rows.size() - 1), kept.top().above()));
    }
  }

  /// Gives every header this menu, made anew for each opening.
  void headerMenu(Supplier<List<MenuItem>> items) {
    for (TableColumn<InvitationRow, InvitationRow> column : columns.values()) {
      ContextMenu menu = new ContextMenu(new MenuItem());
      menu.setOnShowing(event -> menu.getItems().setAll(items.get()));
      column.setContextMenu(menu);
    }
  }

  void clearSelection() {
    table.getSelectionModel().clearSelection();
  }

  /// Selects the focused row, or takes it out.
  void toggleFocused() {
    int at = table.getFocusModel().getFocusedIndex();
    if (table.getSelectionModel().isSelected(at)) {
      table.getSelectionModel().clearSelection(at);
    } else {
      table.getSelectionModel().select(at);
    }
    table.getFocusModel().focus(at);
  }

  private void select(int[] picked, int count, int of) {
    if (count == of && count > 0) {
      table.getSelectionModel().selectAll();
    } else if (count > 0) {
      int[] others = new int[count - 1];
      System.arraycopy(picked, 1, others, 0, count - 1);
      table.getSelectionModel().selectIndices(picked[0], others);
    }
  }

  private void tell() {
    if (!replacing) {
      model.selection().select(table.getSelectionModel().getSelectedItems());
    }
  }

  private void follow() {
    ListChangeListener<Object> arranged = change -> settled.playFromStart();
    table.getColumns().addListener(arranged);
    for (TableColumn<InvitationRow, InvitationRow> column : columns.values()) {
      column.widthProperty().addListener((property, before, width) -> settled.playFromStart());
      column.visibleProperty().addListener((property, before, shown) -> settled.playFromStart());
      column
          .sortTypeProperty()
          .addListener((property, before, type) -> model.arrangement().arrange(arranged()));
    }
    table
        .getSortOrder()
        .addListener(
            (ListChangeListener<Object>) change -> model.arrangement().arrange(arranged()));
    table
        .getSelectionModel()
        .getSelectedIndices()
        .addListener((ListChangeListener<Integer>) change -> tell());
  }

  private TableColumn<InvitationRow, InvitationRow> column(RowColumn column) {
    TableColumn<InvitationRow, InvitationRow> made =
        new TableColumn<>(model.words().header(column));
    made.setUserData(column);
    made.setMinWidth(40);
    made.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    made.setCellFactory(of -> new InvitationCell(column, model));
    return made;
  }

  private TableColumn<InvitationRow, InvitationRow> of(RowColumn column) {
    return Objects.requireNonNull(columns.get(column));
  }

  private ColumnLayout arranged() {
    List<ColumnLayout.Place> places = new ArrayList<>();
    for (TableColumn<InvitationRow, ?> column : table.getColumns()) {
      double width = column.getWidth();
      places.add(
          new ColumnLayout.Place(
              (RowColumn) column.getUserData(), Math.round(width / grown), column.isVisible()));
    }
    List<SortOrder.Key> keys = new ArrayList<>();
    for (TableColumn<InvitationRow, ?> column : table.getSortOrder()) {
      keys.add(
          new SortOrder.Key(
              (RowColumn) column.getUserData(),
              column.getSortType() == TableColumn.SortType.ASCENDING));
    }
    return new ColumnLayout(places, new SortOrder(keys));
  }

  private String keyAt(int index) {
    List<InvitationRow> rows = table.getItems();
    return index >= 0 && index < rows.size() ? rows.get(index).key() : "";
  }

  private Top top() {
    IndexedCell<?> first = flow().map(VirtualFlow::getFirstVisibleCell).orElse(null);
    return first == null ? new Top(0, 0) : new Top(first.getIndex(), -first.getLayoutY());
  }

  private void scroll(Top to) {
    flow()
        .ifPresent(flow -> {
          table.layout();
          flow.scrollToTop(to.index());
          flow.scrollPixels(to.above());
        });
  }

  private Optional<VirtualFlow<?>> flow() {
    return table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow
        ? Optional.of(flow)
        : Optional.empty();
  }

  /// The row at the upper edge, and how much of it is hidden above, in pixels.
  private record Top(int index, double above) {}
}
