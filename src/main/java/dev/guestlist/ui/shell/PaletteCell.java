package dev.guestlist.ui.shell;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// One line of the palette: name with what was found marked, path, note, age or key.
final class PaletteCell extends ListCell<PaletteRow> {
  private final Label heading = new Label();
  private final FontIcon pin = new FontIcon("fth-bookmark");
  private final HBox name = new HBox();
  private final Label detail = new Label();
  private final Label note = new Label();
  private final Label side = new Label();
  private final HBox line = new HBox(pin, name, detail, note, side);
  private final VBox whole = new VBox(heading, line);

  PaletteCell(PaletteViewModel model) {
    heading.getStyleClass().addAll("section", "palette-heading");
    line.getStyleClass().add("palette-line");
    detail.getStyleClass().addAll("quiet", "small");
    detail.setMaxWidth(Double.MAX_VALUE);
    detail.setMinWidth(0);
    HBox.setHgrow(detail, Priority.ALWAYS);
    note.getStyleClass().addAll("quiet", "small");
    side.getStyleClass().addAll("quiet", "small", "palette-side");
    for (Label label : new Label[] {note, side}) {
      label.setMinWidth(USE_PREF_SIZE);
    }
    name.setMinWidth(USE_PREF_SIZE);
    setPrefWidth(0);
    setOnMouseClicked(event -> {
      if (!isEmpty()) {
        model.pick(getIndex());
      }
    });
  }

  @Override
  protected void updateItem(PaletteRow row, boolean empty) {
    super.updateItem(row, empty);
    if (empty || row == null) {
      setGraphic(null);
      return;
    }
    heading.setText(row.heading());
    heading.setVisible(!row.heading().isBlank());
    heading.setManaged(heading.isVisible());
    pin.setVisible(row.pinned());
    name.getChildren().setAll(row.title().stream().map(PaletteCell::piece).toList());
    detail.setText(row.detail());
    note.setText(row.note());
    side.setText(row.side());
    line.setOpacity(row.possible() ? 1 : 0.7);
    setGraphic(whole);
    setAccessibleText(String.join(", ", row.name(), row.detail(), row.note(), row.side()));
  }

  private static Label piece(PaletteRow.Piece piece) {
    Label label = new Label(piece.text());
    label.setMnemonicParsing(false);
    label.getStyleClass().add(piece.found() ? "found" : "name");
    return label;
  }
}
