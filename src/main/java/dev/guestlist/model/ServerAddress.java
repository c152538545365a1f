package dev.guestlist.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// An address as people have it at hand, taken apart: a bare host, the address of a Console or of
/// an organization, or one of Asgardeo.
public sealed interface ServerAddress {

  /// What an address says.
  ///
  /// @param server scheme, host and port, without a path
  /// @param root the handle of the root organization, where the address tells it
  /// @param organization id or handle of the organization that the address leads into
  record Understood(URI server, Optional<String> root, Optional<String> organization)
      implements ServerAddress {}

  /// Why it is none.
  enum NotUnderstood implements ServerAddress {
    /// nothing was typed
    EMPTY,
    /// there is no host in it
    NO_HOST,
    /// plain HTTP leads to another computer: tokens would be readable on the way
    PLAIN_HTTP,
    /// it begins with something that is neither https:// nor http://
    UNKNOWN_SCHEME,
    /// it holds a name and password, or signs that no address can have
    UNUSABLE_SIGNS
  }

  /// The root organization of a server whose addresses begin without `/t/{root}`: only the super
  /// tenant may leave it out, and Asgardeo has none.
  String ROOT_WITHOUT_A_NAME = "carbon.super";

  /// Takes apart what was typed or pasted.
  static ServerAddress of(String typed) {
    String text = typed.strip().replaceAll("^[<\"']+|[>\"']+$", "").strip();
    if (text.isEmpty()) {
      return NotUnderstood.EMPTY;
    }
    int colon = text.indexOf("://");
    String scheme = colon < 0 ? "https" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return NotUnderstood.UNKNOWN_SCHEME;
    }
    String rest = colon < 0 ? text : text.substring(colon + 3);
    int end = AddressParts.firstOf(rest, "/?#");
    String authority = rest.substring(0, end);
    if (authority.isEmpty() || authority.startsWith(":")) {
      return NotUnderstood.NO_HOST;
    }
    try {
      URI server = AddressParts.server(scheme, authority);
      if (scheme.equals("http") && !AddressParts.ofThisComputer(server.getHost())) {
        return NotUnderstood.PLAIN_HTTP;
      }
      return AddressParts.understood(server, rest.substring(end));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return NotUnderstood.UNUSABLE_SIGNS;
    }
  }
}
