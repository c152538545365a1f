package dev.guestlist.random;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Username;
import dev.guestlist.service.Assignments;
import dev.guestlist.service.Invitations.Entry;
import dev.guestlist.service.Runs;
import dev.guestlist.testing.PracticeWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// What can happen in a step: what people want from here, what others do, what goes wrong.
final class Actions {
  private static final List<String> PATHS =
      List.of(
          "/guests/invite",
          "/guests/invitations/",
          "/invitation/accept",
          "/invitation/introspect",
          "/oauth2/token");

  private final RandomDays days;
  private final PracticeWorld world;
  private final Map<Long, List<Target>> posted = new HashMap<>();

  Actions(RandomDays days, PracticeWorld world) {
    this.days = days;
    this.world = world;
  }

  /// Does one thing and says which.
  String any(Random random) throws Exception {
    int which = random.nextInt(100);
    if (which < 20) {
      return invite(random);
    }
    if (which < 27) {
      return delete(random);
    }
    if (which < 35) {
      return inviteAgain(random);
    }
    if (which < 54) {
      return accept(random);
    }
    if (which < 64) {
      return others(random);
    }
    if (which < 82) {
      return somethingGoesWrong(random);
    }
    if (which < 86) {
      return timePasses(random);
    }
    if (which < 90) {
      return line(random);
    }
    if (which < 94) {
      return killed(random);
    }
    if (which < 98) {
      return decision(random);
    }
    world.workplace().invitations().refresh(days.organization(random));
    return "read";
  }

  /// The program dies while something is on its way, mostly.
  private String killed(Random random) throws Exception {
    String during = "";
    if (world.serverRuns()) {
      world.control().answerSlowly(Duration.ofMillis(15));
      during = wish(random);
      LockSupport.parkNanos(random.nextInt(60_000_000));
    }
    days.kill();
    if (world.serverRuns()) {
      world.control().answerSlowly(Duration.ZERO);
    }
    days.signIn();
    return "killed during " + during;
  }

  private String wish(Random random) {
    return switch (random.nextInt(5)) {
      case 0, 1 -> invite(random);
      case 2 -> delete(random);
      case 3 -> inviteAgain(random);
      default -> accept(random);
    };
  }

  /// Rows that are not there any more, or about somebody else than was posted.
  List<String> lost(Map<Run, List<RunRow>> day) {
    List<String> lost = new ArrayList<>();
    Map<Long, List<String>> kept = new HashMap<>();
    day.forEach((run, rows) -> kept.put(run.number(), rows.stream().map(Actions::whom).toList()));
    posted.forEach((run, targets) -> {
      List<String> wanted = targets.stream().map(Actions::whom).toList();
      if (!wanted.equals(kept.get(run))) {
        lost.add("run " + run + " was " + wanted + " and is " + kept.get(run));
      }
    });
    posted.clear();
    return lost;
  }

  private static String whom(RunRow row) {
    return whom(row.target());
  }

  private static String whom(Target target) {
    return switch (target) {
      case Target.Person person -> person.name();
      case Target.Listed listed -> listed.invitation().value();
      case Target.Again again -> again.replaces().value();
      case Target.Code code -> code.lastFour();
    };
  }

  private void note(Run run) {
    posted.put(
        run.number(),
        world.workplace().runs().rows(run.number()).stream().map(RunRow::target).toList());
  }

