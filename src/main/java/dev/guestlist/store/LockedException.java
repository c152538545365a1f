package dev.guestlist.store;

/// The vault's key has to be worked out from a passphrase that nobody has typed in yet, or typed
/// wrongly. Nothing was changed; what is sealed stays sealed.
public final class LockedException extends StoreException {
  private static final long serialVersionUID = 1L;

  LockedException(String message) {
    super(message);
  }
}
