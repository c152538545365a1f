package dev.guestlist.ui.kit;

import java.util.Optional;

/// What the window remembers until the next start: its place, the theme, columns, the last
/// organization. Keys look like `shell.theme`; values are short texts, never secrets. Answers at
/// once from memory, so that it may be asked on the screen's thread; writing to disk follows
/// behind.
public interface Remembered {
  Optional<String> get(String key);

  void put(String key, String value);
}
