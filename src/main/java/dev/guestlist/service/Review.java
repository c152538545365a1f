package dev.guestlist.service;

import dev.guestlist.model.Basis;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Right;
import dev.guestlist.model.Role;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.store.InvitationCache;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.RunTable;
import dev.guestlist.store.RunTable.RowChange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Compares what waits with what is there now, before any of it leaves: the organization is read
/// once, what settles itself is settled, what contradicts the wish waits for a decision, and the
/// rest is clear. Nothing is changed on the server.
final class Review {
  private final ConnectionId connection;
  private final Session session;
  private final Invitations invitations;
  private final Members members;
  private final Assignments assignments;
  private final InvitationCache cache;
  private final LocalStore store;
  private final RunTable table;
  private final Settling settling;
  private final InstantSource clock;

  Review(
      Session session,
      Invitations invitations,
      Members members,
      Assignments assignments,
      LocalStore store,
      Settling settling,
      InstantSource clock) {
    this.connection = session.connection().id();
    this.session = session;
    this.invitations = invitations;
    this.members = members;
    this.assignments = assignments;
    this.cache = store.invitations();
    this.store = store;
    this.table = store.runs();
    this.settling = settling;
    this.clock = clock;
  }

  /// What is known now of the people of some rows, by their names without upper case.
  static Map<String, Basis> known(
      LocalStore store,
      ConnectionId connection,
      OrganizationId organization,
      Collection<String> names) {
    Optional<Instant> asOf = store.invitations().readAt(connection, organization);
    Map<String, Basis> known = new HashMap<>();
    for (String name : names) {
      known.put(folded(name), new Basis(asOf, Optional.empty()));
    }
    store.invitations().of(connection, organization, names).stream()
        .map(InvitationCache.Cached::invitation)
        .sorted(NEWEST_LAST)
        .forEach(one -> known.put(folded(one.username()), new Basis(asOf, Optional.of(one))));
    return known;
  }

  /// The server lists no moment of making; an invitation that waits counts more than one that
  /// ended, and a later end more than an earlier one.
  private static final Comparator<Invitation> NEWEST_LAST =
      Comparator.<Invitation>comparingInt(one -> one.status() == Invitation.Status.PENDING ? 1 : 0)
          .thenComparing(one -> one.ends().orElse(Instant.MIN));

  /// Compares one waiting run.
  ///
  /// @return whether it was done; false when the server cannot be asked now
  boolean of(Run run) {
    OrganizationId organization = run.organization().orElseThrow();
    Set<String> joined = new HashSet<>();
    boolean asksForGifts = false;
    List<RunRow> rows =
        table.rows(run.number()).stream().filter(row -> row.state() == RowState.READY).toList();
    try {
      Set<Right> rights = session.access(organization).rights();
      if (!rights.contains(Right.LIST_INVITATIONS)) {
        return reviewed(run, List.of());
      }
      invitations.read(organization);
      boolean invites = rows.stream().anyMatch(row -> InvitationLines.person(row).isPresent());
      if (invites && rights.contains(Right.LIST_USERS)) {
        orThrow(members.refresh(organization));
        joined.addAll(store.members().managed(connection, organization).keySet());
      }
      boolean gifts =
          rows.stream()
              .flatMap(row -> InvitationLines.person(row).stream())
              .anyMatch(person -> !person.roles().isEmpty() || !person.groups().isEmpty());
      asksForGifts = gifts && assignments.refresh(organization).isEmpty();
    } catch (ProblemException e) {
      return notNow(run, e.problem());
    }
    List<String> names = rows.stream().map(Review::name).toList();
    Map<String, Basis> now = known(store, connection, organization, names);
    List<RowChange> changes = new ArrayList<>();
    for (RunRow row : rows) {
      Basis there = now.getOrDefault(folded(name(row)), Basis.NOTHING);
      List<String> gone = asksForGifts ? gone(row, assignments.of(organization)) : List.of();
      verdict(row, there, joined, gone, organization).ifPresent(changes::add);
    }
    return reviewed(run, changes);
  }

  private boolean reviewed(Run run, List<RowChange> changes) {
    table.reviewed(run.number(), changes, clock.instant());
    settling.published(run.organization());
    return true;
  }

  private boolean notNow(Run run, Problem problem) {
    if (problem instanceof Problem.Rejected rejected) {
      settling.hold(run.number(), Settling.held(rejected), run.organization());
      return true;
    }
    if (problem instanceof Problem.NotAllowed notAllowed) {
      settling.hold(run.number(), Settling.held(notAllowed), run.organization());
      return true;
    }
    return false;
  }

  private static void orThrow(Optional<Problem> problem) throws ProblemException {
    if (problem.isPresent() && !(problem.get() instanceof Problem.NotAllowed)) {
      throw new ProblemException(problem.get());
    }
  }

