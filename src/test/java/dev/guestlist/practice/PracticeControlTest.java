package dev.guestlist.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Execution(ExecutionMode.CONCURRENT)
class PracticeControlTest {
  private static final String GUESTS = "/t/acme/o/api/server/v1/guests";
  private static final String AMY = "{\"usernames\":[\"amy\"]}";

  @TempDir Path folder;
  private PracticeServer server;
  private PracticeControl control;
  private Caller caller;
  private String token;

  @BeforeEach
  void start() throws Exception {
    server = PracticeServer.start(PracticeServer.Options.in(folder));
    control = server.control();
    caller = new Caller(server);
    token = caller.childToken("pat", "Northwind");
    control.clearLog();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Caller.Reply invite(String body) throws Exception {
    return caller.post(GUESTS + "/invite", token, body);
  }

  private int listed() throws Exception {
    return caller.get(GUESTS + "/invitations", token).json().path("invitations").size();
  }

  private List<PracticeControl.Effect.Kind> effects() {
    return control.log().effects().stream().map(PracticeControl.Effect::kind).toList();
  }

  @Nested
  class TheConnection {
    @Test
    void endsBeforeTheWorkAndNothingWasDone() throws Exception {
      control.dropBeforeWork("guests/invite", 1);

      assertThatThrownBy(() -> invite(AMY)).isInstanceOf(IOException.class);

      assertThat(effects()).isEmpty();
      assertThat(control.log().requests().getLast().note()).isEqualTo("dropped before the work");
      assertThat(control.log().requests().getLast().status()).isZero();
      assertThat(invite(AMY).status()).isEqualTo(200);
    }

    @Test
    void endsAfterTheWorkAndEverythingWasDone() throws Exception {
      control.dropAfterWork("guests/invite", 1);

      assertThatThrownBy(() -> invite(AMY)).isInstanceOf(IOException.class);

      assertThat(effects()).containsExactly(PracticeControl.Effect.Kind.INVITED);
      assertThat(control.log().requests().getLast().note()).isEqualTo("done, then dropped");
      assertThat(control.log().requests().getLast().status()).isEqualTo(200);
      assertThat(invite(AMY).json().path(0).path("result").path("errorCode").asString())
          .isEqualTo("OUI-10018");
    }

    @Test
    void otherPathsAreNotTouched() throws Exception {
      control.dropBeforeWork("guests/invite", 2);

      assertThat(listed()).isPositive();
      assertThatThrownBy(() -> invite(AMY)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> invite(AMY)).isInstanceOf(IOException.class);
      assertThat(invite(AMY).status()).isEqualTo(200);
    }
  }

  @Test
  void anEndpointInTroubleAnswersWithItsOwnCodeAndDoesNothing() throws Exception {
    control.beInTrouble("/guests/", 2);

    assertThat(invite(AMY).text("code")).isEqualTo("OUI-65001");
    assertThat(caller.get(GUESTS + "/invitations", token).text("code")).isEqualTo("OUI-65002");
    assertThat(effects()).isEmpty();
    assertThat(invite(AMY).status()).isEqualTo(200);
  }

  @Nested
  class AnInviteCall {
    @Test
    void crashesInTheMiddleAndTheFirstPeopleAreInvited() throws Exception {
      control.crashInviteAfter(2);

      Caller.Reply reply = invite("{\"usernames\":[\"amy\",\"bob\",\"con.s\"]}");

      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.text("code")).isEqualTo("OUI-65001");
      assertThat(reply.text("description"))
          .isEqualTo("Could not create the invitation to the user [amy, bob, con.s].");
      assertThat(control.log().effects())
          .extracting(PracticeControl.Effect::person)
          .containsExactly("amy", "bob");
      assertThat(invite("{\"usernames\":[\"con.s\"]}").status()).isEqualTo(200);
    }

    @Test
    void crashesAfterTheLastPersonToo() throws Exception {
      control.crashInviteAfter(1);

      assertThat(invite(AMY).status()).isEqualTo(500);
      assertThat(effects()).hasSize(1);
    }

    @Test
    void refusesEverySoManythPerson() throws Exception {
      control.refuseEvery(2);

      JsonNode reply = invite("{\"usernames\":[\"amy\",\"bob\"]}").json();

      assertThat(reply.at("/0/result/status").asString()).isEqualTo("Successful");
      assertThat(reply.at("/1/result/errorCode").asString()).isEqualTo("OUI-10011");
    }
  }

