package dev.guestlist.service;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.RunRow;
import dev.guestlist.store.InvitationCache;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.ViewState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Brings the ends that a server writes onto this computer's clock: they name no zone, and its
/// clock may go wrong. They are read as UTC until the server's own words show another zone and
/// somebody agrees.
///
/// The real server stores an end in UTC and reads it back as its local time, see
/// wso2-extensions/identity-organization-management, `UserInvitationDAOImpl`: east of UTC
/// invitations end early, west of it late. What counts is the written end in the server's zone.
final class ServerZone {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration STRAYS = Duration.ofMinutes(2);

  /// As many invitations made here must agree, and none may say otherwise.
  private static final int WITNESSES = 2;

  /// What clocks may differ by before it counts.
  static final Duration NEGLIGIBLE = Duration.ofSeconds(60);

  private final Connection connection;
  private final ViewState kept;
  private final Supplier<Optional<Duration>> clockAhead;
  private final String key;

  /// @param clockAhead how far the server's clock is ahead of this computer's; empty when not known
  ServerZone(Connection connection, LocalStore store, Supplier<Optional<Duration>> clockAhead) {
    this.connection = connection;
    this.kept = store.viewState();
    this.clockAhead = clockAhead;
    this.key = "zone/" + connection.id().value();
  }

  ZoneOffset used() {
    return kept.get(key).map(ZoneOffset::of).orElse(ZoneOffset.UTC);
  }

  void use(ZoneOffset offset) {
    kept.put(key, offset.getId());
  }

  /// Stays with the zone that is used, and does not propose this one again.
  void decline(ZoneOffset offset) {
    use(used());
    kept.put(declinedKey(), offset.getId());
  }

  private String declinedKey() {
    return key + "/declined";
  }

  /// By how much written ends, read as UTC, are ahead of this computer's clock. Clocks that differ
  /// by less than a minute are taken for level, and a larger difference counts in whole minutes.
  Duration ahead() {
    return Duration.ofSeconds(used().getTotalSeconds()).plus(clock());
  }

  /// An invitation whose end was read as UTC, with its end by this computer's clock.
  Invitation corrected(Invitation one) {
    Duration ahead = ahead();
    return new Invitation(
        one.id(),
        one.username(),
        one.email(),
        one.roles(),
        one.groups(),
        one.status(),
        one.ends().map(end -> end.minus(ahead)));
  }

  private Duration clock() {
    return clockAhead
        .get()
        .filter(difference -> difference.abs().compareTo(NEGLIGIBLE) > 0)
        .map(difference -> Duration.ofMinutes(difference.toMinutes()))
        .orElse(Duration.ZERO);
  }

  /// The zone that the server's words show. Once somebody has answered, only words that contradict
  /// the zone in use ask again: a server's zone may save daylight.
  ///
  /// @param made rows that made invitations from here
  /// @param listed what the server listed, its ends read as UTC
  Optional<ZoneOffset> proposed(Supplier<List<RunRow>> made, List<InvitationCache.Cached> listed) {
    Verdicts verdicts = verdicts(listed);
    Optional<ZoneOffset> shown =
        verdicts.agreeWith(used()) ? Optional.empty() : verdicts.onlyZone();
    return kept.get(key).isPresent()
        ? shown.filter(one -> !kept.get(declinedKey()).equals(Optional.of(one.getId())))
        : shown.or(() -> fromOwn(made.get(), listed).filter(verdicts::agreeWith));
  }

  /// What the server's verdicts leave: an invitation that it calls expired has ended in its zone,
  /// and one that it calls pending has not.
  ///
  /// @param from the zone is at least so many seconds east of UTC
  /// @param to and less than so many
  private record Verdicts(long from, long to, Instant at) {
    boolean agreeWith(ZoneOffset zone) {
      long seconds = zone.getTotalSeconds();
      long half = QUARTER.toSeconds() / 2;
      return from < seconds + half && to > seconds - half;
    }

    /// The one zone of this world that agrees with all of them.
    Optional<ZoneOffset> onlyZone() {
      Set<ZoneOffset> fitting =
          ofThisWorld(at).stream()
              .filter(zone -> zone.getTotalSeconds() >= from && zone.getTotalSeconds() < to)
              .collect(Collectors.toSet());
      return fitting.size() == 1 ? fitting.stream().findFirst() : Optional.empty();
    }
  }

  private Verdicts verdicts(List<InvitationCache.Cached> listed) {
    Duration clock = clock();
    long atLeast = -ZoneOffset.MAX.getTotalSeconds();
    long lessThan = ZoneOffset.MAX.getTotalSeconds();
    Instant newest =
        listed.stream()
            .map(InvitationCache.Cached::seen)
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    for (InvitationCache.Cached cached : listed) {
      Optional<Instant> end = cached.invitation().ends();
      if (end.isEmpty() || !cached.listed() || !cached.seen().equals(newest)) {
        continue;
      }
      long left = Duration.between(cached.seen().plus(clock), end.get()).toSeconds();
      if (cached.invitation().status() == Invitation.Status.EXPIRED) {
        atLeast = Math.max(atLeast, left - STRAYS.toSeconds());
      } else {
        lessThan = Math.min(lessThan, left + STRAYS.toSeconds());
      }
    }
    return new Verdicts(atLeast, lessThan, newest);
  }

  private static Set<ZoneOffset> ofThisWorld(Instant at) {
    return ZoneId.getAvailableZoneIds().stream()
        .map(id -> ZoneId.of(id).getRules().getOffset(at))
        .collect(Collectors.toSet());
  }

  /// Invitations made here: their ends are compared with when they were made and how long they
  /// last. Shows a server that writes local time, should there be one.
  private Optional<ZoneOffset> fromOwn(List<RunRow> made, List<InvitationCache.Cached> listed) {
    Map<InvitationId, Instant> ends = new HashMap<>();
    for (InvitationCache.Cached cached : listed) {
      cached.invitation().ends().ifPresent(end -> ends.put(cached.invitation().id(), end));
    }
    long quarter = QUARTER.toSeconds();
    Set<Integer> offsets = new HashSet<>();
    int witnesses = 0;
    for (RunRow row : made) {
      Optional<Instant> end = row.invitation().map(ends::get);
      if (row.state() != RowState.INVITED || end.isEmpty()) {
        continue;
      }
      Instant expected = row.changed().plus(clock()).plus(connection.lifetime());
      long ahead = Duration.between(expected, end.get()).toSeconds();
      long rounded = Math.round((double) ahead / quarter) * quarter;
      boolean strays = Math.abs(ahead - rounded) > STRAYS.toSeconds();
      if (strays || Math.abs(rounded) > ZoneOffset.MAX.getTotalSeconds()) {
        return Optional.empty();
      }
      offsets.add((int) rounded);
      witnesses++;
    }
    return witnesses >= WITNESSES && offsets.size() == 1
        ? offsets.stream()
            .map(ZoneOffset::ofTotalSeconds)
            .filter(offset -> !offset.equals(ZoneOffset.UTC))
            .findFirst()
        : Optional.empty();
  }
}
