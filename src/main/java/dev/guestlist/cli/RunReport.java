package dev.guestlist.cli;

import dev.guestlist.model.Held;
import dev.guestlist.model.Problem;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.RowText;
import dev.guestlist.ui.kit.RunWords;
import dev.guestlist.ui.kit.Texts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Waits for a run and prints what became of every row.
final class RunReport {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
  private static final Duration QUIET = Duration.ofSeconds(60);
  private static final Set<RowState> DOUBTFUL =
      Set.of(
          RowState.SENDING,
          RowState.UNKNOWN,
          RowState.NEEDS_DECISION,
          RowState.CODE_LOST,
          RowState.CANNOT_TELL);
  private static final Set<RowState> DONE =
      Set.of(
          RowState.INVITED,
          RowState.DELETED,
          RowState.WAS_GONE,
          RowState.JOINED,
          RowState.ALREADY_MEMBER);

  private final Workplace workplace;
  private final Printing out;
  private final Texts texts;
  private final boolean keep;

  /// @param keep whether what cannot be sent now stays as a waiting run; otherwise it is dropped
  RunReport(Workplace workplace, Printing out, boolean keep) {
    this.workplace = workplace;
    this.out = out;
    this.texts = out.texts();
    this.keep = keep;
  }

  /// Blocks until nothing more happens by itself.
  Exit of(Run posted, RowText.Names names) {
    Run run = await(posted.number());
    if (!run.done() && !keep) {
      workplace.runs().stop(run.number());
      run = await(run.number());
    }
    List<RunRow> rows = workplace.runs().rows(run.number());
    rows.forEach(row -> print(row, names));
    boolean waits = rows.stream().anyMatch(row -> row.state() == RowState.READY);
    if (waits) {
      out.note(texts.get("cli.run.waits", run.number()));
    }
    return exit(run, rows, names);
  }

  private Run await(long number) {
    Semaphore news = new Semaphore(0);
    Run before = workplace.runs().find(number).orElseThrow();
    long quietSince = System.nanoTime();
    try (var subscription = workplace.changes().subscribe(change -> news.release())) {
      while (true) {
        Run run = workplace.runs().find(number).orElseThrow();
        if (!run.equals(before)) {
          before = run;
          quietSince = System.nanoTime();
        }
        // another program on this data folder may be the one that sends, and do nothing
        boolean quiet = System.nanoTime() - quietSince > QUIET.toNanos();
        if (settled(run) || (quiet && run.count(RowState.SENDING) == 0)) {
          return run;
        }
        boolean ignored = news.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        news.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return workplace.runs().find(number).orElseThrow();
    }
  }

  /// Whether nothing more happens without somebody's doing. Rows on their way are waited for.
  private boolean settled(Run run) {
    if (run.done()) {
      return true;
    }
    if (run.count(RowState.SENDING) > 0) {
      return false;
    }
    boolean offline =
        workplace.session().link().offline() || workplace.session().account().isEmpty();
    if (offline || run.phase() != Run.Phase.ACTIVE) {
      return true;
    }
    return run.count(RowState.READY) + run.count(RowState.UNKNOWN) == 0;
  }

  private void print(RunRow row, RowText.Names names) {
    RowText text = RowText.of(row, names, texts);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("run", row.run());
    facts.put("row", row.position());
    facts.put("name", row.target().name());
    facts.put("outcome", row.state());
    facts.put("reason", row.reason());
    facts.put("serverText", row.serverText());
    facts.put("text", text.sentence());
    facts.put("next", text.next());
    out.result(row.target().name() + "\t" + text.line(), facts);
  }

  private Exit exit(Run run, List<RunRow> rows, RowText.Names names) {
    Held held = Held.parse(run.why());
    if (held.kind() != Held.Kind.NOTHING && !run.done()) {
      out.note(new RunWords(texts).why(held, names.organization()));
    }
    long done = rows.stream().filter(row -> DONE.contains(row.state())).count();
    if (rows.stream().anyMatch(row -> DOUBTFUL.contains(row.state()))) {
      return Exit.IN_DOUBT;
    }
    if (done == rows.size()) {
      return Exit.ALL_DONE;
    }
    if (done > 0) {
      return Exit.SOME_REFUSED;
    }
    if (held.kind() == Held.Kind.RIGHT_MISSING) {
      return Exit.RIGHT_MISSING;
    }
    boolean signedOut =
        workplace.session().account().isEmpty()
            || workplace
                .session()
                .link()
                .problem()
                .filter(Problem.SignedOut.class::isInstance)
                .isPresent();
    return signedOut ? Exit.NOT_SIGNED_IN : Exit.NOTHING_DONE;
  }
}
