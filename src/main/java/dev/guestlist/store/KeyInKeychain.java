package dev.guestlist.store;

import dev.guestlist.model.KeyPlace;
import java.security.SecureRandom;
import java.util.Optional;

/// A key in the system's keychain, under an id of this data folder.
final class KeyInKeychain implements KeyStorage {
  private static final int BYTES = 32;

  private final Keychain keychain;
  private final String id;

  KeyInKeychain(Keychain keychain, String id) {
    this.keychain = keychain;
    this.id = id;
  }

  @Override
  public boolean present() {
    return keychain.find(id).isPresent();
  }

  @Override
  public byte[] key() {
    Optional<byte[]> kept = keychain.find(id);
    if (kept.isPresent()) {
      if (kept.get().length != BYTES) {
        throw new StoreException(
            "The vault's key in "
                + place()
                + " is damaged. Sealed codes and sign-ins cannot be opened without it. Nothing was"
                + " changed.");
      }
      return kept.get();
    }
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    keychain.keep(id, key);
    // kept is what can be read back, not what was accepted
    return keychain
        .find(id)
        .filter(read -> java.util.Arrays.equals(read, key))
        .orElseThrow(() ->
            new StoreException(
                place() + " took the vault's key and does not give it back. Nothing was changed."));
  }

  @Override
  public void forget() {
    keychain.forget(id);
  }

  @Override
  public KeyPlace kind() {
    return KeyPlace.KEYCHAIN;
  }

  @Override
  public String place() {
    return keychain.name();
  }
}
