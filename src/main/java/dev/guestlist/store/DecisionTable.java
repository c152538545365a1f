package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Decision;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunDecision;
import dev.guestlist.model.RunRow;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether runs go on, ask or end, and what somebody decided about their rows. Every method is one
/// committed transaction.
public final class DecisionTable {
  private final Database database;
  private final RunTable runs;
  private final CallTable calls;
  private final InstantSource clock;

  DecisionTable(Database database, RunTable runs, CallTable calls, InstantSource clock) {
    this.database = database;
    this.runs = runs;
    this.calls = calls;
    this.clock = clock;
  }

  /// A run that was stopped stays stopped.
  public void setPhase(long run, Run.Phase phase, String why) {
    if (phase == Run.Phase.STOPPED) {
      stop(run, clock.instant());
    }
    database.change(s ->
        s.update(
            """
            UPDATE run SET phase = ?2, why = ?3
            WHERE number = ?1 AND (phase <> 'STOPPED' OR ?2 = 'STOPPED')
            """,
            run,
            phase,
            why));
  }

  /// Pauses an ACTIVE run: no row leaves until its phase is ACTIVE again. Rows on their way stay.
  ///
  /// @return whether it was ACTIVE
  public boolean pause(long run) {
    return database.write(s ->
        s.number("SELECT count(*) FROM run WHERE number = ? AND phase = 'ACTIVE'", run) > 0
            && s.update("UPDATE run SET phase = 'PAUSED', why = '' WHERE number = ?", run) > 0);
  }

  /// Lets a run go on that asked, was held or paused, and writes that down. One that has to be
  /// compared with what is there asks after that, and only then leaves.
  ///
  /// @param account who says so
  public void goOn(long run, String account, Instant now) {
    database.change(s -> {
      Optional<Run> before = RunRows.runs(s, "number = ?", run).stream().findFirst();
      Optional<RunDecision> decision =
          before.flatMap(one ->
              switch (one.phase()) {
                case ASKS -> Optional.of(RunDecision.SEND);
                case HELD -> Optional.of(RunDecision.TRY_AGAIN);
                case PAUSED -> Optional.of(RunDecision.GO_ON);
                case ACTIVE, STOPPED -> Optional.empty();
              });
      if (decision.isPresent()) {
        s.update(
            """
            UPDATE run SET why = '',
              phase = iif(compare = 1 AND phase <> 'ASKS', 'ASKS', 'ACTIVE'),
              compare = iif(phase = 'ASKS', 0, compare)
            WHERE number = ?
            """,
            run);
        ActivityTable.decided(s, run, decision.get(), "", account, now);
      }
    });
  }

  /// Lets codes that would leave by themselves ask first, or leave by themselves again.
  ///
  /// @param why kept with a run that asks
  /// @return whether that changed anything
  public boolean askFirst(long run, boolean asks, String why, String account, Instant now) {
    return database.write(s -> {
      boolean changed =
          s.update(
                  """
                  UPDATE run SET phase = ?2, why = ?3
                  WHERE number = ?1 AND wish = 'ACCEPT' AND phase = ?4
                  """,
                  run,
                  asks ? Run.Phase.ASKS : Run.Phase.ACTIVE,
                  asks ? why : "",
                  asks ? Run.Phase.ACTIVE : Run.Phase.ASKS)
              > 0;
      if (changed) {
        RunDecision decision = asks ? RunDecision.ASK_FIRST : RunDecision.BY_ITSELF;
        ActivityTable.decided(s, run, decision, "", account, now);
      }
      return changed;
    });
  }

  /// Lets a run ask because of the account that posted it, unless it was handed over meanwhile.
  public void ask(long run, String account, String why) {
    database.change(s ->
        s.update(
            """
            UPDATE run SET phase = 'ASKS', why = ?3, compare = iif(wish = 'ACCEPT', 0, 1)
            WHERE number = ?1 AND account = ?2 AND phase <> 'STOPPED'
            """,
            run,
            account,
            why));
  }

