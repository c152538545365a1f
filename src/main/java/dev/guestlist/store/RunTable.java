package dev.guestlist.store;

import dev.guestlist.model.Basis;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Decision;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Wish;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs and their rows: how they were posted, how far they are, and the codes they keep. Every
/// method is one committed transaction.
public final class RunTable {
  private final Database database;
  private final Vault vault;
  private final Fingerprints fingerprints;
  private final InstantSource clock;

  RunTable(Database database, Vault vault, InstantSource clock) {
    this.database = database;
    this.vault = vault;
    this.fingerprints = new Fingerprints(database, vault);
    this.clock = clock;
  }

  /// A run to be written down.
  ///
  /// @param notBefore the moment from which its rows may leave: grace and countdown
  public record NewRun(
      ConnectionId connection,
      Optional<OrganizationId> organization,
      Wish wish,
      String account,
      Ticket ticket,
      Run.Phase phase,
      Instant notBefore,
      List<NewRow> rows) {}

  /// A row to be written down; a code is sealed in the same transaction.
  ///
  /// @param basis what is known of the person now
  /// @param decided what was decided about it already
  public record NewRow(
      Target target,
      Optional<ConfirmationCode> code,
      Optional<Basis> basis,
      Optional<Decision> decided) {
    public NewRow(Target target, Optional<ConfirmationCode> code) {
      this(target, code, Optional.empty(), Optional.empty());
    }
  }

  /// Writes the run and its rows down.
  ///
  /// @throws IllegalArgumentException when it has no rows
  public Run post(NewRun run) {
    if (run.rows().isEmpty()) {
      throw new IllegalArgumentException("A run needs at least one row.");
    }
    boolean seals = run.rows().stream().anyMatch(row -> row.code().isPresent());
    Optional<Fingerprints.Teller> teller =
        run.wish() instanceof Wish.Accept ? fingerprints.forKeeping() : Optional.empty();
    return seals ? vault.sealing(() -> write(run, teller)) : write(run, teller);
  }

  private Run write(NewRun run, Optional<Fingerprints.Teller> teller) {
    return database.write(s -> write(s, run, teller));
  }

  /// The same for a run that comes out of a decision, inside its transaction. Its codes, if it had
  /// any, would not be recognised once they are wiped.
  Run post(Statements s, NewRun run) throws SQLException {
    return write(s, run, Optional.empty());
  }

  private Run write(Statements s, NewRun run, Optional<Fingerprints.Teller> teller)
      throws SQLException {
    Instant now = clock.instant();
    long number = RunRows.insert(s, run, now);
    int position = 0;
    for (NewRow row : run.rows()) {
      long id = RunRows.insert(s, number, position++, row, run.notBefore(), now);
      if (row.code().isPresent()) {
        vault.seal(s, RunRows.codeName(id), row.code().get().reveal());
      }
      if (row.code().isPresent() && teller.isPresent()) {
        RunRows.fingerprint(s, id, teller.get().of(row.code().get()));
      }
    }
    ActivityTable.posted(s, number);
    return RunRows.runs(s, "number = ?", number).getFirst();
  }

  /// Newest first.
  public List<Run> runs(ConnectionId connection) {
    return database.read(s -> RunRows.runs(s, "connection = ?", connection));
  }

  public Optional<Run> run(long number) {
    return database.read(s -> RunRows.runs(s, "number = ?", number)).stream().findFirst();
  }

  /// In their order.
  public List<RunRow> rows(long run) {
    return database.read(s -> RunRows.query(s, "r.run = ? ORDER BY r.position", run));
  }

  public Optional<RunRow> row(long id) {
    return database.read(s -> RunRows.query(s, "r.id = ?", id)).stream().findFirst();
  }

  /// Rows of a run that were refused or not tried; of those whose old invitation is gone, the ones
  /// that no later row takes care of.
  public List<RunRow> notServed(long run) {
    String where =
        """
        r.run = ? AND (r.state IN ('REFUSED', 'NOT_TRIED')
          OR (r.state = 'NOT_INVITED_AGAIN' AND NOT EXISTS (
            SELECT 1 FROM run_row later WHERE later.listed = r.listed AND later.id > r.id)))
        ORDER BY r.position
        """;
    return database.read(s -> RunRows.query(s, where, run));
  }

  /// How far a run is.
  ///
  /// @param ever rows that were sent and are settled
  /// @param since those of them that were settled after a moment
  /// @param began when its first call left; empty when none did
  public record Progress(int ever, int since, Optional<Instant> began) {}

  /// How far a run is, and how much of that came after `moment`.
  public Progress progress(long run, Instant moment) {
    String sql =
        """
        SELECT count(*), coalesce(sum(changed > ?2), 0),
          (SELECT min(left_at) FROM call WHERE id IN (
            SELECT call FROM run_row WHERE run = ?1 AND call IS NOT NULL))
        FROM run_row
        WHERE run = ?1 AND attempts > 0 AND state NOT IN %s AND state <> 'NOT_TRIED'
        """
            .formatted(RunRows.OPEN);
    return database
        .read(s ->
            s.first(
                sql,
                row ->
                    new Progress((int) row.number(1), (int) row.number(2), row.optionalInstant(3)),
                run,
                moment))
        .orElseThrow();
  }

  /// How many codes got which outcome since then; of those without one, all.
  public Map<RowState, Integer> codesSince(ConnectionId connection, Instant since) {
    String sql =
        """
        SELECT r.state, count(*) FROM run_row r JOIN run ON run.number = r.run
        WHERE run.connection = ? AND r.target = 'CODE' AND (r.changed >= ? OR r.state IN %s)
        GROUP BY r.state
        """
            .formatted(RunRows.OPEN);
    Map<RowState, Integer> counts = new EnumMap<>(RowState.class);
    database.read(s -> {
      s.each(
          sql,
          row -> counts.put(RowState.valueOf(row.text(1)), (int) row.number(2)),
          connection,
          since);
      return true;
    });
    return counts;
  }

  /// The codes of a run, and of all others that carry the same ticket.
  public List<RunRow> codesOfTicket(long run) {
    String where =
        """
        r.target = 'CODE' AND (r.run = ?1 OR EXISTS (
          SELECT 1 FROM run this WHERE this.number = ?1 AND trim(this.ticket) <> ''
            AND this.ticket = run.ticket AND this.connection = run.connection))
        ORDER BY r.run, r.position
        """;
    return database.read(s -> RunRows.query(s, where, run));
  }

  /// The sealed code of a row; empty when there is none, or it was wiped.
  public Optional<ConfirmationCode> code(long row) {
    return vault.open(RunRows.codeName(row)).map(ConfirmationCode::asGiven);
  }

  /// How many sealed codes the rows of a run have.
  public int codesOf(long run) {
    return (int)
        (long)
            database.read(s ->
                s.number(
                    "SELECT count(*) FROM run_row r JOIN secret ON secret.name = 'row/' || r.id ||"
                        + " '/code' WHERE r.run = ?",
                    run));
  }

  /// Wipes the codes of a whole run.
  public void forgetCodes(long run) {
    database.change(s ->
        s.update(
            """
            DELETE FROM secret WHERE name IN (
              SELECT 'row/' || id || '/code' FROM run_row WHERE run = ?
              UNION SELECT 'call/' || call || '/answer' FROM run_row WHERE run = ?)
            """,
            run,
            run));
  }

  public void wipeCode(long row) {
    vault.forget(RunRows.codeName(row));
  }
}
