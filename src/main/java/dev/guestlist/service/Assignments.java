package dev.guestlist.service;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Group;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Role;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.store.AssignmentCache;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The groups and roles that an invitation into an organization can give.
public final class Assignments {
  private final ConnectionId connection;
  private final Session session;
  private final AssignmentCache cache;
  private final ActivityLog activity;
  private final InstantSource clock;

  /// What can be given, and when that was read; empty when never.
  public record Choice(List<Group> groups, List<Role> roles, Optional<Instant> readAt) {}

  Assignments(Session session, AssignmentCache cache, ActivityLog activity, InstantSource clock) {
    this.connection = session.connection().id();
    this.session = session;
    this.cache = cache;
    this.activity = activity;
    this.clock = clock;
  }

  /// What is known here, at once, also without a connection.
  public Choice of(OrganizationId organization) {
    return new Choice(
        cache.groups(connection, organization),
        cache.roles(connection, organization),
        cache.readAt(connection, organization));
  }

  /// Reads both from the server and keeps them; the former ones stay when that fails.
  ///
  /// @return the problem; empty when they are new
  public Optional<Problem> refresh(OrganizationId organization) {
    try {
      OrganizationAccess access = session.access(organization);
      List<Group> groups = session.ask(access::groups);
      List<Role> roles = session.ask(access::roles);
      cache.replace(connection, organization, groups, roles, clock.instant());
      activity.read(organization, ActivityLog.What.GROUPS_AND_ROLES, groups.size() + roles.size());
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
  }
}
