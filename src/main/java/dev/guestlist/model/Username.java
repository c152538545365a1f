package dev.guestlist.model;

import java.util.Locale;
import java.util.Optional;

/// A username of the parent organization, with the user store it is in where that was said.
///
/// @param name as typed, never blank, without spaces at the ends
/// @param userStore upper case, for example `CORP`; empty means the server's default store
public record Username(String name, Optional<String> userStore) {
  public Username {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A username cannot be blank.");
    }
  }

  /// Takes `CORP/dora.k` apart; a name without a slash is in the default store.
  public static Username parse(String text) {
    String trimmed = text.strip();
    int slash = trimmed.indexOf('/');
    if (slash <= 0 || slash == trimmed.length() - 1) {
      return new Username(trimmed, Optional.empty());
    }
    String store = trimmed.substring(0, slash).toUpperCase(Locale.ROOT);
    return new Username(trimmed.substring(slash + 1), Optional.of(store));
  }

  /// `CORP/dora.k`, or `dora.k` for the default store.
  public String qualified() {
    return userStore.map(store -> store + "/" + name).orElse(name);
  }

  /// Whether both name the same person as far as can be known without asking: case is ignored.
  public boolean sameAs(Username other) {
    return qualified().equalsIgnoreCase(other.qualified());
  }
}
