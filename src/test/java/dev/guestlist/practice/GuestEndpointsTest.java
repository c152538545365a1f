package dev.guestlist.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Execution(ExecutionMode.CONCURRENT)
class GuestEndpointsTest {
  private static final String GUESTS = "/t/acme/o/api/server/v1/guests";
  private static final String CODES =
      ",\"properties\":[{\"key\":\"manageNotificationsInternally\",\"value\":\"false\"}]}";

  @TempDir Path folder;
  private PracticeServer server;
  private Caller caller;
  private String token;

  @BeforeEach
  void start() throws Exception {
    server = PracticeServer.start(PracticeServer.Options.in(folder));
    caller = new Caller(server);
    token = caller.childToken("pat", "Northwind");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Caller.Reply invite(String body) throws Exception {
    return caller.post(GUESTS + "/invite", token, body);
  }

  /// Invites one person without mail and gives back the code.
  private String codeFor(String username) throws Exception {
    return invite("{\"usernames\":[\"" + username + "\"]" + CODES)
        .json()
        .path(0)
        .path("confirmationCode")
        .asString();
  }

  private Caller.Reply accept(String code) throws Exception {
    return caller.post(
        GUESTS + "/invitation/accept", "", "{\"confirmationCode\":\"" + code + "\"}");
  }

  private Caller.Reply introspect(String code) throws Exception {
    return caller.post(
        GUESTS + "/invitation/introspect", token, "{\"confirmationCode\":\"" + code + "\"}");
  }

  private List<JsonNode> listed(String username) throws Exception {
    return caller
        .get(GUESTS + "/invitations", token)
        .json()
        .path("invitations")
        .valueStream()
        .filter(one -> one.path("username").asString().equals(username))
        .toList();
  }

  private String idOf(String path) throws Exception {
    return caller
        .get("/t/acme/o/scim2" + path, token)
        .json()
        .path("Resources")
        .path(0)
        .path("id")
        .asString();
  }

  private static String error(Caller.Reply reply, int place) {
    return reply.json().path(place).path("result").path("errorCode").asString("");
  }

  @Nested
  class Inviting {
    @Test
    void unknownMembersAndBrokenBodiesAreRefused() throws Exception {
      for (String body :
          List.of(
              "{\"usernames\":[],\"extra\":1}",
              "{\"usernames\":\"amy\"}",
              "not json",
              "null",
              "{\"usernames\":[\"amy\"],\"properties\":[{\"key\":\"a\",\"other\":\"b\"}]}")) {
        Caller.Reply reply = invite(body);
        assertThat(reply.status()).as(body).isEqualTo(400);
        assertThat(reply.text("code")).as(body).isEqualTo("UE-10000");
        assertThat(reply.text("description"))
            .isEqualTo("Provided request body content is not in the expected format.");
      }
      assertThat(invite("{\"groups\":[]}").text("description"))
          .isEqualTo("Property usernames cannot be null.");
    }

    @Test
    void nobodyIsAnEmptyArrayAndAMissingNameIsAServerFault() throws Exception {
      assertThat(invite("{\"usernames\":[]}").body()).isEqualTo("[]");
      assertThat(invite("{\"usernames\":[null]}").text("code")).isEqualTo("SE-50000");
    }

    @Test
    void rolesAreCheckedBeforeGroupsAndGroupsBeforeTheStore() throws Exception {
      String names = "{\"usernames\":[\"amy\"],";
      Caller.Reply roles =
          invite(names + "\"roles\":[\"x\"],\"groups\":[\"x\"],\"userDomain\":\"NONE\"}");
      Caller.Reply groups = invite(names + "\"groups\":[\"x\"],\"userDomain\":\"NONE\"}");
      Caller.Reply store = invite(names + "\"userDomain\":\"NONE\"}");

      assertThat(roles.status()).isEqualTo(400);
      assertThat(roles.text("code")).isEqualTo("OUI-60013");
      assertThat(roles.text("message")).isEqualTo("Invalid role list provided.");
      assertThat(groups.text("code")).isEqualTo("OUI-60014");
      assertThat(store.status()).isEqualTo(500);
      assertThat(store.text("code")).isEqualTo("OUI-65001");
      assertThat(store.text("description"))
          .isEqualTo("Could not create the invitation to the user [amy].");
      assertThat(listed("amy")).isEmpty();
    }

    @Test
    void everyNameGetsItsOwnResultInOrder() throws Exception {
      Caller.Reply reply =
          invite(
              "{\"usernames\":[\"oli.e\",\"amy\",\"amy\",\"kim.a\",\"lee.b\",\" bob\",\"zoe.c\","
                  + "\"PRIMARY/bob\"]}");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(error(reply, 0)).isEqualTo("OUI-10032");
      assertThat(error(reply, 1)).isEmpty();
      assertThat(error(reply, 2)).isEqualTo("OUI-10018");
      assertThat(error(reply, 3)).isEqualTo("OUI-10011");
      assertThat(error(reply, 4)).isEqualTo("OUI-10030");
      assertThat(error(reply, 5)).as("names are not trimmed").isEqualTo("OUI-10011");
      assertThat(error(reply, 6)).as("a user of the child itself").isEqualTo("OUI-10032");
      assertThat(error(reply, 7)).isEmpty();
      assertThat(reply.json().path(7).path("username").asString()).isEqualTo("PRIMARY/bob");
      assertThat(listed("bob")).as("listed without the store").hasSize(1);
      assertThat(reply.json().path(0).path("result").path("errorDescription").asString())
          .isEqualTo("User is already exists in the invited organization");
    }

    @Test
    void consoleRolesTakeConsoleAccessInTheParent() throws Exception {
      String role = idOf("/v2/Roles?filter=displayName+eq+%22Administrator%22");

      Caller.Reply reply =
          invite("{\"usernames\":[\"may.c\",\"con.s\"],\"roles\":[\"" + role + "\"]}");

      assertThat(error(reply, 0)).isEqualTo("OUI-10031");
      assertThat(reply.json().path(1).path("result").path("status").asString())
          .isEqualTo("Successful");
    }

    @Test
    void anExpiredInvitationDoesNotBlockAndANewOneIsAddedBesideIt() throws Exception {
      invite("{\"usernames\":[\"amy\"]}");
      server.control().moveClock(Duration.ofHours(73));
      Caller.Reply again = invite("{\"usernames\":[\"amy\"]}");

      assertThat(error(again, 0)).isEmpty();
      assertThat(listed("amy"))
          .extracting(one -> one.path("status").asString())
          .containsExactlyInAnyOrder("EXPIRED", "PENDING");
    }

    @ParameterizedTest
    @CsvSource({"false,true", "FALSE,true", "1,true", "yes,true", "TRUE,false", "'',false"})
    void onlyWhatReadsAsTrueLetsTheServerMail(String value, boolean code) throws Exception {
      int mails = server.control().mails().size();

      Caller.Reply reply =
          invite("{\"usernames\":[\"amy\"]" + CODES.replace("\"false\"", "\"" + value + "\""));

      assertThat(reply.json().path(0).has("confirmationCode")).isEqualTo(code);
      assertThat(server.control().mails()).hasSize(code ? mails : mails + 1);
    }

    @Test
    void theSecondStoreIsReachedByDomainOrPrefixAndTheNameMayLiveInBoth() throws Exception {
      Caller.Reply byDomain = invite("{\"usernames\":[\"ada.a\"],\"userDomain\":\"CORP\"}");
      Caller.Reply byPrefix = invite("{\"usernames\":[\"CORP/alf.a\"]}");
      Caller.Reply primary = invite("{\"usernames\":[\"ada.a\"]}");

      assertThat(error(byDomain, 0)).isEmpty();
      assertThat(error(byPrefix, 0)).isEmpty();
      assertThat(error(primary, 0)).isEmpty();
      assertThat(listed("ada.a"))
          .extracting(one -> one.path("email").asString())
          .containsExactlyInAnyOrder("ada.a@partners.example", "ada.a@corp.partners.example");
    }

    @Test
    void aChildThatDoesNotKnowTheParentsStoreFailsWith500() throws Exception {
      String tailspin = caller.childToken("pat", "Tailspin");

      Caller.Reply reply =
          caller.post(GUESTS + "/invite", tailspin, "{\"usernames\":[\"CORP/ada.a\"]}");

      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.text("code")).isEqualTo("OUI-65001");
    }

    @Test
    void aNameSharedIntoTheParentSpoilsTheNamesAfterIt() throws Exception {
      Caller.Reply reply = invite("{\"usernames\":[\"amy\",\"shay.s\",\"bob\"]}");
      Caller.Reply alone = invite("{\"usernames\":[\"bob\"]}");

      assertThat(error(reply, 0)).isEmpty();
      assertThat(error(reply, 1)).isEmpty();
      assertThat(error(reply, 2)).as("looked up in ACME now").isEqualTo("OUI-10011");
      assertThat(error(alone, 0)).isEmpty();
    }

    @Test
    void whoeverWasSharedIntoTheParentBelongsToTheOrganizationFurtherUp() throws Exception {
      assertThat(accept(codeFor("shay.s")).status()).isEqualTo(204);

      String root = caller.rootToken("pat");
      String acme = caller.get("/t/acme/api/users/v1/me/organizations/root", root).text("id");
      JsonNode member =
          caller
              .get("/t/acme/o/scim2/Users?filter=userName+eq+%22shay.s%22", token)
              .json()
              .path("Resources")
              .path(0);
      assertThat(member.path("urn:scim:wso2:schema").path("managedOrg").asString()).isEqualTo(acme);
    }
  }

