package dev.guestlist.ui.connect;

import dev.guestlist.service.SetUpSheet.Role;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;

/// The set-up sheet, to be read and copied.
public final class SetUpSheetView {
  private final SetUpSheetViewModel model;
  private final Texts texts;
  private final Parent root;
  @FXML private HBox roles;
  @FXML private TextArea page;

  public SetUpSheetView(SetUpSheetViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.root = Fxml.load(this, texts);
  }

  @FXML
  private void initialize() {
    Choices<Role> choices = new Choices<>(model.roleProperty());
    for (Role role : Role.values()) {
      roles.getChildren().add(choices.radio(role, SheetText.role(role, texts)));
    }
    page.textProperty().bind(model.textProperty());
  }

  public Parent root() {
    return root;
  }

  @FXML
  private void copy() {
    model.copy();
  }

  @FXML
  private void close() {
    model.close();
  }
}