  /// What becomes of a row; empty when nothing stands against it. A row that left before is judged
  /// by its own look-up, not here.
  private Optional<RowChange> verdict(
      RunRow row, Basis there, Set<String> joined, List<String> gone, OrganizationId organization) {
    if (row.attempts() > 0) {
      return Optional.empty();
    }
    return switch (row.target()) {
      case Target.Person person -> invite(row, person, there, joined, gone);
      case Target.Listed listed -> delete(row, listed, there, organization);
      case Target.Again again -> again(row, again, there, gone);
      case Target.Code ignored -> Optional.empty();
    };
  }

  private static Optional<RowChange> invite(
      RunRow row, Target.Person person, Basis there, Set<String> joined, List<String> gone) {
    if (joined.contains(folded(person.username().name()))) {
      return Optional.of(
          RowChange.because(row.id(), RowState.ALREADY_MEMBER, Reason.ALREADY_MEMBER, ""));
    }
    Optional<InvitationId> before = row.basis().flatMap(Basis::invitation).map(Invitation::id);
    boolean invitedMeanwhile =
        there
            .invitation()
            .filter(one -> one.status() == Invitation.Status.PENDING)
            .filter(one -> !Optional.of(one.id()).equals(before))
            .isPresent();
    if (invitedMeanwhile) {
      return Optional.of(asks(row, Reason.ALREADY_INVITED, ""));
    }
    return giftGone(row, person, gone);
  }

  private static Optional<RowChange> giftGone(RunRow row, Target.Person person, List<String> gone) {
    if (gone.isEmpty()) {
      return Optional.empty();
    }
    boolean group = person.groups().stream().anyMatch(one -> gone.contains(one.name()));
    return Optional.of(
        asks(row, group ? Reason.UNKNOWN_GROUP : Reason.UNKNOWN_ROLE, String.join(", ", gone)));
  }

  private Optional<RowChange> delete(
      RunRow row, Target.Listed listed, Basis there, OrganizationId organization) {
    boolean stillThere =
        cache.of(connection, organization, List.of(listed.username())).stream()
            .anyMatch(one -> one.invitation().id().equals(listed.invitation()));
    if (stillThere) {
      return Optional.empty();
    }
    boolean newer =
        there.invitation().filter(one -> one.status() == Invitation.Status.PENDING).isPresent();
    return Optional.of(
        newer ? asks(row, Reason.NEWER_INVITATION, "") : RowChange.to(row.id(), RowState.WAS_GONE));
  }

  private Optional<RowChange> again(
      RunRow row, Target.Again again, Basis there, List<String> gone) {
    if (again.step() == Target.Again.Step.INVITE) {
      return giftGone(row, again.person(), gone);
    }
    Optional<Invitation> now = there.invitation();
    if (now.isEmpty()) {
      return Optional.of(asks(row, Reason.INVITATION_GONE, "").withTarget(again.gone()));
    }
    Optional<Invitation> before = row.basis().flatMap(Basis::invitation);
    boolean same = now.get().id().equals(again.replaces());
    boolean otherGifts = before.filter(one -> !sameGifts(one, now.get())).isPresent();
    if (!same || (otherGifts && before.get().id().equals(again.replaces()))) {
      return Optional.of(asks(row, Reason.CHANGED_MEANWHILE, ""));
    }
    return giftGone(row, again.person(), gone);
  }

  private static boolean sameGifts(Invitation one, Invitation other) {
    return Set.copyOf(one.groups().stream().map(Group::id).toList())
            .equals(Set.copyOf(other.groups().stream().map(Group::id).toList()))
        && Set.copyOf(one.roles().stream().map(Role::id).toList())
            .equals(Set.copyOf(other.roles().stream().map(Role::id).toList()));
  }

  /// The names of groups and roles that a row asks for and that do not exist.
  static List<String> gone(RunRow row, Assignments.Choice there) {
    Optional<Target.Person> person = InvitationLines.person(row);
    Set<String> groups = Set.copyOf(there.groups().stream().map(Group::id).toList());
    Set<String> roles = Set.copyOf(there.roles().stream().map(Role::id).toList());
    return person.stream()
        .flatMap(one ->
            Stream.concat(
                one.groups().stream().filter(g -> !groups.contains(g.id())).map(Group::name),
                one.roles().stream().filter(r -> !roles.contains(r.id())).map(Role::displayName)))
        .toList();
  }

  private static RowChange asks(RunRow row, Reason reason, String detail) {
    return RowChange.because(row.id(), RowState.NEEDS_DECISION, reason, detail);
  }

  static String name(RunRow row) {
    return name(row.target());
  }

  static String name(Target target) {
    return switch (target) {
      case Target.Person person -> person.username().name();
      case Target.Again again -> again.person().username().name();
      case Target.Listed listed -> listed.username();
      case Target.Code code -> code.name();
    };
  }

  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
