package dev.guestlist.service;

import dev.guestlist.model.Invitation;
import dev.guestlist.model.RowState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The one word that says where an invitation stands, in the order of need: what needs somebody
/// comes first. Derived from facts, never stored.
public enum InvitationStatus {
  CODE_LOST,
  REPLY_UNKNOWN,
  NEEDS_DECISION,
  NOT_SENT,
  CANNOT_TELL,
  EXPIRES_SOON,
  EXPIRED,
  PROBABLY_EXPIRED,
  NO_LONGER_LISTED,
  WAITING,
  DELETING,
  SENDING,
  PENDING,
  JOINED,
  DELETED_HERE;

  /// From how long before its end on an invitation counts as ending soon.
  public static final Duration SOON = Duration.ofHours(24);

  /// Whether somebody should look at it.
  public boolean needsAttention() {
    return switch (this) {
      case CODE_LOST, REPLY_UNKNOWN, NEEDS_DECISION, NOT_SENT, CANNOT_TELL, EXPIRES_SOON -> true;
      case EXPIRED,
          PROBABLY_EXPIRED,
          NO_LONGER_LISTED,
          WAITING,
          DELETING,
          SENDING,
          PENDING,
          JOINED,
          DELETED_HERE ->
          false;
    };
  }

  /// The status of a row that the server listed.
  ///
  /// @param listed whether the last list still had it
  /// @param own the state of the latest row of this computer about it; empty when there is none
  /// @param codeLost whether it was made here and its code never arrived
  static InvitationStatus of(
      Invitation.Status status,
      Optional<Instant> ends,
      boolean listed,
      Optional<Own> own,
      boolean codeLost,
      Instant now) {
    if (own.isPresent()) {
      return ofOwn(own.get());
    }
    if (!listed) {
      return NO_LONGER_LISTED;
    }
    if (codeLost) {
      return CODE_LOST;
    }
    return switch (status) {
      case EXPIRED -> EXPIRED;
      case PENDING -> {
        if (ends.filter(end -> !end.isAfter(now)).isPresent()) {
          yield PROBABLY_EXPIRED;
        }
        yield ends.filter(end -> end.isBefore(now.plus(SOON))).isPresent() ? EXPIRES_SOON : PENDING;
      }
    };
  }

  /// What a row of a run on this computer is about, and where it stands.
  record Own(Kind kind, RowState state, boolean inGrace) {
    enum Kind {
      INVITE,
      DELETE,
      ACCEPT
    }
  }

  /// The status of something that this computer does or did.
  static InvitationStatus ofOwn(Own own) {
    return switch (own.state()) {
      case READY -> own.kind() == Own.Kind.DELETE && own.inGrace() ? DELETING : WAITING;
      case SENDING -> own.kind() == Own.Kind.DELETE ? DELETING : SENDING;
      case UNKNOWN -> REPLY_UNKNOWN;
      case NEEDS_DECISION -> NEEDS_DECISION;
      case INVITED -> PENDING;
      case CODE_LOST -> CODE_LOST;
      case DELETED, WAS_GONE -> DELETED_HERE;
      case JOINED, ALREADY_MEMBER -> JOINED;
      case USER_EXISTS, REFUSED, NOT_TRIED -> NOT_SENT;
      case CANNOT_TELL -> CANNOT_TELL;
    };
  }
}
