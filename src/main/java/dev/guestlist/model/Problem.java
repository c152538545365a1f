package dev.guestlist.model;

import java.time.Duration;
import java.util.Optional;

/// What can be expected to go wrong with a server. A value, so that every caller must answer it.
public sealed interface Problem {

  /// No answer came.
  ///
  /// @param mayHaveArrived false only when it is certain that the server saw nothing of the call
  record Unreachable(String host, boolean mayHaveArrived) implements Problem {}

  /// The certificate is not accepted; nothing was sent.
  record Untrusted(String host, String reason) implements Problem {}

  /// The session ended and could not be renewed.
  record SignedOut() implements Problem {}

  /// Signed in, but without this right.
  ///
  /// @param scope what the server would have wanted, as it calls it
  record NotAllowed(String scope) implements Problem {}

  /// The server says no, and says why.
  ///
  /// @param serverCode the server's code, for example `OUI-60013`; blank when it gave none
  /// @param serverText the server's own words; blank when it gave none
  record Rejected(Reason reason, String serverCode, String serverText) implements Problem {}

  /// The server asks for patience and says that it did nothing.
  record Busy(Optional<Duration> retryAfter) implements Problem {}

  /// The server failed; part of the work may have been done.
  ///
  /// @param trace the server's trace id; blank when it gave none
  record ServerFault(int status, String serverCode, String trace) implements Problem {}

  /// An answer came that cannot be understood.
  ///
  /// @param what for example "a web page instead of a list"
  record Unreadable(String what) implements Problem {}

  /// Whether a call that changes something may have done its work all the same.
  default boolean mayHaveHappened() {
    return switch (this) {
      case Unreachable unreachable -> unreachable.mayHaveArrived();
      case ServerFault ignored -> true;
      case Unreadable ignored -> true;
      case Untrusted ignored -> false;
      case SignedOut ignored -> false;
      case NotAllowed ignored -> false;
      case Rejected ignored -> false;
      case Busy ignored -> false;
    };
  }
}
