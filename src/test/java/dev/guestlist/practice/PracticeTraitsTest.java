package dev.guestlist.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Execution(ExecutionMode.CONCURRENT)
class PracticeTraitsTest {
  private static final String DESKTOP = "guestlist-practice-desktop";
  private static final String DISCOVERY = "/t/acme/oauth2/token/.well-known/openid-configuration";
  private static final String MINE = "/t/acme/api/users/v1/me/organizations";
  private static final String ORGANIZATIONS = "/t/acme/o/api/server/v1/organizations";
  private static final String INVITE = "/t/acme/o/api/server/v1/guests/invite";

  @TempDir Path folder;
  private PracticeServer server;
  private PracticeControl control;
  private Caller caller;

  @BeforeEach
  void start() throws Exception {
    server = PracticeServer.start(PracticeServer.Options.in(folder));
    control = server.control();
    caller = new Caller(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Caller.Reply refresh(String token) throws Exception {
    return caller.tokenCall(
        Map.of("grant_type", "refresh_token", "refresh_token", token, "client_id", DESKTOP));
  }

  private Caller.Reply turn(String path, String json) throws Exception {
    return caller.post("/practice/" + path, "", json);
  }

  private void refused(Caller.Reply reply, int status, String error, String description) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text("error")).isEqualTo(error);
    assertThat(reply.text("error_description")).isEqualTo(description);
  }

  @Nested
  class TheSwitchRefuses {
    private Caller.Reply enter(String organization) throws Exception {
      return caller.enter(caller.rootToken("pat"), organization, "SYSTEM");
    }

    @Test
    void aMissingParameter() throws Exception {
      Caller.Reply reply =
          caller.tokenCall(
              Map.of(
                  "grant_type",
                  "organization_switch",
                  "token",
                  caller.rootToken("pat"),
                  "client_id",
                  DESKTOP));

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text("error")).isEqualTo("invalid_request");
    }

    @Test
    void anOrganizationThatDoesNotExist() throws Exception {
      refused(enter("x"), 400, "invalid_request", "Invalid organization id: x");
    }

    @Test
    void aDisabledOrganization() throws Exception {
      refused(
          enter(caller.id("Old Harbour")),
          400,
          "invalid_request",
          "The switching organization is in deactivated state.");
    }

    @Test
    void aTokenThatIsNoneAnyMore() throws Exception {
      refused(
          caller.enter("nothing", caller.id("Northwind"), "SYSTEM"),
          400,
          "invalid_grant",
          "Invalid token received.");
    }

    @Test
    void anotherBranch() throws Exception {
      turn("application-of", "{\"organization\":\"Suppliers\"}");

      refused(
          enter(caller.id("Northwind")),
          400,
          "invalid_grant",
          "Organization switch is only allowed for the organizations in the same branch.");
      assertThat(enter(caller.id("Delta Foods")).status()).isEqualTo(200);
    }

    @Test
    void anOrganizationWithoutTheApplication() throws Exception {
      refused(
          enter(caller.id("Northgate")),
          400,
          "invalid_grant",
          "Organization switching is not allowed for organizations that have not shared the"
              + " application");
    }

    @ParameterizedTest
    @CsvSource({
      "invalid_client,401,User is not allowed to access the organization",
      "invalid_grant,400,User is not allowed to access the organization",
      "server_error,500,Internal Server Error."
    })
    void somebodyWhoIsNoMemberInThreeWays(String error, int status, String description)
        throws Exception {
      turn("non-members", "{\"as\":\"" + error + "\"}");
      turn("remove-member", "{\"organization\":\"Contoso\",\"username\":\"pat\"}");

      refused(enter(caller.id("Contoso")), status, error, description);
      assertThat(enter(caller.id("Northwind")).status()).isEqualTo(200);
    }

