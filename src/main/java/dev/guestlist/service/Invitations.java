package dev.guestlist.service;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.MadeHere;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Role;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.store.DoneHere;
import dev.guestlist.store.InvitationCache;
import dev.guestlist.store.LocalStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The invitations of an organization: what the server listed last, together with what runs of this
/// computer are doing about them.
public final class Invitations {
  /// How long something done here stays in the table after it was done.
  static final Duration KEPT_IN_TABLE = Duration.ofHours(12);

  /// How long after inviting somebody a list may say which invitation that was.
  private static final Duration LEARNS = Duration.ofHours(1);

  private final ConnectionId connection;
  private final Session session;
  private final InvitationCache cache;
  private final LocalStore store;
  private final DoneHere doneHere;
  private final ServerZone zone;
  private final ActivityLog activity;
  private final Changes changes;
  private final InstantSource clock;

  /// One line of the table.
  ///
  /// @param key the same for the same line after reading again; for keeping a selection
  /// @param email blank when not known
  /// @param ends an estimate; empty when not known
  /// @param userStore known only for invitations made here
  /// @param invitation empty while the server has not listed it
  /// @param row the row of a run that says the status; empty when only the list does
  /// @param made how it was made, if that was from this computer and its id is known
  /// @param member when the person was seen among the members since it was made; empty when never
  /// @param codeRow the row whose sealed code belongs to it; empty when there is none here
  /// @param leavesAt when a waiting row leaves by itself, for a countdown
  /// @param reason why it was refused or waits; empty when it was not
  /// @param serverText the server's words for that; blank when there are none
  public record Entry(
      String key,
      String username,
      String email,
      InvitationStatus status,
      Optional<Instant> ends,
      List<Group> groups,
      List<Role> roles,
      Optional<String> userStore,
      Optional<InvitationId> invitation,
      Optional<RunRow> row,
      Optional<MadeHere> made,
      Optional<Instant> member,
      Optional<Long> codeRow,
      Optional<Instant> leavesAt,
      Optional<Reason> reason,
      String serverText) {}

  /// The table, and how old it is.
  ///
  /// @param readAt when the server gave the list last; empty when it never did
  public record Listing(List<Entry> entries, Optional<Instant> readAt) {}

  Invitations(
      Session session,
      LocalStore store,
      ServerZone zone,
      ActivityLog activity,
      Changes changes,
      InstantSource clock) {
    this.connection = session.connection().id();
    this.session = session;
    this.cache = store.invitations();
    this.store = store;
    this.doneHere = store.doneHere();
    this.zone = zone;
    this.activity = activity;
    this.changes = changes;
    this.clock = clock;
  }

  /// What is known here, at once, also without a connection.
  public Listing list(OrganizationId organization) {
    return list(organization, cache.all(connection, organization));
  }

  /// The table, with the question that it raises.
  ///
  /// @param zone in which the server seems to write its times, when invitations made here say so
  ///   and nobody answered yet: their ends are compared with when they were made and how long they
  ///   last
  public record Asking(Listing listing, Optional<ZoneOffset> zone) {}

  /// As [#list], with what is to be asked about it.
  public Asking listAsking(OrganizationId organization) {
    List<InvitationCache.Cached> cached = cache.all(connection, organization);
    return new Asking(
        list(organization, cached),
        zone.proposed(
            () ->
                doneHere.made(connection, organization).values().stream()
                    .map(MadeHere::row)
                    .toList(),
            cached));
  }

  private Listing list(OrganizationId organization, List<InvitationCache.Cached> cached) {
    Instant now = clock.instant();
    List<RunRow> rows = doneHere.recent(connection, organization, now.minus(KEPT_IN_TABLE));
    Optional<Instant> readAt = cache.readAt(connection, organization);
    InvitationLines lines =
        new InvitationLines(
            new InvitationLines.Known(
                rows,
                doneHere.withCode(connection, organization),
                doneHere.made(connection, organization),
                Membership.of(store, session.connection(), organization),
                zone.ahead(),
                readAt),
            now);
    return new Listing(lines.of(cached), readAt);
  }

  /// Stays with the zone in use, and does not propose this one again.
  public void declineZone(ZoneOffset proposed) {
    zone.decline(proposed);
    session.current().ifPresent(id -> changes.publish(new Change.InvitationsChanged(id)));
  }

  /// Reads the server's times in this zone from now on.
  public void readTimesIn(ZoneOffset offset) {
    zone.use(offset);
    session.current().ifPresent(id -> changes.publish(new Change.InvitationsChanged(id)));
  }

  /// By how much the ends that the server wrote, read as UTC, are ahead of this computer's clock.
  Duration ahead() {
    return zone.ahead();
  }

  /// The zone in which the server's times are read.
  public ZoneOffset zone() {
    return zone.used();
  }

  /// Reads the list from the server and keeps it. The former list stays when that fails.
  ///
  /// @return the problem that kept the server's list away; empty when the list is new
  public Optional<Problem> refresh(OrganizationId organization) {
    try {
      read(organization);
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
  }

  /// As [#refresh], for those who must know.
  void read(OrganizationId organization) throws ProblemException {
    OrganizationAccess access = session.access(organization);
    Instant asked = clock.instant();
    int rows =
        session.ask(() -> cache.replaceAll(connection, organization, access::invitations, asked));
    activity.read(organization, ActivityLog.What.INVITATIONS, rows);
    learnIds(organization, asked);
    changes.publish(new Change.InvitationsChanged(organization));
  }

  /// The answer to an invite call names no ids; the next list does. A name that is listed more than
  /// once says nothing.
  private void learnIds(OrganizationId organization, Instant now) {
    List<RunRow> rows = doneHere.withoutInvitation(connection, organization, now.minus(LEARNS));
    List<String> names = rows.stream().map(Invitations::invitedName).toList();
    Map<String, List<InvitationId>> pending =
        cache.of(connection, organization, names).stream()
            .filter(InvitationCache.Cached::listed)
            .map(InvitationCache.Cached::invitation)
            .filter(invitation -> invitation.status() == Invitation.Status.PENDING)
            .collect(
                Collectors.groupingBy(
                    invitation -> folded(invitation.username()),
                    Collectors.mapping(Invitation::id, Collectors.toList())));
    Map<Long, InvitationId> learned = new LinkedHashMap<>();
    for (RunRow row : rows) {
      List<InvitationId> theirs = pending.getOrDefault(folded(invitedName(row)), List.of());
      if (theirs.size() == 1) {
        learned.put(row.id(), theirs.getFirst());
      }
    }
    doneHere.learnInvitations(learned);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String invitedName(RunRow row) {
    return switch (row.target()) {
      case Target.Person person -> person.username().name();
      case Target.Again again -> again.person().username().name();
      case Target.Listed listed -> listed.username();
      case Target.Code code -> code.name();
    };
  }

  /// When the list was read last; empty when never.
  public Optional<Instant> readAt(OrganizationId organization) {
    return cache.readAt(connection, organization);
  }
}
