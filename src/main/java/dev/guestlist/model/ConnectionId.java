package dev.guestlist.model;

/// The key of a connection on this computer; made here, unknown to the server.
///
/// @param value never blank
public record ConnectionId(String value) {
  public ConnectionId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A connection id cannot be blank.");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
