package dev.guestlist.kill;

import dev.guestlist.app.PracticeSignIn;
import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Decision;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Username;
import dev.guestlist.model.Wish;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Conflict;
import dev.guestlist.service.InvitationStatus;
import dev.guestlist.service.Invitations;
import dev.guestlist.service.Runs;
import dev.guestlist.service.Workplace;
import dev.guestlist.store.KeyFile;
import dev.guestlist.store.LocalStore;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Guestlist without its window, busy with random runs until it is killed. Started as a process of
/// its own by [KillTest].
///
/// Arguments: data folder, address of the practice server, root handle, client id, organization,
/// file with usernames that can be invited, seed, and `work` or `finish`.
final class BusyProgram implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final LocalStore store;
  private final Workplace workplace;
  private final OrganizationId organization;
  private final List<String> people;
  private final Random random;

  private BusyProgram(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    InstantSource clock = InstantSource.system();
    store = LocalStore.open(folder, KeyFile.in(folder), clock);
    Connection connection =
        new Connection(
            new ConnectionId("practice"),
            "Practice",
            Connection.Kind.PRACTICE,
            URI.create(arguments[1]),
            arguments[2],
            arguments[3],
            Connection.SignInWay.BROWSER,
            2,
            Duration.ofDays(3));
    store.connections().put(connection);
    workplace = Workplace.open(connection, store, new Changes(), clock);
    organization = new OrganizationId(arguments[4]);
    people = Files.readAllLines(Path.of(arguments[5]));
    random = new Random(Long.parseLong(arguments[6]));
    PracticeSignIn.signIn(workplace.session(), "pat", "practice-pat");
    workplace.organizations().switchTo(organization);
  }

  public static void main(String[] arguments) throws Exception {
    try (BusyProgram program = new BusyProgram(arguments)) {
      program.goOnWithWhatWasLeftOver();
      System.out.println("up");
      System.out.flush();
      if (arguments[7].equals("work")) {
        program.workUntilKilled();
      } else {
        if (program.finish()) {
          System.out.println("finished");
        } else {
          System.err.println("Not finished: " + program.open());
        }
      }
    }
  }

  private void goOnWithWhatWasLeftOver() {
    for (Run run : workplace.runs().all()) {
      if (!run.done() && run.phase() != Run.Phase.ACTIVE) {
        workplace.runs().goOn(run.number());
      }
    }
  }

  private void workUntilKilled() throws InterruptedException {
    while (true) {
      switch (random.nextInt(9)) {
        case 0, 1, 2 -> invite(random.nextBoolean());
        case 3 -> delete();
        case 4, 5 -> inviteAgain(random.nextBoolean());
        case 6, 7 -> accept();
        default -> read();
      }
      if (random.nextInt(3) > 0) {
        waitUntilIdle(Duration.ofSeconds(20));
      }
    }
  }

  private void invite(boolean serverMails) {
    List<String> done = usedNames();
    List<Target.Person> wanted = new ArrayList<>();
    for (String name : people) {
      if (!done.contains(name)) {
        wanted.add(person(name));
      }
      if (wanted.size() > random.nextInt(14)) {
        break;
      }
    }
    if (!wanted.isEmpty()) {
      workplace.runs().invite(organization, wanted, serverMails, "");
    }
  }

  private List<String> usedNames() {
    List<String> used = new ArrayList<>();
    for (Run run : workplace.runs().all()) {
      if (run.wish() instanceof Wish.Invite) {
        workplace.runs().rows(run.number()).forEach(row -> used.add(row.target().name()));
      }
    }
    return used;
  }

  private void delete() {
    List<Runs.ToDelete> some =
        workplace.invitations().list(organization).entries().stream()
            .filter(entry -> entry.invitation().isPresent() && mayGo(entry.username()))
            .filter(entry -> entry.row().filter(row -> !row.state().settled()).isEmpty())
            .skip(random.nextInt(3))
            .limit(1 + random.nextInt(3))
            .map(entry -> new Runs.ToDelete(entry.invitation().orElseThrow(), entry.username()))
            .toList();
    if (!some.isEmpty()) {
      workplace.runs().delete(organization, some, Duration.ZERO);
    }
  }

  private void inviteAgain(boolean serverMails) {
    List<Runs.ToReplace> some =
        workplace.invitations().list(organization).entries().stream()
            .filter(entry -> entry.status() == InvitationStatus.PENDING)
            .filter(entry -> entry.invitation().isPresent() && mayGo(entry.username()))
            .filter(entry -> entry.row().filter(row -> !row.state().settled()).isEmpty())
            .skip(random.nextInt(3))
            .limit(1 + random.nextInt(3))
            .map(entry ->
                new Runs.ToReplace(entry.invitation().orElseThrow(), person(entry.username())))
            .toList();
    if (!some.isEmpty()) {
      workplace.runs().inviteAgain(organization, some, serverMails, Duration.ZERO);
    }
  }

  /// The list is read while everything else goes on.
  private void read() {
    for (int times = random.nextInt(4); times >= 0; times--) {
      Thread.ofVirtual().start(() -> workplace.invitations().refresh(organization));
    }
  }

  private static Target.Person person(String name) {
    return new Target.Person(new Username(name, Optional.empty()), List.of(), List.of());
  }

  /// Every third person is left alone, so that codes of living invitations remain to be tried.
  private boolean mayGo(String username) {
    return people.contains(username) && people.indexOf(username) % 3 > 0;
  }

  private void accept() {
    List<Runs.ToAccept> some =
        workplace.invitations().list(organization).entries().stream()
            .filter(entry -> mayGo(entry.username()))
            .map(Invitations.Entry::codeRow)
            .flatMap(Optional::stream)
            .map(workplace.runs()::code)
            .flatMap(Optional::stream)
            .limit(1 + random.nextInt(2))
            .map(code -> new Runs.ToAccept(code, Optional.empty(), Optional.empty()))
            .toList();
    if (!some.isEmpty()) {
      workplace.runs().accept(some, Ticket.NONE, Duration.ZERO);
    }
  }

  /// Lets everything end: what was left over goes on, what needs a decision is let go.
  private boolean finish() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (workplace.runs().all().stream().anyMatch(run -> !run.done())) {
      if (System.nanoTime() > end) {
        return false;
      }
      goOnWithWhatWasLeftOver();
      for (Conflict conflict : workplace.conflicts().open()) {
        boolean theirs = conflict.choices().contains(Decision.KEEP_THEIRS);
        workplace
            .conflicts()
            .decide(List.of(conflict), theirs ? Decision.KEEP_THEIRS : Decision.DISCARD);
      }
      Thread.sleep(100);
    }
    return true;
  }

  private List<String> open() {
    return workplace.runs().all().stream()
        .filter(run -> !run.done())
        .map(run ->
            run
                + ", waits for "
                + workplace.runs().waitsFor(run.number())
                + ": "
                + workplace.runs().rows(run.number()).stream()
                    .filter(row -> !row.state().settled())
                    .toList())
        .toList();
  }

  private void waitUntilIdle(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (System.nanoTime() < end
        && workplace.runs().all().stream()
            .flatMap(run -> run.counts().keySet().stream())
            .anyMatch(state -> !state.settled() && state != RowState.NEEDS_DECISION)) {
      Thread.sleep(10);
    }
  }

  @Override
  public void close() {
    workplace.close();
    store.close();
  }
}
