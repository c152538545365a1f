package dev.guestlist.store;

import java.util.Optional;

/// What the window remembers: columns, sorting, widths, the last place, drafts. Values are short
/// texts whose form is the writer's business; never secrets.
public final class ViewState {
  public Optional<String> get(String key) {
    throw new UnsupportedOperationException();
  }

  public void put(String key, String value) {
    throw new UnsupportedOperationException();
  }

  public void remove(String key) {
    throw new UnsupportedOperationException();
  }
}
