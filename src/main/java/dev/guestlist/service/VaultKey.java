package dev.guestlist.service;

import dev.guestlist.model.KeyPlace;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.Vault;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The key of the vault: where it lies, moving it, and locking what it seals. Everything here may
/// wait for the disk or the system's keychain.
public final class VaultKey {
  private final Vault vault;

  /// A place that could hold the key.
  ///
  /// @param whyNot in words, when it cannot; blank when it can
  public record Choice(KeyPlace place, String whyNot) {
    public boolean available() {
      return whyNot.isBlank();
    }
  }

  public VaultKey(LocalStore store) {
    this.vault = store.vault();
  }

  public KeyPlace place() {
    return vault.kind();
  }

  /// Whether what is sealed can be opened after the program closed.
  public boolean durable() {
    return vault.durable();
  }

  /// Whether codes are hidden: locked by the person or by time, or a passphrase is missing.
  public boolean locked() {
    return vault.locked();
  }

  /// Every place, the strongest first.
  public List<Choice> choices() {
    return Arrays.stream(KeyPlace.values())
        .map(place -> new Choice(place, vault.whyNot(place)))
        .toList();
  }

  /// Moves the key to another place; everything sealed is sealed anew. A program that dies on the
  /// way leaves a key that opens everything.
  ///
  /// @param passphrase for [KeyPlace#PASSPHRASE], which needs one
  /// @throws dev.guestlist.store.StoreException when that is not possible; nothing has changed then
  public void moveTo(KeyPlace place, Optional<char[]> passphrase) {
    if (place == KeyPlace.PASSPHRASE && passphrase.filter(one -> one.length > 0).isEmpty()) {
      throw new IllegalArgumentException("A passphrase is needed.");
    }
    vault.moveTo(place, passphrase);
  }

  /// Hides codes until [#unlock]. Runs in the background go on.
  public void lock() {
    vault.lock();
  }

  /// Shows them again.
  ///
  /// @param passphrase needed when the key is worked out from one
  /// @return false for a wrong or missing passphrase; nothing was changed then
  public boolean unlock(Optional<char[]> passphrase) {
    return vault.unlock(passphrase);
  }
}