  /// Holds all ACTIVE runs that want the same kind of thing in the same organization as this run
  /// and have something to send: what the server refused to one of them as a whole, it refuses to
  /// all.
  public void holdAlike(long run, String why) {
    database.change(s ->
        s.update(
            """
            UPDATE run SET phase = 'HELD', why = ?2
            WHERE phase = 'ACTIVE' AND number <> ?1
              AND EXISTS (
                SELECT 1 FROM run this WHERE this.number = ?1
                  AND this.connection = run.connection
                  AND this.organization IS run.organization
                  AND replace(replace(this.wish, '_BY_MAIL', ''), '_WITH_CODES', '')
                    = replace(replace(run.wish, '_BY_MAIL', ''), '_WITH_CODES', ''))
              AND EXISTS (SELECT 1 FROM run_row WHERE run = number AND state = 'READY')
            """,
            run,
            why));
  }

  /// The run belongs to another account from now on. Codes go on, for each is looked up before it
  /// leaves; anything else is compared with what is there and asks. One that was stopped stays as
  /// it is.
  public void handOver(long run, String account, Instant now) {
    database.change(s -> {
      Optional<String> before =
          s.first(
              "SELECT account FROM run WHERE number = ? AND phase <> 'STOPPED'",
              row -> row.text(1),
              run);
      if (before.isPresent()) {
        s.update(
            """
            UPDATE run SET account = ?2, why = '', reviewed = NULL,
              phase = iif(wish = 'ACCEPT', 'ACTIVE', 'ASKS'), compare = iif(wish = 'ACCEPT', 0, 1)
            WHERE number = ?1
            """,
            run,
            account);
        ActivityTable.decided(s, run, RunDecision.SEND_AS_ME, before.get(), account, now);
      }
    });
  }

  /// Ends the grace of a run: takes its READY rows back as NOT_TRIED, if none has left yet. The run
  /// is STOPPED then.
  ///
  /// @return whether it was in time
  public boolean takeBack(long run, Instant now) {
    return database.write(s -> {
      long rows = s.number("SELECT count(*) FROM run_row WHERE run = ?", run);
      String untouched = "SELECT count(*) FROM run_row WHERE run = ? AND attempts = 0";
      boolean inTime = rows > 0 && s.number(untouched, run) == rows;
      if (inTime) {
        stop(s, run, Optional.empty(), now);
      }
      return inTime;
    });
  }

  /// READY rows become NOT_TRIED, those that ask too; those whose old invitation is gone already
  /// become NOT_INVITED_AGAIN. The run is STOPPED. Rows on their way stay.
  public void stop(long run, Instant now) {
    database.change(s -> stop(s, run, Optional.empty(), now));
  }

  /// The same, decided by somebody: the activity says who.
  ///
  /// @return what [#pickUp] needs; empty when nothing was dropped
  public Optional<Dropped> drop(long run, String account, Instant now) {
    return database.write(s -> {
      Optional<Run> before = RunRows.runs(s, "number = ?", run).stream().findFirst();
      List<Dropped.Waiting> rows =
          s.query(
              """
              SELECT id, state, reason, server_text FROM run_row
              WHERE run = ? AND state IN ('READY', 'NEEDS_DECISION')
              """,
              row ->
                  new Dropped.Waiting(
                      row.number(1),
                      RowState.valueOf(row.text(2)),
                      row.optionalText(3),
                      row.text(4)),
              run);
      if (before.isPresent() && before.get().phase() != Run.Phase.STOPPED) {
        ActivityTable.decided(
            s, run, RunDecision.DROP, Integer.toString(rows.size()), account, now);
      }
      stop(s, run, Optional.of(account), now);
      return before
          .filter(one -> !rows.isEmpty())
          .map(one -> new Dropped(run, one.phase(), one.why(), rows));
    });
  }

  /// What was dropped of a run, to be picked up again.
  public record Dropped(long run, Run.Phase phase, String why, List<Waiting> rows) {
    /// How a row stood before.
    record Waiting(long id, RowState state, Optional<String> reason, String serverText) {}

    public Dropped {
      rows = List.copyOf(rows);
    }
  }

