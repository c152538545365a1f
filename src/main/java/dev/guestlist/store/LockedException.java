package dev.guestlist.store;

/// The vault's key cannot be had now: it has to be worked out from a passphrase that nobody has
/// typed in yet, or the place where it lies does not give it out. Nothing was changed; what is
/// sealed stays sealed.
public final class LockedException extends StoreException {
  private static final long serialVersionUID = 1L;

  LockedException(String message) {
    super(message);
  }

  LockedException(StoreException why) {
    super(String.valueOf(why.getMessage()), why);
  }
}
