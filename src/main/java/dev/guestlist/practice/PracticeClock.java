package dev.guestlist.practice;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// The practice server's time. It runs like the real one, can be moved, and stands still while the
/// server is off: on opening it goes on from the last moment that was kept.
final class PracticeClock implements InstantSource {
  private final Database database;
  private final InstantSource real;
  private volatile Duration ahead;

  PracticeClock(Database database, InstantSource real) {
    this.database = database;
    this.real = real;
    Optional<Instant> kept =
        database.setting("clock").map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
    Instant lastSeen =
        Instant.ofEpochMilli(database.number("select coalesce(max(at), 0) from request"));
    this.ahead =
        kept.map(time -> time.isAfter(lastSeen) ? time : lastSeen)
            .map(time -> Duration.between(real.instant(), time))
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

  void keep() {
    database.keepSetting("clock", String.valueOf(instant().toEpochMilli()));
  }
}
