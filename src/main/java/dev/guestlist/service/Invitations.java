package dev.guestlist.service;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Role;
import dev.guestlist.model.RowState;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.store.InvitationCache;
import dev.guestlist.store.RunTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The invitations of an organization: what the server listed last, together with what runs of this
/// computer are doing about them.
public final class Invitations {
  /// How long something done here stays in the table after it was done.
  private static final Duration KEPT_IN_TABLE = Duration.ofHours(12);

  /// How long after inviting somebody a list may say which invitation that was.
  private static final Duration LEARNS = Duration.ofHours(1);

  private final ConnectionId connection;
  private final Session session;
  private final InvitationCache cache;
  private final RunTable runs;
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
      Optional<Long> codeRow,
      Optional<Instant> leavesAt,
      Optional<Reason> reason,
      String serverText) {}

  /// The table, and how old it is.
  ///
  /// @param readAt when the server gave the list last; empty when it never did
  public record Listing(List<Entry> entries, Optional<Instant> readAt) {}

  Invitations(
      Session session, InvitationCache cache, RunTable runs, Changes changes, InstantSource clock) {
    this.connection = session.connection().id();
    this.session = session;
    this.cache = cache;
    this.runs = runs;
    this.changes = changes;
    this.clock = clock;
  }

  /// What is known here, at once, also without a connection.
  public Listing list(OrganizationId organization) {
    Instant now = clock.instant();
    Optional<Instant> readAt = cache.readAt(connection, organization);
    List<RunRow> rows = runs.recent(connection, organization, now.minus(KEPT_IN_TABLE));
    Map<String, RunRow> latest = new HashMap<>();
    rows.forEach(row -> latest.put(nameKey(row), row));
    Map<InvitationId, RunRow> codes = new HashMap<>();
    for (RunRow row : runs.withCode(connection, organization)) {
      row.invitation().ifPresent(id -> codes.put(id, row));
    }
    Map<InvitationId, RunRow> about = new HashMap<>();
    Map<Long, RunRow> unlisted = new LinkedHashMap<>();
    for (RunRow row : rows) {
      Optional<InvitationId> id = invitationOf(row);
      if (id.isPresent()) {
        about.put(id.get(), row);
      } else if (!row.state().settled() || row.equals(latest.get(nameKey(row)))) {
        unlisted.put(row.id(), row);
      }
    }
    List<Entry> entries = new ArrayList<>();
    for (InvitationCache.Cached cached : cache.all(connection, organization)) {
      Invitation invitation = cached.invitation();
      Optional<RunRow> row = Optional.ofNullable(about.remove(invitation.id()));
      entries.add(listed(cached, row, Optional.ofNullable(codes.get(invitation.id())), now));
    }
    for (RunRow row : unlisted.values()) {
      own(row, readAt, now).ifPresent(entries::add);
    }
    for (RunRow row : about.values()) {
      own(row, readAt, now).ifPresent(entries::add);
    }
    return new Listing(entries, readAt);
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
    session.ask(() -> cache.replaceAll(connection, organization, access::invitations, asked));
    learnIds(organization, asked);
    changes.publish(new Change.InvitationsChanged(organization));
  }

  /// The answer to an invite call names no ids; the next list does. A name that is listed more than
  /// once says nothing.
  private void learnIds(OrganizationId organization, Instant now) {
    List<RunRow> rows = runs.withoutInvitation(connection, organization, now.minus(LEARNS));
    List<String> names = rows.stream().map(Invitations::invitedName).toList();
    List<Invitation> pending =
        cache.of(connection, organization, names).stream()
            .filter(InvitationCache.Cached::listed)
            .map(InvitationCache.Cached::invitation)
            .filter(invitation -> invitation.status() == Invitation.Status.PENDING)
            .toList();
    for (RunRow row : rows) {
      List<Invitation> theirs =
          pending.stream()
              .filter(invitation -> invitation.username().equalsIgnoreCase(invitedName(row)))
              .toList();
      if (theirs.size() == 1) {
        runs.learnInvitation(row.id(), theirs.getFirst().id());
      }
    }
  }

  private static String nameKey(RunRow row) {
    return row.target().name().toLowerCase(Locale.ROOT);
  }

  private static String invitedName(RunRow row) {
    return ((Target.Person) row.target()).username().name();
  }

  /// When the list was read last; empty when never.
  public Optional<Instant> readAt(OrganizationId organization) {
    return cache.readAt(connection, organization);
  }

  private static Optional<InvitationId> invitationOf(RunRow row) {
    return switch (row.target()) {
      case Target.Listed listed -> Optional.of(listed.invitation());
      case Target.Person ignored -> row.invitation();
      case Target.Code ignored -> row.invitation();
    };
  }

  private static Entry listed(
      InvitationCache.Cached cached, Optional<RunRow> row, Optional<RunRow> codeRow, Instant now) {
    Invitation invitation = cached.invitation();
    boolean codeLost = row.filter(r -> r.state() == RowState.CODE_LOST).isPresent();
    Optional<InvitationStatus.Own> own =
        row.filter(r -> speaks(r)).map(r -> ownOf(r, now.isBefore(r.notBefore())));
    return new Entry(
        invitation.id().value(),
        invitation.username(),
        invitation.email(),
        InvitationStatus.of(
            invitation.status(), invitation.ends(), cached.listed(), own, codeLost, now),
        invitation.ends(),
        invitation.groups(),
        invitation.roles(),
        row.flatMap(r -> storeOf(r)).or(() -> codeRow.flatMap(r -> storeOf(r))),
        Optional.of(invitation.id()),
        row,
        codeRow.map(RunRow::id),
        row.filter(r -> r.state() == RowState.READY).map(RunRow::notBefore),
        row.flatMap(RunRow::reason),
        row.map(RunRow::serverText).orElse(""));
  }

  /// Whether a row says more about a listed invitation than the list: an invitation made here is
  /// simply listed now, and a deletion that was refused or dropped leaves it as it was.
  private static boolean speaks(RunRow row) {
    return switch (row.state()) {
      case READY, SENDING, UNKNOWN, NEEDS_DECISION, DELETED, WAS_GONE, JOINED, ALREADY_MEMBER ->
          true;
      case INVITED, CODE_LOST, USER_EXISTS, REFUSED, NOT_TRIED, CANNOT_TELL -> false;
    };
  }

  /// A line for something that the server does not list: a wish that waits, or was refused.
  private Optional<Entry> own(RunRow row, Optional<Instant> readAt, Instant now) {
    boolean dropped = row.state() == RowState.NOT_TRIED;
    boolean invited = row.state() == RowState.INVITED || row.state() == RowState.CODE_LOST;
    boolean listDecides = invited && readAt.filter(read -> read.isAfter(row.changed())).isPresent();
    boolean gone = row.target() instanceof Target.Listed && row.state().settled();
    boolean accepted = row.target() instanceof Target.Code && row.state().settled();
    if (dropped || gone || accepted || listDecides) {
      return Optional.empty();
    }
    List<Group> groups = row.target() instanceof Target.Person person ? person.groups() : List.of();
    List<Role> roles = row.target() instanceof Target.Person person ? person.roles() : List.of();
    String username =
        row.target() instanceof Target.Person person
            ? person.username().name()
            : row.target().name();
    return Optional.of(
        new Entry(
            "row-" + row.id(),
            username,
            "",
            InvitationStatus.ofOwn(ownOf(row, now.isBefore(row.notBefore()))),
            Optional.empty(),
            groups,
            roles,
            storeOf(row),
            row.invitation(),
            Optional.of(row),
            runs.code(row.id()).map(code -> row.id()),
            row.state() == RowState.READY ? Optional.of(row.notBefore()) : Optional.empty(),
            row.reason(),
            row.serverText()));
  }

  private static InvitationStatus.Own ownOf(RunRow row, boolean inGrace) {
    InvitationStatus.Own.Kind kind =
        switch (row.target()) {
          case Target.Person ignored -> InvitationStatus.Own.Kind.INVITE;
          case Target.Listed ignored -> InvitationStatus.Own.Kind.DELETE;
          case Target.Code ignored -> InvitationStatus.Own.Kind.ACCEPT;
        };
    return new InvitationStatus.Own(kind, row.state(), inGrace);
  }

  private static Optional<String> storeOf(RunRow row) {
    return row.target() instanceof Target.Person person
        ? person.username().userStore()
        : Optional.empty();
  }
}
