package dev.guestlist.model;

import java.util.List;
import java.util.Optional;

/// A user of a child organization.
///
/// @param id the user's SCIM id in the child; another one than in the parent
/// @param managedBy the organization that owns the account; empty for a user made in the child
/// @param displayName full name where known, else blank
/// @param email blank when the server left it out
public record Member(
    String id,
    String username,
    String displayName,
    String email,
    Optional<OrganizationId> managedBy,
    List<String> groups,
    List<String> roles) {
  public Member {
    groups = List.copyOf(groups);
    roles = List.copyOf(roles);
  }
}
