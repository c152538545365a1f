package dev.guestlist.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Moments as they are stored: microseconds since 1970. Farther ones than fit are the farthest.
final class Micros {
  private static final Instant FIRST = instant(Long.MIN_VALUE);
  private static final Instant LAST = instant(Long.MAX_VALUE);

  private Micros() {}

  static long of(Instant moment) {
    if (moment.isBefore(FIRST)) {
      return Long.MIN_VALUE;
    }
    return moment.isAfter(LAST)
        ? Long.MAX_VALUE
        : Math.addExact(
            Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.getNano() / 1_000);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
