package dev.guestlist.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class SignInTest {
  private PracticeServer server;
  private Caller caller;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = PracticeServer.start(PracticeServer.Options.in(folder));
    caller = new Caller(server);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void discoveryNamesTheTokenEndpointAsIssuer() throws Exception {
    Caller.Reply reply = caller.get("/t/acme/oauth2/token/.well-known/openid-configuration", "");

    assertThat(reply.text("issuer")).isEqualTo(server.baseUrl() + "/t/acme/oauth2/token");
    assertThat(reply.text("issuer")).isEqualTo(reply.text("token_endpoint"));
    assertThat(caller.get("/t/acme/oauth2/jwks", "").json().path("keys")).hasSize(1);
  }

  @Nested
  class AtThePage {
    @Test
    void theFormAsksForUserNameAndPassword() throws Exception {
      Caller.Reply page = caller.get(caller.authorizePath("openid"), "");

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.header("Content-Type")).startsWith("text/html");
      assertThat(page.body()).contains("name=\"username\"", "name=\"password\"");
    }

    @Test
    void aWrongPasswordShowsThePageAgainWithTheNameInItMadeSafe() throws Exception {
      Caller.Reply page =
          caller.postForm(
              caller.authorizePath("openid"), Map.of("username", "<b>\"pat", "password", "wrong"));

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.body()).contains("Login failed!").contains("&lt;b&gt;&quot;pat");
    }

    @Test
    void theCodeComesBackWithTheState() throws Exception {
      Caller.Reply back =
          caller.postForm(
              caller.authorizePath("openid"),
              Map.of("username", "pat", "password", "practice-pat"));

      assertThat(back.status()).isEqualTo(302);
      assertThat(back.header("Location")).startsWith(Caller.REDIRECT + "?code=");
      assertThat(Caller.queryOf(back.header("Location"), "state")).isEqualTo("state-1");
    }

    @Test
    void cancellingComesBackAsAccessDenied() throws Exception {
      Caller.Reply back = caller.postForm(caller.authorizePath("openid"), Map.of("cancel", "true"));

      assertThat(Caller.queryOf(back.header("Location"), "error")).isEqualTo("access_denied");
    }

    @Test
    void aWrongClientOrCallbackNeverGoesBackToTheCaller() throws Exception {
      String path = caller.authorizePath("openid");

      Caller.Reply client = caller.get(path.replace("guestlist-practice-desktop", "nobody"), "");
      Caller.Reply callback =
          caller.get(path.replace("127.0.0.1%3A53211", "localhost%3A53211"), "");

      assertThat(client.header("Location")).startsWith("/authenticationendpoint/oauth2_error.do");
      assertThat(callback.header("Location")).startsWith("/authenticationendpoint/oauth2_error.do");
      assertThat(caller.get(callback.header("Location"), "").status()).isEqualTo(200);
    }

    @Test
    void withoutPkceNothingIsShown() throws Exception {
      String path = caller.authorizePath("openid").replace("code_challenge=", "nothing=");

      assertThat(Caller.queryOf(caller.get(path, "").header("Location"), "error"))
          .isEqualTo("invalid_request");
    }
  }

  @Nested
  class WithACode {
    @Test
    void itIsGoodOnceAndOnlyWithItsVerifierAndCallback() throws Exception {
      Map<String, String> good = codeForm();

      assertThat(caller.tokenCall(good).status()).isEqualTo(200);
      assertThat(caller.tokenCall(good).text("error")).isEqualTo("invalid_grant");
      Map<String, String> otherVerifier = codeForm();
      otherVerifier.put("code_verifier", Caller.VERIFIER + "x");
      assertThat(caller.tokenCall(otherVerifier).text("error")).isEqualTo("invalid_grant");
      Map<String, String> otherPort = codeForm();
      otherPort.put("redirect_uri", "http://127.0.0.1:1/callback");
      assertThat(caller.tokenCall(otherPort).text("error_description"))
          .isEqualTo("Callback url mismatch");
    }

    @Test
    void theIdTokenIsSignedWithThePublishedKeyAndNamesTheOrganization() throws Exception {
      Caller.Reply reply = caller.signIn("pat", "openid SYSTEM");
      SignedJWT token = SignedJWT.parse(reply.text("id_token"));
      JWKSet keys = JWKSet.parse(caller.get("/t/acme/oauth2/jwks", "").body());

      assertThat(
              token.verify(
                  new RSASSAVerifier(keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())))
          .isTrue();
      assertThat(token.getJWTClaimsSet().getStringClaim("nonce")).isEqualTo("nonce-1");
      assertThat(token.getJWTClaimsSet().getStringClaim("org_handle")).isEqualTo("acme");
      assertThat(token.getJWTClaimsSet().getClaim("user_org")).isNull();
      assertThat(token.getJWTClaimsSet().getIssuer())
          .isEqualTo(server.baseUrl() + "/t/acme/oauth2/token");
    }

    private Map<String, String> codeForm() throws Exception {
      Caller.Reply back =
          caller.postForm(
              caller.authorizePath("SYSTEM"),
              Map.of("username", "pat", "password", "practice-pat"));
      return new HashMap<>(
          Map.of(
              "grant_type",
              "authorization_code",
              "code",
              Caller.queryOf(back.header("Location"), "code"),
              "redirect_uri",
              Caller.REDIRECT,
              "client_id",
              "guestlist-practice-desktop",
              "code_verifier",
              Caller.VERIFIER));
    }
  }

  @Nested
  class Tokens {
    @Test
    void theSameAccountWithTheSameScopesGetsTheSameActiveToken() throws Exception {
      Caller.Reply first = caller.signIn("ina", "SYSTEM");
      Caller.Reply second = caller.signIn("ina", "SYSTEM");
      Caller.Reply fewer = caller.signIn("ina", "internal_login");

      assertThat(second.text("access_token")).isEqualTo(first.text("access_token"));
      assertThat(second.text("refresh_token")).isEqualTo(first.text("refresh_token"));
      assertThat(fewer.text("access_token")).isNotEqualTo(first.text("access_token"));
      assertThat(first.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void aRefreshTokenWorksOnceAndTheOldAccessTokenDiesWithIt() throws Exception {
      Caller.Reply first = caller.signIn("lis", "SYSTEM");
      Caller.Reply second = refresh(first.text("refresh_token"));

      assertThat(second.status()).isEqualTo(200);
      assertThat(second.text("access_token")).isNotEqualTo(first.text("access_token"));
      assertThat(refresh(first.text("refresh_token")).status()).isEqualTo(400);
      assertThat(refresh(first.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
      String mine = "/t/acme/api/users/v1/me/organizations";
      assertThat(caller.get(mine, first.text("access_token")).status()).isEqualTo(401);
      assertThat(caller.get(mine, second.text("access_token")).status()).isEqualTo(200);
    }

    @Test
    void anOrganizationTokenIsRefreshedForTheSameOrganization() throws Exception {
      Caller.Reply entered = caller.enter(caller.rootToken("pat"), caller.id("Contoso"), "SYSTEM");
      Caller.Reply again = refresh(entered.text("refresh_token"));

      assertThat(again.text("scope")).isEqualTo(entered.text("scope"));
      assertThat(
              caller
                  .get("/t/acme/o/api/server/v1/organizations/self", again.text("access_token"))
                  .text("name"))
          .isEqualTo("Contoso");
    }

    private Caller.Reply refresh(String token) throws Exception {
      return caller.tokenCall(
          Map.of(
              "grant_type", "refresh_token",
              "refresh_token", token,
              "client_id", "guestlist-practice-desktop"));
    }

    @Test
    void badTokenRequestsAreRefusedByKind() throws Exception {
      Caller.Reply unknownGrant =
          caller.tokenCall(
              Map.of("grant_type", "magic", "client_id", "guestlist-practice-desktop"));
      Caller.Reply notForThisClient =
          caller.tokenCall(
              Map.of(
                  "grant_type", "client_credentials",
                  "client_id", "guestlist-practice-desktop"));
      Caller.Reply unknownClient =
          caller.tokenCall(Map.of("grant_type", "refresh_token", "client_id", "nobody"));
      Caller.Reply noSecret =
          caller.tokenCall(
              Map.of(
                  "grant_type", "client_credentials",
                  "client_id", "guestlist-practice-service"));

      assertThat(unknownGrant.text("error")).isEqualTo("unsupported_grant_type");
      assertThat(notForThisClient.text("error")).isEqualTo("unauthorized_client");
      assertThat(unknownClient.status()).isEqualTo(401);
      assertThat(unknownClient.text("error")).isEqualTo("invalid_client");
      assertThat(unknownClient.header("WWW-Authenticate")).isEqualTo("Basic realm=127.0.0.1");
      assertThat(noSecret.status()).isEqualTo(401);
    }

    @Test
    void aRepeatedParameterAndASecretInTheAddressAreRefused() throws Exception {
      Caller.Reply repeated =
          caller.send(
              HttpRequest.newBuilder(caller.uri("/t/acme/oauth2/token"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString("grant_type=a&grant_type=b"))
                  .build());
      Caller.Reply inAddress =
          caller.postForm("/t/acme/oauth2/token?password=x", Map.of("grant_type", "a"));

      assertThat(repeated.text("error_description"))
          .isEqualTo("Invalid request with repeated parameters.");
      assertThat(inAddress.status()).isEqualTo(400);
    }

    @Test
    void theServiceGetsNoRefreshTokenAndNoLoginScope() throws Exception {
      Caller.Reply reply =
          caller.tokenCallAsService(
              Map.of("grant_type", "client_credentials", "scope", "SYSTEM openid"));

      assertThat(reply.json().has("refresh_token")).isFalse();
      assertThat(reply.json().has("id_token")).isFalse();
      assertThat(reply.text("scope")).contains("internal_organization_view");
      assertThat(reply.text("scope")).doesNotContain("internal_login").doesNotContain("_org_");
    }
  }

  @Nested
  class Switching {
    @Test
    void scopesThatAreNotAllowedVanishWithoutAWord() throws Exception {
      String root = caller.rootToken("lis");

      Caller.Reply reply =
          caller.enter(
              root,
              caller.id("Northwind"),
              "internal_org_guest_mgt_invite_add internal_org_guest_mgt_invite_list nonsense");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text("scope")).isEqualTo("internal_org_guest_mgt_invite_list");
    }

    @Test
    void aMemberWithoutARoleGetsATokenThatIsGoodForAlmostNothing() throws Exception {
      Caller.Reply reply = caller.enter(caller.rootToken("nul"), caller.id("Northwind"), "SYSTEM");

      assertThat(reply.text("scope")).isEqualTo("internal_login");
    }

    @Test
    void anIdTokenOfAChildSaysWhereTheAccountLives() throws Exception {
      Caller.Reply reply = caller.enter(caller.rootToken("pat"), caller.id("Northwind"), "openid");

      var claims = SignedJWT.parse(reply.text("id_token")).getJWTClaimsSet();
      assertThat(claims.getStringClaim("org_id")).isEqualTo(caller.id("Northwind"));
      assertThat(claims.getStringClaim("user_org")).isNotEqualTo(caller.id("Northwind"));
    }

    @Test
    void goingOnFromAChildTokenWorksToo() throws Exception {
      String partners = caller.childToken("pat", "Partners");

      assertThat(caller.enter(partners, caller.id("Northwind"), "SYSTEM").status()).isEqualTo(200);
    }

    @Test
    void everyRefusalHasItsOwnWords() throws Exception {
      String root = caller.rootToken("pat");

      assertRefused(
          caller.enter(root, "no-such-id", "SYSTEM"),
          400,
          "invalid_request",
          "Invalid organization id: no-such-id");
      assertRefused(
          caller.enter(root, caller.id("Old Harbour"), "SYSTEM"),
          400,
          "invalid_request",
          "The switching organization is in deactivated state.");
      assertRefused(
          caller.enter("not-a-token", caller.id("Northwind"), "SYSTEM"),
          400,
          "invalid_grant",
          "Invalid token received.");
      assertRefused(
          caller.enter(root, caller.id("Northgate"), "SYSTEM"),
          400,
          "invalid_grant",
          "Organization switching is not allowed for organizations that have not shared the"
              + " application");
    }

    @Test
    void theServiceCannotEnterTheClosedOrganizationEither() throws Exception {
      assertThat(caller.serviceToken("Northgate")).isEmpty();
      assertThat(caller.serviceToken("Northwind")).isNotEmpty();
    }

    private static void assertRefused(
        Caller.Reply reply, int status, String error, String description) {
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.text("error")).isEqualTo(error);
      assertThat(reply.text("error_description")).isEqualTo(description);
    }
  }

  @Nested
  class InALargeTree {
    @TempDir Path other;

    @Test
    void whoeverIsNoMemberIsRefusedAsIfTheClientWereUnknown() throws Exception {
      var options = new PracticeServer.Options(other, 0, ZoneOffset.UTC, 10, 60);
      try (PracticeServer large = PracticeServer.start(options)) {
        Caller there = new Caller(large);

        Caller.Reply ina = there.enter(there.rootToken("ina"), there.id("Branch 00005"), "SYSTEM");

        assertThat(ina.status()).isEqualTo(401);
        assertThat(ina.text("error")).isEqualTo("invalid_client");
        assertThat(ina.text("error_description"))
            .isEqualTo("User is not allowed to access the organization");
        assertThat(there.childToken("pat", "Branch 00005")).isNotEmpty();
      }
    }
  }
}
