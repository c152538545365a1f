package dev.guestlist.ui.connect;

import java.util.Locale;

/// A certificate's fingerprint as people compare it.
final class Fingerprint {
  private Fingerprint() {}

  /// In groups of four signs, upper case.
  static String grouped(String fingerprint) {
    return fingerprint.toUpperCase(Locale.ROOT).replaceAll("(....)(?=.)", "$1 ");
  }
}