  @Nested
  class Busy {
    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void nothingIsDoneAndTheFrontDoorSaysSo(int status) throws Exception {
      control.beBusy("guests", status, 1, OptionalInt.of(7));

      Caller.Reply reply = invite(AMY);

      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.header("Retry-After")).isEqualTo("7");
      assertThat(reply.json().path("code").asInt()).isEqualTo(status);
      assertThat(effects()).isEmpty();
      assertThat(invite(AMY).status()).isEqualTo(200);
    }

    @Test
    void canLeaveOutWhenToComeAgainAndCalls503Forbidden() throws Exception {
      control.beBusy("", 503, 1, OptionalInt.empty());

      Caller.Reply reply = invite(AMY);

      assertThat(reply.header("Retry-After")).isEmpty();
      assertThat(reply.text("message")).isEqualTo("Forbidden");
    }
  }

  @Test
  void slowAnswersTakeTheirTime() throws Exception {
    control.answerSlowly(Duration.ofMillis(300));
    long before = System.nanoTime();
    assertThat(listed()).isPositive();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(290));
  }

  @Test
  void theListCanBeRefused() throws Exception {
    control.refuseLists(1);

    Caller.Reply refused = caller.get(GUESTS + "/invitations", token);

    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused.text("code")).isEqualTo("OUI-65002");
    assertThat(listed()).isEqualTo(148);
  }

  @Test
  void endedSessionsAreOverInEveryOrganization() throws Exception {
    Caller.Reply root = caller.signIn("pat", "SYSTEM");
    control.endSessions("pat");

    assertThat(caller.get(GUESTS + "/invitations", token).status()).isEqualTo(401);
    assertThat(
            caller.get("/t/acme/api/server/v1/organizations", root.text("access_token")).status())
        .isEqualTo(401);
    token = caller.childToken("pat", "Northwind");
    assertThat(listed()).isEqualTo(148);
  }

  @Test
  void aRightIsTakenFromRunningAndNewTokensInOneOrganizationAndGivenBack() throws Exception {
    String scope = "internal_org_guest_mgt_invite_add";
    control.takeRight("pat", "Northwind", scope);

    assertThat(invite(AMY).status()).isEqualTo(403);
    String contoso = caller.childToken("pat", "Contoso");
    assertThat(caller.post(GUESTS + "/invite", contoso, AMY).status()).isEqualTo(200);
    String root = caller.rootToken("pat");
    assertThat(caller.enter(root, caller.id("Northwind"), "SYSTEM").text("scope"))
        .doesNotContain(scope)
        .contains("internal_org_guest_mgt_invite_list");

    control.giveRight("pat", "Northwind", scope);
    assertThat(invite(AMY).status()).isEqualTo(200);
  }

  @Test
  void aRemovedGroupOrRoleRefusesTheWholeInvite() throws Exception {
    String group =
        caller
            .get("/t/acme/o/scim2/Groups?filter=displayName+eq+%22sales%22", token)
            .json()
            .at("/Resources/0/id")
            .asString();
    control.removeGroup("northwind", "sales");

    assertThat(invite("{\"usernames\":[\"amy\"],\"groups\":[\"" + group + "\"]}").text("code"))
        .isEqualTo("OUI-60014");
    assertThatThrownBy(() -> control.removeRole("Northwind", "No such role"))
        .hasMessageContaining("No such role");
    assertThatThrownBy(() -> control.removeGroup("Nowhere", "sales"))
        .hasMessage("No organization called Nowhere.");
  }

  @Test
  void theMovedClockMovesInvitationsAndTheDateHeaderButNoTokens() throws Exception {
    Instant before = control.now();
    control.moveClock(Duration.ofHours(100));

    Caller.Reply list = caller.get(GUESTS + "/invitations?filter=status+eq+PENDING", token);

    assertThat(list.status()).as("the token is good still").isEqualTo(200);
    assertThat(list.body()).as("but everything is over").isEqualTo("{}");
    Instant date =
        ZonedDateTime.parse(list.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    assertThat(date)
        .isAfterOrEqualTo(before.plus(Duration.ofHours(100)).truncatedTo(ChronoUnit.SECONDS));
    assertThat(list.response().headers().allValues("Date")).hasSize(1);
    assertThat(list.response().headers().allValues("Connection")).isEmpty();
  }

  @Test
  void othersInviteAcceptAndDelete() throws Exception {
    assertThat(control.othersInvite("Northwind", List.of("amy", "nobody", "lee.b")))
        .containsExactly("amy");
    assertThat(invite(AMY).json().at("/0/result/errorCode").asString()).isEqualTo("OUI-10018");
    assertThat(control.othersAccept("Northwind", 0, List.of("amy"))).containsExactly("amy");
    assertThat(control.othersDelete("Northwind", 3, List.of())).hasSize(3);

    assertThat(listed()).isEqualTo(145);
    assertThat(control.log().effects()).hasSize(5).allMatch(effect -> effect.request() == 0);
    assertThat(effects())
        .containsExactly(
            PracticeControl.Effect.Kind.INVITED,
            PracticeControl.Effect.Kind.ACCEPTED,
            PracticeControl.Effect.Kind.DELETED,
            PracticeControl.Effect.Kind.DELETED,
            PracticeControl.Effect.Kind.DELETED);
  }

  @Test
  void othersInviteWhoeverCanBeInvitedWhenNobodyIsNamed() throws Exception {
    assertThat(control.othersInvite("Northwind", 2)).containsExactly("amy", "bob");
    assertThat(listed()).isEqualTo(150);
  }

  @Test
  void theLogTiesEveryChangeToItsRequest() throws Exception {
    invite(AMY);

    PracticeControl.Request request = control.log().requests().getLast();
    PracticeControl.Effect effect = control.log().effects().getLast();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo(GUESTS + "/invite");
    assertThat(request.status()).isEqualTo(200);
    assertThat(effect.request()).isEqualTo(request.number());
    assertThat(effect.person()).isEqualTo("amy");
    assertThat(effect.organization()).isEqualTo(caller.id("Northwind"));
  }

  @Test
  void allWellTurnsEverythingOff() throws Exception {
    control.dropBeforeWork("", 5);
    control.beBusy("", 503, 5, OptionalInt.empty());
    control.crashInviteAfter(0);
    control.refuseLists(5);
    control.allWell();

    assertThat(invite(AMY).status()).isEqualTo(200);
    assertThat(listed()).isEqualTo(149);
  }

  @Test
  void resetBringsTheFirstDayBack() throws Exception {
    String id = caller.id("Northwind");
    invite(AMY);
    control.moveClock(Duration.ofHours(100));
    control.reset();

    assertThat(caller.get(GUESTS + "/invitations", token).status())
        .as("sessions are over")
        .isEqualTo(401);
    token = caller.childToken("pat", "Northwind");
    assertThat(listed()).isEqualTo(148);
    assertThat(new Caller(server).id("Northwind")).isEqualTo(id);
    assertThat(control.now()).isBefore(Instant.now().plusSeconds(5));
  }

  @Nested
  class AsJson {
    private Caller.Reply turn(String name, String body) throws Exception {
      return caller.post("/practice/" + name, "", body);
    }

    @Test
    void everySwitchCanBeTurned() throws Exception {
      for (String one :
          List.of(
              "slow {\"millis\":0}",
              "drop {\"when\":\"before\",\"path\":\"guests/invite\",\"count\":1}",
              "drop {\"when\":\"after\",\"path\":\"none\"}",
              "busy {\"status\":503,\"path\":\"none\",\"count\":2,\"retryAfter\":1}",
              "crash-invite {\"people\":1}",
              "trouble {\"path\":\"none\",\"count\":1}",
              "crash-accepts {\"count\":0}",
              "add-group {\"organization\":\"Northwind\",\"name\":\"newcomers\"}",
              "refuse-people {\"people\":0}",
              "refuse-lists {\"count\":0}",
              "take-right"
                  + " {\"username\":\"ina\",\"organization\":\"Northwind\",\"scope\":\"internal_org_guest_mgt_invite_add\"}",
              "give-right"
                  + " {\"username\":\"ina\",\"organization\":\"Northwind\",\"scope\":\"internal_org_guest_mgt_invite_add\"}",
              "remove-group {\"organization\":\"Northwind\",\"name\":\"legal\"}",
              "remove-role {\"organization\":\"Northwind\",\"name\":\"Editor\"}",
              "move-clock {\"by\":\"PT1H\"}",
              "end-sessions {\"username\":\"ina\"}")) {
        int blank = one.indexOf(' ');
        Caller.Reply reply = turn(one.substring(0, blank), one.substring(blank + 1));
        assertThat(reply.status()).as(one + reply.body()).isEqualTo(204);
      }
      assertThatThrownBy(() -> invite(AMY)).isInstanceOf(IOException.class);
      assertThat(invite(AMY).status()).as("crash-invite").isEqualTo(500);
      assertThat(turn("all-well", "{}").status()).isEqualTo(204);
      assertThat(turn("reset", "{}").status()).isEqualTo(204);
    }

    @Test
    void othersAndTheLogAnswer() throws Exception {
      Caller.Reply others =
          turn(
              "others",
              "{\"action\":\"invite\",\"organization\":\"Northwind\",\"usernames\":[\"amy\"]}");
      Caller.Reply log = caller.get("/practice/log", "");

      assertThat(others.json().at("/usernames/0").asString()).isEqualTo("amy");
      assertThat(log.json().at("/effects/0/kind").asString()).isEqualTo("INVITED");
    }

    @Test
    void aSwitchThatIsNotUnderstoodSaysWhy() throws Exception {
      assertThat(turn("drop", "{\"when\":\"never\"}").text("description"))
          .isEqualTo("when is before or after.");
      assertThat(turn("busy", "{\"status\":200}").text("description"))
          .isEqualTo("Busy is 429 or 503, not 200.");
      assertThat(turn("move-clock", "{\"by\":\"a day\"}").status()).isEqualTo(400);
      assertThat(turn("end-sessions", "{\"username\":\"who\"}").text("description"))
          .isEqualTo("No account called who.");
      assertThat(turn("others", "{}").status()).isEqualTo(400);
      assertThat(turn("slow", "{\"speed\":1}").status()).isEqualTo(400);
    }
  }

  @Nested
  class TheInbox {
    @Test
    void showsEveryMailWithItsButtonAndTheSameAsJson() throws Exception {
      invite("{\"usernames\":[\"amy\"]}");

      JsonNode mail = caller.get("/inbox.json", "").json().at("/mails/0");
      Caller.Reply page = caller.get("/inbox", "");

      assertThat(mail.path("person").asString()).isEqualTo("amy");
      assertThat(mail.path("to").asString()).isEqualTo("amy@partners.example");
      assertThat(mail.path("organization").asString()).isEqualTo("Northwind");
      assertThat(mail.path("text").asString()).contains(mail.path("link").asString());
      assertThat(Instant.parse(mail.path("sent").asString())).isBefore(control.now());
      assertThat(page.header("Content-Type")).startsWith("text/html");
      assertThat(page.body())
          .contains("Accept invitation")
          .contains("href=\"" + mail.path("link").asString() + "\"");
    }
  }
}
