package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Decision;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.RunRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// What may leave and in which order, the calls that left, and what became of their rows: what
/// whoever sends needs. Every method is one committed transaction.
public final class CallTable {
  /// Earlier rows about the same person in the same organization that are not settled, as SQL after
  /// a SELECT. A code waits for none that has not left, and a question about a code holds nobody
  /// up: the code stays with whoever decides, and the person may be invited again, or have got a
  /// new one.
  private static final String EARLIER = earlier("r", "run");

  /// The same about a row of any name. Only smaller ids hold, so that no two rows wait for each
  /// other.
  private static String earlier(String row, String run) {
    return """
    FROM run_row open JOIN run earlier ON earlier.number = open.run
      WHERE open.state IN ('READY', 'SENDING', 'UNKNOWN', 'NEEDS_DECISION')
        AND open.id < $row.id
        AND NOT (open.state = 'READY' AND $row.target = 'CODE')
        AND NOT (open.state = 'NEEDS_DECISION' AND open.target = 'CODE')
        AND open.username = $row.username COLLATE NOCASE
        AND earlier.connection = $run.connection
        AND coalesce(earlier.organization, open.leads_to)
          = coalesce($run.organization, $row.leads_to)
    """
        .replace("$row", row)
        .replace("$run", run);
  }

  /// What may leave at a moment, as SQL; its arguments are the moment and a decision or nothing. A
  /// row that goes alone does not wait for one that is held itself, which may wait for it.
  private static final String DUE =
      """
      r.state = 'READY' AND run.phase = 'ACTIVE' AND r.not_before <= ?
        AND r.decided IS coalesce(?, r.decided)
        AND (r.alone = 0 OR NOT EXISTS (
          SELECT 1 FROM run_row other WHERE other.run = r.run AND other.alone = 0
            AND (other.state IN ('SENDING', 'UNKNOWN')
              OR (other.state = 'READY' AND NOT EXISTS (SELECT 1 %s)))))
        AND NOT EXISTS (SELECT 1 %s)
      """
          .formatted(earlier("other", "run"), EARLIER);

  private final Database database;
  private final Vault vault;

