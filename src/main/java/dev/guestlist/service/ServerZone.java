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
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The zone of the times that a server writes. It names none, so they are read as UTC until
/// invitations made here show a steady difference and somebody agrees.
final class ServerZone {
  private static final long QUARTER = Duration.ofMinutes(15).toSeconds();
  private static final long STRAYS = Duration.ofMinutes(2).toSeconds();

  /// As many invitations must agree, and none may say otherwise.
  private static final int WITNESSES = 2;

  private final Connection connection;
  private final ViewState kept;
  private final String key;

  ServerZone(Connection connection, LocalStore store) {
    this.connection = connection;
    this.kept = store.viewState();
    this.key = "zone/" + connection.id().value();
  }

  ZoneOffset used() {
    return kept.get(key).map(ZoneOffset::of).orElse(ZoneOffset.UTC);
  }

  void use(ZoneOffset offset) {
    kept.put(key, offset.getId());
  }

  /// An end that was read as UTC, in the zone that is used.
  static Instant corrected(Instant end, ZoneOffset used) {
    return end.minusSeconds(used.getTotalSeconds());
  }

  /// An invitation whose end was read as UTC, in the zone that is used.
  Invitation corrected(Invitation one) {
    ZoneOffset used = used();
    return new Invitation(
        one.id(),
        one.username(),
        one.email(),
        one.roles(),
        one.groups(),
        one.status(),
        one.ends().map(end -> corrected(end, used)));
  }

  /// How the server would write a moment, read as UTC.
  static Instant written(Instant moment, ZoneOffset used) {
    return moment.plusSeconds(used.getTotalSeconds());
  }

  /// @param made rows that made invitations from here
  /// @param listed what the server listed, its ends read as UTC
  Optional<ZoneOffset> proposed(List<RunRow> made, List<InvitationCache.Cached> listed) {
    if (kept.get(key).isPresent()) {
      return Optional.empty();
    }
    Map<InvitationId, Instant> ends = new HashMap<>();
    for (InvitationCache.Cached cached : listed) {
      cached.invitation().ends().ifPresent(end -> ends.put(cached.invitation().id(), end));
    }
    Set<Integer> offsets = new HashSet<>();
    int witnesses = 0;
    for (RunRow row : made) {
      Optional<Instant> end = row.invitation().map(ends::get);
      if (row.state() != RowState.INVITED || end.isEmpty()) {
        continue;
      }
      Instant expected = row.changed().plus(connection.lifetime());
      long ahead = Duration.between(expected, end.get()).toSeconds();
      long rounded = Math.round((double) ahead / QUARTER) * QUARTER;
      boolean strays = Math.abs(ahead - rounded) > STRAYS;
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
