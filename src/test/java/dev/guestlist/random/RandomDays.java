package dev.guestlist.random;

import static java.util.Objects.requireNonNull;

import dev.guestlist.kill.Inviting;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Decision;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.PracticeControl.Log;
import dev.guestlist.practice.StartLine;
import dev.guestlist.service.CodeDesk;
import dev.guestlist.testing.Judgement;
import dev.guestlist.testing.Judgement.Moment;
import dev.guestlist.testing.Judgement.Who;
import dev.guestlist.testing.PracticeWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A workplace, two organizations and forty people in each, living through random steps.
///
/// The seed and the number of a step decide what is drawn in it. What comes of it also depends on
/// how far the steps before have come, and that on how fast this computer is. Calm days come to
/// rest after every step and kill the program after a drawn number of requests: there the same seed
/// gives the same steps and the same outcomes.
final class RandomDays implements AutoCloseable {
  private static final int PEOPLE = 40;
  private static final Duration REST = Duration.ofSeconds(180);

  /// For how long nothing moves on calm days before the rest is taken to wait for something.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final List<Decision> LETTING_GO = List.of(Decision.DISCARD, Decision.KEEP_THEIRS);

  /// Decisions after which a row is still about whom and what it was posted for.
  private static final List<Decision> FOR_THE_SAME =
      List.of(
          Decision.TRY_AGAIN,
          Decision.INVITE_ANYWAY,
          Decision.INVITE_WITHOUT,
          Decision.REPLACE_WITH_MINE,
          Decision.ACCEPT_TOO,
          Decision.ACCEPT_WITHOUT_LOOKING);

  private final PracticeWorld world;
  private final long seed;
  private final boolean calm;
  private final List<OrganizationId> organizations;
  private final Map<OrganizationId, List<String>> people = new LinkedHashMap<>();
  private final Actions actions;
  private final Notebook notebook = new Notebook();
  private final Map<String, Integer> figures = new TreeMap<>();
  private final Map<Who, Integer> ended = new HashMap<>();

  /// How often rows had left when the line went down.
  private final Map<Long, Integer> leftBefore = new HashMap<>();

  private final List<String> outcomes = new ArrayList<>();
  private Moment now;
  private Log log;
  private boolean lacksRights;
  private boolean lackedRights;
  private long lastRun;
  private int effects;

  private RandomDays(PracticeWorld world, long seed, boolean calm) throws Exception {
    this.world = world;
    this.seed = seed;
    this.calm = calm;
    organizations = List.of(world.organization("Contoso"), world.organization("Northwind"));
    for (OrganizationId organization : organizations) {
      StartLine.Place place =
          world.server().startLine().organizations().stream()
              .filter(one -> one.id().equals(organization.value()))
              .findFirst()
              .orElseThrow();
      people.put(
          organization,
          Inviting.manyPeople(world.server(), place, PEOPLE).stream().sorted().toList());
      world.workplace().organizations().switchTo(organization);
      world.workplace().assignments().refresh(organization);
    }
    log = world.control().log();
    now = Moment.of(log, world.control().now());
    effects = log.effects().size();
    actions = new Actions(this, world, notebook);
  }

  static RandomDays in(Path folder, long seed, boolean calm) throws Exception {
    PracticeWorld world = PracticeWorld.signedIn(folder);
    try {
      return new RandomDays(world, seed, calm);
    } catch (Exception e) {
      world.close();
      throw e;
    }
  }

  /// Takes one step and says which.
  String step(int number) throws Exception {
    Random random = new Random(seed * 31 + number * 7919L);
    random.nextInt();
    Moment before = moment();
    String name = actions.any(random);
    count("step: " + name.split(" ", 2)[0]);
    boolean rests = random.nextInt(3) > 0;
    if (calm) {
      comeToIdle();
    } else if (rests) {
      restAWhile();
    }
    look(before);
    return name;
  }

  boolean calm() {
    return calm;
  }

  void count(String what) {
    figures.merge(what, 1, Integer::sum);
  }

  OrganizationId organization(Random random) {
    return organizations.get(random.nextInt(organizations.size()));
  }

