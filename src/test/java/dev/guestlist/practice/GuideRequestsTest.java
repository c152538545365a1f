package dev.guestlist.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The two requests of the product guide, with host, organization, token and ids put in.
class GuideRequestsTest {
  private static final String GUESTS = "/t/acme/o/api/server/v1/guests";

  @TempDir Path folder;
  private PracticeServer server;
  private Caller caller;

  @BeforeEach
  void start() throws Exception {
    server = PracticeServer.start(PracticeServer.Options.in(folder));
    caller = new Caller(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void inviteAnswersOneCodePerPersonAndAcceptMakesThemMembersWithGroupAndRole() throws Exception {
    String token = caller.serviceToken("Northwind");
    JsonNode group = first(token, "/scim2/Groups?filter=displayName+eq+%22support%22");
    JsonNode role = first(token, "/scim2/v2/Roles?filter=displayName+eq+%22Team+lead%22");

    Caller.Reply invited =
        caller.post(
            GUESTS + "/invite",
            token,
            """
            {
              "usernames": ["amy", "bob"],
              "roles": ["%s"],
              "groups": ["%s"],
              "properties": [{"key": "manageNotificationsInternally", "value": "false"}]
            }
            """
                .formatted(role.path("id").asString(), group.path("id").asString()));

    assertThat(invited.status()).isEqualTo(200);
    assertThat(invited.json()).hasSize(2);
    for (JsonNode person : invited.json()) {
      assertThat(person.path("result").path("status").asString()).isEqualTo("Successful");
      assertThat(person.path("confirmationCode").asString()).hasSize(36);
    }
    assertThat(invited.json().get(0).path("username").asString()).isEqualTo("amy");

    String code = invited.json().get(0).path("confirmationCode").asString();
    Caller.Reply accepted =
        caller.post(
            GUESTS + "/invitation/accept", token, "{\"confirmationCode\": \"" + code + "\"}");
    assertThat(accepted.status()).isEqualTo(204);
    assertThat(accepted.body()).isEmpty();

    JsonNode member = first(token, "/scim2/Users?filter=userName+eq+%22amy%22");
    assertThat(names(member.path("groups"))).containsExactly("PRIMARY/support");
    assertThat(names(member.path("roles"))).containsExactly("Team lead");
    assertThat(member.path("urn:scim:wso2:schema").path("managedOrg").asString())
        .isEqualTo(caller.id("Partners"));
    assertThat(member.path("urn:scim:wso2:schema").path("sharedType").asString())
        .isEqualTo("INVITED");
    Caller.Reply bob = caller.get("/t/acme/o/scim2/Users?filter=userName+eq+%22bob%22", token);
    assertThat(bob.json().has("Resources")).as("bob has not accepted").isFalse();
  }

  private JsonNode first(String token, String path) throws Exception {
    return caller.get("/t/acme/o" + path, token).json().path("Resources").path(0);
  }

  private static List<String> names(JsonNode list) {
    return list.valueStream().map(one -> one.path("display").asString()).toList();
  }
}
