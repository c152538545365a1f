package dev.guestlist.service;

import dev.guestlist.model.Decision;
import dev.guestlist.model.Held;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Wish;
import dev.guestlist.store.CallTable;
import dev.guestlist.store.CallTable.Call;
import dev.guestlist.store.DecisionTable;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.LockedException;
import dev.guestlist.store.RunTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
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

/// Works off what is due: calls of one organization one after the other, different organizations at
/// the same time. Each call takes one of the connection's places and gives it back, so that no
/// organization waits for the end of another one's run.
final class Lanes {
  private static final Duration LOOKS_AROUND = Duration.ofSeconds(30);

  /// What was asked for longer ago than this, or compared, does not leave without a word.
  static final Duration SENSIBLE = Duration.ofDays(14);

  /// More rows than any call takes, and few enough to be read for each call.
  private static final int READ_AHEAD = 200;

  private static final Duration LONGEST_REST = Duration.ofMillis(200);

  /// A run of at most so many rows does not wait for the end of a longer one.
  private static final int FEW_ROWS = 5;

  private final Session session;
  private final Invitations invitations;
  private final RunTable table;
  private final CallTable calls;
  private final DecisionTable decisions;
  private final Changes changes;
  private final InstantSource clock;
  private final Review review;
  private final WishSender invites;
  private final WishSender deletes;
  private final WishSender replacements;
  private final WishSender accepts;
  private final Owner owner;
  private final Semaphore places;
  private final Map<Optional<OrganizationId>, Lane> lanes = new ConcurrentHashMap<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /// looks in vain, by their calls
  private final Map<Long, Tries> looks = new ConcurrentHashMap<>();

  /// comparisons in vain, by their runs
  private final Map<Long, Tries> reviews = new ConcurrentHashMap<>();

  private final WantedVault vault;
  private final Instant began;

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

  /// One turn of a lane while it has its place.
  private interface Turn {
    /// @return whether another turn makes sense now
    boolean take();
  }

