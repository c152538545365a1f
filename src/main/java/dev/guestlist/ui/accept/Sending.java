package dev.guestlist.ui.accept;

import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Ticket;
import dev.guestlist.service.Runs;
import dev.guestlist.service.Runs.ToAccept;
import dev.guestlist.service.Session;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Reread;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// Posts the runs that accept codes, counts down before they leave, and follows their rows in the
/// table until each has its outcome.
final class Sending {
  /// News that come within this time are read together.
  private static final Duration TOGETHER = Duration.ofMillis(80);

  private final CodeTable table;
  private final Desk desk;
  private final Runs runs;
  private final Session session;
  private final Background background;
  private final Texts texts;
  private final InstantSource clock;
  private final Consumer<String> message;
  private final Runnable settled;
  private final Runnable over;

  private final ReadOnlyBooleanWrapper counting = new ReadOnlyBooleanWrapper();
  private final Map<Long, Followed> followed = new HashMap<>();
  private final Set<Long> followedRuns = new HashSet<>();
  private final Map<Long, How> accepting = new HashMap<>();
  private final Set<Long> withOutcome = new HashSet<>();
  private final Reread<List<Desk.Progress>> progress;
  private Optional<Countdown> countdown = Optional.empty();
  private Optional<Posting> posting = Optional.empty();

  /// How codes leave.
  enum How {
    /// each after one more look
    ACCEPT,
    /// without anybody having seen the names
    WITHOUT_LOOKING,
    /// once the server can be reached
    KEEP
  }

  private record Countdown(long run, int people, Instant end) {}

  private record Posted(Run run, List<RunRow> rows) {}

  /// A row of the table, and the run that sends it.
  private record Followed(long run, AcceptRow row) {}

  /// A run that is being written down, which somebody may stop meanwhile.
  private static final class Posting {
    private final int people;
    private final How how;
    private boolean stopped;
    private Optional<Long> run = Optional.empty();

    Posting(int people, How how) {
      this.people = people;
      this.how = how;
    }

    /// @return whether it was stopped before
    synchronized boolean written(long number) {
      run = Optional.of(number);
      return stopped;
    }

    /// @return the run, when it is written down already
    synchronized Optional<Long> stop() {
      stopped = true;
      return run;
    }

    synchronized boolean stopped() {
      return stopped;
    }
  }

  /// @param message told in one line what goes on
  /// @param settled called whenever the table changed
  /// @param over called when every row of a run has its outcome
  Sending(
      ScreenContext context,
      Background background,
      CodeTable table,
      Desk desk,
      Consumer<String> message,
      Runnable settled,
      Runnable over) {
    this.table = table;
    this.desk = desk;
    this.runs = context.workplace().runs();
    this.session = context.workplace().session();
    this.background = background;
    this.texts = context.texts();
    this.clock = context.clock();
    this.message = message;
    this.settled = settled;
    this.over = over;
    this.progress = Reread.prepared(background, this::reading, this::moved);
  }

  ReadOnlyBooleanProperty countingProperty() {
    return counting.getReadOnlyProperty();
  }

  /// Whether something counts down, or is about to.
  boolean isCounting() {
    return countdown.isPresent() || posting.isPresent();
  }

  /// Whether this row belongs to a run that accepts and is not over yet: it counts down, is on its
  /// way, or waits for its turn.
  boolean holds(AcceptRow row) {
    return row.sent().filter(it -> isOpen(it.run())).isPresent();
  }

  private boolean isOpen(long run) {
    return accepting.containsKey(run) && follows(run);
  }

  private boolean follows(long run) {
    return followed.values().stream().anyMatch(one -> one.run() == run);
  }

