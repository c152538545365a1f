package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The organizations of each connection as last read, and where the person has been.
public final class OrganizationCache {

  /// Every organization known of this connection, in no order.
  public List<Organization> all(ConnectionId connection) {
    throw new UnsupportedOperationException();
  }

  public Optional<Organization> find(ConnectionId connection, OrganizationId id) {
    throw new UnsupportedOperationException();
  }

  /// Adds or updates. What a list left out (parent, handle, children) keeps what was known; access
  /// is only replaced by something other than UNKNOWN.
  public void put(ConnectionId connection, List<Organization> organizations, Instant readAt) {
    throw new UnsupportedOperationException();
  }

  /// The complete children of one parent: adds or updates them, and removes former children that
  /// are not among them any more, with everything below.
  public void replaceChildren(
      ConnectionId connection, OrganizationId parent, List<Organization> children, Instant readAt) {
    throw new UnsupportedOperationException();
  }

  /// When the children of this parent were read completely; empty when never.
  public Optional<Instant> childrenReadAt(ConnectionId connection, OrganizationId parent) {
    throw new UnsupportedOperationException();
  }

  public void setAccess(ConnectionId connection, OrganizationId id, Organization.Access access) {
    throw new UnsupportedOperationException();
  }

  /// Marks a visit; [#visits] gives them back.
  public void visited(ConnectionId connection, OrganizationId id, Instant at) {
    throw new UnsupportedOperationException();
  }

  /// When each organization was visited last.
  public Map<OrganizationId, Instant> visits(ConnectionId connection) {
    throw new UnsupportedOperationException();
  }

  public void pin(ConnectionId connection, OrganizationId id, boolean pinned) {
    throw new UnsupportedOperationException();
  }

  public List<OrganizationId> pinned(ConnectionId connection) {
    throw new UnsupportedOperationException();
  }
}
