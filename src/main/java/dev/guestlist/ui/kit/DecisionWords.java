package dev.guestlist.ui.kit;

import dev.guestlist.model.Decision;

/// What somebody can decide about a row, as short as a button.
public final class DecisionWords {
  private DecisionWords() {}

  /// "Keep theirs".
  public static String of(Decision decision, Texts texts) {
    return texts.get(
        switch (decision) {
          case TRY_AGAIN -> "decision.try-again";
          case DISCARD -> "decision.discard";
          case KEEP_THEIRS -> "decision.keep-theirs";
          case REPLACE_WITH_MINE -> "decision.replace-with-mine";
          case INVITE_WITHOUT -> "decision.invite-without";
          case CHANGE -> "decision.change";
          case INVITE_ANYWAY -> "decision.invite-anyway";
          case DELETE_NEWER -> "decision.delete-newer";
          case USE_MINE -> "decision.use-mine";
          case USE_WHAT_IT_HAS -> "decision.use-what-it-has";
          case ACCEPT_TOO -> "decision.accept-too";
          case ACCEPT_WITHOUT_LOOKING -> "decision.accept-without-looking";
        });
  }
}
