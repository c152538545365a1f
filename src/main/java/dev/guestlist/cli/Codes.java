package dev.guestlist.cli;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.PastedCodes;
import java.util.List;

/// Codes in whatever somebody put into a file.
final class Codes {
  private Codes() {}

  /// Those that are whole. What only looks like a code, and letters that had to be read as digits,
  /// are said.
  ///
  /// @throws Stop when there is none, or one of them is not whole: half a list is not accepted
  static List<ConfirmationCode> in(String text, Printing out) throws Stop {
    PastedCodes found = PastedCodes.find(text);
    for (PastedCodes.Almost almost : found.almost()) {
      out.note(out.texts().get("cli.codes.almost", almost.letters()));
    }
    if (found.repaired() > 0) {
      out.note(out.texts().get("cli.codes.repaired", found.repaired()));
    }
    if (found.codes().isEmpty()) {
      throw new Stop(Exit.NOTHING_DONE, out.texts().get("cli.codes.none"));
    }
    if (!found.almost().isEmpty()) {
      throw new Stop(
          Exit.NOTHING_DONE, out.texts().get("cli.codes.not-whole", found.almost().size()));
    }
    return found.codes().stream().map(PastedCodes.Found::code).toList();
  }
}
