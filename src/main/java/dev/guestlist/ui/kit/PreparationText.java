package dev.guestlist.ui.kit;

import dev.guestlist.service.Preparation;
import java.util.Optional;

/// Says how far the reading of many organizations is, and what came of each.
public final class PreparationText {
  private PreparationText() {}

  /// What is read just now, or what came of all; blank before the first is begun.
  public static String line(Preparation.State state, Texts texts) {
    if (!state.running()) {
      return summary(state, texts);
    }
    return state
        .current()
        .map(id ->
            texts.get(
                "board.preparing", state.chosen().getOrDefault(id, ""), number(state), of(state)))
        .orElse("");
  }

  /// Which of how many is read just now: from 1 on.
  public static int number(Preparation.State state) {
    return Math.min(state.done().size() + 1, of(state));
  }

  public static int of(Preparation.State state) {
    return state.chosen().size();
  }

  /// What came of one of them.
  public static String outcome(Preparation.Done one, Preparation.State state, Texts texts) {
    String name = state.chosen().getOrDefault(one.organization(), "");
    return switch (one.outcome()) {
      case Preparation.Outcome.Ready ready ->
          switch (state.depth()) {
            case INVITATIONS ->
                texts.get(ready.invitations() ? "board.list-read" : "board.list-read.no-right");
            case EVERYTHING -> readyFor(ready, texts);
          };
      case Preparation.Outcome.NoAccess ignored -> texts.get("organization.no-access");
      case Preparation.Outcome.Failed failed ->
          ProblemText.of(failed.problem(), Optional.of(name), texts).title();
    };
  }

  private static String summary(Preparation.State state, Texts texts) {
    int ready = 0;
    int closed = 0;
    int failed = 0;
    for (Preparation.Done one : state.done()) {
      switch (one.outcome()) {
        case Preparation.Outcome.Ready ignored -> ready++;
        case Preparation.Outcome.NoAccess ignored -> closed++;
        case Preparation.Outcome.Failed ignored -> failed++;
      }
    }
    String key =
        switch (state.depth()) {
          case INVITATIONS -> "board.read-again.done";
          case EVERYTHING -> "board.prepared";
        };
    return texts.get(key, ready, closed, failed, of(state) - state.done().size());
  }

  private static String readyFor(Preparation.Outcome.Ready ready, Texts texts) {
    if (ready.invitations()) {
      return texts.get(ready.members() ? "board.ready" : "board.ready.no-members");
    }
    return texts.get(ready.members() ? "board.ready.no-invitations" : "board.ready.roles-only");
  }
}
