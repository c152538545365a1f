package dev.guestlist.ui.shell;

import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import javafx.beans.Observable;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The choice of an organization, while none is open.
final class StartView {
  private final StartViewModel model;
  private final Region root;
  @FXML private Label hint;
  @FXML private VBox places;

  StartView(StartViewModel model, Texts texts) {
    this.model = model;
    this.root = (Region) Fxml.load(this, texts);
  }

  @FXML
  private void initialize() {
    hint.textProperty().bind(model.hintProperty());
    model.places().addListener((Observable list) -> show());
    show();
  }

  Region root() {
    return root;
  }

  private void show() {
    places.getChildren().setAll(model.places().stream().map(this::button).toList());
    places.setVisible(!model.places().isEmpty());
  }

  private Button button(StartViewModel.Place place) {
    Label name = new Label(place.name());
    name.getStyleClass().add("start-name");
    Label path = new Label(place.path());
    path.getStyleClass().addAll("quiet", "small");
    path.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(path, Priority.ALWAYS);
    HBox line = new HBox(new FontIcon("fth-home"), name, path, new FontIcon("fth-chevron-right"));
    line.getStyleClass().add("start-line");
    Button button = new Button();
    button.setGraphic(line);
    button.getStyleClass().addAll("flat", "start-place");
    button.setMaxWidth(Double.MAX_VALUE);
    button.setAccessibleText(place.name() + ", " + place.path());
    button.setOnAction(event -> model.go(place));
    line.prefWidthProperty().bind(button.widthProperty().subtract(26));
    return button;
  }
}
