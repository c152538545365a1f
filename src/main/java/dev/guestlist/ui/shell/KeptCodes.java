package dev.guestlist.ui.shell;

import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Wish;
import dev.guestlist.service.Link;
import dev.guestlist.service.Workplace;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Watches the codes that were kept while the server could not be asked, and counts once what
/// became of them: when the connection is back, and when nobody was signed in, after signing in. To
/// be used in the background only, by one thread at a time.
final class KeptCodes {
  private final Workplace workplace;

  /// Rows, and when each was posted.
  private final Map<Long, Instant> waiting = new HashMap<>();

  /// What became of the codes that had waited.
  ///
  /// @param unclear those of which nobody can tell it
  record Outcome(int accepted, int needSomebody, int refused, int unclear) {
    boolean isEmpty() {
      return accepted + needSomebody + refused + unclear == 0;
    }
  }

  KeptCodes(Workplace workplace) {
    this.workplace = workplace;
  }

  /// Looks at these runs.
  ///
  /// @return what became of all that waited and were not dropped; empty while that is not known,
  ///   and once it was told
  Optional<Outcome> look(List<Run> runs) {
    if (!workplace.session().ready()) {
      for (Run run : runs) {
        if (run.wish() instanceof Wish.Accept && run.count(RowState.READY) > 0) {
          workplace.runs().rows(run.number()).stream()
              .filter(row -> row.state() == RowState.READY)
              .forEach(row -> waiting.put(row.id(), run.posted()));
        }
      }
    }
    Link link = workplace.session().link();
    boolean cameBack = waiting.values().stream().anyMatch(link.since()::isAfter);
    if (waiting.isEmpty() || link.offline() || (!workplace.session().ready() && !cameBack)) {
      return Optional.empty();
    }
    List<RowState> now =
        waiting.keySet().stream()
            .flatMap(id -> workplace.runs().row(id).stream())
            .map(RunRow::state)
            .toList();
    boolean allKnown =
        now.stream().allMatch(state -> state.settled() || state == RowState.NEEDS_DECISION);
    if (!allKnown) {
      return Optional.empty();
    }
    waiting.clear();
    Outcome outcome =
        new Outcome(
            count(now, RowState.JOINED, RowState.ALREADY_MEMBER),
            count(now, RowState.NEEDS_DECISION),
            count(now, RowState.REFUSED, RowState.USER_EXISTS),
            count(now, RowState.CANNOT_TELL));
    return Optional.of(outcome).filter(it -> !it.isEmpty());
  }

  private static int count(List<RowState> all, RowState... wanted) {
    return (int) all.stream().filter(Set.of(wanted)::contains).count();
  }
}
