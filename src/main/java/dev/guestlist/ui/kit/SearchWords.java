package dev.guestlist.ui.kit;

import java.util.List;
import java.util.Locale;

/// What somebody typed to find rows: words in any order, each anywhere in the row, in either case.
///
/// @param words lower case; one empty word, which every row has, when nothing was typed
public record SearchWords(List<String> words) {
  public SearchWords {
    words = List.copyOf(words);
  }

  public static SearchWords of(String typed) {
    return new SearchWords(List.of(typed.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)));
  }

  /// Whether a text in lower case has all of the words.
  public boolean in(String text) {
    return words.stream().allMatch(text::contains);
  }
}
