package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Reason;
import dev.guestlist.server.InviteAnswer.Result;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InviteAnswerTest {

  @Test
  void hasAResultForEveryPersonInTheirOrder() throws Exception {
    InviteAnswer answer =
        InviteAnswer.asItCame(
            """
            [{"username":"dora","confirmationCode":"5e2ba1d4-2c4f-4b1a-9d0e-0123456789ab",
              "result":{"status":"Successful"}},
             {"username":"emil","result":{"status":"Successful"},"confirmationCode":null},
             {"username":"zoe","result":{"status":"Failed","errorCode":"OUI-10011",
              "errorMessage":"Invalid user identification provided.",
              "errorDescription":"Could not find an user with given username."}}]\
            """);
    assertThat(answer.results())
        .containsExactly(
            new Result(
                "dora",
                Optional.empty(),
                "",
                Optional.of(ConfirmationCode.asGiven("5e2ba1d4-2c4f-4b1a-9d0e-0123456789ab"))),
            new Result("emil", Optional.empty(), "", Optional.empty()),
            new Result(
                "zoe",
                Optional.of(Reason.UNKNOWN_USER),
                "OUI-10011 Invalid user identification provided. Could not find an user with"
                    + " given username.",
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "OUI-10011, UNKNOWN_USER",
    "OUI-10018, ALREADY_INVITED",
    "OUI-10030, NO_EMAIL",
    "OUI-10031, NO_CONSOLE_ACCESS",
    "OUI-10032, ALREADY_MEMBER",
    "OUI-10999, OTHER",
    "OUI-60013, OTHER"
  })
  void tellsWhyAPersonWasNotInvited(String code, Reason reason) throws Exception {
    InviteAnswer answer =
        InviteAnswer.asItCame(
            "[{\"username\":\"zoe\",\"result\":{\"status\":\"Failed\",\"errorCode\":\""
                + code
                + "\"}}]");
    assertThat(answer.results().getFirst().refused()).contains(reason);
  }

  @Test
  void aRefusalWithoutACodeIsStillARefusal() throws Exception {
    InviteAnswer answer =
        InviteAnswer.asItCame("[{\"username\":\"zoe\",\"result\":{\"status\":\"Failed\"}}]");
    assertThat(answer.results().getFirst().refused()).contains(Reason.OTHER);
  }

  @Test
  void aCodeOfAnUnknownFormIsNotLost() throws Exception {
    InviteAnswer answer =
        InviteAnswer.asItCame(
            "[{\"username\":\"d\",\"result\":{\"status\":\"Successful\"},"
                + "\"confirmationCode\":\"ABC 123\"}]");
    assertThat(answer.results().getFirst().code().orElseThrow().reveal()).isEqualTo("ABC 123");
  }

  @Test
  void nobodyInvitedIsNobody() throws Exception {
    assertThat(InviteAnswer.asItCame("[]").results()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "[{\"username\":\"d\",\"result\":{\"status\":\"Succ",
        "[{\"username\":\"d\"}]",
        "[{\"username\":\"d\",\"result\":{\"status\":\"Perhaps\"}}]",
        "[{\"result\":{\"status\":\"Successful\"}}]",
        "[{\"username\":\"d\",\"result\":\"Successful\"}]",
        "<html></html>"
      })
  void anAnswerOfAnotherShapeIsUnreadable(String text) {
    InviteAnswer answer = InviteAnswer.asItCame(text);
    assertThat(problemOf(answer::results)).isInstanceOf(Problem.Unreadable.class);
    assertThat(answer.reveal()).isEqualTo(text);
  }

  @Test
  void hidesItself() {
    assertThat(InviteAnswer.asItCame("[{\"confirmationCode\":\"secret\"}]"))
        .hasToString("InviteAnswer");
  }
}
