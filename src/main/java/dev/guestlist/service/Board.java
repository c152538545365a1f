package dev.guestlist.service;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.Overview;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where every organization of the connection stands, from what this computer keeps.
public final class Board {
  private final ConnectionId connection;
  private final LocalStore store;
  private final Organizations organizations;
  private final Invitations invitations;
  private final InstantSource clock;

  /// One organization.
  ///
  /// @param path from the top to it, both included, as far as it is known
  /// @param counts empty when its list was never read
  /// @param readAt when its list was read last; empty when never
  /// @param members how many members were read last; empty when never
  public record Row(
      Organization organization,
      List<Organization> path,
      Optional<Counts> counts,
      Optional<Instant> readAt,
      Optional<Integer> members) {}

  /// How many invitations of an organization stand where; the same numbers as above its table.
  ///
  /// @param pending everything that can still be accepted, those that end soon included
  /// @param soon how many of them end within a day
  /// @param expired by the server's word or by the clock
  /// @param attention how many somebody should look at, those that end soon included
  public record Counts(int pending, int soon, int expired, int attention) {}

  Board(
      ConnectionId connection,
      LocalStore store,
      Organizations organizations,
      Invitations invitations,
      InstantSource clock) {
    this.connection = connection;
    this.store = store;
    this.organizations = organizations;
    this.invitations = invitations;
    this.clock = clock;
  }

  /// Every known organization, in order of name.
  public List<Row> rows() {
    Instant now = clock.instant();
    // ends are kept as if the server wrote them in UTC: the moments they are held against move
    Instant there = ServerZone.written(now, invitations.zone());
    Map<OrganizationId, Overview.Numbers> numbers = new HashMap<>();
    store
        .overview()
        .numbers(connection, there, there.plus(InvitationStatus.SOON))
        .forEach(one -> numbers.put(one.organization(), one));
    Set<OrganizationId> withRuns =
        store.overview().withRuns(connection, now.minus(Invitations.KEPT_IN_TABLE));
    List<Row> rows = new ArrayList<>();
    for (Organization organization : store.organizations().all(connection)) {
      OrganizationId id = organization.id();
      Optional<Overview.Numbers> known = Optional.ofNullable(numbers.get(id));
      Optional<Counts> counts =
          withRuns.contains(id) ? Optional.of(counted(id)) : known.map(Board::counts);
      rows.add(
          new Row(
              organization,
              organizations.path(id),
              counts,
              known.map(Overview.Numbers::readAt),
              known.flatMap(Overview.Numbers::members)));
    }
    rows.sort(
        Comparator.comparing(row -> row.organization().name(), String.CASE_INSENSITIVE_ORDER));
    return List.copyOf(rows);
  }

  private static Counts counts(Overview.Numbers numbers) {
    return new Counts(
        numbers.pending() - numbers.over(),
        numbers.soon(),
        numbers.expired() + numbers.over(),
        numbers.soon());
  }

  /// Where runs say more than the list, the table itself is counted.
  private Counts counted(OrganizationId id) {
    int pending = 0;
    int soon = 0;
    int expired = 0;
    int attention = 0;
    for (Invitations.Entry entry : invitations.list(id).entries()) {
      attention += entry.status().needsAttention() ? 1 : 0;
      if (entry.status() == InvitationStatus.EXPIRES_SOON) {
        pending++;
        soon++;
      } else if (entry.status() == InvitationStatus.PENDING) {
        pending++;
      } else if (entry.status() == InvitationStatus.EXPIRED
          || entry.status() == InvitationStatus.PROBABLY_EXPIRED) {
        expired++;
      }
    }
    return new Counts(pending, soon, expired, attention);
  }
}