  @Nested
  class Listing {
    @Test
    void noInvitationsIsAnObjectWithoutAList() throws Exception {
      String fabrikam = caller.childToken("pat", "Fabrikam");

      assertThat(caller.get(GUESTS + "/invitations", fabrikam).body()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({
      "limit=10,OUI-60004",
      "offset=0,OUI-60005",
      "sortOrder=ASC,OUI-60006",
      "sortBy=id,OUI-60007"
    })
    void pagingAndSortingAreRefused(String query, String code) throws Exception {
      Caller.Reply reply = caller.get(GUESTS + "/invitations?" + query, token);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text("code")).isEqualTo(code);
      assertThat(reply.text("message")).isEqualTo("Unsupported param.");
    }

    @Test
    void aLimitThatIsNoNumberFailsInTheFramework() throws Exception {
      Caller.Reply reply = caller.get(GUESTS + "/invitations?limit=ten", token);

      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.body()).isEmpty();
    }

    @Test
    void theFilterIsAnExactText() throws Exception {
      String path = GUESTS + "/invitations?filter=";
      int all = size(GUESTS + "/invitations");
      int pending = size(path + "status+eq+PENDING");
      int expired = size(path + "status+eq+EXPIRED");

      assertThat(all).isEqualTo(148).isEqualTo(pending + expired);
      assertThat(expired).isPositive();
      assertThat(size(path)).as("blank").isEqualTo(all);
      assertThat(size(path + "xstatus+eq+PENDING")).as("the oddity").isEqualTo(all);
      for (String bad : List.of("status+eq+pending", "status++eq+PENDING", "status+eq+ALL")) {
        Caller.Reply reply = caller.get(path + bad, token);
        assertThat(reply.text("code")).as(bad).isEqualTo("OUI-60009");
      }
    }

