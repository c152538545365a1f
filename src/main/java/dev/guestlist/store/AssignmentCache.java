package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Group;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The groups and roles of each organization as last read: what an invitation can give.
public final class AssignmentCache {
  /// In order of name.
  public List<Group> groups(ConnectionId connection, OrganizationId organization) {
    throw new UnsupportedOperationException();
  }

  /// In order of audience and name.
  public List<Role> roles(ConnectionId connection, OrganizationId organization) {
    throw new UnsupportedOperationException();
  }

  /// When both were read last; empty when never.
  public Optional<Instant> readAt(ConnectionId connection, OrganizationId organization) {
    throw new UnsupportedOperationException();
  }

  public void replace(
      ConnectionId connection,
      OrganizationId organization,
      List<Group> groups,
      List<Role> roles,
      Instant readAt) {
    throw new UnsupportedOperationException();
  }
}