  Lanes(
      Session session,
      Invitations invitations,
      LocalStore store,
      Changes changes,
      InstantSource clock,
      Review review,
      Senders senders,
      Owner owner) {
    this.session = session;
    this.invitations = invitations;
    this.table = store.runs();
    this.calls = store.calls();
    this.decisions = store.decisions();
    this.vault = new WantedVault(store.vault(), changes, clock);
    this.began = clock.instant();
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

  /// Starts what is due and not being worked at; answers when to look again, if nothing happens.
  Instant start() {
    review.cardsAnew();
    Instant now = clock.instant();
    for (Lane lane : due(now)) {
      if (lane.enter()) {
        Thread thread = Thread.ofVirtual().name("lane").unstarted(() -> drive(lane));
        threads.add(thread);
        thread.start();
      }
    }
    Instant usual = now.plus(LOOKS_AROUND);
    return Stream.of(
            looks.values().stream().map(Tries::next),
            lanes.values().stream().flatMap(lane -> lane.restsUntil().stream()),
            reviews.values().stream().map(Tries::next),
            vault.next().stream(),
            calls.nextDue(session.connection().id(), now).stream())
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

  /// Whether a run waits for the vault to be opened.
  boolean waitsForVault(Run run) {
    return vault.locked() && needsVault(run);
  }

  /// What slows a run down that was posted here: the server fails at its lane, or asked for
  /// patience altogether.
  Optional<Pace.Slowness> slowness(Run run) {
    Lane lane = lane(run);
    int failures = lane.failures();
    if (failures == 0) {
      return session.pace().slowness();
    }
    Instant now = clock.instant();
    Optional<Instant> until = lane.restsUntil().filter(next -> next.isAfter(now));
    return Optional.of(new Pace.Slowness(Pace.Slowness.Kind.FAILS, failures, now, until));
  }

  /// Forgets all pauses: what waits is tried at once.
  void tryNow() {
    lanes.values().forEach(lane -> lane.wake(true));
    reviews.clear();
    vaultOpened();
    session.pace().tryNow();
  }

  /// The vault may be open now.
  void vaultOpened() {
    vault.mayBeOpen();
    looks.clear();
  }

  /// Forgets what lanes were paused for; another account or a new line may do better.
  ///
  /// @param failures also where the server failed
  void forgetPauses(boolean failures) {
    lanes.values().forEach(lane -> lane.wake(failures));
    reviews.clear();
  }

  /// Waits a few seconds for calls on their way, once nothing more may leave.
  void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(5));
    }
  }

  /// Lanes with something to do.
  private Set<Lane> due(Instant now) {
    Set<Lane> due = new HashSet<>();
    Map<Long, Run> runs = new HashMap<>();
    Set<Lane> open = new HashSet<>();
    for (Call call : calls.openCalls(session.connection().id())) {
      Lane lane = lane(run(call.rows().getFirst(), runs));
      open.add(lane);
      if (session.ready() && lookIsDue(call, now)) {
        due.add(lane);
      }
    }
    lanes.values().stream().filter(lane -> !open.contains(lane)).forEach(Lane::nothingToLookFor);
    for (Run run : dueRuns(now)) {
      Lane lane = lane(run);
      if (mayTry(lane, now)) {
        due.add(lane);
      }
    }
    for (Run run : toReview()) {
      due.add(lane(run));
    }
    return due;
  }

  /// Runs of whoever is signed in that ask, and were not compared with the server since it can be
  /// reached.
  private List<Run> toReview() {
    return decisions.toReview(session.connection().id(), session.link().since()).stream()
        .filter(this::isOurs)
        .filter(run -> Tries.due(reviews.get(run.number()), clock.instant()))
        .toList();
  }

  /// Works one lane off: first what is unknown, then what is to be compared, then what is due.
  private void drive(Lane lane) {
    boolean[] invited = {false};
    try {
      boolean goOn =
          inPlace(() -> {
            lookUp(lane);
            review(lane);
            return true;
          });
      while (goOn && mayTry(lane, clock.instant()) && turn(lane)) {
        goOn = inPlace(() -> sendOnce(lane, invited));
      }
      if (invited[0] && session.ready()) {
        boolean ignored = inPlace(() -> listed(lane));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (LockedException e) {
      // between looking and sealing somebody moved the key; what needs it waits from now on
      lane.rest(clock.instant());
    } catch (RuntimeException e) {
      owner.failure().is(e);
    } finally {
      lane.leave();
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
    WishSender.Sent sent = sender.send(due);
    switch (sent) {
      case SOMETHING -> lane.went();
      case NOTHING -> lane.rest(clock.instant());
      case FAULT -> {
        lane.failed(clock.instant());
        changes.publish(new Change.RunsChanged());
      }
    }
    invited[0] |= (sender == invites || sender == replacements) && anySettled(due);
    lookUp(lane);
    return sent == WishSender.Sent.SOMETHING;
  }

  private boolean mayTry(Lane lane, Instant now) {
    return !lane.rests(now) && !(lane.knowsNothing() && session.ready());
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

  /// What is due of the oldest run of a lane; that of a few rows that somebody waits for now comes
  /// before a long one. Rows about one person keep their order, whatever run they are of.
  private List<RunRow> due(Lane lane) {
    Instant now = clock.instant();
    List<Run> runs =
        dueRuns(now).stream()
            .filter(run -> lane(run).equals(lane))
            .sorted(Comparator.comparing(run -> !isQuick(run)))
            .toList();
    for (Run run : runs) {
      boolean ours = session.account().isEmpty() || isOurs(run);
      if (ours && !isTooOld(run, now)) {
        return calls.due(run.number(), now, needed(), READ_AHEAD);
      }
      Held why =
          ours ? new Held(Held.Kind.TOO_OLD, "") : new Held(Held.Kind.OTHER_ACCOUNT, run.account());
      decisions.ask(run.number(), run.account(), why.toString());
      changes.publish(new Change.RunsChanged());
    }
    return List.of();
  }

  private boolean isQuick(Run run) {
    return run.size() <= FEW_ROWS && !run.posted().isBefore(began);
  }

  /// Codes are judged one by one by their sender.
  private static boolean isTooOld(Run run, Instant now) {
    Instant asked = run.reviewed().filter(run.posted()::isBefore).orElse(run.posted());
    return !(run.wish() instanceof Wish.Accept) && asked.plus(SENSIBLE).isBefore(now);
  }

  private List<Run> dueRuns(Instant now) {
    List<Run> runs =
        calls.dueRuns(session.connection().id(), now, needed()).stream()
            .flatMap(number -> table.run(number).stream())
            .toList();
    return runs.stream().anyMatch(Lanes::needsVault) && !vault.ready()
        ? runs.stream().filter(run -> !needsVault(run)).toList()
        : runs;
  }

  /// Whether a run seals codes that come, or opens those that are sent.
  private static boolean needsVault(Run run) {
    return switch (run.wish()) {
      case Wish.Invite(boolean serverMails) -> !serverMails;
      case Wish.InviteAgain(boolean serverMails) -> !serverMails;
      case Wish.Delete() -> false;
      case Wish.Accept() -> true;
    };
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

  /// What cannot be compared now is compared later, and holds up nothing that may leave.
  private void review(Lane lane) {
    for (Run run : toReview()) {
      if (!lane(run).equals(lane)) {
        continue;
      }
      if (review.of(run)) {
        reviews.remove(run.number());
      } else {
        reviews.compute(run.number(), (of, before) -> Tries.after(before, clock.instant()));
      }
    }
  }

  private void lookUp(Lane lane) {
    Map<Long, Run> runs = new HashMap<>();
    Looks round = new Looks(invitations);
    boolean looked = false;
    boolean left = false;
    for (Call call : calls.openCalls(session.connection().id())) {
      Run run = run(call.rows().getFirst(), runs);
      if (!lane(run).equals(lane)) {
        continue;
      }
      if (!lookIsDue(call, clock.instant()) || !session.ready()) {
        left = true;
        continue;
      }
      looked = true;
      if (lookUp(call, run, round)) {
        looks.remove(call.id());
      } else {
        left = true;
        looks.compute(call.id(), (of, before) -> Tries.after(before, clock.instant()));
      }
    }
    if (looked || !left) {
      lane.looked(looked && round.faulty());
    }
  }

  private boolean lookUp(Call call, Run run, Looks round) {
    try {
      if (!call.locked()) {
        return sender(run.wish()).lookUp(call, round);
      }
    } catch (LockedException e) {
      // told below
    }
    vault.couldNotBeUsed();
    return false;
  }

  private boolean lookIsDue(Call call, Instant now) {
    return Tries.due(looks.get(call.id()), now);
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

  private Lane lane(Run run) {
    return lanes.computeIfAbsent(run.organization(), Lane::new);
  }
}
