package dev.guestlist.cli;

/// The data folder cannot be used; the message says why and what is unharmed.
public final class CannotOpen extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotOpen(String message, Throwable cause) {
    super(message, cause);
  }
}
