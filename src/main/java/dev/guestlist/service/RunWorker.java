package dev.guestlist.service;

import dev.guestlist.model.Held;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Wish;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.RunTable;
import dev.guestlist.store.RunTable.Call;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is due. Calls of one organization leave one after the other; different organizations
/// at the same time, up to the connection's limit. One program per data folder sends; another one
/// watches, and takes over when the first is gone.
public final class RunWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunWorker.class);
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));
  private static final Duration LOOKS_AROUND = Duration.ofSeconds(30);
  private static final Duration ASKS_FOR_THE_LOCK = Duration.ofSeconds(2);

  private final Session session;
  private final LocalStore store;
  private final RunTable table;
  private final Changes changes;
  private final InstantSource clock;
  private final Invitations invitations;
  private final InviteSender invites;
  private final DeleteSender deletes;
  private final InviteAgainSender replacements;
  private final AcceptSender accepts;
  private final Review review;
  private final Semaphore places;
  private final Set<Lane> busy = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Map<Long, Looks> looks = new ConcurrentHashMap<>();
  private final Map<Lane, Looks> pauses = new ConcurrentHashMap<>();
  private final Changes.Subscription subscription;

  private boolean woken;
  private boolean closed;
  private volatile boolean sends;
  private volatile @Nullable RuntimeException stoppedBy;
  private int probes;
  private @Nullable Instant nextProbe;

  /// Rows that must leave one after the other: those of one organization, or all accepts.
  private record Lane(Optional<OrganizationId> organization) {}

  /// How often something was tried in vain, and when it is tried next.
  private record Looks(int count, Instant next) {
    static Looks after(@Nullable Looks before, Instant now) {
      int count = before == null ? 0 : before.count();
      return new Looks(count + 1, now.plus(PAUSES.get(Math.min(count, PAUSES.size() - 1))));
    }
  }

  RunWorker(
      Session session,
      Invitations invitations,
      Members members,
      Assignments assignments,
      LocalStore store,
      Changes changes,
      InstantSource clock) {
    this.session = session;
    this.store = store;
    this.table = store.runs();
    this.changes = changes;
    this.clock = clock;
    this.invitations = invitations;
    Settling settling = new Settling(table, changes, clock);
    invites = new InviteSender(session, invitations, store, settling, clock);
    deletes = new DeleteSender(session, invitations, store, settling, clock);
    replacements = new InviteAgainSender(deletes, invites);
    accepts = new AcceptSender(session, store, settling, clock);
    review = new Review(session, invitations, members, assignments, store, settling, clock);
    places = new Semaphore(session.connection().requestsAtOnce());
    subscription = changes.subscribe(change -> wakeFor(change));
  }

  void start() {
    sends = claim();
    Thread thread = Thread.ofVirtual().name("runs").unstarted(this::work);
    threads.add(thread);
    thread.start();
  }

  /// Whether this program sends; another one on the same data folder does when it is false.
  public boolean sends() {
    return sends;
  }

  /// Why nothing is sent any more: this computer's data folder could not be written. Empty when all
  /// is well.
  public Optional<RuntimeException> stoppedBy() {
    return Optional.ofNullable(stoppedBy);
  }

  /// Tries the server and everything that waits at once, instead of at the next planned moment.
  public void tryNow() {
    synchronized (this) {
      nextProbe = null;
      looks.clear();
      pauses.clear();
    }
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
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
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
    threads.remove(Thread.currentThread());
  }

  /// One look at everything; answers how long nothing needs to be done.
  private Duration round() {
    if (!sends && !claim()) {
      return ASKS_FOR_THE_LOCK;
    }
    if (stoppedBy != null || session.account().isEmpty()) {
      return LOOKS_AROUND;
    }
    if (session.link().offline()) {
      return probe();
    }
    probes = 0;
    nextProbe = null;
    Instant now = clock.instant();
    for (Lane lane : lanes(now)) {
      if (busy.add(lane)) {
        Thread thread = Thread.ofVirtual().name("lane").unstarted(() -> drive(lane));
        threads.add(thread);
        thread.start();
      }
    }
    Instant next =
        Stream.concat(looks.values().stream(), pauses.values().stream())
            .map(Looks::next)
            .filter(moment -> moment.isAfter(now))
            .min(Instant::compareTo)
            .orElse(now.plus(LOOKS_AROUND));
    Instant due = table.nextDue(session.connection().id()).orElse(now.plus(LOOKS_AROUND));
    return Duration.between(now, due.isAfter(now) && due.isBefore(next) ? due : next);
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
      if (planned != null || probes > 0) {
        session.probe();
        if (!session.link().offline()) {
          return Duration.ZERO;
        }
      }
      planned = clock.instant().plus(PAUSES.get(Math.min(probes, PAUSES.size() - 1)));
      probes++;
      synchronized (this) {
        nextProbe = planned;
      }
      session.nextTry(Optional.of(planned));
    }
    return Duration.between(clock.instant(), planned);
  }

  /// Lanes with something to do.
  private Set<Lane> lanes(Instant now) {
    Set<Lane> lanes = new HashSet<>();
    Map<Long, Run> runs = new HashMap<>();
    for (Call call : table.openCalls(session.connection().id())) {
      if (lookIsDue(call, now)) {
        lanes.add(lane(run(call.rows().getFirst(), runs)));
      }
    }
    for (RunRow row : table.due(session.connection().id(), now)) {
      Lane lane = lane(run(row, runs));
      if (isDue(pauses.get(lane), now)) {
        lanes.add(lane);
      }
    }
    for (Run run : toReview()) {
      lanes.add(lane(run));
    }
    return lanes;
  }

  /// Runs of whoever is signed in that ask, and were not compared with the server since it can be
  /// reached.
  private List<Run> toReview() {
    String account = session.account().orElse("");
    return table.toReview(session.connection().id(), session.link().since()).stream()
        .filter(run -> run.account().isBlank() || run.account().equals(account))
        .filter(run -> isDue(pauses.get(lane(run)), clock.instant()))
        .toList();
  }

  /// @return false when the server cannot be asked now
  private boolean review(Lane lane) {
    for (Run run : toReview()) {
      if (lane(run).equals(lane) && !review.of(run)) {
        return false;
      }
    }
    return true;
  }

  /// Works one lane off: first what is unknown, then what is due.
  private void drive(Lane lane) {
    boolean invited = false;
    try {
      places.acquire();
      try {
        lookUp(lane);
        boolean goOn = review(lane);
        if (!goOn) {
          pauses.compute(lane, (of, before) -> Looks.after(before, clock.instant()));
        }
        while (goOn
            && isDue(pauses.get(lane), clock.instant())
            && !isClosed()
            && stoppedBy == null
            && session.ready()) {
          List<RunRow> due = due(lane);
          if (due.isEmpty()) {
            break;
          }
          WishSender sender = sender(table.run(due.getFirst().run()).orElseThrow().wish());
          invited |= sender == invites || sender == replacements;
          goOn = sender.send(due);
          if (goOn) {
            pauses.remove(lane);
          } else {
            pauses.compute(lane, (of, before) -> Looks.after(before, clock.instant()));
          }
          lookUp(lane);
        }
        if (invited && session.ready()) {
          lane.organization().ifPresent(invitations::refresh);
        }
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      stop(e);
    } finally {
      busy.remove(lane);
      threads.remove(Thread.currentThread());
      wake();
    }
  }

  private List<RunRow> due(Lane lane) {
    Map<Long, Run> runs = new HashMap<>();
    String account = session.account().orElse("");
    List<RunRow> due =
        table.due(session.connection().id(), clock.instant()).stream()
            .filter(row -> lane(run(row, runs)).equals(lane))
            .toList();
    for (RunRow row : due) {
      Run run = run(row, runs);
      if (!run.account().isBlank() && !run.account().equals(account)) {
        table.ask(
            run.number(),
            run.account(),
            new Held(Held.Kind.OTHER_ACCOUNT, run.account()).toString());
        changes.publish(new Change.RunsChanged());
        return due(lane);
      }
    }
    if (due.isEmpty()) {
      return due;
    }
    long firstRun = due.getFirst().run();
    return due.stream().filter(row -> row.run() == firstRun).toList();
  }

  private void lookUp(Lane lane) {
    Map<Long, Run> runs = new HashMap<>();
    for (Call call : table.openCalls(session.connection().id())) {
      Run run = run(call.rows().getFirst(), runs);
      if (!lane(run).equals(lane) || !lookIsDue(call, clock.instant()) || !session.ready()) {
        continue;
      }
      if (sender(run.wish()).lookUp(call)) {
        looks.remove(call.id());
      } else {
        looks.compute(call.id(), (of, before) -> Looks.after(before, clock.instant()));
      }
    }
  }

  private boolean lookIsDue(Call call, Instant now) {
    return isDue(looks.get(call.id()), now);
  }

  private static boolean isDue(@Nullable Looks before, Instant now) {
    return before == null || !now.isBefore(before.next());
  }

  private WishSender sender(Wish wish) {
    return switch (wish) {
      case Wish.Invite ignored -> invites;
      case Wish.Delete ignored -> deletes;
      case Wish.InviteAgain ignored -> replacements;
      case Wish.Accept ignored -> accepts;
    };
  }

  private Run run(RunRow row, Map<Long, Run> known) {
    return known.computeIfAbsent(row.run(), number -> table.run(number).orElseThrow());
  }

  private static Lane lane(Run run) {
    return new Lane(run.organization());
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
        pauses.clear();
        wake();
      }
      case Change.InvitationsChanged ignored -> {}
      case Change.OrganizationsChanged ignored -> {}
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
