package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.json;
import static dev.guestlist.server.ServerFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/// Calls that get no answer, and how often the server saw them.
@Execution(ExecutionMode.CONCURRENT)
class NoAnswerTest {
  private ServerFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new ServerFixture();
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  static List<EveryCall> writes() {
    List<EveryCall> writes = new ArrayList<>();
    for (EveryCall call : EveryCall.values()) {
      if (call.once()) {
        writes.add(call);
      }
    }
    return writes;
  }

  @Nested
  class NothingWasSent {

    @ParameterizedTest
    @EnumSource
    void whenTheConnectionIsRefused(EveryCall call) throws Exception {
      int port;
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
        port = socket.getLocalPort();
      }
      IdentityServer server = fixture.at(URI.create("http://127.0.0.1:" + port));
      assertThat(problemOf(() -> call.make(server)))
          .isEqualTo(new Problem.Unreachable("127.0.0.1", false));
    }

    @ParameterizedTest
    @MethodSource("dev.guestlist.server.NoAnswerTest#writes")
    void whenTheNameIsNotFound(EveryCall call) {
      IdentityServer server = fixture.at(URI.create("https://no-such-host.invalid"));
      assertThat(problemOf(() -> call.make(server)))
          .isEqualTo(new Problem.Unreachable("no-such-host.invalid", false));
    }

    @Test
    void whenTheHandshakeIsCut() throws Exception {
      // the port speaks no TLS at all
      IdentityServer server = fixture.at(URI.create("https://127.0.0.1:" + fixture.web.getPort()));
      assertThat(problemOf(() -> EveryCall.INVITE.make(server)))
          .isEqualTo(new Problem.Unreachable("127.0.0.1", false));
    }

