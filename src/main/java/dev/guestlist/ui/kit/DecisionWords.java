package dev.guestlist.ui.kit;

import dev.guestlist.model.Decision;
import java.util.Locale;

/// What somebody can decide about a row, as short as a button.
public final class DecisionWords {
  private DecisionWords() {}

  /// "Keep theirs".
  public static String of(Decision decision, Texts texts) {
    return texts.get(
        "decision." + decision.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
