package dev.guestlist.store;

import dev.guestlist.model.KeyPlace;

/// Where the key of the [Vault] is kept. Never in the database that it protects.
public interface KeyStorage {

  /// The key, made at the first call: 32 bytes.
  ///
  /// @throws StoreException when it cannot be read or kept
  byte[] key();

  /// Whether [#key] would find a key rather than make one. A vault that holds values already asks
  /// this first: a new key would not open them.
  default boolean present() {
    return true;
  }

  /// Removes the key, so that what it sealed can be opened by nobody. Nothing happens when it is
  /// gone already.
  ///
  /// @throws StoreException when it cannot be removed
  default void forget() {}

  /// What kind of place it is.
  KeyPlace kind();

  /// Whether the key is still there after the program closed.
  default boolean durable() {
    return kind() != KeyPlace.UNTIL_CLOSED;
  }

  /// Where the key lies, for the person to read, for example "a key file in the data folder".
  String place();
}
