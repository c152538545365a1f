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
import dev.guestlist.store.Vault;
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
  private final Set<Lane> busy = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Map<Long, Tries> looks = new ConcurrentHashMap<>();
  private final Map<Lane, Tries> pauses = new ConcurrentHashMap<>();
  private final Map<Long, Tries> reviews = new ConcurrentHashMap<>();

  /// lanes in which the server failed at the last call, and how often in a row
  private final Map<Lane, Integer> failing = new ConcurrentHashMap<>();

  /// lanes in which it failed at the last look as well
  private final Set<Lane> blind = ConcurrentHashMap.newKeySet();

  private final Vault vault;
  private final Instant began;
  private volatile @Nullable Tries vaultTries;
  private volatile boolean waitsForVault;

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
  private record Tries(int count, Instant next) {
    static Tries after(@Nullable Tries before, Instant now) {
      int count = before == null ? 0 : before.count();
      return new Tries(count + 1, now.plus(pause(count)));
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
    this.vault = store.vault();
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

  /// How long to wait before trying again what was tried in vain so often already.
  static Duration pause(int times) {
    return PAUSES.get(Math.min(times, PAUSES.size() - 1));
  }

  /// Starts what is due and not being worked at; answers when to look again, if nothing happens.
  Instant start() {
    review.cardsAnew();
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
            looks.values().stream().map(Tries::next),
            pauses.values().stream().map(Tries::next),
            reviews.values().stream().map(Tries::next),
            nextVaultTry().stream(),
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
    return waitsForVault && needsVault(run);
  }

  /// What slows a run down that was posted here: the server fails at its lane, or asked for
  /// patience altogether.
  Optional<Pace.Slowness> slowness(Run run) {
    Lane lane = lane(run);
    Integer times = failing.get(lane);
    if (times == null) {
      return session.pace().slowness();
    }
    Instant now = clock.instant();
    Optional<Instant> until =
        Optional.ofNullable(pauses.get(lane)).map(Tries::next).filter(next -> next.isAfter(now));
    return Optional.of(new Pace.Slowness(Pace.Slowness.Kind.FAILS, times, now, until));
  }

  /// Forgets all pauses: what waits is tried at once.
  void tryNow() {
    looks.clear();
    pauses.clear();
    reviews.clear();
    vaultOpened();
    session.pace().tryNow();
  }

  /// The vault may be open now.
  void vaultOpened() {
    vaultTries = null;
    waitsForVault = false;
    looks.clear();
  }

  /// Forgets what lanes were paused for; another account or a new line may do better.
  ///
  /// @param failures also where the server failed
  void forgetPauses(boolean failures) {
    pauses.keySet().removeIf(lane -> failures || !failing.containsKey(lane));
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
    Set<Lane> lanes = new HashSet<>();
    Map<Long, Run> runs = new HashMap<>();
    Set<Lane> open = new HashSet<>();
    for (Call call : calls.openCalls(session.connection().id())) {
      Lane lane = lane(run(call.rows().getFirst(), runs));
      open.add(lane);
      if (session.ready() && lookIsDue(call, now)) {
        lanes.add(lane);
      }
    }
    blind.removeIf(lane -> !open.contains(lane) && !busy.contains(lane));
    for (Run run : dueRuns(now)) {
      Lane lane = lane(run);
      if (isDue(pauses.get(lane), now) && !knowsNothing(lane)) {
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
    return decisions.toReview(session.connection().id(), session.link().since()).stream()
        .filter(this::isOurs)
        .filter(run -> isDue(reviews.get(run.number()), clock.instant()))
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
      while (goOn
          && isDue(pauses.get(lane), clock.instant())
          && !knowsNothing(lane)
          && turn(lane)) {
        goOn = inPlace(() -> sendOnce(lane, invited));
      }
      if (invited[0] && session.ready()) {
        boolean ignored = inPlace(() -> listed(lane));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (LockedException e) {
      // between looking and sealing somebody moved the key; what needs it waits from now on
      pause(lane);
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
    WishSender.Sent sent = sender.send(due);
    switch (sent) {
      case SOMETHING -> {
        pauses.remove(lane);
        failing.remove(lane);
      }
      case NOTHING -> pause(lane);
      case FAULT -> {
        pause(lane);
        failing.merge(lane, 1, Integer::sum);
        changes.publish(new Change.RunsChanged());
      }
    }
    invited[0] |= (sender == invites || sender == replacements) && anySettled(due);
    lookUp(lane);
    return sent == WishSender.Sent.SOMETHING;
  }

  private void pause(Lane lane) {
    pauses.compute(lane, (of, before) -> Tries.after(before, clock.instant()));
  }

  /// Whether the server failed at the last call of a lane and at finding out what became of it:
  /// what leaves now would be one more question.
  private boolean knowsNothing(Lane lane) {
    return failing.containsKey(lane) && blind.contains(lane) && session.ready();
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
    return runs.stream().anyMatch(Lanes::needsVault) && !vaultIsOpen()
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

  /// Whether the vault can be used now; one that could not be is not asked again at once.
  private boolean vaultIsOpen() {
    Tries before = vaultTries;
    if (!isDue(before, clock.instant())) {
      return false;
    }
    boolean open = vault.ready();
    vaultTries = open ? null : Tries.after(before, clock.instant());
    waitForVault(!open);
    return open;
  }

  private void waitForVault(boolean waits) {
    if (waitsForVault != waits) {
      waitsForVault = waits;
      changes.publish(new Change.RunsChanged());
    }
  }

  private Optional<Instant> nextVaultTry() {
    return Optional.ofNullable(vaultTries).map(Tries::next);
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
    if (looked && round.faulty()) {
      blind.add(lane);
    } else if (looked || !left) {
      blind.remove(lane);
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
    waitForVault(true);
    return false;
  }

  private boolean lookIsDue(Call call, Instant now) {
    return isDue(looks.get(call.id()), now);
  }

  private static boolean isDue(@Nullable Tries before, Instant now) {
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