    private int size(String path) throws Exception {
      return caller.get(path, token).json().path("invitations").size();
    }

    @Test
    void anItemCarriesRolesWithAnArrayAsAudienceAndATimeWithoutZone() throws Exception {
      String role = idOf("/v2/Roles?filter=displayName+eq+%22Accountant%22");
      String group = idOf("/Groups?filter=displayName+eq+%22support%22");
      LocalDateTime before = LocalDateTime.now(ZoneOffset.UTC).plusHours(72).minusSeconds(1);
      invite(
          "{\"usernames\":[\"amy\",\"bob\"],\"roles\":[\"%s\"],\"groups\":[\"%s\"]}"
              .formatted(role, group));

      JsonNode amy = listed("amy").getFirst();

      JsonNode audience = amy.path("roles").path(0).path("audience");
      assertThat(audience.isArray()).isTrue();
      assertThat(audience.path(0).path("display").asString()).isEqualTo("Billing");
      assertThat(audience.path(0).path("type").asString()).isEqualTo("application");
      assertThat(amy.path("groups").path(0).path("displayName").asString()).isEqualTo("support");
      String text = amy.path("expiredAt").asString();
      assertThat(text).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{1,9}");
      assertThat(LocalDateTime.parse(text.substring(0, 19).replace(' ', 'T')))
          .isBetween(before.minusSeconds(1), before.plusMinutes(2));
      assertThat(amy.propertyNames())
          .containsExactlyInAnyOrder(
              "id", "username", "email", "roles", "groups", "status", "expiredAt");
    }

