package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.OrganizationId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds people in all lists of a connection that this computer keeps.
public final class PeopleSearch {
  private static final String INVITED = "i.folded || ' ' || i.folded_email";

  private final Database cache;
  private final Database main;

  PeopleSearch(Database cache, Database main) {
    this.cache = cache;
    this.main = main;
  }

  /// Where somebody was found.
  public sealed interface Place {
    OrganizationId organization();

    /// Among the invitations.
    ///
    /// @param listed false when the last list did not contain it any more
    /// @param seen when a list had it last
    record Invited(
        OrganizationId organization,
        Invitation.Status status,
        Optional<Instant> ends,
        boolean listed,
        Instant seen)
        implements Place {}

    /// Among those that a run of this computer is about to invite.
    record Waiting(OrganizationId organization) implements Place {}

    /// Among the members.
    record MemberOf(OrganizationId organization) implements Place {}
  }

  /// Somebody, in one place.
  ///
  /// @param also the e-mail, or the full name where it is known; may be blank
  public record Hit(String username, String also, Place place) {}

  /// What was found, and how many different usernames there are in all.
  public record Found(List<Hit> hits, int people) {}

  /// Everybody whose username, e-mail or full name contains all words of the text, those first
  /// whose username begins with it.
  ///
  /// @param limit at most so many of each kind of place
  public Found find(ConnectionId connection, String text, int limit) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    List<String> words = lower.isEmpty() ? List.of() : List.of(lower.split("\\s+"));
    List<Hit> waiting = waiting(connection, words);
    waiting.sort(
        Comparator.comparing(hit -> !InvitationCache.folded(hit.username()).startsWith(lower)));
    List<Hit> hits = new ArrayList<>(waiting.subList(0, Math.min(limit, waiting.size())));
    hits.addAll(
        cache.read(s ->
            query(
                s,
                """
                SELECT l.organization, i.username, i.email, i.pending, i.ends, i.listed, i.seen
                FROM invitation_load l JOIN invitation i ON i.load = l.id
                WHERE l.connection = ? AND l.state = 'CURRENT' %s
                """
                    .formatted(containing(INVITED, words) + first("i.folded")),
                row ->
                    new Hit(
                        row.text(2),
                        row.text(3),
                        new Place.Invited(
                            organization(row),
                            row.flag(4) ? Invitation.Status.PENDING : Invitation.Status.EXPIRED,
                            row.optionalInstant(5),
                            row.flag(6),
                            row.instant(7))),
                connection,
                words,
                List.of(lower, limit))));
    hits.addAll(
        cache.read(s ->
            query(
                s,
                """
                SELECT organization, username, iif(display_name = '', email, display_name)
                FROM member WHERE connection = ? %s
                """
                    .formatted(containing("folded_names", words) + first("folded")),
                row -> new Hit(row.text(2), row.text(3), new Place.MemberOf(organization(row))),
                connection,
                words,
                List.of(lower, limit))));
    return new Found(List.copyOf(hits), people(connection, words, waiting));
  }

  private int people(ConnectionId connection, List<String> words, List<Hit> waiting) {
    String sql =
        """
        SELECT count(*) FROM (
          SELECT i.folded FROM invitation_load l JOIN invitation i ON i.load = l.id
          WHERE l.connection = ? AND l.state = 'CURRENT' %s
          UNION SELECT folded FROM member WHERE connection = ? %s
          UNION SELECT value FROM json_each(?))
        """
            .formatted(containing(INVITED, words), containing("folded_names", words));
    List<Object> arguments = new ArrayList<>();
    arguments.add(connection);
    arguments.addAll(words);
    arguments.add(connection);
    arguments.addAll(words);
    arguments.add(
        JsonText.list(
            waiting.stream().map(hit -> InvitationCache.folded(hit.username())).toList()));
    return (int) (long) cache.read(s -> s.number(sql, arguments.toArray()));
  }

  /// What waits is never much: it is gone through here, letter by letter in every script.
  private List<Hit> waiting(ConnectionId connection, List<String> words) {
    String sql =
        """
        SELECT run.organization, r.username FROM run_row r JOIN run ON run.number = r.run
        WHERE run.connection = ? AND r.target IN ('PERSON', 'AGAIN')
          AND run.organization IS NOT NULL AND r.state IN %s
        """
            .formatted(RunRows.OPEN);
    List<Hit> hits = new ArrayList<>();
    main.read(s -> {
      s.each(
          sql,
          row -> {
            String folded = InvitationCache.folded(row.text(2));
            if (words.stream().allMatch(folded::contains)) {
              hits.add(new Hit(row.text(2), "", new Place.Waiting(organization(row))));
            }
          },
          connection);
      return hits;
    });
    return hits;
  }

  private static OrganizationId organization(Row row) throws SQLException {
    return new OrganizationId(row.text(1));
  }

  private static String containing(String column, List<String> words) {
    return (" AND instr(" + column + ", ?) > 0").repeat(words.size());
  }

  /// Those first whose name begins with an argument, and only so many.
  private static String first(String name) {
    return " ORDER BY instr(" + name + ", ?) <> 1, " + name + " LIMIT ?";
  }

  private static List<Hit> query(
      Statements s,
      String sql,
      Row.Reader<Hit> reader,
      ConnectionId connection,
      List<String> words,
      List<Object> more)
      throws SQLException {
    List<Object> arguments = new ArrayList<>();
    arguments.add(connection);
    arguments.addAll(words);
    arguments.addAll(more);
    return s.query(sql, reader, arguments.toArray());
  }
}
