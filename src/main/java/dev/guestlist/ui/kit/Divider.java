package dev.guestlist.ui.kit;

import java.util.function.DoubleUnaryOperator;
import javafx.application.Platform;
import javafx.scene.control.SplitPane;

/// Places the divider between two parts of a split pane. A pane that is being laid out forgets what
/// it is told meanwhile, so it is told once more afterwards. To be used on the JavaFX thread.
public final class Divider {
  private Divider() {}

  /// Puts the divider somewhere; nothing happens while the pane has no width or one part only.
  ///
  /// @param place how far from the left edge, for a width of the pane; both in pixels
  public static void place(SplitPane split, DoubleUnaryOperator place) {
    placeNow(split, place);
    Platform.runLater(() -> placeNow(split, place));
  }

  private static void placeNow(SplitPane split, DoubleUnaryOperator place) {
    double width = split.getWidth();
    if (width > 0 && split.getItems().size() > 1) {
      split.setDividerPositions(place.applyAsDouble(width) / width);
    }
  }
}
