package dev.guestlist.ui.invite;

import dev.guestlist.model.PastedPeople.Found;

/// One person in the field of people, and whether they will be invited.
///
/// @param detail says more than the verdict's word; blank when there is nothing more
record PersonChip(Found found, Verdict verdict, String detail) {

  /// What this computer knows about inviting that person.
  enum Verdict {
    /// will be invited
    READY,
    /// has a living invitation already: left out
    INVITED,
    /// is a member already: left out
    MEMBER,
    /// no username has a space inside: left out until it is corrected
    SPACED
  }

  boolean goes() {
    return verdict == Verdict.READY;
  }
}
