package dev.guestlist.practice;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The practice server's time. It runs like the real one, can be moved, and stands still while the
/// server is off: on opening it goes on from the last moment that was kept.
final class PracticeClock implements InstantSource {
  private static final String SETTING = "clock";

  private final Database database;
  private final InstantSource real;
  private volatile Duration ahead;

  PracticeClock(Database database, InstantSource real) {
    this.database = database;
    this.real = real;
    this.ahead =
        database
            .setting(SETTING)
            .map(text ->
                Duration.between(real.instant(), Instant.ofEpochMilli(Long.parseLong(text))))
            .orElse(Duration.ZERO);
  }

  @Override
  public Instant instant() {
    return real.instant().plus(ahead);
  }

  /// The time by which tokens are judged; it is never moved.
  Instant realTime() {
    return real.instant();
  }

  void move(Duration by) {
    ahead = ahead.plus(by);
    keep();
  }

  /// Back to the real time, for a reset.
  void resetToReal() {
    ahead = Duration.ZERO;
    keep();
  }

  /// Writes the time down from which the next start goes on, in milliseconds, rounded up: cut off,
  /// it would let the clock go back.
  void keep() {
    database.keepSetting(SETTING, String.valueOf(instant().toEpochMilli() + 1));
  }
}
