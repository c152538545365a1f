package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Organization;
import dev.guestlist.model.Organization.Access;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Organizations: lists with a cursor, one alone, and the path to one.
class OrganizationsTest {
  private static final String ORGANIZATIONS = "/t/acme/api/server/v1/organizations";
  private static final String ME = "/t/acme/api/users/v1/me/organizations";

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
  void theRootIsTheAccountsOrganization() throws Exception {
    fixture.answer(200, "{\"id\":\"root-id\",\"name\":\"Acme\",\"orgHandle\":\"acme\"}");
    assertThat(fixture.server.root())
        .isEqualTo(
            new Organization(
                new OrganizationId("root-id"),
                "Acme",
                Optional.of("acme"),
                Optional.empty(),
                true,
                Optional.empty(),
                Access.UNKNOWN));
    RecordedRequest request = fixture.request();
    assertThat(request.getTarget()).isEqualTo(ME + "/root");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer root-1-access");
  }

  @Test
  void childrenCarryTheirParent() throws Exception {
    fixture.answer(
        200,
        """
        {"organizations":[
          {"id":"b","name":"North","status":"DISABLED","hasChildren":"true","version":"v1.0.0",
           "ref":"/t/acme/api/server/v1/organizations/b"},
          {"id":"a","name":"South","status":"ACTIVE"}]}\
        """);
    OrganizationId parent = new OrganizationId("parent-id");
    assertThat(fixture.server.children(Optional.of(parent)))
        .containsExactly(
            new Organization(
                new OrganizationId("b"),
                "North",
                Optional.empty(),
                Optional.of(parent),
                false,
                Optional.of(true),
                Access.UNKNOWN),
            new Organization(
                new OrganizationId("a"),
                "South",
                Optional.empty(),
                Optional.of(parent),
                true,
                Optional.empty(),
                Access.UNKNOWN));
    var url = fixture.request().getUrl();
    assertThat(url.encodedPath()).isEqualTo(ORGANIZATIONS);
    assertThat(url.queryParameter("filter")).isEqualTo("parentId eq parent-id");
    assertThat(url.queryParameter("recursive")).isEqualTo("false");
    assertThat(url.queryParameter("limit")).isEqualTo("100");
  }

  @Test
  void childrenOfTheRootCarryTheRoot() throws Exception {
    fixture.answer(200, "{\"id\":\"root-id\",\"name\":\"Acme\"}");
    fixture.answer(200, "{\"organizations\":[{\"id\":\"a\",\"name\":\"South\"}]}");
    assertThat(fixture.server.children(Optional.empty()))
        .extracting(Organization::parent)
        .containsExactly(Optional.of(new OrganizationId("root-id")));
    fixture.request();
    assertThat(fixture.request().getTarget())
        .isEqualTo(ORGANIZATIONS + "?recursive=false&limit=100");
  }

  @Test
  void anEmptyListHasNoList() throws Exception {
    fixture.answer(200, "{}");
    List<List<Organization>> pages = new ArrayList<>();
    fixture.server.everyOrganization(pages::add);
    assertThat(pages).isEmpty();
  }

  @Test
  void theCursorIsFollowedAndNothingElseOfTheLink() throws Exception {
    fixture.answer(200, linked("https://other.example/o/x/me?after=MjAyNg%3D%3D&limit=1", "a"));
    fixture.answer(200, linked("/t/acme/api?limit=9&after=Mg%3D%3D", "b"));
    fixture.answer(200, "{\"organizations\":[{\"id\":\"c\",\"name\":\"C\"}]}");
    assertThat(every()).containsExactly(List.of("a"), List.of("b"), List.of("c"));
    assertThat(fixture.request().getTarget())
        .isEqualTo(ORGANIZATIONS + "?recursive=true&limit=100");
    assertThat(fixture.request().getTarget())
        .isEqualTo(ORGANIZATIONS + "?recursive=true&limit=100&after=MjAyNg%3D%3D");
    assertThat(fixture.request().getTarget())
        .isEqualTo(ORGANIZATIONS + "?recursive=true&limit=100&after=Mg%3D%3D");
  }

  @Test
  void aRowThatComesTwiceIsHandedOnOnce() throws Exception {
    fixture.answer(
        200,
        """
        {"links":[{"rel":"previous","href":"/x?before=MQ=="},{"rel":"next","href":"/x?after=Mg=="}],
         "organizations":[{"id":"a","name":"A"},{"id":"b","name":"B"}]}\
        """);
    fixture.answer(
        200, "{\"organizations\":[{\"id\":\"b\",\"name\":\"B\"},{\"id\":\"c\",\"name\":\"C\"}]}");
    assertThat(every()).containsExactly(List.of("a", "b"), List.of("c"));
  }

