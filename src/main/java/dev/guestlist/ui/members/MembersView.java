package dev.guestlist.ui.members;

import dev.guestlist.ui.kit.Texts;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;

/// To be filled.
public final class MembersView {
  private final Parent root = new StackPane();

  public MembersView(MembersViewModel model, Texts texts) {}

  public Parent root() {
    return root;
  }
}
