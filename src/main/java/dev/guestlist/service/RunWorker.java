package dev.guestlist.service;

import dev.guestlist.store.LocalStore;
import java.time.InstantSource;

/// Sends what is due.
public final class RunWorker implements AutoCloseable {
  RunWorker(
      Session session,
      Invitations invitations,
      LocalStore store,
      Changes changes,
      InstantSource clock) {
    throw new UnsupportedOperationException();
  }

  void start() {
    throw new UnsupportedOperationException();
  }

  /// Whether this program sends; another one on the same data folder does when it is false.
  public boolean sends() {
    throw new UnsupportedOperationException();
  }

  /// Tries the server and everything that waits at once, instead of at the next planned moment.
  public void tryNow() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
