package dev.guestlist.model;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The steps of taking a [ServerAddress] apart.
final class AddressParts {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern ASGARDEO =
      Pattern.compile("(?:console|myaccount|api|accounts)\\.((?:[a-z0-9-]+\\.)?asgardeo\\.io)");

  private AddressParts() {}

  static int firstOf(String text, String signs) {
    int at = 0;
    while (at < text.length() && signs.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  static URI server(String scheme, String authority) throws URISyntaxException {
    URI typed = new URI(scheme + "://" + ascii(authority)).parseServerAuthority();
    int port = typed.getPort();
    if (typed.getUserInfo() != null || port == 0 || port > 65_535) {
      throw new IllegalArgumentException("Not a server's address.");
    }
    boolean usualPort = port == (scheme.equals("https") ? 443 : 80);
    String host = typed.getHost().toLowerCase(Locale.ROOT);
    var asgardeo = ASGARDEO.matcher(host);
    return new URI(
        scheme,
        null,
        asgardeo.matches() ? "api." + asgardeo.group(1) : host,
        usualPort ? -1 : port,
        null,
        null,
        null);
  }

  /// Names with other letters as they are written on the wire; everything else stays.
  private static String ascii(String authority) {
    boolean plain = authority.chars().allMatch(sign -> sign < 128);
    if (plain) {
      return authority;
    }
    int port = authority.lastIndexOf(':');
    String host = port < 0 ? authority : authority.substring(0, port);
    return IDN.toASCII(host) + (port < 0 ? "" : authority.substring(port));
  }

  static boolean ofThisComputer(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.\\d{1,3}){3}");
  }

  static ServerAddress.Understood understood(URI server, String rest) throws URISyntaxException {
    String path = new URI("https://h/" + rest.replaceAll("[?#].*", "")).getPath();
    List<String> steps = Arrays.stream(path.split("/")).filter(s -> !s.isEmpty()).toList();
    Optional<String> root = after("t", steps, 0);
    int next = root.isPresent() ? 2 : 0;
    Optional<String> organization = after("o", steps, next);
    boolean rootless = next < steps.size() && steps.get(next).matches("console|o|api");
    if (root.isEmpty() && rootless && !server.getHost().endsWith("asgardeo.io")) {
      root = Optional.of(ServerAddress.ROOT_WITHOUT_A_NAME);
    }
    return new ServerAddress.Understood(server, root, organization.filter(o -> !o.equals("api")));
  }

  private static Optional<String> after(String mark, List<String> steps, int at) {
    if (steps.size() < at + 2 || !steps.get(at).equals(mark)) {
      return Optional.empty();
    }
    String name = steps.get(at + 1);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("Not a name of an organization.");
    }
    return Optional.of(name);
  }
}
