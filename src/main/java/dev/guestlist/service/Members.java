package dev.guestlist.service;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Member;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.RunRow;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.MemberCache;
import dev.guestlist.store.RunTable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Who is in an organization, as last read.
public final class Members {
  private final ConnectionId connection;
  private final Session session;
  private final MemberCache cache;
  private final RunTable runs;
  private final ActivityLog activity;
  private final Changes changes;
  private final InstantSource clock;

  /// The members, and how old the list is.
  ///
  /// @param brought the row of this computer that invited a member whose account lives elsewhere,
  ///   by the member's id; the newest one
  public record Listing(
      List<Member> members, Optional<Instant> readAt, Map<String, RunRow> brought) {}

  Members(
      Session session,
      LocalStore store,
      ActivityLog activity,
      Changes changes,
      InstantSource clock) {
    this.connection = session.connection().id();
    this.session = session;
    this.cache = store.members();
    this.runs = store.runs();
    this.activity = activity;
    this.changes = changes;
    this.clock = clock;
  }

  /// What is known here, at once, also without a connection.
  public Listing list(OrganizationId organization) {
    List<Member> members = cache.all(connection, organization);
    Map<String, RunRow> invited = new HashMap<>();
    for (RunRow row : runs.mayHaveBrought(connection, organization)) {
      InvitationLines.person(row)
          .ifPresent(person -> invited.put(folded(person.username().name()), row));
    }
    Map<String, RunRow> brought = new HashMap<>();
    for (Member member : members) {
      RunRow row = invited.get(folded(member.username()));
      if (row != null && member.managedBy().isPresent()) {
        brought.put(member.id(), row);
      }
    }
    return new Listing(members, cache.readAt(connection, organization), brought);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
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
      activity.read(organization, ActivityLog.What.MEMBERS, members.size());
      changes.publish(new Change.InvitationsChanged(organization));
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
  }
}
