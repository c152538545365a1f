package dev.guestlist.ui.invitations;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// Which key does what. "Shortcut" is Ctrl, and Cmd on macOS.
final class Keys {
  private final Map<KeyCombination, Runnable> actions = new LinkedHashMap<>();

  Keys on(String key, Runnable action) {
    actions.put(KeyCombination.keyCombination(key), action);
    return this;
  }

  /// Before the control itself sees the key: for keys that it would take.
  void before(Node node) {
    node.addEventFilter(KeyEvent.KEY_PRESSED, this::run);
  }

  /// After everything inside has left the key alone.
  void after(Node node) {
    node.addEventHandler(KeyEvent.KEY_PRESSED, this::run);
  }

  private void run(KeyEvent event) {
    actions.entrySet().stream()
        .filter(key -> key.getKey().match(event))
        .findFirst()
        .ifPresent(key -> {
          event.consume();
          key.getValue().run();
        });
  }
}
