package dev.guestlist.ui.board;

import dev.guestlist.service.Board;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.input.MouseButton;

/// A number; a dash where none is known, and quiet where it is nothing. One that counts invitations
/// can be clicked.
final class NumberCell extends TableCell<BoardRow, Optional<Integer>> {
  private final Label label = new Label();
  private final String style;
  private final boolean opens;

  /// @param which what it counts; empty for something that cannot be opened
  /// @param style the style class of a number above 0
  NumberCell(BoardViewModel model, Optional<Board.Which> which, String style) {
    this.style = style;
    opens = which.isPresent();
    getStyleClass().add("number");
    label.setOnMouseClicked(event -> {
      boolean plain = event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 1;
      if (plain && label.getStyleClass().contains("opens")) {
        which.ifPresent(is -> model.people(is, Optional.of(getTableRow().getItem())));
        event.consume();
      }
    });
  }

  @Override
  protected void updateItem(Optional<Integer> count, boolean none) {
    super.updateItem(count, none);
    setGraphic(none ? null : label);
    if (!none) {
      label.setText(count.map(number -> String.format("%,d", number)).orElse("\u2013"));
      boolean some = count.orElse(0) > 0;
      label.getStyleClass().setAll("label", some ? style : "quiet");
      if (some && opens) {
        label.getStyleClass().add("opens");
      }
    }
  }
}
