package dev.guestlist.service;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Member;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.store.MemberCache;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who is in an organization, as last read.
public final class Members {
  private final ConnectionId connection;
  private final Session session;
  private final MemberCache cache;
  private final Changes changes;
  private final InstantSource clock;

  /// The members, and how old the list is.
  public record Listing(List<Member> members, Optional<Instant> readAt) {}

  Members(Session session, MemberCache cache, Changes changes, InstantSource clock) {
    this.connection = session.connection().id();
    this.session = session;
    this.cache = cache;
    this.changes = changes;
    this.clock = clock;
  }

  /// What is known here, at once, also without a connection.
  public Listing list(OrganizationId organization) {
    return new Listing(cache.all(connection, organization), cache.readAt(connection, organization));
  }

  /// Reads the members from the server and keeps them; the former list stays when that fails.
  ///
  /// @return the problem; empty when the list is new
  public Optional<Problem> refresh(OrganizationId organization) {
    try {
      OrganizationAccess access = session.access(organization);
      List<Member> members = new ArrayList<>();
      session.ask(() -> {
        access.members(members::addAll);
        return true;
      });
      cache.replace(connection, organization, members, clock.instant());
      changes.publish(new Change.InvitationsChanged(organization));
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
  }
}
