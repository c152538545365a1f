package dev.guestlist.store;

import dev.guestlist.model.KeyPlace;
import java.security.SecureRandom;

/// A key that lives until the program closes; what it sealed can be opened by nobody afterwards.
public final class KeyInMemory implements KeyStorage {
  private final byte[] key = new byte[32];

  public KeyInMemory() {
    new SecureRandom().nextBytes(key);
  }

  @Override
  public byte[] key() {
    return key.clone();
  }

  @Override
  public KeyPlace kind() {
    return KeyPlace.UNTIL_CLOSED;
  }

  @Override
  public String place() {
    return "the memory of this program, until it closes";
  }
}
