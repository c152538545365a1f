package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Forgotten;
import dev.guestlist.model.SendingProgram;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Everything that Guestlist keeps on this computer, in one folder. Safe to call from any thread;
/// calls are short and never wait for the network.
public final class LocalStore implements AutoCloseable {
  private final Path folder;
  private final FolderLock lock;
  private final SendingNote note;
  private final InstantSource clock;
  private final List<Notice> notices;
  private final Database cache;
  private final Database main;
  private final ConnectionTable connections;
  private final OrganizationCache organizations;
  private final InvitationCache invitations;
  private final InvitationHistory history;
  private final AssignmentCache assignments;
  private final MemberCache members;
  private final RunTable runs;
  private final CallTable calls;
  private final DecisionTable decisions;
  private final Vault vault;
  private final ViewState viewState;
  private final ActivityTable activity;
  private final PeopleSearch people;
  private final Overview overview;
  private final DoneHere doneHere;
  private Optional<FileChannel> sending = Optional.empty();
  private Instant sendingSince = Instant.EPOCH;

  private LocalStore(
      Path folder,
      FolderLock lock,
      List<Notice> notices,
      Database cache,
      Database main,
      KeyPlaces keys,
      InstantSource clock,
      Supplier<ZoneId> zone) {
    this.folder = folder;
    this.lock = lock;
    this.note = new SendingNote(folder);
    this.clock = clock;
    this.notices = notices;
    this.cache = cache;
    this.main = main;
    this.connections = new ConnectionTable(main);
    this.organizations = new OrganizationCache(cache, main);
    this.invitations = new InvitationCache(cache, zone);
    this.history = new InvitationHistory(cache);
    this.assignments = new AssignmentCache(cache);
    this.members = new MemberCache(cache);
    this.vault = new Vault(main, keys, lock::turn);
    this.runs = new RunTable(main, vault, clock);
    this.calls = new CallTable(main, vault);
    this.decisions = new DecisionTable(main, runs, calls, clock);
    this.viewState = new ViewState(main);
    this.activity = new ActivityTable(main);
    this.people = new PeopleSearch(cache, main);
    this.overview = new Overview(cache, main);
    this.doneHere = new DoneHere(main, vault, runs);
  }

  /// Something that happened while opening and that the person should read.
  public sealed interface Notice {
    /// The cache could not be read, was set aside and is empty now; lists are read again.
    record CacheSetAside(Path to) implements Notice {}

    /// `guestlist.db` was damaged, was set aside, and what could be read was saved.
    ///
    /// @param rows how many rows were saved
    /// @param copies the daily copies that could be restored instead, newest first
    record MainFileSaved(Path to, int rows, List<Path> copies) implements Notice {}
  }

  /// Opens the folder, makes what is missing, applies migrations, sets damaged files aside.
  ///
  /// @throws StoreException when the folder cannot be written, or a file belongs to a newer
  ///   Guestlist; such a file is left exactly as it was
  public static LocalStore open(Path folder, InstantSource clock) {
    return open(folder, main -> KeyPlaces.recorded(main, folder, SystemKeychain.here()), clock);
  }

  /// The same with one place for the vault's key that does not change.
  public static LocalStore open(Path folder, KeyStorage keys, InstantSource clock) {
    return open(folder, main -> KeyPlaces.fixed(main, folder, keys), clock);
  }

  static LocalStore open(Path folder, Function<Database, KeyPlaces> keys, InstantSource clock) {
    return open(folder, keys, clock, ZoneId::systemDefault);
  }

