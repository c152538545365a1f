package dev.guestlist.model;

import dev.guestlist.model.CodeReader.Symbol;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads where links begin and which host they name, also where a link stands encoded inside of
/// another one, or is broken by a mail's encoding. Looks at a bounded number of characters.
final class LinkReader {
  private static final int LONGEST_HOST = 253;
  private static final int MOST_GLUE = 8;

  private final String text;
  private final CodeReader reader;

  /// One character, its encoding undone.
  private record Decoded(char c, int end) {}

  LinkReader(String text, CodeReader reader) {
    this.text = text;
    this.reader = reader;
  }

  /// The place after `http://` or `https://`, when one of them begins here.
  Optional<Integer> afterScheme(int at) {
    if (at >= text.length() || (text.charAt(at) != 'h' && text.charAt(at) != 'H')) {
      return Optional.empty();
    }
    return after(at, "https://").or(() -> after(at, "http://"));
  }

  private Optional<Integer> after(int from, String expected) {
    int at = from;
    for (int i = 0; i < expected.length(); i++) {
      Decoded next = decoded(at);
      if (Character.toLowerCase(next.c()) != expected.charAt(i)) {
        return Optional.empty();
      }
      at = next.end();
    }
    return Optional.of(at);
  }

  /// The host that begins here, in lower case; a name and password before it are left out.
  Optional<String> host(int from) {
    StringBuilder host = new StringBuilder();
    int at = from;
    for (int length = 0; length < LONGEST_HOST; length++) {
      Decoded next = decoded(at);
      char c = next.c();
      boolean inBrackets = !host.isEmpty() && host.charAt(0) == '[' && host.indexOf("]") < 0;
      if (c == '@') {
        host.setLength(0);
      } else if (Character.isLetterOrDigit(c)
          || ".-_[]".indexOf(c) >= 0
          || (inBrackets && c == ':')) {
        host.append(c);
      } else if (c != ':' || !nameFollows(next.end())) {
        break;
      }
      at = next.end();
    }
    return host.isEmpty()
        ? Optional.empty()
        : Optional.of(host.toString().toLowerCase(Locale.ROOT));
  }

  /// Whether what stands here, up to the path, ends with `@`: then it was a password.
  private boolean nameFollows(int from) {
    int at = from;
    for (int length = 0; length < LONGEST_HOST; length++) {
      Decoded next = decoded(at);
      if (next.c() == '@') {
        return true;
      }
      if (next.c() == '\0'
          || "/?#<>\"'".indexOf(next.c()) >= 0
          || Character.isWhitespace(next.c())) {
        return false;
      }
      at = next.end();
    }
    return false;
  }

  /// How many times the link is encoded whose scheme stands between these places: once where it is
  /// a parameter of another link.
  int depth(int from, int to) {
    int at = from;
    while (at < to && text.charAt(at) != '%') {
      at++;
    }
    return at == to ? 0 : 1 + encodedAgain(at + 1);
  }

  /// How many times the ampersand is encoded that stands here; empty when there is none.
  OptionalInt ampersand(int at) {
    if (text.charAt(at) == '&') {
      return OptionalInt.of(0);
    }
    int again = text.charAt(at) == '%' ? encodedAgain(at + 1) : 0;
    return text.charAt(at) == '%' && text.startsWith("26", at + 1 + 2 * again)
        ? OptionalInt.of(1 + again)
        : OptionalInt.empty();
  }

  private int encodedAgain(int from) {
    int times = 0;
    while (times < MOST_GLUE && text.startsWith("25", from + 2 * times)) {
      times++;
    }
    return times;
  }

  private Decoded decoded(int from) {
    int at = from;
    for (int glue = 0; glue < MOST_GLUE; glue++) {
      Symbol symbol = reader.symbol(at);
      if (symbol.kind() != Symbol.Kind.GLUE) {
        break;
      }
      at = symbol.end();
    }
    if (at >= text.length()) {
      return new Decoded('\0', at);
    }
    char c = text.charAt(at);
    if (c != '%' && c != '=') {
      return new Decoded(c, at + 1);
    }
    int hex = at + 1;
    int limit = at + 9;
    while (c == '%' && hex < limit && text.startsWith("25", hex) && isHex(hex + 2)) {
      hex += 2;
    }
    return isHex(hex)
        ? new Decoded((char) Integer.parseInt(text, hex, hex + 2, 16), hex + 2)
        : new Decoded(c, at + 1);
  }

  private boolean isHex(int at) {
    return at + 1 < text.length()
        && Character.digit(text.charAt(at), 16) >= 0
        && Character.digit(text.charAt(at + 1), 16) >= 0;
  }
}
