package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.Texts;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;

/// To be filled.
public final class InvitationsView {
  private final Parent root = new StackPane();

  public InvitationsView(InvitationsViewModel model, Texts texts) {}

  public Parent root() {
    return root;
  }
}
