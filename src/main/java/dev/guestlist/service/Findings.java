package dev.guestlist.service;

import dev.guestlist.model.Member;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Right;
import dev.guestlist.model.RunRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What could be found out about an invitation, with the evidence for it.
///
/// @param answer the conclusion; [Answer#CANNOT_TELL] when the evidence proves nothing
/// @param evidence what was looked at, in that order, and what was there
/// @param lastListed when a list that this computer read had it last; empty when none did
public record Findings(Answer answer, List<Evidence> evidence, Optional<Instant> lastListed) {
  public Findings {
    evidence = List.copyOf(evidence);
  }

  /// What became of the invitation, as far as something proves it.
  public enum Answer {
    /// the person is a member whose account lives elsewhere
    JOINED,
    /// deleted by a run of this computer
    DELETED_HERE,
    /// deleted here and made anew
    REPLACED,
    /// listed again, or still, as waiting
    STILL_PENDING,
    /// the server says that it has ended
    EXPIRED,
    /// nothing proves anything
    CANNOT_TELL
  }

  /// One look.
  public sealed interface Evidence {
    /// A run of this computer was about it.
    record OwnRun(RunRow row) implements Evidence {}

    /// No run of this computer that is still known was about it.
    record NoOwnRun() implements Evidence {}

    /// The server's list, read now.
    record Listed(boolean there, boolean expired, Instant at) implements Evidence {}

    /// The kept code, looked up now; that uses nothing up.
    ///
    /// @param known whether the server knows it
    record Code(boolean known, Instant at) implements Evidence {}

    /// The member of that name, looked up now.
    ///
    /// @param member empty when there is none
    record Membership(Optional<Member> member, Instant at) implements Evidence {}

    /// The member list as this computer keeps it.
    record KeptMembership(boolean member, Instant readAt) implements Evidence {}

    /// Something that could not be looked at.
    ///
    /// @param right the right that it takes, when that is what lacks
    record NotLooked(What what, Optional<Right> right, Problem why) implements Evidence {}
  }

  /// What can be looked at on the server.
  public enum What {
    LIST,
    CODE,
    MEMBERS
  }
}
