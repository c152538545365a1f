package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Decision;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Username;
import dev.guestlist.model.Wish;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How runs and rows lie in their tables.
final class RunRows {
  /// The states that are not settled, as SQL.
  static final String OPEN =
      Arrays.stream(RowState.values())
          .filter(state -> !state.settled())
          .map(state -> "'" + state.name() + "'")
          .collect(Collectors.joining(", ", "(", ")"));

  /// What becomes of a row that is not sent any more, as SQL: one whose old invitation is gone
  /// already says so, and one that was to be asked for once more stays not found.
  static final String DROPPED =
      """
      CASE WHEN step IS NOT 'INVITE' AND alone = 1 AND reason IS 'UNKNOWN_USER' THEN 'REFUSED'
        WHEN step IS NOT 'INVITE' THEN 'NOT_TRIED'
        WHEN reason IS 'INVITATION_GONE' THEN 'WAS_GONE' ELSE 'NOT_INVITED_AGAIN' END
      """;

  private static final String SELECT =
      """
      SELECT r.id, r.run, r.position, r.target, r.username, r.user_store, r.gifts, r.listed,
        r.last_four, r.leads_to, r.state, r.attempts, r.not_before, r.reason, r.server_text,
        r.invitation, r.changed, r.step, r.basis, r.decided, r.lost, r.alone
      FROM run_row r JOIN run ON run.number = r.run
      WHERE
      """;

  private RunRows() {}

  static String codeName(long row) {
    return "row/" + row + "/code";
  }

  static String answerName(long call) {
    return "call/" + call + "/answer";
  }

  /// Rows are called `r` in the rest of the query, and their runs `run`.
  static List<RunRow> query(Statements s, String where, Object... arguments) throws SQLException {
    return s.query(SELECT + where, RunRows::read, arguments);
  }

  /// Newest first, with their counts.
  static List<Run> runs(Statements s, String where, Object argument) throws SQLException {
    Map<Long, Map<RowState, Integer>> counts = new HashMap<>();
    s.each(
        """
        SELECT run, state, count(*) FROM run_row
        WHERE run IN (SELECT number FROM run WHERE %s) GROUP BY run, state
        """
            .formatted(where),
        row ->
            counts
                .computeIfAbsent(row.number(1), run -> new EnumMap<>(RowState.class))
                .put(RowState.valueOf(row.text(2)), (int) row.number(3)),
        argument);
    return s.query(
        """
        SELECT number, connection, organization, wish, account, ticket, posted, phase, why,
          reviewed, note, caller_confirmed
        FROM run WHERE %s ORDER BY number DESC
        """
            .formatted(where),
        row ->
            new Run(
                row.number(1),
                new ConnectionId(row.text(2)),
                row.optionalText(3).map(OrganizationId::new),
                wish(row.text(4)),
                row.text(5),
                new Ticket(row.text(6), row.text(11), row.flag(12)),
                row.instant(7),
                Run.Phase.valueOf(row.text(8)),
                row.text(9),
                row.optionalInstant(10),
                counts.getOrDefault(row.number(1), Map.of())),
        argument);
  }

  /// Answers the number of the run.
  static long insert(Statements s, RunTable.NewRun run, Instant now) throws SQLException {
    return s.number(
        """
        INSERT INTO run (connection, organization, wish, account, ticket, note, caller_confirmed,
          posted, phase, why, compare)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?) RETURNING number
        """,
        run.connection(),
        run.organization(),
        text(run.wish()),
        run.account(),
        run.ticket().number(),
        run.ticket().note(),
        run.ticket().callerConfirmed(),
        now,
        run.phase(),
        run.phase() == Run.Phase.ASKS && !(run.wish() instanceof Wish.Accept));
  }

  /// Answers the id of the row.
  static long insert(
      Statements s, long run, int position, RunTable.NewRow row, Instant notBefore, Instant now)
      throws SQLException {
    Columns columns = Columns.of(row.target());
    return s.number(
        """
        INSERT INTO run_row (run, position, target, username, user_store, gifts, listed, last_four,
          leads_to, step, basis, decided, state, attempts, not_before, grace_over, server_text,
          changed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'READY', 0, ?, ?, '', ?) RETURNING id
        """,
        run,
        position,
        columns.target,
        columns.username,
        columns.userStore,
        columns.gifts,
        columns.listed,
        columns.lastFour,
        columns.leadsTo,
        columns.step,
        row.basis().map(JsonText::basis),
        row.decided(),
        notBefore,
        !notBefore.isAfter(now),
        now);
  }

