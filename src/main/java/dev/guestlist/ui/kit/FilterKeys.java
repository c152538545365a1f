package dev.guestlist.ui.kit;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// The keys of a list with a filter above it, the same on every screen: Ctrl+F goes to the filter,
/// Esc empties it and then goes one step back, Down goes from the filter into the table, and Enter
/// opens the row that has the focus, or the only one that is left.
public final class FilterKeys {
  private FilterKeys() {}

  /// Ctrl+F and Esc.
  ///
  /// @param back what Esc does once the filter is empty; empty when that is somebody else's key
  public static void on(Node pane, TextField filter, Optional<Runnable> back) {
    pane.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          if (key.isShortcutDown() && key.getCode() == KeyCode.F) {
            filter.requestFocus();
            key.consume();
          } else if (key.getCode() == KeyCode.ESCAPE && !filter.getText().isEmpty()) {
            filter.clear();
            key.consume();
          } else if (key.getCode() == KeyCode.ESCAPE && back.isPresent()) {
            back.get().run();
            key.consume();
          }
        });
  }

  /// Down and Enter.
  public static <T> void between(TextField filter, TableView<T> table, Consumer<T> open) {
    filter.setOnKeyPressed(key -> {
      if (key.getCode() == KeyCode.DOWN && !table.getItems().isEmpty()) {
        table.requestFocus();
        table.getSelectionModel().clearAndSelect(0);
        key.consume();
      } else if (key.getCode() == KeyCode.ENTER && table.getItems().size() == 1) {
        open.accept(table.getItems().getFirst());
        key.consume();
      }
    });
    table.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          T row = table.getFocusModel().getFocusedItem();
          if (key.getCode() == KeyCode.ENTER && row != null) {
            open.accept(row);
            key.consume();
          }
        });
  }
}
