package dev.guestlist.random;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Group;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Role;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// What can happen in a step: what people want from here, what others do, what goes wrong.
final class Actions {
  private static final String INVITE = "/guests/invite";
  private static final String DELETE = "/guests/invitations/";
  private static final String ACCEPT = "/invitation/accept";
  private static final String LOOK = "/invitation/introspect";
  private static final String TOKEN = "/oauth2/token";
  private static final List<String> PATHS = List.of(INVITE, INVITE, DELETE, ACCEPT, LOOK, TOKEN);

  private static final List<String> RIGHTS =
      List.of(
          "internal_org_guest_mgt_invite_add",
          "internal_org_guest_mgt_invite_list",
          "internal_org_guest_mgt_invite_delete",
          "internal_org_user_mgt_list");

  /// An invitation ends after three days.
  private static final Duration LIFETIME = Duration.ofDays(3);

  /// Something that can happen, how often it does, out of the sum of all.
  private record Chance(int weight, Action action) {}

  private interface Action {
    /// @return what was done, in words that begin with its kind
    String take(Random random) throws Exception;
  }

  /// A right that was taken away.
  private record Taken(OrganizationId organization, String scope) {}

  private final RandomDays days;
  private final PracticeWorld world;
  private final Notebook notebook;
  private final List<Taken> taken = new ArrayList<>();
  private final Set<String> groupsGone = new HashSet<>();

  private final List<Chance> chances =
      List.of(
          new Chance(18, this::invite),
          new Chance(7, this::delete),
          new Chance(8, this::inviteAgain),
          new Chance(18, this::accept),
          new Chance(10, this::others),
          new Chance(18, this::somethingGoesWrong),
          new Chance(4, this::timePasses),
          new Chance(4, this::timePassesWhileCodesWait),
          new Chance(4, this::line),
          new Chance(4, this::killed),
          new Chance(4, this::decision),
          new Chance(2, this::rights),
          new Chance(1, this::groups),
          new Chance(2, this::anotherAccount),
          new Chance(2, this::read));

  Actions(RandomDays days, PracticeWorld world, Notebook notebook) {
    this.days = days;
    this.world = world;
    this.notebook = notebook;
  }

  /// Does one thing and says which.
  String any(Random random) throws Exception {
    int which = random.nextInt(chances.stream().mapToInt(Chance::weight).sum());
    for (Chance chance : chances) {
      which -= chance.weight();
      if (which < 0) {
        return chance.action().take(random);
      }
    }
    throw new IllegalStateException();
  }

  private String read(Random random) {
    world.workplace().invitations().refresh(days.organization(random));
    return "read";
  }

  /// The program dies while something is on its way, mostly: after a drawn time, or on calm days
  /// while the server works on a drawn request.
  private String killed(Random random) throws Exception {
    String during = "";
    int moment = random.nextInt(60_000_000);
    int request = 1 + random.nextInt(4);
    if (world.serverRuns()) {
      world.control().answerSlowly(Duration.ofMillis(days.calm() ? 150 : 15));
      long before = world.control().log().requests().size();
      during = wish(random);
      if (days.calm()) {
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (System.nanoTime() < end
            && world.control().log().requests().size() < before + request) {
          LockSupport.parkNanos(2_000_000);
        }
      } else {
        LockSupport.parkNanos(moment);
      }
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

  private String invite(Random random) {
    OrganizationId organization = days.organization(random);
    List<String> all = days.people(organization);
    int first = random.nextInt(all.size());
    int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 14 : 4);
    boolean mails = random.nextBoolean();
    boolean gifts = random.nextInt(4) == 0;
    boolean stranger = random.nextInt(10) == 0;
    Assignments.Choice choice = world.workplace().assignments().of(organization);
    List<Role> roles =
        choice.roles().stream()
            .filter(role -> !role.toString().contains("Console"))
            .sorted(Comparator.comparing(Role::displayName))
            .limit(1)
            .toList();
    List<Group> groups =
        choice.groups().stream().sorted(Comparator.comparing(Group::name)).limit(1).toList();
    List<Target.Person> who = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = all.get((first + i) % all.size());
      boolean has = gifts && i % 2 == 0;
      who.add(
          new Target.Person(
              new Username(name, Optional.empty()),
              has ? roles : List.of(),
              has ? groups : List.of()));
    }
    if (stranger) {
      who.add(PracticeWorld.person("nobody.at.all"));
    }
    notebook.posted(world.workplace().runs().invite(organization, who, mails, ""), who);
    return "invite " + who.stream().map(Target.Person::name).toList();
  }

