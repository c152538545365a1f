package dev.guestlist.service;

import dev.guestlist.model.Basis;
import dev.guestlist.model.Decision;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Role;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A row that waits for a decision: what was wanted, what was known then, what is there now.
///
/// @param then what was known when the run was posted; ends by this computer's clock, as in `now`
/// @param now what the last list says
/// @param gone names of groups and roles that the row asks for and that do not exist any more;
///   empty too where the server refused some without its being known which
/// @param before of a code that the server does not know: how it was accepted from here before
/// @param choices what can be decided; nothing is decided by itself. Nothing can about what another
///   account asked for
public record Conflict(
    Run run,
    RunRow row,
    Kind kind,
    Optional<OrganizationId> organization,
    Basis then,
    Basis now,
    List<String> gone,
    Optional<AcceptedBefore> before,
    List<Decision> choices) {

  public Conflict {
    gone = List.copyOf(gone);
    choices = List.copyOf(choices);
  }

  /// Whether the same decision makes sense for both: the same stands against the same wish of the
  /// same account.
  public boolean alike(Conflict other) {
    boolean samePlace =
        organization.isPresent()
            ? organization.equals(other.organization)
            : row.run() == other.row.run();
    return samePlace
        && kind == other.kind
        && run.wish().equals(other.run.wish())
        && run.account().equals(other.run.account())
        && choices.equals(other.choices)
        && wanted(row.target()).equals(wanted(other.row.target()))
        && gone.equals(other.gone)
        && (kind != Kind.CHANGED_MEANWHILE || gifts(now).equals(gifts(other.now)));
  }

  /// What is to be done, and to give what, without saying to whom.
  private static List<Object> wanted(Target target) {
    return switch (target) {
      case Target.Person person -> List.of("invite", gifts(person.groups(), person.roles()));
      case Target.Again(var replaces, Target.Person person, var step) ->
          List.of("again", step, gifts(person.groups(), person.roles()));
      case Target.Listed ignored -> List.of("delete");
      case Target.Code ignored -> List.of("accept");
    };
  }

  private static List<Set<String>> gifts(Basis basis) {
    return basis.invitation().map(it -> gifts(it.groups(), it.roles())).orElse(List.of());
  }

  private static List<Set<String>> gifts(List<Group> groups, List<Role> roles) {
    return List.of(
        Set.copyOf(groups.stream().map(Group::id).toList()),
        Set.copyOf(roles.stream().map(Role::id).toList()));
  }

  /// Whether both ask the same, by what is there now: what was shown is still so.
  boolean asksTheSame(Conflict other) {
    return kind == other.kind
        && gone.equals(other.gone)
        && row.target().equals(other.row.target())
        && now.invitation().map(Invitation::id).equals(other.now.invitation().map(Invitation::id))
        && now.invitation()
            .map(Invitation::status)
            .equals(other.now.invitation().map(Invitation::status))
        && gifts(now).equals(gifts(other.now));
  }

  /// What stands against the wish.
  public enum Kind {
    /// to invite: somebody else invited the same person meanwhile
    INVITED_MEANWHILE,
    /// to invite: a group or role of the row does not exist any more
    GIFT_GONE,
    /// to invite: the server knows nobody of that name there
    PERSON_NOT_FOUND,
    /// to delete: the same person has a newer invitation
    NEWER_INVITATION,
    /// to invite again: what the person was invited to has changed
    CHANGED_MEANWHILE,
    /// to invite again: the old invitation was gone before this computer deleted it
    OLD_ONE_GONE,
    /// to accept: the invitation has ended
    CODE_EXPIRED,
    /// to accept: used meanwhile, replaced, deleted, or mistyped
    CODE_UNKNOWN,
    /// to accept: leads to another organization than the other codes of its run
    CODE_ELSEWHERE,
    /// to accept: nobody could look it up
    CODE_NOT_CHECKED,
    /// waited longer than makes sense
    TOO_OLD,
    /// left several times and was never found on the server
    NEVER_ARRIVED,
    /// something else that the row's reason tells
    OTHER
  }
}
