package dev.guestlist.model;

import java.util.Optional;

/// A group of a child organization.
///
/// @param id the SCIM id; goes into invitations
/// @param displayName as the server writes it, perhaps with its user store as `STORE/name`
public record Group(String id, String displayName) {
  /// The name without the user store.
  public String name() {
    return displayName.substring(displayName.indexOf('/') + 1);
  }

  /// The user store, where the server wrote one.
  public Optional<String> userStore() {
    int slash = displayName.indexOf('/');
    return slash > 0 ? Optional.of(displayName.substring(0, slash)) : Optional.empty();
  }
}
