package dev.guestlist.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class FrontDoorTest {
  private static final String INVITATIONS = "/t/acme/o/api/server/v1/guests/invitations";

  private PracticeServer server;
  private Caller caller;
  private String root;
  private String child;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = PracticeServer.start(PracticeServer.Options.in(folder));
    caller = new Caller(server);
    root = caller.rootToken("pat");
    child = caller.childToken("pat", "Northwind");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aMissingTokenIsRefusedWithANumberAsCodeAndAnUnquotedRealm() throws Exception {
    Caller.Reply reply = caller.get(INVITATIONS, "");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.json().path("code").isIntegralNumber()).isTrue();
    assertThat(reply.text("message")).isEqualTo("Unauthorized");
    assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer realm=127.0.0.1");
    assertThat(reply.body()).as("pretty-printed").contains("\n");
  }

  @Test
  void aBearerHeaderOfThreeWordsIsRefused() throws Exception {
    assertThat(caller.get(INVITATIONS, child + " more").status()).isEqualTo(401);
  }

  @Test
  void aRefreshTokenIsNoBearerToken() throws Exception {
    String refresh = caller.signIn("pat", "SYSTEM").text("refresh_token");

    assertThat(caller.get("/t/acme/api/server/v1/organizations", refresh).status()).isEqualTo(401);
  }

  @Test
  void scimOutsideOfAChildSpeaksItsOwnShapeAtTheFrontDoor() throws Exception {
    Caller.Reply atRoot = caller.get("/t/acme/scim2/Users", "");
    Caller.Reply inChild = caller.get("/t/acme/o/scim2/Users", "");

    assertThat(atRoot.json().path("status").isIntegralNumber()).isTrue();
    assertThat(atRoot.json().path("schemas").path(0).asString()).isEqualTo(Refusal.SCIM_ERROR);
    assertThat(inChild.json().path("code").asInt()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/t/acme/api/server/v9/nothing",
        "/nothing",
        "/.well-known/openid-configuration",
        "/t/acme/o/northwind/api/server/v1/guests/invitations"
      })
  void anUnknownPathIs401EvenWithAGoodToken(String path) throws Exception {
    assertThat(caller.get(path, child).status()).isEqualTo(401);
  }

  @Test
  void aTokenOfAnotherTenantIs401AndOnAPathBeginningWithOIs403() throws Exception {
    assertThat(caller.get("/t/carbon.super/api/server/v1/organizations", root).status())
        .isEqualTo(401);
    assertThat(caller.get("/t/northwind/o/api/server/v1/guests/invitations", child).status())
        .isEqualTo(401);
    assertThat(caller.get("/o/api/server/v1/guests/invitations", child).status()).isEqualTo(403);
  }

  @Test
  void anUnknownTenantIsNamedInA404() throws Exception {
    Caller.Reply reply = caller.get("/t/nobody/api/server/v1/organizations", root);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text("description")).isEqualTo("nobody is an invalid tenant domain");
  }

  @Test
  void aRootTokenIsForbiddenInAChildAndTheOtherWayRound() throws Exception {
    assertThat(caller.get(INVITATIONS, root).status()).isEqualTo(403);
    assertThat(caller.get("/t/acme/api/server/v1/organizations", child).status()).isEqualTo(403);
  }

  @Test
  void guestsWithoutOIsInNoCatalogue() throws Exception {
    String path = "/t/acme/api/server/v1/guests/invitations";

    assertThat(caller.get(path, root).status()).isEqualTo(403);
    assertThat(caller.get(path, child).status()).isEqualTo(403);
  }

  @Test
  void aMissingScopeIs403AndGivesItsTextInTheFrontDoorsShape() throws Exception {
    String lis = caller.childToken("lis", "Northwind");

    Caller.Reply refused = caller.delete(INVITATIONS + "/some-id", lis);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("code").asInt()).isEqualTo(403);
    assertThat(refused.text("message")).isEqualTo("Forbidden");
    assertThat(caller.get(INVITATIONS, lis).status()).isEqualTo(200);
  }

  @Test
  void theFrameworkAnswersTyposAndWrongMethodsAndMediaTypesWithoutABody() throws Exception {
    Caller.Reply typo = caller.get("/t/acme/o/api/server/v1/guests/invitatoins", child);
    Caller.Reply method = caller.post(INVITATIONS, child, "{}");
    Caller.Reply media =
        caller.send(
            HttpRequest.newBuilder(caller.uri("/t/acme/o/api/server/v1/guests/invite"))
                .header("Authorization", "Bearer " + child)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))
                .build());

    assertThat(typo.status()).isEqualTo(404);
    assertThat(method.status()).isEqualTo(405);
    assertThat(media.status()).isEqualTo(415);
    assertThat(typo.body() + method.body() + media.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/t/acme/o/x;y", "/t/acme/%252e", "/t/acme/../t/acme"})
  void aPathThatCannotBeTrustedIs400(String path) throws Exception {
    assertThat(caller.get(path, child).status()).isEqualTo(400);
  }

  @Test
  void theCallersActivityIdComesBackAsTraceId() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(caller.uri(INVITATIONS + "/unknown"))
            .header("Authorization", "Bearer " + child)
            .header("activityid", "my-own-id")
            .DELETE()
            .build();

    assertThat(caller.send(request).text("traceId")).isEqualTo("my-own-id");
    assertThat(caller.delete(INVITATIONS + "/unknown", child).text("traceId")).hasSize(36);
  }
}
