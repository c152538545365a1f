package dev.guestlist.practice;

import java.time.Instant;
import java.util.List;

/// What was asked of the server, and what really changed. A request that changes something counts
/// here once for every change, whether its answer arrived or not.
final class Journal {
  private static final int KEPT = 20_000;

  private final Database database;
  private final PracticeClock clock;

  Journal(Database database, PracticeClock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Forgets all but the newest requests. The changes stay.
  void trim() {
    database.update(
        "delete from request where number <= (select max(number) from request) - ?", KEPT);
  }

  /// Writes a request down before its work begins; status 0 until it is answered.
  long begin(String method, String path) {
    return database.inTransaction(() -> {
      database.update(
          "insert into request(at, method, path, status, note) values(?, ?, ?, 0, '')",
          clock.millis(),
          method,
          path);
      long number = database.number("select last_insert_rowid()");
      clock.keep();
      return number;
    });
  }

  void end(long number, int status, String note) {
    database.update(
        "update request set status = ?, note = ? where number = ?", status, note, number);
  }

  /// Writes a change down, in the transaction that makes it. Request 0 means that it was made by
  /// somebody else.
  void effect(
      long request,
      PracticeControl.Effect.Kind kind,
      String organization,
      String person,
      String invitation) {
    database.update(
        "insert into effect(at, request, kind, organization, person, invitation)"
            + " values(?, ?, ?, ?, ?, ?)",
        clock.millis(),
        request,
        kind.name(),
        organization,
        person,
        invitation);
  }

  /// Every request, oldest first.
  List<PracticeControl.Request> requests() {
    return database.query(
        "select number, at, method, path, status, note from request order by number",
        row ->
            new PracticeControl.Request(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getString(6)));
  }

  /// Every change, oldest first.
  List<PracticeControl.Effect> effects() {
    return database.query(
        "select at, request, kind, organization, person, invitation from effect order by number",
        row ->
            new PracticeControl.Effect(
                Instant.ofEpochMilli(row.getLong(1)),
                row.getLong(2),
                PracticeControl.Effect.Kind.valueOf(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6)));
  }

  void clear() {
    database.inTransaction(
        () -> database.update("delete from request") + database.update("delete from effect"));
  }
}