  List<String> people(OrganizationId organization) {
    return requireNonNull(people.get(organization));
  }

  /// The end of the server's log; while the server is away, where it was.
  private Moment moment() {
    if (world.serverRuns()) {
      log = world.control().log();
      now = Moment.of(log, world.control().now());
    }
    return now;
  }

  /// Looks after all runs that are new or were not finished yet.
  private void look(Moment before) {
    Map<Run, List<RunRow>> seen = new LinkedHashMap<>();
    for (Run run : world.workplace().runs().all().reversed()) {
      if (notebook.isNew(run) || notebook.isUnfinished(run)) {
        seen.put(run, world.workplace().runs().rows(run.number()));
      }
    }
    // without the server nobody can tell which of its last requests came before this moment
    Optional<Moment> after = Optional.of(moment()).filter(moment -> world.serverRuns());
    seen.forEach((run, rows) -> notebook.look(run, rows, before, after, lackedRights));
    lackedRights = lacksRights;
  }

  /// Whether the server would invite this person now: nobody invited them, and they are no member.
  boolean free(OrganizationId organization, String name) {
    Map<String, Boolean> living = new HashMap<>();
    for (Effect effect : about(organization, name)) {
      living.put(
          effect.invitation(),
          effect.kind() == Effect.Kind.INVITED || effect.kind() == Effect.Kind.HALF_ACCEPTED);
    }
    return !living.containsValue(true) && !member(organization, name);
  }

  /// Whether this person is a member now, as far as others and the log know.
  boolean member(OrganizationId organization, String name) {
    long joined =
        about(organization, name).stream()
            .filter(effect ->
                effect.kind() == Effect.Kind.ACCEPTED || effect.kind() == Effect.Kind.HALF_ACCEPTED)
            .count();
    return joined > ended.getOrDefault(new Who(organization.value(), name), 0);
  }

  /// A membership ended.
  void left(OrganizationId organization, String name) {
    Who who = new Who(organization.value(), name);
    ended.merge(who, 1, Integer::sum);
    notebook.left(who, world.control().now());
  }

  /// Reads the log anew for [#free] and [#member].
  void readLog() {
    moment();
  }

  private List<Effect> about(OrganizationId organization, String name) {
    return log.effects().stream()
        .filter(one -> one.organization().equals(organization.value()))
        .filter(one -> one.person().equals(name))
        .toList();
  }

  /// When the last invitation of this person was made, by anybody.
  Optional<Instant> made(OrganizationId organization, String name) {
    return about(organization, name).stream()
        .filter(effect -> effect.kind() == Effect.Kind.INVITED)
        .map(Effect::at)
        .reduce((one, other) -> other);
  }

  Instant serverTime() {
    return now.at();
  }

  /// From now on the account may do less than it is used to, or again everything.
  void lacksRights(boolean lacks) {
    lacksRights = lacks;
    lackedRights |= lacks;
  }

  boolean lacksRights() {
    return lacksRights;
  }

  /// The program ends in the middle.
  void kill() throws ProblemException {
    notebook.killed(openRows());
    Log before = world.serverRuns() ? world.control().log() : log;
    world.killProgram();
    if (world.serverRuns()) {
      notebook.lost(before, world.control().log());
    }
    count("program ended in the middle");
  }

  /// The line goes down.
  void stopServer() {
    leftBefore.clear();
    rowsOfTheDay()
        .forEach(row ->
            leftBefore.put(
                row.id(), row.state() == RowState.SENDING ? row.attempts() - 1 : row.attempts()));
    moment();
    world.stopServer();
  }

  /// The line is up again. What left meanwhile may never have come into the server's log.
  void startServer() throws IOException {
    rowsOfTheDay()
        .filter(row -> row.attempts() > leftBefore.getOrDefault(row.id(), 0))
        .forEach(notebook::cut);
    world.startServer();
    notebook.lost(log, world.control().log());
    moment();
  }

  private Stream<RunRow> rowsOfTheDay() {
    return world.workplace().runs().all().stream()
        .filter(run -> run.number() > lastRun)
        .flatMap(run -> world.workplace().runs().rows(run.number()).stream());
  }

