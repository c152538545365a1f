package dev.guestlist.model;

import java.time.Duration;
import java.util.Optional;

/// What can be expected to go wrong with a server. A value, so that every caller must answer it.
public sealed interface Problem {

  /// No answer came.
  ///
  /// @param mayHaveArrived false only when it is certain that the server saw nothing of the call
  /// @param chosen nothing was asked, because somebody chose to work offline
  record Unreachable(String host, boolean mayHaveArrived, boolean chosen) implements Problem {
    public Unreachable(String host, boolean mayHaveArrived) {
      this(host, mayHaveArrived, false);
    }
  }

  /// The way to the server is not fit for tokens; nothing was sent.
  ///
  /// @param host the server's, except for a proxy that refuses: then the proxy's
  /// @param certificate what the server showed; empty when it did not come that far
  record Untrusted(String host, Why why, Optional<ServerCertificate> certificate)
      implements Problem {

    /// Why it is not fit.
    public enum Why {
      /// nobody whom this computer trusts has signed the certificate
      UNKNOWN_ISSUER,
      /// the certificate is for another host name
      OTHER_HOST,
      EXPIRED,
      NOT_YET_VALID,
      /// it is not the one certificate that this connection accepts
      CHANGED,
      /// one that the product comes with: its private key is public
      KNOWN_DEFAULT,
      /// the certificate is damaged, or uses what is not safe any more
      UNCHECKABLE,
      /// plain http to another computer
      NOT_ENCRYPTED,
      /// the server offers no encryption that is safe today
      OLD_ENCRYPTION,
      /// the connection's own file of certificates is missing or cannot be read
      CERTIFICATE_FILE,
      /// the proxy wants another user or password
      PROXY_REFUSED
    }
  }

  /// The session ended and could not be renewed.
  ///
  /// @param newTokenRefused whether the server refused a token that it had given a moment before:
  ///   then it is the address or the root organization that does not fit
  record SignedOut(boolean newTokenRefused) implements Problem {
    /// As it mostly is: the session has ended, or there was none.
    public SignedOut() {
      this(false);
    }
  }

  /// Signed in, but without this right.
  ///
  /// @param scope what the server would have wanted, as it calls it
  record NotAllowed(String scope) implements Problem {}

  /// The server says no, and says why.
  ///
  /// @param serverCode the server's code, for example `OUI-60013`; blank when it gave none
  /// @param serverText the server's own words; blank when it gave none
  /// @param trace what the call is found by in the server's log; blank when no call was made
  record Rejected(Reason reason, String serverCode, String serverText, String trace)
      implements Problem {

    /// Without a trace.
    public Rejected(Reason reason, String serverCode, String serverText) {
      this(reason, serverCode, serverText, "");
    }
  }

  /// The server asks for patience and says that it did nothing.
  record Busy(Cause why, Optional<Duration> retryAfter) implements Problem {

    /// Why it asks.
    public enum Cause {
      /// more calls came than it takes within some time (429)
      TOO_MANY,
      /// it has too much to do altogether (503)
      OVERLOADED
    }

    /// Too many calls.
    public Busy(Optional<Duration> retryAfter) {
      this(Cause.TOO_MANY, retryAfter);
    }
  }

  /// The server failed; part of the work may have been done.
  ///
  /// @param trace what the call is found by in the server's log
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
