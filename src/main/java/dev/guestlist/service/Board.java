package dev.guestlist.service;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.Overview;
import dev.guestlist.store.TableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Where every organization of the connection stands, from what this computer keeps.
public final class Board {
  private static final List<String> NUMBERS =
      List.of(
          "organization",
          "path",
          "id",
          "pending",
          "ends within a day",
          "expired",
          "needs attention",
          "members",
          "list read");
  private static final List<String> PEOPLE =
      List.of("organization", "organization id", "person", "e-mail", "status", "ends", "id");

  private final ConnectionId connection;
  private final LocalStore store;
  private final Organizations organizations;
  private final Invitations invitations;
  private final ActivityLog activity;
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

  /// What a number counts.
  public enum Which {
    PENDING,
    SOON,
    EXPIRED,
    ATTENTION;

    /// Whether an invitation of this status is counted.
    public boolean takes(InvitationStatus status) {
      return switch (this) {
        case PENDING ->
            status == InvitationStatus.PENDING || status == InvitationStatus.EXPIRES_SOON;
        case SOON -> status == InvitationStatus.EXPIRES_SOON;
        case EXPIRED ->
            status == InvitationStatus.EXPIRED || status == InvitationStatus.PROBABLY_EXPIRED;
        case ATTENTION -> status.needsAttention();
      };
    }

    /// The number itself.
    public int of(Counts counts) {
      return switch (this) {
        case PENDING -> counts.pending();
        case SOON -> counts.soon();
        case EXPIRED -> counts.expired();
        case ATTENTION -> counts.attention();
      };
    }
  }

  /// Somebody who is counted, and where.
  public record Person(Organization organization, Invitations.Entry entry) {}

  /// Everybody whom a number counts.
  ///
  /// @param organizations all whose lists were looked through
  public record People(List<Person> people, List<Row> organizations) {}

  Board(
      ConnectionId connection,
      LocalStore store,
      Organizations organizations,
      Invitations invitations,
      ActivityLog activity,
      InstantSource clock) {
    this.activity = activity;
    this.connection = connection;
    this.store = store;
    this.organizations = organizations;
    this.invitations = invitations;
    this.clock = clock;
  }

  /// Every known organization, in order of name.
  public List<Row> rows() {
    Instant now = clock.instant();
    // ends are kept as the server wrote them: the moments they are held against move
    Instant there = now.plus(invitations.ahead());
    Map<OrganizationId, Overview.Numbers> numbers = new HashMap<>();
    store
        .overview()
        .numbers(connection, there, there.plus(InvitationStatus.SOON), invitations.ahead())
        .forEach(one -> numbers.put(one.organization(), one));
    Set<OrganizationId> special =
        store.overview().withRuns(connection, now.minus(Invitations.KEPT_IN_TABLE));
    special.addAll(store.overview().withJoined(connection));
    for (OrganizationId id : store.doneHere().joinedOrganizations(connection)) {
      Set<String> names = store.doneHere().joined(connection, id).keySet();
      if (!store.invitations().of(connection, id, names).isEmpty()) {
        special.add(id);
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Organization organization : store.organizations().all(connection)) {
      OrganizationId id = organization.id();
      Optional<Overview.Numbers> known = Optional.ofNullable(numbers.get(id));
      Optional<Counts> counts =
          special.contains(id) ? Optional.of(counted(id)) : known.map(Board::counts);
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

  /// Where runs or members say more than the list, the table itself is counted.
  private Counts counted(OrganizationId id) {
    Map<Which, Integer> counts = new EnumMap<>(Which.class);
    for (Invitations.Entry entry : invitations.list(id).entries()) {
      for (Which which : Which.values()) {
        counts.merge(which, which.takes(entry.status()) ? 1 : 0, Integer::sum);
      }
    }
    return new Counts(
        counts.getOrDefault(Which.PENDING, 0),
        counts.getOrDefault(Which.SOON, 0),
        counts.getOrDefault(Which.EXPIRED, 0),
        counts.getOrDefault(Which.ATTENTION, 0));
  }

  /// Everybody whom a number counts, in all organizations: in order of organization, and within one
  /// in the order of its list.
  public People people(Which which) {
    List<Person> people = new ArrayList<>();
    List<Row> rows = rows();
    for (Row row : rows) {
      if (row.counts().filter(counts -> which.of(counts) > 0).isPresent()) {
        for (Invitations.Entry entry : invitations.list(row.organization().id()).entries()) {
          if (which.takes(entry.status())) {
            people.add(new Person(row.organization(), entry));
          }
        }
      }
    }
    return new People(
        List.copyOf(people), rows.stream().filter(row -> row.readAt().isPresent()).toList());
  }

  /// Writes the numbers into a file, and a line about that into the activity.
  ///
  /// @return how many lines were written
  /// @throws IOException when the file cannot be written
  public int exportNumbers(List<Row> rows, ActivityLog.Format format, Path file)
      throws IOException {
    List<List<String>> lines = new ArrayList<>();
    for (Row row : rows) {
      Optional<Counts> counts = row.counts();
      lines.add(
          List.of(
              row.organization().name(),
              row.path().stream().map(Organization::name).collect(Collectors.joining(" / ")),
              row.organization().id().value(),
              text(counts.map(Counts::pending)),
              text(counts.map(Counts::soon)),
              text(counts.map(Counts::expired)),
              text(counts.map(Counts::attention)),
              text(row.members()),
              text(row.readAt())));
    }
    return write(new TableFile(NUMBERS, lines), format, file);
  }

  /// Writes people into a file, and a line about that into the activity. Codes are not in it.
  ///
  /// @return how many lines were written
  /// @throws IOException when the file cannot be written
  public int exportPeople(List<Person> people, ActivityLog.Format format, Path file)
      throws IOException {
    List<List<String>> lines = new ArrayList<>();
    for (Person person : people) {
      Invitations.Entry entry = person.entry();
      lines.add(
          List.of(
              person.organization().name(),
              person.organization().id().value(),
              entry.username(),
              entry.email(),
              entry.status().name(),
              text(entry.ends()),
              entry.invitation().map(InvitationId::value).orElse("")));
    }
    return write(new TableFile(PEOPLE, lines), format, file);
  }

  private int write(TableFile table, ActivityLog.Format format, Path file) throws IOException {
    switch (format) {
      case CSV -> table.csv(file);
      case JSON_LINES -> table.jsonLines(file);
    }
    activity.exported(Optional.empty(), file, table.rows().size());
    return table.rows().size();
  }

  private static String text(Optional<?> value) {
    return value.map(Object::toString).orElse("");
  }
}
