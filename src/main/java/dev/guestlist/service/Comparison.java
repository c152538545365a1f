package dev.guestlist.service;

import dev.guestlist.model.Basis;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Role;
import dev.guestlist.model.RowState;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.store.InvitationCache;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.RowChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What waits, beside what this computer knows of one organization now: what settles itself, what
/// contradicts the wish, and what nothing stands against. Asks nobody.
final class Comparison {
  /// The server lists no moment of making; an invitation that waits counts more than one that
  /// ended, and a later end more than an earlier one.
  private static final Comparator<Invitation> NEWEST_LAST =
      Comparator.<Invitation>comparingInt(one -> one.status() == Invitation.Status.PENDING ? 1 : 0)
          .thenComparing(one -> one.ends().orElse(Instant.MIN));

  private final Optional<Instant> asOf;
  private final Map<String, List<Invitation>> listed = new HashMap<>();
  private final Set<String> members;
  private final Optional<Assignments.Choice> gifts;

  /// @param members managed members by name without upper case; empty when they are not known
  /// @param gifts the groups and roles that exist; empty when they are not known
  Comparison(
      LocalStore store,
      ConnectionId connection,
      OrganizationId organization,
      Collection<String> names,
      Set<String> members,
      Optional<Assignments.Choice> gifts) {
    this.asOf = store.invitations().readAt(connection, organization);
    this.members = Set.copyOf(members);
    this.gifts = gifts;
    store.invitations().of(connection, organization, names).stream()
        .map(InvitationCache.Cached::invitation)
        .sorted(NEWEST_LAST)
        .forEach(one ->
            listed.computeIfAbsent(folded(one.username()), name -> new ArrayList<>()).add(one));
  }

  /// The same with what lists on this computer say, and without members, whose list may be old.
  static Comparison here(
      LocalStore store,
      ConnectionId connection,
      OrganizationId organization,
      Collection<String> names) {
    Optional<Instant> read = store.assignments().readAt(connection, organization);
    return new Comparison(
        store,
        connection,
        organization,
        names,
        Set.of(),
        read.map(at ->
            new Assignments.Choice(
                store.assignments().groups(connection, organization),
                store.assignments().roles(connection, organization),
                read)));
  }

  /// What is known of the person of a row who was just asked for.
  Basis newest(Target target) {
    List<Invitation> theirs = of(target);
    return new Basis(asOf, theirs.isEmpty() ? Optional.empty() : Optional.of(theirs.getLast()));
  }

  /// What is there now of what a row is about: an invitation that was not there when it was posted,
  /// or else the one that the row means, or else the newest of that name.
  Basis there(RunRow row) {
    Optional<Invitation> one =
        newer(row).or(() -> meant(row)).or(() -> newest(row.target()).invitation());
    return new Basis(asOf, one);
  }

  /// What becomes of a row that may leave, or waits because of an earlier comparison; empty when
  /// nothing stands against it, and for a row that only its own look-up can judge: one whose call
  /// got lost may have been done late.
  Optional<RowChange> verdict(RunRow row) {
    return verdict(row, row.target());
  }

  /// The same, if the row had another target.
  Optional<RowChange> verdict(RunRow row, Target target) {
    if (row.lost() > 0) {
      return Optional.empty();
    }
    return switch (target) {
      case Target.Person person -> invite(row, person);
      case Target.Listed listedOne -> delete(row, listedOne);
      case Target.Again again -> again(row, again);
      case Target.Code ignored -> Optional.empty();
    };
  }

  private Optional<RowChange> invite(RunRow row, Target.Person person) {
    return memberAlready(row, person)
        .or(() -> giftGone(row, person))
        .or(() -> newer(row).map(one -> asks(row, Reason.ALREADY_INVITED, "")));
  }

  /// Members are listed without their user store: where the row names one, a member of that name
  /// may be somebody else.
  private Optional<RowChange> memberAlready(RunRow row, Target.Person person) {
    boolean joined =
        person.username().userStore().isEmpty()
            && members.contains(folded(person.username().name()));
    return joined
        ? Optional.of(
            RowChange.because(row.id(), RowState.ALREADY_MEMBER, Reason.ALREADY_MEMBER, ""))
        : Optional.empty();
  }

  private Optional<RowChange> giftGone(RunRow row, Target.Person person) {
    Gone gone = gone(person);
    if (gone.isEmpty()) {
      return Optional.empty();
    }
    Reason reason = gone.groups().isEmpty() ? Reason.UNKNOWN_ROLE : Reason.UNKNOWN_GROUP;
    return Optional.of(asks(row, reason, String.join(", ", gone.names())));
  }

