package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.ProblemException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The newest list of invitations per organization.
///
/// A list arrives in chunks under a load of its own, so that nobody waits for the network to write;
/// one transaction then makes it the current one.
public final class InvitationCache {
  private static final int CHUNK = 2_000;
  private static final int OLD_AT_ONCE = 10_000;
  private static final Duration VANISHED_STAY = Duration.ofDays(30);

  private static final Comparator<Cached> ORDER =
      Comparator.comparing((Cached c) -> !c.listed())
          .thenComparing(c -> c.invitation().username(), String.CASE_INSENSITIVE_ORDER);

  private static final String SELECT =
      "SELECT id, username, email, gifts, pending, ends, listed, seen FROM invitation ";

  private static final String CURRENT =
      """
      (SELECT id FROM invitation_load
       WHERE connection = ? AND organization = ? AND state = 'CURRENT')
      """;

  private final Database database;
  private final Supplier<ZoneId> zone;

  /// @param zone where this computer is: there, a day begins at its midnight
  InvitationCache(Database database, Supplier<ZoneId> zone) {
    this.database = database;
    this.zone = zone;
  }

  /// A list that arrives piece by piece, for example from the network.
  public interface Source {
    void sendTo(Consumer<Invitation> each) throws ProblemException;
  }

  /// One cached row.
  ///
  /// @param listed false when the last list did not contain it any more and nobody here deleted it
  /// @param seen when a list contained it last
  public record Cached(Invitation invitation, boolean listed, Instant seen) {}

  /// Reads the whole source into a staging table and then swaps, in one transaction; memory stays
  /// bounded. Rows that vanished stay as not listed for 30 days, unless they were taken out by
  /// [#remove]. When a load that began later has ended already, its list stays.
  ///
  /// @return how many rows the new list has
  /// @throws ProblemException when the source fails; the old list is untouched then
  public int replaceAll(
      ConnectionId connection, OrganizationId organization, Source source, Instant readAt)
      throws ProblemException {
    long load =
        database.write(s ->
            s.number(
                """
                INSERT INTO invitation_load (connection, organization, state, read_at)
                VALUES (?, ?, 'LOADING', ?) RETURNING id
                """,
                connection,
                organization,
                readAt));
    int rows;
    try {
      Chunks chunks = new Chunks(load, readAt);
      source.sendTo(chunks::add);
      chunks.write();
      rows = database.write(s -> swap(s, load, connection, organization, readAt));
    } catch (ProblemException | RuntimeException e) {
      giveUp(load, e);
      throw e;
    }
    try {
      dropOld();
    } catch (StoreException e) {
      // the list is in place; what is left of the old one goes with the next list or start
    }
    return rows;
  }

  /// All rows of one organization, the listed ones first, otherwise in order of username.
  public List<Cached> all(ConnectionId connection, OrganizationId organization) {
    CachedReader reader = new CachedReader();
    List<Cached> rows =
        database.read(
            s -> s.query(SELECT + "WHERE load = " + CURRENT, reader, connection, organization));
    rows.sort(ORDER);
    return rows;
  }

  /// The listed rows of these usernames, without regard to case.
  public List<Cached> of(
      ConnectionId connection, OrganizationId organization, Collection<String> usernames) {
    String sql =
        SELECT + "INDEXED BY invitation_username WHERE load = ? AND folded = ? AND listed = 1";
    Set<String> names = usernames.stream().map(InvitationCache::folded).collect(Collectors.toSet());
    CachedReader reader = new CachedReader();
    List<Cached> rows = new ArrayList<>();
    database.read(s -> {
      Optional<Long> current = current(s, connection, organization);
      for (String name : current.isPresent() ? names : Set.<String>of()) {
        rows.addAll(s.query(sql, reader, current.orElseThrow(), name));
      }
      return rows;
    });
    rows.sort(ORDER);
    return rows;
  }

  /// When the list was read last; empty when never.
  public Optional<Instant> readAt(ConnectionId connection, OrganizationId organization) {
    String sql = "SELECT read_at FROM invitation_load WHERE id = " + CURRENT;
    return database.read(s -> s.first(sql, row -> row.instant(1), connection, organization));
  }

