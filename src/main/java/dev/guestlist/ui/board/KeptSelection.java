package dev.guestlist.ui.board;

import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.control.TableView;

/// Rows are made anew when something changed: those that were selected stay so.
final class KeptSelection {
  private KeptSelection() {}

  static void in(TableView<BoardRow> table) {
    List<BoardRow> chosen = new ArrayList<>();
    boolean[] replacing = {false};
    table
        .getSelectionModel()
        .getSelectedItems()
        .addListener(
            (ListChangeListener<BoardRow>)
                change -> {
                  List<? extends BoardRow> now = change.getList();
                  if (!replacing[0] && !(now.isEmpty() && table.getItems().isEmpty())) {
                    chosen.clear();
                    chosen.addAll(now);
                  }
                });
    table
        .getItems()
        .addListener(
            (ListChangeListener<BoardRow>)
                change -> {
                  List<BoardRow> before = List.copyOf(chosen);
                  replacing[0] = true;
                  table.getSelectionModel().clearSelection();
                  for (BoardRow row : table.getItems()) {
                    if (before.stream().anyMatch(one -> one.id().equals(row.id()))) {
                      table.getSelectionModel().select(row);
                    }
                  }
                  replacing[0] = false;
                });
  }
}
