package dev.guestlist.server;

import java.util.Locale;

/// Which hosts are this computer itself.
final class Loopback {
  private Loopback() {}

  /// Whether a host is this computer, by its name alone.
  ///
  /// @param host a name or an address, of version 6 with or without brackets
  static boolean is(String host) {
    String plain = host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    return plain.equals("localhost")
        || plain.equals("::1")
        || plain.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
