package dev.guestlist.service;

import dev.guestlist.model.Connection;
import dev.guestlist.store.LocalStore;
import java.time.InstantSource;
import java.util.Optional;

/// All that can be done over one connection. Opened when the connection is chosen; works without a
/// server from what this computer keeps.
public final class Workplace implements AutoCloseable {
  private final Changes changes;
  private final Session session;
  private final Organizations organizations;
  private final Invitations invitations;
  private final Assignments assignments;
  private final Members members;
  private final CodeDesk codes;
  private final Finder finder;
  private final Runs runs;
  private final Conflicts conflicts;
  private final RunReports reports;
  private final RunWorker worker;
  private final ActivityLog activity;
  private final History history;
  private final People people;
  private final Board board;
  private final Preparation preparation;
  private final LocalStore store;
  private final InstantSource clock;

  private Workplace(Connection connection, LocalStore store, Changes changes, InstantSource clock) {
    this.changes = changes;
    this.store = store;
    this.clock = clock;
    session = new Session(connection, store, changes, clock);
    organizations =
        new Organizations(
            session, store.organizations(), store.invitations(), store.viewState(), changes, clock);
    activity = new ActivityLog(session, store, changes, clock);
    ServerZone zone = new ServerZone(connection, store, session::clockAhead);
    invitations = new Invitations(session, store, zone, activity, changes, clock);
    assignments = new Assignments(session, store.assignments(), activity, clock);
    members = new Members(session, store, activity, changes, clock);
    history = new History(connection, store, zone, clock);
    people = new People(connection.id(), store, zone, changes, clock);
    board = new Board(connection.id(), store, organizations, invitations, activity, clock);
    preparation =
        new Preparation(session, invitations, members, assignments, store.organizations());
    codes = new CodeDesk(session, organizations, store.invitations(), changes);
    finder = new Finder(session, invitations, codes, store, changes, clock);
    runs = new Runs(session, store, changes, clock);
    conflicts = new Conflicts(session, invitations, zone, store, changes, clock);
    reports = new RunReports(runs, activity);
    // asked once here, in the background: afterwards the screen knows it without the disk
    boolean ignored = store.vault().durable();
    worker =
        new RunWorker(session, invitations, members, assignments, codes, store, changes, clock);
  }

  /// Opens a connection and starts sending what is due, if no other program on this computer does.
  /// Nobody is signed in yet: see [Session#resume].
  public static Workplace open(
      Connection connection, LocalStore store, Changes changes, InstantSource clock) {
    Workplace workplace = new Workplace(connection, store, changes, clock);
    workplace.worker.start();
    return workplace;
  }

  /// The same, working offline from the start: see [Session#workOffline].
  public static Workplace openOffline(
      Connection connection, LocalStore store, Changes changes, InstantSource clock) {
    Workplace workplace = new Workplace(connection, store, changes, clock);
    workplace.session.workOffline();
    workplace.worker.start();
    return workplace;
  }

  /// Opens a connection for reading only: nothing that waits is sent meanwhile.
  public static Workplace openToLook(
      Connection connection, LocalStore store, Changes changes, InstantSource clock) {
    return new Workplace(connection, store, changes, clock);
  }

  public Changes changes() {
    return changes;
  }

  public Session session() {
    return session;
  }

  public Organizations organizations() {
    return organizations;
  }

  public Invitations invitations() {
    return invitations;
  }

  public Assignments assignments() {
    return assignments;
  }

  public Members members() {
    return members;
  }

  public ActivityLog activity() {
    return activity;
  }

  public History history() {
    return history;
  }

  public People people() {
    return people;
  }

  public Board board() {
    return board;
  }

  public Preparation preparation() {
    return preparation;
  }

  public CodeDesk codes() {
    return codes;
  }

  public Finder finder() {
    return finder;
  }

  public Runs runs() {
    return runs;
  }

  public Conflicts conflicts() {
    return conflicts;
  }

  public RunReports reports() {
    return reports;
  }

  public RunWorker worker() {
    return worker;
  }

  /// A test of a connection, of this one or of one that is being edited. What needs somebody signed
  /// in is tried where this workplace's sign-in fits.
  public ConnectionTest test(Connection connection) {
    return new ConnectionTest(
        connection,
        new ConnectionSecrets(store.vault(), connection.id()),
        Optional.of(session),
        clock);
  }

  @Override
  public void close() {
    preparation.close();
    worker.close();
    activity.close();
    session.close();
  }
}
