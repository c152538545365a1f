package dev.guestlist.store;

/// The data folder cannot be used: full, read-only, locked, damaged beyond repair. The text says
/// which file and what is unharmed; it never contains a secret.
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  public StoreException(String message) {
    super(message);
  }
}
