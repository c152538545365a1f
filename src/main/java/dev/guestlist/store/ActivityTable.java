package dev.guestlist.store;

import dev.guestlist.model.Activity;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunDecision;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// What was done from this computer, line by line. What becomes of runs is written by the same
/// transactions that write the runs; nothing is ever taken out, and nothing changed but that a line
/// may forget whom it was about.
public final class ActivityTable {
  private static final int AT_ONCE = 1_000;

  private static final String INSERT =
      """
      INSERT INTO activity (at, connection, organization, kind, account, person, wish, outcome,
        reason, detail, run, ticket, note, caller_confirmed, folded)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String SELECT =
      """
      SELECT id, at, connection, organization, kind, account, person, wish, outcome, reason, detail,
        run, ticket, note, caller_confirmed
      FROM activity WHERE id < ?
      """;

  private final Database database;

  ActivityTable(Database database) {
    this.database = database;
  }

  /// Something that is not about a run.
  ///
  /// @param detail no secrets
  public void add(
      Instant at,
      ConnectionId connection,
      Optional<OrganizationId> organization,
      Activity.Kind kind,
      String account,
      String detail) {
    database.change(s ->
        add(
            s,
            new Activity(
                0,
                at,
                connection,
                organization,
                kind,
                account,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                detail,
                Optional.empty(),
                Ticket.NONE)));
  }

  /// Newest first.
  ///
  /// @param before only lines with a smaller id, for going on where another call ended;
  ///   `Long.MAX_VALUE` to begin with the newest
  public List<Activity> find(Activity.Filter filter, long before, int limit) {
    Where where = new Where(filter);
    String sql = SELECT + where.and + " ORDER BY id DESC LIMIT ?";
    return database.read(s -> s.query(sql, ActivityTable::read, where.with(before, limit)));
  }

  /// Everything about a person in an organization, without regard to case, newest first.
  public List<Activity> about(ConnectionId connection, OrganizationId organization, String person) {
    String sql =
        SELECT
            + """
             AND connection = ? AND organization = ? AND person <> ''
              AND instr(folded, ? || char(10)) = 1
            ORDER BY id DESC
            """;
    return database.read(s ->
        s.query(
            sql,
            ActivityTable::read,
            Long.MAX_VALUE,
            connection,
            organization,
            person.toLowerCase(Locale.ROOT)));
  }

  /// How many lines there are.
  public int count(Activity.Filter filter) {
    Where where = new Where(filter);
    String sql = "SELECT count(*) FROM activity WHERE id < ?" + where.and;
    return (int) (long) database.read(s -> s.number(sql, where.with(Long.MAX_VALUE)));
  }

  /// Shows every line, newest first, however many there are.
  public void each(Activity.Filter filter, Consumer<Activity> visitor) {
    long before = Long.MAX_VALUE;
    List<Activity> some;
    do {
      some = find(filter, before, AT_ONCE);
      some.forEach(visitor);
      before = some.isEmpty() ? 0 : some.getLast().id();
    } while (some.size() == AT_ONCE);
  }

  /// The organizations that some line of a connection is about.
  public List<OrganizationId> organizations(ConnectionId connection) {
    String sql =
        """
        SELECT DISTINCT organization FROM activity
        WHERE connection = ? AND organization IS NOT NULL
        """;
    return database.read(s -> s.query(sql, row -> new OrganizationId(row.text(1)), connection));
  }

  /// In the transaction that writes a run down.
  static void posted(Statements s, long number) throws SQLException {
    Run run = RunRows.runs(s, "number = ?", number).getFirst();
    add(
        s,
        new Activity(
            0,
            run.posted(),
            run.connection(),
            run.organization(),
            Activity.Kind.RUN_POSTED,
            run.account(),
            "",
            Optional.of(run.wish()),
            Optional.empty(),
            Optional.empty(),
            Integer.toString(run.size()),
            Optional.of(number),
            run.ticket()));
  }

  /// In the transaction that changes a row of a run; a row without an outcome says nothing yet.
  ///
  /// @param by who ended it; empty when it is the doing of whoever posted the run
  static void done(Statements s, long id, Optional<String> by) throws SQLException {
    RunRow row = RunRows.query(s, "r.id = ?", id).getFirst();
    if (row.state().settled()) {
      Activity line = about(s, row);
      add(s, by.isPresent() ? line.by(by.get()) : line);
    }
  }

  /// In the transaction that writes down that the old invitation of a replacement is deleted: the
  /// new one may come later, or never.
  static void firstHalfDone(Statements s, long id) throws SQLException {
    Activity row = about(s, RunRows.query(s, "r.id = ?", id).getFirst());
    add(
        s,
        new Activity(
            0,
            row.at(),
            row.connection(),
            row.organization(),
            Activity.Kind.ROW_DONE,
            row.account(),
            row.person(),
            row.wish(),
            Optional.of(RowState.DELETED),
            Optional.empty(),
            "",
            row.run(),
            row.ticket()));
  }

  /// In the transaction that writes down what somebody decided about a row.
  static void decided(Statements s, long id, DecisionTable.Ruling ruling, Instant at)
      throws SQLException {
    RunRow row = RunRows.query(s, "r.id = ?", id).getFirst();
    Activity line = about(s, row);
    add(
        s,
        new Activity(
            0,
            at,
            line.connection(),
            line.organization(),
            Activity.Kind.DECIDED,
            ruling.account(),
            line.person(),
            line.wish(),
            Optional.empty(),
            line.reason(),
            (ruling.decision() + " " + ruling.to()).strip(),
            line.run(),
            line.ticket()));
  }

  /// In the transaction that writes down what somebody decided about a whole run.
  ///
  /// @param about whose it was, or how many rows; blank where there is nothing to add
  static void decided(
      Statements s, long number, RunDecision decision, String about, String account, Instant at)
      throws SQLException {
    Run run = RunRows.runs(s, "number = ?", number).getFirst();
    add(
        s,
        new Activity(
            0,
            at,
            run.connection(),
            run.organization(),
            Activity.Kind.DECIDED,
            account,
            "",
            Optional.of(run.wish()),
            Optional.empty(),
            Optional.empty(),
            ("RUN " + decision + " " + about).strip(),
            Optional.of(number),
            run.ticket()));
  }

  private static Activity about(Statements s, RunRow row) throws SQLException {
    Optional<OrganizationId> leadsTo =
        row.target() instanceof Target.Code code ? code.organization() : Optional.empty();
    return s.first(
            """
            SELECT connection, organization, wish, account, ticket, note, caller_confirmed
            FROM run WHERE number = ?
            """,
            run ->
                new Activity(
                    0,
                    row.changed(),
                    new ConnectionId(run.text(1)),
                    run.optionalText(2).map(OrganizationId::new).or(() -> leadsTo),
                    Activity.Kind.ROW_DONE,
                    run.text(4),
                    row.target().name(),
                    Optional.of(RunRows.wish(run.text(3))),
                    Optional.of(row.state()),
                    row.reason(),
                    row.serverText(),
                    Optional.of(row.run()),
                    new Ticket(run.text(5), run.text(6), run.flag(7))),
            row.run())
        .orElseThrow();
  }

  private static void add(Statements s, Activity line) throws SQLException {
    String run = line.run().map(number -> "run " + number).orElse("");
    String folded =
        folded(
            line.person(),
            line.account(),
            line.ticket().number(),
            line.ticket().note(),
            line.detail(),
            run);
    s.update(
        INSERT,
        line.at(),
        line.connection(),
        line.organization(),
        line.kind(),
        line.account(),
        line.person(),
        line.wish().map(RunRows::text),
        line.outcome(),
        line.reason(),
        line.detail(),
        line.run(),
        line.ticket().number(),
        line.ticket().note(),
        line.ticket().callerConfirmed(),
        folded);
  }

  /// What is searched in: person, account, ticket, note, detail and run.
  static String folded(String... parts) {
    return String.join("\n", parts).toLowerCase(Locale.ROOT);
  }

  private static Activity read(Row row) throws SQLException {
    return new Activity(
        row.number(1),
        row.instant(2),
        new ConnectionId(row.text(3)),
        row.optionalText(4).map(OrganizationId::new),
        Activity.Kind.valueOf(row.text(5)),
        row.text(6),
        row.text(7),
        row.optionalText(8).map(RunRows::wish),
        row.optionalText(9).map(RowState::valueOf),
        row.optionalText(10).map(ActivityTable::reason),
        row.text(11),
        row.optionalText(12).map(Long::valueOf),
        new Ticket(row.text(13), row.text(14), row.flag(15)));
  }

  /// One that this program does not know was written by another version.
  private static Reason reason(String name) {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.name().equals(name))
        .findFirst()
        .orElse(Reason.OTHER);
  }

  /// A filter as SQL.
  private static final class Where {
    private final StringBuilder and = new StringBuilder();
    private final List<Object> arguments = new ArrayList<>();

    Where(Activity.Filter filter) {
      filter.connection().ifPresent(id -> and("connection = ?", id));
      filter.organization().ifPresent(id -> and("organization = ?", id));
      filter.from().ifPresent(moment -> and("at >= ?", moment));
      filter.until().ifPresent(moment -> and("at < ?", moment));
      words(filter.words());
      if (!filter.kinds().isEmpty()) {
        and("kind IN (SELECT value FROM json_each(?))", JsonText.list(filter.kinds()));
      }
    }

    /// "run 3" is that run, and not the thirtieth too; every other word stands somewhere in the
    /// line.
    private void words(List<String> words) {
      for (int i = 0; i < words.size(); i++) {
        boolean run =
            words.get(i).equals("run")
                && i + 1 < words.size()
                && words.get(i + 1).matches("\\d{1,18}");
        if (run) {
          and("run = ?", Long.parseLong(words.get(i + 1)));
          i++;
        } else {
          and("instr(folded, ?) > 0", words.get(i));
        }
      }
    }

    private void and(String condition, Object argument) {
      and.append(" AND ").append(condition);
      arguments.add(argument);
    }

    Object[] with(long before, Object... after) {
      List<Object> all = new ArrayList<>();
      all.add(before);
      all.addAll(arguments);
      all.addAll(Arrays.asList(after));
      return all.toArray();
    }
  }
}
