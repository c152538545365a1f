package dev.guestlist.practice;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts requests of the last minute in each group of endpoints, as Asgardeo does (wso2/docs-is
/// `en/asgardeo/docs/references/rate-limits.md`). The minute is one of real time.
final class RateLimit {
  private static final long WINDOW_MILLIS = 60_000;
  private static final List<String> GROUPS =
      List.of("/api/server/", "/api/users/", "/scim2/", "/oauth2/", "/.well-known/");

  private final PracticeTraits traits;
  private final PracticeClock clock;
  private final Map<String, ArrayDeque<Long>> seen = new HashMap<>();

  RateLimit(PracticeTraits traits, PracticeClock clock) {
    this.traits = traits;
    this.clock = clock;
  }

  /// How the request is refused when it is one too many; a refused one does not count.
  synchronized Optional<Scenarios.Fault.Busy> refuse(String path) {
    Optional<PracticeTraits.Limit> limit = traits.limit();
    if (limit.isEmpty()) {
      seen.clear();
      return Optional.empty();
    }
    Optional<String> group = GROUPS.stream().filter(path::contains).findFirst();
    if (group.isEmpty()) {
      return Optional.empty();
    }
    long now = clock.realTime().toEpochMilli();
    ArrayDeque<Long> times = seen.computeIfAbsent(group.get(), key -> new ArrayDeque<>());
    while (!times.isEmpty() && times.getFirst() <= now - WINDOW_MILLIS) {
      times.removeFirst();
    }
    if (times.size() >= limit.get().requests()) {
      return Optional.of(new Scenarios.Fault.Busy(429, limit.get().retryAfterSeconds()));
    }
    times.addLast(now);
    return Optional.empty();
  }
}
