package dev.guestlist.service;

import dev.guestlist.model.OrganizationId;

/// Says what to read again. Never carries the data, and is sent after the commit.
public sealed interface Change {
  /// The list, the rows of runs or the members of this organization changed.
  record InvitationsChanged(OrganizationId organization) implements Change {}

  /// The tree, an organization's access, a visit or a pin changed.
  record OrganizationsChanged() implements Change {}

  /// A run or one of its rows changed.
  record RunsChanged() implements Change {}

  /// Somebody signed in or out, the current organization changed, or the link to the server did.
  record SessionChanged() implements Change {}
}
