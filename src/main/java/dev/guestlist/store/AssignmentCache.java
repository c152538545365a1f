package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Group;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Role;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The groups and roles of each organization as last read: what an invitation can give.
public final class AssignmentCache {
  private static final Comparator<Group> GROUPS =
      Comparator.comparing(Group::name, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Group::displayName);

  /// Those without an audience first, then those for the organization, then for applications.
  private static final Comparator<Role> ROLES =
      Comparator.comparing((Role r) -> r.audience().isPresent())
          .thenComparing(r -> r.audience().map(Role.Audience::kind), AssignmentCache::byKind)
          .thenComparing(
              r -> r.audience().map(Role.Audience::name).orElse(""), String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Role::displayName, String.CASE_INSENSITIVE_ORDER);

  private final Database database;

  AssignmentCache(Database database) {
    this.database = database;
  }

  /// In order of name.
  public List<Group> groups(ConnectionId connection, OrganizationId organization) {
    return column("groups", connection, organization).map(JsonText::groups).orElse(List.of());
  }

  /// In order of audience and name.
  public List<Role> roles(ConnectionId connection, OrganizationId organization) {
    return column("roles", connection, organization).map(JsonText::roles).orElse(List.of());
  }

  /// When both were read last; empty when never.
  public Optional<Instant> readAt(ConnectionId connection, OrganizationId organization) {
    String sql = "SELECT read_at FROM assignment_list WHERE connection = ? AND organization = ?";
    return database.read(s -> s.first(sql, row -> row.instant(1), connection, organization));
  }

  public void replace(
      ConnectionId connection,
      OrganizationId organization,
      List<Group> groups,
      List<Role> roles,
      Instant readAt) {
    String sql =
        """
        INSERT OR REPLACE INTO assignment_list (connection, organization, groups, roles, read_at)
        VALUES (?, ?, ?, ?, ?)
        """;
    String groupsText = JsonText.groups(groups.stream().sorted(GROUPS).toList());
    String rolesText = JsonText.roles(roles.stream().sorted(ROLES).toList());
    database.change(s -> s.update(sql, connection, organization, groupsText, rolesText, readAt));
  }

  static void forget(Statements s, ConnectionId connection) throws SQLException {
    s.update("DELETE FROM assignment_list WHERE connection = ?", connection);
  }

  private static int byKind(Optional<Role.Audience.Kind> one, Optional<Role.Audience.Kind> other) {
    return one.isPresent() && other.isPresent() ? one.get().compareTo(other.get()) : 0;
  }

  private Optional<String> column(
      String name, ConnectionId connection, OrganizationId organization) {
    String sql =
        "SELECT " + name + " FROM assignment_list WHERE connection = ? AND organization = ?";
    return database.read(s -> s.first(sql, row -> row.text(1), connection, organization));
  }
}
