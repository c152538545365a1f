package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The last list of invitations of each former day of this computer, for 30 days. Only what changed
/// since is stored, so that a day on which little happened costs little, however long the list is.
public final class InvitationHistory {
  private static final Duration STAYS = Duration.ofDays(30);

  /// How the rows that changed since a list were in it: the oldest note about each counts.
  private static final String THEN =
      """
      (SELECT b.* FROM invitation_before b JOIN (
         SELECT n.id AS id, min(n.load) AS load
         FROM invitation_before n WHERE n.load IN (
           SELECT load FROM kept_list WHERE connection = ?1 AND organization = ?2 AND load >= ?3
           UNION ALL SELECT ?4)
         GROUP BY n.id) first ON first.load = b.load AND first.id = b.id)
      """;

  private final Database database;

  InvitationHistory(Database database) {
    this.database = database;
  }

  /// A list of a former day.
  ///
  /// @param list names it; the same as long as it is kept
  /// @param size how many invitations it had
  public record Kept(long list, Instant readAt, int size) {}

  /// An invitation that differs.
  ///
  /// @param before as the kept list had it; empty when it was not in it
  /// @param now as the newest list has it; empty when it is not in it any more
  /// @param seen when a list contained it last, as far as that is known
  public record Difference(
      Optional<Invitation> before, Optional<Invitation> now, Optional<Instant> seen) {}

  /// What can be compared with, newest first; the newest list itself is not among them.
  public List<Kept> kept(ConnectionId connection, OrganizationId organization) {
    String sql =
        """
        SELECT load, read_at, size FROM kept_list
        WHERE connection = ? AND organization = ? ORDER BY load DESC
        """;
    return database.read(s ->
        s.query(
            sql,
            row -> new Kept(row.number(1), row.instant(2), (int) row.number(3)),
            connection,
            organization));
  }

  /// What differs between a kept list and the newest one. Invitations whose end passed in between
  /// are among them, also where the server still calls them pending.
  ///
  /// @param now invitations that ended before it have ended
  public List<Difference> since(
      ConnectionId connection, OrganizationId organization, Kept kept, Instant now) {
    return database.read(s -> {
      Optional<Long> current = InvitationCache.current(s, connection, organization);
      if (current.isEmpty()) {
        return List.of();
      }
      Gifts gifts = new Gifts();
      List<Difference> differences = new ArrayList<>();
      s.each(
          """
          SELECT t.id, t.username, t.email, t.gifts, t.pending, t.ends,
            i.id, i.username, i.email, i.gifts, i.pending, i.ends, i.listed, i.seen
          FROM %s t LEFT JOIN invitation i ON i.load = ?4 AND i.id = t.id
          """
              .formatted(THEN),
          row -> {
            Optional<Invitation> before = invitation(row, 1, gifts);
            Optional<Invitation> newest =
                row.flag(13) ? invitation(row, 7, gifts) : Optional.empty();
            if (!before.equals(newest)) {
              differences.add(new Difference(before, newest, row.optionalInstant(14)));
            }
          },
          connection,
          organization,
          kept.list(),
          current.get());
      s.each(
          """
          SELECT id, username, email, gifts, pending, ends, seen FROM invitation
          WHERE load = ?4 AND listed = 1 AND pending = 1 AND ends > ?5 AND ends <= ?6
            AND id NOT IN (SELECT id FROM %s)
          """
              .formatted(THEN),
          row -> {
            Optional<Invitation> same = invitation(row, 1, gifts);
            differences.add(new Difference(same, same, row.optionalInstant(7)));
          },
          connection,
          organization,
          kept.list(),
          current.get(),
          kept.readAt(),
          now);
      return differences;
    });
  }

  /// A kept list as it was, in no particular order. Roles and groups of invitations that are still
  /// listed are those of now.
  public List<Invitation> asOf(ConnectionId connection, OrganizationId organization, Kept kept) {
    return database.read(s -> {
      long current = InvitationCache.current(s, connection, organization).orElse(-1L);
      Gifts gifts = new Gifts();
      List<Invitation> rows = new ArrayList<>();
      Row.Visitor add = row -> invitation(row, 1, gifts).ifPresent(rows::add);
      s.each(
          """
          SELECT id, username, email, gifts, pending, ends FROM %s
          UNION ALL
          SELECT id, username, email, gifts, pending, ends FROM invitation
          WHERE load = ?4 AND listed = 1 AND id NOT IN (SELECT id FROM %s)
          """
              .formatted(THEN, THEN),
          add,
          connection,
          organization,
          kept.list(),
          current);
      return rows;
    });
  }

  /// In the transaction that puts a fresh list in the place of the current one, before the old rows
  /// go: notes what differs. The current list is kept when the fresh one is of a later day.
  ///
  /// @param zone says when a day begins
  static void replaced(
      Statements s,
      ConnectionId connection,
      OrganizationId organization,
      long current,
      long fresh,
      Instant readAt,
      ZoneId zone)
      throws SQLException {
    Instant before =
        s.first("SELECT read_at FROM invitation_load WHERE id = ?", row -> row.instant(1), current)
            .orElse(readAt);
    boolean laterDay = day(before, zone).isBefore(day(readAt, zone));
    Optional<Long> into = laterDay ? Optional.of(current) : newest(s, connection, organization);
    if (laterDay) {
      s.update(
          """
          INSERT INTO kept_list (load, connection, organization, read_at, size)
          SELECT id, connection, organization, read_at, pending + expired
            + (SELECT count(*) FROM invitation_before WHERE load = ?1)
          FROM invitation_load WHERE id = ?1
          """,
          current);
    } else if (into.isPresent()) {
      s.update(
          "UPDATE OR IGNORE invitation_before SET load = ? WHERE load = ?", into.get(), current);
    }
    if (into.isPresent()) {
      note(s, into.get(), current, fresh);
    }
    if (!laterDay) {
      s.update("DELETE FROM invitation_before WHERE load = ?", current);
    }
    dropOld(s, connection, organization, readAt.minus(STAYS));
  }

