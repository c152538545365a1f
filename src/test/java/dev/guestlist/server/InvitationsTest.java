package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.body;
import static dev.guestlist.server.ServerFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Role;
import dev.guestlist.model.Username;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The guests API: list, invite, delete, check, accept.
class InvitationsTest {
  private static final String CODE = "5e2ba1d4-2c4f-4b1a-9d0e-0123456789ab";
  private static final String GUESTS = "/t/acme/o/api/server/v1/guests";

  private ServerFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new ServerFixture();
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  @Nested
  class Listing {

    @Test
    void readsEveryMemberOfAnItem() throws Exception {
      fixture.answer(
          200,
          """
          {"invitations":[{"id":"i-1","username":"dora","email":"dora@acme.test",
            "roles":[{"displayName":"Clerk","id":"r-1",
              "audience":[{"value":"a-1","display":"Console","type":"application"}]}],
            "groups":[{"displayName":"PRIMARY/staff","id":"g-1"}],
            "status":"PENDING","expiredAt":"2026-03-04 10:00:00.5","somethingNew":{"a":[1]}}]}
          """);
      assertThat(list())
          .containsExactly(
              new Invitation(
                  new InvitationId("i-1"),
                  "dora",
                  "dora@acme.test",
                  List.of(
                      new Role(
                          "r-1",
                          "Clerk",
                          Optional.of(
                              new Role.Audience(
                                  "a-1", "Console", Role.Audience.Kind.APPLICATION)))),
                  List.of(new Group("g-1", "PRIMARY/staff")),
                  Invitation.Status.PENDING,
                  Optional.of(Instant.parse("2026-03-04T10:00:00.5Z"))));
    }

    @Test
    void asksWithoutAnyParameter() throws Exception {
      fixture.answer(200, "{}");
      list();
      RecordedRequest request = fixture.request();
      assertThat(request.getRequestLine()).isEqualTo("GET " + GUESTS + "/invitations HTTP/1.1");
      assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer child-1-access");
      assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
      assertThat(request.getHeaders().get("activityid")).hasSize(36);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"{}", "{\"invitations\":[]}", "{\"invitations\":null}", "{\"more\":{\"a\":[]}}"})
    void takesAMissingListAsEmpty(String json) throws Exception {
      fixture.answer(200, json);
      assertThat(list()).isEmpty();
    }

    @Test
    void keepsTwoRowsOfOnePerson() throws Exception {
      fixture.answer(
          200,
          """
          {"invitations":[
            {"id":"i-1","username":"dora","status":"EXPIRED","expiredAt":"2026-01-01 00:00:00.0"},
            {"id":"i-2","username":"dora","status":"PENDING","expiredAt":"2026-03-04 00:00:00.0"}]}
          """);
      assertThat(list())
          .extracting(Invitation::status)
          .containsExactly(Invitation.Status.EXPIRED, Invitation.Status.PENDING);
    }

