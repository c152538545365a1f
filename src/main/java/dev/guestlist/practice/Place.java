package dev.guestlist.practice;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a request goes: an optional `/t/{tenant}`, an optional `/o`, and the path behind them.
record Place(Optional<String> tenant, boolean child, List<String> segments) {
  private static final Pattern ENCODED = Pattern.compile("%[0-9a-fA-F]{2}");

  /// Reads a path. Dot segments, semicolons and what is still encoded after one decoding are
  /// refused with 400, as the authentication valve of the real server does.
  static Place of(String rawPath) {
    String path;
    try {
      path = URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.badPath();
    }
    List<String> parts = Arrays.asList(path.substring(1).split("/", -1));
    if (path.contains(";")
        || ENCODED.matcher(path).find()
        || parts.contains(".")
        || parts.contains("..")) {
      throw Refusal.badPath();
    }
    Optional<String> tenant = Optional.empty();
    if (parts.size() >= 2 && parts.getFirst().equals("t")) {
      tenant = Optional.of(parts.get(1));
      parts = parts.subList(2, parts.size());
    }
    boolean child = !parts.isEmpty() && parts.getFirst().equals("o");
    return new Place(tenant, child, child ? parts.subList(1, parts.size()) : parts);
  }

  boolean isUnder(String first, String second) {
    return segments.size() >= 2 && segments.get(0).equals(first) && segments.get(1).equals(second);
  }

  /// The front door answers in SCIM's shape here: `/scim2` after an optional `/t/x`, not after
  /// `/o`.
  boolean speaksScim() {
    return !child && !segments.isEmpty() && segments.getFirst().equals("scim2");
  }
}
