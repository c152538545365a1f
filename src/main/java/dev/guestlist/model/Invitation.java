package dev.guestlist.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An invitation as the server lists it. Never contains its code: lists do not.
///
/// @param username as invited, without its user store: the server does not list that
/// @param email captured when the person was invited; blank when the server left it out
/// @param ends when it ends, read as UTC; an estimate, because the server writes no zone
public record Invitation(
    InvitationId id,
    String username,
    String email,
    List<Role> roles,
    List<Group> groups,
    Status status,
    Optional<Instant> ends) {

  /// The server's own verdict; it knows no other.
  public enum Status {
    PENDING,
    EXPIRED
  }

  public Invitation {
    roles = List.copyOf(roles);
    groups = List.copyOf(groups);
  }
}
