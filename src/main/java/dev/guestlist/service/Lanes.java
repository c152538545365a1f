package dev.guestlist.service;

import dev.guestlist.model.Decision;
import dev.guestlist.model.Held;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Wish;
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
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Works off what is due: calls of one organization one after the other, different organizations at
/// the same time. Each call takes one of the connection's places and gives it back, so that no
/// organization waits for the end of another one's run.
final class Lanes {
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));
  private static final Duration LOOKS_AROUND = Duration.ofSeconds(30);

  /// More rows than any call takes, and few enough to be read for each call.
  private static final int READ_AHEAD = 200;

  private static final Duration LONGEST_REST = Duration.ofMillis(200);

  private final Session session;
  private final Invitations invitations;
  private final RunTable table;
  private final Changes changes;
  private final InstantSource clock;
  private final Review review;
  private final WishSender invites;
  private final WishSender deletes;
  private final WishSender replacements;
  private final WishSender accepts;
  private final Owner owner;
  private final Semaphore places;
  private final Set<Lane> busy = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Map<Long, Looks> looks = new ConcurrentHashMap<>();
  private final Map<Lane, Looks> pauses = new ConcurrentHashMap<>();

  /// Whoever starts the lanes and looks after them.
  ///
  /// @param goesOn whether another call may leave
  /// @param ended told that a lane has nothing more to do now
  record Owner(BooleanSupplier goesOn, Runnable ended, Failure failure) {
    /// Told what kept a lane from writing down what it did.
    interface Failure {
      void is(RuntimeException e);
    }
  }

  /// Rows that must leave one after the other: those of one organization, or all accepts.
  private record Lane(Optional<OrganizationId> organization) {}

  /// How often something was tried in vain, and when it is tried next.
  private record Looks(int count, Instant next) {
    static Looks after(@Nullable Looks before, Instant now) {
      int count = before == null ? 0 : before.count();
      return new Looks(count + 1, now.plus(pause(count)));
    }
  }

  /// One turn of a lane while it has its place.
  private interface Turn {
    /// @return whether another turn makes sense now
    boolean take();
  }

  Lanes(
      Session session,
      Invitations invitations,
      RunTable table,
      Changes changes,
      InstantSource clock,
      Review review,
      Senders senders,
      Owner owner) {
    this.session = session;
    this.invitations = invitations;
    this.table = table;
    this.changes = changes;
    this.clock = clock;
    this.review = review;
    this.invites = senders.invites();
    this.deletes = senders.deletes();
    this.replacements = new InviteAgainSender(senders.deletes(), senders.invites());
    this.accepts = senders.accepts();
    this.owner = owner;
    this.places = new Semaphore(session.connection().requestsAtOnce(), true);
  }

  /// How each kind of wish is sent.
  record Senders(InviteSender invites, DeleteSender deletes, AcceptSender accepts) {}

  /// How long to wait before trying again what was tried in vain so often already.
  static Duration pause(int times) {
    return PAUSES.get(Math.min(times, PAUSES.size() - 1));
  }

  /// Starts what is due and not being worked at; answers when to look again, if nothing happens.
  Instant start() {
    Instant now = clock.instant();
    for (Lane lane : due(now)) {
      if (busy.add(lane)) {
        Thread thread = Thread.ofVirtual().name("lane").unstarted(() -> drive(lane));
        threads.add(thread);
        thread.start();
      }
    }
    Instant usual = now.plus(LOOKS_AROUND);
    return Stream.of(
            looks.values().stream().map(Looks::next),
            pauses.values().stream().map(Looks::next),
            table.nextDue(session.connection().id(), now).stream())
        .flatMap(moments -> moments)
        .filter(moment -> moment.isAfter(now))
        .min(Instant::compareTo)
        .filter(moment -> moment.isBefore(usual))
        .orElse(usual);
  }

  /// Whether anything is due though nobody is signed in.
  boolean needNoAccount() {
    return session.account().isEmpty() && !dueRuns(clock.instant()).isEmpty();
  }

  /// Forgets all pauses: what waits is tried at once.
  void tryNow() {
    looks.clear();
    pauses.clear();
    session.pace().tryNow();
  }

  /// Forgets what lanes were paused for; another account or a new line may do better.
  void forgetPauses() {
    pauses.clear();
  }

  /// Waits a few seconds for calls on their way, once nothing more may leave.
  void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(5));
    }
  }

  /// Lanes with something to do.
  private Set<Lane> due(Instant now) {
    Set<Lane> lanes = new HashSet<>();
    Map<Long, Run> runs = new HashMap<>();
    for (Call call : table.openCalls(session.connection().id())) {
      if (session.ready() && lookIsDue(call, now)) {
        lanes.add(lane(run(call.rows().getFirst(), runs)));
      }
    }
    for (Run run : dueRuns(now)) {
      Lane lane = lane(run);
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
    return table.toReview(session.connection().id(), session.link().since()).stream()
        .filter(this::isOurs)
        .filter(run -> isDue(pauses.get(lane(run)), clock.instant()))
        .toList();
  }

  /// Works one lane off: first what is unknown, then what is to be compared, then what is due.
  private void drive(Lane lane) {
    boolean[] invited = {false};
    try {
      boolean goOn =
          inPlace(() -> {
            lookUp(lane);
            return review(lane);
          });
      while (goOn && isDue(pauses.get(lane), clock.instant()) && turn(lane)) {
        goOn = inPlace(() -> sendOnce(lane, invited));
      }
      if (invited[0] && session.ready()) {
        boolean ignored = inPlace(() -> listed(lane));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      owner.failure().is(e);
    } finally {
      busy.remove(lane);
      threads.remove(Thread.currentThread());
      owner.ended().run();
    }
  }

  private boolean inPlace(Turn turn) throws InterruptedException {
    places.acquire();
    try {
      return turn.take();
    } finally {
      places.release();
    }
  }

  /// Waits without a place until the server is to be asked again.
  ///
  /// @return false when nothing may leave any more
  private boolean turn(Lane lane) throws InterruptedException {
    while (owner.goesOn().getAsBoolean() && mayLeave(lane)) {
      Duration left = session.pace().take();
      if (left.isZero()) {
        return true;
      }
      Thread.sleep(left.compareTo(LONGEST_REST) < 0 ? left : LONGEST_REST);
    }
    return false;
  }

  private boolean sendOnce(Lane lane, boolean[] invited) {
    List<RunRow> due = due(lane);
    if (due.isEmpty()) {
      return false;
    }
    WishSender sender = sender(table.run(due.getFirst().run()).orElseThrow().wish());
    boolean goOn = sender.send(due);
    if (goOn) {
      pauses.remove(lane);
    } else {
      pauses.compute(lane, (of, before) -> Looks.after(before, clock.instant()));
    }
    invited[0] |= (sender == invites || sender == replacements) && anySettled(due);
    lookUp(lane);
    return goOn;
  }

  private boolean anySettled(List<RunRow> due) {
    return due.stream()
        .limit(InviteSender.PEOPLE_PER_CALL_WITH_MAIL)
        .anyMatch(row -> table.row(row.id()).filter(now -> now.state().settled()).isPresent());
  }

  /// Invitations that were made have their ids and ends in the next list.
  private boolean listed(Lane lane) {
    lane.organization().ifPresent(invitations::refresh);
    return true;
  }

  /// What is due of the oldest run of a lane.
  private List<RunRow> due(Lane lane) {
    Instant now = clock.instant();
    for (Run run : dueRuns(now)) {
      if (!lane(run).equals(lane)) {
        continue;
      }
      if (session.account().isEmpty() || isOurs(run)) {
        return table.due(run.number(), now, needed(), READ_AHEAD);
      }
      table.ask(
          run.number(), run.account(), new Held(Held.Kind.OTHER_ACCOUNT, run.account()).toString());
      changes.publish(new Change.RunsChanged());
    }
    return List.of();
  }

  private List<Run> dueRuns(Instant now) {
    return table.dueRuns(session.connection().id(), now, needed()).stream()
        .flatMap(number -> table.run(number).stream())
        .toList();
  }

  /// Without a sign-in only what needs none is due: codes that somebody wants accepted without
  /// their being looked up.
  private Optional<Decision> needed() {
    return session.account().isPresent()
        ? Optional.empty()
        : Optional.of(Decision.ACCEPT_WITHOUT_LOOKING);
  }

  private boolean isOurs(Run run) {
    return run.account().isBlank() || session.account().equals(Optional.of(run.account()));
  }

  private boolean mayLeave(Lane lane) {
    boolean needsNoSession = lane.organization().isEmpty() && session.account().isEmpty();
    return session.ready() || (needsNoSession && !session.link().offline());
  }

  /// @return false when the server cannot be asked now
  private boolean review(Lane lane) {
    for (Run run : toReview()) {
      if (lane(run).equals(lane) && !review.of(run)) {
        pauses.compute(lane, (of, before) -> Looks.after(before, clock.instant()));
        return false;
      }
    }
    return true;
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
}
