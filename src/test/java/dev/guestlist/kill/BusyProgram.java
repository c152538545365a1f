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
/// its own by [KillTest]. It says what its parent has to know, a line each: `struck` and how many
/// rows it finds on their way, `up`, `posted` with the number of a run and how many rows that has,
/// `finished`. Whatever keeps it from working ends it at once, with an exit value of its own.
///
/// Arguments: data folder, address of the practice server, root handle, client id, organization,
/// file with usernames that can be invited, seed, and `work` or `finish`.
final class BusyProgram {
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
    say("struck " + onTheirWay());
    workplace = Workplace.open(connection, store, new Changes(), clock);
    organization = new OrganizationId(arguments[4]);
    people = Files.readAllLines(Path.of(arguments[5]));
    random = new Random(Long.parseLong(arguments[6]));
    PracticeSignIn.signIn(workplace.session(), "pat", "practice-pat");
    workplace.organizations().switchTo(organization);
  }

  public static void main(String[] arguments) {
    try {
      BusyProgram program = new BusyProgram(arguments);
      program.mustSend();
      program.goOnWithWhatWasLeftOver();
      say("up");
      if (arguments[7].equals("work")) {
        program.workUntilKilled();
      }
      program.finish();
      program.close();
      say("finished");
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(3);
    }
  }

  /// A line in one piece: whoever is killed has said all of it or nothing.
  private static void say(String line) {
    System.out.print(line + "\n");
    System.out.flush();
  }

  /// Rows that were about to leave, on their way or being looked up when the program ended before;
  /// to be asked before this one looks after them.
  private int onTheirWay() {
    return store.runs().runs(new ConnectionId("practice")).stream()
        .mapToInt(run -> run.count(RowState.SENDING) + run.count(RowState.UNKNOWN))
        .sum();
  }

  /// A program that watches another one, or cannot write, is not busy.
  private void mustSend() {
    if (!workplace.worker().sends()) {
      throw new IllegalStateException("Another program sends.");
    }
    workplace
        .worker()
        .stoppedBy()
        .ifPresent(why -> {
          throw new IllegalStateException("Nothing is sent any more.", why);
        });
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
      mustSend();
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
      posted(workplace.runs().invite(organization, wanted, serverMails, ""), wanted.size());
    }
  }

  /// From here on the run may not be lost any more.
  private static void posted(Run run, int rows) {
    say("posted " + run.number() + " " + rows);
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
      posted(workplace.runs().delete(organization, some, Duration.ZERO), some.size());
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
      posted(
          workplace.runs().inviteAgain(organization, some, serverMails, Duration.ZERO),
          some.size());
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
      posted(workplace.runs().accept(some, Ticket.NONE, Duration.ZERO), some.size());
    }
  }

  /// Lets everything end: what was left over goes on, what needs a decision is let go.
  private void finish() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (workplace.runs().all().stream().anyMatch(run -> !run.done())) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Not finished: " + open());
      }
      mustSend();
      goOnWithWhatWasLeftOver();
      for (Conflict conflict : workplace.conflicts().open()) {
        boolean theirs = conflict.choices().contains(Decision.KEEP_THEIRS);
        workplace
            .conflicts()
            .decide(List.of(conflict), theirs ? Decision.KEEP_THEIRS : Decision.DISCARD);
      }
      Thread.sleep(100);
    }
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

  private void close() {
    workplace.close();
    store.close();
  }
}
