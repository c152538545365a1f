package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.OrganizationId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Takes away what has lain on this computer for long enough. Activity is not among it, nor is
/// anything that still waits.
final class Retention {
  /// former days, and rows that vanished from a list
  private static final Duration HISTORY = Duration.ofDays(30);

  /// what was read of an organization that nobody has looked at or read since
  private static final Duration LISTS = Duration.ofDays(90);

  /// runs that are over
  private static final Duration RUNS = Duration.ofDays(365);

  /// What makes a run over, as SQL; its argument is the moment since which nothing happened.
  private static final String IS_OVER =
      """
      posted < ?1 AND NOT EXISTS (
        SELECT 1 FROM run_row r WHERE r.run = run.number AND (r.changed >= ?1 OR r.state IN %s
          OR (r.state = 'NOT_INVITED_AGAIN' AND NOT EXISTS (
            SELECT 1 FROM run_row later WHERE later.listed = r.listed AND later.id > r.id))))
      """
          .formatted(RunRows.OPEN);

  private static final String OVER = "SELECT number FROM run WHERE " + IS_OVER;

  private static final String OVER_STILL =
      "SELECT count(*) FROM run WHERE number = ?2 AND " + IS_OVER;

  private final Database cache;
  private final Database main;

  /// An organization of which something was read.
  private record Place(ConnectionId connection, OrganizationId organization) {}

  /// @param read when something of it was read last
  /// @param known whether it is among the organizations
  /// @param looked when organizations of its connection were read completely below some parent
  private record Use(Place place, Instant read, boolean known, Instant looked) {

    /// Whether it was gone when organizations were read after its last use.
    boolean gone(Instant used) {
      return !known && used.isBefore(looked);
    }
  }

  /// An invitation that a run made, and whose code lies here.
  ///
  /// @param lasts until when it can be accepted, reckoned from when it was made here
  private record Code(
      long run,
      ConnectionId connection,
      String organization,
      String username,
      String invitation,
      Instant lasts) {}

  Retention(Database cache, Database main) {
    this.cache = cache;
    this.main = main;
  }

  void prune(Instant now) {
    dropHistory(now.minus(HISTORY));
    dropLists(now.minus(LISTS));
    dropRuns(now.minus(RUNS), now);
  }

  private void dropHistory(Instant before) {
    cache.change(s -> {
      InvitationHistory.dropOld(s, before);
      s.update("DELETE FROM invitation WHERE listed = 0 AND seen < ?", before);
    });
  }

  private void dropLists(Instant before) {
    Map<Place, Instant> visits = visits();
    for (Use use : uses()) {
      Instant visited = visits.getOrDefault(use.place(), Instant.MIN);
      Instant used = visited.isAfter(use.read()) ? visited : use.read();
      if (used.isBefore(before) || use.gone(used)) {
        forget(use);
      }
    }
  }

  private Map<Place, Instant> visits() {
    return main.read(s -> {
      Map<Place, Instant> visits = new HashMap<>();
      s.each(
          "SELECT connection, organization, at FROM visit",
          row -> visits.put(place(row), row.instant(3)));
      return visits;
    });
  }

  private List<Use> uses() {
    String sql =
        """
        SELECT connection, organization, max(read_at),
          EXISTS (SELECT 1 FROM organization o
            WHERE o.connection = kept.connection AND o.id = kept.organization),
          (SELECT coalesce(max(c.read_at), 0) FROM children_list c
            WHERE c.connection = kept.connection)
        FROM (
          SELECT connection, organization, read_at FROM invitation_load WHERE state = 'CURRENT'
          UNION ALL SELECT connection, organization, read_at FROM member_list
          UNION ALL SELECT connection, organization, read_at FROM assignment_list
          UNION ALL SELECT connection, organization, read_at FROM kept_list) kept
        GROUP BY connection, organization
        """;
    return cache.read(
        s -> s.query(sql, row -> new Use(place(row), row.instant(3), row.flag(4), row.instant(5))));
  }

