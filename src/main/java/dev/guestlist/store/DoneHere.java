package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.MadeHere;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Ticket;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was done from this computer about the invitations of an organization, however long ago: the
/// server's list says neither who made an invitation nor who accepted one.
public final class DoneHere {
  private final Database database;

  DoneHere(Database database) {
    this.database = database;
  }

  private record Poster(String account, Ticket ticket) {}

  /// The invitations into an organization that were made here and whose ids are known.
  public Map<InvitationId, MadeHere> made(ConnectionId connection, OrganizationId organization) {
    String rows =
        """
        run.connection = ? AND run.organization = ? AND r.target IN ('PERSON', 'AGAIN')
          AND r.invitation IS NOT NULL AND r.state IN ('INVITED', 'CODE_LOST')
        ORDER BY r.id
        """;
    return database.read(s -> {
      Map<Long, Poster> posters = posters(s, connection, organization);
      Map<InvitationId, MadeHere> made = new HashMap<>();
      for (RunRow row : RunRows.query(s, rows, connection, organization)) {
        Optional.ofNullable(posters.get(row.run()))
            .ifPresent(by ->
                made.put(
                    row.invitation().orElseThrow(), new MadeHere(row, by.account(), by.ticket())));
      }
      return made;
    });
  }

  private static Map<Long, Poster> posters(
      Statements s, ConnectionId connection, OrganizationId organization) throws SQLException {
    Map<Long, Poster> posters = new HashMap<>();
    s.each(
        """
        SELECT number, account, ticket, note, caller_confirmed FROM run
        WHERE connection = ? AND organization = ?
        """,
        row ->
            posters.put(
                row.number(1),
                new Poster(row.text(2), new Ticket(row.text(3), row.text(4), row.flag(5)))),
        connection,
        organization);
    return posters;
  }

  /// Who joined an organization by a code that was accepted here, or was found to be a member then:
  /// usernames without upper case, and when that was last.
  public Map<String, Instant> joined(ConnectionId connection, OrganizationId organization) {
    Map<String, Instant> joined = new HashMap<>();
    return database.read(s -> {
      s.each(
          """
          SELECT r.username, r.changed FROM run_row r JOIN run ON run.number = r.run
          WHERE run.connection = ? AND r.leads_to = ? AND r.username IS NOT NULL
            AND r.state IN ('JOINED', 'ALREADY_MEMBER')
          ORDER BY r.changed
          """,
          row -> joined.put(InvitationCache.folded(row.text(1)), row.instant(2)),
          connection,
          organization);
      return joined;
    });
  }

  /// Organizations that somebody joined by a code that was accepted here.
  public Set<OrganizationId> joinedOrganizations(ConnectionId connection) {
    String sql =
        """
        SELECT DISTINCT r.leads_to FROM run_row r JOIN run ON run.number = r.run
        WHERE run.connection = ? AND r.leads_to IS NOT NULL
          AND r.state IN ('JOINED', 'ALREADY_MEMBER')
        """;
    return new HashSet<>(
        database.read(s -> s.query(sql, row -> new OrganizationId(row.text(1)), connection)));
  }
}
