package dev.guestlist.model;

import java.util.Optional;

/// An organization as the server lists it, with what this computer learned about it.
///
/// @param parent empty when a list did not say (list items carry no parent) and for the root
/// @param handle the server's handle, from version 7.2 on
/// @param hasChildren empty when the server does not say (before 7.2)
public record Organization(
    OrganizationId id,
    String name,
    Optional<String> handle,
    Optional<OrganizationId> parent,
    boolean active,
    Optional<Boolean> hasChildren,
    Access access) {

  /// Whether the signed-in account may enter.
  public enum Access {
    /// not tried and not listed among those that can be entered
    UNKNOWN,
    /// listed by the server as one that the account can switch into, or entered before
    ENTERABLE,
    /// the last try to enter was refused
    REFUSED
  }

  public Organization withParent(OrganizationId newParent) {
    return new Organization(id, name, handle, Optional.of(newParent), active, hasChildren, access);
  }

  public Organization withAccess(Access newAccess) {
    return new Organization(id, name, handle, parent, active, hasChildren, newAccess);
  }
}
