package dev.guestlist.ui.shell;

import java.util.Locale;
import javafx.animation.PauseTransition;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyEvent;
import javafx.util.Duration;

/// Goes to the next organization in the tree whose name begins with what is typed.
final class TypeAhead {
  private final TreeView<OrganizationNode> tree;
  private final PauseTransition pause = new PauseTransition(Duration.seconds(1));
  private String typed = "";

  TypeAhead(TreeView<OrganizationNode> tree) {
    this.tree = tree;
    pause.setOnFinished(event -> typed = "");
    tree.addEventHandler(KeyEvent.KEY_TYPED, this::type);
  }

  private void type(KeyEvent event) {
    String character = event.getCharacter();
    boolean plain = !event.isShortcutDown() && !event.isAltDown();
    if (!plain || (character.isBlank() && typed.isEmpty()) || character.codePointAt(0) < ' ') {
      return;
    }
    typed += character.toLowerCase(Locale.ROOT);
    pause.playFromStart();
    int rows = tree.getExpandedItemCount();
    int from = Math.max(0, tree.getSelectionModel().getSelectedIndex());
    int first = typed.length() == 1 ? 1 : 0;
    for (int i = first; i <= rows; i++) {
      int row = (from + i) % Math.max(1, rows);
      TreeItem<OrganizationNode> item = tree.getTreeItem(row);
      if (item != null
          && item.getValue().organization().name().toLowerCase(Locale.ROOT).startsWith(typed)) {
        tree.getSelectionModel().clearAndSelect(row);
        tree.getFocusModel().focus(row);
        tree.scrollTo(Math.max(0, row - 3));
        event.consume();
        return;
      }
    }
  }
}
