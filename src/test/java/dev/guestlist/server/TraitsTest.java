package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Username;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is learned about a server from its answers.
class TraitsTest {
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
  @CsvSource({"1, 5, yes", "5, 5, no", "2, 0, no", "1, 1, unknown", "0, 0, unknown"})
  void groupsComeInPagesWhereOneIsGivenOfMany(int rows, int total, String paged) throws Exception {
    String group = "{\"id\":\"g%d\",\"displayName\":\"PRIMARY/g%d\"}";
    List<String> groups =
        java.util.stream.IntStream.range(0, rows)
            .mapToObj(number -> group.replace("%d", String.valueOf(number)))
            .toList();
    fixture.answer(
        200, "{\"totalResults\":" + total + ",\"Resources\":[" + String.join(",", groups) + "]}");
    assertThat(fixture.child().pagesGroups())
        .isEqualTo(paged.equals("unknown") ? Optional.empty() : Optional.of(paged.equals("yes")));
    assertThat(fixture.request().getUrl().query()).contains("count=1").contains("startIndex=1");
  }

  @Test
  void whetherPropertiesAreKnownIsLearnedFromTheAnswerToAnInvitation() throws Exception {
    OrganizationAccess child = fixture.child();
    assertThat(child.knowsProperties()).isEmpty();
    fixture.answer(200, "[]");
    invite(child);
    assertThat(child.knowsProperties()).contains(true);
  }

  @Test
  void anOlderServerRefusesProperties() throws Exception {
    OrganizationAccess child = fixture.child();
    fixture.answer(400, "{\"code\":\"UE-10000\",\"message\":\"Invalid Request.\"}");
    assertThat(problemOf(() -> invite(child))).isNotNull();
    assertThat(child.knowsProperties()).contains(false);
    assertThat(fixture.requests()).isEqualTo(1);
  }

  private static void invite(OrganizationAccess child) throws dev.guestlist.model.ProblemException {
    var _ =
        child.invite(
            List.of(new Username("anna", Optional.empty())),
            Optional.empty(),
            List.of(),
            List.of(),
            false);
  }

  @Test
  void theDifferenceOfTheClocksIsThatOfTheLastAnswer() throws Exception {
    assertThat(fixture.server.clockDifference()).isEmpty();
    answerAt(Duration.ofMinutes(-10));
    fixture.server.root();
    assertThat(fixture.server.clockDifference().orElseThrow())
        .isBetween(Duration.ofSeconds(-603), Duration.ofSeconds(-597));
    answerAt(Duration.ZERO);
    fixture.server.root();
    assertThat(fixture.server.clockDifference().orElseThrow().abs())
        .isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void anAnswerFromACacheSaysNothingAboutTheClock() throws Exception {
    fixture.web.enqueue(
        ServerFixture.json(200, "{\"id\":\"root-id\",\"name\":\"Acme\"}")
            .setHeader("Date", "Mon, 01 Jan 2024 00:00:00 GMT")
            .setHeader("Age", "60")
            .build());
    fixture.server.root();
    assertThat(fixture.server.clockDifference()).isEmpty();
  }

  private void answerAt(Duration moved) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            InstantSource.system().instant().plus(moved).atOffset(ZoneOffset.UTC));
    fixture.web.enqueue(
        ServerFixture.json(200, "{\"id\":\"root-id\",\"name\":\"Acme\"}")
            .setHeader("Date", date)
            .build());
  }
}
