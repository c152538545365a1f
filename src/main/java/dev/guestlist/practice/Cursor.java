package dev.guestlist.practice;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;

/// The place in a list of organizations: the creation time as text, in Base64.
final class Cursor {
  private Cursor() {}

  static String of(Instant created) {
    String text = Timestamp.valueOf(LocalDateTime.ofInstant(created, ZoneOffset.UTC)).toString();
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static long millis(String cursor) {
    try {
      byte[] text = Base64.getDecoder().decode(cursor);
      return millis(Timestamp.valueOf(new String(text, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      throw Refusal.rest(
          400,
          "ORG-60026",
          "Unable to retrieve organizations.",
          "Invalid cursor used for pagination.");
    }
  }

  /// The same wall clock read as UTC, in milliseconds.
  static long millis(Timestamp time) {
    return time.toLocalDateTime().toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
