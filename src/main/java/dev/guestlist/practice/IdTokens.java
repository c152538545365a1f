package dev.guestlist.practice;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;

/// Who is signed in, as an ID token and as the claims of the userinfo endpoint.
final class IdTokens {
  private final Directory directory;
  private final SigningKey signingKey;
  private final PracticeClock clock;
  private final PublishedAddress address;

  IdTokens(
      Directory directory, SigningKey signingKey, PracticeClock clock, PublishedAddress address) {
    this.directory = directory;
    this.signingKey = signingKey;
    this.clock = clock;
    this.address = address;
  }

  /// The signed ID token for a user's access token.
  String of(Tokens.Access access, Optional<String> nonce) {
    Instant now = clock.realTime();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(address.oauth() + "/token")
            .audience(access.client())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(Tokens.ID_SECONDS)))
            .claim("azp", access.client())
            .claim("aut", "APPLICATION_USER");
    about(access).forEach(claims::claim);
    nonce.ifPresent(text -> claims.claim("nonce", text));
    return signingKey.sign(claims.build());
  }

  /// Account and organization of a user's access token. `user_org` is there when the account lives
  /// elsewhere (wso2-extensions/identity-organization-management
  /// `components/org.wso2.carbon.identity.organization.management.claim.provider`).
  Map<String, Object> about(Tokens.Access access) {
    Directory.Organization organization =
        directory.organization(access.organization()).orElseThrow();
    Directory.Person account = directory.person(access.account().orElseThrow()).orElseThrow();
    boolean home = account.organization().equals(organization.id());
    return Json.object(
        "sub", account.id(),
        "username", account.username(),
        "org_id", organization.id(),
        "org_name", organization.name(),
        "org_handle", organization.handle(),
        "user_org", home ? null : account.organization());
  }
}
