package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.Divider;
import dev.guestlist.ui.kit.Theme;
import javafx.geometry.Pos;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// Where the details stand: beside the table while there is room for both, else over its right
/// side, where Esc closes them.
final class DetailsPlace {
  /// What table and details need to stand beside each other, in pixels at the usual text size.
  private static final double BOTH = 700;

  private final SplitPane split;
  private final StackPane rows;
  private final Region details;
  private final Arrangement arrangement;
  private double grown = 1;

  /// Follows whether the details are open, and how wide the split pane is.
  ///
  /// @param rows the first item of the split pane, which holds the table
  DetailsPlace(SplitPane split, StackPane rows, Region details, Arrangement arrangement) {
    this.split = split;
    this.rows = rows;
    this.details = details;
    this.arrangement = arrangement;
    SplitPane.setResizableWithParent(details, false);
    StackPane.setAlignment(details, Pos.CENTER_RIGHT);
    arrangement.detailsOpenProperty().addListener((property, before, open) -> place());
    split
        .widthProperty()
        .addListener((property, before, width) -> {
          place();
          divide();
        });
    split.addEventHandler(MouseEvent.MOUSE_RELEASED, event -> remember());
    rows.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE && rows.getChildren().contains(details)) {
            arrangement.detailsOpenProperty().set(false);
            event.consume();
          }
        });
    place();
  }

  /// The details grow with the text.
  ///
  /// @param pixels how high text is
  void textSize(double pixels) {
    grown = pixels / Theme.TEXT_PIXELS;
    place();
    divide();
  }

  /// Keeps the width that somebody drew the details to.
  private void remember() {
    if (split.getItems().contains(details)) {
      arrangement.rememberDetailsWidth(details.getLayoutBounds().getWidth() / grown);
    }
  }

  private void place() {
    boolean open = arrangement.detailsOpenProperty().get();
    boolean both = split.getWidth() == 0 || split.getWidth() >= BOTH * grown;
    boolean beside = split.getItems().contains(details);
    if (beside && !(open && both)) {
      split.getItems().remove(details);
    }
    if (!open || both) {
      rows.getChildren().remove(details);
    }
    if (open && both && !beside) {
      details.getStyleClass().remove("over");
      details.setMaxWidth(Region.USE_COMPUTED_SIZE);
      split.getItems().add(details);
      divide();
    } else if (open && !both) {
      details.setMaxWidth(Math.min(width(), split.getWidth() * 0.8));
      if (!rows.getChildren().contains(details)) {
        details.getStyleClass().add("over");
        rows.getChildren().add(details);
      }
    }
  }

  /// Gives the details the width they had.
  private void divide() {
    if (split.getItems().contains(details)) {
      Divider.place(split, width -> Math.max(0.3 * width, width - width()));
    }
  }

  private double width() {
    return arrangement.detailsWidth() * grown;
  }
}
