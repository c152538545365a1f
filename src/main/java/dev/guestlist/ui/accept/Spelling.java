package dev.guestlist.ui.accept;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A code as it is read out over the phone: in groups of four, each character as a word.
final class Spelling {
  static final int GROUP = 4;

  private final List<String> words;

  /// Which words stand for the characters.
  enum Alphabet {
    NATO("spelling.nato", "spelling.nato.name"),
    GERMAN("spelling.german", "spelling.german.name");

    private final String key;
    private final String name;

    Alphabet(String key, String name) {
      this.key = key;
      this.name = name;
    }

    /// The key of its sixteen words, from 0 to 9 and from a to f.
    String key() {
      return key;
    }

    /// The key of its name.
    String nameKey() {
      return name;
    }

    /// The one after this; the first after the last.
    Alphabet next() {
      return switch (this) {
        case NATO -> GERMAN;
        case GERMAN -> NATO;
      };
    }
  }

  /// Up to four characters, and how they are said.
  record Group(String characters, String spoken) {
    /// Says nothing: it holds a part of a secret.
    @Override
    public String toString() {
      return "Group";
    }
  }

  /// @param words sixteen words between spaces, for 0 to 9 and a to f
  /// @throws IllegalArgumentException when there are more or fewer
  Spelling(String words) {
    this.words = List.of(words.strip().split(" +", -1));
    if (this.words.size() != 16) {
      throw new IllegalArgumentException("An alphabet has 16 words, not " + this.words.size());
    }
  }

  /// The groups of a code; spaces and dashes in it mean nothing. A character without a word is said
  /// as it is.
  List<Group> of(String code) {
    String characters = characters(code);
    List<Group> groups = new ArrayList<>();
    for (int at = 0; at < characters.length(); at += GROUP) {
      String group = characters.substring(at, Math.min(at + GROUP, characters.length()));
      groups.add(
          new Group(group, group.chars().mapToObj(this::word).collect(Collectors.joining(" "))));
    }
    return groups;
  }

  /// Whether a text holds nothing but characters of a code, or the beginning of one.
  static boolean fits(String text) {
    String characters = characters(text);
    return !characters.isEmpty()
        && characters.length() <= 32
        && characters.chars().allMatch(one -> one < 128 && Character.digit(one, 16) >= 0);
  }

  private static String characters(String code) {
    return code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
  }

  private String word(int character) {
    int value = character < 128 ? Character.digit(character, 16) : -1;
    return value < 0 ? Character.toString(character) : words.get(value);
  }
}
