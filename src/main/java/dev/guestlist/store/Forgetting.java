package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Forgotten;
import dev.guestlist.model.InvitationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Takes a person's name out of everything that is kept of one connection. What was done stays, as
/// done to somebody; codes of the person go.
final class Forgetting {
  /// What stands where the name was.
  static final String NOBODY = "(forgotten)";

  /// The loads of a connection, as SQL: newest lists, those that arrive, and those of former days.
  private static final String LOADS =
      """
      (SELECT id FROM invitation_load WHERE connection = ?1
       UNION SELECT load FROM kept_list WHERE connection = ?1)
      """;

  private final ConnectionId connection;
  private final String folded;
  private final Pattern named;

  /// @param username as lists write it; found without regard to case
  Forgetting(ConnectionId connection, String username) {
    this.connection = connection;
    this.folded = InvitationCache.folded(username.strip());
    this.named =
        Pattern.compile(
            "(?<![\\p{L}\\p{N}._-])"
                + Pattern.quote(folded)
                + "(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])");
  }

  /// A row of a run, or a line of the activity, that names the person somewhere.
  private record Named(long id, String person, List<String> texts) {}

  /// In a transaction of `guestlist.db`.
  Forgotten inMain(Statements s) throws SQLException {
    int waiting = waiting(s);
    if (waiting > 0) {
      return new Forgotten.Waits(waiting);
    }
    if (inDraft(s)) {
      return new Forgotten.InDraft();
    }
    int rows = rows(s);
    runs(s);
    return new Forgotten.Done(rows, lines(s));
  }

  private int waiting(Statements s) throws SQLException {
    String sql =
        """
        SELECT r.username FROM run_row r JOIN run ON run.number = r.run
        WHERE run.connection = ? AND r.username IS NOT NULL AND r.state IN %s
        """
            .formatted(RunRows.OPEN);
    return (int)
        s.query(sql, row -> row.text(1), connection).stream().filter(this::isPerson).count();
  }

  private boolean inDraft(Statements s) throws SQLException {
    String sql = "SELECT value FROM view_state WHERE instr(key, ?) = 1";
    return s.query(sql, row -> row.text(1), "invite.draft." + connection.value() + ".").stream()
        .anyMatch(this::names);
  }

  private int rows(Statements s) throws SQLException {
    String sql =
        """
        SELECT r.id, coalesce(r.username, ''), r.server_text, coalesce(r.basis, '')
        FROM run_row r JOIN run ON run.number = r.run WHERE run.connection = ?
        """;
    int rows = 0;
    for (Named one : s.query(sql, row -> read(row, 2), connection)) {
      if (isPerson(one.person())) {
        s.update(
            "UPDATE run_row SET username = ?, server_text = '', basis = NULL WHERE id = ?",
            NOBODY,
            one.id());
        s.update("DELETE FROM secret WHERE name = ?", RunRows.codeName(one.id()));
        rows++;
      } else if (one.texts().stream().anyMatch(this::names)) {
        s.update(
            "UPDATE run_row SET server_text = ?, basis = ? WHERE id = ?",
            without(one.texts().get(0)),
            Optional.of(without(one.texts().get(1))).filter(basis -> !basis.isEmpty()),
            one.id());
      }
    }
    return rows;
  }

  /// A run may name the person in its note.
  private void runs(Statements s) throws SQLException {
    String sql = "SELECT number, '', ticket, note FROM run WHERE connection = ?";
    for (Named run : s.query(sql, row -> read(row, 2), connection)) {
      if (run.texts().stream().anyMatch(this::names)) {
        s.update(
            "UPDATE run SET ticket = ?, note = ? WHERE number = ?",
            without(run.texts().get(0)),
            without(run.texts().get(1)),
            run.id());
      }
    }
  }

  private int lines(Statements s) throws SQLException {
    String sql =
        """
        SELECT id, person, ticket, note, detail, account, coalesce('run ' || run, '')
        FROM activity WHERE connection = ? AND instr(folded, ?) > 0
        """;
    int lines = 0;
    for (Named line : s.query(sql, row -> read(row, 5), connection, folded)) {
      boolean about = isPerson(line.person());
      if (!about && line.texts().subList(0, 3).stream().noneMatch(this::names)) {
        continue;
      }
      String person = about ? NOBODY : line.person();
      String ticket = without(line.texts().get(0));
      String note = without(line.texts().get(1));
      String detail = without(line.texts().get(2));
      s.update(
          "UPDATE activity SET person = ?, ticket = ?, note = ?, detail = ?, folded = ? WHERE id = ?",
          person,
          ticket,
          note,
          detail,
          ActivityTable.folded(
              person, line.texts().get(3), ticket, note, detail, line.texts().get(4)),
          line.id());
      lines += about ? 1 : 0;
    }
    return lines;
  }

  /// In a transaction of `cache.db`. A list that names the person again brings the name back.
  void inCache(Statements s) throws SQLException {
    Set<InvitationId> ids =
        new HashSet<>(
            s.query(
                "SELECT id FROM invitation WHERE load IN " + LOADS + " AND folded = ?2",
                row -> new InvitationId(row.text(1)),
                connection,
                folded));
    s.each(
        "SELECT id, username FROM invitation_before WHERE username IS NOT NULL AND load IN "
            + LOADS,
        row -> {
          if (isPerson(row.text(2))) {
            ids.add(new InvitationId(row.text(1)));
          }
        },
        connection);
    s.update(
        """
        UPDATE invitation_load SET (pending, expired) = (
          SELECT invitation_load.pending - coalesce(sum(i.pending), 0),
            invitation_load.expired - coalesce(sum(1 - i.pending), 0)
          FROM invitation i WHERE i.load = invitation_load.id AND i.folded = ?2 AND i.listed = 1)
        WHERE connection = ?1 AND state = 'CURRENT'
        """,
        connection,
        folded);
    s.update(
        "DELETE FROM invitation WHERE load IN " + LOADS + " AND folded = ?2", connection, folded);
    s.update(
        "DELETE FROM invitation_before WHERE load IN "
            + LOADS
            + " AND id IN (SELECT value FROM json_each(?2))",
        connection,
        JsonText.list(ids));
    s.update("DELETE FROM member WHERE connection = ? AND folded = ?", connection, folded);
  }

  private boolean isPerson(String username) {
    return InvitationCache.folded(username).equals(folded);
  }

  private boolean names(String text) {
    return named.matcher(InvitationCache.folded(text)).find();
  }

  private String without(String text) {
    return names(text) ? "" : text;
  }

  private static Named read(Row row, int texts) throws SQLException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < texts; i++) {
      all.add(row.text(3 + i));
    }
    return new Named(row.number(1), row.text(2), all);
  }
}
