package dev.guestlist.ui.kit;

import dev.guestlist.model.Decision;
import dev.guestlist.model.RunDecision;
import java.util.Arrays;

/// What somebody can decide about a row or a run, as short as a button.
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

  /// "Go on".
  public static String of(RunDecision decision, Texts texts) {
    return texts.get(
        switch (decision) {
          case SEND -> "decision.run.send";
          case GO_ON -> "decision.run.go-on";
          case TRY_AGAIN -> "decision.run.try-again";
          case SEND_AS_ME -> "decision.run.send-as-me";
          case DROP -> "decision.run.drop";
          case PICK_UP -> "decision.run.pick-up";
          case ASK_FIRST -> "decision.run.ask-first";
          case BY_ITSELF -> "decision.run.by-itself";
        });
  }

  /// What the detail of a line about a decision says.
  public static String ofLine(String detail, Texts texts) {
    String[] parts = detail.split(" ", 2);
    String rest = parts.length > 1 ? parts[1] : "";
    if (parts[0].equals("RUN")) {
      String[] ofRun = rest.split(" ", 2);
      return Arrays.stream(RunDecision.values())
          .filter(one -> one.name().equals(ofRun[0]))
          .findFirst()
          .map(one -> with(of(one, texts), ofRun.length > 1 ? ofRun[1] : "", texts))
          .orElse(detail);
    }
    return Arrays.stream(Decision.values())
        .filter(one -> one.name().equals(parts[0]))
        .findFirst()
        .map(one -> with(of(one, texts), rest, texts))
        .orElse(detail);
  }

  private static String with(String decision, String rest, Texts texts) {
    return rest.isBlank() ? decision : texts.get("decision.to", decision, rest);
  }
}
