package dev.guestlist.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class SessionEndpointsTest {
  private static final String DESKTOP = "guestlist-practice-desktop";
  private static final String MINE = "/t/acme/api/users/v1/me/organizations";
  private static final String USERINFO = "/t/acme/oauth2/userinfo";

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

  private Caller.Reply revoke(Map<String, String> form) throws Exception {
    return caller.postForm("/t/acme/oauth2/revoke", form);
  }

  private Caller.Reply refresh(String token) throws Exception {
    return caller.tokenCall(
        Map.of("grant_type", "refresh_token", "refresh_token", token, "client_id", DESKTOP));
  }

  @Test
  void discoveryNamesTheEndpointsAndTheGrants() throws Exception {
    Caller.Reply reply = caller.get("/t/acme/oauth2/token/.well-known/openid-configuration", "");
    String base = server.baseUrl() + "/t/acme/oauth2";

    assertThat(reply.text("revocation_endpoint")).isEqualTo(base + "/revoke");
    assertThat(reply.text("userinfo_endpoint")).isEqualTo(base + "/userinfo");
    assertThat(reply.text("device_authorization_endpoint")).isEqualTo(base + "/device_authorize");
    assertThat(reply.json().path("grant_types_supported").valueStream().map(it -> it.asString()))
        .contains(DeviceCodes.GRANT, "organization_switch", "authorization_code");
  }

  @Test
  void revokingEitherTokenEndsBothOfThePair() throws Exception {
    for (String which : new String[] {"access_token", "refresh_token"}) {
      Caller.Reply pair = caller.signIn("pat", "internal_login");

      Caller.Reply gone = revoke(Map.of("token", pair.text(which), "client_id", DESKTOP));

      assertThat(gone.status()).isEqualTo(200);
      assertThat(gone.body()).isEmpty();
      assertThat(caller.get(MINE, pair.text("access_token")).status()).isEqualTo(401);
      assertThat(refresh(pair.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
    }
  }

  @Test
  void aSecondSignInSharesTheTokenAndLosesItWithTheFirst() throws Exception {
    Caller.Reply here = caller.signIn("ina", "internal_login");
    Caller.Reply there = caller.signIn("ina", "internal_login");

    assertThat(there.text("access_token")).isEqualTo(here.text("access_token"));
    revoke(Map.of("token", here.text("access_token"), "client_id", DESKTOP));
    assertThat(caller.get(MINE, there.text("access_token")).status()).isEqualTo(401);
  }

  @Test
  void theOrganizationTokenOutlivesTheRootToken() throws Exception {
    Caller.Reply root = caller.signIn("lis", "internal_login openid");
    String child =
        caller
            .enter(root.text("access_token"), caller.id("Northwind"), "SYSTEM")
            .text("access_token");

    revoke(Map.of("token", root.text("access_token"), "client_id", DESKTOP));

    assertThat(caller.get("/t/acme/o/api/users/v1/me/organizations", child).status())
        .isEqualTo(200);
  }

  @Test
  void anUnknownTokenIsAlright() throws Exception {
    assertThat(revoke(Map.of("token", "nobody-knows", "client_id", DESKTOP)).status())
        .isEqualTo(200);
  }

  @Test
  void withoutTokenItIsABadRequest() throws Exception {
    Caller.Reply reply = revoke(Map.of("client_id", DESKTOP));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo("invalid_request");
  }

  @Test
  void aWrongClientRevokesNothing() throws Exception {
    Caller.Reply pair = caller.signIn("pat", "internal_login profile");
    String access = pair.text("access_token");
    String secret = server.startLine().technicalClientSecret();

    Caller.Reply unknown = revoke(Map.of("token", access, "client_id", "nobody"));
    Caller.Reply other =
        revoke(
            Map.of(
                "token",
                access,
                "client_id",
                "guestlist-practice-service",
                "client_secret",
                secret));

    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.text("error")).isEqualTo("invalid_client");
    assertThat(other.status()).isEqualTo(401);
    assertThat(caller.get(MINE, access).status()).isEqualTo(200);
  }

  @Test
  void userInfoNamesAccountAndOrganization() throws Exception {
    Caller.Reply root = caller.signIn("pat", "openid internal_login");
    Caller.Reply child =
        caller.enter(root.text("access_token"), caller.id("Northwind"), "openid SYSTEM");

    Caller.Reply atRoot = caller.get(USERINFO, root.text("access_token"));
    Caller.Reply inside = caller.get(USERINFO, child.text("access_token"));

    assertThat(atRoot.status()).isEqualTo(200);
    assertThat(atRoot.text("username")).isEqualTo("pat");
    assertThat(atRoot.text("org_name")).isEqualTo("ACME");
    assertThat(atRoot.json().has("user_org")).isFalse();
    assertThat(inside.text("sub")).isEqualTo(atRoot.text("sub"));
    assertThat(inside.text("org_id")).isEqualTo(caller.id("Northwind"));
    assertThat(inside.text("org_name")).isEqualTo("Northwind");
    assertThat(inside.text("user_org")).isEqualTo(atRoot.text("org_id"));
  }

  @Test
  void userInfoRefusesBadTokensInOauthsWay() throws Exception {
    Caller.Reply none = caller.get(USERINFO, "");
    Caller.Reply bad = caller.get(USERINFO, "nobody-knows");
    Caller.Reply withoutOpenId =
        caller.get(USERINFO, caller.signIn("pat", "internal_login").text("access_token"));

    assertThat(none.status()).isEqualTo(401);
    assertThat(bad.status()).isEqualTo(401);
    assertThat(bad.text("error")).isEqualTo("invalid_token");
    assertThat(bad.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    assertThat(withoutOpenId.status()).isEqualTo(403);
    assertThat(withoutOpenId.text("error")).isEqualTo("insufficient_scope");
  }
}
