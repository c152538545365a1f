package dev.guestlist.server;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// How long an answer may take, how large it may be, and how often is asked.
///
/// @param connect until a connection stands, certificate included
/// @param stall the longest silence in the middle of a call; in the invitation list also the
///   longest time without another complete row
/// @param call a whole call, except for the invitation list, which may be of any length; also the
///   longest wait for a turn
/// @param bytes the largest answer, unpacked; in the invitation list the largest single row
/// @param pace how often each group of interfaces is asked; empty: as often as its host takes it
record Limits(Duration connect, Duration stall, Duration call, int bytes, Optional<Pace> pace) {
  static final Limits USUAL =
      new Limits(
          Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60), 8 * 1024 * 1024);

  /// What Asgardeo takes from one address (wso2/docs-is
  /// `en/asgardeo/docs/references/rate-limits.md`).
  private static final Pace ASGARDEO = new Pace(200, Duration.ofMinutes(1));

  /// At most so many calls within any such time.
  record Pace(int calls, Duration within) {
    Pace {
      if (calls < 1) {
        throw new IllegalArgumentException("At least one call is needed.");
      }
    }
  }

  Limits(Duration connect, Duration stall, Duration call, int bytes) {
    this(connect, stall, call, bytes, Optional.empty());
  }

  Limits withPace(Pace other) {
    return new Limits(connect, stall, call, bytes, Optional.of(other));
  }

  /// How often that host is asked; empty: as often as one likes.
  Optional<Pace> paceFor(String host) {
    String plain = host.toLowerCase(Locale.ROOT);
    boolean asgardeo = plain.equals("asgardeo.io") || plain.endsWith(".asgardeo.io");
    return pace.or(() -> asgardeo ? Optional.of(ASGARDEO) : Optional.empty());
  }
}