  /// Writes a run down; it leaves after `wait`. Nothing happens while another is written down: what
  /// is asked for twice in a row is meant once.
  ///
  /// @return whether it is written down
  boolean post(List<AcceptRow> chosen, How how, Ticket ticket, Duration wait) {
    if (posting.isPresent()) {
      return false;
    }
    Posting mine = new Posting(chosen.size(), how);
    posting = Optional.of(mine);
    settled.run();
    List<ToAccept> codes =
        chosen.stream()
            .map(row ->
                new ToAccept(
                    row.code().orElseThrow(),
                    row.check().map(check -> check.username()),
                    row.check().map(check -> check.organization())))
            .toList();
    background.run(
        () -> {
          try {
            Run run =
                switch (how) {
                  case ACCEPT -> runs.accept(codes, ticket, wait);
                  case WITHOUT_LOOKING -> runs.acceptWithoutLooking(codes, ticket, wait);
                  case KEEP -> runs.accept(codes, ticket, Duration.ZERO);
                };
            if (mine.written(run.number())) {
              boolean ignored = takenBack(run.number());
            }
            return new Posted(run, runs.rows(run.number()));
          } finally {
            background.onScreen(() -> posting = Optional.empty());
          }
        },
        posted -> posted(posted, chosen, how, wait, mine.stopped()));
    return true;
  }

  private void posted(
      Posted posted, List<AcceptRow> chosen, How how, Duration wait, boolean stopped) {
    long number = posted.run().number();
    posted
        .rows()
        .forEach(row -> followed.put(row.id(), new Followed(number, chosen.get(row.position()))));
    followedRuns.add(number);
    if (stopped) {
      message.accept(texts.get(left(posted) ? "accept.stopped.late" : "accept.stopped"));
    } else if (how == How.KEEP) {
      message.accept(kept(chosen.size()));
    } else if (wait.isZero()) {
      accepting.put(number, how);
      message.accept(texts.get("accept.accepting", chosen.size()));
    } else {
      accepting.put(number, how);
      Instant end = posted.rows().getFirst().notBefore();
      countdown = Optional.of(new Countdown(posted.run().number(), chosen.size(), end));
      counting.set(true);
      tick();
    }
    follow();
  }

  private static boolean left(Posted posted) {
    return posted.rows().stream().anyMatch(row -> row.attempts() > 0);
  }

  private String kept(int codes) {
    return texts.get(
        session.link().chosen()
            ? "accept.kept.chosen"
            : session.link().offline() ? "accept.kept.offline" : "accept.kept.signed-out",
        codes);
  }

  /// Moves the countdown on.
  void tick() {
    countdown.ifPresent(it -> {
      long left = Duration.between(clock.instant(), it.end()).toMillis();
      if (left > 0) {
        message.accept(texts.get("accept.counting", it.people(), (left + 999) / 1000));
      } else {
        endCountdown();
        message.accept(texts.get("accept.accepting", it.people()));
        follow();
      }
    });
  }

  /// Takes back what counts down, or is about to.
  ///
  /// @return whether there was anything
  boolean takeBack() {
    if (posting.isPresent()) {
      posting.get().stop().ifPresent(this::takeBack);
      return true;
    }
    if (countdown.isPresent()) {
      Countdown stopped = countdown.get();
      endCountdown();
      takeBack(stopped.run());
      return true;
    }
    return false;
  }

  private void takeBack(long run) {
    background.run(
        () -> takenBack(run),
        inTime -> message.accept(texts.get(inTime ? "accept.stopped" : "accept.stopped.late")));
  }

  /// Takes a run back, or stops it where its first code has left already.
  ///
  /// @return whether nothing had left
  private boolean takenBack(long run) {
    boolean inTime = runs.takeBack(run);
    if (!inTime) {
      runs.stop(run);
    }
    return inTime;
  }

  /// What still counts down, or is about to: how many people, and a way to stop it once this is
  /// left; empty when nothing does.
  Optional<Leaving> leaving() {
    return posting
        .filter(it -> it.how != How.KEEP)
        .map(it -> new Leaving(it.people, () -> it.stop().map(this::takenBack).orElse(true)))
        .or(() -> countdown.map(it -> new Leaving(it.people(), () -> takenBack(it.run()))));
  }

