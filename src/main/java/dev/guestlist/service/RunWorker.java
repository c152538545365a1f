package dev.guestlist.service;

import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.SendingProgram;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.RunTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is due. Calls of one organization leave one after the other; different organizations
/// at the same time, up to the connection's limit. One program per data folder sends; another one
/// watches, and takes over when the first is gone.
public final class RunWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunWorker.class);
  private static final Duration LOOKS_AROUND = Duration.ofSeconds(30);
  private static final Duration LAST_MINUTE = Duration.ofMinutes(1);

  /// Before so many rows a rate says little.
  private static final int FEWEST_ROWS = 20;

  private static final Duration ASKS_FOR_THE_LOCK = Duration.ofSeconds(2);

  private final Session session;
  private final LocalStore store;
  private final RunTable table;
  private final Changes changes;
  private final InstantSource clock;
  private final Lanes lanes;
  private final Changes.Subscription subscription;

  private @Nullable Thread looksAround;
  private boolean woken;
  private boolean closed;
  private volatile boolean sends;
  private volatile @Nullable RuntimeException stoppedBy;
  private List<Long> seen = List.of();
  private int probes;
  private @Nullable Instant nextProbe;

  RunWorker(
      Session session,
      Invitations invitations,
      Members members,
      Assignments assignments,
      CodeDesk codes,
      LocalStore store,
      Changes changes,
      InstantSource clock) {
    this.session = session;
    this.store = store;
    this.table = store.runs();
    this.changes = changes;
    this.clock = clock;
    Settling settling = new Settling(table, changes, clock);
    lanes =
        new Lanes(
            session,
            invitations,
            table,
            changes,
            clock,
            new Review(session, invitations, members, assignments, store, settling, clock),
            new Lanes.Senders(
                new InviteSender(session, invitations, assignments, store, settling, clock),
                new DeleteSender(session, invitations, store, settling, clock),
                new AcceptSender(session, codes, store, settling, clock)),
            new Lanes.Owner(() -> stoppedBy == null && !isClosed(), this::wake, this::stop));
    subscription = changes.subscribe(change -> wakeFor(change));
  }

  void start() {
    sends = claim();
    Thread thread = Thread.ofVirtual().name("runs").unstarted(this::work);
    looksAround = thread;
    thread.start();
  }

  /// Whether this program sends; another one on the same data folder does when it is false.
  public boolean sends() {
    return sends;
  }

  /// The program on this data folder that sends: this one or another; empty when none does, or it
  /// could not say who it is. Reads the disk.
  public Optional<SendingProgram> holder() {
    return store.sender();
  }

  /// Why nothing is sent any more: this computer's data folder could not be written. Empty when all
  /// is well.
  public Optional<RuntimeException> stoppedBy() {
    return Optional.ofNullable(stoppedBy);
  }

  /// Why runs are slower than they could be; empty while they are not. Touches no disk.
  public Optional<Pace.Slowness> slowness() {
    return session.pace().slowness();
  }

  /// How many rows of a run are settled a second, over the last minute. Empty before 20 rows, and
  /// while none leaves. Reads the disk.
  public OptionalDouble rate(Run run) {
    Instant now = clock.instant();
    RunTable.Progress progress = table.progress(run.number(), now.minus(LAST_MINUTE));
    if (run.phase() != Run.Phase.ACTIVE || progress.ever() < FEWEST_ROWS || progress.since() == 0) {
      return OptionalDouble.empty();
    }
    Duration taken =
        progress
            .began()
            .map(began -> Duration.between(began, now))
            .filter(time -> time.compareTo(LAST_MINUTE) < 0)
            .orElse(LAST_MINUTE);
    return OptionalDouble.of(progress.since() * 1000.0 / Math.max(1, taken.toMillis()));
  }

  /// How long a run still takes at its [#rate]. Empty when that is not known. Reads the disk.
  public Optional<Duration> timeLeft(Run run) {
    OptionalDouble rate = rate(run);
    int left =
        run.count(RowState.READY) + run.count(RowState.SENDING) + run.count(RowState.UNKNOWN);
    return rate.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.round(left * 1000.0 / rate.getAsDouble())));
  }

  /// Tries the server and everything that waits at once, instead of at the next planned moment.
  public void tryNow() {
    synchronized (this) {
      nextProbe = null;
    }
    lanes.tryNow();
    stoppedBy = null;
    wake();
  }

  @Override
  public void close() {
    subscription.close();
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      Thread thread = looksAround;
      if (thread != null) {
        thread.join(Duration.ofSeconds(5));
      }
      lanes.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    while (!isClosed()) {
      try {
        pause(round());
      } catch (RuntimeException e) {
        stop(e);
      }
    }
  }

  /// One look at everything; answers how long nothing needs to be done.
  private Duration round() {
    if (stoppedBy != null) {
      return LOOKS_AROUND;
    }
    if (!sends && !claim()) {
      watch();
      return ASKS_FOR_THE_LOCK;
    }
    if (session.account().isEmpty() && !lanes.needNoAccount()) {
      return LOOKS_AROUND;
    }
    if (session.link().chosen()) {
      return LOOKS_AROUND;
    }
    if (session.link().offline()) {
      return probe();
    }
    probes = 0;
    nextProbe = null;
    Instant now = clock.instant();
    return Duration.between(now, lanes.start());
  }

  /// Tells of what the program that sends has written.
  private void watch() {
    List<Long> now = store.version();
    if (!now.equals(seen)) {
      seen = now;
      session.current().ifPresent(one -> changes.publish(new Change.InvitationsChanged(one)));
      changes.publish(new Change.RunsChanged());
    }
  }

  private boolean claim() {
    if (sends) {
      return true;
    }
    if (!store.claimSending()) {
      return false;
    }
    table.recover(clock.instant());
    sends = true;
    changes.publish(new Change.RunsChanged());
    return true;
  }

  private Duration probe() {
    Instant now = clock.instant();
    Instant planned;
    synchronized (this) {
      planned = nextProbe;
    }
    if (planned == null || !now.isBefore(planned)) {
      // at once for the first time: often only one answer was lost
      session.probe();
      if (!session.link().offline()) {
        return Duration.ZERO;
      }
      planned = clock.instant().plus(Lanes.pause(probes));
      probes++;
      synchronized (this) {
        nextProbe = planned;
      }
      session.nextTry(Optional.of(planned));
    }
    return Duration.between(clock.instant(), planned);
  }

  private void stop(RuntimeException e) {
    log.error("Sending is stopped.", e);
    stoppedBy = e;
    changes.publish(new Change.RunsChanged());
  }

  private void wakeFor(Change change) {
    switch (change) {
      case Change.RunsChanged ignored -> wake();
      case Change.SessionChanged ignored -> {
        lanes.forgetPauses();
        wake();
      }
      case Change.InvitationsChanged ignored -> {}
      case Change.OrganizationsChanged ignored -> wake();
    }
  }

  private synchronized void wake() {
    woken = true;
    notifyAll();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void pause(Duration atMost) {
    long end = System.nanoTime() + Math.clamp(atMost.toNanos(), 0, LOOKS_AROUND.toNanos());
    try {
      while (!woken && !closed) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          break;
        }
        wait(left);
      }
      woken = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }
}