    @ParameterizedTest
    @CsvSource({
      "2026-03-04 10:00:00.1, 2026-03-04T10:00:00.1Z",
      "2026-03-04 10:00:00.123456789, 2026-03-04T10:00:00.123456789Z",
      "2026-03-04 10:00:00, 2026-03-04T10:00:00Z",
      "2026-03-04T10:00:00.702Z, 2026-03-04T10:00:00.702Z"
    })
    void readsTheEndAsUtc(String text, Instant expected) throws Exception {
      fixture.answer(200, oneRow("\"expiredAt\":\"" + text + "\",\"status\":\"PENDING\""));
      assertThat(list().getFirst().ends()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2026-13-04 10:00:00.0", "2026-03-04 10:00:00.0000000001"})
    void keepsARowWhoseEndCannotBeRead(String text) throws Exception {
      fixture.answer(200, oneRow("\"expiredAt\":\"" + text + "\",\"status\":\"PENDING\""));
      assertThat(list().getFirst().ends()).isEmpty();
    }

    @Test
    void doesNotGuessAnUnknownStatus() {
      fixture.answer(200, oneRow("\"status\":\"ACCEPTED\""));
      assertThat(problemOf(this::list)).isInstanceOf(Problem.Unreadable.class);
    }

    @Test
    void doesNotHideARowWithoutAnId() {
      fixture.answer(200, "{\"invitations\":[{\"username\":\"dora\",\"status\":\"PENDING\"}]}");
      assertThat(problemOf(this::list)).isInstanceOf(Problem.Unreadable.class);
    }

    @Test
    void namesTheFaultOfVersionSevenTwo() {
      fixture.answer(
          500,
          """
          {"code":"OUI-65002","message":"Unable to retrieve the invitations.","traceId":"t-1"}\
          """);
      assertThat(problemOf(this::list)).isEqualTo(new Problem.ServerFault(500, "OUI-65002", "t-1"));
    }

    private List<Invitation> list() throws dev.guestlist.model.ProblemException {
      List<Invitation> rows = new ArrayList<>();
      fixture.child().invitations(rows::add);
      return rows;
    }

    private String oneRow(String members) {
      return "{\"invitations\":[{\"id\":\"i-1\",\"username\":\"dora\"," + members + "}]}";
    }
  }

  @Nested
  class Inviting {

    @Test
    void sendsWhatWasAskedFor() throws Exception {
      fixture.answer(200, "[]");
      fixture
          .child()
          .invite(
              List.of(Username.parse("dora"), Username.parse("emil@acme.test")),
              Optional.of("CORP"),
              List.of("r-1"),
              List.of("g-1", "g-2"),
              false);
      RecordedRequest request = fixture.request();
      assertThat(request.getRequestLine()).isEqualTo("POST " + GUESTS + "/invite HTTP/1.1");
      assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
      assertThat(body(request))
          .isEqualTo(
              "{\"usernames\":[\"dora\",\"emil@acme.test\"],\"userDomain\":\"CORP\","
                  + "\"roles\":[\"r-1\"],\"groups\":[\"g-1\",\"g-2\"],\"properties\":"
                  + "[{\"key\":\"manageNotificationsInternally\",\"value\":\"false\"}]}");
    }

    @Test
    void leavesOutWhatWasNotAskedFor() throws Exception {
      fixture.answer(200, "[]");
      invite(true);
      assertThat(body(fixture.request()))
          .isEqualTo(
              "{\"usernames\":[\"dora\"],\"properties\":"
                  + "[{\"key\":\"manageNotificationsInternally\",\"value\":\"true\"}]}");
    }

    @Test
    void givesTheAnswerAsItCame() throws Exception {
      String came = "[{\"username\":\"dora\",  \"x\":1,\"result\":{\"status\":\"Successful\"}}]";
      fixture.answer(200, came);
      assertThat(invite(false).reveal()).isEqualTo(came);
    }

    @Test
    void givesAlsoAnAnswerThatCannotBeRead() throws Exception {
      fixture.answer(200, "[{\"username\":\"dora\",\"confirm");
      InviteAnswer answer = invite(false);
      assertThat(answer.reveal()).isEqualTo("[{\"username\":\"dora\",\"confirm");
      assertThat(problemOf(answer::results)).isInstanceOf(Problem.Unreadable.class);
    }

    @ParameterizedTest
    @CsvSource({
      "OUI-60013, UNKNOWN_ROLE",
      "OUI-60014, UNKNOWN_GROUP",
      "UE-10000, UNKNOWN_MEMBER",
      "OUI-60099, OTHER",
      "OUI-60010, OTHER"
    })
    void tellsWhyAWholeCallIsRefused(String code, Reason reason) {
      fixture.answer(400, "{\"code\":\"" + code + "\",\"message\":\"No.\",\"description\":\"D.\"}");
      assertThat(problemOf(() -> invite(false)))
          .isEqualTo(new Problem.Rejected(reason, code, "No. D."));
      assertThat(fixture.requests()).isEqualTo(1);
    }

    @Test
    void takesARaceForWorkThatMayBeHalfDone() {
      fixture.answer(400, "{\"code\":\"OUI-60003\",\"traceId\":\"t-3\"}");
      Problem problem = problemOf(() -> invite(false));
      assertThat(problem).isEqualTo(new Problem.ServerFault(400, "OUI-60003", "t-3"));
      assertThat(problem.mayHaveHappened()).isTrue();
    }

    @Test
    void invitesPlainlyWhereTheServerDoesNotKnowPropertiesAndMailsAnyway() throws Exception {
      fixture.answer(400, "{\"code\":\"UE-10000\",\"message\":\"Invalid Request.\"}");
      fixture.answer(200, "[]");
      assertThat(invite(true).results()).isEmpty();
      fixture.request();
      assertThat(body(fixture.request())).isEqualTo("{\"usernames\":[\"dora\"]}");
    }

    private InviteAnswer invite(boolean mails) throws dev.guestlist.model.ProblemException {
      return fixture
          .child()
          .invite(List.of(Username.parse("dora")), Optional.empty(), List.of(), List.of(), mails);
    }
  }

  @Nested
  class Deleting {

    @Test
    void deletesById() throws Exception {
      fixture.answerEmpty(204);
      fixture.child().delete(new InvitationId("i-1"));
      assertThat(fixture.request().getRequestLine())
          .isEqualTo("DELETE " + GUESTS + "/invitations/i-1 HTTP/1.1");
    }

    @Test
    void saysThatAnInvitationIsGone() {
      fixture.answer(
          400,
          """
          {"code":"OUI-60001","message":"Invalid invitation.",
           "description":"Provided invitation with the id i-1 is invalid."}\
          """);
      assertThat(problemOf(() -> fixture.child().delete(new InvitationId("i-1"))))
          .isEqualTo(
              new Problem.Rejected(
                  Reason.INVITATION_GONE,
                  "OUI-60001",
                  "Invalid invitation. Provided invitation with the id i-1 is invalid."));
    }

    @Test
    void doesNotTakeAPageOfTheNetworkForAYes() {
      fixture.web.enqueue(ServerFixture.page(200).build());
      assertThat(problemOf(() -> fixture.child().delete(new InvitationId("i-1"))))
          .isEqualTo(new Problem.Unreadable("a web page instead of a plain yes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/b", "a;b", "a%2fb", "a b"})
    void neverLeavesThePathOfTheList(String id) {
      assertThat(problemOf(() -> fixture.child().delete(new InvitationId(id))))
          .isInstanceOf(Problem.Rejected.class);
      assertThat(fixture.requests()).isZero();
    }
  }

  @Nested
  class Checking {

    @Test
    void readsWhomTheCodeBelongsTo() throws Exception {
      fixture.answer(
          200,
          """
          {"confirmationCode":"%s","username":"dora","userOrganization":"parent-id",
           "initiatedOrganization":"other-child","status":"EXPIRED"}\
          """
              .formatted(CODE));
      assertThat(fixture.child().check(ConfirmationCode.asGiven(CODE)))
          .isEqualTo(
              new dev.guestlist.model.CodeCheck(
                  "dora",
                  new dev.guestlist.model.OrganizationId("other-child"),
                  new dev.guestlist.model.OrganizationId("parent-id"),
                  Invitation.Status.EXPIRED));
      RecordedRequest request = fixture.request();
      assertThat(request.getRequestLine())
          .isEqualTo("POST " + GUESTS + "/invitation/introspect HTTP/1.1");
      assertThat(body(request)).isEqualTo("{\"confirmationCode\":\"" + CODE + "\"}");
    }

    @Test
    void saysThatNobodyWaitsBehindACodeWithoutRepeatingIt() {
      fixture.answer(
          400,
          """
          {"code":"OUI-60002","message":"Invalid confirmation code.",
           "description":"Could not validate the confirmation code %s."}\
          """
              .formatted(CODE));
      assertThat(problemOf(() -> fixture.child().check(ConfirmationCode.asGiven(CODE))))
          .isEqualTo(
              new Problem.Rejected(
                  Reason.UNKNOWN_CODE,
                  "OUI-60002",
                  "Invalid confirmation code. Could not validate the confirmation code ****."));
    }

    @Test
    void doesNotMakeUpAPerson() {
      fixture.answer(200, "{\"status\":\"PENDING\"}");
      assertThat(problemOf(() -> fixture.child().check(ConfirmationCode.asGiven(CODE))))
          .isInstanceOf(Problem.Unreadable.class);
    }
  }

  @Nested
  class Accepting {

    @Test
    void needsNoToken() throws Exception {
      fixture.store.forget(Optional.empty());
      fixture.answerEmpty(204);
      fixture.server.accept(ConfirmationCode.asGiven(CODE));
      RecordedRequest request = fixture.request();
      assertThat(request.getRequestLine())
          .isEqualTo("POST " + GUESTS + "/invitation/accept HTTP/1.1");
      assertThat(request.getHeaders().get("Authorization")).isNull();
      assertThat(body(request)).isEqualTo("{\"confirmationCode\":\"" + CODE + "\"}");
    }

    @ParameterizedTest
    @CsvSource({
      "OUI-60010, UNKNOWN_CODE",
      "OUI-60012, ALREADY_MEMBER",
      "OUI-60011, OTHER",
      "UE-10000, OTHER"
    })
    void tellsWhyItWasRefused(String code, Reason reason) {
      fixture.answer(
          400, "{\"code\":\"" + code + "\",\"description\":\"The code " + CODE + " is not.\"}");
      assertThat(problemOf(() -> fixture.server.accept(ConfirmationCode.asGiven(CODE))))
          .isEqualTo(new Problem.Rejected(reason, code, "The code **** is not."));
    }

    @Test
    void isNotRepeatedAfterAFault() {
      fixture.answer(500, "{\"code\":\"OUI-65005\",\"traceId\":\"t-5\"}");
      assertThat(problemOf(() -> fixture.server.accept(ConfirmationCode.asGiven(CODE))))
          .isEqualTo(new Problem.ServerFault(500, "OUI-65005", "t-5"));
      assertThat(fixture.requests()).isEqualTo(1);
    }

    @Test
    void takes401ForAWrongAddressBecauseNoTokenWasSent() {
      fixture.answer(401, "{\"code\":401,\"message\":\"Unauthorized\"}");
      assertThat(problemOf(() -> fixture.server.accept(ConfirmationCode.asGiven(CODE))))
          .isEqualTo(new Problem.Rejected(Reason.OTHER, "401", "Unauthorized"));
    }
  }
}
