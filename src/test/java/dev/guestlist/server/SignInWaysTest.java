package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.body;
import static dev.guestlist.server.ServerFixture.json;
import static dev.guestlist.server.ServerFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Settings;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.DeviceCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.PasteResult;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Reason;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The ways to sign in beyond the usual one.
@Execution(ExecutionMode.CONCURRENT)
class SignInWaysTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String ORGANIZATION = "8763c2f2-5d1c-4a6e-a0b5-1d4e5f6a7b8c";
  private static RSAKey key;

  private final Idp idp = new Idp();
  private final List<SignIn> opened = new ArrayList<>();
  private MockWebServer web;

  @BeforeAll
  static void keys() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("k1").generate();
  }

  @BeforeEach
  void start() throws Exception {
    web = new MockWebServer();
    web.setDispatcher(idp);
    web.start();
    idp.base = "http://127.0.0.1:" + web.getPort();
  }

  @AfterEach
  void stop() throws Exception {
    opened.forEach(SignIn::close);
    web.close();
  }

  private SignIn signIn(SignInWay way, Optional<String> startIn, Optional<URI> discovery) {
    Settings usual = Settings.USUAL;
    Settings settings =
        new Settings(
            usual.colour(),
            false,
            startIn,
            discovery,
            usual.trust(),
            usual.proxying(),
            Optional.empty(),
            false,
            false);
    Connection connection = ServerFixture.connection(URI.create(idp.base), way).with(settings);
    SignIn signIn =
        new SignIn(connection, Secrets.NONE, () -> ServerFixture.NOW, ServerFixture.SHORT);
    opened.add(signIn);
    return signIn;
  }

  @Nested
  class IntoAnOrganization {
    @ParameterizedTest
    @CsvSource({ORGANIZATION + ", orgId", "contoso, orgHandle"})
    void isAskedForByIdOrHandle(String startIn, String parameter) throws Exception {
      idp.organization = Optional.of(ORGANIZATION);
      Tokens tokens = into(startIn).withBrowser(idp::goThrough, PATIENCE);
      HttpUrl asked = idp.asked.getFirst();
      assertThat(asked.queryParameter("fidp")).isEqualTo("OrganizationSSO");
      assertThat(asked.queryParameter(parameter)).isEqualTo(startIn);
      assertThat(asked.queryParameter("scope"))
          .startsWith("openid profile internal_login internal_org_organization_view");
      assertThat(tokens.organization()).contains(new OrganizationId(ORGANIZATION));
    }

    @Test
    void isTheOneAskedForWhereTheIdTokenDoesNotSay() throws Exception {
      assertThat(into(ORGANIZATION).withBrowser(idp::goThrough, PATIENCE).organization())
          .contains(new OrganizationId(ORGANIZATION));
    }

    @Test
    void isNotGuessedFromAHandle() {
      assertThat(problemOf(() -> into("contoso").withBrowser(idp::goThrough, PATIENCE)))
          .isEqualTo(new Problem.Unreadable("an ID token that does not name the organization"));
    }

    private SignIn into(String startIn) {
      return signIn(SignInWay.BROWSER_INTO_ORGANIZATION, Optional.of(startIn), Optional.empty());
    }
  }

  @Nested
  class APastedAddress {
    @Test
    void signsIn() throws Exception {
      SignIn signIn = signIn(SignInWay.BROWSER, Optional.empty(), Optional.empty());
      List<PasteResult> results = new ArrayList<>();
      assertThat(signIn.paste("http://127.0.0.1:1/callback")).isEqualTo(PasteResult.NOT_WAITING);
      Tokens tokens =
          signIn.withBrowser(
              address -> {
                HttpUrl asked = idp.remember(address);
                results.add(signIn.paste(idp.base + "/authenticationendpoint/login.do"));
                results.add(signIn.paste(idp.callback(asked)));
                results.add(signIn.paste(idp.callback(asked)));
              },
              PATIENCE);
      assertThat(tokens.account()).isEqualTo("alice");
      assertThat(results)
          .containsExactly(PasteResult.NOT_THE_ANSWER, PasteResult.TAKEN, PasteResult.NOT_WAITING);
    }
  }

  @Nested
  class ADeviceCode {
    @Test
    void isShownAndAskedAboutUntilThePersonHasFinished() throws Exception {
      idp.polls.add("authorization_pending");
      List<DeviceCode> shown = new ArrayList<>();
      Tokens tokens = device().withDeviceCode(shown::add);
      assertThat(shown)
          .containsExactly(
              new DeviceCode(
                  "bCdFgh",
                  URI.create("https://idp.example/device.do"),
                  Optional.of(URI.create("https://idp.example/device.do?user_code=bCdFgh")),
                  ServerFixture.NOW.plusSeconds(600)));
      assertThat(tokens.account()).isEqualTo("alice");
      assertThat(tokens.refresh()).contains("refresh-1");
      assertThat(idp.deviceRequests.getFirst()).contains("client_id=client-1", "internal_login");
      assertThat(idp.tokenRequests)
          .hasSize(2)
          .allMatch(form ->
              form.equals(
                  "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
                      + "&device_code=device-1&client_id=client-1"));
    }

    @Test
    void isAskedAboutMoreSlowlyWhenTheServerWantsThat() throws Exception {
      idp.polls.add("slow_down");
      long start = System.nanoTime();
      device().withDeviceCode(code -> {});
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(6));
    }

    @Test
    void asksWhoItIsWhereNoIdTokenComes() throws Exception {
      idp.givesIdTokens = false;
      assertThat(device().withDeviceCode(code -> {}).account()).isEqualTo("alice-by-userinfo");
    }

    @ParameterizedTest
    @CsvSource({
      "expired_token, DEVICE_CODE_ENDED",
      "access_denied, SIGN_IN_REFUSED",
      "unauthorized_client, GRANT_NOT_ENABLED"
    })
    void endsWhenTheServerSaysSo(String error, Reason reason) {
      idp.polls.add(error);
      assertThat(problemOf(() -> device().withDeviceCode(code -> {})))
          .isEqualTo(new Problem.Rejected(reason, error, ""));
      assertThat(idp.tokenRequests).hasSize(1);
    }

    @Test
    void isCancelled() {
      SignIn device = device();
      assertThat(problemOf(() -> device.withDeviceCode(code -> device.cancel())))
          .isEqualTo(new Problem.SignedOut());
      assertThat(idp.tokenRequests).isEmpty();
    }

    @Test
    void isNotHadFromAServerThatDoesNotAllowIt() {
      idp.refuseDevice = true;
      assertThat(problemOf(() -> device().withDeviceCode(code -> {})))
          .isEqualTo(new Problem.Rejected(Reason.GRANT_NOT_ENABLED, "unauthorized_client", "No."));
    }

    private SignIn device() {
      return signIn(SignInWay.DEVICE_CODE, Optional.empty(), Optional.empty());
    }
  }

  @Nested
  class AnotherOpenIdProvider {
    @BeforeEach
    void standards() {
      idp.path = "/realms/x";
      idp.refusesUnknownScopes = true;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/.well-known/openid-configuration"})
    void isAskedOnceMoreForWhatItKnows(String end) throws Exception {
      Tokens tokens = at(idp.base + "/realms/x" + end).withBrowser(idp::goThrough, PATIENCE);
      assertThat(tokens.account()).isEqualTo("alice");
      assertThat(idp.asked)
          .extracting(asked -> asked.queryParameter("scope"))
          .containsExactly(
              "openid profile internal_login internal_organization_view", "openid profile");
      assertThat(idp.asked)
          .allMatch(asked -> asked.encodedPath().equals("/realms/x/protocol/auth"));
    }

    @Test
    void isAskedOnceMoreForADeviceCodeToo() throws Exception {
      Tokens tokens = at(idp.base + "/realms/x").withDeviceCode(code -> {});
      assertThat(tokens.account()).isEqualTo("alice");
      assertThat(idp.deviceRequests).hasSize(2);
      assertThat(idp.deviceRequests.getLast()).contains("scope=openid+profile&");
    }

    @Test
    void mustStandWhereItSaysThatItIs() {
      idp.issuer = Optional.of("https://somewhere.example/realms/x");
      assertThat(problemOf(() -> at(idp.base + "/realms/x").withBrowser(idp::goThrough, PATIENCE)))
          .isEqualTo(
              new Problem.Unreadable("a discovery document that speaks for another address"));
    }

    @Test
    void mustBeAskedOverAnEncryptedConnection() {
      assertThat(problemOf(() -> at("http://idp.example/x").withBrowser(idp::goThrough, PATIENCE)))
          .isEqualTo(
              new Problem.Unreadable(
                  "the address of the discovery document that is not one of https"));
      assertThat(web.getRequestCount()).isZero();
    }

    @Test
    void mustStateEncryptedAddresses() {
      idp.statedTokenEndpoint = Optional.of("http://idp.example/token");
      assertThat(problemOf(() -> at(idp.base + "/realms/x").withBrowser(idp::goThrough, PATIENCE)))
          .isEqualTo(new Problem.Unreadable("an address that is not one of https"));
    }

    @Test
    void mayHaveNoDeviceCodes() {
      idp.hasDeviceCodes = false;
      assertThat(problemOf(() -> at(idp.base + "/realms/x").withDeviceCode(code -> {})))
          .isInstanceOfSatisfying(
              Problem.Rejected.class,
              it -> assertThat(it.reason()).isEqualTo(Reason.GRANT_NOT_ENABLED));
    }

    private SignIn at(String discovery) {
      return signIn(SignInWay.BROWSER, Optional.empty(), Optional.of(URI.create(discovery)));
    }
  }

  @Nested
  class APastedToken {
    @Test
    void ofTheRootIsTriedThere() throws Exception {
      idp.rootStatus = 200;
      Tokens tokens = pasted().withToken(" opaque-1\n");
      assertThat(tokens)
          .isEqualTo(
              new Tokens(
                  "opaque-1",
                  Optional.empty(),
                  new HashSet<>(List.of((Scopes.ROOT + " " + Scopes.ORGANIZATION).split(" "))),
                  Instant.MAX,
                  "alice-by-userinfo"));
    }

    @Test
    void ofAnOrganizationIsFoundToBeOne() throws Exception {
      idp.rootStatus = 403;
      assertThat(pasted().withToken("opaque-1").organization())
          .contains(new OrganizationId(ORGANIZATION));
    }

    @Test
    void thatTheServerRefusesSignsNobodyIn() {
      idp.rootStatus = 401;
      assertThat(problemOf(() -> pasted().withToken("opaque-1")))
          .isEqualTo(new Problem.Rejected(Reason.TOKEN_REFUSED, "401", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two words", "line\nbreak", "tökèn"})
    void thatCannotBeOneIsNotSent(String text) {
      assertThat(problemOf(() -> pasted().withToken(text)))
          .isEqualTo(new Problem.Rejected(Reason.TOKEN_REFUSED, "401", ""));
      assertThat(web.getRequestCount()).isZero();
    }

    @Test
    void tellsWhatItIsWhereItIsAJwt() throws Exception {
      idp.rootStatus = 200;
      idp.userinfoStatus = 403;
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader(JWSAlgorithm.RS256),
              new JWTClaimsSet.Builder()
                  .subject("bert")
                  .claim("scope", "internal_login internal_organization_view")
                  .expirationTime(Date.from(ServerFixture.NOW.plusSeconds(60)))
                  .build());
      jwt.sign(new RSASSASigner(key));
      Tokens tokens = pasted().withToken(jwt.serialize());
      assertThat(tokens.account()).isEqualTo("bert");
      assertThat(tokens.scopes())
          .containsExactlyInAnyOrder("internal_login", "internal_organization_view");
      assertThat(tokens.expires()).isEqualTo(ServerFixture.NOW.plusSeconds(60));
    }

    private SignIn pasted() {
      return signIn(SignInWay.PASTED_TOKEN, Optional.empty(), Optional.empty());
    }
  }

  /// An identity provider, with the paths of the server or with those of another one.
  private static final class Idp extends Dispatcher {
    final List<HttpUrl> asked = new CopyOnWriteArrayList<>();
    final List<String> deviceRequests = new CopyOnWriteArrayList<>();
    final List<String> tokenRequests = new CopyOnWriteArrayList<>();
    final Queue<String> polls = new ConcurrentLinkedQueue<>();
    volatile String base = "";
    volatile String path = "/t/acme/oauth2/token";
    volatile Optional<String> issuer = Optional.empty();
    volatile Optional<String> organization = Optional.empty();
    volatile Optional<String> statedTokenEndpoint = Optional.empty();
    volatile boolean refusesUnknownScopes;
    volatile boolean refuseDevice;
    volatile boolean hasDeviceCodes = true;
    volatile boolean givesIdTokens = true;
    volatile int rootStatus = 200;
    volatile int userinfoStatus = 200;
    private volatile String nonce = "";

    HttpUrl remember(URI address) {
      HttpUrl url = HttpUrl.get(address.toString());
      asked.add(url);
      nonce = Optional.ofNullable(url.queryParameter("nonce")).orElse("");
      return url;
    }

    /// Where the browser ends.
    String callback(HttpUrl url) {
      String scope = Optional.ofNullable(url.queryParameter("scope")).orElse("");
      boolean refused = refusesUnknownScopes && scope.contains("internal_");
      return url.queryParameter("redirect_uri")
          + (refused ? "?error=invalid_scope&state=" : "?code=c0de&state=")
          + url.queryParameter("state");
    }

    void goThrough(URI address) throws java.io.IOException {
      try (HttpClient client = HttpClient.newHttpClient()) {
        client.send(
            HttpRequest.newBuilder(URI.create(callback(remember(address)))).build(),
            BodyHandlers.discarding());
      } catch (InterruptedException e) {
        throw new java.io.IOException(e);
      }
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String asks = request.getUrl().encodedPath();
      if (asks.equals(path + "/.well-known/openid-configuration")) {
        return json(200, description()).build();
      }
      return switch (asks) {
        case "/t/acme/oauth2/jwks", "/realms/x/protocol/certs" ->
            json(200, new JWKSet(key.toPublicJWK()).toString()).build();
        case "/t/acme/oauth2/token", "/realms/x/protocol/token" -> tokens(body(request));
        case "/t/acme/oauth2/device_authorize", "/realms/x/protocol/device" ->
            device(body(request));
        case "/t/acme/oauth2/userinfo", "/realms/x/protocol/userinfo" ->
            json(userinfoStatus, "{\"sub\":\"alice-by-userinfo\"}").build();
        case "/t/acme/api/users/v1/me/organizations/root" ->
            json(rootStatus, "{\"id\":\"root\",\"name\":\"Root\"}").build();
        case "/t/acme/o/api/users/v1/me/organizations/root/descendants" ->
            json(
                    200,
                    "[{\"id\":\"root\",\"name\":\"Root\"},{\"id\":\""
                        + ORGANIZATION
                        + "\",\"name\":\"Contoso\"}]")
                .build();
        default -> new MockResponse.Builder().code(404).build();
      };
    }

    private String description() {
      String mine = issuer.orElse(base + path);
      String protocol = base + path + "/protocol";
      String device =
          hasDeviceCodes ? "\"device_authorization_endpoint\":\"" + protocol + "/device\"," : "";
      return """
      {"issuer":"%s","authorization_endpoint":"%s/auth","token_endpoint":"%s",%s
       "jwks_uri":"%s/certs","userinfo_endpoint":"%s/userinfo",
       "subject_types_supported":["public"],"response_types_supported":["code"],
       "id_token_signing_alg_values_supported":["RS256"]}\
      """
          .formatted(
              mine,
              protocol,
              statedTokenEndpoint.orElse(protocol + "/token"),
              device,
              protocol,
              protocol);
    }

    private MockResponse device(String form) {
      deviceRequests.add(form);
      if (refuseDevice) {
        return json(400, "{\"error\":\"unauthorized_client\",\"error_description\":\"No.\"}")
            .build();
      }
      if (refusesUnknownScopes && form.contains("internal_")) {
        return json(400, "{\"error\":\"invalid_scope\"}").build();
      }
      return json(
              200,
              """
              {"device_code":"device-1","user_code":"bCdFgh","expires_in":600,"interval":1,
               "verification_uri":"https://idp.example/device.do",
               "verification_uri_complete":"https://idp.example/device.do?user_code=bCdFgh"}\
              """)
          .build();
    }

    private MockResponse tokens(String form) {
      tokenRequests.add(form);
      Optional<String> error = Optional.ofNullable(polls.poll());
      if (error.isPresent()) {
        return json(400, "{\"error\":\"" + error.get() + "\"}").build();
      }
      String idToken = givesIdTokens ? idToken() : "";
      return json(
              200,
              """
              {"access_token":"access-1","refresh_token":"refresh-1","scope":"openid",
               "expires_in":3600,"id_token":"%s"}\
              """
                  .formatted(idToken))
          .build();
    }

    private String idToken() {
      try {
        JWTClaimsSet.Builder claims =
            new JWTClaimsSet.Builder()
                .issuer(issuer.orElse(base + path))
                .audience("client-1")
                .subject("u-1")
                .claim("preferred_username", "alice")
                .issueTime(new Date())
                .expirationTime(new Date(System.currentTimeMillis() + 3_600_000));
        if (!nonce.isEmpty()) {
          claims.claim("nonce", nonce);
        }
        organization.ifPresent(id -> claims.claim("org_id", id));
        SignedJWT jwt =
            new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), claims.build());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
      } catch (com.nimbusds.jose.JOSEException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
