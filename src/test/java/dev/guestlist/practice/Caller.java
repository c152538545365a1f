package dev.guestlist.practice;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Talks to a practice server in plain HTTP, the way a stranger would.
final class Caller {
  static final JsonMapper JSON = JsonMapper.builder().build();
  static final String VERIFIER = "a-verifier-that-is-long-enough-for-the-rules-0123456789";
  static final String REDIRECT = "http://127.0.0.1:53211/callback";

  private final HttpClient http;
  private final StartLine start;

  Caller(PracticeServer server) {
    this(server, HttpClient.newHttpClient());
  }

  Caller(PracticeServer server, HttpClient http) {
    this.http = http;
    this.start = server.startLine();
  }

  /// An answer: status, headers and body.
  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      return JSON.readTree(body());
    }

    String text(String member) {
      return json().path(member).asString("");
    }
  }

  String id(String organization) {
    return start.organizations().stream()
        .filter(one -> one.name().equals(organization))
        .findFirst()
        .orElseThrow()
        .id();
  }

  URI uri(String path) {
    return URI.create(start.baseUrl() + path);
  }

  Reply send(HttpRequest request) throws IOException, InterruptedException {
    return new Reply(http.send(request, BodyHandlers.ofString()));
  }

  Reply get(String path, String token) throws IOException, InterruptedException {
    return send(signed(path, token).GET().build());
  }

  Reply delete(String path, String token) throws IOException, InterruptedException {
    return send(signed(path, token).DELETE().build());
  }

  Reply post(String path, String token, String json) throws IOException, InterruptedException {
    return send(
        signed(path, token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  private HttpRequest.Builder signed(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).header("Accept", "application/json");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  Reply tokenCall(Map<String, String> form) throws IOException, InterruptedException {
    return send(tokenRequest(form).build());
  }

  Reply tokenCallAsService(Map<String, String> form) throws IOException, InterruptedException {
    String basic = start.technicalClientId() + ":" + start.technicalClientSecret();
    return send(
        tokenRequest(form)
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
            .build());
  }

  private HttpRequest.Builder tokenRequest(Map<String, String> form) {
    return HttpRequest.newBuilder(uri("/t/acme/oauth2/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(encode(form)));
  }

  static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /// The sign-in page's address for these scopes.
  String authorizePath(String scope) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
    return "/t/acme/oauth2/authorize?"
        + encode(
            Map.of(
                "response_type",
                "code",
                "client_id",
                start.publicClientId(),
                "redirect_uri",
                REDIRECT,
                "scope",
                scope,
                "state",
                "state-1",
                "nonce",
                "nonce-1",
                "code_challenge_method",
                "S256",
                "code_challenge",
                Base64.getUrlEncoder().withoutPadding().encodeToString(hash)));
  }

  Reply postForm(String path, Map<String, String> form) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encode(form)))
            .build());
  }

  /// Signs in through the page and gives back what the token endpoint says.
  Reply signIn(String username, String scope) throws Exception {
    Reply back =
        postForm(
            authorizePath(scope), Map.of("username", username, "password", "practice-" + username));
    return tokenCall(
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            queryOf(back.header("Location"), "code"),
            "redirect_uri",
            REDIRECT,
            "client_id",
            start.publicClientId(),
            "code_verifier",
            VERIFIER));
  }

  static String queryOf(String location, String name) {
    for (String pair : URI.create(location).getRawQuery().split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  String rootToken(String username) throws Exception {
    return signIn(username, "SYSTEM").text("access_token");
  }

  Reply enter(String rootToken, String organization, String scope) throws Exception {
    return tokenCall(
        Map.of(
            "grant_type", "organization_switch",
            "token", rootToken,
            "switching_organization", organization,
            "scope", scope,
            "client_id", start.publicClientId()));
  }

  /// A token of this account for an organization called by name, with all it may have.
  String childToken(String username, String organization) throws Exception {
    return enter(rootToken(username), id(organization), "SYSTEM").text("access_token");
  }

  /// A token of the service for an organization called by name.
  String serviceToken(String organization) throws Exception {
    String root =
        tokenCallAsService(Map.of("grant_type", "client_credentials", "scope", "SYSTEM"))
            .text("access_token");
    return tokenCallAsService(
            Map.of(
                "grant_type",
                "organization_switch",
                "token",
                root,
                "switching_organization",
                id(organization),
                "scope",
                "SYSTEM"))
        .text("access_token");
  }
}
