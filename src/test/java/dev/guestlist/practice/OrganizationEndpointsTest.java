package dev.guestlist.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(Lifecycle.PER_CLASS)
class OrganizationEndpointsTest {
  private static final String ORGANIZATIONS = "/t/acme/api/server/v1/organizations";
  private static final String MINE = "/t/acme/api/users/v1/me/organizations";

  private PracticeServer server;
  private Caller caller;
  private String root;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = PracticeServer.start(PracticeServer.Options.in(folder));
    caller = new Caller(server);
    root = caller.rootToken("pat");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static List<String> names(JsonNode page) {
    return page.path("organizations").valueStream().map(it -> it.path("name").asString()).toList();
  }

  private static String cursor(JsonNode page, String rel, String parameter) {
    return page.path("links")
        .valueStream()
        .filter(link -> link.path("rel").asString().equals(rel))
        .map(link -> Caller.queryOf("http://host" + link.path("href").asString(), parameter))
        .findFirst()
        .orElse("");
  }

  private JsonNode filtered(String filter) throws Exception {
    return caller.get(withFilter(filter), root).json();
  }

  private static String withFilter(String filter) {
    return ORGANIZATIONS
        + "?recursive=true&limit=100&filter="
        + URLEncoder.encode(filter, StandardCharsets.UTF_8);
  }

  @Test
  void childrenComeNewestFirstWithTheirMembers() throws Exception {
    JsonNode page = caller.get(ORGANIZATIONS, root).json();

    assertThat(names(page)).containsExactly("Services", "Retail", "Ports", "Suppliers", "Partners");
    assertThat(page.has("links")).isFalse();
    JsonNode partners = page.path("organizations").path(4);
    assertThat(partners.propertyNames())
        .containsExactlyInAnyOrder(
            "id", "name", "orgHandle", "status", "version", "hasChildren", "ref");
    assertThat(partners.path("hasChildren").asBoolean()).isTrue();
    assertThat(partners.path("ref").asString())
        .isEqualTo(ORGANIZATIONS + "/" + caller.id("Partners"));
  }

  @Test
  void pagesFollowTheCursorThereAndBack() throws Exception {
    List<String> seen = new ArrayList<>();
    String path = ORGANIZATIONS + "?recursive=true&limit=10";
    JsonNode page = caller.get(path, root).json();
    JsonNode second = page;
    int pages = 1;
    seen.addAll(names(page));
    for (String next = cursor(page, "next", "after");
        !next.isEmpty();
        next = cursor(page, "next", "after")) {
      page = caller.get(path + "&after=" + next.replace("=", "%3D"), root).json();
      second = ++pages == 2 ? page : second;
      seen.addAll(names(page));
    }

    assertThat(seen).hasSize(39).doesNotHaveDuplicates().doesNotContain("ACME");
    String back = cursor(second, "previous", "before");
    JsonNode first = caller.get(path + "&before=" + back.replace("=", "%3D"), root).json();
    assertThat(names(first)).isEqualTo(seen.subList(0, 10));
    assertThat(cursor(first, "previous", "before")).isEmpty();
    assertThat(cursor(first, "next", "after")).isNotEmpty();
    assertThat(second.path("links").path(0).path("href").asString())
        .startsWith(ORGANIZATIONS + "?limit=10&recursive=true&after=");
  }

  @Test
  void limitsAreCutRefusedOrEmpty() throws Exception {
    assertThat(names(caller.get(ORGANIZATIONS + "?recursive=true", root).json())).hasSize(15);
    assertThat(names(caller.get(ORGANIZATIONS + "?recursive=true&limit=500", root).json()))
        .hasSize(39);
    assertThat(caller.get(ORGANIZATIONS + "?limit=0", root).body()).isEqualTo("{}");
    assertThat(caller.get(ORGANIZATIONS + "?limit=-1", root).text("code")).isEqualTo("ORG-60025");
    assertThat(caller.get(ORGANIZATIONS + "?after=broken!", root).text("code"))
        .isEqualTo("ORG-60026");
  }

  @Nested
  class Filtering {
    @Test
    void namesAndStatusAreJoinedByAnd() throws Exception {
      assertThat(names(filtered("name sw North")))
          .containsExactlyInAnyOrder(
              "Northwind", "Northgate", "North Sea Ltd", "North Harbour", "Northern Rail");
      assertThat(names(filtered("name co Harbour and status eq DISABLED")))
          .containsExactly("Old Harbour");
      assertThat(names(filtered("name eq \"Copper and Sons\""))).containsExactly("Copper and Sons");
      assertThat(names(filtered("name eq N_rthwind"))).containsExactly("Northwind");
      assertThat(filtered("name eq Nobody")).isEmpty();
    }

    @Test
    void neAndPrAreReadAndIgnored() throws Exception {
      assertThat(names(filtered("name ne Northwind"))).hasSize(39);
      assertThat(names(filtered("name pr"))).hasSize(39);
    }

