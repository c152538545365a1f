package dev.guestlist.ui.shell;

import javafx.beans.value.ChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// A layer over a part of the window that holds one panel, keeps the focus in it, and gives the
/// focus back to where it was.
final class Overlay {
  private final StackPane host;
  private final StackPane layer = new StackPane();
  private final ChangeListener<@Nullable Node> keepFocus = (property, was, is) -> keep(is);
  private @Nullable Node before;
  private Runnable onEscape = () -> {};

  Overlay(StackPane host) {
    this.host = host;
    layer.getStyleClass().add("veil");
    layer.addEventHandler(KeyEvent.KEY_PRESSED, this::escape);
    layer.setOnMousePressed(event -> {
      if (layer.equals(event.getTarget())) {
        onEscape.run();
      }
    });
  }

  boolean showing() {
    return layer.getParent() != null;
  }

  /// Shows a panel; it is drawn at its own size, or as large as there is room.
  ///
  /// @param newOnEscape what Esc and a click beside the panel do
  void show(Region panel, Pos at, Insets margin, Runnable newOnEscape) {
    close();
    before = host.getScene() == null ? null : host.getScene().getFocusOwner();
    onEscape = newOnEscape;
    layer.getChildren().setAll(panel);
    StackPane.setAlignment(panel, at);
    StackPane.setMargin(panel, margin);
    host.getChildren().add(layer);
    if (host.getScene() != null) {
      Focus.first(panel);
      host.getScene().focusOwnerProperty().addListener(keepFocus);
    }
  }

  /// Takes the panel away; nothing happens when there is none.
  void close() {
    if (!showing()) {
      return;
    }
    if (host.getScene() != null) {
      host.getScene().focusOwnerProperty().removeListener(keepFocus);
    }
    host.getChildren().remove(layer);
    layer.getChildren().clear();
    Node back = before;
    before = null;
    if (back != null && back.getScene() != null) {
      back.requestFocus();
    }
  }

  private void keep(@Nullable Node owner) {
    if (owner != null && Focus.within(owner, host) && !Focus.within(owner, layer)) {
      Focus.first(layer);
    }
  }

  private void escape(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE) {
      event.consume();
      onEscape.run();
    }
  }
}