  private List<Entry> listed(OrganizationId organization, Random random) {
    List<String> all = days.people(organization);
    int first = random.nextInt(all.size());
    int count = 4 + random.nextInt(12);
    List<String> some =
        IntStream.range(first, first + count).mapToObj(i -> all.get(i % all.size())).toList();
    return world.workplace().invitations().list(organization).entries().stream()
        .filter(entry -> entry.invitation().isPresent() && some.contains(entry.username()))
        .sorted(
            Comparator.comparing(Entry::username)
                .thenComparing(entry -> entry.ends().orElse(Instant.MIN)))
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
      notebook.posted(
          world
              .workplace()
              .runs()
              .delete(organization, some, grace ? Duration.ofSeconds(8) : Duration.ZERO),
          some.stream().map(one -> new Target.Listed(one.invitation(), one.username())).toList());
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
      notebook.posted(
          world.workplace().runs().inviteAgain(organization, some, mails, Duration.ZERO),
          some.stream()
              .map(
                  one -> new Target.Again(one.invitation(), one.person(), Target.Again.Step.DELETE))
              .toList());
    }
    return "replace " + some.stream().map(one -> one.person().name()).toList();
  }

  /// Fresh codes, used ones, expired ones, of deleted and replaced invitations, or made up.
  private String accept(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> accept(random, this::any, 1 + random.nextInt(3));
      case 1 -> accept(random, this::fresh, 1 + random.nextInt(3));
      default -> accept(random, this::expired, 1 + random.nextInt(2));
    };
  }

  private interface Choice {
    boolean fits(Run run, RunRow row);
  }

  private boolean any(Run run, RunRow row) {
    return true;
  }

  /// Whether the last invitation of the person has not ended yet.
  private boolean fresh(Run run, RunRow row) {
    return made(run, row)
        .filter(made -> made.plus(LIFETIME).isAfter(days.serverTime()))
        .isPresent();
  }

  /// Whether the last invitation of the person has ended by itself.
  private boolean expired(Run run, RunRow row) {
    return made(run, row)
        .filter(made -> made.plus(LIFETIME).isBefore(days.serverTime()))
        .isPresent();
  }

  private Optional<Instant> made(Run run, RunRow row) {
    return run.organization().flatMap(one -> days.made(one, row.target().name()));
  }

  private String accept(Random random, Choice choice, int count) {
    record Known(long row, ConfirmationCode code) {}

    int skipped = random.nextInt(4);
    boolean makesOneUp = random.nextInt(8) == 0;
    UUID made = new UUID(random.nextLong(), random.nextLong());
    List<Known> known = new ArrayList<>();
    world.workplace().runs().all().stream()
        .filter(run -> RandomDays.withCode(run.wish()))
        .limit(25)
        .flatMap(run ->
            world.workplace().runs().rows(run.number()).stream()
                .filter(row -> row.state() == RowState.INVITED && choice.fits(run, row)))
        .skip(skipped)
        .limit(count)
        .forEach(row ->
            world
                .workplace()
                .runs()
                .code(row.id())
                .ifPresent(code -> known.add(new Known(row.id(), code))));
    List<ConfirmationCode> codes = new ArrayList<>(known.stream().map(Known::code).toList());
    List<Optional<Long>> madeBy =
        new ArrayList<>(known.stream().map(one -> Optional.of(one.row())).toList());
    if (makesOneUp) {
      codes.add(ConfirmationCode.asGiven(made.toString()));
      madeBy.add(Optional.empty());
    }
    if (!codes.isEmpty()) {
      Run run =
          world
              .workplace()
              .runs()
              .accept(
                  codes.stream()
                      .map(code -> new Runs.ToAccept(code, Optional.empty(), Optional.empty()))
                      .toList(),
                  Ticket.NONE,
                  Duration.ZERO);
      notebook.posted(
          run,
          codes.stream()
              .map(code -> new Target.Code(code.lastFour(), Optional.empty(), Optional.empty()))
              .toList(),
          madeBy);
    }
    return "accept " + codes.size() + " of rows " + madeBy;
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
    days.readLog();
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
    days.readLog();
  }

  /// Some memberships end, so that the same people can be invited again.
  private void leave(OrganizationId organization, String name, Random random) {
    if (random.nextInt(3) == 0 && days.member(organization, name)) {
      world.control().removeMember(organization.value(), name);
      days.left(organization, name);
    }
  }

  private String somethingGoesWrong(Random random) {
    String path = PATHS.get(random.nextInt(PATHS.size()));
    int times = 1 + random.nextInt(2);
    int which = random.nextInt(14);
    int after = random.nextInt(4);
    boolean meanwhile = random.nextInt(4) > 0;
    if (!world.serverRuns()) {
      return "fault none: the server is away";
    }
    switch (which) {
      case 0 -> world.control().dropBeforeWork(path, times);
      case 1, 2, 3 -> world.control().dropAfterWork(path, times);
      case 4, 5 -> world.control().crashInviteAfter(after);
      case 6 -> world.control().beBusy(path, 429, times, OptionalInt.of(after));
      case 7 -> world.control().beBusy(path, 503, times, OptionalInt.empty());
      case 8 -> world.control().answerHtml(path, after % 2 == 0 ? 200 : 502, times);
      case 9 -> world.control().refuseLists(times);
      case 10, 11 -> world.control().beInTrouble(path, times);
      case 12 -> world.control().crashAccepts(times);
      default -> world.control().endSessions("pat");
    }
    String during = meanwhile ? during(which == 12 ? ACCEPT : path, random) : "";
    return "fault " + which + " at " + path + " " + times + " times, " + after + " " + during;
  }

  private String during(String path, Random random) {
    return switch (path) {
      case INVITE -> random.nextBoolean() ? invite(random) : inviteAgain(random);
      case DELETE -> random.nextBoolean() ? delete(random) : inviteAgain(random);
      case TOKEN -> wish(random);
      default -> accept(random, this::fresh, 2);
    };
  }

  /// Hours pass while nothing waits: for both sides, or on one of the two computers only.
  private String timePasses(Random random) {
    Duration by = Duration.ofHours(1 + random.nextInt(60));
    int whose = random.nextInt(6);
    if (!days.openRuns().isEmpty() || !world.serverRuns()) {
      return "time passes not now";
    }
    return "time passes " + moveClocks(by, whose);
  }

  /// Mostly the time of both; the program's clock also goes back some minutes.
  private String moveClocks(Duration by, int whose) {
    switch (whose) {
      case 0 -> world.control().moveClock(by);
      case 1 -> world.clock().move(by);
      case 2 -> world.clock().move(Duration.ofMinutes(-1 - by.toHours() % 9));
      default -> {
        world.clock().move(by);
        world.control().moveClock(by);
      }
    }
    return by
        + " for "
        + List.of("the server", "this computer", "nobody: back").get(Math.min(whose, 2))
        + (whose > 2 ? " and all" : "");
  }

  /// Codes are taken in without a connection, and until there is one, hours or days pass: what was
  /// good may have ended by then. Whatever is on its way when the connection goes comes to its end.
  private String timePassesWhileCodesWait(Random random) throws Exception {
    Duration by = Duration.ofHours(1 + random.nextInt(100));
    int whose = random.nextInt(6);
    world.workplace().session().workOffline();
    days.waitForCalls();
    String what = accept(random, this::fresh, 1 + random.nextInt(3));
    if (!world.serverRuns()) {
      days.startServer();
    }
    String moved = moveClocks(by, whose);
    world.workplace().session().goOnline();
    world.workplace().worker().tryNow();
    return "waiting " + moved + " after " + what;
  }

  private String line(Random random) throws Exception {
    if (world.serverRuns()) {
      days.stopServer();
      if (random.nextBoolean()) {
        world.workplace().session().probe();
      }
      return "line down";
    }
    days.startServer();
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
    switch (random.nextInt(6)) {
      case 0 -> days.stop(run);
      case 1 -> {
        List<RunRow> rows = world.workplace().runs().rows(run.number());
        if (world.workplace().runs().takeBack(run.number())) {
          notebook.dropped(rows);
        }
      }
      case 2 ->
          world.workplace().runs().rows(run.number()).stream()
              .filter(row -> row.state() == RowState.NEEDS_DECISION)
              .forEach(row -> days.decide(row, random.nextInt(100)));
      case 3 -> world.workplace().runs().pause(run.number());
      default -> world.workplace().runs().goOn(run.number());
    }
    return "decision about " + run.number();
  }

  /// A right is taken away, or everything that was taken is given back.
  private String rights(Random random) {
    OrganizationId organization = days.organization(random);
    String scope = RIGHTS.get(random.nextInt(RIGHTS.size()));
    if (!world.serverRuns()) {
      return "rights not now";
    }
    if (!taken.isEmpty()) {
      rightsBack();
      return "rights back";
    }
    world.control().takeRight("pat", organization.value(), scope);
    taken.add(new Taken(organization, scope));
    days.lacksRights(true);
    return "rights without " + scope;
  }

  /// Gives back what was taken. A sign-in from before would go on without it.
  void rightsBack() {
    if (taken.isEmpty()) {
      return;
    }
    taken.forEach(one -> world.control().giveRight("pat", one.organization().value(), one.scope()));
    taken.clear();
    world.workplace().session().signOut();
    days.signIn();
    days.lacksRights(false);
  }

  /// A group goes, or one of its name comes back: another group.
  private String groups(Random random) {
    OrganizationId organization = days.organization(random);
    boolean comesBack = groupsGone.contains(organization.value());
    if (!world.serverRuns()) {
      return "groups not now";
    }
    List<String> names =
        world.workplace().assignments().of(organization).groups().stream()
            .map(Group::name)
            .sorted()
            .limit(1)
            .toList();
    if (comesBack) {
      world.control().addGroup(organization.value(), "newcomers");
      groupsGone.remove(organization.value());
      world.workplace().assignments().refresh(organization);
      return "groups new";
    }
    for (String name : names) {
      world.control().removeGroup(organization.value(), name);
      groupsGone.add(organization.value());
      notebook.otherGifts(organization.value());
    }
    return "groups without " + names;
  }

  /// Another account signs in on this computer, wants something too, and leaves it to pat again.
  private String anotherAccount(Random random) {
    boolean wants = random.nextBoolean();
    if (!world.serverRuns()) {
      return "account not now";
    }
    boolean lacked = days.lacksRights();
    days.lacksRights(true);
    world.workplace().session().signOut();
    days.signIn("ina");
    String what = wants ? invite(random) : "";
    world.workplace().worker().tryNow();
    LockSupport.parkNanos(days.calm() ? 200_000_000 : 20_000_000);
    world.workplace().session().signOut();
    days.signIn();
    days.lacksRights(lacked);
    return "account ina " + what;
  }
}
