package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.Invitation;
import dev.guestlist.model.Problem;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Invitation lists of any length.
@Execution(ExecutionMode.CONCURRENT)
class InvitationStreamTest {
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
  void handsOnARowBeforeTheRestWasSent() throws Exception {
    CountDownLatch firstRowArrived = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(out -> {
          RawServer.write(out, RawServer.JSON_HEAD + "{\"invitations\":[" + row(1) + ",");
          if (firstRowArrived.await(5, TimeUnit.SECONDS)) {
            RawServer.write(out, row(2) + "]}");
          }
        })) {
      List<String> names = new ArrayList<>();
      Limits patient =
          new Limits(Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofSeconds(1), 100_000);
      fixture
          .at(server.address(), patient)
          .enter(ServerFixture.CHILD)
          .invitations(invitation -> {
            names.add(invitation.username());
            firstRowArrived.countDown();
          });
      assertThat(names).containsExactly("name1", "name2");
    }
  }

  @Test
  void readsAHundredThousandRowsInTheMemoryOfOne() throws Exception {
    int rows = 100_000;
    String filler = "x".repeat(600);
    try (RawServer server =
        new RawServer(out -> {
          OutputStream buffered = new java.io.BufferedOutputStream(out, 64 * 1024);
          RawServer.write(buffered, RawServer.JSON_HEAD + "{\"invitations\":[");
          for (int i = 0; i < rows; i++) {
            String row = (i == 0 ? "" : ",") + row(i).replace("@acme.test", filler);
            buffered.write(row.getBytes(java.nio.charset.StandardCharsets.UTF_8));
          }
          RawServer.write(buffered, "]}");
        })) {
      AtomicInteger count = new AtomicInteger();
      long[] most = {0};
      Limits usual = Limits.USUAL;
      long before = usedAfterCollection();
      fixture
          .at(server.address(), usual)
          .enter(ServerFixture.CHILD)
          .invitations(invitation -> {
            if (count.incrementAndGet() % 25_000 == 0) {
              most[0] = Math.max(most[0], usedAfterCollection() - before);
            }
          });
      assertThat(count).hasValue(rows);
      // the text alone is over 70 MB
      assertThat(most[0]).isLessThan(16L * 1024 * 1024);
    }
  }

  @Test
  void hasNoLimitOnTheWholeTimeAsLongAsRowsCome() throws Exception {
    try (RawServer slow =
        new RawServer(out -> {
          RawServer.write(out, RawServer.JSON_HEAD + "{\"invitations\":[" + row(0));
          for (int i = 1; i < 10; i++) {
            RawServer.pause(Duration.ofMillis(100));
            RawServer.write(out, "," + row(i));
          }
          RawServer.write(out, "]}");
        })) {
      AtomicInteger count = new AtomicInteger();
      fixture
          .at(slow.address(), ServerFixture.VERY_SHORT)
          .enter(ServerFixture.CHILD)
          .invitations(invitation -> count.incrementAndGet());
      assertThat(count).hasValue(10);
    }
  }

  @Test
  void doesNotCountTheTimeOfTheReader() throws Exception {
    fixture.answer(200, "{\"invitations\":[" + row(1) + "," + row(2) + "]}");
    AtomicInteger count = new AtomicInteger();
    IdentityServer server = fixture.at(fixture.connection().server(), ServerFixture.VERY_SHORT);
    server
        .enter(ServerFixture.CHILD)
        .invitations(invitation -> {
          count.incrementAndGet();
          java.util.concurrent.locks.LockSupport.parkNanos(
              ServerFixture.VERY_SHORT.call().toNanos());
        });
    assertThat(count).hasValue(2);
  }

  @Test
  void handsOnWhatCameBeforeTheListWasCutOffAndThenSaysSo() {
    fixture.answer(200, "{\"invitations\":[" + row(1) + "," + row(2) + ",{\"id\":\"i-3\",\"us");
    List<Invitation> rows = new ArrayList<>();
    assertThat(problemOf(() -> fixture.child().invitations(rows::add)))
        .isEqualTo(
            new Problem.Unreadable("broken or unexpected JSON instead of a list of invitations"));
    assertThat(rows).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"invitations\":[]} {}",
        "{\"invitations\":[]}]",
        "{\"invitations\":[],\"invitations\":[]}",
        "{\"invitations\":{}}",
        "{\"invitations\":\"none\"}",
        "{\"invitations\":[[]]}",
        "{\"invitations\":[7]}",
        "{\"invitations\":[{\"id\":{},\"username\":\"d\",\"status\":\"PENDING\"}]}",
        "{\"invitations\":[",
        "{\"invitations\"",
        "[]",
        "\"text\"",
        "{",
        "nonsense"
      })
  void aListOfAnotherShapeIsUnreadable(String json) {
    fixture.answer(200, json);
    assertThat(problemOf(() -> fixture.child().invitations(row -> {})))
        .isInstanceOf(Problem.Unreadable.class);
  }

  @Test
  void aRowWithoutAnEndIsStopped() {
    fixture.answer(200, "{\"invitations\":[{\"id\":[" + "\"a\",".repeat(400_000) + "\"a\"]}]}");
    assertThat(problemOf(() -> fixture.child().invitations(row -> {})))
        .isInstanceOf(Problem.Unreadable.class);
  }

  @Test
  void aFailureOfTheReaderIsNotTakenForOneOfTheServer() {
    fixture.answer(200, "{\"invitations\":[" + row(1) + "]}");
    assertThatThrownBy(() ->
            fixture
                .child()
                .invitations(invitation -> {
                  throw new IllegalStateException("The disk is full.");
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The disk is full.");
  }

  private static String row(int i) {
    return "{\"id\":\"i-"
        + i
        + "\",\"username\":\"name"
        + i
        + "\",\"email\":\"n@acme.test\",\"status\":\"PENDING\","
        + "\"expiredAt\":\"2026-03-04 10:00:00.0\"}";
  }

  private static long usedAfterCollection() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
