package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The organizations of each connection as last read, and where the person has been.
public final class OrganizationCache {
  private static final String SELECT =
      "SELECT id, name, handle, parent, active, has_children, access FROM organization ";

  private static final String PUT =
      """
      INSERT INTO organization (connection, id, name, handle, parent, active, has_children, access,
        read_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (connection, id) DO UPDATE SET name = excluded.name,
        handle = coalesce(excluded.handle, handle), parent = coalesce(excluded.parent, parent),
        active = excluded.active, has_children = coalesce(excluded.has_children, has_children),
        access = iif(excluded.access = 'UNKNOWN', access, excluded.access),
        read_at = excluded.read_at
      """;

  /// Former children that are not in the list any more, and whatever is below them; never the
  /// parent itself, nor a child that was moved.
  private static final String GONE =
      """
      WITH RECURSIVE below (id) AS (
        SELECT id FROM organization WHERE connection = ?1 AND parent = ?2
          AND id NOT IN (SELECT value FROM json_each(?3))
        UNION
        SELECT o.id FROM organization o JOIN below ON o.parent = below.id
        WHERE o.connection = ?1 AND o.id <> ?2
          AND o.id NOT IN (SELECT value FROM json_each(?3)))
      SELECT id FROM below
      """;

  private final Database cache;
  private final Database main;

  /// @param main keeps visits and pins, which no server could give back
  OrganizationCache(Database cache, Database main) {
    this.cache = cache;
    this.main = main;
  }

  /// Every organization known of this connection, in no order.
  public List<Organization> all(ConnectionId connection) {
    return cache.read(
        s -> s.query(SELECT + "WHERE connection = ?", OrganizationCache::read, connection));
  }

  public Optional<Organization> find(ConnectionId connection, OrganizationId id) {
    String where = "WHERE connection = ? AND id = ?";
    return cache.read(s -> s.first(SELECT + where, OrganizationCache::read, connection, id));
  }

  /// Adds or updates. What a list left out (parent, handle, children) keeps what was known; access
  /// is only replaced by something other than UNKNOWN.
  public void put(ConnectionId connection, List<Organization> organizations, Instant readAt) {
    cache.change(s -> put(s, connection, organizations, readAt));
  }

  /// The complete children of one parent: adds or updates them, and removes former children that
  /// are not among them any more, with everything below.
  public void replaceChildren(
      ConnectionId connection, OrganizationId parent, List<Organization> children, Instant readAt) {
    List<Organization> placed = children.stream().map(c -> c.withParent(parent)).toList();
    String ids = JsonText.list(placed.stream().map(Organization::id).toList());
    cache.change(s -> {
      put(s, connection, placed, readAt);
      String gone = JsonText.list(s.query(GONE, row -> row.text(1), connection, parent, ids));
      String among = "connection = ? AND %s IN (SELECT value FROM json_each(?))";
      s.update("DELETE FROM organization WHERE " + among.formatted("id"), connection, gone);
      s.update("DELETE FROM children_list WHERE " + among.formatted("parent"), connection, gone);
      s.update(
          "INSERT OR REPLACE INTO children_list (connection, parent, read_at) VALUES (?, ?, ?)",
          connection,
          parent,
          readAt);
    });
  }

  /// When the children of this parent were read completely; empty when never.
  public Optional<Instant> childrenReadAt(ConnectionId connection, OrganizationId parent) {
    String sql = "SELECT read_at FROM children_list WHERE connection = ? AND parent = ?";
    return cache.read(s -> s.first(sql, row -> row.instant(1), connection, parent));
  }

  public void setAccess(ConnectionId connection, OrganizationId id, Organization.Access access) {
    String sql = "UPDATE organization SET access = ? WHERE connection = ? AND id = ?";
    cache.change(s -> s.update(sql, access, connection, id));
  }

  /// Marks a visit; [#visits] gives them back.
  public void visited(ConnectionId connection, OrganizationId id, Instant at) {
    String sql = "INSERT OR REPLACE INTO visit (connection, organization, at) VALUES (?, ?, ?)";
    main.change(s -> s.update(sql, connection, id, at));
  }

  /// When each organization was visited last.
  public Map<OrganizationId, Instant> visits(ConnectionId connection) {
    String sql = "SELECT organization, at FROM visit WHERE connection = ?";
    return main.read(s -> {
      Map<OrganizationId, Instant> visits = new HashMap<>();
      s.each(sql, row -> visits.put(new OrganizationId(row.text(1)), row.instant(2)), connection);
      return visits;
    });
  }

  public void pin(ConnectionId connection, OrganizationId id, boolean pinned) {
    String sql =
        pinned
            ? "INSERT OR IGNORE INTO pin (connection, organization) VALUES (?, ?)"
            : "DELETE FROM pin WHERE connection = ? AND organization = ?";
    main.change(s -> s.update(sql, connection, id));
  }

  /// In the order in which they were pinned.
  public List<OrganizationId> pinned(ConnectionId connection) {
    String sql = "SELECT organization FROM pin WHERE connection = ? ORDER BY id";
    return main.read(s -> s.query(sql, row -> new OrganizationId(row.text(1)), connection));
  }

  /// Pins and visits stay.
  static void forget(Statements s, ConnectionId connection) throws SQLException {
    s.update("DELETE FROM organization WHERE connection = ?", connection);
    s.update("DELETE FROM children_list WHERE connection = ?", connection);
  }

  private static void put(
      Statements s, ConnectionId connection, List<Organization> organizations, Instant readAt)
      throws SQLException {
    s.batch(
        PUT,
        organizations.stream()
            .map(o ->
                new Object[] {
                  connection,
                  o.id(),
                  o.name(),
                  o.handle(),
                  o.parent(),
                  o.active(),
                  o.hasChildren(),
                  o.access(),
                  readAt
                })
            .toList());
  }

  private static Organization read(Row row) throws SQLException {
    return new Organization(
        new OrganizationId(row.text(1)),
        row.text(2),
        row.optionalText(3),
        row.optionalText(4).map(OrganizationId::new),
        row.flag(5),
        row.optionalFlag(6),
        Organization.Access.valueOf(row.text(7)));
  }
}
