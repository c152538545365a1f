package dev.guestlist.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(Lifecycle.PER_CLASS)
class ScimEndpointsTest {
  private PracticeServer server;
  private Caller caller;
  private String token;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = PracticeServer.start(PracticeServer.Options.in(folder));
    caller = new Caller(server);
    token = caller.childToken("pat", "Northwind");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Caller.Reply get(String path) throws Exception {
    return caller.get("/t/acme/o/scim2" + path, token);
  }

  private Caller.Reply filtered(String path, String filter) throws Exception {
    return get(path + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
  }

  private static List<String> names(JsonNode list, String member) {
    return list.path("Resources").valueStream().map(it -> it.path(member).asString()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/Users", "/Groups", "/v2/Roles"})
  void sortingIsNotDoneAndTheStatusIsText(String path) throws Exception {
    Caller.Reply reply = get(path + "?sortBy=id");

    assertThat(reply.status()).isEqualTo(501);
    assertThat(reply.json().path("status").isString()).isTrue();
    assertThat(reply.text("detail")).isEqualTo("Sorting is not supported");
    assertThat(reply.header("Content-Type")).isEqualTo("application/scim+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/Users", "/Groups", "/v2/Roles"})
  void noRowsMeansNoResourcesAndCountZeroHidesTheTotal(String path) throws Exception {
    JsonNode none = get(path + "?count=0").json();
    JsonNode beyond = get(path + "?startIndex=5000&count=5").json();

    assertThat(none.has("Resources")).isFalse();
    assertThat(none.path("totalResults").asInt()).isZero();
    assertThat(beyond.has("Resources")).isFalse();
    assertThat(beyond.path("totalResults").asInt()).isPositive();
    assertThat(get(path + "?startIndex=-3&count=1").json().path("startIndex").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/Users", "/Groups", "/v2/Roles"})
  void anUnknownIdIsNotFound(String path) throws Exception {
    Caller.Reply reply = get(path + "/no-such-id");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text("detail"))
        .isEqualTo("Specified resource (e.g., User) or endpoint does not exist.");
  }

  @Test
  void anAcceptThatMustBeWeighedIsRefused() throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(caller.uri("/t/acme/o/scim2/Users"))
            .header("Authorization", "Bearer " + token);

    Caller.Reply weighed =
        caller.send(request.copy().header("Accept", "application/json;q=0.9").build());
    Caller.Reply listed =
        caller.send(request.copy().header("Accept", "text/html, application/scim+json").build());

    assertThat(weighed.status()).isEqualTo(406);
    assertThat(listed.status()).isEqualTo(200);
  }

  @Test
  void aBrokenNumberIs500ForGroupsAnd404ForTheOthers() throws Exception {
    assertThat(get("/Groups?count=ten").status()).isEqualTo(500);
    assertThat(get("/Users?count=ten").status()).isEqualTo(404);
    assertThat(get("/v2/Roles?startIndex=x").status()).isEqualTo(404);
  }

  @Nested
  class Groups {
    @Test
    void allComeWithoutACountAndCarryTheirStore() throws Exception {
      JsonNode all = get("/Groups?excludedAttributes=members,roles").json();

      assertThat(names(all, "displayName")).hasSize(90).contains("PRIMARY/sales");
      assertThat(all.path("Resources").path(0).has("members")).isFalse();
      assertThat(names(get("/Groups?startIndex=81&count=50").json(), "id")).hasSize(10);
    }

    @Test
    void oneExpressionFiltersAndMoreAreNotDone() throws Exception {
      assertThat(names(filtered("/Groups", "displayName sw \"sales\"").json(), "displayName"))
          .contains("PRIMARY/sales", "PRIMARY/sales-eu");
      assertThat(filtered("/Groups", "displayName eq \"PRIMARY/sales\"").json().path("Resources"))
          .hasSize(1);
      assertThat(filtered("/Groups", "displayName eq \"a\" and displayName eq \"b\"").status())
          .isEqualTo(501);
      assertThat(filtered("/Groups", "displayName ne \"a\"").status()).isEqualTo(400);
      assertThat(get("/Groups?domain=CORP").json().has("Resources")).isFalse();
    }

    @Test
    void membersAreLoadedAndFindTheirGroups() throws Exception {
      String oli =
          filtered("/Users", "userName eq \"oli.e\"").json().at("/Resources/0/id").asString();

      JsonNode groups = filtered("/Groups", "members.value eq \"" + oli + "\"").json();

      assertThat(groups.path("Resources")).hasSize(2);
      assertThat(groups.at("/Resources/0/members").valueStream())
          .anyMatch(member -> member.path("display").asString().equals("oli.e"));
    }
  }

  @Nested
  class Roles {
    @Test
    void fifteenComeUnlessMoreAreAskedFor() throws Exception {
      JsonNode first = get("/v2/Roles").json();
      JsonNode all = get("/v2/Roles?count=100&excludedAttributes=users,permissions").json();

      assertThat(names(first, "displayName")).hasSize(15).startsWith("Member");
      assertThat(all.path("totalResults").asInt()).isEqualTo(17);
      assertThat(all.path("itemsPerPage").asInt()).isEqualTo(17);
      assertThat(all.at("/Resources/0").has("users")).isFalse();
    }

    @Test
    void theAudienceIsAnObjectAndTellsRolesOfOneNameApart() throws Exception {
      JsonNode auditors = filtered("/v2/Roles", "displayName eq \"Auditor\"").json();

      assertThat(auditors.path("Resources").valueStream().map(it -> it.at("/audience/type")))
          .extracting(JsonNode::asString)
          .containsExactlyInAnyOrder("organization", "application");
      JsonNode one =
          filtered("/v2/Roles", "displayName eq \"Auditor\" and audience.type eq \"application\"")
              .json();
      assertThat(one.at("/Resources/0/audience/display").asString()).isEqualTo("Billing");
    }

    @Test
    void otherFiltersAreRefused() throws Exception {
      Caller.Reply byId = filtered("/v2/Roles", "id eq \"x\"");

      assertThat(byId.status()).isEqualTo(400);
      assertThat(byId.text("detail"))
          .isEqualTo("Filtering based on attribute: id is not supported.");
      assertThat(filtered("/v2/Roles", "displayName eq \"a\" or displayName eq \"b\"").status())
          .isEqualTo(400);
    }

    @Test
    void idsDifferFromChildToChild() throws Exception {
      String contoso = caller.childToken("pat", "Contoso");

      assertThat(names(caller.get("/t/acme/o/scim2/v2/Roles", contoso).json(), "id"))
          .doesNotContainAnyElementsOf(names(get("/v2/Roles?count=100").json(), "id"));
    }
  }

  @Nested
  class Users {
    @Test
    void whoJoinedIsMarkedAndWhoBelongsHereIsNot() throws Exception {
      JsonNode oli = filtered("/Users", "userName eq \"oli.e\"").json().at("/Resources/0");
      JsonNode olga = filtered("/Users", "userName eq \"olga.own\"").json().at("/Resources/0");
      JsonNode marks = oli.path("urn:scim:wso2:schema");

      assertThat(marks.path("managedOrg").asString()).isEqualTo(caller.id("Partners"));
      assertThat(marks.path("isReadOnlyUser").asString()).isEqualTo("true");
      assertThat(marks.path("sharedType").asString()).isEqualTo("INVITED");
      assertThat(oli.path("schemas").valueStream().map(JsonNode::asString))
          .contains("urn:scim:wso2:schema");
      assertThat(oli.path("emails").path(0).asString()).isEqualTo("oli.e@partners.example");
      assertThat(olga.has("urn:scim:wso2:schema")).isFalse();
    }

    @Test
    void onlyWhatWasAskedForComes() throws Exception {
      JsonNode oli =
          get("/Users?filter=userName+eq+%22oli.e%22&count=1&attributes=id,userName").json();

      assertThat(oli.at("/Resources/0").propertyNames())
          .containsExactlyInAnyOrder("schemas", "id", "userName");
    }

    @Test
    void aHundredComeAtMost() throws Exception {
      String partners = caller.childToken("pat", "Partners");
      JsonNode page = caller.get("/t/acme/o/scim2/Users?count=500", partners).json();

      assertThat(page.path("Resources")).hasSize(100);
      assertThat(page.path("totalResults").asInt()).isGreaterThan(1800);
    }

    @Test
    void namesOfTheSecondStoreCarryIt() throws Exception {
      String partners = caller.childToken("pat", "Partners");
      JsonNode corp =
          caller
              .get("/t/acme/o/scim2/Users?domain=CORP&filter=userName+sw+%22dora%22", partners)
              .json();

      assertThat(names(corp, "userName"))
          .contains("CORP/dora.k")
          .allMatch(it -> it.startsWith("CORP/"));
      assertThat(get("/Users?domain=NONE").text("detail"))
          .isEqualTo("Invalid user store domain: NONE");
    }

    @Test
    void aJoinedFilterFailsWhereASingleOneIsRefused() throws Exception {
      assertThat(filtered("/Users", "managedOrg eq \"x\"").status()).isEqualTo(400);
      assertThat(filtered("/Users", "userName eq \"a\" and managedOrg eq \"x\"").status())
          .isEqualTo(500);
      assertThat(filtered("/Users", "userName eq \"a\" or userName eq \"b\"").status())
          .isEqualTo(500);
      assertThat(filtered("/Users", "userName is amy").status()).isEqualTo(400);
    }
  }

  @Nested
  class UserStores {
    @Test
    void onlyTheSecondOnesAreListed() throws Exception {
      Caller.Reply stores = caller.get("/t/acme/o/api/server/v1/userstores", token);

      assertThat(stores.json()).hasSize(1);
      assertThat(stores.json().path(0).path("name").asString()).isEqualTo("CORP");
      assertThat(stores.json().path(0).path("id").asString()).isEqualTo("Q09SUA");
      String tailspin = caller.childToken("pat", "Tailspin");
      assertThat(caller.get("/t/acme/o/api/server/v1/userstores", tailspin).body()).isEqualTo("[]");
    }

    @Test
    void everyParameterIsNotDone() throws Exception {
      Caller.Reply reply = caller.get("/t/acme/o/api/server/v1/userstores?limit=1", token);

      assertThat(reply.status()).isEqualTo(501);
      assertThat(reply.text("code")).isEqualTo("SUS-65005");
    }
  }
}