    @Test
    void missingAndDeletedRolesAndGroupsAreLeftOut() throws Exception {
      String group = idOf("/Groups?filter=displayName+eq+%22support%22");
      invite("{\"usernames\":[\"amy\"],\"groups\":[\"" + group + "\"]}");
      server.control().removeGroup("Northwind", "support");

      JsonNode amy = listed("amy").getFirst();

      assertThat(amy.has("groups")).isFalse();
      assertThat(amy.has("roles")).isFalse();
    }

    @Test
    void theSeedHasPendingNearlyOverAndExpiredOnesAndMembersStillListed() throws Exception {
      JsonNode all = caller.get(GUESTS + "/invitations", token).json().path("invitations");
      LocalDateTime tomorrow = LocalDateTime.now(ZoneOffset.UTC).plusHours(24);
      DateTimeFormatter seconds = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
      long soon =
          all.valueStream()
              .filter(one -> one.path("status").asString().equals("PENDING"))
              .map(one -> one.path("expiredAt").asString().substring(0, 19))
              .filter(text -> LocalDateTime.parse(text, seconds).isBefore(tomorrow))
              .count();

      assertThat(soon).isGreaterThan(2);
      List<String> members =
          caller
              .get("/t/acme/o/scim2/Users?attributes=userName", token)
              .json()
              .path("Resources")
              .valueStream()
              .map(one -> one.path("userName").asString())
              .toList();
      assertThat(all.valueStream().map(one -> one.path("username").asString()))
          .as("some who joined are listed still")
          .containsAnyElementsOf(members);
    }
  }

  @Nested
  class TimeZones {
    @TempDir Path other;

    @Test
    void eastOfUtcInvitationsEndEarlyThoughTheTextStaysUtc() throws Exception {
      var options = new PracticeServer.Options(other, 0, ZoneId.of("Asia/Kolkata"), 0, 40);
      try (PracticeServer east = PracticeServer.start(options)) {
        Caller there = new Caller(east);
        String northwind = there.childToken("pat", "Northwind");
        String body = "{\"usernames\":[\"amy\"]}";
        there.post(GUESTS + "/invite", northwind, body);
        east.control().moveClock(Duration.ofHours(67));

        JsonNode amy =
            there
                .get(GUESTS + "/invitations?filter=status+eq+PENDING", northwind)
                .json()
                .path("invitations")
                .path(0);

        assertThat(amy.path("status").asString())
            .as("chosen as pending by the database, told as expired by the server")
            .isEqualTo("EXPIRED");
        assertThat(there.post(GUESTS + "/invite", northwind, body).json().path(0).has("result"))
            .isTrue();
      }
    }
  }

