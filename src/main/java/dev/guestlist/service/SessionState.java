package dev.guestlist.service;

import dev.guestlist.model.DeviceCode;
import dev.guestlist.model.Problem;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// Who is signed in at a connection.
public sealed interface SessionState {
  /// Nobody. Cached lists can be read all the same.
  ///
  /// @param why the problem that ended the session; empty when nobody signed in yet
  record SignedOut(Optional<Problem> why) implements SessionState {}

  /// A sign-in is on its way.
  ///
  /// @param until when the waiting ends by itself
  /// @param address what the browser was asked to open, for opening it again or copying it; empty
  ///   until it is known, and where no browser of this computer takes part
  /// @param code what a person types in on another device; empty in the other ways
  record SigningIn(Instant until, Optional<URI> address, Optional<DeviceCode> code)
      implements SessionState {
    @Override
    public String toString() {
      return "SigningIn[until " + until + "]";
    }
  }

  /// Somebody.
  ///
  /// @param account as the server calls them
  record SignedIn(String account) implements SessionState {}
}
