package dev.guestlist.model;

/// The server's id of an invitation. It names the invitation in lists and deletions and is no
/// secret: only the confirmation code lets somebody accept.
///
/// @param value never blank
public record InvitationId(String value) {
  public InvitationId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("An invitation id cannot be blank.");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
