package dev.guestlist.ui.runs;

import dev.guestlist.model.Run;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.runs.RunLine.Section;
import dev.guestlist.ui.runs.RunList.Entry;
import dev.guestlist.ui.runs.RunList.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Says how far runs are for people who cannot see it: at 0, 25, 50, 75 and 100 %, and when one
/// comes to rest, not more often. Runs of one row are not worth it.
final class Milestones {
  private static final int QUARTERS = 4;

  private final Texts texts;
  private final Map<Long, Stand> stands = new HashMap<>();

  private record Stand(int quarter, Section section) {}

  Milestones(Texts texts) {
    this.texts = texts;
  }

  /// What is to be said now; empty when nothing is new. What was done before is not told.
  Optional<String> news(Snapshot it) {
    Optional<String> news = Optional.empty();
    for (Entry entry : it.entries()) {
      Run run = entry.run();
      if (run.size() > 1) {
        int quarter = run.settled() * QUARTERS / run.size();
        Stand now = new Stand(quarter, entry.card().section());
        Stand before = stands.put(run.number(), now);
        boolean worthIt = before == null ? now.section() == Section.RUNNING : !before.equals(now);
        if (worthIt) {
          news = Optional.of(words(entry, now));
        }
      }
    }
    return news;
  }

  private String words(Entry entry, Stand now) {
    return switch (now.section()) {
      case RUNNING ->
          texts.get("runs.said.percent", entry.run().number(), now.quarter() * 100 / QUARTERS);
      case DONE, WAITING, DECISION ->
          texts.get(
              "runs.said.rests", entry.run().number(), entry.card().counts(), entry.card().why());
    };
  }
}
