package dev.guestlist.model;

import java.net.URI;
import java.time.Duration;

/// A server, its root organization, and how to sign in there.
///
/// @param id key on this computer
/// @param name what the person calls it, shown everywhere
/// @param kind decides colour, word and guards
/// @param server scheme, host and port, without a path
/// @param rootOrganization the handle (tenant domain) in `/t/{root}`
/// @param clientId the public client that people sign in with
/// @param signIn how people sign in
/// @param requestsAtOnce organizations that are written to at the same time, 1 or more
/// @param lifetime how long invitations last on this server; a setting there, 72 h by default
public record Connection(
    ConnectionId id,
    String name,
    Kind kind,
    URI server,
    String rootOrganization,
    String clientId,
    SignInWay signIn,
    int requestsAtOnce,
    Duration lifetime) {

  /// What would happen if something went wrong here.
  public enum Kind {
    PRACTICE,
    TEST,
    PRODUCTION
  }

  /// The ways to sign in.
  public enum SignInWay {
    BROWSER,
    TECHNICAL_ACCOUNT
  }

  public Connection {
    if (requestsAtOnce < 1) {
      throw new IllegalArgumentException("At least one request at once is needed.");
    }
  }
}
