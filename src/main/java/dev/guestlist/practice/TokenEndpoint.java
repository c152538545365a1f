package dev.guestlist.practice;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// `POST /t/{root}/oauth2/token`: authorization code, refresh with rotation, client credentials and
/// organization switch; with the key set and the discovery document beside it.
final class TokenEndpoint {
  private final Directory directory;
  private final Tokens tokens;
  private final SignInCodes codes;
  private final OrganizationSwitch organizationSwitch;
  private final SigningKey signingKey;
  private final PracticeClock clock;
  private final Supplier<URI> baseUrl;

  TokenEndpoint(
      Directory directory,
      Tokens tokens,
      SignInCodes codes,
      SigningKey signingKey,
      PracticeClock clock,
      Supplier<URI> baseUrl) {
    this.directory = directory;
    this.tokens = tokens;
    this.codes = codes;
    this.organizationSwitch = new OrganizationSwitch(directory, tokens);
    this.signingKey = signingKey;
    this.clock = clock;
    this.baseUrl = baseUrl;
  }

  Answer discovery(Call call) {
    String base = oauthBase();
    return Answer.json(
        200,
        Json.object(
            "issuer", base + "/token",
            "authorization_endpoint", base + "/authorize",
            "token_endpoint", base + "/token",
            "jwks_uri", base + "/jwks",
            "response_types_supported", List.of("code"),
            "response_modes_supported", List.of("query"),
            "grant_types_supported",
                List.of(
                    "authorization_code",
                    "refresh_token",
                    "client_credentials",
                    "organization_switch"),
            "code_challenge_methods_supported", List.of("S256"),
            "token_endpoint_auth_methods_supported",
                List.of("client_secret_basic", "client_secret_post"),
            "subject_types_supported", List.of("public"),
            "id_token_signing_alg_values_supported", List.of("RS256"),
            "scopes_supported", List.of("openid", "profile", "email"),
            "claims_supported",
                List.of("sub", "iss", "aud", "org_id", "org_name", "org_handle", "user_org")));
  }

  Answer keys(Call call) {
    return Answer.json(200, signingKey.publicKeys());
  }

  Answer token(Call call) {
    Map<String, List<String>> form = call.formBody();
    if (form.values().stream().anyMatch(values -> values.size() > 1)) {
      throw invalidRequest("Invalid request with repeated parameters.");
    }
    for (String secret : List.of("username", "password", "client_secret")) {
      if (call.query(secret).isPresent()) {
        throw invalidRequest("Invalid request with " + secret + " in the query string.");
      }
    }
    String grant = parameter(form, "grant_type");
    Client client = Client.calling(call, form);
    Set<String> asked = Scopes.split(Client.first(form, "scope").orElse(""));
    boolean known =
        Client.DESKTOP.grants().contains(grant) || Client.TECHNICAL.grants().contains(grant);
    if (!known) {
      throw Refusal.oauth(400, "unsupported_grant_type", "Unsupported grant_type value");
    }
    if (!client.grants().contains(grant)) {
      throw Refusal.oauth(
          400,
          "unauthorized_client",
          "The authenticated client is not authorized to use the requested grant type.");
    }
    return switch (grant) {
      case "authorization_code" -> byCode(client, form);
      case "refresh_token" ->
          answer(
              tokens.refresh(
                  client.id(),
                  parameter(form, "refresh_token"),
                  asked.isEmpty() ? Optional.empty() : Optional.of(asked)),
              Optional.empty());
      case "organization_switch" ->
          answer(
              organizationSwitch.enter(
                  client,
                  parameter(form, "token"),
                  parameter(form, "switching_organization"),
                  asked),
              Optional.empty());
      default ->
          answer(
              tokens.issue(
                  client.id(),
                  Optional.empty(),
                  directory.root().id(),
                  Scopes.grant(asked, Optional.empty(), true)),
              Optional.empty());
    };
  }

  private Answer byCode(Client client, Map<String, List<String>> form) {
    SignInCodes.Grant grant =
        codes
            .take(parameter(form, "code"))
            .filter(one -> one.client().equals(client.id()))
            .orElseThrow(
                () -> invalidGrant("Invalid authorization code received from token request"));
    if (!Client.first(form, "redirect_uri").orElse("").equals(grant.redirect())) {
      throw invalidGrant("Callback url mismatch");
    }
    if (!challenge(Client.first(form, "code_verifier").orElse("")).equals(grant.challenge())) {
      throw invalidGrant("PKCE validation failed");
    }
    String root = directory.root().id();
    Set<String> granted =
        Scopes.grant(grant.scopes(), Optional.of(directory.rights(grant.account(), root)), true);
    return answer(
        tokens.issue(client.id(), Optional.of(grant.account()), root, granted), grant.nonce());
  }

  private Answer answer(Tokens.Access access, Optional<String> nonce) {
    Optional<String> idToken =
        access.scopes().contains("openid")
            ? Optional.of(signingKey.sign(claims(access, nonce)))
            : Optional.empty();
    return Answer.json(
            200,
            Json.object(
                "access_token", access.access(),
                "refresh_token", access.refresh().orElse(null),
                "scope", String.join(" ", access.scopes()),
                "id_token", idToken.orElse(null),
                "token_type", "Bearer",
                "expires_in", access.secondsLeft()))
        .with("Cache-Control", "no-store")
        .with("Pragma", "no-cache");
  }

  private JWTClaimsSet claims(Tokens.Access access, Optional<String> nonce) {
    Directory.Organization organization =
        directory.organization(access.organization()).orElseThrow();
    Directory.Person account = directory.person(access.account().orElseThrow()).orElseThrow();
    Instant now = clock.realTime();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(oauthBase() + "/token")
            .subject(account.id())
            .audience(access.client())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(Tokens.ACCESS_SECONDS)))
            .claim("azp", access.client())
            .claim("aut", "APPLICATION_USER")
            .claim("username", account.username())
            .claim("org_id", organization.id())
            .claim("org_name", organization.name())
            .claim("org_handle", organization.handle());
    nonce.ifPresent(text -> claims.claim("nonce", text));
    if (!account.organization().equals(organization.id())) {
      claims.claim("user_org", account.organization());
    }
    return claims.build();
  }

  private String oauthBase() {
    return baseUrl.get() + "/t/" + directory.root().handle() + "/oauth2";
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String parameter(Map<String, List<String>> form, String name) {
    return Client.first(form, name)
        .orElseThrow(() -> invalidRequest("Missing parameters: " + name));
  }

  private static Refusal invalidRequest(String description) {
    return Refusal.oauth(400, "invalid_request", description);
  }

  private static Refusal invalidGrant(String description) {
    return Refusal.oauth(400, "invalid_grant", description);
  }
}
