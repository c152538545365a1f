package dev.guestlist.server;

import java.time.Duration;

/// How long an answer may take and how large it may be.
///
/// @param connect until a connection stands, certificate included
/// @param stall the longest silence in the middle of a call; in the invitation list also the
///   longest time without another complete row
/// @param call a whole call, except for the invitation list, which may be of any length
/// @param bytes the largest answer, unpacked; in the invitation list the largest single row
record Limits(Duration connect, Duration stall, Duration call, int bytes) {
  static final Limits USUAL =
      new Limits(
          Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60), 8 * 1024 * 1024);
}
