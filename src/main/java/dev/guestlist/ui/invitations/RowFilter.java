package dev.guestlist.ui.invitations;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which rows are shown: a chip, and words that must all be found, in any order and without regard
/// to case, in the person, the e-mail address, the groups or the roles.
///
/// @param words lower case, without spaces
public record RowFilter(RowChip chip, List<String> words) {
  public static final RowFilter NONE = new RowFilter(RowChip.ALL, List.of());

  public RowFilter {
    words = List.copyOf(words);
  }

  /// Takes the typed text apart into words.
  public static RowFilter of(RowChip chip, String text) {
    String typed = text.strip().toLowerCase(Locale.ROOT);
    return new RowFilter(chip, typed.isEmpty() ? List.of() : List.of(typed.split("\\s+")));
  }

  /// Whether every row is shown.
  public boolean open() {
    return chip == RowChip.ALL && words.isEmpty();
  }

  public boolean matches(InvitationRow row) {
    if (!chip.takes(row.status())) {
      return false;
    }
    for (String word : words) {
      if (!row.search().contains(word)) {
        return false;
      }
    }
    return true;
  }

  /// The rows that match, in the order they came in.
  public List<InvitationRow> apply(List<InvitationRow> rows) {
    if (open()) {
      return rows;
    }
    List<InvitationRow> matching = new ArrayList<>();
    for (InvitationRow row : rows) {
      if (matches(row)) {
        matching.add(row);
      }
    }
    return matching;
  }
}
