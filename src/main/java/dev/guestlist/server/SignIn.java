package dev.guestlist.server;

import dev.guestlist.model.Connection;
import dev.guestlist.model.ProblemException;
import java.time.Duration;
import java.time.InstantSource;

/// The ways to sign in at the root organization.
public final class SignIn implements AutoCloseable {

  public SignIn(Connection connection, InstantSource clock) {
    throw new UnsupportedOperationException();
  }

  /// Authorization code with PKCE (S256): opens the browser and waits for its answer on a free port
  /// of 127.0.0.1. State and nonce are checked; one answer counts; others change nothing.
  ///
  /// @throws ProblemException `Rejected(SIGN_IN_REFUSED)` when the server said no, `Unreachable`
  ///   when no answer came in time or the server is away
  public Tokens withBrowser(Browser browser, Duration patience) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// Client credentials of a technical account, for machines without a person.
  public Tokens asTechnicalAccount(String clientId, String clientSecret) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// Ends a waiting [#withBrowser].
  public void cancel() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
