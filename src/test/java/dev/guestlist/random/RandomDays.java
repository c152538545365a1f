package dev.guestlist.random;

import static java.util.Objects.requireNonNull;

import dev.guestlist.kill.Inviting;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Decision;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Wish;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.PracticeControl.Log;
import dev.guestlist.practice.StartLine;
import dev.guestlist.service.CodeDesk;
import dev.guestlist.testing.Judgement;
import dev.guestlist.testing.Judgement.Who;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.time.Duration;
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

/// A workplace, two organizations and forty people in each, living through random steps. What a
/// step is depends on the seed and its number alone, not on what came of the steps before.
final class RandomDays implements AutoCloseable {
  private static final int PEOPLE = 40;
  private static final Duration REST = Duration.ofSeconds(90);

  private static final List<Decision> LETTING_GO = List.of(Decision.DISCARD, Decision.KEEP_THEIRS);

  /// Decisions after which a row is still about whom and what it was posted for.
  private static final List<Decision> FOR_THE_SAME =
      List.of(
          Decision.TRY_AGAIN,
          Decision.INVITE_ANYWAY,
          Decision.REPLACE_WITH_MINE,
          Decision.ACCEPT_TOO,
          Decision.ACCEPT_WITHOUT_LOOKING);

  private final PracticeWorld world;
  private final long seed;
  private final List<OrganizationId> organizations;
  private final Map<OrganizationId, List<String>> people = new LinkedHashMap<>();
  private final Actions actions;
  private final Map<String, Integer> figures = new TreeMap<>();
  private final Map<Long, RunRow> settled = new HashMap<>();
  private final Map<Who, Integer> ended = new HashMap<>();
  private final Set<Who> touched = new HashSet<>();
  private final Set<Who> unread = new HashSet<>();
  private boolean killed;
  private long lastRun;
  private int effects;

  private RandomDays(PracticeWorld world, long seed) throws Exception {
    this.world = world;
    this.seed = seed;
    organizations = List.of(world.organization("Contoso"), world.organization("Northwind"));
    for (OrganizationId organization : organizations) {
      StartLine.Place place =
          world.server().startLine().organizations().stream()
              .filter(one -> one.id().equals(organization.value()))
              .findFirst()
              .orElseThrow();
      people.put(organization, Inviting.manyPeople(world.server(), place, PEOPLE));
      world.workplace().organizations().switchTo(organization);
      world.workplace().assignments().refresh(organization);
    }
    actions = new Actions(this, world);
  }

  static RandomDays in(Path folder, long seed) throws Exception {
    PracticeWorld world = PracticeWorld.signedIn(folder);
    try {
      return new RandomDays(world, seed);
    } catch (Exception e) {
      world.close();
      throw e;
    }
  }

  /// Takes one step and says which.
  String step(int number) throws Exception {
    Random random = new Random(seed * 31 + number * 7919L);
    random.nextInt();
    String name = actions.any(random);
    figures.merge("step: " + name.split(" ", 2)[0], 1, Integer::sum);
    if (random.nextInt(3) > 0) {
      restAWhile();
    }
    return name;
  }

  OrganizationId organization(Random random) {
    return organizations.get(random.nextInt(organizations.size()));
  }

  List<OrganizationId> organizations() {
    return organizations;
  }

  List<String> people(OrganizationId organization) {
    return requireNonNull(people.get(organization));
  }

  /// Somebody else is about to do something to these people: where rows about them are open, their
  /// outcome may be beyond telling.
  void touch(OrganizationId organization, List<String> who) {
    Set<Who> open = new HashSet<>();
    boolean codes = false;
    for (Run run : openRuns()) {
      for (RunRow row : world.workplace().runs().rows(run.number())) {
        if (!row.state().settled()) {
          Judgement.who(run, row).ifPresent(open::add);
          codes |= Judgement.who(run, row).isEmpty();
        }
      }
    }
    for (String name : who) {
      Who one = new Who(organization.value(), name);
      if (codes || open.contains(one)) {
        touched.add(one);
      }
    }
  }

  /// Whether the server would invite this person now: nobody invited them, and they are no member.
  boolean free(OrganizationId organization, String name) {
    Map<String, Boolean> living = new HashMap<>();
    for (Effect effect : about(organization, name)) {
      living.put(effect.invitation(), effect.kind() == Effect.Kind.INVITED);
    }
    return !living.containsValue(true) && !member(organization, name);
  }

  /// Whether this person is a member now, as far as others and the log know.
  boolean member(OrganizationId organization, String name) {
    long joined =
        about(organization, name).stream()
            .filter(effect -> effect.kind() == Effect.Kind.ACCEPTED)
            .count();
    return joined > ended.getOrDefault(new Who(organization.value(), name), 0);
  }

