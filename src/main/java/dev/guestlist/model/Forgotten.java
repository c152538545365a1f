package dev.guestlist.model;

/// What came of forgetting a person on this computer.
public sealed interface Forgotten {
  /// The name is gone.
  ///
  /// @param rows rows of runs that were about the person
  /// @param lines lines of the activity that were
  record Done(int rows, int lines) implements Forgotten {}

  /// Nothing was changed: rows about the person are not settled.
  record Waits(int rows) implements Forgotten {}

  /// Nothing was changed: the name is in a draft of an invitation.
  record InDraft() implements Forgotten {}
}
