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

/// The token endpoint of the root organization, which serves every organization, and its
/// neighbours. (wso2-extensions/identity-inbound-auth-oauth `OAuth2TokenEndpoint.java`)
final class TokenEndpoint {
  private final Http http;
  private final Provider provider;
  private final InstantSource clock;
  private final String clientId;
  private final Optional<Supplier<String>> clientSecret;

  /// @param clientSecret empty for a public client
  TokenEndpoint(
      Http http,
      Provider provider,
      InstantSource clock,
      String clientId,
      Optional<Supplier<String>> clientSecret) {
    this.http = http;
    this.provider = provider;
    this.clock = clock;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  String host() {
    return http.host();
  }

  /// An authorization code for tokens, ID token included.
  TokenJson exchange(String code, URI redirect, String verifier) throws ProblemException {
    Map<String, String> form = form("authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirect.toString());
    form.put("code_verifier", verifier);
    return ask(Endpoint.EXCHANGE, form, code, verifier);
  }

  /// The call that brings a code for another device.
  Call deviceCode(String scopes) throws ProblemException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("scope", scopes);
    return authenticated(provider.call(Endpoint.DEVICE_CODE), form);
  }

  /// The tokens of a code that was typed in on another device.
  ///
  /// @throws ProblemException `Rejected` with the server's code `authorization_pending` or
  ///   `slow_down` while the person has not finished
  TokenJson forDevice(String deviceCode) throws ProblemException {
    Map<String, String> form = form("urn:ietf:params:oauth:grant-type:device_code");
    form.put("device_code", deviceCode);
    return ask(Endpoint.DEVICE_TOKENS, form, deviceCode);
  }

  /// A technical account's own token. No refresh token comes with it.
  Tokens asItself() throws ProblemException {
    Map<String, String> form = form("client_credentials");
    form.put("scope", Scopes.EVERYTHING);
    TokenJson answer;
    try {
      answer = ask(Endpoint.CLIENT_CREDENTIALS, form);
    } catch (ProblemException e) {
      if (!Scopes.refused(e.problem())) {
        throw e;
      }
      answer = ask(Endpoint.CLIENT_CREDENTIALS, form("client_credentials"));
    }
    return answer.toModel(clock.instant(), Set.of(), clientId, Optional.empty());
  }

  /// New tokens for the same organization. The refresh token is used up, whatever the answer.
  Tokens refresh(Tokens old, String refreshToken) throws ProblemException {
    Map<String, String> form = form("refresh_token");
    form.put("refresh_token", refreshToken);
    return ask(Endpoint.REFRESH, form, refreshToken)
        .toModel(clock.instant(), old.scopes(), old.account(), old.organization());
  }

  /// Tokens for an organization, in exchange for looking at those of the sign-in.
  ///
  /// @throws TokenRefused when the token of the sign-in has ended
  Tokens switchInto(OrganizationId organization, Tokens signedIn)
      throws ProblemException, TokenRefused {
    Map<String, String> form = form("organization_switch");
    form.put("token", signedIn.access());
    form.put("switching_organization", organization.value());
    form.put("scope", clientSecret.isPresent() ? Scopes.EVERYTHING : Scopes.ORGANIZATION);
    try {
      return ask(Endpoint.SWITCH, form, signedIn.access())
          .toModel(clock.instant(), Set.of(), signedIn.account(), Optional.empty());
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.Rejected rejected
          && rejected.serverText().contains("Invalid token received")) {
        throw new TokenRefused();
      }
      throw e;
    }
  }

  /// Makes a token worthless. An unknown one is no error. (the same,
  /// `OAuthRevocationEndpoint.java`)
  ///
  /// @param hint `refresh_token` or `access_token`
  void revoke(String token, String hint) throws ProblemException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("token", token);
    form.put("token_type_hint", hint);
    http.send(authenticated(provider.call(Endpoint.REVOKE), form).hiding(token), Answer::status);
  }

  private static Map<String, String> form(String grantType) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", grantType);
    return form;
  }

  private TokenJson ask(Endpoint endpoint, Map<String, String> form, String... secrets)
      throws ProblemException {
    Call call = authenticated(provider.call(endpoint), form);
    for (String secret : secrets) {
      call = call.hiding(secret);
    }
    TokenJson answer = http.send(call, whole -> whole.json(TokenJson.class));
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
