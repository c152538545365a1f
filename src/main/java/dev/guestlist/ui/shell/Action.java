package dev.guestlist.ui.shell;

import java.util.Optional;

/// Something that the palette offers to do.
///
/// @param key the keys that do it too; blank when there are none
/// @param reason why it cannot be done now; empty when it can
record Action(String title, String key, Optional<String> reason, Runnable run) {

  Action(String title, String key, Runnable run) {
    this(title, key, Optional.empty(), run);
  }

  Action unless(Optional<String> newReason) {
    return new Action(title, key, newReason, run);
  }
}
