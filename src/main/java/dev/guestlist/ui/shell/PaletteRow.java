package dev.guestlist.ui.shell;

import dev.guestlist.model.OrganizationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One line of the palette, ready to be shown.
///
/// @param heading what this and the following lines are; blank when the line above says it
/// @param title the name, cut where the typed text was found
/// @param detail the path, or where a person is invited
/// @param note counts, or a word such as "no access"; why it cannot be done
/// @param side an age, or the keys that do the same
/// @param organization where it leads, when it leads to an organization
record PaletteRow(
    String heading,
    List<Piece> title,
    String detail,
    String note,
    String side,
    boolean possible,
    boolean pinned,
    Optional<OrganizationId> organization,
    Runnable pick) {

  /// A part of a name.
  ///
  /// @param found whether it is what was typed
  record Piece(String text, boolean found) {}

  PaletteRow under(String newHeading) {
    return new PaletteRow(
        newHeading, title, detail, note, side, possible, pinned, organization, pick);
  }

  /// The name in one piece.
  String name() {
    return String.join("", title.stream().map(Piece::text).toList());
  }

  /// Whether this is the other line, found anew: what is told of it may differ.
  boolean isLike(PaletteRow other) {
    return organization.equals(other.organization()) && name().equals(other.name());
  }

  /// Cuts a name where the words of the typed text are found in it.
  static List<Piece> mark(String name, String typed) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean[] found = new boolean[name.length()];
    for (String word : typed.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)) {
      int at = word.isEmpty() || lower.length() != name.length() ? -1 : lower.indexOf(word);
      for (int i = at; at >= 0 && i < at + word.length(); i++) {
        found[i] = true;
      }
    }
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= name.length(); i++) {
      if (i == name.length() || found[i] != found[from]) {
        pieces.add(new Piece(name.substring(from, i), found[from]));
        from = i;
      }
    }
    return pieces;
  }
}