    @Test
    void whenTheGrantIsNotEnabled() throws Exception {
      turn("turn-grant-off", "{\"grant\":\"organization_switch\"}");

      Caller.Reply reply = enter(caller.id("Northwind"));

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text("error")).isEqualTo("unauthorized_client");
      control.allWell();
      assertThat(enter(caller.id("Northwind")).status()).isEqualTo(200);
    }
  }

  @Nested
  class AnOldServer {
    @Test
    void refusesPropertiesAndInvitesWithoutThem() throws Exception {
      String token = caller.childToken("pat", "Northwind");
      turn("version", "{\"old\":true}");

      Caller.Reply refused =
          caller.post(
              INVITE,
              token,
              "{\"usernames\":[\"amy\"],\"properties\":[{\"key\":\"manageNotificationsInternally\","
                  + "\"value\":\"false\"}]}");

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("code")).isEqualTo("UE-10000");
      assertThat(control.log().effects()).isEmpty();
      assertThat(caller.post(INVITE, token, "{\"usernames\":[\"amy\"]}").status()).isEqualTo(200);
    }

    @Test
    void knowsNeitherSelfNorHandles() throws Exception {
      String token = caller.childToken("pat", "Northwind");
      assertThat(caller.get(ORGANIZATIONS + "/self", token).text("orgHandle"))
          .isEqualTo("northwind");
      control.traits().beOld(true);

      JsonNode one = caller.get(ORGANIZATIONS + "/" + caller.id("Northwind"), token).json();

      assertThat(caller.get(ORGANIZATIONS + "/self", token).status()).isEqualTo(404);
      assertThat(one.path("name").asString()).isEqualTo("Northwind");
      assertThat(one.propertyNames())
          .doesNotContain("orgHandle", "version", "hasChildren", "ancestorPath");
    }

    @Test
    void hasNoClearErrorsOfTheSwitch() throws Exception {
      control.traits().beOld(true);

      refused(
          caller.enter(caller.rootToken("pat"), "x", "SYSTEM"),
          500,
          "server_error",
          "Internal Server Error.");
    }
  }

  @Nested
  class Tokens {
    @Test
    void endAfterTheirShortLifeAndCanBeRefreshed() throws Exception {
      turn("access-lifetime", "{\"seconds\":1}");
      Caller.Reply pair = caller.signIn("pat", "internal_login");
      Instant end = Instant.now().plus(Duration.ofSeconds(10));
      int status = 200;
      while (status == 200 && Instant.now().isBefore(end)) {
        status = caller.get(MINE, pair.text("access_token")).status();
      }

      assertThat(pair.json().path("expires_in").asInt()).isLessThanOrEqualTo(1);
      assertThat(status).isEqualTo(401);
      control.allWell();
      String next = refresh(pair.text("refresh_token")).text("access_token");
      assertThat(caller.get(MINE, next).status()).isEqualTo(200);
    }

    @Test
    void areRotatedAlsoWhenTheAnswerToARefreshIsLost() throws Exception {
      String token = caller.signIn("pat", "internal_login").text("refresh_token");
      control.dropAfterWork("oauth2/token", 1);

      assertThatThrownBy(() -> refresh(token)).isInstanceOf(IOException.class);
      assertThat(refresh(token).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void cannotLastLessThanASecond() throws Exception {
      assertThat(turn("access-lifetime", "{\"seconds\":0}").status()).isEqualTo(400);
    }
  }

  @Nested
  class ThePublishedAddress {
    @Test
    void standsInDiscoveryAndIdTokensWhileTheServerStaysWhereItIs() throws Exception {
      turn("published-address", "{\"url\":\"https://wrong.example:9443\"}");
      String issuer = "https://wrong.example:9443/t/acme/oauth2/token";

      assertThat(caller.get(DISCOVERY, "").text("token_endpoint")).isEqualTo(issuer);
      assertThat(
              SignedJWT.parse(caller.signIn("pat", "openid").text("id_token"))
                  .getJWTClaimsSet()
                  .getIssuer())
          .isEqualTo(issuer);
      control.traits().publish(Optional.empty());
      assertThat(URI.create(caller.get(DISCOVERY, "").text("issuer")).getPort())
          .isEqualTo(server.baseUrl().getPort());
    }
  }

  @Nested
  class APageInsteadOfAnApi {
    @ParameterizedTest
    @ValueSource(
        strings = {
          DISCOVERY,
          "/t/acme/oauth2/jwks",
          "/t/acme/oauth2/userinfo",
          MINE,
          "/t/acme/api/server/v1/organizations",
          "/t/acme/o/api/server/v1/guests/invitations",
          "/t/acme/scim2/Groups",
          "/t/acme/api/server/v1/userstores"
        })
    void comesForEveryPath(String path) throws Exception {
      turn("html", "{\"status\":200,\"path\":\"" + path + "\"}");

      Caller.Reply page = caller.get(path, "");

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.header("Content-Type")).startsWith("text/html");
      assertThat(page.body()).startsWith("<!doctype html>");
      assertThat(caller.get(path, "").body()).doesNotStartWith("<!doctype");
    }

    @Test
    void doesNothingInThePlaceOfAnInvitation() throws Exception {
      String token = caller.childToken("pat", "Northwind");
      control.answerHtml("guests/invite", 502, 1);

      assertThat(caller.post(INVITE, token, "{\"usernames\":[\"amy\"]}").status()).isEqualTo(502);
      assertThat(control.log().effects()).isEmpty();
      assertThatThrownBy(() -> control.answerHtml("", 204, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class TheLimit {
    @Test
    void countsEachGroupOfEndpointsForItself() throws Exception {
      String token = caller.rootToken("pat");
      control.traits().limitPerMinute(3, OptionalInt.of(17));

      for (int i = 0; i < 3; i++) {
        assertThat(caller.get(MINE, token).status()).isEqualTo(200);
      }
      Caller.Reply tooMany = caller.get(MINE, token);

      assertThat(tooMany.status()).isEqualTo(429);
      assertThat(tooMany.header("Retry-After")).isEqualTo("17");
      assertThat(caller.get("/t/acme/scim2/Groups", token).status()).isEqualTo(200);
    }

    @Test
    void canComeWithoutAWordOnHowLongAndBeTurnedOff() throws Exception {
      turn("limit", "{\"requests\":1}");

      assertThat(caller.get(DISCOVERY, "").status()).isEqualTo(200);
      Caller.Reply tooMany = caller.get(DISCOVERY, "");
      assertThat(tooMany.status()).isEqualTo(429);
      assertThat(tooMany.header("Retry-After")).isEmpty();
      turn("limit", "{\"requests\":0}");
      assertThat(caller.get(DISCOVERY, "").status()).isEqualTo(200);
    }
  }

  @Test
  void metadataDescribesTheCurrentOrganization() throws Exception {
    Caller.Reply reply =
        caller.get(ORGANIZATIONS + "/metadata", caller.childToken("pat", "Northwind"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("id")).isEqualTo(caller.id("Northwind"));
    assertThat(reply.json().path("permissions")).isNotEmpty();
  }
}