  private List<RunRow> openRows() {
    return openRuns().stream()
        .flatMap(run -> world.workplace().runs().rows(run.number()).stream())
        .toList();
  }

  /// Signs in where nobody is, as somebody would who sees that.
  void signIn() {
    signIn("pat");
  }

  void signIn(String account) {
    try {
      if (world.serverRuns() && world.workplace().session().account().isEmpty()) {
        world.signIn(account);
      }
    } catch (ProblemException e) {
      count("sign-ins that failed");
    }
  }

  /// Until nothing moves, or a moment has gone by.
  private void restAWhile() {
    long end = System.nanoTime() + Duration.ofMillis(120).toNanos();
    while (System.nanoTime() < end && moving()) {
      LockSupport.parkNanos(3_000_000);
    }
  }

  private boolean moving() {
    return openRuns().stream().anyMatch(this::moves);
  }

  private boolean moves(Run run) {
    return run.count(RowState.SENDING) > 0
        || run.count(RowState.UNKNOWN) > 0
        || (run.phase() == Run.Phase.ACTIVE && run.count(RowState.READY) > 0);
  }

  /// Until everything that can move has moved: somebody is signed in, pauses are over, and what is
  /// left waits for something else. Then the lists are read, so that the next step knows them.
  private void comeToIdle() {
    String former = "";
    long since = System.nanoTime();
    while (sending() || (canMove() && System.nanoTime() - since < PATIENCE.toNanos())) {
      if (world.serverRuns()) {
        signIn();
        world.clock().move(Duration.ofSeconds(61));
        world.workplace().worker().tryNow();
      }
      LockSupport.parkNanos(20_000_000);
      String next =
          openRows().stream().map(row -> row.id() + " " + row.state()).toList().toString();
      if (!next.equals(former)) {
        since = System.nanoTime();
      }
      former = next;
    }
    if (world.serverRuns()) {
      organizations.forEach(one -> world.workplace().invitations().refresh(one));
    }
  }

  /// Whether something is to be sent or looked up, and nothing that waits for a person is before
  /// it.
  private boolean canMove() {
    return world.serverRuns()
        && openRuns().stream()
            .filter(run -> world.workplace().runs().waitsFor(run.number()).isEmpty())
            .anyMatch(this::moves);
  }

  private boolean sending() {
    return openRuns().stream().anyMatch(run -> run.count(RowState.SENDING) > 0);
  }

  /// Waits until no row is on its way.
  void waitForCalls() {
    PracticeWorld.until(() -> !sending());
  }

  List<Run> openRuns() {
    return world.workplace().runs().all().stream()
        .filter(run -> run.number() > lastRun && !run.done())
        .toList();
  }

  /// Lets everything end, and holds the day's rows against the server's log.
  ///
  /// @return what does not agree
  List<String> endOfDay() throws Exception {
    if (!world.serverRuns()) {
      startServer();
    }
    world.control().allWell();
    actions.rightsBack();
    Moment before = moment();
    comeToRest();
    look(before);
    Map<Run, List<RunRow>> day = new LinkedHashMap<>();
    Set<Long> found = new HashSet<>();
    for (Run run : world.workplace().runs().all().reversed()) {
      found.add(run.number());
      if (run.number() > lastRun) {
        day.put(run, world.workplace().runs().rows(run.number()));
      }
    }
    Judgement.Verdict verdict =
        Judgement.of(log, effects, day, notebook.excuses(), notebook.diary(log, everybody()));
    List<String> complaints = new ArrayList<>(verdict.complaints());
    complaints.addAll(notebook.complaints());
    complaints.addAll(notebook.missing(found));
    complaints.addAll(codes(day));
    int rows = day.values().stream().mapToInt(List::size).sum();
    day.forEach((run, its) -> its.forEach(row -> count(run, row)));
    figures.merge("rows that only one outcome fitted", verdict.certain(), Integer::sum);
    figures.merge("rows judged strictly", verdict.strict(), Integer::sum);
    figures.merge("rows", rows, Integer::sum);
    count("days");
    if (verdict.strict() == rows) {
      count("days judged strictly");
    }
    lastRun = day.keySet().stream().mapToLong(Run::number).max().orElse(lastRun);
    effects = log.effects().size();
    return complaints;
  }

