package dev.guestlist.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Proxying;
import dev.guestlist.model.Connection.Trust;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Problem.Untrusted.Why;
import dev.guestlist.model.Right;
import dev.guestlist.server.Secrets;
import dev.guestlist.service.ConnectionTest.Check;
import dev.guestlist.service.ConnectionTest.Line;
import dev.guestlist.service.ConnectionTest.Result;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestKeys;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ConnectionTestTest {
  private static final Connection.Settings USUAL = Connection.Settings.USUAL;

  private static List<Line> lines(ConnectionTest test) {
    List<Line> lines = new ArrayList<>();
    test.run(lines::add);
    assertThat(lines.stream().map(Line::check).distinct())
        .as("every check has its line, in order")
        .containsExactly(Check.values());
    return lines;
  }

  private static Line line(List<Line> lines, Check check) {
    return lines.stream().filter(line -> line.check() == check).findFirst().orElseThrow();
  }

  private static void assertNotTried(List<Line> lines, Set<Check> checks, Finding why) {
    assertThat(lines)
        .filteredOn(line -> checks.contains(line.check()))
        .hasSize(checks.size())
        .allSatisfy(line -> {
          assertThat(line.result()).isEqualTo(Result.NOT_TRIED);
          assertThat(line.finding()).isEqualTo(why);
        });
  }

  private static Set<Check> allBut(Check first, Check... more) {
    return EnumSet.complementOf(EnumSet.of(first, more));
  }

  @Nested
  class AgainstThePracticeServer {
    @TempDir Path folder;

    @Test
    void everythingIsFineForSomebodyWithAllRights() throws Exception {
      try (PracticeWorld world = PracticeWorld.signedIn(folder)) {
        world.control().clearLog();
        List<Line> lines = lines(world.workplace().test(world.connection()));
        assertThat(lines).allMatch(line -> line.result() == Result.FINE);
        assertThat(line(lines, Check.CERTIFICATE).finding())
            .isEqualTo(new Finding.NotEncryptedHere());
        assertThat(line(lines, Check.SIGN_IN).finding()).isEqualTo(new Finding.SignedInAs("pat"));
        assertThat(line(lines, Check.RIGHTS).finding())
            .isEqualTo(
                new Finding.RightsGranted(
                    world.organization("Contoso"), EnumSet.allOf(Right.class)));
        assertThat(line(lines, Check.ADDRESS).took()).isPositive();
        Finding.Traits traits = (Finding.Traits) line(lines, Check.VERSION).finding();
        assertThat(traits.properties()).isEqualTo(Finding.Known.UNKNOWN);
        assertThat(traits.handles()).isEqualTo(Finding.Known.YES);
        assertThat(traits.groupPaging()).isEqualTo(Finding.Known.YES);
        assertThat(world.control().log().requests())
            .as("only reads")
            .isNotEmpty()
            .allSatisfy(request -> assertThat(request.toString()).contains("GET"));
      }
    }

    @Test
    void aRightThatWasTakenAwayIsNamed() throws Exception {
      try (PracticeWorld world = PracticeWorld.signedIn(folder)) {
        world.control().takeRight("pat", "Contoso", "internal_org_guest_mgt_invite_list");
        List<Line> lines = lines(world.workplace().test(world.connection()));
        assertThat(line(lines, Check.INVITATIONS).result()).isEqualTo(Result.FAILED);
        assertThat(line(lines, Check.INVITATIONS).finding())
            .isEqualTo(
                new Finding.RightMissing(
                    world.organization("Contoso"),
                    Right.LIST_INVITATIONS,
                    "internal_org_guest_mgt_invite_list"));
        assertThat(line(lines, Check.GROUPS).result()).isEqualTo(Result.FINE);
      }
    }

    @Test
    void rightsThatTheTokenLacksAreNamedAndTheirInterfacesLeftAlone() throws Exception {
      try (PracticeWorld world = PracticeWorld.in(folder)) {
        world.control().takeRight("pat", "Contoso", "internal_org_guest_mgt_invite_list");
        world.control().takeRight("pat", "Contoso", "internal_org_guest_mgt_invite_delete");
        world.signIn("pat");
        world.workplace().organizations().switchTo(world.organization("Contoso"));
        List<Line> lines = lines(world.workplace().test(world.connection()));
        assertThat(lines)
            .filteredOn(line -> line.check() == Check.RIGHTS && line.result() == Result.WARNING)
            .extracting(line -> ((Finding.RightMissing) line.finding()).right())
            .containsExactly(Right.LIST_INVITATIONS, Right.DELETE_INVITATIONS);
        assertThat(line(lines, Check.INVITATIONS).result()).isEqualTo(Result.NOT_TRIED);
        assertThat(line(lines, Check.MEMBERS).result()).isEqualTo(Result.FINE);
      }
    }

    @Test
    void withoutAnybodySignedInTheServerItselfIsTried() throws Exception {
      try (PracticeWorld world = PracticeWorld.in(folder)) {
        List<Line> lines = lines(world.workplace().test(world.connection()));
        assertThat(line(lines, Check.ADDRESS).result()).isEqualTo(Result.FINE);
        assertThat(line(lines, Check.DISCOVERY).finding()).isInstanceOf(Finding.Discovered.class);
        assertThat(line(lines, Check.CLOCK).result()).isEqualTo(Result.FINE);
        assertNotTried(
            lines,
            allBut(Check.ADDRESS, Check.CERTIFICATE, Check.DISCOVERY, Check.CLOCK),
            new Finding.NobodySignedIn());
      }
    }

    @Test
    void whileSomebodyWorksOfflineNothingIsTried() throws Exception {
      try (PracticeWorld world = PracticeWorld.signedIn(folder)) {
        world.workplace().session().workOffline();
        world.control().clearLog();
        List<Line> lines = lines(world.workplace().test(world.connection()));
        assertNotTried(
            lines,
            EnumSet.allOf(Check.class),
            new Finding.Failed(new Problem.Unreachable("127.0.0.1", false, true)));
        assertThat(world.control().log().requests()).isEmpty();
      }
    }

    @Test
    void withoutAnOrganizationOnlyTheRootIsTried() throws Exception {
      try (PracticeWorld world = PracticeWorld.in(folder)) {
        world.signIn("pat");
        List<Line> lines = lines(world.workplace().test(world.connection()));
        assertThat(line(lines, Check.ROOT_ORGANIZATION).result()).isEqualTo(Result.FINE);
        assertThat(line(lines, Check.ORGANIZATIONS).result()).isEqualTo(Result.FINE);
        assertNotTried(
            lines,
            EnumSet.of(Check.RIGHTS, Check.INVITATIONS, Check.GROUPS, Check.ROLES, Check.MEMBERS),
            new Finding.NoOrganization());
      }
    }

    @Test
    void aWrongRootOrganizationIsNamed() throws Exception {
      try (PracticeWorld world = PracticeWorld.signedIn(folder)) {
        Connection right = world.connection();
        Connection wrong =
            new Connection(
                right.id(),
                right.name(),
                right.kind(),
                right.server(),
                "no-such-root",
                right.clientId(),
                right.signIn(),
                right.requestsAtOnce(),
                right.lifetime());
        List<Line> lines = lines(world.workplace().test(wrong));
        assertThat(line(lines, Check.DISCOVERY).result()).isEqualTo(Result.FAILED);
        assertThat(line(lines, Check.DISCOVERY).finding())
            .isEqualTo(new Finding.WrongRootOrganization("no-such-root"));
        assertNotTried(
            lines,
            allBut(Check.ADDRESS, Check.CERTIFICATE, Check.DISCOVERY, Check.CLOCK),
            new Finding.Needs(Check.DISCOVERY));
      }
    }

    @Test
    void aSessionThatEndedIsToldAndNothingInsideIsTried() throws Exception {
      try (PracticeWorld world = PracticeWorld.signedIn(folder)) {
        world.control().endSessions("pat");
        List<Line> lines = lines(world.workplace().test(world.connection()));
        assertThat(line(lines, Check.SIGN_IN).result()).isEqualTo(Result.FAILED);
        assertNotTried(
            lines,
            EnumSet.of(Check.RIGHTS, Check.ORGANIZATIONS, Check.INVITATIONS, Check.VERSION),
            new Finding.Needs(Check.SIGN_IN));
      }
    }
  }

  @Nested
  class AgainstSomethingElse {
    private final MockWebServer web = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
      web.start(InetAddress.getByName("localhost"), 0);
    }

    @AfterEach
    void stop() {
      web.close();
    }

    private List<Line> test() {
      return lines(tested(URI.create("http://localhost:" + web.getPort()), USUAL.trust()));
    }

    private void describe(String host, Optional<Instant> date) {
      String address = "http://" + host + ":" + web.getPort() + "/t/acme/oauth2/";
      String json =
          "{\"issuer\":\"%stoken\",\"authorization_endpoint\":\"%sauthorize\",\"token_endpoint\":\"%stoken\"}";
      MockResponse.Builder answer =
          new MockResponse.Builder()
              .setHeader("Content-Type", "application/json")
              .body(json.replace("%s", address));
      date.ifPresent(moment ->
          answer.setHeader(
              "Date",
              java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                  moment.atOffset(java.time.ZoneOffset.UTC))));
      web.enqueue(answer.build());
    }

    @Test
    void aWebPageIsNotTakenForAServer() {
      web.enqueue(
          new MockResponse.Builder()
              .setHeader("Content-Type", "text/html")
              .body("<html>Welcome</html>")
              .build());
      List<Line> lines = test();
      assertThat(line(lines, Check.ADDRESS).result()).isEqualTo(Result.FINE);
      assertThat(line(lines, Check.DISCOVERY).result()).isEqualTo(Result.FAILED);
      assertThat(((Finding.WebPageInsteadOfApi) line(lines, Check.DISCOVERY).finding()).what())
          .contains("a web page");
      assertThat(line(lines, Check.SIGN_IN).finding())
          .isEqualTo(new Finding.Needs(Check.DISCOVERY));
    }

    @Test
    void anAddressWhereNobodyListensStopsEverything() throws Exception {
      int port;
      try (ServerSocket closed = new ServerSocket(0)) {
        port = closed.getLocalPort();
      }
      List<Line> lines = lines(tested(URI.create("https://localhost:" + port), USUAL.trust()));
      assertThat(line(lines, Check.ADDRESS).result()).isEqualTo(Result.FAILED);
      assertThat(line(lines, Check.ADDRESS).finding())
          .isEqualTo(new Finding.Failed(new Problem.Unreachable("localhost", false)));
      assertNotTried(lines, allBut(Check.ADDRESS), new Finding.Needs(Check.ADDRESS));
    }

    @Test
    void otherHostsInTheDescriptionAreNamed() {
      describe("inside.acme.example", Optional.empty());
      Line line = line(test(), Check.DISCOVERY);
      assertThat(line.result()).isEqualTo(Result.WARNING);
      assertThat(line.finding())
          .isEqualTo(
              new Finding.WrongHostInDiscovery(
                  "inside.acme.example:" + web.getPort(), "localhost:" + web.getPort()));
    }

    @Test
    void whereSomebodyElseSignsPeopleInTheirDescriptionCounts() throws Exception {
      describe("inside.acme.example", Optional.empty());
      try (MockWebServer provider = new MockWebServer()) {
        provider.start(InetAddress.getByName("localhost"), 0);
        String issuer = "http://localhost:" + provider.getPort() + "/realms/acme";
        provider.enqueue(
            new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body(
                    """
                    {"issuer":"%1$s","authorization_endpoint":"%1$s/auth",
                     "token_endpoint":"%1$s/token","jwks_uri":"%1$s/certs",
                     "subject_types_supported":["public"]}\
                    """
                        .formatted(issuer))
                .build());
        List<Line> lines =
            lines(
                tested(
                    URI.create("http://localhost:" + web.getPort()),
                    USUAL.trust(),
                    Optional.of(URI.create(issuer))));
        assertThat(line(lines, Check.DISCOVERY).result()).isEqualTo(Result.FINE);
        assertThat(line(lines, Check.DISCOVERY).finding())
            .isEqualTo(new Finding.Discovered(issuer));
        assertThat(web.getRequestCount()).isEqualTo(1);
      }
    }

    @Test
    void aClockThatGoesWrongIsMeasured() {
      describe("localhost", Optional.of(InstantSource.system().instant().plusSeconds(300)));
      Line line = line(test(), Check.CLOCK);
      assertThat(line.result()).isEqualTo(Result.FAILED);
      assertThat(((Finding.ClockDifference) line.finding()).ahead())
          .isBetween(Duration.ofSeconds(297), Duration.ofSeconds(303));
    }

    @Test
    void aClockThatGoesALittleWrongIsAWarning() {
      describe("localhost", Optional.of(InstantSource.system().instant().minusSeconds(60)));
      Line line = line(test(), Check.CLOCK);
      assertThat(line.result()).isEqualTo(Result.WARNING);
      assertThat(((Finding.ClockDifference) line.finding()).ahead()).isNegative();
    }

    @Test
    void aServerWithoutATimeIsToldApart() {
      describe("localhost", Optional.empty());
      assertThat(line(test(), Check.CLOCK).finding()).isEqualTo(new Finding.NoClock());
    }
  }

  @Nested
  class OverEncryptedConnections {
    private static final String DEFAULT_SUBJECT =
        "CN=localhost, OU=WSO2, O=WSO2, L=Santa Clara, ST=CA, C=US";

    @TempDir static Path folder;
    private static TestKeys keys;

    private final MockWebServer web = new MockWebServer();

    @BeforeAll
    static void makeKeys() throws Exception {
      keys = TestKeys.in(folder);
      keys.signed("good", "localhost", "-validity", "90");
      keys.signed("short", "localhost", "-validity", "10");
      keys.selfSigned("default", DEFAULT_SUBJECT, "localhost");
    }

    @AfterEach
    void stop() {
      web.close();
    }

    private List<Line> test(String key, Trust trust) throws Exception {
      web.useHttps(keys.server(key).getSocketFactory());
      web.start(InetAddress.getByName("localhost"), 0);
      String address = "https://localhost:" + web.getPort() + "/";
      web.enqueue(
          new MockResponse.Builder()
              .setHeader("Content-Type", "application/json")
              .body("{\"issuer\":\"%1$s\",\"authorization_endpoint\":\"%1$s\"}".formatted(address))
              .build());
      return lines(tested(URI.create("https://localhost:" + web.getPort()), trust));
    }

    private Trust authority() throws Exception {
      return new Trust.WithFile(keys.pem("authority.pem", keys.authority()));
    }

    @Test
    void anUntrustedCertificateIsShownAndStopsTheRest() throws Exception {
      List<Line> lines = test("good", new Trust.OfSystem());
      assertThat(line(lines, Check.ADDRESS).result()).isEqualTo(Result.FINE);
      Line line = line(lines, Check.CERTIFICATE);
      assertThat(line.result()).isEqualTo(Result.FAILED);
      Problem.Untrusted problem = ((Finding.NotTrusted) line.finding()).problem();
      assertThat(problem.why()).isEqualTo(Why.UNKNOWN_ISSUER);
      assertThat(problem.certificate().orElseThrow().fingerprint())
          .isEqualTo(keys.fingerprint("good"));
      assertNotTried(
          lines, allBut(Check.ADDRESS, Check.CERTIFICATE), new Finding.Needs(Check.CERTIFICATE));
      assertThat(web.getRequestCount()).isZero();
    }

    @Test
    void aChangedCertificateIsShownAndStopsTheRest() throws Exception {
      List<Line> lines = test("good", new Trust.Pinned(keys.fingerprint("default")));
      Problem.Untrusted problem =
          ((Finding.NotTrusted) line(lines, Check.CERTIFICATE).finding()).problem();
      assertThat(problem.why()).isEqualTo(Why.CHANGED);
      assertThat(problem.certificate().orElseThrow().fingerprint())
          .isEqualTo(keys.fingerprint("good"));
      assertThat(web.getRequestCount()).isZero();
    }

    @Test
    void aTrustedCertificateIsFineUntilItEndsSoon() throws Exception {
      Line line = line(test("good", authority()), Check.CERTIFICATE);
      assertThat(line.result()).isEqualTo(Result.FINE);
      assertThat(((Finding.CertificateValid) line.finding()).endsSoon()).isFalse();
    }

    @Test
    void aCertificateThatEndsSoonIsAWarning() throws Exception {
      Line line = line(test("short", authority()), Check.CERTIFICATE);
      assertThat(line.result()).isEqualTo(Result.WARNING);
      assertThat(((Finding.CertificateValid) line.finding()).endsSoon()).isTrue();
    }

    @Test
    void aPinnedCertificateIsFineUnlessItsPrivateKeyIsPublic() throws Exception {
      Line line =
          line(test("default", new Trust.Pinned(keys.fingerprint("default"))), Check.CERTIFICATE);
      assertThat(line.result()).isEqualTo(Result.WARNING);
      assertThat(((Finding.CertificatePinned) line.finding()).certificate().knownDefault())
          .isTrue();
    }

    @Test
    void aMissingFileOfCertificatesStopsEverything() throws Exception {
      List<Line> lines = test("good", new Trust.WithFile(folder.resolve("missing.pem")));
      assertThat(((Finding.NotTrusted) line(lines, Check.CERTIFICATE).finding()).problem().why())
          .isEqualTo(Why.CERTIFICATE_FILE);
      assertNotTried(lines, allBut(Check.CERTIFICATE), new Finding.Needs(Check.CERTIFICATE));
    }
  }

  private static ConnectionTest tested(URI server, Trust trust) {
    return tested(server, trust, Optional.empty());
  }

  private static ConnectionTest tested(URI server, Trust trust, Optional<URI> provider) {
    Connection connection =
        new Connection(
            new ConnectionId("tested"),
            "Tested",
            Connection.Kind.TEST,
            server,
            "acme",
            "client-1",
            Connection.SignInWay.BROWSER,
            2,
            Duration.ofDays(3),
            new Connection.Settings(
                USUAL.colour(),
                false,
                Optional.empty(),
                provider,
                trust,
                new Proxying.None(),
                Optional.empty(),
                false,
                false));
    return new ConnectionTest(connection, Secrets.NONE, Optional.empty(), InstantSource.system());
  }
}
