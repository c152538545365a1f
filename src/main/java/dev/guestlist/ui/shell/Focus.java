package dev.guestlist.ui.shell;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;

/// Finds where the keyboard goes.
final class Focus {
  private Focus() {}

  /// Puts the focus on the first field or control inside, unless it is inside already.
  static void first(Parent inside) {
    if (inside.getScene() == null) {
      return;
    }
    Node owner = inside.getScene().getFocusOwner();
    if (owner != null && within(owner, inside)) {
      return;
    }
    inside.applyCss();
    firstIn(inside).ifPresent(Node::requestFocus);
  }

  static boolean within(Node node, Node ancestor) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (at.equals(ancestor)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Node> firstIn(Node node) {
    if (!node.isVisible() || node.isDisabled()) {
      return Optional.empty();
    }
    if (node.isFocusTraversable()) {
      return Optional.of(node);
    }
    return node instanceof Parent parent
        ? parent.getChildrenUnmodifiable().stream()
            .map(Focus::firstIn)
            .flatMap(Optional::stream)
            .findFirst()
        : Optional.empty();
  }
}