    @Test
    void theParentReplacesTheBase() throws Exception {
      String path = ORGANIZATIONS + "?limit=100&filter=parentId+eq+" + caller.id("Rail");

      assertThat(names(caller.get(path, root).json()))
          .containsExactly("Southern Rail", "Northern Rail");
    }

    @Test
    void timesAreWrittenTheDatabasesWay() throws Exception {
      assertThat(names(filtered("created gt 2024-03-21 00:00:00"))).isNotEmpty();
      assertThat(names(filtered("created lt 2024-03-05 00:00:00"))).contains("Partners");
    }

    @ParameterizedTest
    @CsvSource({
      "name,ORG-60022",
      "orgHandle eq acme,ORG-60023",
      "name eq a or name eq b,ORG-60024",
      "not name eq a,ORG-60024",
      "name xx a,ORG-60059",
      "created gt 2024-03-21T00:00:00Z,ORG-60071",
      "created sw 2024,ORG-60072"
    })
    void whatCannotBeDoneHasItsCode(String filter, String code) throws Exception {
      Caller.Reply reply = caller.get(withFilter(filter), root);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text("code")).isEqualTo(code);
    }
  }

  @Nested
  class One {
    @Test
    void hasAPathOfAncestorsFromTheCurrentOrganization() throws Exception {
      JsonNode rail = caller.get(ORGANIZATIONS + "/" + caller.id("Northern Rail"), root).json();

      assertThat(rail.path("ancestorPath").valueStream().map(it -> it.path("name").asString()))
          .containsExactly("ACME", "Partners", "Rail");
      assertThat(rail.path("ancestorPath").path(0).path("depth").asInt()).isZero();
      assertThat(rail.path("parent").path("id").asString()).isEqualTo(caller.id("Rail"));
      assertThat(rail.path("type").asString()).isEqualTo("TENANT");
      assertThat(rail.has("permissions")).isFalse();
      JsonNode more =
          caller
              .get(ORGANIZATIONS + "/" + caller.id("Rail") + "?includePermissions=true", root)
              .json();
      assertThat(more.path("permissions")).isNotEmpty();
    }

    @Test
    void outOfReachOrNotThereIsTheSame() throws Exception {
      String northwind = caller.childToken("pat", "Northwind");
      String path = "/t/acme/o/api/server/v1/organizations/";

      assertThat(caller.get(path + caller.id("Contoso"), northwind).text("code"))
          .isEqualTo("ORG-60064");
      assertThat(caller.get(path + "no-such-id", northwind).text("code")).isEqualTo("ORG-60064");
      assertThat(caller.get(path + "self", northwind).text("orgHandle")).isEqualTo("northwind");
      assertThat(caller.get(path + "self", northwind).json().has("ancestorPath")).isFalse();
    }
  }

  @Nested
  class Mine {
    @Test
    void onlyEnterableOnesAreListedAndTheLinkIsOnlyGoodForItsCursor() throws Exception {
      JsonNode page = caller.get(MINE + "?recursive=true&limit=20", root).json();
      JsonNode rest =
          caller
              .get(
                  MINE
                      + "?recursive=true&limit=20&after="
                      + cursor(page, "next", "after").replace("=", "%3D"),
                  root)
              .json();
      List<String> all = new ArrayList<>(names(page));
      all.addAll(names(rest));

      assertThat(all).hasSize(38).doesNotContain("Northgate", "ACME").contains("Old Harbour");
      assertThat(page.path("organizations").path(0).has("hasChildren")).isFalse();
      String href = page.path("links").path(0).path("href").asString();
      assertThat(href).startsWith("/o/");
      assertThat(caller.get(href, root).status()).as("not routable").isEqualTo(403);
    }

    @Test
    void aLeafHasNobodyBelowIt() throws Exception {
      String northwind = caller.childToken("pat", "Northwind");

      assertThat(caller.get("/t/acme/o/api/users/v1/me/organizations", northwind).body())
          .isEqualTo("{}");
    }

    @Test
    void theBreadcrumbGoesFromHomeToHere() throws Exception {
      String rail = caller.childToken("nul", "Northern Rail");
      JsonNode path =
          caller.get("/t/acme/o/api/users/v1/me/organizations/root/descendants", rail).json();

      assertThat(path.valueStream().map(it -> it.path("name").asString()))
          .containsExactly("ACME", "Partners", "Rail", "Northern Rail");
      assertThat(caller.get("/t/acme/o/api/users/v1/me/organizations/root", rail).text("name"))
          .isEqualTo("ACME");
    }

    @Test
    void anUnknownApplicationIsRefused() throws Exception {
      assertThat(caller.get(MINE + "?authorizedAppName=Nobody", root).text("code"))
          .isEqualTo("ORG-60035");
      assertThat(caller.get(MINE + "?authorizedAppName=Console", root).status()).isEqualTo(200);
    }

    @Test
    void anAccountWithoutRightsMayNotListButMaySwitch() throws Exception {
      String nul = caller.rootToken("nul");

      assertThat(caller.get(ORGANIZATIONS, nul).status()).isEqualTo(403);
      assertThat(names(caller.get(MINE, nul).json())).hasSize(5);
    }
  }
}