  /// Takes a [#drop] back: what was dropped waits again, as it did. What would have left by itself
  /// asks, except codes.
  ///
  /// @return how many rows wait again; none when something was done about them since
  public int pickUp(Dropped dropped, String account, Instant now) {
    return database.write(s -> {
      int rows = 0;
      for (Dropped.Waiting row : dropped.rows()) {
        rows +=
            s.update(
                """
                UPDATE run_row SET state = ?, reason = ?, server_text = ?, changed = ?
                WHERE id = ? AND run = ? AND state IN
                  ('NOT_TRIED', 'NOT_INVITED_AGAIN', 'WAS_GONE', 'REFUSED')
                  AND EXISTS (SELECT 1 FROM run WHERE number = run AND phase = 'STOPPED')
                  AND NOT EXISTS (
                    SELECT 1 FROM run_row later WHERE later.listed = run_row.listed
                      AND later.id > run_row.id)
                """,
                row.state(),
                row.reason(),
                row.serverText(),
                now,
                row.id(),
                dropped.run());
      }
      if (rows > 0) {
        s.update(
            """
            UPDATE run SET why = ?3,
              phase = iif(wish <> 'ACCEPT' AND ?2 = 'ACTIVE', 'ASKS', ?2),
              compare = iif(wish <> 'ACCEPT' AND ?2 = 'ACTIVE', 1, compare)
            WHERE number = ?1
            """,
            dropped.run(),
            dropped.phase(),
            dropped.why());
        ActivityTable.decided(
            s, dropped.run(), RunDecision.PICK_UP, Integer.toString(rows), account, now);
      }
      return rows;
    });
  }

  /// @param by who decided that; empty when it is written in the name of whoever posted the run
  private void stop(Statements s, long run, Optional<String> by, Instant now) throws SQLException {
    List<Long> answered =
        s.query(
            "SELECT DISTINCT call FROM run_row WHERE run = ? AND state = 'NEEDS_DECISION'"
                + " AND call IS NOT NULL",
            row -> row.number(1),
            run);
    List<Long> dropped =
        s.query(
            """
            UPDATE run_row SET state = %s, changed = ?
            WHERE run = ? AND state IN ('READY', 'NEEDS_DECISION') RETURNING id
            """
                .formatted(RunRows.DROPPED),
            row -> row.number(1),
            now,
            run);
    for (long row : dropped) {
      ActivityTable.done(s, row, by);
    }
    for (long call : answered) {
      calls.wipeAnswer(s, call);
    }
    s.update("UPDATE run SET phase = 'STOPPED', why = '' WHERE number = ?", run);
  }

  /// Runs that ask before they leave, or only ask, and were not compared with the server's side
  /// since a moment, oldest first.
  public List<Run> toReview(ConnectionId connection, Instant since) {
    String where =
        """
        connection = ?1 AND phase = 'ASKS' AND organization IS NOT NULL
          AND (reviewed IS NULL OR reviewed < %d)
          AND EXISTS (
            SELECT 1 FROM run_row WHERE run = number AND state IN ('READY', 'NEEDS_DECISION'))
        """
            .formatted(Micros.of(since));
    return database.read(s -> RunRows.runs(s, where, connection)).reversed();
  }

  /// A row as it was judged, and what becomes of it.
  public record Judged(RunRow row, RowChange change) {}

  /// Writes down what a comparison with what is there now brought. Rows that changed meanwhile stay
  /// as they are. Whoever asked may let the run go then.
  ///
  /// @param why why the run asks, where the comparison says more than what was known; else empty
  public void reviewed(long run, Collection<Judged> rows, Optional<String> why, Instant now) {
    database.change(s -> {
      judged(s, rows, now);
      s.update(
          """
          UPDATE run SET reviewed = ?, compare = 0,
            why = coalesce(?, iif(why LIKE 'NOT_COMPARED%', '', why))
          WHERE number = ?
          """,
          now, why, run);
    });
  }

