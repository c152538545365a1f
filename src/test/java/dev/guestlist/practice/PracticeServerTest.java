package dev.guestlist.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

@Execution(ExecutionMode.CONCURRENT)
class PracticeServerTest {
  private static final String GUESTS = "/t/acme/o/api/server/v1/guests";

  @TempDir Path folder;

  private PracticeServer start() throws IOException {
    return PracticeServer.start(PracticeServer.Options.in(folder));
  }

  @Nested
  class TheStartLine {
    @Test
    void isOneLineWithExactlyItsMembers() throws Exception {
      try (PracticeServer server = start()) {
        JsonNode line = Caller.JSON.readTree(server.startLineJson());

        assertThat(server.startLineJson()).doesNotContain("\n");
        assertThat(line.propertyNames())
            .containsExactly(
                "baseUrl",
                "rootOrganization",
                "publicClientId",
                "technicalClientId",
                "technicalClientSecret",
                "accounts",
                "organizations",
                "inboxUrl");
        assertThat(line.path("rootOrganization").asString()).isEqualTo("acme");
        assertThat(line.path("baseUrl").asString()).startsWith("http://127.0.0.1:");
        assertThat(line.at("/accounts/0").propertyNames())
            .containsExactly("username", "password", "rights");
        assertThat(line.at("/organizations/0").propertyNames())
            .containsExactly("id", "name", "parentId", "people");
        assertThat(line.path("organizations")).hasSize(39);
      }
    }

    @Test
    void namesOnlyPeopleWhoCanBeInvited() throws Exception {
      try (PracticeServer server = start()) {
        Caller caller = new Caller(server);
        for (StartLine.Place place : server.startLine().organizations()) {
          if (place.people().isEmpty()) {
            continue;
          }
          String names =
              place.people().stream()
                  .map(name -> '"' + name + '"')
                  .collect(Collectors.joining(","));
          JsonNode results =
              caller
                  .post(
                      GUESTS + "/invite",
                      caller.serviceToken(place.name()),
                      "{\"usernames\":[" + names + "]}")
                  .json();
          assertThat(results.valueStream().map(it -> it.at("/result/status").asString()))
              .as(place.name())
              .hasSize(place.people().size())
              .containsOnly("Successful");
        }
      }
    }

    @Test
    void leavesOutWhoWasInvitedOrHasJoinedMeanwhile() throws Exception {
      try (PracticeServer server = start()) {
        assertThat(northwind(server).people()).contains("amy", "bob");
        server.control().othersInvite("Northwind", List.of("amy", "bob"));
        server.control().othersAccept("Northwind", 0, List.of("bob"));

        assertThat(northwind(server).people()).hasSize(8).doesNotContain("amy", "bob");
      }
    }

    @Test
    void namesNobodyWhereNobodyCanSignIn() throws Exception {
      try (PracticeServer server = start()) {
        assertThat(server.startLine().organizations())
            .filteredOn(it -> it.people().isEmpty())
            .extracting(StartLine.Place::name)
            .contains("Northgate", "Old Harbour")
            .doesNotContain("Northwind", "Partners", "Northern Rail");
      }
    }

