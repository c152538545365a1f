package dev.guestlist.service;

import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Run;
import dev.guestlist.store.ConnectionFile;
import dev.guestlist.store.LocalStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The connections of this computer, with their secrets in the vault. Reads and writes the disk.
public final class Connections {
  private static final Comparator<Connection> ORDER =
      Comparator.comparing((Connection one) -> !one.settings().favourite())
          .thenComparing(Connection::name, String.CASE_INSENSITIVE_ORDER);

  private final LocalStore store;

  /// What goes with a connection that is removed.
  ///
  /// @param codesNotHandedOver sealed codes of invitations that were made here
  public record LeftBehind(
      int organizations, int invitations, int runs, int waitingRows, int codesNotHandedOver) {}

  /// What was read from a file.
  ///
  /// @param read connections with new ids, not saved yet
  /// @param complaints what was wrong, in words
  public record Import(List<Connection> read, List<String> complaints) {}

  public Connections(LocalStore store) {
    this.store = store;
  }

  /// Favourites first, then by name.
  public List<Connection> all() {
    return store.connections().all().stream().sorted(ORDER).toList();
  }

  public Optional<Connection> find(ConnectionId id) {
    return store.connections().find(id);
  }

  /// Adds it, or replaces the one with the same id.
  public void save(Connection connection) {
    store.connections().put(connection);
  }

  /// An id that no connection has.
  public static ConnectionId newId() {
    return new ConnectionId(UUID.randomUUID().toString());
  }

  /// A copy under a new id, not saved yet: without secrets, and no favourite.
  public Optional<Connection> copyOf(ConnectionId id, String name) {
    return find(id)
        .map(one -> {
          Connection.Settings old = one.settings();
          return new Connection(
              newId(),
              name,
              one.kind() == Connection.Kind.PRACTICE ? Connection.Kind.TEST : one.kind(),
              one.server(),
              one.rootOrganization(),
              one.clientId(),
              one.signIn(),
              one.requestsAtOnce(),
              one.lifetime(),
              new Connection.Settings(
                  old.colour(),
                  false,
                  old.startIn(),
                  old.discovery(),
                  old.trust(),
                  old.proxying(),
                  old.acceptLink(),
                  old.readOnly(),
                  old.staySignedIn()));
        });
  }

  /// What removing it would take along.
  public LeftBehind whatGoes(ConnectionId id) {
    List<Run> runs = store.runs().runs(id);
    int waiting =
        runs.stream()
            .flatMap(run -> run.counts().entrySet().stream())
            .filter(count -> !count.getKey().settled())
            .mapToInt(Map.Entry::getValue)
            .sum();
    int invitations =
        store.invitations().counts(id).values().stream()
            .flatMap(counts -> counts.values().stream())
            .mapToInt(Integer::intValue)
            .sum();
    int codes = runs.stream().mapToInt(run -> store.runs().codesOf(run.number())).sum();
    return new LeftBehind(
        store.organizations().all(id).size(), invitations, runs.size(), waiting, codes);
  }

  /// Removes it with its cached lists, its secrets, and the codes of its runs; what waits is
  /// dropped. The runs themselves stay as a record.
  public void remove(ConnectionId id) {
    for (Run run : store.runs().runs(id)) {
      store.runs().forgetCodes(run.number());
    }
    secrets(id).forget();
    store.forgetCached(id);
    store.connections().remove(id);
  }

  public void keepClientSecret(ConnectionId id, String secret) {
    store.vault().seal(secrets(id).clientSecretName(), secret);
  }

  public boolean hasClientSecret(ConnectionId id) {
    return store.vault().holds(secrets(id).clientSecretName());
  }

  public void forgetClientSecret(ConnectionId id) {
    store.vault().forget(secrets(id).clientSecretName());
  }

  public void keepProxyPassword(ConnectionId id, String password) {
    store.vault().seal(secrets(id).proxyPasswordName(), password);
  }

  public boolean hasProxyPassword(ConnectionId id) {
    return store.vault().holds(secrets(id).proxyPasswordName());
  }

  public void forgetProxyPassword(ConnectionId id) {
    store.vault().forget(secrets(id).proxyPasswordName());
  }

  public boolean hasKeptSignIn(ConnectionId id) {
    return store.vault().holds(secrets(id).signInName());
  }

  public void forgetKeptSignIn(ConnectionId id) {
    store.vault().forget(secrets(id).signInName());
  }

  /// A file for [#imported]: JSON, without any secret.
  public String exported(List<ConnectionId> ids) {
    Set<ConnectionId> wanted = new HashSet<>(ids);
    return ConnectionFile.write(
        all().stream().filter(connection -> wanted.contains(connection.id())).toList());
  }

  /// Reads such a file. Nothing is saved, and bad input only makes complaints.
  public Import imported(String text) {
    List<String> complaints = new ArrayList<>();
    List<Connection> read = ConnectionFile.read(text, Connections::newId, complaints::add);
    return new Import(read, List.copyOf(complaints));
  }

  /// A test of a connection, also of one that is not saved yet.
  ///
  /// @param session where somebody may be signed in; used where it leads to the same sign-in
  public ConnectionTest test(
      Connection connection, Optional<Session> session, InstantSource clock) {
    return new ConnectionTest(connection, secrets(connection.id()), session, clock);
  }

  private ConnectionSecrets secrets(ConnectionId id) {
    return new ConnectionSecrets(store.vault(), id);
  }
}
