package dev.guestlist.service;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Member;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.RunRow;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.store.DoneHere;
import dev.guestlist.store.InvitationCache;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.MemberCache;
import dev.guestlist.store.OrganizationCache;
import dev.guestlist.store.TableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who is in an organization, as last read.
public final class Members {
  private static final List<String> COLUMNS =
      List.of(
          "organization",
          "organization id",
          "person",
          "full name",
          "e-mail",
          "groups",
          "roles",
          "managed by",
          "invited by run",
          "id");

  private final ConnectionId connection;
  private final Session session;
  private final MemberCache cache;
  private final InvitationCache invitations;
  private final OrganizationCache organizations;
  private final DoneHere doneHere;
  private final ActivityLog activity;
  private final Changes changes;
  private final InstantSource clock;

  /// The members, and how old the list is.
  ///
  /// @param brought the row of this computer that invited a member whose account lives elsewhere,
  ///   by the member's id; the newest one whose invitation is not listed any more, or was accepted
  ///   from here
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
    this.invitations = store.invitations();
    this.organizations = store.organizations();
    this.doneHere = store.doneHere();
    this.activity = activity;
    this.changes = changes;
    this.clock = clock;
  }

  /// What is known here, at once, also without a connection.
  public Listing list(OrganizationId organization) {
    List<Member> members = cache.all(connection, organization);
    Map<String, RunRow> invited = new HashMap<>();
    List<RunRow> mayHave = doneHere.mayHaveBrought(connection, organization);
    Ended ended = mayHave.isEmpty() ? Ended.NONE : ended(organization, mayHave);
    for (RunRow row : mayHave) {
      if (ended.has(row)) {
        invited.put(folded(name(row)), row);
      }
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

  /// Which invitations made here have come to an end.
  ///
  /// @param readAt when the list was read that says so; empty when never
  /// @param listed the ids that it has
  /// @param names whom it has, without upper case
  /// @param accepted when a code of somebody was accepted from here last
  private record Ended(
      Optional<Instant> readAt,
      Set<InvitationId> listed,
      Set<String> names,
      Map<String, Instant> accepted) {
    static final Ended NONE = new Ended(Optional.empty(), Set.of(), Set.of(), Map.of());

    /// An invitation that is still listed, also as expired, has brought nobody in.
    boolean has(RunRow row) {
      String person = folded(name(row));
      boolean known =
          Stream.concat(readAt.stream(), Optional.ofNullable(accepted.get(person)).stream())
              .anyMatch(at -> at.isAfter(row.changed()));
      return known
          && row.invitation().map(id -> !listed.contains(id)).orElse(!names.contains(person));
    }
  }

  private Ended ended(OrganizationId organization, List<RunRow> made) {
    List<Invitation> listed =
        invitations.of(connection, organization, made.stream().map(Members::name).toList()).stream()
            .map(InvitationCache.Cached::invitation)
            .toList();
    Map<String, Instant> accepted = new HashMap<>();
    doneHere
        .acceptedInto(connection, organization)
        .forEach(row -> accepted.put(folded(row.target().name()), row.changed()));
    return new Ended(
        invitations.readAt(connection, organization),
        listed.stream().map(Invitation::id).collect(Collectors.toSet()),
        listed.stream().map(one -> folded(one.username())).collect(Collectors.toSet()),
        accepted);
  }

  private static String name(RunRow row) {
    return InvitationLines.person(row).map(person -> person.username().name()).orElse("");
  }

  /// Writes some members into a file, and a line about that into the activity.
  ///
  /// @param ids whom
  /// @return how many lines were written
  /// @throws IOException when the file cannot be written
  public int export(
      OrganizationId organization, Set<String> ids, ActivityLog.Format format, Path file)
      throws IOException {
    Listing listing = list(organization);
    List<List<String>> lines = new ArrayList<>();
    for (Member member : listing.members()) {
      if (ids.contains(member.id())) {
        Optional<RunRow> brought = Optional.ofNullable(listing.brought().get(member.id()));
        lines.add(
            List.of(
                organizationName(organization),
                organization.value(),
                member.username(),
                member.displayName(),
                member.email(),
                String.join(", ", member.groups()),
                String.join(", ", member.roles()),
                member.managedBy().map(this::organizationName).orElse(""),
                brought.map(row -> Long.toString(row.run())).orElse(""),
                member.id()));
      }
    }
    TableFile table = new TableFile(COLUMNS, lines);
    switch (format) {
      case CSV -> table.csv(file);
      case JSON_LINES -> table.jsonLines(file);
    }
    activity.exported(Optional.of(organization), file, lines.size());
    return lines.size();
  }

  private String organizationName(OrganizationId id) {
    return organizations.find(connection, id).map(Organization::name).orElse(id.value());
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
