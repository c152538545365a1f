package dev.guestlist.ui.accept;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javafx.css.PseudoClass;
import javafx.scene.TraversalDirection;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// The field that takes anything. Enter checks once a whole code stands in it; Shift+Enter always
/// begins a new line, Tab always leaves. A very long text is taken in without being shown.
final class CodeField extends TextArea {
  private static final int LONGEST_SHOWN = 20_000;

  private static final PseudoClass FILLED = PseudoClass.getPseudoClass("filled");

  private final AcceptViewModel model;

  /// Of the text that was pasted last: its codes are not kept for comparing.
  private byte[] digest = new byte[0];

  CodeField(AcceptViewModel model) {
    this.model = model;
    getStyleClass().add("code-field");
    setId("codeField");
    setWrapText(true);
    textProperty().bindBidirectional(model.inputProperty());
    textProperty().subscribe(text -> pseudoClassStateChanged(FILLED, !text.isEmpty()));
    addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
  }

  @Override
  public void paste() {
    String pasted = Clipboard.getSystemClipboard().getString();
    digest = digest(pasted);
    if (pasted != null && pasted.length() > LONGEST_SHOWN) {
      model.checkBeside(pasted);
    } else {
      super.paste();
    }
  }

  /// Takes the keyboard; what is typed next comes behind what was left here to be mended.
  void takeKeyboard() {
    requestFocus();
    if (getCaretPosition() == 0) {
      end();
    }
  }

  /// Empties the clipboard if it still holds what was pasted here last.
  void forgetClipboard() {
    Clipboard clipboard = Clipboard.getSystemClipboard();
    if (digest.length > 0 && MessageDigest.isEqual(digest, digest(clipboard.getString()))) {
      clipboard.clear();
    }
    digest = new byte[0];
  }

  private static byte[] digest(@Nullable String text) {
    if (text == null) {
      return new byte[0];
    }
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void pressed(KeyEvent key) {
    boolean plain = !key.isShiftDown() && !key.isShortcutDown() && !key.isAltDown();
    if (key.getCode() == KeyCode.ENTER && plain && model.mayHoldCodes()) {
      model.check();
      key.consume();
    } else if (key.getCode() == KeyCode.ENTER && plain && getText().isBlank()) {
      key.consume();
    } else if (key.getCode() == KeyCode.ENTER && key.isShiftDown()) {
      replaceSelection("\n");
      key.consume();
    } else if (key.getCode() == KeyCode.TAB && !key.isShortcutDown()) {
      key.consume();
      requestFocusTraversal(
          key.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
    }
  }
}