  private void count(Run run, RunRow row) {
    count("rows: " + run.wish().getClass().getSimpleName());
    count(row.state().name());
    if (notebook.waitedFor(row, Reason.EXPIRED)) {
      count("codes that had expired when they were to leave");
    }
    boolean gone =
        row.state() == RowState.WAS_GONE
            || notebook.waitedFor(row, Reason.INVITATION_GONE)
            || notebook.waitedFor(row, Reason.UNKNOWN_CODE)
            || row.reason().equals(Optional.of(Reason.UNKNOWN_CODE));
    if (gone) {
      count("rows whose invitation was gone");
    }
    String whom =
        row.target() instanceof Target.Code code
            ? code.username().orElse("a code that nobody knew")
            : row.target().name();
    outcomes.add(row.id() + " " + whom + " " + row.state());
  }

  private Set<Who> everybody() {
    return people.entrySet().stream()
        .flatMap(of -> of.getValue().stream().map(name -> new Who(of.getKey().value(), name)))
        .collect(Collectors.toSet());
  }

  /// Every code that came to us is sealed here; what lives behind it is the right person.
  private List<String> codes(Map<Run, List<RunRow>> day) {
    List<String> complaints = new ArrayList<>();
    Set<String> living = new HashSet<>();
    for (Effect effect : log.effects()) {
      if (effect.kind() == Effect.Kind.INVITED) {
        living.add(effect.invitation());
      } else if (effect.kind() != Effect.Kind.HALF_ACCEPTED) {
        living.remove(effect.invitation());
      }
    }
    day.forEach((run, rows) -> {
      for (RunRow row : rows) {
        if (row.state() != RowState.INVITED || !withCode(run.wish())) {
          continue;
        }
        Optional<ConfirmationCode> code = world.workplace().runs().code(row.id());
        if (code.isEmpty()) {
          complaints.add("the code of row " + row.id() + " is not here");
          continue;
        }
        CodeDesk.Look look = look(code.get());
        boolean wrong =
            look instanceof CodeDesk.Look.Found found
                && !(found.check().username().equals(row.target().name())
                    && Optional.of(found.check().organization()).equals(run.organization()));
        boolean missing =
            !(look instanceof CodeDesk.Look.Found)
                && row.invitation().filter(id -> living.contains(id.value())).isPresent()
                && !othersInvited(row, run);
        if (wrong || missing) {
          complaints.add(
              "the code of row "
                  + row
                  + " opens "
                  + look.getClass()
                  + " after "
                  + about(run.organization().orElseThrow(), row.target().name()));
        }
      }
    });
    return complaints;
  }

  /// Asks until there is an answer, as somebody would.
  private CodeDesk.Look look(ConfirmationCode code) {
    AtomicReference<CodeDesk.Look> look = new AtomicReference<>();
    PracticeWorld.until(() -> {
      signIn();
      look.set(world.workplace().codes().look(code));
      return !(look.get() instanceof CodeDesk.Look.NotChecked);
    });
    return look.get();
  }

  /// Somebody else's invitation of the same person may be taken for ours when a list shows it.
  private boolean othersInvited(RunRow row, Run run) {
    return log.effects().subList(effects, log.effects().size()).stream()
        .anyMatch(one ->
            one.kind() == Effect.Kind.INVITED
                && one.request() == 0
                && one.person().equals(row.target().name())
                && one.organization().equals(run.organization().orElseThrow().value()));
  }

  static boolean withCode(Wish wish) {
    return switch (wish) {
      case Wish.Invite(boolean serverMails) -> !serverMails;
      case Wish.InviteAgain(boolean serverMails) -> !serverMails;
      case Wish.Delete ignored -> false;
      case Wish.Accept ignored -> false;
    };
  }

