package dev.guestlist.ui.accept;

import dev.guestlist.ui.kit.Texts;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;

/// To be filled.
public final class AcceptView {
  private final Parent root = new StackPane();

  public AcceptView(AcceptViewModel model, Texts texts) {}

  public Parent root() {
    return root;
  }
}
