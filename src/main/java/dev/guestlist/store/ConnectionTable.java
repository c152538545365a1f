package dev.guestlist.store;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Proxying;
import dev.guestlist.model.Connection.Settings;
import dev.guestlist.model.Connection.Trust;
import dev.guestlist.model.ConnectionId;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The connections that people made.
public final class ConnectionTable {
  private static final String SELECT =
      """
      SELECT id, name, kind, server, root_organization, client_id, sign_in, requests_at_once,
        lifetime_seconds, colour, favourite, start_in, discovery, trust_file, pinned, proxy,
        proxy_host, proxy_port, proxy_user, accept_link, read_only, stay_signed_in
      FROM connection
      """;

  private final Database database;

  ConnectionTable(Database database) {
    this.database = database;
  }

  /// In the order in which they were made.
  public List<Connection> all() {
    return database.read(s -> s.query(SELECT + " ORDER BY made", ConnectionTable::read));
  }

  public Optional<Connection> find(ConnectionId id) {
    return database.read(s -> s.first(SELECT + " WHERE id = ?", ConnectionTable::read, id));
  }

  /// Adds it, or replaces the one with the same id.
  public void put(Connection connection) {
    Settings settings = connection.settings();
    Optional<Proxying.Through> proxy =
        settings.proxying() instanceof Proxying.Through through
            ? Optional.of(through)
            : Optional.empty();
    database.change(s ->
        s.update(
            """
            INSERT INTO connection (id, name, kind, server, root_organization, client_id,
              sign_in, requests_at_once, lifetime_seconds, colour, favourite, start_in, discovery,
              trust_file, pinned, proxy, proxy_host, proxy_port, proxy_user, accept_link,
              read_only, stay_signed_in)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
              server = excluded.server, root_organization = excluded.root_organization,
              client_id = excluded.client_id, sign_in = excluded.sign_in,
              requests_at_once = excluded.requests_at_once,
              lifetime_seconds = excluded.lifetime_seconds, colour = excluded.colour,
              favourite = excluded.favourite, start_in = excluded.start_in,
              discovery = excluded.discovery, trust_file = excluded.trust_file,
              pinned = excluded.pinned, proxy = excluded.proxy, proxy_host = excluded.proxy_host,
              proxy_port = excluded.proxy_port, proxy_user = excluded.proxy_user,
              accept_link = excluded.accept_link, read_only = excluded.read_only,
              stay_signed_in = excluded.stay_signed_in
            """,
            connection.id(),
            connection.name(),
            connection.kind(),
            connection.server(),
            connection.rootOrganization(),
            connection.clientId(),
            connection.signIn(),
            connection.requestsAtOnce(),
            connection.lifetime().toSeconds(),
            settings.colour(),
            settings.favourite(),
            settings.startIn(),
            settings.discovery(),
            settings.trust() instanceof Trust.WithFile with
                ? Optional.of(with.file().toString())
                : Optional.empty(),
            settings.trust() instanceof Trust.Pinned pinned
                ? Optional.of(pinned.fingerprint())
                : Optional.empty(),
            switch (settings.proxying()) {
              case Proxying.OfSystem ignored -> "SYSTEM";
              case Proxying.None ignored -> "NONE";
              case Proxying.Through ignored -> "THROUGH";
            },
            proxy.map(Proxying.Through::host),
            proxy.map(Proxying.Through::port),
            proxy.flatMap(Proxying.Through::user),
            settings.acceptLink(),
            settings.readOnly(),
            settings.staySignedIn()));
  }

  /// Removes the connection with its pins and visits. Its runs stay, and what is sealed for it:
  /// whoever removes a connection says which of them should go.
  public void remove(ConnectionId id) {
    database.change(s -> {
      s.update("DELETE FROM connection WHERE id = ?", id);
      s.update("DELETE FROM visit WHERE connection = ?", id);
      s.update("DELETE FROM pin WHERE connection = ?", id);
    });
  }

  /// Reads everything for the sake of it.
  ///
  /// @throws StoreException when something cannot be understood
  static void understand(Statements s) throws SQLException {
    s.query(SELECT, ConnectionTable::read);
  }

  /// Takes out what [#understand] stumbles over.
  static void dropNotUnderstood(Statements s) throws SQLException {
    for (String id : s.query("SELECT id FROM connection", row -> row.text(1))) {
      try {
        s.first(SELECT + " WHERE id = ?", ConnectionTable::read, id);
      } catch (StoreException e) {
        s.update("DELETE FROM connection WHERE id = ?", id);
      }
    }
  }

  private static Connection read(Row row) throws SQLException {
    return new Connection(
        new ConnectionId(row.text(1)),
        row.text(2),
        Connection.Kind.valueOf(row.text(3)),
        URI.create(row.text(4)),
        row.text(5),
        row.text(6),
        Connection.SignInWay.valueOf(row.text(7)),
        Math.toIntExact(row.number(8)),
        Duration.ofSeconds(row.number(9)),
        new Settings(
            Connection.Colour.valueOf(row.text(10)),
            row.flag(11),
            row.optionalText(12),
            row.optionalText(13).map(URI::create),
            trust(row.optionalText(14), row.optionalText(15)),
            proxying(row),
            row.optionalText(20),
            row.flag(21),
            row.flag(22)));
  }

  private static Trust trust(Optional<String> file, Optional<String> pinned) {
    if (pinned.isPresent()) {
      return new Trust.Pinned(pinned.get());
    }
    return file.isPresent() ? new Trust.WithFile(Path.of(file.get())) : new Trust.OfSystem();
  }

  private static Proxying proxying(Row row) throws SQLException {
    return switch (row.text(16)) {
      case "NONE" -> new Proxying.None();
      case "THROUGH" ->
          new Proxying.Through(row.text(17), Math.toIntExact(row.number(18)), row.optionalText(19));
      default -> new Proxying.OfSystem();
    };
  }
}
