package dev.guestlist.ui.connect;

import dev.guestlist.model.ConnectionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Connections that were typed and not saved, while the window is open: leaving the screen loses
/// nothing. Secrets are not among it.
public final class Drafts {
  private final Map<ConnectionId, ConnectionForm> forms = new LinkedHashMap<>();

  Optional<ConnectionForm> find(ConnectionId id) {
    return Optional.ofNullable(forms.get(id));
  }

  List<ConnectionForm> all() {
    return List.copyOf(forms.values());
  }

  void put(ConnectionForm form) {
    forms.put(form.id, form);
  }

  void drop(ConnectionId id) {
    forms.remove(id);
  }
}
