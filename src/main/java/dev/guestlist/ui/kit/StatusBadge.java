package dev.guestlist.ui.kit;

import javafx.scene.control.Label;

/// A label for a status: its glyph in a column of its own, then its word, both in its colour.
public final class StatusBadge extends Label {
  private final Label glyph = new Label();
  private String role = "";

  public StatusBadge() {
    getStyleClass().add("badge");
    glyph.getStyleClass().add("glyph");
    setGraphic(glyph);
  }

  public void show(StatusText status) {
    show(status.glyph(), status.word(), status.style());
  }

  /// Shows a status that has words of its own.
  ///
  /// @param style one of the roles of [StatusText]
  public void show(String newGlyph, String word, String style) {
    glyph.setText(newGlyph);
    setText(word);
    setAccessibleText(word);
    if (!role.equals(style)) {
      getStyleClass().remove(role);
      getStyleClass().add(style);
      role = style;
    }
  }
}