    private static StartLine.Place northwind(PracticeServer server) {
      return server.startLine().organizations().stream()
          .filter(it -> it.name().equals("Northwind"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Nested
  class AfterARestart {
    @Test
    void everythingIsThereAtTheSameAddress() throws Exception {
      StartLine first;
      String token;
      String refresh;
      String idToken;
      try (PracticeServer server = start()) {
        Caller caller = new Caller(server);
        first = server.startLine();
        token = caller.childToken("pat", "Northwind");
        Caller.Reply signedIn = caller.signIn("ina", "openid SYSTEM");
        refresh = signedIn.text("refresh_token");
        idToken = signedIn.text("id_token");
        caller.post(GUESTS + "/invite", token, "{\"usernames\":[\"kurt.c\"]}");
      }
      try (PracticeServer server = start()) {
        Caller caller = new Caller(server);

        assertThat(server.startLine().baseUrl()).isEqualTo(first.baseUrl());
        assertThat(server.startLine().organizations()).hasSameSizeAs(first.organizations());
        assertThat(caller.get(GUESTS + "/invitations", token).body()).contains("\"kurt.c\"");
        assertThat(
                caller
                    .tokenCall(
                        Map.of(
                            "grant_type",
                            "refresh_token",
                            "refresh_token",
                            refresh,
                            "client_id",
                            first.publicClientId()))
                    .status())
            .isEqualTo(200);
        assertThat(caller.get("/t/acme/oauth2/jwks", "").body())
            .contains(SignedJWT.parse(idToken).getHeader().getKeyID());
        assertThat(server.control().log().effects()).hasSize(1);
      }
    }

    @Test
    void theClockGoesOnFromWhereItStopped() throws Exception {
      Instant stopped;
      try (PracticeServer server = start()) {
        server.control().moveClock(Duration.ofHours(-5));
        stopped = server.control().now();
      }
      try (PracticeServer server = start()) {
        assertThat(server.control().now()).isBetween(stopped, stopped.plus(Duration.ofSeconds(60)));
        assertThat(server.control().now()).isBefore(Instant.now().minus(Duration.ofHours(4)));
      }
    }

    @Test
    void aKeptPortThatIsTakenIsReplacedAndAWantedOneIsRefused() throws Exception {
      int kept;
      try (PracticeServer server = start()) {
        kept = server.baseUrl().getPort();
      }
      try (ServerSocket taken = new ServerSocket(kept, 1, InetAddress.getLoopbackAddress())) {
        assertThat(taken.isBound()).isTrue();
        assertThatThrownBy(() ->
                PracticeServer.start(
                    new PracticeServer.Options(folder, kept, ZoneOffset.UTC, 300, 40)))
            .isInstanceOf(IOException.class);
        try (PracticeServer server = start()) {
          assertThat(server.baseUrl().getPort()).isNotEqualTo(kept);
        }
      }
    }

    @Test
    void closingEndsOpenConnectionsAtOnce() throws Exception {
      PracticeServer server = start();
      Caller caller = new Caller(server);
      caller.get("/inbox.json", "");
      server.close();
      server.close();

      assertThatThrownBy(() -> caller.get("/inbox.json", "")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void oneServerAtATimeUsesAFolder() throws Exception {
    try (PracticeServer server = start()) {
      assertThat(server.baseUrl().getHost()).isEqualTo("127.0.0.1");
      assertThatThrownBy(() -> start())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Another practice server uses the folder");
    }
  }

  @Nested
  class TheSeed {
    @TempDir Path other;

    @Test
    void isTheSameInEveryFolder() throws Exception {
      try (PracticeServer one = start();
          PracticeServer two = PracticeServer.start(PracticeServer.Options.in(other))) {
        assertThat(two.startLine().organizations()).isEqualTo(one.startLine().organizations());
        assertThat(ids(two)).isEqualTo(ids(one)).hasSize(148);
      }
    }

    private static Set<String> ids(PracticeServer server) throws Exception {
      Caller caller = new Caller(server);
      return caller
          .get(GUESTS + "/invitations", caller.childToken("lis", "Northwind"))
          .json()
          .path("invitations")
          .valueStream()
          .map(it -> it.path("id").asString())
          .collect(Collectors.toSet());
    }

    @Test
    void hasFiveThousandPeople() throws Exception {
      try (PracticeServer server = start()) {
        Caller caller = new Caller(server);
        int people = 0;
        for (String name :
            List.of("Partners", "Suppliers", "Ports", "Retail", "Services", "Rail")) {
          people += own(caller, "/t/acme/o", caller.childToken("pat", name));
        }
        people += own(caller, "/t/acme", caller.rootToken("pat"));
        people += own(caller, "/t/acme/o", caller.childToken("pat", "Northwind"));

        assertThat(people).isEqualTo(5000 + 4);
      }
    }

    /// The users whose account is at home there; the four accounts count too.
    private static int own(Caller caller, String prefix, String token) throws Exception {
      Collection<String> all = new HashSet<>();
      int start = 1;
      while (true) {
        JsonNode page =
            caller
                .get(
                    prefix
                        + "/scim2/Users?count=100&startIndex="
                        + start
                        + "&attributes=id,urn:scim:wso2:schema",
                    token)
                .json();
        if (!page.has("Resources")) {
          return all.size();
        }
        page.path("Resources")
            .valueStream()
            .filter(it -> !it.has("urn:scim:wso2:schema"))
            .forEach(it -> all.add(it.path("id").asString()));
        start += 100;
      }
    }

    @Test
    void canBeLarge() throws Exception {
      var options = new PracticeServer.Options(other, 0, ZoneOffset.UTC, 3_000, 500);
      try (PracticeServer server = PracticeServer.start(options)) {
        Caller caller = new Caller(server);
        String token = caller.childToken("pat", "Northwind");

        JsonNode list = caller.get(GUESTS + "/invitations", token).json();

        assertThat(list.path("invitations")).hasSize(3_000);
        assertThat(server.startLine().organizations()).hasSize(499);
        assertThat(
                list.path("invitations")
                    .valueStream()
                    .map(it -> it.path("id").asString())
                    .distinct())
            .hasSize(3_000);
      }
    }
  }
}
