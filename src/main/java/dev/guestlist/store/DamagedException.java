package dev.guestlist.store;

/// A database file whose content cannot be relied upon.
final class DamagedException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedException(String message) {
    super(message);
  }

  DamagedException(Throwable cause) {
    super(cause);
  }
}
