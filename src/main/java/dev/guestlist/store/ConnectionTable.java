package dev.guestlist.store;

import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The connections that people made.
public final class ConnectionTable {
  private static final String SELECT =
      """
      SELECT id, name, kind, server, root_organization, client_id, sign_in, requests_at_once,
        lifetime_seconds
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
    database.change(s ->
        s.update(
            """
            INSERT INTO connection (id, name, kind, server, root_organization, client_id,
              sign_in, requests_at_once, lifetime_seconds)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
              server = excluded.server, root_organization = excluded.root_organization,
              client_id = excluded.client_id, sign_in = excluded.sign_in,
              requests_at_once = excluded.requests_at_once,
              lifetime_seconds = excluded.lifetime_seconds
            """,
            connection.id(),
            connection.name(),
            connection.kind(),
            connection.server(),
            connection.rootOrganization(),
            connection.clientId(),
            connection.signIn(),
            connection.requestsAtOnce(),
            connection.lifetime().toSeconds()));
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
        Duration.ofSeconds(row.number(9)));
  }
}
