package dev.guestlist.ui.invite;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was typed and not sent: kept when the panel closes, offered when it opens again. One line
/// each, so that it can be read back whatever a newer version adds behind.
record Draft(
    Instant at,
    boolean serverMails,
    String note,
    List<String> groups,
    List<String> roles,
    List<String> people) {
  private static final String SEPARATOR = "\u001f";

  String written() {
    List<String> lines = new ArrayList<>();
    lines.add(at.toString());
    lines.add(Boolean.toString(serverMails));
    lines.add(note.replace('\n', ' '));
    lines.add(String.join(SEPARATOR, groups));
    lines.add(String.join(SEPARATOR, roles));
    lines.add(String.join(SEPARATOR, people));
    return String.join("\n", lines);
  }

  /// Reads a draft; what cannot be read is no draft.
  static Optional<Draft> read(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length < 6) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Draft(
              Instant.parse(lines[0]),
              Boolean.parseBoolean(lines[1]),
              lines[2],
              list(lines[3]),
              list(lines[4]),
              list(lines[5])));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static List<String> list(String line) {
    return line.isEmpty() ? List.of() : List.of(line.split(SEPARATOR, -1));
  }
}