  /// Keeps what a code can be recognised by once it is wiped. It leaves the table in no answer.
  static void fingerprint(Statements s, long row, String fingerprint) throws SQLException {
    s.update("UPDATE run_row SET fingerprint = ? WHERE id = ?", fingerprint, row);
  }

  /// Where a row stands before a change.
  record Standing(RowState state, Optional<Long> call, Run.Phase phase) {}

  static Optional<Standing> standing(Statements s, long row) throws SQLException {
    return s.first(
        """
        SELECT r.state, r.call IS NOT NULL, r.call, run.phase
        FROM run_row r JOIN run ON run.number = r.run WHERE r.id = ?
        """,
        r ->
            new Standing(
                RowState.valueOf(r.text(1)),
                r.flag(2) ? Optional.of(r.number(3)) : Optional.empty(),
                Run.Phase.valueOf(r.text(4))),
        row);
  }

  /// Whether a change says that the old invitation of a replacement was deleted just now.
  static boolean endsFirstHalf(Statements s, RowChange change) throws SQLException {
    boolean invitesNext =
        change.state() == RowState.READY
            && change.target().filter(RunRows::invitesNext).isPresent();
    String before = "SELECT count(*) FROM run_row WHERE id = ? AND step = 'DELETE'";
    return invitesNext && s.number(before, change.row()) > 0;
  }

  private static boolean invitesNext(Target target) {
    return target instanceof Target.Again again && again.step() == Target.Again.Step.INVITE;
  }

  /// Writes what became of a row that is not settled; in a stopped run it is neither sent nor asked
  /// about any more. A row that is READY again lets go of its call; one that goes alone then keeps
  /// why. A new moment before which it must not leave is a grace after a decision, and a mere pause
  /// otherwise.
  static void update(Statements s, RowChange change, Standing before, Instant now)
      throws SQLException {
    boolean ready = change.state() == RowState.READY;
    boolean asks = change.state() == RowState.NEEDS_DECISION;
    boolean dropped =
        change.state() == RowState.NOT_TRIED
            || ((ready || asks) && before.phase() == Run.Phase.STOPPED);
    boolean decided = ready && before.state() == RowState.NEEDS_DECISION;
    if (change.target().isPresent()) {
      update(s, change.row(), change.target().get());
    }
    if (change.back().isPresent()) {
      update(s, change, change.back().get());
    }
    s.update(
        """
        UPDATE run_row SET state = iif(?, %s, ?),
          reason = coalesce(?, iif(? AND alone = 1, reason, NULL)),
          server_text = iif(? AND alone = 1, server_text, ?), changed = ?,
          invitation = coalesce(?, invitation), not_before = coalesce(?, not_before),
          call = iif(?, NULL, call), grace_over = iif(?, ?, grace_over)
        WHERE id = ?
        """
            .formatted(DROPPED),
        dropped,
        change.state(),
        change.reason(),
        ready,
        ready && change.reason().isEmpty(),
        change.serverText(),
        now,
        change.invitation(),
        change.notBefore(),
        ready,
        decided,
        change.notBefore().map(moment -> !moment.isAfter(now)).orElse(true),
        change.row());
  }

  /// Remembers why a row goes back to the queue, also where its run was stopped meanwhile.
  private static void update(Statements s, RowChange change, RowChange.Back back)
      throws SQLException {
    switch (back) {
      case LOST -> s.update("UPDATE run_row SET lost = lost + 1 WHERE id = ?", change.row());
      case ALONE ->
          s.update(
              "UPDATE run_row SET alone = 1, reason = ? WHERE id = ?",
              change.reason(),
              change.row());
    }
  }

  /// Of somebody else nothing was asked yet: what is known of calls about the former person goes.
  private static void update(Statements s, long row, Target target) throws SQLException {
    Columns columns = Columns.of(target);
    s.update(
        """
        UPDATE run_row SET
          alone = iif(username IS ?2 AND user_store IS ?3, alone, 0),
          lost = iif(username IS ?2 AND user_store IS ?3, lost, 0),
          target = ?1, username = ?2, user_store = ?3, gifts = ?4, listed = ?5,
          last_four = ?6, leads_to = ?7, step = ?8
        WHERE id = ?9
        """,
        columns.target,
        columns.username,
        columns.userStore,
        columns.gifts,
        columns.listed,
        columns.lastFour,
        columns.leadsTo,
        columns.step,
        row);
  }