  /// Writes down that cards say something else by now. What nothing stands against any more asks
  /// before it leaves.
  ///
  /// @return whether anything was written
  public boolean judgedAnew(long run, Collection<Judged> rows, Instant now) {
    return database.write(s -> {
      int changed = judged(s, rows, now);
      if (rows.stream().anyMatch(one -> one.change().state() == RowState.READY)) {
        s.update(
            "UPDATE run SET phase = 'ASKS', why = '', reviewed = ?"
                + " WHERE number = ? AND phase = 'ACTIVE'",
            now,
            run);
      }
      return changed > 0;
    });
  }

  private int judged(Statements s, Collection<Judged> rows, Instant now) throws SQLException {
    int changed = 0;
    for (Judged one : rows) {
      Optional<RunRows.Standing> standing = RunRows.standing(s, one.change().row());
      if (standing.filter(it -> it.state() == one.row().state()).isPresent()) {
        calls.settle(s, one.change(), standing.get(), now);
        changed++;
      }
    }
    return changed;
  }

  /// Has a run compared with what is there now once more.
  public void forgetReview(long run) {
    database.change(
        s -> s.update("UPDATE run SET reviewed = NULL, compare = 1 WHERE number = ?", run));
  }

  /// Rows that wait for a decision, oldest first.
  public List<RunRow> undecided(ConnectionId connection) {
    String where = "run.connection = ? AND r.state = 'NEEDS_DECISION' ORDER BY r.run, r.position";
    return database.read(s -> RunRows.query(s, where, connection));
  }

  /// What somebody decided about rows.
  ///
  /// @param to to what, in words; blank where the decision says it all
  /// @param account who decides
  public record Ruling(Decision decision, String to, String account) {}

  /// A run in place of rows that were decided about.
  public interface Instead {
    /// No run: the rows themselves go on, or end.
    Instead NONE = rows -> Optional.empty();

    /// The run, if there is to be one.
    ///
    /// @param rows those that really waited
    Optional<RunTable.NewRun> of(Set<Long> rows);
  }

  /// What came of a decision.
  ///
  /// @param rows how many still waited, and were decided about
  /// @param instead the run in their place; empty when there is none
  public record Decided(int rows, Optional<Run> instead) {}

  /// Writes a decision down, with what becomes of the rows, and posts a run in their place if there
  /// is one. Rows about which somebody decided already stay as they are, and have no place in it.
  public Decided decide(
      Collection<RowChange> changes, Ruling ruling, Instead instead, Instant now) {
    return database.write(s -> {
      Set<Long> waited = new HashSet<>();
      for (RowChange change : changes) {
        Optional<RunRows.Standing> standing = RunRows.standing(s, change.row());
        if (standing.filter(one -> one.state() == RowState.NEEDS_DECISION).isPresent()) {
          waited.add(change.row());
          s.update("UPDATE run_row SET decided = ? WHERE id = ?", ruling.decision(), change.row());
          ActivityTable.decided(s, change.row(), ruling, now);
          calls.settle(s, change, standing.get(), now);
          Optional<Long> call = standing.get().call();
          if (call.isPresent()) {
            calls.wipeAnswer(s, call.get());
          }
        }
      }
      Optional<RunTable.NewRun> run = waited.isEmpty() ? Optional.empty() : instead.of(waited);
      return new Decided(
          waited.size(), run.isPresent() ? Optional.of(runs.post(s, run.get())) : Optional.empty());
    });
  }

  /// Writes down that the waiting codes of a run are accepted without being looked up.
  public void acceptWithoutLooking(long run, String account, Instant now) {
    database.change(s -> {
      List<Long> rows =
          s.query(
              """
              UPDATE run_row SET decided = ?, state = 'READY', reason = NULL, changed = ?
              WHERE run = ? AND target = 'CODE' AND (state = 'READY'
                OR (state = 'NEEDS_DECISION' AND reason = 'NOT_CHECKED'))
              RETURNING id
              """,
              row -> row.number(1),
              Decision.ACCEPT_WITHOUT_LOOKING,
              now,
              run);
      for (long row : rows) {
        ActivityTable.decided(
            s, row, new Ruling(Decision.ACCEPT_WITHOUT_LOOKING, "", account), now);
      }
    });
  }
}
