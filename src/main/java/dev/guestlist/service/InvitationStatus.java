package dev.guestlist.service;

import dev.guestlist.model.Invitation;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The one word that says where an invitation stands, in the order of need: what needs somebody
/// comes first. Derived from facts, never stored.
public enum InvitationStatus {
  CODE_LOST,
  DELETED_NOT_INVITED,
  REPLY_UNKNOWN,
  NEEDS_DECISION,
  NOT_SENT,
  CANNOT_TELL,
  EXPIRES_SOON,
  EXPIRED,
  PROBABLY_EXPIRED,
  JOINED_STILL_LISTED,
  NO_LONGER_LISTED,
  WAITING,
  DELETING,
  SENDING,
  PENDING,
  JOINED,
  REPLACED,
  DELETED_HERE;

  /// From how long before its end on an invitation counts as ending soon.
  public static final Duration SOON = Duration.ofHours(24);

  /// Whether somebody should look at it.
  public boolean needsAttention() {
    return switch (this) {
      case CODE_LOST,
          DELETED_NOT_INVITED,
          REPLY_UNKNOWN,
          NEEDS_DECISION,
          NOT_SENT,
          CANNOT_TELL,
          EXPIRES_SOON,
          JOINED_STILL_LISTED ->
          true;
      case EXPIRED,
          PROBABLY_EXPIRED,
          NO_LONGER_LISTED,
          WAITING,
          DELETING,
          SENDING,
          PENDING,
          JOINED,
          REPLACED,
          DELETED_HERE ->
          false;
    };
  }

  /// Whether there is something on the server that somebody could delete, and nothing of this
  /// computer is on its way to do so.
  public boolean standsOnServer() {
    return switch (this) {
      case CODE_LOST,
          CANNOT_TELL,
          EXPIRES_SOON,
          EXPIRED,
          PROBABLY_EXPIRED,
          JOINED_STILL_LISTED,
          PENDING ->
          true;
      case DELETED_NOT_INVITED,
          REPLY_UNKNOWN,
          NEEDS_DECISION,
          NOT_SENT,
          NO_LONGER_LISTED,
          WAITING,
          DELETING,
          SENDING,
          JOINED,
          REPLACED,
          DELETED_HERE ->
          false;
    };
  }

  /// What is known of something that the server listed.
  ///
  /// @param ends when it ends, as far as the server's times are understood
  /// @param listed whether the last list still had it
  /// @param seen when a list had it last
  /// @param own the latest row of this computer about it, where that says more than the list
  /// @param codeLost whether it was made here and its code never arrived
  /// @param member whether the person was found among the members, managed from outside, since it
  ///   was made
  record Facts(
      Invitation.Status status,
      Optional<Instant> ends,
      boolean listed,
      Instant seen,
      Optional<RunRow> own,
      boolean codeLost,
      boolean member) {}

  /// The status of a row that the server listed.
  static InvitationStatus of(Facts facts, Instant now) {
    if (facts.own().isPresent()) {
      RunRow own = facts.own().get();
      InvitationStatus word = of(own, now);
      boolean seenSince = facts.listed() && facts.seen().isAfter(own.changed());
      return word == JOINED && seenSince ? JOINED_STILL_LISTED : word;
    }
    if (facts.member()) {
      return facts.listed() ? JOINED_STILL_LISTED : JOINED;
    }
    if (!facts.listed()) {
      return NO_LONGER_LISTED;
    }
    if (facts.codeLost()) {
      return CODE_LOST;
    }
    return switch (facts.status()) {
      case EXPIRED -> EXPIRED;
      case PENDING -> ofPending(facts, now);
    };
  }

  /// The server's word stands against an end that had passed when it said so.
  private static InvitationStatus ofPending(Facts facts, Instant now) {
    Optional<Instant> end = facts.ends().filter(one -> one.isAfter(facts.seen()));
    if (end.filter(one -> !one.isAfter(now)).isPresent()) {
      return PROBABLY_EXPIRED;
    }
    return end.filter(one -> one.isBefore(now.plus(SOON))).isPresent() ? EXPIRES_SOON : PENDING;
  }

  /// The status of something that this computer does or did.
  static InvitationStatus of(RunRow row, Instant now) {
    boolean deletes = row.target() instanceof Target.Listed;
    boolean halfDone =
        row.target() instanceof Target.Again again
            && again.step() == Target.Again.Step.INVITE
            && !row.reason().equals(Optional.of(Reason.INVITATION_GONE));
    return switch (row.state()) {
      case READY -> {
        if (halfDone) {
          yield DELETED_NOT_INVITED;
        }
        yield deletes && now.isBefore(row.notBefore()) ? DELETING : WAITING;
      }
      case SENDING -> deletes ? DELETING : SENDING;
      case UNKNOWN -> REPLY_UNKNOWN;
      case NEEDS_DECISION -> halfDone ? DELETED_NOT_INVITED : NEEDS_DECISION;
      case INVITED -> PENDING;
      case CODE_LOST -> CODE_LOST;
      case DELETED -> DELETED_HERE;
      case WAS_GONE -> NO_LONGER_LISTED;
      case NOT_INVITED_AGAIN -> DELETED_NOT_INVITED;
      case JOINED, ALREADY_MEMBER -> JOINED;
      case USER_EXISTS, REFUSED, NOT_TRIED -> NOT_SENT;
      case CANNOT_TELL -> CANNOT_TELL;
    };
  }
}
