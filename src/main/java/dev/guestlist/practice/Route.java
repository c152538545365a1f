package dev.guestlist.practice;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One line of the route table: who may come in how, and who answers.
record Route(
    String method, Gate gate, List<String> pattern, List<String> scopes, Endpoint endpoint) {
  /// Answers one call.
  interface Endpoint {
    Answer answer(Call call);
  }

  /// The ways in.
  enum Gate {
    /// A page of this machine, without tenant: the inbox, the switches, the mailed link.
    LOCAL,
    /// Open to all, below `/t/{root}`.
    OPEN,
    /// Accepting by code: open to all, in every form of path that the real server serves.
    ACCEPT,
    /// Only with a token of a child organization, below `/t/{root}/o`.
    CHILD,
    /// With a root token below `/t/{root}`, with an organization token below `/t/{root}/o`.
    EITHER
  }

  static Route local(String method, String path, Endpoint endpoint) {
    return new Route(method, Gate.LOCAL, segments(path), List.of(), endpoint);
  }

  static Route open(String method, String path, Endpoint endpoint) {
    return new Route(method, Gate.OPEN, segments(path), List.of(), endpoint);
  }

  static Route accept(String method, String path, Endpoint endpoint) {
    return new Route(method, Gate.ACCEPT, segments(path), List.of(), endpoint);
  }

  static Route child(String method, String path, String scope, Endpoint endpoint) {
    return new Route(method, Gate.CHILD, segments(path), List.of(scope), endpoint);
  }

  static Route either(String method, String path, String scope, Endpoint endpoint) {
    return new Route(method, Gate.EITHER, segments(path), List.of(scope), endpoint);
  }

  private static List<String> segments(String path) {
    return Arrays.asList(path.substring(1).split("/", -1));
  }

  boolean isPublic() {
    return gate != Gate.CHILD && gate != Gate.EITHER;
  }

  /// Whether a request to this place comes through this gate.
  boolean opensTo(Place place, String rootHandle) {
    boolean tenantFits = place.tenant().map(rootHandle::equals).orElse(false);
    return switch (gate) {
      case LOCAL -> place.tenant().isEmpty();
      case OPEN -> tenantFits && !place.child();
      case ACCEPT -> place.tenant().isPresent() || !place.child();
      case CHILD -> tenantFits && place.child();
      case EITHER -> tenantFits;
    };
  }

  /// The values of the braces when the path fits the pattern.
  Optional<Map<String, String>> match(Place place) {
    List<String> path =
        gate == Gate.LOCAL && place.child() ? withO(place.segments()) : place.segments();
    if (path.size() != pattern.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < pattern.size(); i++) {
      String part = pattern.get(i);
      if (part.startsWith("{") && !path.get(i).isEmpty()) {
        values.put(part.substring(1, part.length() - 1), path.get(i));
      } else if (!part.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  private static List<String> withO(List<String> segments) {
    return Stream.concat(Stream.of("o"), segments.stream()).toList();
  }
}
