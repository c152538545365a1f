package dev.guestlist.store;

import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import java.util.List;
import java.util.Optional;

/// The connections that people made.
public final class ConnectionTable {
  /// In the order in which they were made.
  public List<Connection> all() {
    throw new UnsupportedOperationException();
  }

  public Optional<Connection> find(ConnectionId id) {
    throw new UnsupportedOperationException();
  }

  /// Adds it, or replaces the one with the same id.
  public void put(Connection connection) {
    throw new UnsupportedOperationException();
  }

  public void remove(ConnectionId id) {
    throw new UnsupportedOperationException();
  }
}