  /// A membership ended.
  void left(OrganizationId organization, String name) {
    ended.merge(new Who(organization.value(), name), 1, Integer::sum);
  }

  private List<Effect> about(OrganizationId organization, String name) {
    return world.control().log().effects().stream()
        .filter(one -> one.organization().equals(organization.value()))
        .filter(one -> one.person().equals(name))
        .toList();
  }

  /// From now on until the end of the day a list may stay unread.
  void listsMayFail() {
    people.forEach((organization, all) ->
        all.forEach(name -> unread.add(new Who(organization.value(), name))));
  }

  void kill() throws ProblemException {
    killed = true;
    world.killProgram();
  }

  /// Signs in where nobody is, as somebody would who sees that.
  void signIn() {
    try {
      if (world.serverRuns() && world.workplace().session().account().isEmpty()) {
        world.signIn("pat");
      }
    } catch (ProblemException e) {
      figures.merge("sign-ins that failed", 1, Integer::sum);
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
    return openRuns().stream()
        .anyMatch(run ->
            run.count(RowState.SENDING) > 0
                || run.count(RowState.UNKNOWN) > 0
                || (run.phase() == Run.Phase.ACTIVE && run.count(RowState.READY) > 0));
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
      world.startServer();
    }
    world.control().allWell();
    comeToRest();
    Map<Run, List<RunRow>> day = new LinkedHashMap<>();
    for (Run run : world.workplace().runs().all()) {
      if (run.number() > lastRun) {
        day.put(run, world.workplace().runs().rows(run.number()));
      }
    }
    Log log = world.control().log();
    Judgement.Excuses excuses =
        new Judgement.Excuses(Set.copyOf(touched), Set.copyOf(unread), killed);
    List<String> complaints = new ArrayList<>(Judgement.of(log, effects, day, excuses));
    complaints.addAll(actions.lost(day));
    complaints.addAll(codes(day, log));
    day.forEach((run, rows) -> {
      figures.merge("rows: " + run.wish().getClass().getSimpleName(), rows.size(), Integer::sum);
      for (RunRow row : rows) {
        settled.put(row.id(), row);
        figures.merge(row.state().name(), 1, Integer::sum);
      }
    });
    figures.merge("days", 1, Integer::sum);
    figures.merge("people touched by others meanwhile", touched.size(), Integer::sum);
    lastRun = day.keySet().stream().mapToLong(Run::number).max().orElse(lastRun);
    effects = log.effects().size();
    touched.clear();
    unread.clear();
    killed = false;
    return complaints;
  }

  /// Every code that came to us is sealed here; what lives behind it is the right person.
  private List<String> codes(Map<Run, List<RunRow>> day, Log log) {
    List<String> complaints = new ArrayList<>();
    Set<String> living = new HashSet<>();
    for (Effect effect : log.effects()) {
      if (effect.kind() == Effect.Kind.INVITED) {
        living.add(effect.invitation());
      } else {
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
                && !othersInvited(log, row, run);
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
  private boolean othersInvited(Log log, RunRow row, Run run) {
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
        throw new AssertionError(
            "Does not come to rest: "
                + openRuns()
                + " "
                + openRuns().stream()
                    .map(run -> world.workplace().runs().rows(run.number()))
                    .toList()
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
                + figures.get("sign-ins that failed"));
      }
      signIn();
      for (Run run : openRuns()) {
        switch (run.phase()) {
          case ASKS -> world.workplace().runs().goOn(run.number());
          case HELD -> {
            if (tries.merge(run.number(), 1, Integer::sum) > 3) {
              world.workplace().runs().stop(run.number());
            } else {
              world.workplace().runs().goOn(run.number());
            }
          }
          case PAUSED -> world.workplace().runs().goOn(run.number());
          case ACTIVE, STOPPED -> decide(run, tries);
        }
      }
      world.clock().move(Duration.ofSeconds(61));
      world.workplace().worker().tryNow();
      restAWhile();
    }
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
    world.decide(row, offered.get(which % offered.size()));
  }

  /// Rows that are not any more what they were when they had their outcome.
  List<String> changedAfterwards() {
    List<String> changed = new ArrayList<>();
    settled.forEach((id, row) -> {
      Optional<RunRow> now = world.workplace().runs().row(id);
      if (now.isEmpty() || now.get().state() != row.state() || now.get().run() != row.run()) {
        changed.add(row + " is now " + now);
      }
    });
    return changed;
  }

  Map<String, Integer> figures() {
    figures.put("requests", world.control().log().requests().size());
    return figures;
  }

  @Override
  public void close() {
    world.close();
  }
}