  @Nested
  class Deleting {
    @Test
    void theSecondTimeAndAnotherOrganizationsIdAreUnknown() throws Exception {
      invite("{\"usernames\":[\"amy\"]}");
      String id = listed("amy").getFirst().path("id").asString();
      String contoso = caller.childToken("pat", "Contoso");

      Caller.Reply foreign = caller.delete(GUESTS + "/invitations/" + id, contoso);
      Caller.Reply first = caller.delete(GUESTS + "/invitations/" + id, token);
      Caller.Reply second = caller.delete(GUESTS + "/invitations/" + id, token);

      assertThat(foreign.status()).isEqualTo(400);
      assertThat(first.status()).isEqualTo(204);
      assertThat(first.body()).isEmpty();
      assertThat(second.status()).isEqualTo(400);
      assertThat(second.text("code")).isEqualTo("OUI-60001");
      assertThat(second.text("description"))
          .isEqualTo("Provided invitation with the id " + id + " is invalid.");
    }
  }

  @Nested
  class Introspecting {
    @Test
    void itTellsPendingExpiredAndUnknownApartAndBurnsNothing() throws Exception {
      String code = codeFor("amy");

      JsonNode pending = introspect(code).json();
      server.control().moveClock(Duration.ofHours(73));
      JsonNode expired = introspect(code).json();

      assertThat(pending.path("status").asString()).isEqualTo("PENDING");
      assertThat(pending.path("username").asString()).isEqualTo("amy");
      assertThat(pending.path("userOrganization").asString()).isEqualTo(caller.id("Partners"));
      assertThat(pending.path("initiatedOrganization").asString())
          .isEqualTo(caller.id("Northwind"));
      assertThat(expired.path("status").asString()).isEqualTo("EXPIRED");
      assertThat(listed("amy")).hasSize(1);
      assertThat(introspect("unknown").text("code")).isEqualTo("OUI-60002");
      assertThat(introspect("unknown").text("description"))
          .isEqualTo("Could not validate the confirmation code unknown.");
    }

    @Test
    void anotherOrganizationsTokenMayAskToo() throws Exception {
      String code = codeFor("amy");
      String contoso = caller.childToken("lis", "Contoso");

      Caller.Reply reply =
          caller.post(
              GUESTS + "/invitation/introspect",
              contoso,
              "{\"confirmationCode\":\"" + code + "\"}");

      assertThat(reply.text("status")).isEqualTo("PENDING");
    }
  }

