package dev.guestlist.service;

import dev.guestlist.model.Problem;
import java.util.Optional;

/// Who is signed in at a connection.
public sealed interface SessionState {
  /// Nobody. Cached lists can be read all the same.
  ///
  /// @param why the problem that ended the session; empty when nobody signed in yet
  record SignedOut(Optional<Problem> why) implements SessionState {}

  /// Waiting for the person to finish in the browser.
  record SigningIn() implements SessionState {}

  /// Somebody.
  ///
  /// @param account as the server calls them
  record SignedIn(String account) implements SessionState {}
}