  /// Listed rows per status and organization, for the switcher; organizations never read are
  /// absent, and so is a status without rows.
  public Map<OrganizationId, Map<Invitation.Status, Integer>> counts(ConnectionId connection) {
    String sql =
        """
        SELECT organization, pending, expired FROM invitation_load
        WHERE connection = ? AND state = 'CURRENT'
        """;
    return database.read(s -> {
      Map<OrganizationId, Map<Invitation.Status, Integer>> counts = new HashMap<>();
      s.each(sql, row -> counts.put(new OrganizationId(row.text(1)), counts(row)), connection);
      return counts;
    });
  }

  private static Map<Invitation.Status, Integer> counts(Row row) throws SQLException {
    Map<Invitation.Status, Integer> counts = new EnumMap<>(Invitation.Status.class);
    counts.put(Invitation.Status.PENDING, (int) row.number(2));
    counts.put(Invitation.Status.EXPIRED, (int) row.number(3));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /// Takes rows out because they were deleted or accepted from here. A list that is on its way does
  /// not bring them back.
  public void remove(
      ConnectionId connection, OrganizationId organization, Collection<InvitationId> ids) {
    String list = JsonText.list(ids);
    database.change(s -> {
      s.update(
          """
          INSERT OR IGNORE INTO removed_meanwhile (load, id)
          SELECT l.id, value FROM invitation_load l, json_each(?)
          WHERE l.connection = ? AND l.organization = ? AND l.state = 'LOADING'
          """,
          list,
          connection,
          organization);
      Optional<Long> current = current(s, connection, organization);
      for (InvitationId id : current.isPresent() ? ids : List.<InvitationId>of()) {
        remove(s, current.orElseThrow(), id);
      }
    });
  }

  private static void remove(Statements s, long load, InvitationId id) throws SQLException {
    InvitationHistory.removing(s, load, id);
    s.update(
        """
        UPDATE invitation_load SET (pending, expired) = (
          SELECT invitation_load.pending - i.pending, invitation_load.expired - (1 - i.pending)
          FROM invitation i WHERE i.load = ?1 AND i.id = ?2)
        WHERE id = ?1
          AND EXISTS (SELECT 1 FROM invitation WHERE load = ?1 AND id = ?2 AND listed = 1)
        """,
        load,
        id);
    s.update("DELETE FROM invitation WHERE load = ? AND id = ?", load, id);
  }

  /// For the first program on a folder: takes away what killed ones left.
  void dropLeftovers() {
    database.change(
        s -> s.update("UPDATE invitation_load SET state = 'OLD' WHERE state = 'LOADING'"));
    dropOld();
  }

  /// Lists that are just being read arrive all the same.
  static void forget(Statements s, ConnectionId connection) throws SQLException {
    s.update(
        "UPDATE invitation_load SET state = 'OLD' WHERE connection = ? AND state = 'CURRENT'",
        connection);
  }

  /// In steps, so that others can write in between.
  void dropOld() {
    String sql =
        """
        DELETE FROM invitation WHERE (load, number) IN (
          SELECT load, number FROM invitation
          WHERE load IN (SELECT id FROM invitation_load WHERE state = 'OLD') LIMIT ?)
        """;
    int dropped;
    do {
      dropped = database.write(s -> s.update(sql, OLD_AT_ONCE));
    } while (dropped == OLD_AT_ONCE);
    database.change(s -> {
      s.update(
          """
          DELETE FROM removed_meanwhile
          WHERE load NOT IN (SELECT id FROM invitation_load WHERE state = 'LOADING')
          """);
      s.update(
          """
          DELETE FROM invitation_load WHERE state = 'OLD'
            AND NOT EXISTS (SELECT 1 FROM invitation WHERE load = invitation_load.id)
          """);
    });
  }

  /// In one transaction: what vanished is carried over, and this load is the list.
  private int swap(
      Statements s, long load, ConnectionId connection, OrganizationId organization, Instant readAt)
      throws SQLException {
    s.update(
        """
        DELETE FROM invitation
        WHERE load = ?1 AND id IN (SELECT id FROM removed_meanwhile WHERE load = ?1)
        """,
        load);
    int rows = count(s, load);
    Optional<Long> current = current(s, connection, organization);
    if (current.isPresent() && current.get() > load) {
      s.update("UPDATE invitation_load SET state = 'OLD' WHERE id = ?", load);
      return rows;
    }
    if (current.isPresent()) {
      InvitationHistory.replaced(
          s, connection, organization, current.get(), load, readAt, zone.get());
      s.update(
          """
          INSERT INTO invitation (load, number, id, username, folded, email, folded_email, gifts,
            pending, ends, listed, seen)
          SELECT ?1, -row_number() OVER (), id, username, folded, email, folded_email, gifts,
            pending, ends, 0, seen
          FROM invitation vanished
          WHERE load = ?2 AND seen >= ?3
            AND NOT EXISTS (
              SELECT 1 FROM invitation fresh WHERE fresh.load = ?1 AND fresh.id = vanished.id)
            AND id NOT IN (SELECT id FROM removed_meanwhile WHERE load = ?1)
          """,
          load,
          current.get(),
          readAt.minus(VANISHED_STAY));
      s.update("UPDATE invitation_load SET state = 'OLD' WHERE id = ?", current.get());
    }
    s.update("UPDATE invitation_load SET state = 'CURRENT' WHERE id = ?", load);
    return rows;
  }

  static Optional<Long> current(Statements s, ConnectionId connection, OrganizationId organization)
      throws SQLException {
    String sql = "SELECT id FROM invitation_load WHERE id = " + CURRENT;
    return s.first(sql, row -> row.number(1), connection, organization);
  }

  /// Writes down how many listed rows a load has; answers all of them.
  private static int count(Statements s, long load) throws SQLException {
    s.update(
        """
        UPDATE invitation_load SET (pending, expired) = (
          SELECT coalesce(sum(pending), 0), coalesce(sum(1 - pending), 0)
          FROM invitation WHERE load = ?1 AND listed = 1)
        WHERE id = ?1
        """,
        load);
    String sql = "SELECT pending + expired FROM invitation_load WHERE id = ?";
    return (int) s.number(sql, load);
  }

  private void giveUp(long load, Exception because) {
    try {
      database.change(s -> s.update("UPDATE invitation_load SET state = 'OLD' WHERE id = ?", load));
      dropOld();
    } catch (StoreException e) {
      because.addSuppressed(e);
    }
  }

  /// Without upper case, in every script.
  static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /// Gathers what arrives and writes it a chunk at a time.
  private final class Chunks {
    private final long load;
    private final Instant readAt;
    private final List<Object[]> rows = new ArrayList<>(CHUNK);
    private long number;

    Chunks(long load, Instant readAt) {
      this.load = load;
      this.readAt = readAt;
    }

    void add(Invitation invitation) {
      rows.add(
          new Object[] {
            load,
            number++,
            invitation.id(),
            invitation.username(),
            folded(invitation.username()),
            invitation.email(),
            folded(invitation.email()),
            JsonText.gifts(invitation.roles(), invitation.groups()),
            invitation.status() == Invitation.Status.PENDING,
            invitation.ends(),
            readAt
          });
      if (rows.size() == CHUNK) {
        write();
      }
    }

    void write() {
      database.change(s ->
          s.batch(
              """
              INSERT INTO invitation (load, number, id, username, folded, email, folded_email,
                gifts, pending, ends, listed, seen)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
              """,
              rows));
      rows.clear();
    }
  }

  /// Most rows of a list share their roles and groups: each combination is read once.
  private static final class CachedReader implements Row.Reader<Cached> {
    private final Map<String, JsonText.Gifts> gifts = new HashMap<>();

    @Override
    public Cached read(Row row) throws SQLException {
      JsonText.Gifts gift = gifts.computeIfAbsent(row.text(4), JsonText::gifts);
      return new Cached(
          new Invitation(
              new InvitationId(row.text(1)),
              row.text(2),
              row.text(3),
              gift.roles(),
              gift.groups(),
              row.flag(5) ? Invitation.Status.PENDING : Invitation.Status.EXPIRED,
              row.optionalInstant(6)),
          row.flag(7),
          row.instant(8));
    }
  }
}