  private static LocalDate day(Instant moment, ZoneId zone) {
    return LocalDate.ofInstant(moment, zone);
  }

  /// What was there before stays as the first note about it says. Both lists are walked in the
  /// order of one index, side by side: large lists cost little more than their reading.
  private static void note(Statements s, long into, long current, long fresh) throws SQLException {
    s.update(
        """
        INSERT OR IGNORE INTO invitation_before (load, id, username, email, gifts, pending, ends)
        SELECT ?1, id, username, email, gifts, pending, ends FROM invitation
        WHERE load = ?2 AND number >= 0 AND id IN (
          SELECT id FROM invitation WHERE load = ?2 AND number >= 0
          EXCEPT SELECT id FROM invitation WHERE load = ?3 ORDER BY id)
        """,
        into,
        current,
        fresh);
    s.update(
        """
        INSERT OR IGNORE INTO invitation_before (load, id, username, email, gifts, pending, ends)
        SELECT ?1, old.id, old.username, old.email, old.gifts, old.pending, old.ends
        FROM invitation one CROSS JOIN invitation other ON other.id = one.id
          AND other.load = iif(one.load = ?2, ?3, ?2) AND other.pending = 1 AND other.number >= 0
          CROSS JOIN invitation old ON old.load = ?2 AND old.id = one.id
        WHERE one.load IN (?2, ?3) AND one.pending = 0 AND one.number >= 0
        """,
        into,
        current,
        fresh);
    s.update(
        """
        INSERT OR IGNORE INTO invitation_before (load, id)
        SELECT ?1, id FROM (
          SELECT id FROM invitation WHERE load = ?3
          EXCEPT SELECT id FROM invitation WHERE load = ?2 AND number >= 0 ORDER BY id)
        """,
        into,
        current,
        fresh);
  }

  /// Before rows are taken out of the current list because of what was done here.
  static void removing(Statements s, long current, InvitationId id) throws SQLException {
    s.update(
        """
        INSERT OR IGNORE INTO invitation_before (load, id, username, email, gifts, pending, ends)
        SELECT load, id, username, email, gifts, pending, ends FROM invitation
        WHERE load = ? AND id = ? AND listed = 1
        """,
        current,
        id);
  }

  static void forget(Statements s, ConnectionId connection) throws SQLException {
    s.update(
        """
        DELETE FROM invitation_before WHERE load IN (
          SELECT load FROM kept_list WHERE connection = ?1
          UNION ALL SELECT id FROM invitation_load WHERE connection = ?1)
        """,
        connection);
    s.update("DELETE FROM kept_list WHERE connection = ?", connection);
  }

  /// Lists of former days that were read before a moment, of all organizations.
  static void dropOld(Statements s, Instant before) throws SQLException {
    String old = "(SELECT load FROM kept_list WHERE read_at < ?)";
    s.update("DELETE FROM invitation_before WHERE load IN " + old, before);
    s.update("DELETE FROM kept_list WHERE read_at < ?", before);
  }

  private static void dropOld(
      Statements s, ConnectionId connection, OrganizationId organization, Instant before)
      throws SQLException {
    String old =
        "(SELECT load FROM kept_list WHERE connection = ? AND organization = ? AND read_at < ?)";
    s.update(
        "DELETE FROM invitation_before WHERE load IN " + old, connection, organization, before);
    s.update("DELETE FROM kept_list WHERE load IN " + old, connection, organization, before);
  }

  private static Optional<Long> newest(
      Statements s, ConnectionId connection, OrganizationId organization) throws SQLException {
    return s.first(
        """
        SELECT load FROM kept_list
        WHERE connection = ? AND organization = ? ORDER BY load DESC LIMIT 1
        """,
        row -> row.number(1),
        connection,
        organization);
  }

  /// Six columns from `first` on: id, username, email, gifts, pending, ends.
  private static Optional<Invitation> invitation(Row row, int first, Gifts known)
      throws SQLException {
    Optional<String> username = row.optionalText(first + 1);
    if (username.isEmpty()) {
      return Optional.empty();
    }
    JsonText.Gifts gifts = known.of(row.text(first + 3));
    return Optional.of(
        new Invitation(
            new InvitationId(row.text(first)),
            username.get(),
            row.text(first + 2),
            gifts.roles(),
            gifts.groups(),
            row.flag(first + 4) ? Invitation.Status.PENDING : Invitation.Status.EXPIRED,
            row.optionalInstant(first + 5)));
  }

  /// Most rows share their roles and groups: each combination is read once.
  private static final class Gifts {
    private final Map<String, JsonText.Gifts> known = new HashMap<>();

    JsonText.Gifts of(String json) {
      return known.computeIfAbsent(json, JsonText::gifts);
    }
  }
}
