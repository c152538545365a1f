package dev.guestlist.store;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.MadeHere;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Ticket;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was done from this computer about invitations into organizations and about their codes,
/// however long ago: the server's list says neither who made an invitation nor who accepted one.
public final class DoneHere {
  private final Database database;
  private final RunTable runs;
  private final Fingerprints fingerprints;

  DoneHere(Database database, Vault vault, RunTable runs) {
    this.database = database;
    this.runs = runs;
    this.fingerprints = new Fingerprints(database, vault);
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

  /// Rows of this organization that are not settled, lost a code, deleted an invitation and did not
  /// make the new one, or were settled after `since`: what the table shows beside the list. Accept
  /// rows are there once their check said where they lead.
  public List<RunRow> recent(ConnectionId connection, OrganizationId organization, Instant since) {
    String where =
        """
        run.connection = ?1
          AND (r.state IN %s OR r.state = 'CODE_LOST' OR r.changed > ?3
            OR (r.state = 'NOT_INVITED_AGAIN' AND NOT EXISTS (
              SELECT 1 FROM run_row later WHERE later.listed = r.listed AND later.id > r.id)))
          AND r.id IN (
          SELECT theirs.id FROM run_row theirs WHERE theirs.run IN (
            SELECT number FROM run WHERE connection = ?1 AND organization = ?2)
          UNION SELECT accepted.id FROM run_row accepted WHERE accepted.leads_to = ?2)
        ORDER BY r.run, r.position
        """
            .formatted(RunRows.OPEN);
    return database.read(s -> RunRows.query(s, where, connection, organization, since));
  }

  /// Rows that invited somebody into this organization from here and have a sealed code.
  public List<RunRow> withCode(ConnectionId connection, OrganizationId organization) {
    String where =
        """
        run.connection = ? AND run.organization = ? AND r.target IN ('PERSON', 'AGAIN')
          AND EXISTS (SELECT 1 FROM secret WHERE name = 'row/' || r.id || '/code')
        ORDER BY r.run, r.position
        """;
    return database.read(s -> RunRows.query(s, where, connection, organization));
  }

  /// Rows that invited somebody into this organization after `since`, do not know the id of their
  /// invitation yet (the answer to an invite call does not name it, lists do), and are the last of
  /// which is known here that they made or ended an invitation of that person there.
  public List<RunRow> withoutInvitation(
      ConnectionId connection, OrganizationId organization, Instant since) {
    String where =
        """
        r.target IN ('PERSON', 'AGAIN') AND r.invitation IS NULL
          AND r.state IN ('INVITED', 'CODE_LOST')
          AND r.id IN (SELECT id FROM (
            SELECT any.id, max(any.changed) FROM run_row any WHERE any.changed > ?3
              AND (any.step = 'INVITE' OR any.state IN
                ('INVITED', 'CODE_LOST', 'DELETED', 'WAS_GONE', 'JOINED', 'ALREADY_MEMBER'))
              AND any.id IN (
                SELECT theirs.id FROM run_row theirs WHERE theirs.run IN (
                  SELECT number FROM run WHERE connection = ?1 AND organization = ?2)
                UNION SELECT accepted.id FROM run_row accepted WHERE accepted.leads_to = ?2)
            GROUP BY any.username COLLATE NOCASE))
        ORDER BY r.run, r.position
        """;
    return database.read(s -> RunRows.query(s, where, connection, organization, since));
  }

  /// Writes down which invitations INVITED rows made.
  public void learnInvitations(Map<Long, InvitationId> made) {
    if (made.isEmpty()) {
      return;
    }
    List<Object[]> changes = new ArrayList<>();
    made.forEach((row, invitation) -> changes.add(new Object[] {invitation, row}));
    database.change(s ->
        s.batch("UPDATE run_row SET invitation = ? WHERE id = ? AND invitation IS NULL", changes));
  }

  /// Rows that deleted, replaced or accepted this invitation or were to do so, and those that made
  /// it; oldest first.
  public List<RunRow> about(
      ConnectionId connection, OrganizationId organization, InvitationId invitation) {
    String where =
        """
        run.connection = ?1 AND (run.organization = ?2 OR r.leads_to = ?2)
          AND (r.listed = ?3 OR r.invitation = ?3)
        ORDER BY r.run, r.position
        """;
    return database.read(s -> RunRows.query(s, where, connection, organization, invitation));
  }

  /// The newest row that deleted or replaced an invitation of somebody into an organization.
  ///
  /// @param invitation that very one; empty when any of that person may be meant
  public Optional<RunRow> ended(
      ConnectionId connection,
      OrganizationId organization,
      String username,
      Optional<InvitationId> invitation) {
    String where =
        """
        run.connection = ?1 AND run.organization = ?2 AND r.username = ?3 COLLATE NOCASE
          AND r.listed = coalesce(?4, r.listed) AND (r.state = 'DELETED' OR r.step = 'INVITE')
        ORDER BY r.changed DESC, r.id DESC LIMIT 1
        """;
    return database
        .read(s -> RunRows.query(s, where, connection, organization, username, invitation))
        .stream()
        .findFirst();
  }

  /// Which rows of a run made an invitation that was deleted or replaced from here since, or is
  /// about to be.
  public Set<Long> undone(long run) {
    String sql =
        """
        SELECT made.id FROM run_row made
        WHERE made.run = ? AND made.invitation IS NOT NULL AND EXISTS (
          SELECT 1 FROM run_row gone WHERE gone.listed = made.invitation
            AND (gone.state = 'DELETED' OR gone.step = 'INVITE' OR gone.state IN %s))
        """
            .formatted(RunRows.OPEN);
    return Set.copyOf(database.read(s -> s.query(sql, row -> row.number(1), run)));
  }

  /// Rows whose invitations into this organization may have brought somebody in, oldest first:
  /// those that were made here and not deleted or replaced here.
  public List<RunRow> mayHaveBrought(ConnectionId connection, OrganizationId organization) {
    String where =
        """
        run.connection = ? AND run.organization = ? AND r.target IN ('PERSON', 'AGAIN')
          AND r.state IN ('INVITED', 'CODE_LOST')
          AND NOT EXISTS (
            SELECT 1 FROM run_row gone WHERE gone.listed = r.invitation
              AND (gone.state = 'DELETED' OR gone.step = 'INVITE'))
        ORDER BY r.run, r.position
        """;
    return database.read(s -> RunRows.query(s, where, connection, organization));
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

  /// Rows that accepted codes of this organization from here, oldest first.
  public List<RunRow> acceptedInto(ConnectionId connection, OrganizationId organization) {
    String where =
        """
        run.connection = ? AND r.leads_to = ? AND r.target = 'CODE' AND r.state = 'JOINED'
        ORDER BY r.changed
        """;
    return database.read(s -> RunRows.query(s, where, connection, organization));
  }

  /// The newest row that accepted this very code from here, also after the code was wiped. Empty
  /// while the vault is locked, and for codes that were taken in while their key could not be kept.
  public Optional<RunRow> accepted(ConnectionId connection, ConfirmationCode code) {
    String where =
        """
        r.fingerprint = ? AND r.state IN ('JOINED', 'ALREADY_MEMBER')
          AND r.reason IS NOT 'UNKNOWN_CODE' AND run.connection = ?
        ORDER BY r.changed DESC, r.id DESC LIMIT 1
        """;
    return fingerprints
        .forFinding()
        .flatMap(teller ->
            database.read(s -> RunRows.query(s, where, teller.of(code), connection)).stream()
                .findFirst());
  }

  /// The newest other row that accepted the code of this row from here. Needs no key: both were
  /// written down under the same one.
  public Optional<RunRow> acceptedBefore(RunRow row) {
    String where =
        """
        r.fingerprint = (SELECT fingerprint FROM run_row WHERE id = ?1)
          AND r.state IN ('JOINED', 'ALREADY_MEMBER') AND r.reason IS NOT 'UNKNOWN_CODE'
          AND r.id <> ?1
          AND run.connection = (SELECT connection FROM run WHERE number = ?2)
        ORDER BY r.changed DESC, r.id DESC LIMIT 1
        """;
    return database.read(s -> RunRows.query(s, where, row.id(), row.run())).stream().findFirst();
  }

  /// The oldest row that still has to accept this very code, or waits for a decision about it.
  /// Empty while the vault is locked, and for codes that were taken in while their key could not be
  /// kept.
  public Optional<RunRow> waiting(ConnectionId connection, ConfirmationCode code) {
    String where =
        """
        r.fingerprint = ? AND r.state IN ('READY', 'SENDING', 'UNKNOWN', 'NEEDS_DECISION')
          AND run.connection = ?
        ORDER BY r.id LIMIT 1
        """;
    return fingerprints
        .forFinding()
        .flatMap(teller ->
            database.read(s -> RunRows.query(s, where, teller.of(code), connection)).stream()
                .findFirst());
  }

  /// The row that invited somebody with this very code, as long as the code is kept here. Opens
  /// kept codes until it is found.
  public Optional<RunRow> madeWith(ConnectionId connection, ConfirmationCode code) {
    String where =
        """
        run.connection = ? AND r.target IN ('PERSON', 'AGAIN') AND r.state = 'INVITED'
          AND EXISTS (SELECT 1 FROM secret WHERE name = 'row/' || r.id || '/code')
        ORDER BY r.changed DESC, r.id DESC
        """;
    return database.read(s -> RunRows.query(s, where, connection)).stream()
        .filter(row -> runs.code(row.id()).filter(code::equals).isPresent())
        .findFirst();
  }
}
