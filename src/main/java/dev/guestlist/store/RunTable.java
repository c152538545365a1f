package dev.guestlist.store;

import dev.guestlist.model.Basis;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Decision;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunDecision;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Wish;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// Runs, their rows and the calls that left for them. Every method is one committed transaction.
public final class RunTable {
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

  private void settle(Statements s, RowChange change, RunRows.Standing standing, Instant now)
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

  /// Rows that are READY again do not belong to their last call any more.
  private void wipeAnswer(Statements s, long call) throws SQLException {
    String open = "SELECT count(*) FROM run_row WHERE call = ? AND state IN " + RunRows.OPEN;
    if (s.number(open, call) == 0) {
      vault.forget(s, RunRows.answerName(call));
    }
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

  /// Pauses an ACTIVE run: no row leaves until its phase is ACTIVE again. Rows on their way stay.
  ///
  /// @return whether it was ACTIVE
  public boolean pause(long run) {
    return database.write(s ->
        s.number("SELECT count(*) FROM run WHERE number = ? AND phase = 'ACTIVE'", run) > 0
            && s.update("UPDATE run SET phase = 'PAUSED', why = '' WHERE number = ?", run) > 0);
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
    List<Long> calls =
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
    for (long call : calls) {
      wipeAnswer(s, call);
    }
    s.update("UPDATE run SET phase = 'STOPPED', why = '' WHERE number = ?", run);
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
        settle(s, one.change(), standing.get(), now);
        changed++;
      }
    }
    return changed;
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
    Optional<NewRun> of(Set<Long> rows);
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
          settle(s, change, standing.get(), now);
          Optional<Long> call = standing.get().call();
          if (call.isPresent()) {
            wipeAnswer(s, call.get());
          }
        }
      }
      Optional<NewRun> run = waited.isEmpty() ? Optional.empty() : instead.of(waited);
      return new Decided(
          waited.size(),
          run.isPresent() ? Optional.of(write(s, run.get(), Optional.empty())) : Optional.empty());
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

  /// Has a run compared with what is there now once more.
  public void forgetReview(long run) {
    database.change(
        s -> s.update("UPDATE run SET reviewed = NULL, compare = 1 WHERE number = ?", run));
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

  /// Rows that wait for a decision, oldest first.
  public List<RunRow> undecided(ConnectionId connection) {
    String where = "run.connection = ? AND r.state = 'NEEDS_DECISION' ORDER BY r.run, r.position";
    return database.read(s -> RunRows.query(s, where, connection));
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
