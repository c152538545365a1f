package dev.guestlist.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A server, its root organization, and how to sign in there. Holds no secret: those are in the
/// vault.
///
/// @param id key on this computer
/// @param name what the person calls it, shown everywhere
/// @param kind decides word and guards
/// @param server scheme, host and port, without a path
/// @param rootOrganization the handle (tenant domain) in `/t/{root}`
/// @param clientId the client that signs in
/// @param signIn how people sign in
/// @param requestsAtOnce organizations that are written to at the same time, 1 or more
/// @param lifetime how long invitations last on this server; a setting there, 72 h by default
/// @param settings everything that most connections leave as it is
public record Connection(
    ConnectionId id,
    String name,
    Kind kind,
    URI server,
    String rootOrganization,
    String clientId,
    SignInWay signIn,
    int requestsAtOnce,
    Duration lifetime,
    Settings settings) {

  /// What would happen if something went wrong here.
  public enum Kind {
    PRACTICE,
    TEST,
    PRODUCTION
  }

  /// The ways to sign in.
  public enum SignInWay {
    /// with the system's browser, at the root organization
    BROWSER,
    /// with the system's browser, directly into [Settings#startIn]
    BROWSER_INTO_ORGANIZATION,
    /// with a code that is typed in on another device
    DEVICE_CODE,
    /// as the application itself, with its client secret
    TECHNICAL_ACCOUNT,
    /// with an access token from somewhere else, for finding out what is wrong
    PASTED_TOKEN
  }

  /// The colour of a connection's square; it only helps the eye, the kind has a word of its own.
  public enum Colour {
    BLUE,
    GREEN,
    TEAL,
    PURPLE,
    ORANGE,
    RED,
    GREY
  }

  /// Whose certificates are accepted.
  public sealed interface Trust {
    /// Those that this computer and Java trust.
    record OfSystem() implements Trust {}

    /// Those, and what the certificates of this file (PEM or DER) have signed.
    record WithFile(Path file) implements Trust {}

    /// This one certificate and no other, whatever its name and dates say.
    ///
    /// @param fingerprint SHA-256 of the certificate, 64 lower-case hexadecimal digits
    record Pinned(String fingerprint) implements Trust {
      public Pinned {
        if (!fingerprint.matches("[0-9a-f]{64}")) {
          throw new IllegalArgumentException("A SHA-256 fingerprint has 64 hexadecimal digits.");
        }
      }
    }
  }

  /// The way through the network.
  public sealed interface Proxying {
    /// As the system says, automatic configuration included as far as Java reads it.
    record OfSystem() implements Proxying {}

    record None() implements Proxying {}

    /// This HTTP proxy. A password for `user` is in the vault.
    record Through(String host, int port, Optional<String> user) implements Proxying {
      public Through {
        if (host.isBlank() || port < 1 || port > 65_535) {
          throw new IllegalArgumentException("A proxy needs a host and a port.");
        }
      }
    }
  }

  /// What most connections leave as it is.
  ///
  /// @param favourite shown first
  /// @param startIn id or handle of the organization that is opened first, or signed in to directly
  /// @param discovery address of an OpenID discovery document, where the server's own one is wrong
  ///   or somebody else signs people in
  /// @param acceptLink pattern of the link for handing codes over, with `{code}` in it
  /// @param readOnly whether everything that changes the server is off, by the person's own choice
  /// @param staySignedIn whether the refresh token is kept in the vault
  public record Settings(
      Colour colour,
      boolean favourite,
      Optional<String> startIn,
      Optional<URI> discovery,
      Trust trust,
      Proxying proxying,
      Optional<String> acceptLink,
      boolean readOnly,
      boolean staySignedIn) {

    /// As they are when nobody chose anything.
    public static final Settings USUAL =
        new Settings(
            Colour.BLUE,
            false,
            Optional.empty(),
            Optional.empty(),
            new Trust.OfSystem(),
            new Proxying.OfSystem(),
            Optional.empty(),
            false,
            false);
  }

  public Connection {
    if (requestsAtOnce < 1) {
      throw new IllegalArgumentException("At least one request at once is needed.");
    }
  }

  /// A connection with the usual settings.
  public Connection(
      ConnectionId id,
      String name,
      Kind kind,
      URI server,
      String rootOrganization,
      String clientId,
      SignInWay signIn,
      int requestsAtOnce,
      Duration lifetime) {
    this(
        id,
        name,
        kind,
        server,
        rootOrganization,
        clientId,
        signIn,
        requestsAtOnce,
        lifetime,
        Settings.USUAL);
  }

  /// The same with other settings.
  public Connection with(Settings other) {
    return new Connection(
        id,
        name,
        kind,
        server,
        rootOrganization,
        clientId,
        signIn,
        requestsAtOnce,
        lifetime,
        other);
  }
}
