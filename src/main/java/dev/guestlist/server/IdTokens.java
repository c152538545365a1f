package dev.guestlist.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.ProblemException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads ID tokens: issuer, audience, nonce, times and signature are checked with the provider's
/// keys first.
final class IdTokens {
  /// How far the clocks of server and computer may differ.
  private static final int CLOCK_SKEW_SECONDS = 120;

  private static final Set<JWSAlgorithm> SIGNATURES =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.ES256);

  private final Http http;
  private final Provider provider;
  private final ClientID client;

  /// Who an ID token speaks of.
  ///
  /// @param account the name where there is one, otherwise the subject
  /// @param organization the one that the tokens are bound to (claims `org_id`, wso2-extensions/
  ///   identity-organization-management `claim.provider`); a token of the root names the root
  record Person(String account, Optional<OrganizationId> organization) {}

  IdTokens(Http http, Provider provider, ClientID client) {
    this.http = http;
    this.provider = provider;
    this.client = client;
  }

  /// @param nonce what the sign-in was started with; empty where no browser took part
  /// @throws ProblemException `Unreadable` for a token that cannot be trusted
  Person read(String idToken, Optional<Nonce> nonce) throws ProblemException {
    String keys = http.send(provider.call(Endpoint.KEYS), Answer::jsonText);
    try {
      var selector =
          new JWSVerificationKeySelector<SecurityContext>(
              SIGNATURES, new ImmutableJWKSet<>(JWKSet.parse(keys)));
      IDTokenValidator validator = validator(selector);
      validator.setMaxClockSkew(CLOCK_SKEW_SECONDS);
      IDTokenClaimsSet claims = validator.validate(JWTParser.parse(idToken), nonce.orElse(null));
      return person(claims);
    } catch (java.text.ParseException | BadJOSEException | JOSEException e) {
      // without the cause, whose text may quote the token
      throw Provider.unreadable("an ID token that cannot be trusted");
    }
  }

  private static Person person(IDTokenClaimsSet claims) {
    String account =
        Stream.of("username", "preferred_username")
            .map(name -> text(claims, name))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseGet(() -> claims.getSubject().getValue());
    return new Person(account, text(claims, "org_id").map(OrganizationId::new));
  }

  private static Optional<String> text(IDTokenClaimsSet claims, String name) {
    return Optional.ofNullable(claims.getStringClaim(name)).filter(text -> !text.isBlank());
  }

  private IDTokenValidator validator(JWSVerificationKeySelector<SecurityContext> selector)
      throws ProblemException {
    return new IDTokenValidator(provider.description().getIssuer(), client, selector, null);
  }
}