  /// A countdown that nobody sees any more.
  ///
  /// @param stop takes the run back, on a thread that may wait; answers whether nothing had left
  record Leaving(int people, Background.Work<Boolean> stop) {}

  /// Takes back what still counts down; otherwise stops what has not left yet.
  ///
  /// @return whether there was anything to stop
  boolean stop() {
    if (takeBack()) {
      return true;
    }
    Set<Long> open = accepting.keySet().stream().filter(this::follows).collect(Collectors.toSet());
    for (long run : open) {
      background.run(
          () -> {
            runs.stop(run);
            return run;
          },
          done -> message.accept(texts.get("accept.stopped.late")));
    }
    return !open.isEmpty();
  }

  /// Reads how the posted rows stand now. News that come while this is read are read together
  /// afterwards, however many there are.
  void follow() {
    if (!followedRuns.isEmpty()) {
      progress.ask();
    }
  }

  private Supplier<List<Desk.Progress>> reading() {
    Set<Long> asked = Set.copyOf(followedRuns);
    return () -> {
      LockSupport.parkNanos(TOGETHER.toNanos());
      return desk.progress(asked);
    };
  }

  private void moved(List<Desk.Progress> news) {
    table.together(() -> news.forEach(this::moved));
    Set<Long> ended =
        followedRuns.stream().filter(run -> !follows(run)).collect(Collectors.toSet());
    followedRuns.removeAll(ended);
    accepting.keySet().removeAll(ended);
    boolean outcome = withOutcome.removeAll(ended);
    if (outcome && table.any(row -> row.state().finished())) {
      message.accept(FoundText.outcome(table.rows(), texts));
      over.run();
    } else {
      sayWhatIsKept();
    }
    settled.run();
  }

  /// Where the line went down after the countdown, or the session ended, what did not leave is
  /// kept, and that is said.
  private void sayWhatIsKept() {
    List<AcceptRow> open = table.rows().stream().filter(this::holds).filter(this::waits).toList();
    List<AcceptRow> kept = open.stream().filter(row -> row.state() == CodeState.KEPT).toList();
    boolean onItsWay =
        open.stream()
            .anyMatch(
                row -> row.state() == CodeState.ACCEPTING || row.state() == CodeState.LOOKING);
    if (!isCounting() && !kept.isEmpty() && !onItsWay) {
      message.accept(kept(kept.size()));
    }
  }

  /// Whether nothing can be sent of what this row belongs to: a code that nobody looks up needs
  /// nobody signed in.
  private boolean waits(AcceptRow row) {
    boolean blind =
        row.sent().filter(it -> accepting.get(it.run()) == How.WITHOUT_LOOKING).isPresent();
    return blind ? session.link().offline() : !session.ready();
  }

  private void moved(Desk.Progress progress) {
    RunRow row = progress.row();
    Followed one = followed.get(row.id());
    if (one == null) {
      return;
    }
    AcceptRow posted = one.row();
    boolean notTried = row.state() == RowState.NOT_TRIED;
    CodeState now = CodeState.of(row.state(), posted.state());
    table.replace(
        posted.key(),
        before -> {
          AcceptRow moved =
              before
                  .named(progress.person(), progress.into())
                  .sentAs(notTried ? Optional.empty() : Optional.of(row))
                  .in(now, note(progress, now, notTried));
          // what was chosen and stopped is chosen still
          return notTried ? moved.withTick(true) : moved;
        });
    if (row.state().settled() || now.finished()) {
      followed.remove(row.id());
      if (!notTried) {
        withOutcome.add(one.run());
      }
    }
  }

  private String note(Desk.Progress progress, CodeState now, boolean notTried) {
    if (notTried) {
      return texts.get("accept.note.stopped");
    }
    if (now == CodeState.KEPT) {
      return texts.get(countdown.isPresent() ? "accept.note.counting" : "accept.note.kept");
    }
    return progress.note();
  }

  private void endCountdown() {
    countdown = Optional.empty();
    counting.set(false);
  }
}
