package dev.guestlist.ui.shell;

import java.util.List;
import java.util.Locale;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// The keys of the window around the screens.
final class Keys {
  static final KeyCombination JUMP = shortcut(KeyCode.K);
  static final KeyCombination COMMANDS =
      new KeyCodeCombination(KeyCode.P, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
  static final KeyCombination LOCK =
      new KeyCodeCombination(KeyCode.L, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
  static final KeyCombination DESK =
      new KeyCodeCombination(KeyCode.A, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
  static final KeyCombination OFFLINE =
      new KeyCodeCombination(KeyCode.O, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
  static final KeyCombination INVITE = shortcut(KeyCode.N);
  static final KeyCombination PATH = shortcut(KeyCode.L);
  static final KeyCombination RAIL = shortcut(KeyCode.B);
  static final KeyCombination PIN = shortcut(KeyCode.D);
  static final KeyCombination NEXT_PANE = new KeyCodeCombination(KeyCode.F6);
  static final KeyCombination FORMER_PANE =
      new KeyCodeCombination(KeyCode.F6, KeyCombination.SHIFT_DOWN);
  private static final List<KeyCombination> BACK =
      List.of(
          new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN),
          shortcut(KeyCode.OPEN_BRACKET));
  private static final List<KeyCombination> FORWARD =
      List.of(
          new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.ALT_DOWN),
          shortcut(KeyCode.CLOSE_BRACKET));
  private static final List<KeyCode> DIGITS =
      List.of(
          KeyCode.DIGIT1,
          KeyCode.DIGIT2,
          KeyCode.DIGIT3,
          KeyCode.DIGIT4,
          KeyCode.DIGIT5,
          KeyCode.DIGIT6,
          KeyCode.DIGIT7,
          KeyCode.DIGIT8,
          KeyCode.DIGIT9);

  private Keys() {}

  static boolean back(KeyEvent event) {
    return BACK.stream().anyMatch(keys -> keys.match(event));
  }

  static boolean forward(KeyEvent event) {
    return FORWARD.stream().anyMatch(keys -> keys.match(event));
  }

  /// Which digit was pressed together with Ctrl, 1 to 9; 0 when none was.
  static int digit(KeyEvent event) {
    return event.isShortcutDown() && !event.isAltDown() && !event.isShiftDown()
        ? DIGITS.indexOf(event.getCode()) + 1
        : 0;
  }

  /// How keys are written for people: `Ctrl+K`, or `Cmd+K` where that is the key.
  static String name(String keys) {
    boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
    return mac ? keys.replace("Ctrl", "Cmd") : keys;
  }

  private static KeyCombination shortcut(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN);
  }
}
