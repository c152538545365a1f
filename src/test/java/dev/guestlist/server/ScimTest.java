package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Group;
import dev.guestlist.model.Member;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Groups, roles and users of a child organization.
class ScimTest {
  private ServerFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new ServerFixture();
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  @Test
  void groupsComeInOneAnswerWithTheirStore() throws Exception {
    scim(
        """
        {"totalResults":3,"startIndex":1,"itemsPerPage":2,"schemas":["x"],"Resources":[
          {"id":"g-1","displayName":"PRIMARY/manager","meta":{"location":"x"}},
          {"id":"g-2","displayName":"staff"}]}\
        """);
    assertThat(fixture.child().groups())
        .containsExactly(new Group("g-1", "PRIMARY/manager"), new Group("g-2", "staff"));
    assertThat(fixture.request().getTarget())
        .isEqualTo("/t/acme/o/scim2/Groups?excludedAttributes=members%2Croles");
    assertThat(fixture.requests()).isEqualTo(1);
  }

  @Test
  void noRowsMeansNoList() throws Exception {
    scim("{\"totalResults\":0,\"startIndex\":1,\"itemsPerPage\":0,\"schemas\":[\"x\"]}");
    assertThat(fixture.child().groups()).isEmpty();
    scim("{\"totalResults\":0}");
    assertThat(fixture.child().roles()).isEmpty();
    scim("{\"totalResults\":0}");
    assertThat(fixture.child().member("dora")).isEmpty();
  }

  @Test
  void anAudienceIsAnObjectHere() throws Exception {
    scim(
        """
        {"totalResults":3,"Resources":[
          {"id":"r-1","displayName":"Clerk",
           "audience":{"value":"a","display":"Console","type":"application"}},
          {"id":"r-2","displayName":"Clerk","audience":{"value":"o","type":"organization"}},
          {"id":"r-3","displayName":"Odd"}]}\
        """);
    List<Role> roles = fixture.child().roles();
    assertThat(roles)
        .containsExactly(
            new Role(
                "r-1",
                "Clerk",
                Optional.of(new Role.Audience("a", "Console", Role.Audience.Kind.APPLICATION))),
            new Role(
                "r-2",
                "Clerk",
                Optional.of(new Role.Audience("o", "", Role.Audience.Kind.ORGANIZATION))),
            new Role("r-3", "Odd", Optional.empty()));
    assertThat(fixture.request().getTarget())
        .isEqualTo(
            "/t/acme/o/scim2/v2/Roles?excludedAttributes="
                + "users%2Cgroups%2Cpermissions%2CassociatedApplications%2Cproperties"
                + "&startIndex=1&count=100");
  }

  @Test
  void rolesAreReadToTheirEnd() throws Exception {
    scim(page("r", 1, 100, 205));
    scim(page("r", 101, 200, 205));
    scim(page("r", 201, 205, 205));
    assertThat(fixture.child().roles()).hasSize(205);
    fixture.request();
    assertThat(fixture.request().getTarget()).endsWith("&startIndex=101&count=100");
    assertThat(fixture.request().getTarget()).endsWith("&startIndex=201&count=100");
    assertThat(fixture.requests()).isEqualTo(3);
  }

  @Test
  void aSmallerPageThanAskedForIsNotTakenForTheEnd() throws Exception {
    scim(page("r", 1, 15, 20));
    scim(page("r", 16, 20, 20));
    assertThat(fixture.child().roles()).hasSize(20);
  }

  @Test
  void usersAreReadOnWhereTheTotalIsThatOfThePage() throws Exception {
    scim(page("u", 1, 100, 100));
    scim(page("u", 101, 130, 30));
    assertThat(members()).extracting(List::size).containsExactly(100, 30);
    assertThat(fixture.requests()).isEqualTo(2);
  }

  @Test
  void anEmptyPageIsTheEnd() throws Exception {
    scim(page("u", 1, 100, 500));
    scim("{\"totalResults\":500}");
    assertThat(members()).hasSize(1);
  }

  @Test
  void aServerThatRepeatsItsPageIsNotAskedForEver() throws Exception {
    scim(page("u", 1, 100, 500));
    scim(page("u", 1, 100, 500));
    assertThat(members()).hasSize(1);
    assertThat(fixture.requests()).isEqualTo(2);
  }

  @Test
  void rowsThatComeTwiceAreHandedOnOnce() throws Exception {
    scim(page("u", 1, 100, 102));
    scim(page("u", 99, 102, 102));
    assertThat(members()).extracting(List::size).containsExactly(100, 2);
  }

