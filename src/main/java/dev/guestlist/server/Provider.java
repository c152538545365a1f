package dev.guestlist.server;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who signs people in, and at which addresses.
///
/// Mostly that is the server itself, whose paths are known: they are asked at the host that the
/// person typed, because what a server says about its own host comes from a setting there and is
/// often wrong behind a proxy. Where the connection names the discovery document of an OpenID
/// provider instead, that provider's addresses are taken as it states them.
final class Provider {
  private static final String WELL_KNOWN = "/.well-known/openid-configuration";
  private static final Set<String> THIS_COMPUTER = Set.of("127.0.0.1", "[::1]", "localhost");

  private final Http http;
  private final Optional<URI> named;
  private @Nullable OIDCProviderMetadata description;

  /// @param named the address of a discovery document, or of its issuer; empty for the server
  Provider(Http http, Optional<URI> named) {
    this.http = http;
    this.named = named.map(Provider::document);
  }

  private static URI document(URI typed) {
    String address = typed.toString().replaceAll("/+$", "");
    return URI.create(address.endsWith(WELL_KNOWN) ? address : address + WELL_KNOWN);
  }

  /// What it says about itself; asked once. The issuer of the server itself is only a name to
  /// compare with, that of a named provider must be where its document is (OpenID Connect Discovery
  /// 1.0 section 4.3).
  synchronized OIDCProviderMetadata description() throws ProblemException {
    if (description == null) {
      Call call = Call.of(Endpoint.DISCOVERY);
      if (named.isPresent()) {
        call = call.at(safe(named.get(), "the address of the discovery document"));
      }
      String text = http.send(call, Answer::jsonText);
      OIDCProviderMetadata read = parse(text);
      if (named.isPresent()) {
        requireIssuer(read, named.get());
      }
      description = read;
    }
    return description;
  }

  private static OIDCProviderMetadata parse(String text) throws ProblemException {
    try {
      return OIDCProviderMetadata.parse(text);
    } catch (ParseException e) {
      throw unreadable("an unexpected text instead of " + Endpoint.DISCOVERY.expected());
    }
  }

  private static void requireIssuer(OIDCProviderMetadata read, URI document)
      throws ProblemException {
    String issuer = read.getIssuer().getValue().replaceAll("/+$", "");
    if (!(issuer + WELL_KNOWN).equals(document.toString())) {
      throw unreadable("a discovery document that speaks for another address");
    }
  }

  /// Where the browser goes.
  URI authorize() throws ProblemException {
    URI stated = description().getAuthorizationEndpointURI();
    if (stated == null) {
      throw unreadable("no sign-in address in " + Endpoint.DISCOVERY.expected());
    }
    return named.isEmpty() ? http.atTypedHost(stated) : safe(stated, "a sign-in address");
  }

  /// A call that concerns signing in, to where it belongs.
  ///
  /// @throws ProblemException `Rejected(GRANT_NOT_ENABLED)` when a named provider has no such
  ///   address, or whatever keeps its document away
  Call call(Endpoint endpoint) throws ProblemException {
    Call call = Call.of(endpoint);
    if (named.isEmpty()) {
      return call;
    }
    URI stated = stated(endpoint);
    if (stated == null) {
      throw new ProblemException(
          new Problem.Rejected(
              Reason.GRANT_NOT_ENABLED,
              "",
              "The OpenID provider names no address for " + endpoint.expected() + "."));
    }
    return call.at(safe(stated, "an address"));
  }

  private @Nullable URI stated(Endpoint endpoint) throws ProblemException {
    OIDCProviderMetadata about = description();
    return switch (endpoint) {
      case KEYS -> about.getJWKSetURI();
      case DEVICE_CODE -> about.getDeviceAuthorizationEndpointURI();
      case REVOKE -> about.getRevocationEndpointURI();
      case USERINFO -> about.getUserInfoEndpointURI();
      case EXCHANGE, CLIENT_CREDENTIALS, REFRESH, SWITCH, DEVICE_TOKENS ->
          about.getTokenEndpointURI();
      case DISCOVERY,
          ROOT,
          SELF,
          METADATA,
          ENTERABLE,
          ORGANIZATIONS,
          ORGANIZATION,
          ROOT_INSIDE,
          ENTERABLE_INSIDE,
          ORGANIZATIONS_INSIDE,
          ORGANIZATION_INSIDE,
          BREADCRUMB,
          INVITATIONS,
          INVITE,
          DELETE,
          CHECK,
          ACCEPT,
          GROUPS,
          ROLES,
          USERS ->
          throw new IllegalArgumentException(endpoint + " does not concern signing in.");
    };
  }

  /// Tokens and passwords go over TLS, or stay on this computer.
  private static URI safe(URI address, String what) throws ProblemException {
    String host = address.getHost() == null ? "" : address.getHost();
    boolean plain = "http".equals(address.getScheme()) && THIS_COMPUTER.contains(host);
    if (host.isEmpty() || !("https".equals(address.getScheme()) || plain)) {
      throw unreadable(what + " that is not one of https");
    }
    return address;
  }

  static ProblemException unreadable(String what) {
    return new ProblemException(new Problem.Unreadable(what));
  }
}
