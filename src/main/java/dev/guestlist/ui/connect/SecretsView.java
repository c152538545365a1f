package dev.guestlist.ui.connect;

import dev.guestlist.model.KeyPlace;
import dev.guestlist.service.VaultKey;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The page about the key of secrets.
public final class SecretsView {
  private final SecretsViewModel model;
  private final Texts texts;
  private final Parent root;
  @FXML private VBox places;
  @FXML private HBox passphrases;
  @FXML private PasswordField passphrase;
  @FXML private PasswordField again;
  @FXML private Button move;
  @FXML private Label reason;
  @FXML private Label note;
  @FXML private TextField minutes;
  @FXML private Button lockNow;

  public SecretsView(SecretsViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.root = Fxml.load(this, texts);
  }

  @FXML
  private void initialize() {
    model.choicesProperty().subscribe(this::showPlaces);
    model.placeProperty().subscribe(place -> showPlaces(model.choicesProperty().get()));
    showWhile(
        passphrases,
        model.wantedProperty().map(place -> place.equals(Optional.of(KeyPlace.PASSPHRASE))));
    passphrase.textProperty().bindBidirectional(model.passphraseProperty());
    again.textProperty().bindBidirectional(model.againProperty());
    reason.textProperty().bind(model.reason());
    move.disableProperty().bind(reason.textProperty().isNotEmpty());
    note.textProperty().bind(model.noteProperty());
    showWhile(note, model.noteProperty().isNotEmpty());
    minutes.textProperty().bindBidirectional(model.minutesProperty());
    lockNow.disableProperty().bind(model.lock().lockedProperty());
  }

  public Parent root() {
    return root;
  }

  private void showPlaces(List<VaultKey.Choice> choices) {
    Choices<Optional<KeyPlace>> buttons = new Choices<>(model.wantedProperty());
    places.getChildren().setAll(choices.stream().map(choice -> line(choice, buttons)).toList());
  }

  private VBox line(VaultKey.Choice choice, Choices<Optional<KeyPlace>> buttons) {
    boolean here = model.placeProperty().get().equals(Optional.of(choice.place()));
    String name = model.name(choice.place());
    RadioButton button =
        buttons.radio(Optional.of(choice.place()), here ? texts.get("secrets.here", name) : name);
    button.setDisable(!choice.available() && !here);
    VBox line = new VBox(button, below(model.sentence(choice.place()), "quiet"));
    if (!choice.available()) {
      line.getChildren().add(below(choice.whyNot(), "reason"));
    }
    return line;
  }

  private static Label below(String text, String style) {
    Label label = new Label(text);
    label.getStyleClass().addAll(style, "small", "under-choice");
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  private static void showWhile(Node node, ObservableValue<Boolean> yes) {
    node.visibleProperty().bind(yes);
    node.managedProperty().bind(yes);
  }

  @FXML
  private void move() {
    model.move();
  }

  @FXML
  private void lockNow() {
    model.lockNow();
  }

  @FXML
  private void done() {
    model.done();
  }
}