  private Optional<RowChange> delete(RunRow row, Target.Listed target) {
    if (has(target, target.invitation())) {
      return Optional.empty();
    }
    return Optional.of(
        newer(row)
            .map(one -> asks(row, Reason.NEWER_INVITATION, ""))
            .orElseGet(() -> RowChange.to(row.id(), RowState.WAS_GONE)));
  }

  private Optional<RowChange> again(RunRow row, Target.Again again) {
    Optional<RowChange> first =
        memberAlready(row, again.person()).or(() -> giftGone(row, again.person()));
    if (first.isPresent() || again.step() == Target.Again.Step.INVITE) {
      return first;
    }
    boolean newer = newer(row).filter(one -> !one.id().equals(again.replaces())).isPresent();
    if (!newer && !has(again, again.replaces())) {
      return Optional.of(asks(row, Reason.INVITATION_GONE, "").withTarget(again.gone()));
    }
    boolean otherGifts =
        row.basis()
            .flatMap(Basis::invitation)
            .filter(before -> before.id().equals(again.replaces()))
            .filter(before ->
                of(again).stream()
                    .anyMatch(now -> now.id().equals(before.id()) && !sameGifts(before, now)))
            .isPresent();
    return newer || otherGifts
        ? Optional.of(asks(row, Reason.CHANGED_MEANWHILE, ""))
        : Optional.empty();
  }

  /// A pending invitation of the person that was not there when the row was posted, and that the
  /// row is not about.
  private Optional<Invitation> newer(RunRow row) {
    Optional<InvitationId> before = row.basis().flatMap(Basis::invitation).map(Invitation::id);
    return newest(row.target())
        .invitation()
        .filter(one -> one.status() == Invitation.Status.PENDING)
        .filter(one -> !Optional.of(one.id()).equals(before))
        .filter(one -> !Optional.of(one.id()).equals(id(row.target())));
  }

  /// The invitation that a row wants to delete or replace, while it is listed.
  private Optional<Invitation> meant(RunRow row) {
    return id(row.target())
        .flatMap(id -> of(row.target()).stream().filter(one -> one.id().equals(id)).findFirst());
  }

  private static Optional<InvitationId> id(Target target) {
    return switch (target) {
      case Target.Listed one -> Optional.of(one.invitation());
      case Target.Again one -> Optional.of(one.replaces());
      case Target.Person ignored -> Optional.empty();
      case Target.Code ignored -> Optional.empty();
    };
  }

  private boolean has(Target target, InvitationId id) {
    return of(target).stream().anyMatch(one -> one.id().equals(id));
  }

  private List<Invitation> of(Target target) {
    return listed.getOrDefault(folded(name(target)), List.of());
  }

  /// Groups and roles that somebody was to get and that do not exist any more.
  record Gone(List<Group> groups, List<Role> roles) {
    static final Gone NOTHING = new Gone(List.of(), List.of());

    boolean isEmpty() {
      return groups.isEmpty() && roles.isEmpty();
    }

    List<String> names() {
      return Stream.concat(groups.stream().map(Group::name), roles.stream().map(Role::displayName))
          .toList();
    }

    /// Who is invited, without them.
    Target.Person without(Target.Person person) {
      Set<String> goneGroups = Set.copyOf(groups.stream().map(Group::id).toList());
      Set<String> goneRoles = Set.copyOf(roles.stream().map(Role::id).toList());
      return new Target.Person(
          person.username(),
          person.roles().stream().filter(role -> !goneRoles.contains(role.id())).toList(),
          person.groups().stream().filter(group -> !goneGroups.contains(group.id())).toList());
    }
  }

  /// What a row wants to give and what does not exist any more, as far as that is known.
  Gone gone(RunRow row) {
    return InvitationLines.person(row).map(this::gone).orElse(Gone.NOTHING);
  }

  private Gone gone(Target.Person person) {
    return gifts.map(there -> gone(person, there)).orElse(Gone.NOTHING);
  }

  static Gone gone(Target.Person person, Assignments.Choice there) {
    Set<String> groups = Set.copyOf(there.groups().stream().map(Group::id).toList());
    Set<String> roles = Set.copyOf(there.roles().stream().map(Role::id).toList());
    return new Gone(
        person.groups().stream().filter(one -> !groups.contains(one.id())).toList(),
        person.roles().stream().filter(one -> !roles.contains(one.id())).toList());
  }

  static boolean sameGifts(Invitation one, Invitation other) {
    return Set.copyOf(one.groups().stream().map(Group::id).toList())
            .equals(Set.copyOf(other.groups().stream().map(Group::id).toList()))
        && Set.copyOf(one.roles().stream().map(Role::id).toList())
            .equals(Set.copyOf(other.roles().stream().map(Role::id).toList()));
  }

  private static RowChange asks(RunRow row, Reason reason, String detail) {
    return RowChange.because(row.id(), RowState.NEEDS_DECISION, reason, detail);
  }

  /// The name in a list: without its user store.
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
