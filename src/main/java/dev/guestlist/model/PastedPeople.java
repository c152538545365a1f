package dev.guestlist.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// People found in typed or pasted text: one name, a list, a mail header, a spreadsheet column.
/// Nothing is dropped silently: what looks wrong stays as text to correct.
///
/// @param people in the order of the text, without repetitions
/// @param merged how many names were left out because they stood there already
/// @param cleaned how many names lost invisible characters or quotes
public record PastedPeople(List<Found> people, int merged, int cleaned) {
  private static final Pattern HEADER = Pattern.compile("(?i)^(?:to|cc|bcc|from|an|von)\\s*:\\s*");
  private static final Pattern ADDRESSED = Pattern.compile("^(.*?)<\\s*([^<>]+?)\\s*>$");
  private static final Pattern SPACE_INSIDE = Pattern.compile("[\\s\\p{Z}]");

  /// One person.
  ///
  /// @param text the name as it will be sent, with its user store in front where one was given
  /// @param displayName the part before `<address>`, for handing over; empty when there was none
  /// @param spaced whether there is a space inside, as no username has
  public record Found(String text, Optional<String> displayName, boolean spaced) {
    public Username username() {
      return Username.parse(text);
    }
  }

  public PastedPeople {
    people = List.copyOf(people);
  }

  /// Takes text apart at line breaks, commas, semicolons and tabs; separators inside quotes belong
  /// to the name beside an address.
  public static PastedPeople find(String text) {
    Map<String, Found> people = new LinkedHashMap<>();
    int merged = 0;
    int cleaned = 0;
    for (String line : text.split("\\R|\\u0085", -1)) {
      String content = HEADER.matcher(visible(line)).replaceFirst("");
      for (String piece : pieces(content)) {
        Optional<Found> found = person(piece);
        if (found.isEmpty()) {
          continue;
        }
        String key = found.get().username().qualified().toLowerCase(Locale.ROOT);
        if (people.putIfAbsent(key, found.get()) != null) {
          merged++;
        } else if (!line.contains(found.get().text()) || piece.contains("\"")) {
          cleaned++;
        }
      }
    }
    return new PastedPeople(List.copyOf(people.values()), merged, cleaned);
  }

  private static Optional<Found> person(String piece) {
    String text = piece.strip();
    Optional<String> displayName = Optional.empty();
    Matcher addressed = ADDRESSED.matcher(text);
    if (addressed.matches()) {
      displayName = Optional.of(unquoted(addressed.group(1))).filter(name -> !name.isBlank());
      text = addressed.group(2);
    }
    String name = unquoted(text);
    if (name.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(new Found(name, displayName, SPACE_INSIDE.matcher(name).find()));
  }

  private static List<String> pieces(String line) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && (quoted || line.indexOf('"', i + 1) > 0)) {
        quoted = !quoted;
      }
      if (!quoted && (c == ',' || c == ';' || c == '\t')) {
        pieces.add(piece.toString());
        piece.setLength(0);
      } else {
        piece.append(c);
      }
    }
    pieces.add(piece.toString());
    return pieces;
  }

  /// Without characters that nobody can see and that no server would find.
  private static String visible(String text) {
    StringBuilder seen = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT && (c >= ' ' || c == '\t'))
        .filter(c -> c != 0x7f)
        .forEach(c -> seen.appendCodePoint(c == 0xa0 ? ' ' : c));
    return seen.toString();
  }

  private static String unquoted(String text) {
    String inner = text.strip();
    while (inner.length() >= 2 && quotes(inner.charAt(0), inner.charAt(inner.length() - 1))) {
      inner = inner.substring(1, inner.length() - 1).strip();
    }
    return inner;
  }

  private static boolean quotes(char first, char last) {
    return (first == '"' && last == '"')
        || (first == '\'' && last == '\'')
        || (first == '\u201c' && last == '\u201d')
        || (first == '\u201e' && last == '\u201c');
  }
}