    @Test
    void whenTheHandshakeNeverComes() throws Exception {
      try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
        IdentityServer server =
            fixture.at(URI.create("https://127.0.0.1:" + silent.getLocalPort()));
        assertThat(problemOf(() -> EveryCall.INVITE.make(server)))
            .isEqualTo(new Problem.Unreachable("127.0.0.1", false));
      }
    }
  }

  @Nested
  class ItMayHaveArrived {

    @ParameterizedTest
    @EnumSource
    void whenTheServerStaysSilent(EveryCall call) throws Exception {
      try (RawServer silent = new RawServer(out -> RawServer.pause(ServerFixture.SHORT.call()))) {
        IdentityServer server = fixture.at(silent.address(), ServerFixture.VERY_SHORT);
        assertThat(problemOf(() -> call.make(server)))
            .isEqualTo(new Problem.Unreachable("127.0.0.1", true));
        assertThat(silent.requests()).isEqualTo(1);
      }
    }

    @ParameterizedTest
    @EnumSource
    void whenTheConnectionEndsAfterTheRequest(EveryCall call) {
      fixture.web.enqueue(
          new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
      assertThat(problemOf(() -> call.make(fixture.server)))
          .isEqualTo(new Problem.Unreachable("127.0.0.1", true));
      assertThat(fixture.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheConnectionEndsInTheMiddleOfTheAnswer(EveryCall call) {
      fixture.web.enqueue(
          json(200, "{\"invitations\":[" + " ".repeat(100_000) + "]}")
              .onResponseBody(new SocketEffect.CloseSocket())
              .build());
      Problem problem = problemOf(() -> call.make(fixture.server));
      if (call == EveryCall.DELETE || call == EveryCall.ACCEPT) {
        assertThat(problem).isInstanceOf(Problem.Unreadable.class);
      } else {
        assertThat(problem).isEqualTo(new Problem.Unreachable("127.0.0.1", true));
      }
      assertThat(problem.mayHaveHappened()).isTrue();
      assertThat(fixture.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
        mode = Mode.EXCLUDE,
        names = {"DELETE", "ACCEPT"})
    void whenLessComesThanWasPromised(EveryCall call) throws Exception {
      try (RawServer liar =
          new RawServer(out ->
              RawServer.write(
                  out,
                  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 500\r\n\r\n{\"invitations\":["))) {
        IdentityServer server = fixture.at(liar.address());
        assertThat(problemOf(() -> call.make(server)))
            .isEqualTo(new Problem.Unreachable("127.0.0.1", true));
      }
    }
  }

  /// What the library would send again by itself, the server must see once.
  @Nested
  class AWriteLeavesOnce {

    @ParameterizedTest
    @MethodSource("dev.guestlist.server.NoAnswerTest#writes")
    void after503WithRetryAfterZero(EveryCall call) {
      seenOnce(call, json(503, "{\"code\":503}").setHeader("Retry-After", "0"));
    }

    @ParameterizedTest
    @MethodSource("dev.guestlist.server.NoAnswerTest#writes")
    void after408(EveryCall call) {
      seenOnce(call, new MockResponse.Builder().code(408));
    }

    @ParameterizedTest
    @MethodSource("dev.guestlist.server.NoAnswerTest#writes")
    void after421(EveryCall call) {
      seenOnce(call, new MockResponse.Builder().code(421));
    }

    @ParameterizedTest
    @MethodSource("dev.guestlist.server.NoAnswerTest#writes")
    void after429(EveryCall call) {
      seenOnce(call, new MockResponse.Builder().code(429).setHeader("Retry-After", "0"));
    }

    @ParameterizedTest
    @MethodSource("dev.guestlist.server.NoAnswerTest#writes")
    void after307(EveryCall call) {
      seenOnce(call, new MockResponse.Builder().code(307).setHeader("Location", "/elsewhere"));
    }

    @ParameterizedTest
    @MethodSource("dev.guestlist.server.NoAnswerTest#writes")
    void after302(EveryCall call) {
      seenOnce(call, new MockResponse.Builder().code(302).setHeader("Location", "/elsewhere"));
    }

    @ParameterizedTest
    @MethodSource("dev.guestlist.server.NoAnswerTest#writes")
    void afterAKeptConnectionBroke(EveryCall call) throws Exception {
      fixture.answer(200, "{}");
      EveryCall.GROUPS.make(fixture.server);
      fixture.web.enqueue(
          new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
      fixture.web.enqueue(json(200, "[]").build());
      assertThat(problemOf(() -> call.make(fixture.server)))
          .isEqualTo(new Problem.Unreachable("127.0.0.1", true));
      assertThat(fixture.requests()).isEqualTo(2);
    }

    private void seenOnce(EveryCall call, MockResponse.Builder first) {
      fixture.web.enqueue(first.build());
      fixture.web.enqueue(json(200, "[]").build());
      problemOf(() -> call.make(fixture.server));
      assertThat(fixture.requests()).isEqualTo(1);
    }
  }

  @Nested
  class ARead {

    @ParameterizedTest
    @EnumSource(names = {"GROUPS", "INVITATIONS", "ROOT"})
    void isSentOnceMoreWhenAKeptConnectionBroke(EveryCall call) throws Exception {
      fixture.answer(200, "{}");
      EveryCall.GROUPS.make(fixture.server);
      fixture.web.enqueue(
          new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
      fixture.answer(200, "{\"id\":\"root-id\",\"name\":\"Acme\"}");
      assertThatCode(() -> call.make(fixture.server)).doesNotThrowAnyException();
      assertThat(fixture.requests()).isEqualTo(3);
    }

    @Test
    void isSentOnceMoreAtMost() throws Exception {
      fixture.answer(200, "{}");
      EveryCall.GROUPS.make(fixture.server);
      for (int i = 0; i < 3; i++) {
        fixture.web.enqueue(
            new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
      }
      assertThat(problemOf(() -> EveryCall.GROUPS.make(fixture.server)))
          .isEqualTo(new Problem.Unreachable("127.0.0.1", true));
      assertThat(fixture.requests()).isEqualTo(3);
    }
  }

  @Test
  void everyAddressOfAHostIsTried() throws Exception {
    // localhost may stand for ::1 first, where nobody listens
    fixture.answer(200, "{}");
    IdentityServer server = fixture.at(URI.create("http://localhost:" + fixture.web.getPort()));
    assertThat(server.enter(ServerFixture.CHILD).groups()).isEmpty();
  }

  @Test
  void closingEndsARunningCall() throws Exception {
    try (RawServer silent = new RawServer(out -> RawServer.pause(ServerFixture.SHORT.call()))) {
      Limits patient =
          new Limits(
              ServerFixture.SHORT.connect(),
              java.time.Duration.ofSeconds(20),
              java.time.Duration.ofSeconds(20),
              1024);
      IdentityServer server = fixture.at(silent.address(), patient);
      var outcome = new java.util.concurrent.CompletableFuture<Problem>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              server.root();
            } catch (ProblemException e) {
              outcome.complete(e.problem());
            }
          });
      org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
          java.time.Duration.ofSeconds(5),
          () -> {
            while (silent.requests() == 0) {
              Thread.onSpinWait();
            }
          });
      server.close();
      assertThat(outcome.get(2, TimeUnit.SECONDS))
          .isEqualTo(new Problem.Unreachable("127.0.0.1", true));
    }
  }
}
