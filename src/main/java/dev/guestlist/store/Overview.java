package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.OrganizationId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Numbers about every organization of a connection, in one look.
public final class Overview {
  private final Database cache;
  private final Database main;

  Overview(Database cache, Database main) {
    this.cache = cache;
    this.main = main;
  }

  /// What the newest list of an organization holds.
  ///
  /// @param pending listed as pending, also those whose end has passed
  /// @param soon of these, how many end before the asked moment
  /// @param over of these, how many have ended by the clock
  /// @param expired listed as expired
  /// @param members how many members were read last; empty when never
  public record Numbers(
      OrganizationId organization,
      int pending,
      int soon,
      int over,
      int expired,
      Instant readAt,
      Optional<Integer> members) {}

  /// Organizations whose list was read.
  ///
  /// @param now the moment that the written ends are held against
  /// @param soon invitations that end before it, but not before `now`, end soon
  /// @param ahead by how much the written ends are ahead of this computer's clock: an end that had
  ///   passed when the server said PENDING does not count
  public List<Numbers> numbers(ConnectionId connection, Instant now, Instant soon, Duration ahead) {
    return cache.read(s -> {
      Map<String, Integer> members = members(s, connection);
      List<Numbers> numbers = new ArrayList<>();
      s.each(
          """
          SELECT l.organization, l.pending, l.expired, l.read_at,
            coalesce((SELECT sum(ends > ?2 AND ends < ?3) FROM invitation i
              WHERE i.load = l.id AND i.listed = 1 AND i.pending = 1), 0),
            coalesce((SELECT sum(ends <= ?2 AND ends > i.seen + ?4) FROM invitation i
              WHERE i.load = l.id AND i.listed = 1 AND i.pending = 1), 0)
          FROM invitation_load l WHERE l.connection = ?1 AND l.state = 'CURRENT'
          """,
          row ->
              numbers.add(
                  new Numbers(
                      new OrganizationId(row.text(1)),
                      (int) row.number(2),
                      (int) row.number(5),
                      (int) row.number(6),
                      (int) row.number(3),
                      row.instant(4),
                      Optional.ofNullable(members.get(row.text(1))))),
          connection,
          now,
          soon,
          ahead.toNanos() / 1_000);
      return numbers;
    });
  }

  /// Organizations about which a run of this computer has something to say beside the list.
  public Set<OrganizationId> withRuns(ConnectionId connection, Instant since) {
    String sql =
        """
        SELECT DISTINCT coalesce(run.organization, r.leads_to)
        FROM run_row r JOIN run ON run.number = r.run
        WHERE run.connection = ? AND coalesce(run.organization, r.leads_to) IS NOT NULL
          AND (r.state IN %s OR r.state IN ('CODE_LOST', 'NOT_INVITED_AGAIN') OR r.changed > ?)
        """
            .formatted(RunRows.OPEN);
    return new HashSet<>(
        main.read(s -> s.query(sql, row -> new OrganizationId(row.text(1)), connection, since)));
  }

  /// Organizations in whose list somebody stands who is among the members by now.
  public Set<OrganizationId> withJoined(ConnectionId connection) {
    String sql =
        """
        SELECT DISTINCT l.organization FROM invitation_load l
        JOIN member m ON m.connection = l.connection AND m.organization = l.organization
          AND m.managed_by IS NOT NULL
        JOIN invitation i ON i.load = l.id AND i.folded = m.folded AND i.listed = 1
        WHERE l.connection = ? AND l.state = 'CURRENT'
        """;
    return new HashSet<>(
        cache.read(s -> s.query(sql, row -> new OrganizationId(row.text(1)), connection)));
  }

  private static Map<String, Integer> members(Statements s, ConnectionId connection)
      throws SQLException {
    Map<String, Integer> members = new HashMap<>();
    s.each(
        """
        SELECT l.organization, count(m.id) FROM member_list l
        LEFT JOIN member m ON m.connection = l.connection AND m.organization = l.organization
        WHERE l.connection = ? GROUP BY l.organization
        """,
        row -> members.put(row.text(1), (int) row.number(2)),
        connection);
    return members;
  }
}
