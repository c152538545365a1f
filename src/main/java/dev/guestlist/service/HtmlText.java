package dev.guestlist.service;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.PastedCodes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What a person would read of an HTML text, and the addresses of links that carry codes.
/// Reads on after everything that is not as it should be. Walks once through the text.
final class HtmlText {
  private static final Set<String> HIDDEN = Set.of("script", "style", "head", "title");
  private static final Set<String> INLINE =
      Set.of(
          "a", "b", "i", "u", "em", "strong", "span", "font", "wbr", "small", "big", "sub", "sup",
          "code", "tt", "kbd", "mark", "s", "o:p");
  private static final Map<String, String> ENTITIES =
      Map.of(
          "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", "\u00a0", "shy",
          "\u00ad", "ndash", "\u2013", "mdash", "\u2014", "zwnj", "\u200c");
  private static final int LONGEST_ENTITY = 10;

  private final String html;
  private final StringBuilder text = new StringBuilder();

  /// of the link that is being read, and where its text began
  private String address = "";

  private int linkBegan;

  private HtmlText(String html) {
    this.html = html;
  }

  static String of(String html) {
    return new HtmlText(html).read();
  }

  private String read() {
    int at = 0;
    while (at < html.length()) {
      char c = html.charAt(at);
      if (c == '<' && at + 1 < html.length() && beginsTag(html.charAt(at + 1))) {
        at = tag(at);
      } else if (c == '&') {
        at = entity(at, html.length(), text);
      } else {
        text.append(Character.isWhitespace(c) ? ' ' : c);
        at++;
      }
    }
    endLink();
    return lines(text);
  }

  private static boolean beginsTag(char c) {
    return Character.isLetter(c) || c == '/' || c == '!' || c == '?';
  }

  /// @return the place after the tag, or after what it hides
  private int tag(int at) {
    if (html.startsWith("<!--", at)) {
      return after("-->", at + 4);
    }
    int end = endOfTag(at);
    boolean closing = html.startsWith("</", at);
    String name = name(at + (closing ? 2 : 1), end);
    if (!closing && HIDDEN.contains(name)) {
      return hidden(name, end);
    }
    if (!INLINE.contains(name)) {
      text.append('\n');
    }
    if (name.equals("a")) {
      endLink();
      address = closing ? "" : address(at, end);
      linkBegan = text.length();
    }
    return end;
  }

  /// A code that a link shows and carries stands there once.
  private void endLink() {
    PastedCodes carried = PastedCodes.find(address);
    PastedCodes shown = carried.none() ? carried : PastedCodes.find(text.substring(linkBegan));
    if (carried.none() || (codes(shown, true).containsAll(codes(carried, false)))) {
      return;
    }
    if (codes(shown, false).equals(codes(carried, false))) {
      text.setLength(linkBegan);
    }
    text.append(' ').append(address).append(' ');
    address = "";
  }

  private static List<ConfirmationCode> codes(PastedCodes found, boolean inLinks) {
    return found.codes().stream()
        .filter(one -> !inLinks || one.host().isPresent())
        .map(PastedCodes.Found::code)
        .toList();
  }

  private int endOfTag(int at) {
    char quote = 0;
    for (int place = at; place < html.length(); place++) {
      char c = html.charAt(place);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '"' || c == '\'') && html.charAt(place - 1) == '=') {
        quote = c;
      } else if (c == '>') {
        return place + 1;
      }
    }
    // a quote that nobody closes: then the tag ends at the first bracket
    return after(">", at);
  }

  private int hidden(String name, int from) {
    int at = from;
    while (at < html.length()) {
      if (html.regionMatches(true, at, "</" + name, 0, name.length() + 2)) {
        return endOfTag(at);
      }
      at = html.indexOf('<', at + 1);
      if (at < 0) {
        return html.length();
      }
    }
    return html.length();
  }

  private int after(String end, int from) {
    int found = html.indexOf(end, from);
    return found < 0 ? html.length() : found + end.length();
  }

  private String name(int from, int limit) {
    int end = from;
    while (end < limit && (Character.isLetterOrDigit(html.charAt(end)) || html.charAt(end) == ':')) {
      end++;
    }
    return html.substring(from, end).toLowerCase(Locale.ROOT);
  }

  private String address(int from, int end) {
    StringBuilder found = new StringBuilder();
    for (int at = from; at + 5 < end; at++) {
      if (html.regionMatches(true, at, "href", 0, 4)) {
        int value = at + 4;
        while (value < end && " =\n\r\t".indexOf(html.charAt(value)) >= 0) {
          value++;
        }
        char quote = value < end ? html.charAt(value) : ' ';
        boolean quoted = quote == '"' || quote == '\'';
        int stop = quoted ? html.indexOf(quote, value + 1) : endOfWord(value, end);
        int limit = stop < 0 || stop > end ? end - 1 : stop;
        int place = quoted ? value + 1 : value;
        while (place < limit) {
          char c = html.charAt(place);
          if (c == '&') {
            place = entity(place, limit, found);
          } else {
            // an address that was broken over lines is one address
            found.append(c == '\n' || c == '\r' || c == '\t' ? "" : String.valueOf(c));
            place++;
          }
        }
        return found.toString().strip();
      }
    }
    return "";
  }

  private int endOfWord(int from, int limit) {
    int end = from;
    while (end < limit && !Character.isWhitespace(html.charAt(end)) && html.charAt(end) != '>') {
      end++;
    }
    return end;
  }

  private int entity(int at, int limit, StringBuilder to) {
    int last = Math.min(limit, at + LONGEST_ENTITY);
    int end = html.substring(at, last).indexOf(';') + at;
    boolean near = end > at;
    String name = near ? html.substring(at + 1, end) : "";
    String known = name.startsWith("#") ? numbered(name.substring(1)) : ENTITIES.get(name);
    to.append(known == null ? "&" : known);
    return known == null ? at + 1 : end + 1;
  }

  private static String numbered(String number) {
    try {
      boolean hex = number.startsWith("x") || number.startsWith("X");
      int point = hex ? Integer.parseInt(number, 1, number.length(), 16) : Integer.parseInt(number);
      return Character.isValidCodePoint(point) ? Character.toString(point) : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }

  private static String lines(CharSequence text) {
    return text.toString().replaceAll("[ ]+", " ").replaceAll(" ?\n[ \n]*", "\n").strip();
  }
}
