package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Member;
import dev.guestlist.model.OrganizationId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The members of each organization as last read.
public final class MemberCache {
  private static final Comparator<Member> BY_NAME =
      Comparator.comparing(Member::username, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Member::id);

  private final Database database;

  MemberCache(Database database) {
    this.database = database;
  }

  /// In order of username.
  public List<Member> all(ConnectionId connection, OrganizationId organization) {
    String sql =
        """
        SELECT id, username, display_name, email, managed_by, groups, roles
        FROM member WHERE connection = ? AND organization = ?
        """;
    return database.read(s -> s.query(sql, MemberCache::read, connection, organization)).stream()
        .sorted(BY_NAME)
        .toList();
  }

  /// Usernames of those whose account another organization owns, in no order.
  public List<String> managed(ConnectionId connection, OrganizationId organization) {
    String sql =
        """
        SELECT username FROM member
        WHERE connection = ? AND organization = ? AND managed_by IS NOT NULL
        """;
    return database.read(s -> s.query(sql, row -> row.text(1), connection, organization));
  }

  public Optional<Instant> readAt(ConnectionId connection, OrganizationId organization) {
    String sql = "SELECT read_at FROM member_list WHERE connection = ? AND organization = ?";
    return database.read(s -> s.first(sql, row -> row.instant(1), connection, organization));
  }

  public void replace(
      ConnectionId connection, OrganizationId organization, List<Member> members, Instant readAt) {
    List<Object[]> rows =
        members.stream()
            .map(m ->
                new Object[] {
                  connection,
                  organization,
                  m.id(),
                  m.username(),
                  InvitationCache.folded(m.username()),
                  m.displayName(),
                  m.email(),
                  InvitationCache.folded(m.username() + ' ' + m.email() + ' ' + m.displayName()),
                  m.managedBy(),
                  JsonText.list(m.groups()),
                  JsonText.list(m.roles())
                })
            .toList();
    database.change(s -> {
      s.update(
          "DELETE FROM member WHERE connection = ? AND organization = ?", connection, organization);
      s.batch(
          """
          INSERT OR REPLACE INTO member (connection, organization, id, username, folded,
            display_name, email, folded_names, managed_by, groups, roles)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          rows);
      s.update(
          """
          INSERT OR REPLACE INTO member_list (connection, organization, read_at)
          VALUES (?, ?, ?)
          """,
          connection,
          organization,
          readAt);
    });
  }

  static void forget(Statements s, ConnectionId connection) throws SQLException {
    s.update("DELETE FROM member WHERE connection = ?", connection);
    s.update("DELETE FROM member_list WHERE connection = ?", connection);
  }

  private static Member read(Row row) throws SQLException {
    return new Member(
        row.text(1),
        row.text(2),
        row.text(3),
        row.text(4),
        row.optionalText(5).map(OrganizationId::new),
        JsonText.strings(row.text(6)),
        JsonText.strings(row.text(7)));
  }
}
