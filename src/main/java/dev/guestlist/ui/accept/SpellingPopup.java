package dev.guestlist.ui.accept;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.PastedCodes;
import dev.guestlist.ui.kit.Remembered;
import dev.guestlist.ui.kit.Texts;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import javafx.util.Duration;

/// Shows a code in groups of four with the words to say, for reading it back to a caller. Hidden
/// again by Esc, after half a minute, and when the window is left; nothing of it is kept then.
final class SpellingPopup {
  private static final KeyCombination KEYS =
      new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
  private static final String ALPHABET = "spelling.alphabet";
  private static final int LONGEST_LOOKED_AT = 2_000;

  private final Node pane;
  private final Supplier<Optional<String>> code;
  private final Remembered remembered;
  private final Texts texts;
  private final Popup popup = new Popup();
  private final VBox panel = new VBox();
  private final PauseTransition stays = new PauseTransition(Duration.seconds(30));
  private boolean hidden;
  private final PauseTransition soon = new PauseTransition(Duration.millis(1));

  private SpellingPopup(
      Node pane, Supplier<Optional<String>> code, Remembered remembered, Texts texts) {
    this.pane = pane;
    this.code = code;
    this.remembered = remembered;
    this.texts = texts;
    panel.getStyleClass().add("spelling");
    popup.getContent().add(panel);
    popup.setAutoHide(true);
    popup.setHideOnEscape(true);
    popup.setOnHidden(event -> {
      stays.stop();
      panel.getChildren().clear();
    });
    stays.setOnFinished(event -> popup.hide());
    soon.setOnFinished(event -> popup.hide());
  }

  /// Lets Ctrl+Shift+S inside `pane` read out the code that `code` answers.
  static SpellingPopup on(
      Node pane, Supplier<Optional<String>> code, Remembered remembered, Texts texts) {
    SpellingPopup spelling = new SpellingPopup(pane, code, remembered, texts);
    pane.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          if (KEYS.match(key)) {
            spelling.toggle();
            key.consume();
          }
        });
    pane.sceneProperty()
        .flatMap(scene -> scene.windowProperty())
        .flatMap(window -> window.focusedProperty())
        .orElse(false)
        .subscribe(focused -> {
          if (!focused) {
            spelling.left();
          }
        });
    return spelling;
  }

  /// While codes are hidden, nothing is read out.
  void hide(boolean hidden) {
    this.hidden = hidden;
    if (hidden) {
      left();
    }
  }

  /// The popup follows the focus of its window too, and must not go while it is told of it.
  private void left() {
    panel.getChildren().clear();
    if (popup.isShowing()) {
      soon.play();
    }
  }

  /// The code that stands in the field, whole or as far as it is typed; else that of the chosen
  /// row, while it is held.
  static Optional<String> codeOf(String field, Optional<AcceptRow> chosen) {
    if (field.isBlank()) {
      return chosen.flatMap(AcceptRow::code).map(ConfirmationCode::reveal);
    }
    if (Spelling.fits(field)) {
      return Optional.of(field);
    }
    return field.length() > LONGEST_LOOKED_AT
        ? Optional.empty()
        : PastedCodes.find(field).codes().stream().map(one -> one.code().reveal()).findFirst();
  }

  private void toggle() {
    // after the window was left it may be about to go, with nothing in it
    boolean shows = popup.isShowing() && !panel.getChildren().isEmpty();
    soon.stop();
    popup.hide();
    code.get()
        .filter(text -> !hidden && !shows)
        .ifPresent(text -> {
          show(text, alphabet());
          Bounds at = pane.localToScreen(pane.getBoundsInLocal());
          popup.show(pane, at.getMinX() + 12, at.getMinY() + 48);
          stays.playFromStart();
        });
  }

  private void show(String text, Spelling.Alphabet alphabet) {
    Label title = new Label(texts.get("spelling.title"));
    title.getStyleClass().add("strong");
    Region between = new Region();
    HBox.setHgrow(between, Priority.ALWAYS);
    Button other = new Button(texts.get(alphabet.next().nameKey()));
    other.getStyleClass().addAll("flat", "small");
    other.setOnAction(click -> {
      remembered.put(ALPHABET, alphabet.next().name());
      show(text, alphabet.next());
    });
    HBox head = new HBox(title, between, other);
    head.getStyleClass().add("head");
    GridPane lines = new GridPane();
    lines.getStyleClass().add("lines");
    int line = 0;
    for (Spelling.Group group : new Spelling(texts.get(alphabet.key())).of(text)) {
      Label characters = new Label(group.characters());
      characters.getStyleClass().addAll("mono", "characters");
      lines.addRow(line++, characters, new Label(group.spoken()));
    }
    Label hint = new Label(texts.get("spelling.hint"));
    hint.getStyleClass().addAll("quiet", "small");
    panel.getChildren().setAll(head, lines, hint);
  }

  private Spelling.Alphabet alphabet() {
    Optional<String> chosen = remembered.get(ALPHABET);
    return Arrays.stream(Spelling.Alphabet.values())
        .filter(one -> chosen.equals(Optional.of(one.name())))
        .findFirst()
        .orElse(Spelling.Alphabet.NATO);
  }
}
