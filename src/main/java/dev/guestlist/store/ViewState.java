package dev.guestlist.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the window remembers: columns, sorting, widths, the last place, drafts. Values are short
/// texts whose form is the writer's business; never secrets.
public final class ViewState {
  private final Database database;

  ViewState(Database database) {
    this.database = database;
  }

  public Optional<String> get(String key) {
    return database.read(
        s -> s.first("SELECT value FROM view_state WHERE key = ?", row -> row.text(1), key));
  }

  /// Everything at once, for a window that must not wait for the disk later.
  public Map<String, String> all() {
    Map<String, String> all = new HashMap<>();
    database
        .read(s ->
            s.query(
                "SELECT key, value FROM view_state", row -> Map.entry(row.text(1), row.text(2))))
        .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return all;
  }

  public void put(String key, String value) {
    database.change(s ->
        s.update(
            """
            INSERT INTO view_state (key, value) VALUES (?, ?)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """,
            key,
            value));
  }

  public void remove(String key) {
    database.change(s -> s.update("DELETE FROM view_state WHERE key = ?", key));
  }
}