  @Test
  void aUserIsReadWithEverythingThatIsShown() throws Exception {
    scim(
        """
        {"totalResults":1,"Resources":[{"id":"u-1","userName":"dora",
          "name":{"givenName":"Dora","familyName":"Kent"},
          "emails":[{"value":"dora@acme.test","primary":true}],
          "groups":[{"value":"g-1","display":"PRIMARY/staff"}],
          "roles":[{"value":"r-1","display":"Clerk","audienceType":"organization"},{"value":"r-2"}],
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
            {"managedOrg":"owner-id","isReadOnlyUser":"true"},
          "urn:scim:wso2:schema":{"managedOrg":"owner-id","sharedType":"INVITED"}}]}\
        """);
    assertThat(members().getFirst())
        .containsExactly(
            new Member(
                "u-1",
                "dora",
                "Dora Kent",
                "dora@acme.test",
                Optional.of(new OrganizationId("owner-id")),
                List.of("staff"),
                List.of("Clerk", "r-2")));
    assertThat(fixture.request().getTarget())
        .isEqualTo("/t/acme/o/scim2/Users?startIndex=1&count=100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"urn:scim:wso2:schema\":{\"managedOrg\":\"owner-id\",\"isReadOnlyUser\":true} | owner-id",
        "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":"
            + "{\"managedOrg\":\"owner-id\"} | owner-id",
        "\"urn:scim:wso2:schema\":{\"managedOrg\":\"\"} | ''",
        "\"emails\":[\"a@b\"] | ''"
      })
  void aUserFromOutsideIsKnownByEitherMark(String members, String owner) throws Exception {
    scim("{\"Resources\":[{\"id\":\"u-1\",\"userName\":\"dora\"," + members + "}]}");
    assertThat(members().getFirst().getFirst().managedBy())
        .isEqualTo(owner.isEmpty() ? Optional.empty() : Optional.of(new OrganizationId(owner)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"emails\":[\"dora@acme.test\",\"second@acme.test\"]",
        "\"emails\":[{\"type\":\"home\"},{\"value\":\"dora@acme.test\"}]"
      })
  void anAddressIsATextOrAnObject(String emails) throws Exception {
    scim("{\"Resources\":[{\"id\":\"u-1\",\"userName\":\"dora\"," + emails + "}]}");
    assertThat(members().getFirst().getFirst().email()).isEqualTo("dora@acme.test");
  }

  @Test
  void oneUserIsFoundByName() throws Exception {
    scim("{\"totalResults\":1,\"Resources\":[{\"id\":\"u-1\",\"userName\":\"PRIMARY/Dora\"}]}");
    assertThat(fixture.child().member("dora")).map(Member::id).contains("u-1");
    var url = fixture.request().getUrl();
    assertThat(url.encodedPath()).isEqualTo("/t/acme/o/scim2/Users");
    assertThat(url.queryParameter("filter")).isEqualTo("userName eq \"dora\"");
    assertThat(url.queryParameter("count")).isEqualTo("1");
  }

  @Test
  void aNameCannotBreakOutOfItsQuotes() throws Exception {
    scim("{}");
    fixture.child().member("a\" or userName sw \"b\\&count=5");
    var url = fixture.request().getUrl();
    assertThat(url.queryParameter("filter"))
        .isEqualTo("userName eq \"a\\\" or userName sw \\\"b\\\\&count=5\"");
    assertThat(url.queryParameterValues("count")).containsExactly("1");
  }

  @Test
  void somebodyElseIsNotTakenForThePerson() throws Exception {
    scim("{\"totalResults\":1,\"Resources\":[{\"id\":\"u-9\",\"userName\":\"emil\"}]}");
    assertThat(fixture.child().member("dora")).isEmpty();
  }

  private void scim(String body) {
    fixture.web.enqueue(
        json(200, body).setHeader("Content-Type", "application/scim+json;charset=UTF-8").build());
  }

  private List<List<Member>> members() throws dev.guestlist.model.ProblemException {
    List<List<Member>> pages = new ArrayList<>();
    fixture.child().members(pages::add);
    return pages;
  }

  private static String page(String prefix, int from, int to, int total) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> "{\"id\":\"" + prefix + i + "\",\"userName\":\"n" + i + "\"}")
        .collect(
            Collectors.joining(
                ",",
                "{\"totalResults\":" + total + ",\"startIndex\":" + from + ",\"Resources\":[",
                "]}"));
  }
}
