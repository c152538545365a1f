package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Member;
import dev.guestlist.model.OrganizationId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The members of each organization as last read.
public final class MemberCache {
  private static final Comparator<Member> BY_NAME =
      Comparator.comparing(Member::username, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Member::id);

  private static final String INSERT =
      """
      INSERT OR REPLACE INTO member (connection, organization, id, username, folded,
        display_name, email, folded_names, managed_by, groups, roles, seen)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

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

  /// Those whose account another organization owns: their usernames without upper case, and when
  /// each was seen last.
  public Map<String, Instant> managed(ConnectionId connection, OrganizationId organization) {
    String sql =
        """
        SELECT folded, seen FROM member
        WHERE connection = ? AND organization = ? AND managed_by IS NOT NULL
        """;
    Map<String, Instant> managed = new HashMap<>();
    database.read(s -> {
      s.each(sql, row -> managed.put(row.text(1), row.instant(2)), connection, organization);
      return managed;
    });
    return managed;
  }

  public Optional<Instant> readAt(ConnectionId connection, OrganizationId organization) {
    String sql = "SELECT read_at FROM member_list WHERE connection = ? AND organization = ?";
    return database.read(s -> s.first(sql, row -> row.instant(1), connection, organization));
  }

  public void replace(
      ConnectionId connection, OrganizationId organization, List<Member> members, Instant readAt) {
    List<Object[]> rows =
        members.stream().map(one -> values(connection, organization, one, readAt)).toList();
    database.change(s -> {
      s.update(
          "DELETE FROM member WHERE connection = ? AND organization = ?", connection, organization);
      s.batch(INSERT, rows);
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

  /// Keeps what a look at one name found, beside the list that was read.
  ///
  /// @param found empty when the organization has no member of that name
  public void looked(
      ConnectionId connection,
      OrganizationId organization,
      String username,
      Optional<Member> found,
      Instant at) {
    database.change(s -> {
      s.update(
          "DELETE FROM member WHERE connection = ? AND organization = ? AND folded = ?",
          connection,
          organization,
          InvitationCache.folded(username));
      if (found.isPresent()) {
        s.update(INSERT, values(connection, organization, found.get(), at));
      }
    });
  }

  private static Object[] values(
      ConnectionId connection, OrganizationId organization, Member member, Instant seen) {
    return new Object[] {
      connection,
      organization,
      member.id(),
      member.username(),
      InvitationCache.folded(member.username()),
      member.displayName(),
      member.email(),
      InvitationCache.folded(member.username() + ' ' + member.email() + ' ' + member.displayName()),
      member.managedBy(),
      JsonText.list(member.groups()),
      JsonText.list(member.roles()),
      seen
    };
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
