package dev.guestlist.ui.accept;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;

/// Takes files that somebody drops on a pane, saved mails for example.
final class FileDrop {
  private FileDrop() {}

  static void on(Node pane, Consumer<List<Path>> dropped) {
    pane.addEventFilter(
        DragEvent.DRAG_OVER,
        drag -> {
          if (drag.getDragboard().hasFiles()) {
            drag.acceptTransferModes(TransferMode.COPY);
            drag.consume();
          }
        });
    pane.addEventFilter(
        DragEvent.DRAG_DROPPED,
        drag -> {
          if (drag.getDragboard().hasFiles()) {
            dropped.accept(drag.getDragboard().getFiles().stream().map(File::toPath).toList());
            drag.setDropCompleted(true);
            drag.consume();
          }
        });
  }
}