  /// A target, laid out in columns.
  private record Columns(
      String target,
      Optional<String> username,
      Optional<String> userStore,
      Optional<String> gifts,
      Optional<InvitationId> listed,
      Optional<String> lastFour,
      Optional<OrganizationId> leadsTo,
      Optional<Target.Again.Step> step) {

    static Columns of(Target target) {
      return switch (target) {
        case Target.Person(Username name, var roles, var groups) ->
            new Columns(
                "PERSON",
                Optional.of(name.name()),
                name.userStore(),
                Optional.of(JsonText.gifts(roles, groups)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        case Target.Listed(InvitationId invitation, String username) ->
            new Columns(
                "LISTED",
                Optional.of(username),
                Optional.empty(),
                Optional.empty(),
                Optional.of(invitation),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        case Target.Again(InvitationId replaces, Target.Person person, var step) ->
            new Columns(
                "AGAIN",
                Optional.of(person.username().name()),
                person.username().userStore(),
                Optional.of(JsonText.gifts(person.roles(), person.groups())),
                Optional.of(replaces),
                Optional.empty(),
                Optional.empty(),
                Optional.of(step));
        case Target.Code(String lastFour, var username, var leadsTo) ->
            new Columns(
                "CODE",
                username,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(lastFour),
                leadsTo,
                Optional.empty());
      };
    }
  }

  /// Reads everything for the sake of it.
  ///
  /// @throws StoreException when something cannot be understood
  static void understand(Statements s) throws SQLException {
    query(s, "r.id > 0");
    runs(s, "number > ?", 0L);
  }

  /// Takes out what [#understand] stumbles over.
  static void dropNotUnderstood(Statements s) throws SQLException {
    for (long id : s.query("SELECT id FROM run_row", row -> row.number(1))) {
      try {
        query(s, "r.id = ?", id);
      } catch (StoreException e) {
        s.update("DELETE FROM run_row WHERE id = ?", id);
      }
    }
  }

  private static RunRow read(Row row) throws SQLException {
    String username = row.optionalText(5).orElse("");
    return new RunRow(
        row.number(1),
        row.number(2),
        (int) row.number(3),
        target(row),
        RowState.valueOf(row.text(11)),
        (int) row.number(12),
        row.instant(13),
        row.optionalText(14).map(RunRows::reason),
        row.text(15),
        row.optionalText(16).map(InvitationId::new),
        row.optionalText(19).map(text -> JsonText.basis(text, username)),
        row.optionalText(20).flatMap(RunRows::decision),
        row.instant(17),
        (int) row.number(21),
        row.flag(22));
  }

  private static Optional<Decision> decision(String name) {
    return Arrays.stream(Decision.values()).filter(one -> one.name().equals(name)).findFirst();
  }

  private static Reason reason(String name) {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.name().equals(name))
        .findFirst()
        .orElse(Reason.OTHER);
  }

  private static Target target(Row row) throws SQLException {
    String kind = row.text(4);
    return switch (kind) {
      case "PERSON" -> person(row);
      case "LISTED" -> new Target.Listed(new InvitationId(row.text(8)), row.text(5));
      case "CODE" ->
          new Target.Code(
              row.text(9), row.optionalText(5), row.optionalText(10).map(OrganizationId::new));
      case "AGAIN" ->
          new Target.Again(
              new InvitationId(row.text(8)), person(row), Target.Again.Step.valueOf(row.text(18)));
      default -> throw new IllegalStateException("No target is called " + kind + ".");
    };
  }

  private static Target.Person person(Row row) throws SQLException {
    JsonText.Gifts gifts = JsonText.gifts(row.text(7));
    Username name = new Username(row.text(5), row.optionalText(6));
    return new Target.Person(name, gifts.roles(), gifts.groups());
  }

  static String text(Wish wish) {
    return switch (wish) {
      case Wish.Invite(boolean serverMails) -> serverMails ? "INVITE_BY_MAIL" : "INVITE_WITH_CODES";
      case Wish.InviteAgain(boolean serverMails) ->
          serverMails ? "INVITE_AGAIN_BY_MAIL" : "INVITE_AGAIN_WITH_CODES";
      case Wish.Delete() -> "DELETE";
      case Wish.Accept() -> "ACCEPT";
    };
  }

  static Wish wish(String text) {
    return switch (text) {
      case "INVITE_BY_MAIL" -> new Wish.Invite(true);
      case "INVITE_WITH_CODES" -> new Wish.Invite(false);
      case "INVITE_AGAIN_BY_MAIL" -> new Wish.InviteAgain(true);
      case "INVITE_AGAIN_WITH_CODES" -> new Wish.InviteAgain(false);
      case "DELETE" -> new Wish.Delete();
      case "ACCEPT" -> new Wish.Accept();
      default -> throw new IllegalStateException("No wish is called " + text + ".");
    };
  }
}