  @Test
  void aCursorThatComesTwiceEndsTheRound() {
    fixture.answer(200, linked("/x?after=MQ==", "a"));
    fixture.answer(200, linked("/x?after=Mg==", "b"));
    fixture.answer(200, linked("/x?after=MQ==", "a"));
    assertThat(problemOf(this::every))
        .isEqualTo(new Problem.Unreadable("a list of organizations that has no end"));
    assertThat(fixture.requests()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/x", "/x?next=MQ==", "/x?after=", "http://[bad"})
  void aNextPageWithoutACursorIsNotTakenForTheEnd(String href) {
    fixture.answer(200, linked(href, "a"));
    assertThat(problemOf(this::every)).isInstanceOf(Problem.Unreadable.class);
  }

  @Test
  void organizationsThatCanBeEnteredAreMarked() throws Exception {
    fixture.answer(200, "{\"organizations\":[{\"id\":\"a\",\"name\":\"A\",\"orgHandle\":\"h\"}]}");
    List<Organization> all = new ArrayList<>();
    fixture.server.enterable(all::addAll);
    assertThat(all).extracting(Organization::access).containsExactly(Access.ENTERABLE);
    assertThat(fixture.request().getTarget()).isEqualTo(ME + "?recursive=true&limit=100");
  }

  @Test
  void oneOrganizationComesWithItsParent() throws Exception {
    fixture.answer(
        200,
        """
        {"id":"a","name":"A","status":"ACTIVE","created":"2024-05-07T09:12:44.123Z",
         "type":"TENANT","parent":{"id":"p","ref":"/x"},"attributes":[{"key":"k","value":"v"}],
         "ancestorPath":[{"id":"p","name":"P","depth":0}],"hasChildren":false}\
        """);
    Organization one = fixture.server.organization(new OrganizationId("a"));
    assertThat(one.parent()).contains(new OrganizationId("p"));
    assertThat(one.hasChildren()).contains(false);
    assertThat(fixture.request().getTarget()).isEqualTo(ORGANIZATIONS + "/a");
  }

  @Test
  void anOrganizationOutOfReachIsRefused() {
    fixture.answer(
        400,
        """
        {"code":"ORG-60064","message":"Unauthorized.",
         "description":"Organization can only be managed from an ancestor organization."}\
        """);
    assertThat(problemOf(() -> fixture.server.organization(new OrganizationId("a"))))
        .isEqualTo(
            new Problem.Rejected(
                Reason.OTHER,
                "ORG-60064",
                "Unauthorized. Organization can only be managed from an ancestor organization."));
  }

  @Test
  void anOrganizationWithoutAnIdIsNotMadeUp() {
    fixture.answer(200, "{\"organizations\":[{\"name\":\"A\"}]}");
    assertThat(problemOf(this::every)).isInstanceOf(Problem.Unreadable.class);
  }

  @Test
  void thePathLeadsFromTheHomeOrganizationDown() throws Exception {
    fixture.answer(
        200,
        """
        [{"id":"r","name":"Acme","orgHandle":"acme"},{"id":"m","name":"Middle"},
         {"id":"child-id","name":"Child"}]\
        """);
    List<Organization> path = fixture.child().breadcrumb();
    assertThat(path).extracting(Organization::name).containsExactly("Acme", "Middle", "Child");
    assertThat(path)
        .extracting(Organization::parent)
        .containsExactly(
            Optional.empty(),
            Optional.of(new OrganizationId("r")),
            Optional.of(new OrganizationId("m")));
    RecordedRequest request = fixture.request();
    assertThat(request.getTarget())
        .isEqualTo("/t/acme/o/api/users/v1/me/organizations/root/descendants");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer child-1-access");
  }

  @Test
  void thePathCanBeEmpty() throws Exception {
    fixture.answer(200, "[]");
    assertThat(fixture.child().breadcrumb()).isEmpty();
  }

  private List<List<String>> every() throws dev.guestlist.model.ProblemException {
    List<List<String>> pages = new ArrayList<>();
    fixture.server.everyOrganization(
        page -> pages.add(page.stream().map(it -> it.id().value()).toList()));
    return pages;
  }

  private static String linked(String href, String id) {
    return """
    {"links":[{"href":"%s","rel":"next"}],"organizations":[{"id":"%s","name":"%s"}]}\
    """
        .formatted(href, id, id);
  }
}
