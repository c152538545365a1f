package dev.guestlist.service;

import dev.guestlist.model.ProblemException;
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
  private final Changes changes;
  private final InstantSource clock;
  private final Lanes lanes;
  private final Changes.Subscription subscription;
  private final Runnable vaultOpened = this::vaultOpened;

  private @Nullable Line line;
  private @Nullable Thread looksAround;
  private boolean woken;
  private boolean closed;
  private volatile boolean sends;
  private volatile @Nullable RuntimeException stoppedBy;
  private List<Long> seen = List.of();
  private int probes;
  private @Nullable Instant nextProbe;

  /// What may make a difference to what was tried in vain.
  private record Line(int signIns, Link.State link) {}

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
    this.changes = changes;
    this.clock = clock;
    Settling settling = new Settling(store, changes, clock);
    lanes =
        new Lanes(
            session,
            invitations,
            store,
            changes,
            clock,
            new Review(session, invitations, members, assignments, store, settling, clock),
            new Lanes.Senders(
                new InviteSender(session, invitations, assignments, store, settling, clock),
                new DeleteSender(session, store, settling, clock),
                new AcceptSender(session, invitations, codes, store, settling, clock)),
            new Lanes.Owner(() -> stoppedBy == null && !isClosed(), this::wake, this::stop));
    subscription = changes.subscribe(change -> wakeFor(change));
    store.vault().whenOpened(vaultOpened);
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

  /// Why a run is slower than it could be; empty while it is not. Touches no disk.
  public Optional<Pace.Slowness> slowness(Run run) {
    return lanes.slowness(run);
  }

  /// Whether a run waits until the vault is opened: it has codes to open or to seal. Touches no
  /// disk.
  public boolean waitsForVault(Run run) {
    return lanes.waitsForVault(run);
  }

  /// Whether rows of a run that is not done are on their way, or leave as fast as they may: nobody
  /// has to do anything, and no connection, sign-in, vault or earlier run is waited for. Reads the
  /// disk.
  public boolean moves(Run run) {
    boolean onItsWay = run.count(RowState.SENDING) > 0 || run.count(RowState.UNKNOWN) > 0;
    return run.phase() == Run.Phase.ACTIVE
        && !run.done()
        && (onItsWay
            || (session.ready()
                && !waitsForVault(run)
                && store.calls().waitsFor(run.number()).isEmpty()));
  }

  /// How many rows of a run are settled a second, over the last minute. Empty before 20 rows, and
  /// while none leaves. Reads the disk.
  public OptionalDouble rate(Run run) {
    Instant now = clock.instant();
    RunTable.Progress progress = store.runs().progress(run.number(), now.minus(LAST_MINUTE));
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
    store.vault().forgetWaiting(vaultOpened);
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
        rest(round());
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
    boolean watches = !sends && !claim();
    if (watches) {
      watch();
    }
    Duration rest = session.link().chosen() ? LOOKS_AROUND : online(watches);
    return watches && rest.compareTo(ASKS_FOR_THE_LOCK) > 0 ? ASKS_FOR_THE_LOCK : rest;
  }

  /// Whoever is signed in, or was the last time, wants the server back.
  private Duration online(boolean watches) {
    if (session.link().offline()) {
      return probe();
    }
    probes = 0;
    synchronized (this) {
      nextProbe = null;
    }
    if (session.resumesLater()) {
      resume();
    }
    boolean nobodyWants = session.account().isEmpty() && !lanes.needNoAccount();
    if (watches || nobodyWants || session.connection().settings().readOnly()) {
      return LOOKS_AROUND;
    }
    Instant now = clock.instant();
    return Duration.between(now, lanes.start());
  }

  /// Goes on as the last time, now that the server is back.
  private void resume() {
    try {
      boolean ignored = session.resume();
    } catch (ProblemException e) {
      log.info("The kept sign-in did not work: {}", e.problem().getClass().getSimpleName());
    }
  }

  /// Tells of what the program that sends has written.
  private void watch() {
    if (othersWrote()) {
      session.current().ifPresent(one -> changes.publish(new Change.InvitationsChanged(one)));
      changes.publish(new Change.RunsChanged());
    }
  }

  /// Whether another program on this folder, or this one, has written since this was asked.
  private boolean othersWrote() {
    List<Long> now = store.version();
    boolean news = !now.equals(seen);
    seen = now;
    return news;
  }

  /// Waits, but not longer than until another program on this folder has posted something.
  private void rest(Duration atMost) {
    Duration left = atMost;
    boolean woke = false;
    while (!woke && left.compareTo(ASKS_FOR_THE_LOCK) > 0 && stoppedBy == null) {
      woke = pause(ASKS_FOR_THE_LOCK);
      if (!woke && sends && othersWrote()) {
        changes.publish(new Change.RunsChanged());
        woke = true;
      }
      left = left.minus(ASKS_FOR_THE_LOCK);
    }
    if (!woke) {
      woke = pause(left);
    }
  }

  private boolean claim() {
    if (sends) {
      return true;
    }
    if (!store.claimSending()) {
      return false;
    }
    store.sendsFor(session.connection().name());
    store.calls().recover(clock.instant());
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
      planned = clock.instant().plus(Tries.pause(probes));
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
        lanes.forgetPauses(isNewLine());
        wake();
      }
      case Change.InvitationsChanged ignored -> wake();
      case Change.OrganizationsChanged ignored -> wake();
    }
  }

  /// Whether somebody has signed in or out, or the server was lost or is back, since this was
  /// asked.
  private synchronized boolean isNewLine() {
    Line now = new Line(session.signIns(), session.link().state());
    boolean isNew = !now.equals(line);
    line = now;
    return isNew;
  }

  private void vaultOpened() {
    lanes.vaultOpened();
    wake();
  }

  private synchronized void wake() {
    woken = true;
    notifyAll();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /// Waits until it is woken or closed.
  ///
  /// @return whether it was
  private synchronized boolean pause(Duration atMost) {
    long end = System.nanoTime() + Math.clamp(atMost.toNanos(), 0, LOOKS_AROUND.toNanos());
    try {
      while (!woken && !closed) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          break;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
    boolean woke = woken || closed;
    woken = false;
    return woke;
  }
}