  /// Unless it was read again meanwhile.
  private void forget(Use use) {
    ConnectionId connection = use.place().connection();
    OrganizationId organization = use.place().organization();
    cache.change(s -> {
      String list =
          """
          (SELECT id FROM invitation_load
           WHERE connection = ?1 AND organization = ?2 AND state = 'CURRENT' AND read_at <= ?3)
          """;
      long newer =
          s.number(
              """
              SELECT count(*) FROM invitation_load
              WHERE connection = ?1 AND organization = ?2 AND state <> 'OLD' AND read_at > ?3
              """,
              connection,
              organization,
              use.read());
      if (newer > 0) {
        return;
      }
      s.update(
          """
          DELETE FROM invitation_before WHERE load IN (
            SELECT load FROM kept_list WHERE connection = ?1 AND organization = ?2)
            OR load IN %s
          """
              .formatted(list),
          connection,
          organization,
          use.read());
      s.update(
          "DELETE FROM kept_list WHERE connection = ? AND organization = ?",
          connection,
          organization);
      s.update(
          "UPDATE invitation_load SET state = 'OLD' WHERE id IN " + list,
          connection,
          organization,
          use.read());
      for (String table : List.of("member", "member_list", "assignment_list")) {
        s.update(
            "DELETE FROM " + table + " WHERE connection = ? AND organization = ?",
            connection,
            organization);
      }
    });
  }

  /// A run goes when nothing of it has changed since, nothing of it waits, nobody was left deleted
  /// and not invited again, and none of its codes may still be the only copy of one that works.
  private void dropRuns(Instant before, Instant now) {
    List<Long> living =
        codes(before).stream().filter(code -> lives(code, now)).map(Code::run).toList();
    List<Long> over = new ArrayList<>(main.read(s -> s.query(OVER, row -> row.number(1), before)));
    over.removeAll(living);
    for (long run : over) {
      main.change(s -> {
        if (s.number(OVER_STILL, before, run) == 0) {
          return;
        }
        s.update(
            """
            DELETE FROM secret WHERE name IN (
              SELECT 'row/' || id || '/code' FROM run_row WHERE run = ?1
              UNION SELECT 'call/' || call || '/answer' FROM run_row WHERE run = ?1)
            """,
            run);
        List<Long> calls =
            s.query(
                "SELECT DISTINCT call FROM run_row WHERE run = ? AND call IS NOT NULL",
                row -> row.number(1),
                run);
        s.update("DELETE FROM run_row WHERE run = ?", run);
        for (long call : calls) {
          s.update(
              "DELETE FROM call WHERE id = ?1 AND NOT EXISTS"
                  + " (SELECT 1 FROM run_row WHERE call = ?1)",
              call);
        }
        s.update("DELETE FROM run WHERE number = ?", run);
      });
    }
  }

  /// The codes of invitations that runs from before a moment made.
  private List<Code> codes(Instant before) {
    String sql =
        """
        SELECT r.run, run.connection, run.organization, r.username, r.invitation,
          r.changed + 1000000 * coalesce(
            (SELECT c.lifetime_seconds FROM connection c WHERE c.id = run.connection), 0)
        FROM run_row r JOIN run ON run.number = r.run
        WHERE run.posted < ? AND r.target IN ('PERSON', 'AGAIN') AND run.organization IS NOT NULL
          AND EXISTS (SELECT 1 FROM secret WHERE name = 'row/' || r.id || '/code')
        """;
    return main.read(s ->
        s.query(
            sql,
            row ->
                new Code(
                    row.number(1),
                    new ConnectionId(row.text(2)),
                    row.text(3),
                    row.text(4),
                    row.optionalText(5).orElse(""),
                    row.instant(6)),
            before));
  }

  /// Whether the list that was read last has it as pending, or it may last that long.
  private boolean lives(Code code, Instant now) {
    if (code.lasts().isAfter(now)) {
      return true;
    }
    String sql =
        """
        SELECT count(*) FROM invitation i JOIN invitation_load l ON l.id = i.load
        WHERE l.connection = ?1 AND l.organization = ?2 AND l.state = 'CURRENT'
          AND i.listed = 1 AND i.pending = 1
          AND iif(?4 = '', i.folded = ?3, i.id = ?4)
        """;
    return cache.read(s ->
        s.number(
                sql,
                code.connection(),
                code.organization(),
                InvitationCache.folded(code.username()),
                code.invitation())
            > 0);
  }

  private static Place place(Row row) throws SQLException {
    return new Place(new ConnectionId(row.text(1)), new OrganizationId(row.text(2)));
  }
}
