package dev.guestlist.ui.connect;

import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.layout.HBox;

/// The line that says that codes are hidden, and asks for what shows them again. It takes no room
/// otherwise, and nothing behind it is blocked.
public final class LockView {
  private final LockViewModel model;
  private final Parent root;
  @FXML private HBox line;
  @FXML private PasswordField passphrase;
  @FXML private Label note;

  public LockView(LockViewModel model, Texts texts) {
    this.model = model;
    this.root = Fxml.load(this, texts);
  }

  @FXML
  private void initialize() {
    line.visibleProperty().bind(model.lockedProperty());
    line.managedProperty().bind(model.lockedProperty());
    passphrase.visibleProperty().bind(model.needsPassphraseProperty());
    passphrase.managedProperty().bind(model.needsPassphraseProperty());
    passphrase.textProperty().bindBidirectional(model.passphraseProperty());
    note.textProperty().bind(model.noteProperty());
    note.visibleProperty().bind(model.noteProperty().isNotEmpty());
    note.managedProperty().bind(note.visibleProperty());
  }

  public Parent root() {
    return root;
  }

  @FXML
  private void unlock() {
    model.unlock();
  }
}