  private String invite(Random random) {
    OrganizationId organization = days.organization(random);
    List<String> all = days.people(organization);
    int first = random.nextInt(all.size());
    int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 14 : 4);
    boolean mails = random.nextBoolean();
    boolean gifts = random.nextInt(4) == 0;
    boolean stranger = random.nextInt(10) == 0;
    Assignments.Choice choice = world.workplace().assignments().of(organization);
    List<Target.Person> who = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = all.get((first + i) % all.size());
      boolean has = gifts && i % 2 == 0;
      who.add(
          new Target.Person(
              new Username(name, Optional.empty()),
              has
                  ? choice.roles().stream().filter(role -> !isConsole(role)).limit(1).toList()
                  : List.of(),
              has ? choice.groups().stream().limit(1).toList() : List.of()));
    }
    if (stranger) {
      who.add(PracticeWorld.person("nobody.at.all"));
    }
    note(world.workplace().runs().invite(organization, who, mails, ""));
    return "invite " + who.stream().map(Target.Person::name).toList();
  }

  private static boolean isConsole(dev.guestlist.model.Role role) {
    return role.toString().contains("Console");
  }

  private List<Entry> listed(OrganizationId organization, Random random) {
    List<String> all = days.people(organization);
    int first = random.nextInt(all.size());
    int count = 4 + random.nextInt(12);
    List<String> some =
        IntStream.range(first, first + count).mapToObj(i -> all.get(i % all.size())).toList();
    return world.workplace().invitations().list(organization).entries().stream()
        .filter(entry -> entry.invitation().isPresent() && some.contains(entry.username()))
        .limit(1 + random.nextInt(3))
        .toList();
  }

  private String delete(Random random) {
    OrganizationId organization = days.organization(random);
    List<Runs.ToDelete> some =
        listed(organization, random).stream()
            .map(entry -> new Runs.ToDelete(entry.invitation().orElseThrow(), entry.username()))
            .toList();
    boolean grace = random.nextInt(4) == 0;
    if (!some.isEmpty()) {
      note(
          world
              .workplace()
              .runs()
              .delete(organization, some, grace ? Duration.ofSeconds(8) : Duration.ZERO));
    }
    return "delete " + some.stream().map(Runs.ToDelete::username).toList();
  }

  private String inviteAgain(Random random) {
    OrganizationId organization = days.organization(random);
    List<Runs.ToReplace> some =
        listed(organization, random).stream()
            .map(entry ->
                new Runs.ToReplace(
                    entry.invitation().orElseThrow(), PracticeWorld.person(entry.username())))
            .toList();
    boolean mails = random.nextBoolean();
    if (!some.isEmpty()) {
      note(world.workplace().runs().inviteAgain(organization, some, mails, Duration.ZERO));
    }
    return "replace " + some.stream().map(one -> one.person().name()).toList();
  }

  /// Fresh codes, used ones, expired ones, of deleted and replaced invitations, or made up.
  private String accept(Random random) {
    List<Run> runs =
        world.workplace().runs().all().stream()
            .filter(run -> RandomDays.withCode(run.wish()))
            .limit(12)
            .toList();
    List<ConfirmationCode> codes = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    boolean newest = random.nextInt(3) > 0;
    for (int i = 0; i < count && !runs.isEmpty(); i++) {
      Run run = runs.get(newest ? 0 : random.nextInt(runs.size()));
      List<RunRow> rows = world.workplace().runs().rows(run.number());
      world
          .workplace()
          .runs()
          .code(rows.get(random.nextInt(rows.size())).id())
          .filter(code -> !codes.contains(code))
          .ifPresent(codes::add);
    }
    if (random.nextInt(8) == 0) {
      UUID made = new UUID(random.nextLong(), random.nextLong());
      codes.add(ConfirmationCode.asGiven(made.toString()));
    }
    if (!codes.isEmpty()) {
      note(
          world
              .workplace()
              .runs()
              .accept(
                  codes.stream()
                      .map(code -> new Runs.ToAccept(code, Optional.empty(), Optional.empty()))
                      .toList(),
                  Ticket.NONE,
                  Duration.ZERO));
    }
    return "accept " + codes.size();
  }

  private String others(Random random) {
    OrganizationId organization = days.organization(random);
    List<String> all = days.people(organization);
    List<String> who = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      who.add(all.get(random.nextInt(all.size())));
    }
    int what = random.nextInt(5);
    if (!world.serverRuns()) {
      return "others nothing: the server is away";
    }
    days.touch(organization, who);
    switch (what) {
      case 0 -> invitedElsewhere(organization, who);
      case 1 -> world.control().othersDelete(organization.value(), 1, who);
      case 2 -> who.forEach(name -> acceptElsewhere(organization, name));
      default -> all.forEach(name -> leave(organization, name, random));
    }
    return "others " + List.of("invite", "delete", "accept", "end", "end").get(what) + " " + who;
  }

  /// As the server would have it: nobody is invited twice, and no member at all.
  private void invitedElsewhere(OrganizationId organization, List<String> who) {
    List<String> free =
        who.stream().distinct().filter(name -> days.free(organization, name)).toList();
    if (!free.isEmpty()) {
      world.control().othersInvite(organization.value(), free);
    }
  }

  private void acceptElsewhere(OrganizationId organization, String name) {
    if (!days.member(organization, name)) {
      world.control().othersAccept(organization.value(), 1, List.of(name));
    }
  }

  /// Some memberships end, so that the same people can be invited again.
  private void leave(OrganizationId organization, String name, Random random) {
    if (random.nextInt(3) == 0 && days.member(organization, name)) {
      days.touch(organization, List.of(name));
      world.control().removeMember(organization.value(), name);
      days.left(organization, name);
    }
  }

  private String somethingGoesWrong(Random random) {
    String path = PATHS.get(random.nextInt(PATHS.size() + 4) % 4 == 0 ? 0 : random.nextInt(5));
    int times = 1 + random.nextInt(2);
    int which = random.nextInt(10);
    int after = random.nextInt(4);
    boolean lists = random.nextInt(4) == 0;
    if (!world.serverRuns()) {
      return "fault none: the server is away";
    }
    if (path.equals("/oauth2/token") || lists) {
      days.listsMayFail();
    }
    switch (which) {
      case 0 -> world.control().dropBeforeWork(path, times);
      case 1, 2, 3 -> world.control().dropAfterWork(path, times);
      case 4, 5 -> world.control().crashInviteAfter(after);
      case 6 -> world.control().beBusy(path, 429, times, OptionalInt.of(after));
      case 7 -> world.control().beBusy(path, 503, times, OptionalInt.empty());
      case 8 -> world.control().answerHtml(path, after % 2 == 0 ? 200 : 502, times);
      default -> {
        if (lists) {
          world.control().refuseLists(times);
        } else {
          world.control().endSessions("pat");
        }
      }
    }
    String during = "";
    if (random.nextInt(4) > 0) {
      during =
          switch (path) {
            case "/guests/invite" -> random.nextBoolean() ? invite(random) : inviteAgain(random);
            case "/guests/invitations/" ->
                random.nextBoolean() ? delete(random) : inviteAgain(random);
            case "/oauth2/token" -> wish(random);
            default -> accept(random);
          };
    }
    return "fault " + which + " at " + path + " " + times + " times, " + after + " " + during;
  }

  private String timePasses(Random random) {
    Duration by = Duration.ofHours(1 + random.nextInt(40));
    boolean open = !days.openRuns().isEmpty();
    if (open || !world.serverRuns()) {
      return "time passes not now";
    }
    world.clock().move(by);
    world.control().moveClock(by);
    return "time passes " + by;
  }

  private String line(Random random) throws Exception {
    if (world.serverRuns()) {
      world.stopServer();
      if (random.nextBoolean()) {
        world.workplace().session().probe();
      }
      return "line down";
    }
    world.startServer();
    world.workplace().worker().tryNow();
    return "line up";
  }

  private String decision(Random random) {
    days.signIn();
    List<Run> open = days.openRuns();
    if (open.isEmpty()) {
      return "decision none";
    }
    Run run = open.get(random.nextInt(open.size()));
    switch (random.nextInt(5)) {
      case 0 -> world.workplace().runs().stop(run.number());
      case 1 -> world.workplace().runs().takeBack(run.number());
      case 2 ->
          world.workplace().runs().rows(run.number()).stream()
              .filter(row -> row.state() == RowState.NEEDS_DECISION)
              .forEach(row -> days.decide(row, random.nextInt(100)));
      default -> world.workplace().runs().goOn(run.number());
    }
    return "decision about " + run.number();
  }
}
