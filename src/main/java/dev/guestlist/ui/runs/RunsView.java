package dev.guestlist.ui.runs;

import dev.guestlist.ui.kit.Texts;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;

/// To be filled.
public final class RunsView {
  private final Parent root = new StackPane();

  public RunsView(RunsViewModel model, Texts texts) {}

  public Parent root() {
    return root;
  }
}