  /// Goes on with what asks, decides what waits for a decision, until every row has its outcome.
  private void comeToRest() {
    long end = System.nanoTime() + REST.toNanos();
    Map<Long, Integer> tries = new HashMap<>();
    while (!openRuns().isEmpty()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Does not come to rest: " + state());
      }
      signIn();
      if (world.workplace().session().account().isPresent()) {
        world
            .workplace()
            .runs()
            .othersWaiting()
            .forEach(of -> world.workplace().runs().sendAsMe(of.account()));
      }
      for (Run run : openRuns()) {
        switch (run.phase()) {
          case ASKS, PAUSED -> world.workplace().runs().goOn(run.number());
          case HELD -> {
            if (tries.merge(run.number(), 1, Integer::sum) > 3) {
              stop(run);
            } else {
              world.workplace().runs().goOn(run.number());
            }
          }
          case ACTIVE, STOPPED -> decide(run, tries);
        }
      }
      world.clock().move(Duration.ofSeconds(61));
      world.workplace().worker().tryNow();
      if (calm) {
        comeToIdle();
      } else {
        restAWhile();
      }
    }
  }

  private String state() {
    return openRuns()
        + " "
        + openRows()
        + ", stopped by "
        + world.workplace().worker().stoppedBy()
        + ", sends "
        + world.workplace().worker().sends()
        + ", "
        + world.workplace().session().state()
        + ", "
        + world.workplace().session().link()
        + ", looks codes up "
        + world.workplace().codes().canLook()
        + ", sign-ins that failed "
        + figures.get("sign-ins that failed");
  }

  void stop(Run run) {
    notebook.dropped(world.workplace().runs().rows(run.number()));
    world.workplace().runs().stop(run.number());
  }

  /// Decides in one way or another; what asks again and again is let go.
  private void decide(Run run, Map<Long, Integer> tries) {
    for (RunRow row : world.workplace().runs().rows(run.number())) {
      if (row.state() == RowState.NEEDS_DECISION) {
        boolean again = tries.merge(-row.id(), 1, Integer::sum) < 4;
        decide(row, again ? (int) row.id() : 0);
      }
    }
  }

  /// Decides as the card of the row offers.
  ///
  /// @param which any number; zero lets it go
  void decide(RunRow row, int which) {
    Run run = world.workplace().runs().find(row.run()).orElseThrow();
    List<Decision> offered = new ArrayList<>(LETTING_GO);
    offered.addAll(FOR_THE_SAME);
    offered.retainAll(world.workplace().conflicts().of(run, row).choices());
    Decision decision = offered.get(which % offered.size());
    boolean instead = decision == Decision.REPLACE_WITH_MINE;
    notebook.decided(row, LETTING_GO.contains(decision) || instead, instead);
    world.decide(row, decision);
  }

  /// Rows that are not any more what they were when they had their outcome.
  List<String> changedAfterwards() {
    List<String> changed = new ArrayList<>();
    notebook
        .outcomes()
        .forEach((id, row) -> {
          Optional<RunRow> kept = world.workplace().runs().row(id);
          if (kept.isEmpty()
              || kept.get().state() != row.state()
              || kept.get().run() != row.run()) {
            changed.add(row + " is now " + kept);
          }
        });
    return changed;
  }

  Map<String, Integer> figures() {
    figures.put("requests", log.requests().size());
    return figures;
  }

  /// Each row of all days with its outcome, in the order in which they were judged.
  List<String> outcomes() {
    return outcomes;
  }

  /// Everything that helps to understand a failure: the rows of the last day and the server's log.
  List<String> report() {
    List<String> lines = new ArrayList<>();
    for (Run run : world.workplace().runs().all().reversed()) {
      if (run.number() > lastRun) {
        lines.add(run.toString());
        world.workplace().runs().rows(run.number()).forEach(row -> lines.add("  " + row));
      }
    }
    moment();
    log.effects().forEach(effect -> lines.add(effect.toString()));
    log.requests().forEach(request -> lines.add(request.toString()));
    return lines;
  }

  @Override
  public void close() {
    world.close();
  }
}
