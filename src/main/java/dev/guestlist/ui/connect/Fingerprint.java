package dev.guestlist.ui.connect;

import java.util.Locale;

/// A certificate's fingerprint as people compare it.
final class Fingerprint {
  private Fingerprint() {}

  /// In groups of four signs, eight groups a line, upper case.
  static String grouped(String fingerprint) {
    return fingerprint
        .toUpperCase(Locale.ROOT)
        .replaceAll("(....)(?=.)", "$1 ")
        .replaceAll("((?:.... ){8})(?=.)", "$1\n");
  }
}
