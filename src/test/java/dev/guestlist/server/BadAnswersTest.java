package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.json;
import static dev.guestlist.server.ServerFixture.page;
import static dev.guestlist.server.ServerFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import java.time.Duration;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that are not what was hoped for, at every call.
@Execution(ExecutionMode.CONCURRENT)
class BadAnswersTest {
  private ServerFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new ServerFixture();
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  void aWebPageIsNotAnAnswer(EveryCall call) {
    fixture.web.enqueue(page(200).build());
    assertThat(unreadable(call)).startsWith("a web page instead of ");
  }

  @ParameterizedTest
  @EnumSource
  void aTextIsNotAnAnswer(EveryCall call) {
    fixture.web.enqueue(
        new MockResponse.Builder().setHeader("Content-Type", "text/plain").body("{}").build());
    assertThat(unreadable(call)).contains("instead of ");
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyAnswerIsNotAnAnswer(EveryCall call) {
    fixture.answer(200, "");
    assertThat(unreadable(call)).contains("instead of ");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "INVITE")
  void jsonThatIsCutOffIsNotAnAnswer(EveryCall call) {
    fixture.answer(200, "{\"invitations\":[{\"id\":\"i-1\",\"username\":\"do");
    assertThat(unreadable(call)).contains("instead of ");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "INVITE")
  void aWrongRootIsNotAnAnswer(EveryCall call) {
    fixture.answer(200, call == EveryCall.BREADCRUMB ? "{\"id\":\"a\"}" : "[[1]]");
    unreadable(call);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "INVITE")
  void nothingButNullIsNotAnAnswer(EveryCall call) {
    fixture.answer(200, "null");
    unreadable(call);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "INVITE")
  void deepNestingIsNotAnAnswer(EveryCall call) {
    String deep = "[".repeat(5000) + "]".repeat(5000);
    fixture.answer(200, call == EveryCall.BREADCRUMB ? deep : "{\"x\":" + deep + "}");
    unreadable(call);
  }

  @ParameterizedTest
  @EnumSource
  void aGzipBombIsStopped(EveryCall call) throws Exception {
    Buffer packed = new Buffer();
    try (var gzip = Okio.buffer(new GzipSink(packed))) {
      gzip.writeUtf8("{\"invitations\":");
      for (int i = 0; i < 32; i++) {
        gzip.writeUtf8(" ".repeat(1024 * 1024));
      }
    }
    assertThat(packed.size()).isLessThan(100_000);
    fixture.web.enqueue(
        new MockResponse.Builder()
            .setHeader("Content-Type", "application/json")
            .setHeader("Content-Encoding", "gzip")
            .body(packed)
            .build());
    unreadable(call);
  }

  @ParameterizedTest
  @EnumSource
  void anEndlessAnswerIsStopped(EveryCall call) throws Exception {
    try (RawServer endless =
        new RawServer(out -> {
          RawServer.write(out, RawServer.JSON_HEAD + "{\"invitations\":");
          while (true) {
            RawServer.write(out, " ".repeat(8192));
          }
        })) {
      IdentityServer server = fixture.at(endless.address());
      assertThat(problemOf(() -> call.make(server))).isInstanceOf(Problem.Unreadable.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTrickleOfBytesEnds(EveryCall call) throws Exception {
    try (RawServer trickle =
        new RawServer(out -> {
          RawServer.write(out, RawServer.JSON_HEAD + "{\"invitations\":");
          while (true) {
            RawServer.pause(Duration.ofMillis(50));
            RawServer.write(out, " ");
          }
        })) {
      IdentityServer server = fixture.at(trickle.address(), ServerFixture.VERY_SHORT);
      Problem problem = problemOf(() -> call.make(server));
      if (call == EveryCall.DELETE || call == EveryCall.ACCEPT) {
        // the status alone says that this is no 204
        assertThat(problem).isInstanceOf(Problem.Unreadable.class);
      } else {
        assertThat(problem).isEqualTo(new Problem.Unreachable("127.0.0.1", true));
      }
      assertThat(trickle.requests()).isEqualTo(1);
    }
  }

  @Test
  void aTrickleOfAnErrorEndsAlsoWhereAListMayTakeAnyTime() throws Exception {
    String head =
        "HTTP/1.1 400 Bad\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{";
    try (RawServer trickle =
        new RawServer(out -> {
          RawServer.write(out, head);
          while (true) {
            RawServer.pause(Duration.ofMillis(50));
            RawServer.write(out, " ");
          }
        })) {
      IdentityServer server = fixture.at(trickle.address(), ServerFixture.VERY_SHORT);
      assertThat(problemOf(() -> EveryCall.INVITATIONS.make(server)))
          .isEqualTo(new Problem.Unreachable("127.0.0.1", true));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNeverFollowed(int status) throws Exception {
    try (MockWebServer elsewhere = new MockWebServer()) {
      elsewhere.start();
      for (EveryCall call : EveryCall.values()) {
        fixture.web.enqueue(
            new MockResponse.Builder()
                .code(status)
                .setHeader("Location", "http://localhost:" + elsewhere.getPort() + "/t/acme")
                .build());
        assertThat(unreadable(call)).startsWith("a redirect that points to localhost instead of ");
      }
      assertThat(elsewhere.getRequestCount()).isZero();
      assertThat(fixture.requests()).isEqualTo(EveryCall.values().length);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://other.example/x, points to other.example",
    "/login, points to 127.0.0.1",
    "file:///etc/passwd, points nowhere",
    "'', points to 127.0.0.1"
  })
  void aRedirectNamesItsTarget(String location, String named) {
    fixture.web.enqueue(
        new MockResponse.Builder().code(302).setHeader("Location", location).build());
    assertThat(unreadable(EveryCall.GROUPS))
        .isEqualTo("a redirect that " + named + " instead of a list of groups");
  }

  @ParameterizedTest
  @EnumSource
  void aMissingScopeIsNamed(EveryCall call) {
    fixture.answer(403, "{\"code\":403,\"message\":\"Forbidden\",\"description\":\"No.\"}");
    Problem problem = problemOf(() -> call.make(fixture.server));
    assertThat(problem)
        .isEqualTo(
            call.scope().isEmpty()
                ? new Problem.Rejected(Reason.OTHER, "403", "Forbidden No.")
                : new Problem.NotAllowed(call.scope()));
    assertThat(fixture.requests()).isEqualTo(1);
  }

  @Test
  void aMissingScopeIsNamedInTheShapeOfScimToo() {
    fixture.answer(403, "{\"status\":403,\"detail\":\"Forbidden\",\"schemas\":[\"x:Error\"]}");
    assertThat(problemOf(() -> EveryCall.ROLES.make(fixture.server)))
        .isEqualTo(new Problem.NotAllowed("internal_org_role_mgt_view"));
  }

  @Test
  void aLimitOfTheSubscriptionIsNotAMissingScope() {
    fixture.answer(403, "{\"code\":\"OUI-70001\",\"message\":\"Limit reached.\"}");
    assertThat(problemOf(() -> EveryCall.INVITE.make(fixture.server)))
        .isEqualTo(new Problem.Rejected(Reason.OTHER, "OUI-70001", "Limit reached."));
  }

  @ParameterizedTest
  @EnumSource
  void aFaultCarriesCodeAndTrace(EveryCall call) {
    fixture.answer(500, "{\"code\":\"SE-50000\",\"message\":\"M\",\"traceId\":\"t-9\"}");
    Problem problem = problemOf(() -> call.make(fixture.server));
    assertThat(problem).isEqualTo(new Problem.ServerFault(500, "SE-50000", "t-9"));
    assertThat(fixture.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 501, 502, 503, 504})
  void aFaultOfSomethingInFrontIsAFault(int status) {
    fixture.web.enqueue(page(status).build());
    assertThat(problemOf(() -> EveryCall.INVITE.make(fixture.server)))
        .isEqualTo(new Problem.ServerFault(status, "", ""));
  }

  @Test
  void aPauseThatSomethingInFrontAsksForIsKeptByReadsOnly() {
    fixture.web.enqueue(page(503).setHeader("Retry-After", "7").build());
    assertThat(problemOf(() -> EveryCall.ROLES.make(fixture.server)))
        .isEqualTo(
            new Problem.Busy(Problem.Busy.Cause.OVERLOADED, Optional.of(Duration.ofSeconds(7))));
    fixture.web.enqueue(page(503).setHeader("Retry-After", "7").build());
    assertThat(problemOf(() -> EveryCall.INVITE.make(fixture.server)))
        .isEqualTo(new Problem.ServerFault(503, "", ""));
  }

  @Test
  void withoutATraceOfTheServerTheIdThatWasSentIsShown() throws Exception {
    fixture.answer(500, "{\"code\":\"SE-50000\"}");
    Problem.ServerFault fault =
        (Problem.ServerFault) raw(() -> EveryCall.ROLES.make(fixture.server));
    assertThat(fault.trace())
        .isNotBlank()
        .isEqualTo(fixture.request().getHeaders().get("activityid"));
    fixture.answer(400, "{\"code\":\"OUI-60001\"}");
    Problem.Rejected rejected = (Problem.Rejected) raw(() -> EveryCall.DELETE.make(fixture.server));
    assertThat(rejected.trace())
        .isNotBlank()
        .isEqualTo(fixture.request().getHeaders().get("activityid"));
  }

  @Test
  void theTraceOfTheServerIsPreferred() {
    fixture.answer(400, "{\"code\":\"OUI-60001\",\"traceId\":\"t-7\"}");
    assertThat(((Problem.Rejected) raw(() -> EveryCall.DELETE.make(fixture.server))).trace())
        .isEqualTo("t-7");
  }

  private static Problem raw(ServerFixture.Attempt attempt) {
    return catchThrowableOfType(ProblemException.class, attempt::run).problem();
  }

  @Test
  void aFaultOfScimIsAFault() {
    fixture.web.enqueue(
        json(500, "{\"status\":\"500\",\"schemas\":[\"x:Error\"]}")
            .setHeader("Content-Type", "application/scim+json")
            .build());
    assertThat(problemOf(() -> EveryCall.GROUPS.make(fixture.server)))
        .isEqualTo(new Problem.ServerFault(500, "500", ""));
  }

  @ParameterizedTest
  @EnumSource
  void theServersOwn503IsBusy(EveryCall call) {
    fixture.answer(503, "{\"code\":503,\"message\":\"Forbidden\"}");
    assertThat(problemOf(() -> call.make(fixture.server)))
        .isEqualTo(new Problem.Busy(Problem.Busy.Cause.OVERLOADED, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "0, 0",
    "3600, 900",
    "99999999999999999999, 900",
    "'Sun, 01 Mar 2026 10:00:30 GMT', 30",
    "'Sun, 01 Mar 2026 09:00:00 GMT', 0",
    "'Mon, 01 Mar 2027 09:00:00 GMT', 900"
  })
  void aPauseIsReadInSecondsOrAsADate(String header, long seconds) {
    fixture.web.enqueue(
        new MockResponse.Builder()
            .code(429)
            .setHeader("Date", "Sun, 01 Mar 2026 10:00:00 GMT")
            .setHeader("Retry-After", header)
            .build());
    assertThat(problemOf(() -> EveryCall.INVITE.make(fixture.server)))
        .isEqualTo(new Problem.Busy(Optional.of(Duration.ofSeconds(seconds))));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "soon", "-5", "1.5"})
  void aPauseThatMakesNoSenseIsIgnored(@org.jspecify.annotations.Nullable String header) {
    MockResponse.Builder busy = page(429);
    if (header != null) {
      busy.setHeader("Retry-After", header);
    }
    fixture.web.enqueue(busy.build());
    assertThat(problemOf(() -> EveryCall.GROUPS.make(fixture.server)))
        .isEqualTo(new Problem.Busy(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 406, 409, 413, 415})
  void aBareStatusIsARefusal(int status) {
    fixture.answerEmpty(status);
    assertThat(problemOf(() -> EveryCall.GROUPS.make(fixture.server)))
        .isEqualTo(new Problem.Rejected(Reason.OTHER, String.valueOf(status), ""));
  }

  @Test
  void anUnknownTenantIsARefusalInTheServersWords() {
    fixture.answer(
        404,
        """
        {"code":404,"message":"Not Found","description":"acme is an invalid tenant domain"}\
        """);
    assertThat(problemOf(() -> EveryCall.INVITATIONS.make(fixture.server)))
        .isEqualTo(
            new Problem.Rejected(
                Reason.OTHER, "404", "Not Found acme is an invalid tenant domain"));
  }

  @Test
  void anUnknownTenantCanBeAWebPageToo() {
    fixture.web.enqueue(page(404).build());
    assertThat(unreadable(EveryCall.INVITATIONS))
        .isEqualTo("a web page (404) instead of a list of invitations");
  }

  @Test
  void scimSaysWhyInItsOwnShape() {
    fixture.web.enqueue(
        json(
                400,
                """
                {"schemas":["x:Error"],"scimType":"invalidFilter","detail":"Bad filter.",
                 "status":"400"}\
                """)
            .setHeader("Content-Type", "application/scim+json;charset=UTF-8")
            .build());
    assertThat(problemOf(() -> EveryCall.MEMBER.make(fixture.server)))
        .isEqualTo(new Problem.Rejected(Reason.OTHER, "invalidFilter", "Bad filter."));
  }

  @Test
  void anErrorThatCannotBeReadIsStillARefusal() {
    fixture.answer(400, "{\"code\":\"OUI-6");
    assertThat(problemOf(() -> EveryCall.INVITE.make(fixture.server)))
        .isEqualTo(new Problem.Rejected(Reason.OTHER, "400", ""));
  }

  @Test
  void theServersWordsAreOneShortLine() {
    fixture.answer(
        400, "{\"code\":\"X-1\",\"message\":\"a\\r\\nb\\u001b[31m" + "c".repeat(2000) + "\"}");
    assertThat(problemOf(() -> EveryCall.INVITE.make(fixture.server)))
        .isInstanceOfSatisfying(
            Problem.Rejected.class,
            rejected -> assertThat(rejected.serverText()).startsWith("a b [31mccc").hasSize(501));
  }

  @ParameterizedTest
  @EnumSource
  void anUnknownRefusalIsSaidInTheServersWords(EveryCall call) {
    fixture.answer(400, "{\"code\":\"ZZ-1\",\"message\":\"No.\",\"description\":\"Never.\"}");
    assertThat(problemOf(() -> call.make(fixture.server)))
        .isEqualTo(new Problem.Rejected(Reason.OTHER, "ZZ-1", "No. Never."));
  }

  private String unreadable(EveryCall call) {
    Problem problem = problemOf(() -> call.make(fixture.server));
    assertThat(problem).isInstanceOf(Problem.Unreadable.class);
    return ((Problem.Unreadable) problem).what();
  }
}
