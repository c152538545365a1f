package dev.guestlist.store;

import java.util.Optional;

/// The system's own store of secrets. Each method blocks, and fails after some seconds at the
/// latest.
interface Keychain {
  /// How the system calls it, for the person to read.
  String name();

  /// The key that is kept under this id.
  ///
  /// @throws StoreException when the keychain cannot be asked
  Optional<byte[]> find(String id);

  /// Keeps it under this id.
  ///
  /// @throws StoreException when it cannot be kept
  void keep(String id, byte[] key);

  /// Removes it. Nothing happens when it is gone already.
  ///
  /// @throws StoreException when it cannot be removed
  void forget(String id);
}
