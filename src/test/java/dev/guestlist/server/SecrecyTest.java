package dev.guestlist.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.ProblemException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.LoggerFactory;

/// Tokens, codes and secrets are looked for wherever they have no business.
@Execution(ExecutionMode.CONCURRENT)
class SecrecyTest {
  private static final List<String> SECRETS =
      List.of("root-1", "child-1", "new-token", "s3cret", EveryCall.CODE.reveal(), "c4nary");

  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("dev.guestlist");
  private Level before;
  private Level oursBefore;
  private ServerFixture fixture;

  @BeforeEach
  void start() throws Exception {
    before = all.getLevel();
    oursBefore = ours.getLevel();
    all.setLevel(Level.TRACE);
    ours.setLevel(Level.TRACE);
    written.start();
    all.addAppender(written);
    fixture = new ServerFixture();
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
    all.detachAppender(written);
    all.setLevel(before);
    ours.setLevel(oursBefore);
  }

  @Test
  void noSecretIsWrittenOrThrownWhateverTheServerAnswers() {
    StringBuilder seen = new StringBuilder();
    List<MockResponse.Builder> answers =
        List.of(
            ServerFixture.json(200, "{\"c4nary\":[\"c4nary\""),
            ServerFixture.json(200, "[{\"c4nary\":{\"c4nary\":\"c4nary\"}}]"),
            ServerFixture.json(400, "{\"code\":\"X\",\"message\":\"No.\"}"),
            ServerFixture.json(500, "c4nary"),
            new MockResponse.Builder().code(302).setHeader("Location", "/c4nary?c4nary=c4nary"));
    for (MockResponse.Builder answer : answers) {
      for (EveryCall call : EveryCall.values()) {
        fixture.web.enqueue(answer.build());
        try {
          call.make(fixture.server);
        } catch (ProblemException e) {
          StringWriter trace = new StringWriter();
          e.printStackTrace(new PrintWriter(trace));
          seen.append(e.problem()).append(trace);
        }
      }
    }
    fixture.web.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    seen.append(ServerFixture.problemOf(() -> EveryCall.INVITE.make(fixture.server)));
    for (EveryCall call : List.of(EveryCall.CHECK, EveryCall.ACCEPT)) {
      fixture.answer(400, "{\"message\":\"The code " + EveryCall.CODE.reveal() + " is not.\"}");
      seen.append(ServerFixture.problemOf(() -> call.make(fixture.server)));
    }
    // tests beside this one may log meanwhile
    List.copyOf(written.list)
        .forEach(event -> seen.append(event.getFormattedMessage()).append('\n'));
    assertThat(seen)
        .contains("POST /t/{root}/o/api/server/v1/guests/invite answered 400 after ")
        .contains("DELETE /t/{root}/o/api/server/v1/guests/invitations/{id} ")
        .doesNotContain(SECRETS);
  }

  @Test
  void noTextFormShowsASecret() {
    Tokens tokens =
        new Tokens("new-token", Optional.of("new-token"), Set.of(), ServerFixture.NOW, "alice");
    TokenJson json =
        new TokenJson(
            "new-token",
            "new-token",
            Optional.empty(),
            Optional.empty(),
            "new-token",
            Optional.empty());
    InviteResultJson result =
        new InviteResultJson("dora", EveryCall.CODE.reveal(), Optional.empty());
    Call call =
        Call.of(Endpoint.ACCEPT)
            .json(EveryCall.CODE.reveal())
            .basic("client", "s3cret")
            .hiding(EveryCall.CODE.reveal());
    InviteAnswer.Result outcome =
        new InviteAnswer.Result("dora", Optional.empty(), "", Optional.of(EveryCall.CODE));
    assertThat(List.of(tokens, json, result, call, outcome).toString())
        .contains("alice")
        .doesNotContain(SECRETS);
  }

  @Test
  void aTokenGoesOnlyToCallsThatNeedIt() throws Exception {
    fixture.answerEmpty(204);
    EveryCall.ACCEPT.make(fixture.server);
    fixture.answer(200, ServerFixture.tokenAnswer("new", ""));
    fixture.server.enter(new OrganizationId("new-id"));
    assertThat(fixture.request().getHeaders().get("Authorization")).isNull();
    assertThat(fixture.request().getHeaders().get("Authorization")).isNull();
  }
}
