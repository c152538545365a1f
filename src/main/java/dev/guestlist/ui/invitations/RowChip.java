package dev.guestlist.ui.invitations;

import dev.guestlist.service.InvitationStatus;

/// The ready-made filters over the table.
public enum RowChip {
  ALL("invitations.chip.all"),
  NEEDS_ATTENTION("invitations.chip.needs-attention"),
  EXPIRES_SOON("invitations.chip.expires-soon"),
  EXPIRED("invitations.chip.expired"),
  WAITING("invitations.chip.waiting"),
  NOT_LISTED("invitations.chip.not-listed");

  private final String key;

  RowChip(String key) {
    this.key = key;
  }

  /// The key of its text.
  String key() {
    return key;
  }

  /// Whether rows of this status stay when the chip is on.
  public boolean takes(InvitationStatus status) {
    return switch (this) {
      case ALL -> true;
      case NEEDS_ATTENTION -> status.needsAttention();
      case EXPIRES_SOON -> status == InvitationStatus.EXPIRES_SOON;
      case EXPIRED ->
          status == InvitationStatus.EXPIRED || status == InvitationStatus.PROBABLY_EXPIRED;
      case WAITING -> status == InvitationStatus.WAITING || status == InvitationStatus.SENDING;
      case NOT_LISTED -> status == InvitationStatus.NO_LONGER_LISTED;
    };
  }
}
