package dev.guestlist.ui.shell;

import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import javafx.beans.Observable;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;

/// The palette: a field, and below it what fits.
final class PaletteView {
  private static final int PAGE = 8;

  private final PaletteViewModel model;
  private final Region root;
  @FXML private TextField query;
  @FXML private ListView<PaletteRow> list;
  @FXML private Label nothing;
  @FXML private Label count;

  PaletteView(PaletteViewModel model, Texts texts) {
    this.model = model;
    this.root = (Region) Fxml.load(this, texts);
  }

  @FXML
  private void initialize() {
    query.textProperty().bindBidirectional(model.queryProperty());
    query.positionCaret(query.getText().length());
    list.setItems(model.rows());
    list.setCellFactory(view -> new PaletteCell(model));
    model.selectedProperty().addListener((property, was, is) -> select(is.intValue()));
    model.rows().addListener((Observable rows) -> select(model.selectedProperty().get()));
    select(model.selectedProperty().get());
    nothing.textProperty().bind(model.nothingProperty());
    nothing.visibleProperty().bind(model.nothingProperty().isNotEmpty());
    count.textProperty().bind(model.countProperty());
    query.addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
  }

  Region root() {
    return root;
  }

  private void select(int index) {
    if (index < 0 || index >= model.rows().size()) {
      list.getSelectionModel().clearSelection();
      return;
    }
    list.getSelectionModel().select(index);
    list.scrollTo(Math.max(0, index - 4));
    query.setAccessibleHelp(model.rows().get(index).name());
  }

  private void keys(KeyEvent event) {
    int digit = Keys.digit(event);
    boolean known = true;
    switch (event.getCode()) {
      case DOWN -> model.move(1);
      case UP -> model.move(-1);
      case PAGE_DOWN -> model.move(Math.min(PAGE, model.rows().size() - 1 - at()));
      case PAGE_UP -> model.move(-Math.min(PAGE, at()));
      case ENTER -> model.pick();
      default -> known = false;
    }
    if (digit > 0) {
      model.pick(digit - 1);
      known = true;
    } else if (Keys.PIN.match(event)) {
      model.pin();
      known = true;
    }
    if (known) {
      event.consume();
    }
  }

  private int at() {
    return Math.max(0, model.selectedProperty().get());
  }
}