  @Nested
  class Accepting {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "/t/acme/o/api/server/v1/guests/invitation/accept",
          "/t/acme/api/server/v1/guests/invitation/accept",
          "/t/carbon.super/o/api/server/v1/guests/invitation/accept",
          "/api/server/v1/guests/invitation/accept"
        })
    void itIsOpenToAllOnEveryPath(String path) throws Exception {
      String body = "{\"confirmationCode\":\"" + codeFor("amy") + "\"}";

      assertThat(caller.post(path, "not-a-token", body).status()).isEqualTo(204);
    }

    @Test
    void withoutATenantBelowOTheRoutingFails() throws Exception {
      Caller.Reply reply =
          caller.post(
              "/o/api/server/v1/guests/invitation/accept", "", "{\"confirmationCode\":\"x\"}");

      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.json().path("code").asInt()).isEqualTo(404);
      assertThat(reply.text("description")).isEqualTo("Organization specific routing failed.");
    }

    @Test
    void aReplayLooksLikeAWrongCode() throws Exception {
      String code = codeFor("amy");

      assertThat(accept(code).status()).isEqualTo(204);
      Caller.Reply replay = accept(code);

      assertThat(replay.status()).isEqualTo(400);
      assertThat(replay.text("code")).isEqualTo("OUI-60010");
      assertThat(replay.text("description"))
          .isEqualTo(
              "Could not accept the invitation since the confirmation code "
                  + code
                  + " is not valid.");
      assertThat(listed("amy")).isEmpty();
    }

    @Test
    void anExpiredCodeIsBurntByTheAttempt() throws Exception {
      String code = codeFor("amy");
      server.control().moveClock(Duration.ofHours(73));

      assertThat(accept(code).text("code")).isEqualTo("OUI-60010");
      assertThat(listed("amy")).isEmpty();
      assertThat(server.control().log().effects().getLast().kind())
          .isEqualTo(PracticeControl.Effect.Kind.CLEARED);
    }

    @Test
    void oneThatFailsHalfWayLeavesAMemberAndTheInvitationAndAReplayBurnsIt() throws Exception {
      String code = codeFor("amy");
      server.control().crashAccepts(1);

      Caller.Reply failed = accept(code);
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.text("code")).isEqualTo("OUI-65005");
      assertThat(listed("amy")).hasSize(1);
      assertThat(accept(code).text("code")).isEqualTo("OUI-60012");
      assertThat(listed("amy")).isEmpty();
      assertThat(server.control().log().effects())
          .extracting(PracticeControl.Effect::kind)
          .containsExactly(
              PracticeControl.Effect.Kind.INVITED,
              PracticeControl.Effect.Kind.HALF_ACCEPTED,
              PracticeControl.Effect.Kind.CLEARED);
    }

    @Test
    void aNameThatIsThereAlreadyBurnsTheInvitationToo() throws Exception {
      String primary = codeFor("ada.b");
      String corp = codeFor("CORP/ada.b");

      assertThat(accept(primary).status()).isEqualTo(204);
      Caller.Reply second = accept(corp);

      assertThat(second.text("code")).isEqualTo("OUI-60012");
      assertThat(second.text("message")).isEqualTo("Authenticated user exist.");
      assertThat(listed("ada.b")).isEmpty();
    }

    @Test
    void groupsAndRolesThatAreGoneAreSkippedSilently() throws Exception {
      String kept = idOf("/Groups?filter=displayName+eq+%22support%22");
      String gone = idOf("/Groups?filter=displayName+eq+%22finance%22");
      String role = idOf("/v2/Roles?filter=displayName+eq+%22Planner%22");
      String code =
          invite(
                  "{\"usernames\":[\"amy\"],\"groups\":[\"%s\",\"%s\"],\"roles\":[\"%s\"]"
                          .formatted(kept, gone, role)
                      + CODES)
              .json()
              .path(0)
              .path("confirmationCode")
              .asString();
      server.control().removeGroup("Northwind", "finance");
      server.control().removeRole("Northwind", "Planner");

      assertThat(accept(code).status()).isEqualTo(204);

      JsonNode amy =
          caller
              .get("/t/acme/o/scim2/Users?filter=userName+eq+%22amy%22", token)
              .json()
              .path("Resources")
              .path(0);
      assertThat(amy.path("groups")).hasSize(1);
      assertThat(amy.path("roles")).isEmpty();
    }

    @Test
    void badBodiesAndABlankCodeAreToldApart() throws Exception {
      String path = GUESTS + "/invitation/accept";

      assertThat(caller.post(path, "", "{}").text("code")).isEqualTo("UE-10000");
      assertThat(caller.post(path, "", "{\"code\":\"x\"}").text("code")).isEqualTo("UE-10000");
      Caller.Reply blank = accept("");
      assertThat(blank.text("code")).isEqualTo("OUI-60010");
      assertThat(blank.text("description")).contains("%s");
    }

    @Test
    void openingTheMailedLinkAcceptsAtOnceAndLookingAtItDoesNot() throws Exception {
      invite("{\"usernames\":[\"amy\"]}");
      PracticeControl.Mail mail = server.control().mails().getFirst();
      String path = mail.link().substring(server.baseUrl().toString().length());

      Caller.Reply look =
          caller.send(
              HttpRequest.newBuilder(caller.uri(path))
                  .method("HEAD", BodyPublishers.noBody())
                  .build());
      assertThat(look.status()).isEqualTo(200);
      assertThat(listed("amy")).hasSize(1);
      assertThat(path).startsWith("/o/" + caller.id("Northwind") + "/accountrecoveryendpoint/");

      assertThat(caller.get(path, "").body()).contains("Invitation accepted");
      assertThat(listed("amy")).isEmpty();
      assertThat(caller.get(path, "").body()).contains("Invitation not active");
    }
  }
}