  CallTable(Database database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  /// Runs with rows that may leave at `now`, in the order of posting. Rows that go alone may once
  /// nothing else of their run is to be sent or looked up, and those about somebody in an
  /// organization once everything older about the same person there is settled; a code waits for no
  /// other that has not left, and nothing waits for a decision about a code. Whoever asks sees that
  /// their grace is over, and so that is written down for [#recover].
  ///
  /// @param decided only rows about which that was decided; empty for all
  public List<Long> dueRuns(ConnectionId connection, Instant now, Optional<Decision> decided) {
    String where = "run.connection = ? AND " + DUE;
    String news =
        "SELECT count(*) FROM run_row r JOIN run ON run.number = r.run WHERE grace_over = 0 AND ";
    if (database.read(s -> s.number(news + where, connection, now, decided)) > 0) {
      database.change(s ->
          s.update(
              """
              UPDATE run_row SET grace_over = 1 WHERE id IN (
                SELECT r.id FROM run_row r JOIN run ON run.number = r.run WHERE %s)
              """
                  .formatted(where),
              connection,
              now,
              decided));
    }
    return database.read(s ->
        s.query(
            "SELECT DISTINCT r.run FROM run_row r JOIN run ON run.number = r.run WHERE "
                + where
                + " ORDER BY r.run",
            row -> row.number(1),
            connection,
            now,
            decided));
  }

  /// The first rows of a run that may leave at `now`, in the order of posting.
  ///
  /// @param decided only rows about which that was decided; empty for all
  /// @param most at most so many
  public List<RunRow> due(long run, Instant now, Optional<Decision> decided, int most) {
    return database.read(s ->
        RunRows.query(
            s, "r.run = ? AND " + DUE + " ORDER BY r.position LIMIT ?", run, now, decided, most));
  }

  /// The earlier run that has to be settled first, because all that is left of this one is about
  /// people of it; empty when something of this one may leave, and when nothing is left.
  public OptionalLong waitsFor(long run) {
    String sql =
        """
        SELECT CASE WHEN count(*) = count(first) THEN coalesce(min(first), 0) ELSE 0 END FROM (
          SELECT (SELECT min(open.run) %s) AS first
          FROM run_row r JOIN run ON run.number = r.run WHERE r.run = ? AND r.state = 'READY')
        """
            .formatted(EARLIER);
    long first = database.read(s -> s.number(sql, run));
    return first == 0 || first == run ? OptionalLong.empty() : OptionalLong.of(first);
  }

  /// The first code of a run that may leave at `now` and that nobody has looked up or decided
  /// about.
  public Optional<RunRow> unseen(long run, Instant now) {
    return database
        .read(s ->
            RunRows.query(
                s,
                "r.run = ? AND "
                    + DUE
                    + " AND r.leads_to IS NULL AND r.basis IS NULL"
                    + " AND (r.decided IS NULL OR r.decided = 'TRY_AGAIN')"
                    + " ORDER BY r.position LIMIT 1",
                run,
                now,
                Optional.empty()))
        .stream()
        .findFirst();
  }

  /// The next moment after `now` when a READY row of an ACTIVE run may leave; empty when there is
  /// none.
  public Optional<Instant> nextDue(ConnectionId connection, Instant now) {
    String sql =
        """
        SELECT r.not_before FROM run_row r JOIN run ON run.number = r.run
        WHERE run.connection = ? AND r.state = 'READY' AND run.phase = 'ACTIVE'
          AND r.not_before > ?
        ORDER BY r.not_before LIMIT 1
        """;
    return database.read(s -> s.first(sql, row -> row.instant(1), connection, now));
  }

  /// A call that was about to leave, and what is known of it.
  ///
  /// @param before invitations of the same people that were listed before the call left; empty
  ///   optional when the list was not known then
  /// @param answer the answer as it came, where one was kept
  /// @param locked whether an answer was kept that cannot be opened now
  public record Call(
      long id,
      List<RunRow> rows,
      Instant left,
      Optional<Set<InvitationId>> before,
      Optional<String> answer,
      boolean locked) {}

  /// Marks rows as on their way, counts an attempt, and commits: only then may the call leave.
  ///
  /// @param account in whose name the call leaves
  /// @return the id of the call
  /// @throws IllegalStateException when one of the rows is not READY in an ACTIVE run of that
  ///   account or of nobody (any more)
  public long sending(
      List<Long> rows, Optional<Set<InvitationId>> before, String account, Instant now) {
    return sending(rows, before, Optional.of(account), now);
  }

  /// The same for a call that leaves in nobody's name.
  public long sending(List<Long> rows, Optional<Set<InvitationId>> before, Instant now) {
    return sending(rows, before, Optional.empty(), now);
  }

  private long sending(
      List<Long> rows, Optional<Set<InvitationId>> before, Optional<String> account, Instant now) {
    Set<Long> all = Set.copyOf(rows);
    String ids = JsonText.list(all);
    return database.write(s -> {
      long ready =
          s.number(
              """
              SELECT count(*) FROM run_row r JOIN run ON run.number = r.run
              WHERE r.id IN (SELECT value FROM json_each(?))
                AND r.state = 'READY' AND run.phase = 'ACTIVE'
                AND run.account IN ('', coalesce(?, run.account))
              """,
              ids,
              account);
      if (all.isEmpty() || ready != all.size()) {
        throw new IllegalStateException("Only ready rows of active runs can leave.");
      }
      long call =
          s.number(
              "INSERT INTO call (left_at, listed_before) VALUES (?, ?) RETURNING id",
              now,
              before.map(JsonText::list));
      s.update(
          """
          UPDATE run_row
          SET state = 'SENDING', attempts = attempts + 1, call = ?, changed = ?, grace_over = 1
          WHERE id IN (SELECT value FROM json_each(?))
          """,
          call,
          now,
          ids);
      return call;
    });
  }

  /// Seals an answer as it came and commits, before anybody parses it.
  public void keepAnswer(long call, String answer) {
    vault.seal(RunRows.answerName(call), answer);
  }

  /// Calls with a row that is SENDING or UNKNOWN, oldest first; with all rows that left with the
  /// call and are not READY again, settled ones too.
  public List<Call> openCalls(ConnectionId connection) {
    record Sealed(Call call, Optional<byte[]> answer) {}

    String sql =
        """
        SELECT id, left_at, listed_before FROM call WHERE id IN (
          SELECT r.call FROM run_row r JOIN run ON run.number = r.run
          WHERE run.connection = ? AND r.state IN ('SENDING', 'UNKNOWN'))
        ORDER BY id
        """;
    List<Sealed> found =
        database.read(s ->
            s.query(
                sql,
                row -> {
                  long id = row.number(1);
                  List<RunRow> rows = RunRows.query(s, "r.call = ? ORDER BY r.run, r.position", id);
                  Call call =
                      new Call(id, rows, row.instant(2), before(row), Optional.empty(), false);
                  return new Sealed(call, vault.sealed(s, RunRows.answerName(id)));
                },
                connection));
    return found.stream()
        .map(f -> f.answer().map(a -> opened(f.call(), a)).orElse(f.call()))
        .toList();
  }

  private Call opened(Call call, byte[] sealed) {
    String name = RunRows.answerName(call.id());
    try {
      // sealed anew between reading it and getting the key: then it is read again
      Optional<String> answer = vault.open(name, sealed).or(() -> vault.open(name));
      return new Call(call.id(), call.rows(), call.left(), call.before(), answer, false);
    } catch (LockedException e) {
      return new Call(call.id(), call.rows(), call.left(), call.before(), Optional.empty(), true);
    }
  }

  private static Optional<Set<InvitationId>> before(Row call) throws SQLException {
    return call.optionalText(3)
        .map(ids -> JsonText.strings(ids).stream().map(InvitationId::new))
        .map(ids -> ids.collect(Collectors.toUnmodifiableSet()));
  }

  /// Writes what became of rows. Settled rows are never changed again. When all rows of a call are
  /// settled or READY, its kept answer is wiped. Codes of JOINED and ALREADY_MEMBER rows are wiped.
  /// In a run that was stopped meanwhile, a row that would be READY again becomes NOT_TRIED.
  ///
  /// @throws IllegalArgumentException when there is no such row, or when a change says SENDING
  public void settle(Collection<RowChange> changes, Instant now) {
    boolean ignored =
        changes.stream().anyMatch(change -> change.code().isPresent())
            ? vault.sealing(() -> write(changes, now))
            : write(changes, now);
  }

  private boolean write(Collection<RowChange> changes, Instant now) {
    return database.write(s -> {
      Set<Long> calls = new HashSet<>();
      for (RowChange change : changes) {
        Optional<RunRows.Standing> standing = RunRows.standing(s, change.row());
        if (standing.isEmpty() || change.state() == RowState.SENDING) {
          throw new IllegalArgumentException("A row cannot be settled like that.");
        }
        if (!standing.get().state().settled()) {
          settle(s, change, standing.get(), now);
          standing.get().call().ifPresent(calls::add);
        }
      }
      for (long call : calls) {
        wipeAnswer(s, call);
      }
      return true;
    });
  }

  /// Writes what became of one row that is not settled, inside a transaction.
  void settle(Statements s, RowChange change, RunRows.Standing standing, Instant now)
      throws SQLException {
    boolean firstHalf = RunRows.endsFirstHalf(s, change);
    RunRows.update(s, change, standing, now);
    if (firstHalf) {
      s.update("UPDATE run_row SET lost = 0 WHERE id = ?", change.row());
      ActivityTable.firstHalfDone(s, change.row());
    }
    ActivityTable.done(s, change.row(), Optional.empty());
    String code = RunRows.codeName(change.row());
    if (change.state() == RowState.JOINED || change.state() == RowState.ALREADY_MEMBER) {
      vault.forget(s, code);
    } else if (change.code().isPresent()) {
      vault.seal(s, code, change.code().get().reveal());
    }
  }

  /// Wipes the kept answer of a call of which nothing is open any more, inside a transaction. Rows
  /// that are READY again do not belong to their last call any more.
  void wipeAnswer(Statements s, long call) throws SQLException {
    String open = "SELECT count(*) FROM run_row WHERE call = ? AND state IN " + RunRows.OPEN;
    if (s.number(open, call) == 0) {
      vault.forget(s, RunRows.answerName(call));
    }
  }

  /// Gives up finding out what became of rows that were looked up in vain: UNKNOWN becomes
  /// CANNOT_TELL.
  public void stopLooking(long run, Instant now) {
    boolean ignored =
        database.write(s -> {
          List<RunRow> lost = RunRows.query(s, "r.run = ? AND r.state = 'UNKNOWN'", run);
          for (RunRow row : lost) {
            RunRows.Standing standing = RunRows.standing(s, row.id()).orElseThrow();
            settle(s, RowChange.to(row.id(), RowState.CANNOT_TELL), standing, now);
            if (standing.call().isPresent()) {
              wipeAnswer(s, standing.call().get());
            }
          }
          return true;
        });
  }

  /// How many rows of a run are looked up since before a moment.
  public int lookedUpSince(long run, Instant before) {
    String sql = "SELECT count(*) FROM run_row WHERE run = ? AND state = 'UNKNOWN' AND changed < ?";
    return (int) (long) database.read(s -> s.number(sql, run, before));
  }

  /// Called by the program that sends, before it sends: SENDING rows that a former program left
  /// become UNKNOWN; ACTIVE runs with READY rows become ASKS, except accept runs whose rows were
  /// due already; a grace that was running when the program died asks too. What was paused or held
  /// stays that, and is compared before it goes on.
  ///
  /// Rows were due already when they were posted without a grace, or when [#due] gave them out.
  public void recover(Instant now) {
    database.change(s -> {
      s.update("UPDATE run_row SET state = 'UNKNOWN', changed = ? WHERE state = 'SENDING'", now);
      s.update(
          """
          UPDATE run SET compare = 1, reviewed = NULL
          WHERE wish <> 'ACCEPT' AND phase IN ('ACTIVE', 'HELD', 'PAUSED') AND number IN (
            SELECT run FROM run_row WHERE state = 'READY')
          """);
      s.update(
          """
          UPDATE run SET phase = 'ASKS', why = 'LEFT_OVER'
          WHERE phase = 'ACTIVE' AND number IN (
            SELECT run FROM run_row
            WHERE state = 'READY' AND (grace_over = 0 OR run.wish <> 'ACCEPT'))
          """);
    });
  }
}