  /// @param zone where this computer is
  static LocalStore open(
      Path folder, Function<Database, KeyPlaces> keys, InstantSource clock, Supplier<ZoneId> zone) {
    Opening.prepare(folder);
    refuseNewer(folder);
    NativeLibrary.prepare(folder);
    FolderLock lock = FolderLock.on(folder);
    try (FolderLock.Turn ignored = lock.turn()) {
      refuseNewer(folder);
      Opening opening = new Opening(folder, lock, clock);
      Database main = opening.main();
      try {
        Database cache = opening.cache();
        LocalStore store =
            new LocalStore(
                folder, lock, opening.notices(), cache, main, keys.apply(main), clock, zone);
        if (lock.alone()) {
          store.vault.tidy();
          store.invitations.dropLeftovers();
        }
        lock.stay();
        return store;
      } catch (RuntimeException e) {
        main.close();
        throw e;
      }
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// Before anything of SQLite touches the folder.
  private static void refuseNewer(Path folder) {
    Schema.MAIN.refuseNewer(folder);
    Schema.CACHE.refuseNewer(folder);
  }

  public List<Notice> notices() {
    return notices;
  }

  public Path folder() {
    return folder;
  }

  public ConnectionTable connections() {
    return connections;
  }

  public OrganizationCache organizations() {
    return organizations;
  }

  public InvitationCache invitations() {
    return invitations;
  }

  public InvitationHistory history() {
    return history;
  }

  public AssignmentCache assignments() {
    return assignments;
  }

  public MemberCache members() {
    return members;
  }

  public RunTable runs() {
    return runs;
  }

  public CallTable calls() {
    return calls;
  }

  public DecisionTable decisions() {
    return decisions;
  }

  public Vault vault() {
    return vault;
  }

  public ViewState viewState() {
    return viewState;
  }

  public ActivityTable activity() {
    return activity;
  }

  public PeopleSearch people() {
    return people;
  }

  public DoneHere doneHere() {
    return doneHere;
  }

  public Overview overview() {
    return overview;
  }

  /// Tries to become the one program on this folder that sends; held until closed or killed. Asking
  /// again when it is held already answers true.
  public synchronized boolean claimSending() {
    if (sending.isEmpty()) {
      sending = FolderLock.sending(folder);
      sendingSince = clock.instant();
      sending.ifPresent(ignored -> note.write(sendingSince, ""));
    }
    return sending.isPresent();
  }

  /// Tells the other programs on this folder which connection this one sends for, if it sends.
  public synchronized void sendsFor(String connection) {
    if (sending.isPresent()) {
      note.write(sendingSince, connection);
    }
  }

  /// Something that differs from a former answer when this or another program on this folder has
  /// written in between. Reads the disk.
  public List<Long> version() {
    return List.of(main.version(), cache.version());
  }

  /// The program on this folder that sends; empty when none does, or it could not say who it is.
  /// Reads the disk.
  public synchronized Optional<SendingProgram> sender() {
    if (sending.isPresent()) {
      return note.read();
    }
    Optional<FileChannel> free = FolderLock.sending(folder);
    free.ifPresent(FolderLock::close);
    return free.isPresent() ? Optional.empty() : note.read();
  }

  /// Forgets everything read from one connection's server, so that it is read anew. Runs, codes and
  /// the connection itself stay, and so do pins and visits.
  public void forgetCached(ConnectionId connection) {
    cache.change(s -> {
      OrganizationCache.forget(s, connection);
      InvitationHistory.forget(s, connection);
      InvitationCache.forget(s, connection);
      AssignmentCache.forget(s, connection);
      MemberCache.forget(s, connection);
    });
    invitations.dropOld();
  }

  /// Writes the daily copy of `guestlist.db` if today (UTC) has none yet; keeps seven.
  ///
  /// @throws StoreException when it cannot be written; everything else is unharmed then
  public void copyOncePerDay(Instant now) {
    try (FolderLock.Turn ignored = lock.turn()) {
      new DailyCopies(folder).copy(main.file(), now);
    }
  }

  /// Takes the name of a person out of everything kept of a connection: lists, members, former
  /// days, rows of runs, activity, and the daily copies, in whose place there is one of now. Codes
  /// of the person go too. Lists that are read later may bring the name back.
  ///
  /// @throws StoreException when it cannot be written; then it is to be asked for again
  public Forgotten forgetPerson(ConnectionId connection, String username, Instant now) {
    Forgetting forgetting = new Forgetting(connection, username);
    Forgotten forgotten = main.write(forgetting::inMain);
    if (forgotten instanceof Forgotten.Done) {
      cache.change(forgetting::inCache);
      main.leaveNoTraces(false);
      cache.leaveNoTraces(true);
      try (FolderLock.Turn ignored = lock.turn()) {
        new DailyCopies(folder).renew(main.file(), now);
      }
    }
    return forgotten;
  }

  /// Takes away what has lain here for long enough: lists of former days after 30 days, all that
  /// was read of an organization after 90 days in which nobody read or opened it, or once it is
  /// gone, and runs a year after they ended. What waits stays, and so does the code of an
  /// invitation that may still be accepted.
  ///
  /// @throws StoreException when it cannot be written; what is left goes the next time
  public void prune(Instant now) {
    new Retention(cache, main).prune(now);
    invitations.dropOld();
  }

  @Override
  public synchronized void close() {
    cache.close();
    main.close();
    if (sending.isPresent()) {
      note.remove();
      FolderLock.close(sending.get());
    }
    sending = Optional.empty();
    lock.close();
  }
}
