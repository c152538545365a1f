package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.body;
import static dev.guestlist.server.ServerFixture.json;
import static dev.guestlist.server.ServerFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.guestlist.model.Connection;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Signing in against a small provider that signs real ID tokens.
class SignInTest {
  private static final String ISSUER = "https://idp.example/t/acme/oauth2/token";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static RSAKey key;
  private static RSAKey strange;

  private final Provider provider = new Provider();
  private MockWebServer web;
  private SignIn signIn;

  @BeforeAll
  static void keys() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("k1").generate();
    strange = new RSAKeyGenerator(2048).keyID("k2").generate();
  }

  @BeforeEach
  void start() throws Exception {
    web = new MockWebServer();
    web.setDispatcher(provider);
    web.start();
    signIn =
        new SignIn(
            ServerFixture.connection(address(), Connection.SignInWay.BROWSER),
            Secrets.NONE,
            () -> ServerFixture.NOW,
            ServerFixture.SHORT);
  }

  @AfterEach
  void stop() throws Exception {
    signIn.close();
    web.close();
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + web.getPort());
  }

  @Test
  void signsAPersonIn() throws Exception {
    assertThat(signIn.withBrowser(provider::goThrough, PATIENCE))
        .isEqualTo(
            new Tokens(
                "root-1-access",
                Optional.of("root-1-refresh"),
                Set.of("openid", "internal_login"),
                ServerFixture.NOW.plus(Duration.ofHours(1)),
                "alice"));
  }

  @Test
  void asksTheBrowserForACodeWithEveryProtection() throws Exception {
    signIn.withBrowser(provider::goThrough, PATIENCE);
    HttpUrl asked = provider.asked.getFirst();
    assertThat(asked.host()).isEqualTo("127.0.0.1");
    assertThat(asked.port()).isEqualTo(web.getPort());
    assertThat(asked.encodedPath()).isEqualTo("/t/acme/oauth2/authorize");
    assertThat(asked.queryParameter("response_type")).isEqualTo("code");
    assertThat(asked.queryParameter("client_id")).isEqualTo("client-1");
    assertThat(asked.queryParameter("scope"))
        .isEqualTo("openid profile internal_login internal_organization_view");
    assertThat(asked.queryParameter("redirect_uri"))
        .matches("http://127\\.0\\.0\\.1:\\d+/callback");
    assertThat(asked.queryParameter("code_challenge_method")).isEqualTo("S256");
    assertThat(asked.queryParameter("state")).hasSizeGreaterThan(20);
    assertThat(asked.queryParameter("nonce")).hasSizeGreaterThan(20);
  }

  @Test
  void exchangesTheCodeWithTheVerifierAndTheSameRedirect() throws Exception {
    signIn.withBrowser(provider::goThrough, PATIENCE);
    HttpUrl asked = provider.asked.getFirst();
    HttpUrl form = HttpUrl.get("http://form/?" + provider.exchanges.getFirst());
    assertThat(form.queryParameterNames())
        .containsExactlyInAnyOrder(
            "grant_type", "code", "redirect_uri", "code_verifier", "client_id");
    assertThat(form.queryParameter("grant_type")).isEqualTo("authorization_code");
    assertThat(form.queryParameter("code")).isEqualTo("c0de");
    assertThat(form.queryParameter("redirect_uri")).isEqualTo(asked.queryParameter("redirect_uri"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(
                Optional.ofNullable(form.queryParameter("code_verifier"))
                    .orElse("")
                    .getBytes(StandardCharsets.US_ASCII));
    assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
        .isEqualTo(asked.queryParameter("code_challenge"));
  }

  @Test
  void makesNewSecretsEachTime() throws Exception {
    signIn.withBrowser(provider::goThrough, PATIENCE);
    signIn.withBrowser(provider::goThrough, PATIENCE);
    for (String name : List.of("state", "nonce", "code_challenge")) {
      assertThat(provider.asked.stream().map(url -> url.queryParameter(name)).distinct())
          .hasSize(2);
    }
  }

  @Test
  void takesTheSubjectForANameWhereThereIsNoOther() throws Exception {
    provider.username = Optional.empty();
    assertThat(signIn.withBrowser(provider::goThrough, PATIENCE).account()).isEqualTo("sub-1");
  }

  @Test
  void goesOnWaitingAfterAStrangeAnswer() throws Exception {
    Tokens tokens =
        signIn.withBrowser(
            address -> {
              HttpUrl asked = HttpUrl.get(address.toString());
              String redirect = asked.queryParameter("redirect_uri");
              knock(redirect + "?code=evil&state=wrong");
              knock(redirect + "?error=access_denied");
              provider.goThrough(address);
            },
            PATIENCE);
    assertThat(tokens.access()).isEqualTo("root-1-access");
    assertThat(provider.exchanges).hasSize(1).first().asString().contains("code=c0de");
  }

  @Nested
  class DoesNotSignIn {

    @Test
    void whenTheServerSaysNo() {
      assertThat(
              problemOf(() ->
                  signIn.withBrowser(
                      address ->
                          provider.answer(
                              address, "error=access_denied&error_description=User+denied"),
                      PATIENCE)))
          .isEqualTo(new Problem.Rejected(Reason.SIGN_IN_REFUSED, "access_denied", "User denied"));
      assertThat(provider.exchanges).isEmpty();
    }

    @Test
    void whenTheCodeIsRefused() {
      provider.refuse =
          Optional.of("{\"error\":\"invalid_grant\",\"error_description\":\"Callback mismatch\"}");
      assertThat(problemOf(() -> signIn.withBrowser(provider::goThrough, PATIENCE)))
          .isEqualTo(
              new Problem.Rejected(Reason.SIGN_IN_REFUSED, "invalid_grant", "Callback mismatch"));
      assertThat(provider.exchanges).hasSize(1);
    }

    @Test
    void whenNoAnswerCameInTime() {
      assertThat(problemOf(() -> signIn.withBrowser(address -> {}, Duration.ofMillis(100))))
          .isEqualTo(new Problem.Rejected(Reason.SIGN_IN_UNANSWERED, "", ""));
    }

    @Test
    void whenAnotherServerAnswers() {
      Problem problem =
          problemOf(() ->
              signIn.withBrowser(
                  address -> provider.answer(address, "code=c0de&iss=https://evil.example"),
                  PATIENCE));
      assertThat(problem).isInstanceOf(Problem.Unreadable.class);
      assertThat(provider.exchanges).isEmpty();
    }

    @Test
    void whenTheAnswerHasNoCode() {
      Problem problem =
          problemOf(() -> signIn.withBrowser(address -> provider.answer(address, "x=1"), PATIENCE));
      assertThat(problem).isInstanceOf(Problem.Unreadable.class);
    }

    @Test
    void whenNoBrowserStarts() {
      assertThat(
              problemOf(() ->
                  signIn.withBrowser(
                      address -> {
                        throw new IOException("no browser");
                      },
                      PATIENCE)))
          .isEqualTo(
              new Problem.Rejected(
                  Reason.SIGN_IN_REFUSED, "", "No browser could be started on this computer."));
    }

    @Test
    void whenTheServerDescribesItselfWithAWebPage() {
      provider.discovery = Optional.of(ServerFixture.page(200).build());
      assertThat(problemOf(() -> signIn.withBrowser(provider::goThrough, PATIENCE)))
          .isEqualTo(
              new Problem.Unreadable(
                  "a web page instead of the server's description of its sign-in"));
      assertThat(provider.asked).isEmpty();
    }

    @Test
    void whenTheDescriptionLacksWhatIsNeeded() {
      provider.discovery = Optional.of(json(200, "{\"issuer\":\"x\"}").build());
      assertThat(problemOf(() -> signIn.withBrowser(provider::goThrough, PATIENCE)))
          .isInstanceOf(Problem.Unreadable.class);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheIdTokenCannotBeTrusted(Flaw flaw) {
      provider.flaw = Optional.of(flaw);
      assertThat(problemOf(() -> signIn.withBrowser(provider::goThrough, PATIENCE)))
          .isEqualTo(new Problem.Unreadable("an ID token that cannot be trusted"));
    }
  }

  @Nested
  class Cancelling {

    @Test
    void endsTheWaiting() throws Exception {
      CompletableFuture<Problem> outcome = new CompletableFuture<>();
      CompletableFuture<URI> opened = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() ->
              outcome.complete(problemOf(() -> signIn.withBrowser(opened::complete, PATIENCE))));
      URI redirect =
          URI.create(
              Optional.ofNullable(
                      HttpUrl.get(opened.get(5, TimeUnit.SECONDS).toString())
                          .queryParameter("redirect_uri"))
                  .orElseThrow());
      signIn.cancel();
      assertThat(outcome.get(2, TimeUnit.SECONDS)).isEqualTo(new Problem.SignedOut());
      ServerFixture.untilNobodyListens(redirect.getPort());
    }

    @Test
    void beforeTheBrowserIsOpenedKeepsItClosed() {
      provider.onDiscovery = signIn::cancel;
      assertThat(problemOf(() -> signIn.withBrowser(provider::goThrough, PATIENCE)))
          .isEqualTo(new Problem.SignedOut());
      assertThat(provider.asked).isEmpty();
    }

    @Test
    void doesNotSpoilTheNextTry() throws Exception {
      signIn.cancel();
      assertThat(signIn.withBrowser(provider::goThrough, PATIENCE).account()).isEqualTo("alice");
    }
  }

  @Nested
  class ATechnicalAccount {
    private SignIn robot;

    @BeforeEach
    void robot() {
      robot =
          new SignIn(
              ServerFixture.connection(address(), Connection.SignInWay.TECHNICAL_ACCOUNT),
              ServerFixture.secret(() -> "s3cret"),
              () -> ServerFixture.NOW,
              ServerFixture.SHORT);
    }

    @AfterEach
    void end() {
      robot.close();
    }

    @Test
    void signsInWithItsSecret() throws Exception {
      provider.client = json(200, "{\"access_token\":\"t\",\"scope\":\"a b b\"}").build();
      assertThat(robot.asTechnicalAccount())
          .isEqualTo(
              new Tokens(
                  "t",
                  Optional.empty(),
                  Set.of("a", "b"),
                  ServerFixture.NOW.plus(Duration.ofHours(1)),
                  "client-1"));
      RecordedRequest request = web.takeRequest();
      assertThat(request.getTarget()).isEqualTo("/t/acme/oauth2/token");
      assertThat(request.getHeaders().get("Authorization"))
          .isEqualTo(Credentials.basic("client-1", "s3cret"));
      assertThat(body(request)).isEqualTo("grant_type=client_credentials&scope=SYSTEM");
    }

    @Test
    void isRefusedWithAWrongSecret() {
      provider.client =
          json(401, "{\"error\":\"invalid_client\",\"error_description\":\"Wrong.\"}").build();
      assertThat(problemOf(robot::asTechnicalAccount))
          .isEqualTo(new Problem.Rejected(Reason.SIGN_IN_REFUSED, "invalid_client", "Wrong."));
    }

    @Test
    void doesNotTakeAnAnswerWithoutAToken() {
      provider.client = json(200, "{\"token_type\":\"Bearer\"}").build();
      assertThat(problemOf(robot::asTechnicalAccount))
          .isEqualTo(new Problem.Unreadable("an answer without a token"));
    }
  }

  /// What can be wrong with an ID token.
  enum Flaw {
    MISSING,
    NONSENSE,
    WRONG_ISSUER,
    WRONG_AUDIENCE,
    WRONG_NONCE,
    EXPIRED,
    NOT_SIGNED,
    SIGNED_WITH_THE_PUBLIC_KEY_AS_SECRET,
    SIGNED_BY_A_STRANGER
  }

  private static void knock(String address) throws IOException {
    HttpUrl url = HttpUrl.get(address.toString());
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), url.port())) {
      String request =
          "GET "
              + url.encodedPath()
              + "?"
              + url.encodedQuery()
              + " HTTP/1.1\r\nHost: 127.0.0.1:"
              + url.port()
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    }
  }

  /// The server's side, and the person with the browser.
  private static final class Provider extends Dispatcher {
    final List<HttpUrl> asked = new CopyOnWriteArrayList<>();
    final List<String> exchanges = new CopyOnWriteArrayList<>();
    final Map<String, String> nonces = new ConcurrentHashMap<>();
    volatile Optional<String> username = Optional.of("alice");
    volatile Optional<String> refuse = Optional.empty();
    volatile Optional<MockResponse> discovery = Optional.empty();
    volatile Optional<Flaw> flaw = Optional.empty();
    volatile Runnable onDiscovery = () -> {};
    volatile MockResponse client = json(500, "{}").build();

    void goThrough(URI address) throws IOException {
      answer(address, "code=c0de&session_state=s");
    }

    void answer(URI address, String answer) throws IOException {
      HttpUrl url = HttpUrl.get(address.toString());
      asked.add(url);
      nonces.put("c0de", Optional.ofNullable(url.queryParameter("nonce")).orElse(""));
      knock(
          url.queryParameter("redirect_uri")
              + "?"
              + answer
              + "&state="
              + url.queryParameter("state"));
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      return switch (request.getUrl().encodedPath()) {
        case "/t/acme/oauth2/token/.well-known/openid-configuration" -> {
          onDiscovery.run();
          yield discovery.orElseGet(() -> json(200, description()).build());
        }
        case "/t/acme/oauth2/jwks" -> json(200, new JWKSet(key.toPublicJWK()).toString()).build();
        case "/t/acme/oauth2/token" -> tokens(body(request));
        default -> new MockResponse.Builder().code(404).build();
      };
    }

    /// The host in it is that of a setting, not the one that was asked.
    private static String description() {
      return """
      {"issuer":"%s","authorization_endpoint":"https://idp.example/t/acme/oauth2/authorize",
       "token_endpoint":"%s","jwks_uri":"https://idp.example/t/acme/oauth2/jwks",
       "subject_types_supported":["public"],"response_types_supported":["code"],
       "id_token_signing_alg_values_supported":["RS256"]}\
      """
          .formatted(ISSUER, ISSUER);
    }

    private MockResponse tokens(String form) {
      if (form.contains("grant_type=client_credentials")) {
        return client;
      }
      exchanges.add(form);
      if (refuse.isPresent()) {
        return json(400, refuse.get()).build();
      }
      try {
        return json(
                200,
                """
                {"access_token":"root-1-access","refresh_token":"root-1-refresh",
                 "scope":"openid internal_login","expires_in":3600,"id_token":"%s"}\
                """
                    .formatted(idToken()))
            .build();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private String idToken() throws Exception {
      if (flaw.equals(Optional.of(Flaw.MISSING))) {
        return "";
      }
      if (flaw.equals(Optional.of(Flaw.NONSENSE))) {
        return "not.a.token";
      }
      Instant now = Instant.now();
      Instant issued = flaw.equals(Optional.of(Flaw.EXPIRED)) ? now.minusSeconds(7200) : now;
      JWTClaimsSet.Builder claims =
          new JWTClaimsSet.Builder()
              .issuer(flaw.equals(Optional.of(Flaw.WRONG_ISSUER)) ? "https://evil" : ISSUER)
              .audience(flaw.equals(Optional.of(Flaw.WRONG_AUDIENCE)) ? "client-2" : "client-1")
              .subject("sub-1")
              .issueTime(Date.from(issued))
              .expirationTime(Date.from(issued.plusSeconds(3600)))
              .claim(
                  "nonce",
                  flaw.equals(Optional.of(Flaw.WRONG_NONCE)) ? "other" : nonces.get("c0de"));
      username.ifPresent(name -> claims.claim("username", name));
      return sign(claims.build()).serialize();
    }

    private JWT sign(JWTClaimsSet claims) throws Exception {
      if (flaw.equals(Optional.of(Flaw.NOT_SIGNED))) {
        return new PlainJWT(claims);
      }
      if (flaw.equals(Optional.of(Flaw.SIGNED_WITH_THE_PUBLIC_KEY_AS_SECRET))) {
        SignedJWT jwt =
            new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), claims);
        jwt.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
        return jwt;
      }
      boolean stranger = flaw.equals(Optional.of(Flaw.SIGNED_BY_A_STRANGER));
      SignedJWT jwt =
          new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), claims);
      jwt.sign(new RSASSASigner(stranger ? strange : key));
      return jwt;
    }
  }
}
