package dev.guestlist.service;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Member;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Right;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.service.Findings.Answer;
import dev.guestlist.service.Findings.Evidence;
import dev.guestlist.service.Findings.What;
import dev.guestlist.service.Invitations.Entry;
import dev.guestlist.store.InvitationCache.Cached;
import dev.guestlist.store.LocalStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds out what became of an invitation, by looking and never by guessing: own runs, the list,
/// the kept code, the member of that name. Changes nothing on the server.
public final class Finder {
  private final Session session;
  private final Invitations invitations;
  private final CodeDesk codes;
  private final LocalStore store;
  private final Changes changes;
  private final InstantSource clock;

  Finder(
      Session session,
      Invitations invitations,
      CodeDesk codes,
      LocalStore store,
      Changes changes,
      InstantSource clock) {
    this.session = session;
    this.invitations = invitations;
    this.codes = codes;
    this.store = store;
    this.changes = changes;
    this.clock = clock;
  }

  /// Looks at everything that can be looked at. Blocks; what cannot be looked at is part of the
  /// answer.
  public Findings findOut(OrganizationId organization, Entry entry) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(ownRun(organization, entry));
    evidence.add(list(organization, entry));
    entry
        .codeRow()
        .flatMap(row -> store.runs().code(row))
        .ifPresent(code -> evidence.add(code(code)));
    evidence.addAll(membership(organization, entry));
    return new Findings(answer(evidence, entry), evidence, lastListed(organization, entry));
  }

  private Evidence ownRun(OrganizationId organization, Entry entry) {
    return entry
        .invitation()
        .flatMap(id -> lastAbout(organization, id))
        .or(entry::row)
        .<Evidence>map(Evidence.OwnRun::new)
        .orElseGet(Evidence.NoOwnRun::new);
  }

  private Optional<RunRow> lastAbout(OrganizationId organization, InvitationId id) {
    return store.doneHere().about(session.connection().id(), organization, id).stream()
        .reduce((earlier, later) -> later);
  }

  private Evidence list(OrganizationId organization, Entry entry) {
    try {
      allowed(organization, Right.LIST_INVITATIONS);
      invitations.read(organization);
      Optional<Cached> found =
          store
              .invitations()
              .of(session.connection().id(), organization, List.of(entry.username()))
              .stream()
              .filter(one -> entry.invitation().equals(Optional.of(one.invitation().id())))
              .findFirst();
      boolean expired =
          found.filter(one -> one.invitation().status() == Invitation.Status.EXPIRED).isPresent();
      return new Evidence.Listed(found.isPresent(), expired, clock.instant());
    } catch (ProblemException e) {
      return notLooked(What.LIST, Right.LIST_INVITATIONS, e.problem());
    }
  }

  private Evidence code(ConfirmationCode code) {
    return switch (codes.look(code)) {
      case CodeDesk.Look.Found ignored -> new Evidence.Code(true, clock.instant());
      case CodeDesk.Look.Unknown ignored -> new Evidence.Code(false, clock.instant());
      case CodeDesk.Look.NotChecked(Problem why) ->
          notLooked(What.CODE, Right.LIST_INVITATIONS, why);
    };
  }

  /// What was found out is not forgotten with the answer: tables say it too from now on.
  private void keep(OrganizationId organization, String username, Optional<Member> found) {
    store
        .members()
        .looked(session.connection().id(), organization, username, found, clock.instant());
    changes.publish(new Change.InvitationsChanged(organization));
  }

  /// Somebody who was a member before the invitation was made is no evidence.
  private Optional<Evidence> kept(OrganizationId organization, Entry entry) {
    Optional<Instant> made = entry.made().map(how -> how.row().changed());
    Membership members = Membership.of(store, session.connection(), organization);
    Optional<Instant> seen = members.since(entry.username(), made, entry.ends());
    if (seen.isPresent() || members.since(entry.username(), Instant.MIN).isPresent()) {
      return seen.map(at -> new Evidence.KeptMembership(true, at));
    }
    return store
        .members()
        .readAt(session.connection().id(), organization)
        .map(at -> new Evidence.KeptMembership(false, at));
  }

  /// The member list that is kept speaks where the server cannot be asked.
  private List<Evidence> membership(OrganizationId organization, Entry entry) {
    try {
      OrganizationAccess access = allowed(organization, Right.LIST_USERS);
      Optional<Member> member = session.ask(() -> access.member(entry.username()));
      keep(organization, entry.username(), member);
      return List.of(new Evidence.Membership(member, clock.instant()));
    } catch (ProblemException e) {
      List<Evidence> evidence = new ArrayList<>();
      kept(organization, entry).ifPresent(evidence::add);
      evidence.add(notLooked(What.MEMBERS, Right.LIST_USERS, e.problem()));
      return evidence;
    }
  }

  private Optional<Instant> lastListed(OrganizationId organization, Entry entry) {
    return store.invitations().all(session.connection().id(), organization).stream()
        .filter(one -> entry.invitation().equals(Optional.of(one.invitation().id())))
        .map(Cached::seen)
        .findFirst();
  }

  private OrganizationAccess allowed(OrganizationId organization, Right right)
      throws ProblemException {
    OrganizationAccess access = session.access(organization);
    Set<Right> rights = access.rights();
    if (!rights.contains(right)) {
      throw new ProblemException(new Problem.NotAllowed(right.name()));
    }
    return access;
  }

  private static Evidence notLooked(What what, Right right, Problem why) {
    boolean lacks = why instanceof Problem.NotAllowed;
    return new Evidence.NotLooked(what, lacks ? Optional.of(right) : Optional.empty(), why);
  }

  /// The strongest proof wins: what the server lists, then membership, then what was done here.
  private static Answer answer(List<Evidence> evidence, Entry entry) {
    Optional<Evidence.Listed> listed = first(evidence, Evidence.Listed.class);
    boolean member =
        first(evidence, Evidence.Membership.class)
                .flatMap(Evidence.Membership::member)
                .filter(one -> one.managedBy().isPresent())
                .isPresent()
            || first(evidence, Evidence.KeptMembership.class)
                .filter(Evidence.KeptMembership::member)
                .isPresent();
    if (member) {
      return Answer.JOINED;
    }
    if (listed.filter(Evidence.Listed::there).isPresent()) {
      return listed.get().expired() ? Answer.EXPIRED : Answer.STILL_PENDING;
    }
    return first(evidence, Evidence.OwnRun.class)
        .map(own -> ofOwn(own.row(), entry))
        .orElse(Answer.CANNOT_TELL);
  }

  private static Answer ofOwn(RunRow row, Entry entry) {
    return switch (row.state()) {
      case JOINED, ALREADY_MEMBER -> Answer.JOINED;
      case DELETED, NOT_INVITED_AGAIN -> Answer.DELETED_HERE;
      case INVITED, CODE_LOST ->
          row.target() instanceof Target.Again again
                  && entry.invitation().equals(Optional.of(again.replaces()))
              ? Answer.REPLACED
              : Answer.CANNOT_TELL;
      case READY,
          SENDING,
          UNKNOWN,
          NEEDS_DECISION,
          WAS_GONE,
          USER_EXISTS,
          REFUSED,
          NOT_TRIED,
          CANNOT_TELL ->
          Answer.CANNOT_TELL;
    };
  }

  private static <E extends Evidence> Optional<E> first(List<Evidence> evidence, Class<E> kind) {
    return evidence.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
