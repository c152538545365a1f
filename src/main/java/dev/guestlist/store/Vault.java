package dev.guestlist.store;

import java.util.Optional;

/// Secrets, sealed with AES-256-GCM under the key of a [KeyStorage]; the name of each is bound to
/// it, so that values cannot be swapped. Nothing here is ever logged.
public final class Vault {
  /// Seals and commits.
  ///
  /// @throws StoreException when it cannot be kept; whoever asked must then not go on
  public void seal(String name, String secret) {
    throw new UnsupportedOperationException();
  }

  /// The secret; empty when there is none of that name, or the key does not fit any more.
  public Optional<String> open(String name) {
    throw new UnsupportedOperationException();
  }

  public void forget(String name) {
    throw new UnsupportedOperationException();
  }

  /// Whether what is sealed now can be opened after the program closed.
  public boolean durable() {
    throw new UnsupportedOperationException();
  }

  /// Where the key lies, for the person to read.
  public String place() {
    throw new UnsupportedOperationException();
  }
}
