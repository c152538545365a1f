package dev.guestlist.service;

import dev.guestlist.model.Basis;
import dev.guestlist.model.Decision;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import java.util.List;
import java.util.Optional;

/// A row that waits for a decision: what was wanted, what was known then, what is there now.
///
/// @param then what was known when the run was posted
/// @param now what the last list says
/// @param gone names of groups and roles that the row asks for and that do not exist any more
/// @param before of a code that the server does not know: how it was accepted from here before
/// @param choices what can be decided, the safest first; nothing is decided by itself
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
