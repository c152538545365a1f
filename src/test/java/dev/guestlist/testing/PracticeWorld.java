package dev.guestlist.testing;

import dev.guestlist.app.PracticeSignIn;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Decision;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.PastedCodes;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Username;
import dev.guestlist.practice.PracticeControl;
import dev.guestlist.practice.PracticeServer;
import dev.guestlist.practice.StartLine;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Workplace;
import dev.guestlist.store.FaultyDisk;
import dev.guestlist.store.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A practice server, a data folder and an open workplace over it, as one person at one computer
/// would have them. Everything is real; only the clock of this computer can be moved.
public final class PracticeWorld implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final MovableClock clock = new MovableClock();
  private Connection connection;
  private PracticeServer server;
  private StartLine line;
  private boolean serverRuns = true;
  private FaultyDisk disk;
  private LocalStore store;
  private Workplace workplace;

  /// This computer's clock: the real one, moved.
  public static final class MovableClock implements InstantSource {
    private volatile Duration moved = Duration.ZERO;

    @Override
    public Instant instant() {
      return InstantSource.system().instant().plus(moved);
    }

    public void move(Duration by) {
      moved = moved.plus(by);
    }
  }

  private PracticeWorld(Path folder, ZoneId zone) throws IOException {
    this.folder = folder;
    PracticeServer.Options usual = PracticeServer.Options.in(folder.resolve("practice"));
    this.server =
        PracticeServer.start(
            new PracticeServer.Options(
                usual.folder(), usual.port(), zone, usual.invitations(), usual.organizations()));
    this.line = server.startLine();
    this.connection = connectionTo();
    open();
  }

  /// A new world in this folder; nobody is signed in yet.
  public static PracticeWorld in(Path folder) throws IOException {
    return new PracticeWorld(folder, ZoneOffset.UTC);
  }

  /// A new world whose server believes to be in this zone; nobody is signed in yet.
  public static PracticeWorld in(Path folder, ZoneId zone) throws IOException {
    return new PracticeWorld(folder, zone);
  }

  /// A new world in which pat, who has all rights, is signed in and has entered Contoso.
  public static PracticeWorld signedIn(Path folder) throws IOException, ProblemException {
    PracticeWorld world = in(folder);
    world.signIn("pat");
    world.workplace.organizations().switchTo(world.organization("Contoso"));
    return world;
  }

  public void signIn(String account) throws ProblemException {
    PracticeSignIn.signIn(workplace.session(), account, "practice-" + account);
  }

  public Workplace workplace() {
    return workplace;
  }

  public LocalStore store() {
    return store;
  }

  /// The disk of this computer, which can be made to fail.
  public FaultyDisk disk() {
    return disk;
  }

  public MovableClock clock() {
    return clock;
  }

  public PracticeControl control() {
    return server.control();
  }

  public Path folder() {
    return folder;
  }

  public Connection connection() {
    return connection;
  }

  private Connection connectionTo() {
    return new Connection(
        new ConnectionId("practice"),
        "Practice",
        Connection.Kind.PRACTICE,
        server.baseUrl(),
        server.startLine().rootOrganization(),
        server.startLine().publicClientId(),
        Connection.SignInWay.BROWSER,
        2,
        Duration.ofDays(3));
  }

  public PracticeServer server() {
    return server;
  }

  public boolean serverRuns() {
    return serverRuns;
  }

  public OrganizationId organization(String name) {
    return new OrganizationId(place(name).id());
  }

  /// People of the parent who can be invited into the organization of that name.
  public List<Target.Person> people(String organization, int count) {
    List<Target.Person> people = new ArrayList<>();
    for (String name : place(organization).people().subList(0, count)) {
      people.add(person(name));
    }
    return people;
  }

  /// The code of an invitation that somebody else made and the server mailed: no run of this
  /// program knows it, so that no list is read behind the test's back.
  public ConfirmationCode mailed(String organization) {
    control().othersInvite(organization, 1);
    return PastedCodes.find(control().mails().getFirst().link()).codes().getFirst().code();
  }

  public static Target.Person person(String name) {
    return new Target.Person(new Username(name, Optional.empty()), List.of(), List.of());
  }

  /// Something that may fail.
  public interface Doing {
    void done() throws Exception;
  }

  /// Does something while the server cannot be reached, and the program knows it; it stays away.
  public <T> T offline(Callable<T> work) throws Exception {
    stopServer();
    workplace().session().probe();
    return work.call();
  }

  /// Has the server back; the program learns of that once `meanwhile` is done there.
  public void online(Doing meanwhile) throws Exception {
    startServer();
    meanwhile.done();
    workplace().session().probe();
    workplace().worker().tryNow();
  }

  /// The server goes away; its data stays.
  public void stopServer() {
    server.close();
    serverRuns = false;
  }

  /// The server is back, at the same address.
  public void startServer() throws IOException {
    server = PracticeServer.start(PracticeServer.Options.in(folder.resolve("practice")));
    serverRuns = true;
  }

  /// The program ends and starts again; nobody is signed in then.
  public void restartProgram() {
    closeProgram();
    open();
  }

  /// The program ends in the middle of everything: nothing is written any more from one moment on,
  /// whatever is on its way. It starts again; nobody is signed in then.
  ///
  /// A transaction that has begun is waited for, and so are calls on their way, whose answers are
  /// lost. A process that is really killed, also within a transaction, is what `KillTest` has.
  public void killProgram() {
    store.close();
    try {
      workplace.close();
    } catch (RuntimeException e) {
      // it wanted to write something on closing: a killed program would not have
    }
    open();
  }

  /// The connection is made read only, or not any more, as in its settings; the program starts
  /// again, and nobody is signed in then.
  public void readOnly(boolean turnedOn) {
    closeProgram();
    Connection.Settings usual = connection.settings();
    connection =
        connection.with(
            new Connection.Settings(
                usual.colour(),
                usual.favourite(),
                usual.startIn(),
                usual.discovery(),
                usual.trust(),
                usual.proxying(),
                usual.acceptLink(),
                turnedOn,
                usual.staySignedIn()));
    open();
  }

  public void closeProgram() {
    workplace.close();
    store.close();
  }

  /// The rows of a run, once all of them are settled or wait for a person.
  public List<RunRow> settled(Run run) {
    until(() ->
        workplace.runs().rows(run.number()).stream()
            .allMatch(row ->
                row.state().settled()
                    || row.state() == dev.guestlist.model.RowState.NEEDS_DECISION));
    return workplace.runs().rows(run.number());
  }

  /// Decides about a row that waits for that, as somebody does on its card.
  public void decide(RunRow row, Decision decision) {
    Run run = workplace.runs().find(row.run()).orElseThrow();
    workplace.conflicts().decide(List.of(workplace.conflicts().of(run, row)), decision);
  }

  /// Waits until something is so; a failure tells where.
  public static void until(BooleanSupplier condition) {
    until(condition, PATIENCE);
  }

  /// The same with more patience, or less.
  public static void until(BooleanSupplier condition, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Did not happen within " + patience.toSeconds() + " s.");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() {
    closeProgram();
    if (serverRuns) {
      server.close();
    }
  }

  private void open() {
    Path data = folder.resolve("data");
    disk = FaultyDisk.open(data, clock);
    store = disk.store();
    store.connections().put(connection());
    workplace = Workplace.open(connection(), store, new Changes(), clock);
  }

  private StartLine.Place place(String name) {
    if (serverRuns) {
      line = server.startLine();
    }
    return line.organizations().stream()
        .filter(place -> place.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
