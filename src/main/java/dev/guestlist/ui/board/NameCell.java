package dev.guestlist.ui.board;

import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.layout.HBox;

/// The name of an organization, and quietly the path above it.
final class NameCell extends TableCell<BoardRow, BoardRow> {
  private final Label title = new Label();
  private final Label way = new Label();
  private final HBox both = new HBox(8, title, way);

  NameCell() {
    way.getStyleClass().addAll("quiet", "small");
    title.setMinWidth(USE_PREF_SIZE);
    both.getStyleClass().add("name");
  }

  @Override
  protected void updateItem(BoardRow row, boolean none) {
    super.updateItem(row, none);
    setGraphic(none ? null : both);
    if (!none) {
      title.setText(row.name());
      way.setText(row.way());
    }
  }
}
