package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private static Turns turns(int calls, Duration within, Duration longest) {
    return new Turns(Optional.of(new Limits.Pace(calls, within)), longest);
  }

  @Test
  void callsBeyondTheNumberWaitUntilTheFirstOfThemIsLongEnoughAgo() throws Exception {
    Turns turns = turns(3, Duration.ofMillis(300), LONG);
    long start = System.nanoTime();
    for (int call = 0; call < 7; call++) {
      turns.take(Endpoint.ROOT);
    }
    // the fourth waits once, the seventh twice
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(600));
  }

  @Test
  void eachGroupOfInterfacesCountsByItself() throws Exception {
    Turns turns = turns(1, LONG, Duration.ofSeconds(1));
    turns.take(Endpoint.ROOT);
    turns.take(Endpoint.INVITATIONS);
    turns.take(Endpoint.USERS);
    turns.take(Endpoint.SWITCH);
    turns.take(Endpoint.DISCOVERY);
    for (Endpoint again :
        new Endpoint[] {
          Endpoint.ENTERABLE, Endpoint.INVITE, Endpoint.GROUPS, Endpoint.KEYS, Endpoint.DISCOVERY
        }) {
      assertThat(problemOf(() -> take(turns, again))).isInstanceOf(Problem.Busy.class);
    }
  }

  @Test
  void whoeverWouldWaitTooLongIsToldAtOnceHowLong() throws Exception {
    Turns turns = turns(2, Duration.ofMinutes(2), Duration.ofSeconds(30));
    turns.take(Endpoint.INVITE);
    turns.take(Endpoint.INVITE);
    Problem problem = problemOf(() -> take(turns, Endpoint.INVITE));
    assertThat(problem).isInstanceOf(Problem.Busy.class);
    assertThat(((Problem.Busy) problem).retryAfter().orElseThrow())
        .isBetween(Duration.ofSeconds(100), Duration.ofMinutes(2));
  }

  @Test
  void closingLetsGoOfThoseWhoWait() throws Exception {
    Turns turns = turns(1, LONG, LONG);
    turns.take(Endpoint.ROOT);
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<Boolean> waiting =
        new FutureTask<>(() -> {
          begun.countDown();
          assertThatThrownBy(() -> turns.take(Endpoint.ROOT)).isInstanceOf(IOException.class);
          return true;
        });
    Thread.ofVirtual().start(waiting);
    assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
    turns.close();
    assertThat(waiting.get(5, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "api.asgardeo.io, 200",
    "api.eu.asgardeo.io, 200",
    "API.ASGARDEO.IO, 200",
    "asgardeo.io.example, 0",
    "notasgardeo.io, 0",
    "id.acme.example, 0"
  })
  void onlyAsgardeoHasALimitOfItsOwn(String host, int calls) {
    assertThat(Limits.USUAL.paceFor(host))
        .isEqualTo(
            calls == 0
                ? Optional.empty()
                : Optional.of(new Limits.Pace(calls, Duration.ofMinutes(1))));
  }

  @Test
  void theLimitHoldsForRealCalls() throws Exception {
    Limits limits = ServerFixture.SHORT.withPace(new Limits.Pace(1, Duration.ofMinutes(1)));
    try (ServerFixture fixture = new ServerFixture(limits)) {
      fixture.answer(200, "{\"id\":\"root-id\",\"name\":\"Acme\"}");
      assertThat(fixture.server.root().name()).isEqualTo("Acme");
      Problem problem = problemOf(fixture.server::root);
      assertThat(problem).isInstanceOf(Problem.Busy.class);
      assertThat(problem.mayHaveHappened()).isFalse();
      assertThat(fixture.requests()).isEqualTo(1);
    }
  }

  private static void take(Turns turns, Endpoint endpoint)
      throws dev.guestlist.model.ProblemException {
    try {
      turns.take(endpoint);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
