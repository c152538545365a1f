package dev.guestlist.practice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `POST /t/{root}/oauth2/token`: authorization code, device code, refresh with rotation, client
/// credentials and organization switch.
final class TokenEndpoint {
  private final Directory directory;
  private final Tokens tokens;
  private final SignInCodes codes;
  private final DeviceCodes devices;
  private final OrganizationSwitch organizationSwitch;
  private final IdTokens idTokens;
  private final PracticeTraits traits;

  TokenEndpoint(
      Directory directory,
      Tokens tokens,
      SignInCodes codes,
      DeviceCodes devices,
      IdTokens idTokens,
      PracticeTraits traits) {
    this.directory = directory;
    this.tokens = tokens;
    this.codes = codes;
    this.devices = devices;
    this.organizationSwitch = new OrganizationSwitch(directory, tokens, traits);
    this.idTokens = idTokens;
    this.traits = traits;
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
    if (!client.grants().contains(grant) || traits.isOff(grant)) {
      throw Refusal.oauth(
          400,
          "unauthorized_client",
          "The authenticated client is not authorized to use the requested grant type.");
    }
    return switch (grant) {
      case "authorization_code" -> byCode(client, form);
      case DeviceCodes.GRANT -> byDevice(client, form);
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
    return answer(
        signedIn(client, grant.account(), grant.organization(), grant.scopes()), grant.nonce());
  }

  private Answer byDevice(Client client, Map<String, List<String>> form) {
    DeviceCodes.SignedIn here = devices.take(client.id(), parameter(form, "device_code"));
    return answer(
        signedIn(client, here.account(), directory.root().id(), here.scopes()), Optional.empty());
  }

  private Tokens.Access signedIn(
      Client client, String account, String organization, Set<String> asked) {
    boolean root = directory.root().id().equals(organization);
    Optional<Set<String>> rights = Optional.of(directory.rights(account, organization));
    return tokens.issue(
        client.id(), Optional.of(account), organization, Scopes.grant(asked, rights, root));
  }

  private Answer answer(Tokens.Access access, Optional<String> nonce) {
    Optional<String> idToken =
        access.scopes().contains("openid")
            ? Optional.of(idTokens.of(access, nonce))
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
