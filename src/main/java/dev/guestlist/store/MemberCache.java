package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Member;
import dev.guestlist.model.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The members of each organization as last read.
public final class MemberCache {
  /// In order of username.
  public List<Member> all(ConnectionId connection, OrganizationId organization) {
    throw new UnsupportedOperationException();
  }

  public Optional<Instant> readAt(ConnectionId connection, OrganizationId organization) {
    throw new UnsupportedOperationException();
  }

  public void replace(
      ConnectionId connection, OrganizationId organization, List<Member> members, Instant readAt) {
    throw new UnsupportedOperationException();
  }
}
