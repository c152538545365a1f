package dev.guestlist.server;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The token endpoint of the root organization, which serves every organization.
/// (wso2-extensions/identity-inbound-auth-oauth `OAuth2TokenEndpoint.java`)
final class TokenEndpoint {
  private final Http http;
  private final InstantSource clock;
  private final String clientId;
  private final Optional<Supplier<String>> clientSecret;

  /// @param clientSecret empty for a public client
  TokenEndpoint(
      Http http, InstantSource clock, String clientId, Optional<Supplier<String>> clientSecret) {
    this.http = http;
    this.clock = clock;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  String host() {
    return http.host();
  }

  /// An authorization code for tokens, ID token included.
  TokenJson exchange(String code, URI redirect, String verifier) throws ProblemException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirect.toString());
    form.put("code_verifier", verifier);
    return ask(Endpoint.EXCHANGE, form);
  }

  /// A technical account's own token. No refresh token comes with it.
  Tokens asItself() throws ProblemException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("scope", Scopes.EVERYTHING);
    return ask(Endpoint.CLIENT_CREDENTIALS, form).toModel(clock.instant(), Set.of(), clientId);
  }

  /// New tokens for the same organization. The refresh token is used up, whatever the answer.
  Tokens refresh(Tokens old, String refreshToken) throws ProblemException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", refreshToken);
    return ask(Endpoint.REFRESH, form).toModel(clock.instant(), old.scopes(), old.account());
  }

  /// Tokens for an organization, in exchange for looking at a token of the root.
  ///
  /// @throws TokenRefused when the root's token has ended
  Tokens switchInto(OrganizationId organization, Tokens root)
      throws ProblemException, TokenRefused {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "organization_switch");
    form.put("token", root.access());
    form.put("switching_organization", organization.value());
    form.put("scope", clientSecret.isPresent() ? Scopes.EVERYTHING : Scopes.ORGANIZATION);
    try {
      return ask(Endpoint.SWITCH, form).toModel(clock.instant(), Set.of(), root.account());
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.Rejected rejected
          && rejected.serverText().contains("Invalid token received")) {
        throw new TokenRefused();
      }
      throw e;
    }
  }

  private TokenJson ask(Endpoint endpoint, Map<String, String> form) throws ProblemException {
    TokenJson answer =
        http.send(authenticated(Call.of(endpoint), form), whole -> whole.json(TokenJson.class));
    if (answer.accessToken().isBlank()) {
      throw new ProblemException(new Problem.Unreadable("an answer without a token"));
    }
    return answer;
  }

  private Call authenticated(Call call, Map<String, String> form) {
    if (clientSecret.isPresent()) {
      return call.basic(clientId, clientSecret.get().get()).form(form);
    }
    form.put("client_id", clientId);
    return call.form(form);
  }
}
