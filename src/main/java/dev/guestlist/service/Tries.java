package dev.guestlist.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How often something was tried in vain, and when it is tried next: after 5, 15, 30 and from then
/// on every 60 seconds.
record Tries(int count, Instant next) {
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));

  /// One more, after those before it.
  static Tries after(@Nullable Tries before, Instant now) {
    int count = before == null ? 0 : before.count();
    return new Tries(count + 1, now.plus(pause(count)));
  }

  /// Whether it is time to try; always before the first time.
  static boolean due(@Nullable Tries before, Instant now) {
    return before == null || !now.isBefore(before.next());
  }

  /// How long to wait before trying again what was tried in vain so often already.
  static Duration pause(int times) {
    return PAUSES.get(Math.min(times, PAUSES.size() - 1));
  }
}
