package dev.guestlist.service;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Forgotten;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.PeopleSearch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Finds people in every organization of the connection, from what this computer keeps.
public final class People {
  private final ConnectionId connection;
  private final LocalStore store;
  private final ServerZone zone;
  private final Changes changes;
  private final InstantSource clock;

  /// Where somebody is.
  ///
  /// @param status of the invitation; empty for a member
  public record Place(OrganizationId organization, Optional<InvitationStatus> status) {}

  /// Somebody, with every place where they are known.
  ///
  /// @param also the e-mail or the full name; may be blank
  public record Person(String username, String also, List<Place> places) {}

  People(
      ConnectionId connection,
      LocalStore store,
      ServerZone zone,
      Changes changes,
      InstantSource clock) {
    this.connection = connection;
    this.store = store;
    this.zone = zone;
    this.changes = changes;
    this.clock = clock;
  }

  /// Takes the name of a person out of everything that this computer keeps of the connection,
  /// unless something about the person still waits.
  ///
  /// @param organization whose list is looked at
  public Forgotten forget(OrganizationId organization, String username) {
    Forgotten forgotten = store.forgetPerson(connection, username, clock.instant());
    if (forgotten instanceof Forgotten.Done) {
      changes.publish(new Change.InvitationsChanged(organization));
      changes.publish(new Change.RunsChanged());
    }
    return forgotten;
  }

  /// Some of the people who were found, and how many there are.
  public record Found(List<Person> people, int all) {}

  /// Everybody whose username, e-mail or full name contains all words of the text, those first
  /// whose username begins with it.
  ///
  /// @param limit at most so many
  public Found find(String text, int limit) {
    Instant now = clock.instant();
    Duration ahead = zone.ahead();
    Map<String, Person> found = new LinkedHashMap<>();
    PeopleSearch.Found hits = store.people().find(connection, text, limit);
    for (PeopleSearch.Hit hit : hits.hits()) {
      Person person =
          found.computeIfAbsent(
              folded(hit.username()),
              name -> new Person(hit.username(), hit.also(), new ArrayList<>()));
      person.places().add(place(hit.place(), ahead, now));
    }
    String begin = folded(text.strip());
    List<Person> people = new ArrayList<>(found.values());
    people.sort((a, b) -> Boolean.compare(begins(b, begin), begins(a, begin)));
    return new Found(List.copyOf(people.subList(0, Math.min(limit, people.size()))), hits.people());
  }

  private static Place place(PeopleSearch.Place place, Duration ahead, Instant now) {
    Optional<InvitationStatus> status =
        switch (place) {
          case PeopleSearch.Place.Invited in ->
              Optional.of(
                  InvitationStatus.of(
                      new InvitationStatus.Facts(
                          in.status(),
                          in.ends().map(end -> end.minus(ahead)),
                          in.listed(),
                          in.seen(),
                          Optional.empty(),
                          false,
                          false),
                      now));
          case PeopleSearch.Place.Waiting ignored -> Optional.of(InvitationStatus.WAITING);
          case PeopleSearch.Place.MemberOf ignored -> Optional.empty();
        };
    return new Place(place.organization(), status);
  }

  private static boolean begins(Person person, String begin) {
    return folded(person.username()).startsWith(begin);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
