package dev.guestlist.ui.invite;

import dev.guestlist.ui.kit.Texts;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;

/// To be filled.
public final class InviteDialogView {
  private final Parent root = new StackPane();

  public InviteDialogView(InviteDialogViewModel model, Texts texts) {}

  public Parent root() {
    return root;
  }
}
