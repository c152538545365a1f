package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guestlist.app.PracticeSignIn;
import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Settings;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.PasteResult;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.practice.PracticeControl;
import dev.guestlist.practice.PracticeServer;
import dev.guestlist.practice.PracticeTraits;
import dev.guestlist.practice.StartLine;
import dev.guestlist.store.KeyFile;
import dev.guestlist.store.LocalStore;
import dev.guestlist.testing.PracticeWorld;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Signing in, staying so, and what ends it, against the practice server.
@Execution(ExecutionMode.CONCURRENT)
class SessionTest {
  private final PracticeWorld.MovableClock clock = new PracticeWorld.MovableClock();
  @TempDir private Path folder;
  private PracticeServer server;
  private StartLine line;
  private LocalStore store;
  private Workplace workplace;

  @BeforeEach
  void start() throws Exception {
    startServer();
    line = server.startLine();
    open(SignInWay.BROWSER, false);
  }

  @AfterEach
  void stop() {
    closeProgram();
    server.close();
  }

  private void startServer() throws IOException {
    server = PracticeServer.start(PracticeServer.Options.in(folder.resolve("practice")));
  }

  private void open(SignInWay way, boolean staySignedIn) {
    Settings usual = Settings.USUAL;
    Settings settings =
        new Settings(
            usual.colour(),
            false,
            Optional.empty(),
            Optional.empty(),
            usual.trust(),
            usual.proxying(),
            Optional.empty(),
            false,
            staySignedIn);
    boolean technical = way == SignInWay.TECHNICAL_ACCOUNT;
    Connection connection =
        new Connection(
                new ConnectionId("practice"),
                "Practice",
                Connection.Kind.PRACTICE,
                URI.create(line.baseUrl()),
                line.rootOrganization(),
                technical ? line.technicalClientId() : line.publicClientId(),
                way,
                2,
                Duration.ofDays(3))
            .with(settings);
    Path data = folder.resolve("data");
    store = LocalStore.open(data, KeyFile.in(data), clock);
    store.connections().put(connection);
    workplace = Workplace.open(connection, store, new Changes(), clock);
  }

  private void closeProgram() {
    workplace.close();
    store.close();
  }

  private void reopen(SignInWay way, boolean staySignedIn) {
    closeProgram();
    open(way, staySignedIn);
  }

  private Session session() {
    return workplace.session();
  }

  private void signIn(String account) throws ProblemException {
    PracticeSignIn.signIn(session(), account, "practice-" + account);
  }

  private OrganizationId organization(String name) {
    return new OrganizationId(
        line.organizations().stream()
            .filter(place -> place.name().equals(name))
            .findFirst()
            .orElseThrow()
            .id());
  }

  private long calls(String pathEnd) {
    return server.control().log().requests().stream()
        .filter(request -> request.path().endsWith(pathEnd))
        .count();
  }

  private interface Work {
    void run() throws ProblemException;
  }

  private static Problem problemOf(Work work) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, work::run);
    assertThat(thrown).as("a problem").isNotNull();
    return thrown.problem();
  }

  private static Reason reasonOf(Work work) {
    Problem problem = problemOf(work);
    assertThat(problem).isInstanceOf(Problem.Rejected.class);
    return ((Problem.Rejected) problem).reason();
  }

  private static String post(String address, Map<String, String> fields) throws Exception {
    String form =
        fields.entrySet().stream()
            .map(field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(address))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(form))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private void typeIn(String code, String account) throws Exception {
    post(
        line.baseUrl() + "/t/acme/authenticationendpoint/device.do",
        Map.of("user_code", code, "username", account, "password", "practice-" + account));
  }

  /// Runs a sign-in beside the test.
  private static CompletableFuture<Optional<Problem>> beside(Work work) {
    CompletableFuture<Optional<Problem>> outcome = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            work.run();
            outcome.complete(Optional.empty());
          } catch (ProblemException e) {
            outcome.complete(Optional.of(e.problem()));
          } catch (RuntimeException e) {
            outcome.completeExceptionally(e);
          }
        });
    return outcome;
  }

  private Optional<SessionState.SigningIn> signingIn() {
    return session().state() instanceof SessionState.SigningIn now
        ? Optional.of(now)
        : Optional.empty();
  }

  @Nested
  class TheBrowser {
    @Test
    void isWaitedForWithItsAddressInTheState() throws Exception {
      CompletableFuture<Optional<Problem>> outcome = beside(() -> session().signIn(address -> {}));
      until(() -> signingIn().flatMap(SessionState.SigningIn::address).isPresent());
      SessionState.SigningIn waiting = signingIn().orElseThrow();
      assertThat(waiting.address().orElseThrow().toString())
          .startsWith(line.baseUrl() + "/t/acme/oauth2/authorize?");
      assertThat(waiting.until()).isAfter(clock.instant().plusSeconds(200));
      assertThat(waiting.toString()).doesNotContain("http");

      assertThat(session().paste("http://127.0.0.1/callback?code=c&state=s"))
          .isEqualTo(PasteResult.NOT_THE_ANSWER);
      session().cancelSignIn();
      assertThat(outcome.get(10, TimeUnit.SECONDS)).contains(new Problem.SignedOut());
      assertThat(session().account()).isEmpty();
      assertThat(session().paste("http://127.0.0.1/callback")).isEqualTo(PasteResult.NOT_WAITING);
    }

    @Test
    void thatIsGivenUpLeavesWhoeverWasSignedIn() throws Exception {
      signIn("pat");
      CompletableFuture<Optional<Problem>> outcome = beside(() -> session().signIn(address -> {}));
      until(() -> signingIn().flatMap(SessionState.SigningIn::address).isPresent());
      session().cancelSignIn();
      outcome.get(10, TimeUnit.SECONDS);
      assertThat(session().account()).contains("pat");
      session().switchTo(organization("Contoso"));
      assertThat(session().rights(organization("Contoso"))).isPresent();
    }

    @Test
    void thatIsStartedAgainEndsTheFirstWaiting() throws Exception {
      CompletableFuture<Optional<Problem>> first = beside(() -> session().signIn(address -> {}));
      until(() -> signingIn().flatMap(SessionState.SigningIn::address).isPresent());
      signIn("pat");
      assertThat(first.get(10, TimeUnit.SECONDS)).contains(new Problem.SignedOut());
      assertThat(session().account()).contains("pat");
    }
  }

  @Nested
  class ADeviceCode {
    @Test
    void signsInOnceItWasTypedInElsewhere() throws Exception {
      server.control().traits().deviceCodes(Duration.ofMinutes(10), Duration.ofSeconds(1));
      reopen(SignInWay.DEVICE_CODE, false);
      CompletableFuture<Optional<Problem>> outcome = beside(() -> session().signInWithDeviceCode());
      until(() -> signingIn().flatMap(SessionState.SigningIn::code).isPresent());
      SessionState.SigningIn waiting = signingIn().orElseThrow();
      assertThat(waiting.until()).isEqualTo(waiting.code().orElseThrow().ends());
      typeIn(waiting.code().orElseThrow().userCode(), "pat");
      assertThat(outcome.get(20, TimeUnit.SECONDS)).isEmpty();
      assertThat(session().account()).contains("pat");
      session().switchTo(organization("Contoso"));
      assertThat(session().rights(organization("Contoso")).orElseThrow()).isNotEmpty();
    }

    @Test
    void thatNobodyTypesInSignsNobodyIn() {
      server.control().traits().deviceCodes(Duration.ofSeconds(1), Duration.ofSeconds(1));
      reopen(SignInWay.DEVICE_CODE, false);
      assertThat(reasonOf(() -> session().signInWithDeviceCode()))
          .isEqualTo(Reason.DEVICE_CODE_ENDED);
      assertThat(session().state()).isInstanceOf(SessionState.SignedOut.class);
    }
  }

  @Nested
  class ATechnicalAccount {
    @Test
    void signsInWithTheSecretOfTheVault() throws Exception {
      reopen(SignInWay.TECHNICAL_ACCOUNT, true);
      store
          .vault()
          .seal(
              new ConnectionSecrets(store.vault(), session().connection().id()).clientSecretName(),
              line.technicalClientSecret());
      session().signInAsTechnicalAccount();
      assertThat(session().account()).contains(line.technicalClientId());
      assertThat(session().ends()).isEmpty();
      session().switchTo(organization("Contoso"));
      assertThat(session().rights(organization("Contoso")).orElseThrow()).isNotEmpty();
    }

    @Test
    void withoutItsSecretSignsNobodyIn() {
      reopen(SignInWay.TECHNICAL_ACCOUNT, false);
      assertThat(reasonOf(() -> session().signInAsTechnicalAccount()))
          .isEqualTo(Reason.SIGN_IN_REFUSED);
    }
  }

  @Nested
  class APastedToken {
    @Test
    void worksUntilTheServerRefusesIt() throws Exception {
      String token = accessTokenOf("pat");
      reopen(SignInWay.PASTED_TOKEN, true);
      session().signInWithToken(token);
      assertThat(session().account().orElseThrow()).isNotBlank();
      session().switchTo(organization("Contoso"));

      server.control().endSessions("pat");
      assertThat(problemOf(() -> session().ask(() -> session().server().root())))
          .isEqualTo(new Problem.SignedOut());
      assertThat(session().account()).isEmpty();
    }

    @Test
    void isNeitherRevokedNorKept() throws Exception {
      String token = accessTokenOf("pat");
      reopen(SignInWay.PASTED_TOKEN, true);
      session().signInWithToken(token);
      session().signOut();
      assertThat(calls("/oauth2/revoke")).isZero();
      assertThat(session().resume()).isFalse();
    }

    @Test
    void thatIsNoneSignsNobodyIn() {
      reopen(SignInWay.PASTED_TOKEN, false);
      assertThat(reasonOf(() -> session().signInWithToken("not-a-token")))
          .isEqualTo(Reason.TOKEN_REFUSED);
      assertThat(session().account()).isEmpty();
    }

    private String accessTokenOf(String account) throws Exception {
      server.control().traits().deviceCodes(Duration.ofMinutes(10), Duration.ZERO);
      String codes =
          post(
              line.baseUrl() + "/t/acme/oauth2/device_authorize",
              Map.of(
                  "client_id",
                  line.publicClientId(),
                  "scope",
                  "openid internal_login internal_organization_view"));
      typeIn(member(codes, "user_code"), account);
      String tokens =
          post(
              line.baseUrl() + "/t/acme/oauth2/token",
              Map.of(
                  "grant_type",
                  "urn:ietf:params:oauth:grant-type:device_code",
                  "device_code",
                  member(codes, "device_code"),
                  "client_id",
                  line.publicClientId()));
      return member(tokens, "access_token");
    }

    private static String member(String json, String name) {
      Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
      assertThat(found.find()).as(json).isTrue();
      return found.group(1);
    }
  }

  @Nested
  class StayingSignedIn {
    @BeforeEach
    void wanted() throws Exception {
      reopen(SignInWay.BROWSER, true);
      signIn("pat");
    }

    @Test
    void lastsOverSeveralRestarts() throws Exception {
      for (int i = 0; i < 3; i++) {
        reopen(SignInWay.BROWSER, true);
        assertThat(session().account()).isEmpty();
        assertThat(session().resume()).isTrue();
        assertThat(session().account()).contains("pat");
      }
      session().switchTo(organization("Contoso"));
      assertThat(session().rights(organization("Contoso"))).isPresent();
    }

    @Test
    void survivesARefreshInBetween() throws Exception {
      clock.move(Duration.ofHours(2));
      session().ask(() -> session().server().root());
      reopen(SignInWay.BROWSER, true);
      assertThat(session().resume()).isTrue();
    }

    @Test
    void endsWhenTheServerRefusesAndSaysSoOnce() throws Exception {
      server.control().endSessions("pat");
      reopen(SignInWay.BROWSER, true);
      assertThat(problemOf(() -> session().resume())).isEqualTo(new Problem.SignedOut());
      assertThat(session().state())
          .isEqualTo(new SessionState.SignedOut(Optional.of(new Problem.SignedOut())));
      assertThat(session().resume()).isFalse();
    }

    @Test
    void waitsForAServerThatIsAway() throws Exception {
      server.close();
      reopen(SignInWay.BROWSER, true);
      assertThat(problemOf(() -> session().resume())).isInstanceOf(Problem.Unreachable.class);
      startServer();
      assertThat(session().resume()).isTrue();
    }

    @Test
    void isLeftAloneWhileSomebodyWorksOffline() throws Exception {
      reopen(SignInWay.BROWSER, true);
      session().workOffline();
      server.control().clearLog();
      assertThat(problemOf(() -> session().resume()))
          .isEqualTo(new Problem.Unreachable("127.0.0.1", false, true));
      assertThat(server.control().log().requests()).isEmpty();
      session().goOnline();
      assertThat(session().resume()).isTrue();
    }

    @Test
    void neverSendsARefreshTokenTwiceEvenIfTheAnswerGotLost() throws Exception {
      reopen(SignInWay.BROWSER, true);
      server.control().clearLog();
      server.control().dropAfterWork("/oauth2/token", 1);
      assertThat(problemOf(() -> session().resume())).isInstanceOf(Problem.Unreachable.class);
      assertThat(session().resume()).isFalse();
      reopen(SignInWay.BROWSER, true);
      assertThat(session().resume()).isFalse();
      assertThat(calls("/oauth2/token")).isEqualTo(1);
    }

    @Test
    void endsWithASignOutWhichMakesTheTokensWorthless() throws Exception {
      session().switchTo(organization("Contoso"));
      server.control().clearLog();
      session().signOut();
      assertThat(
              server.control().log().requests().stream()
                  .filter(request -> request.path().contains("/oauth2/revoke")))
          .hasSize(4)
          .allMatch(request -> request.status() == 200);
      assertThat(session().resume()).isFalse();
      reopen(SignInWay.BROWSER, true);
      assertThat(session().resume()).isFalse();
    }

    @Test
    void isForgottenWhenItIsNotWantedAnyMore() throws Exception {
      reopen(SignInWay.BROWSER, false);
      assertThat(session().resume()).isFalse();
      signIn("pat");
      reopen(SignInWay.BROWSER, true);
      assertThat(session().resume()).isFalse();
    }
  }

  @Nested
  class AToken {
    @Test
    void isRefreshedOnceForTwentyCallersAtOnce() throws Exception {
      signIn("pat");
      OrganizationId contoso = organization("Contoso");
      session().switchTo(contoso);
      server.control().clearLog();
      clock.move(Duration.ofHours(2));
      List<Future<Integer>> groups = new ArrayList<>();
      try (var threads = Executors.newFixedThreadPool(20)) {
        Callable<Integer> call = () -> session().access(contoso).groups().size();
        for (int i = 0; i < 20; i++) {
          groups.add(threads.submit(call));
        }
        for (Future<Integer> one : groups) {
          assertThat(one.get(20, TimeUnit.SECONDS)).isPositive();
        }
      }
      assertThat(calls("/oauth2/token")).isEqualTo(1);
    }

    @Test
    void thatTheServerForgotEndsTheSessionAfterOneTry() throws Exception {
      signIn("pat");
      server.control().endSessions("pat");
      server.control().clearLog();
      assertThat(problemOf(() -> session().ask(() -> session().server().root())))
          .isEqualTo(new Problem.SignedOut());
      assertThat(calls("/oauth2/token")).isEqualTo(1);
      assertThat(session().state())
          .isEqualTo(new SessionState.SignedOut(Optional.of(new Problem.SignedOut())));
    }
  }

  @Nested
  class ARefusedSwitch {
    private OrganizationId contoso;

    @BeforeEach
    void insideContoso() throws Exception {
      signIn("pat");
      contoso = organization("Contoso");
      session().switchTo(contoso);
    }

    @ParameterizedTest
    @EnumSource(names = "SERVER_ERROR", mode = EnumSource.Mode.EXCLUDE)
    void forLackOfMembershipIsTold(PracticeTraits.NonMember way) {
      server.control().traits().refuseNonMembers(way);
      server.control().removeMember("Northwind", "pat");
      assertThat(reasonOf(() -> session().switchTo(organization("Northwind"))))
          .isEqualTo(Reason.NOT_A_MEMBER);
      staysInContoso();
    }

    @Test
    void withoutAnyWordsIsAFaultOfTheServer() {
      server.control().traits().refuseNonMembers(PracticeTraits.NonMember.SERVER_ERROR);
      server.control().removeMember("Northwind", "pat");
      assertThat(problemOf(() -> session().switchTo(organization("Northwind"))))
          .isInstanceOf(Problem.ServerFault.class);
      staysInContoso();
    }

    @Test
    void intoAnotherBranchIsTold() {
      server.control().applicationOf("Contoso");
      assertThat(reasonOf(() -> session().switchTo(organization("Northwind"))))
          .isEqualTo(Reason.OTHER_BRANCH);
      staysInContoso();
    }

    @Test
    void forAnUnknownIdIsTold() {
      OrganizationId unknown = new OrganizationId("6f2a1c1e-0000-4000-8000-000000000000");
      assertThat(reasonOf(() -> session().switchTo(unknown)))
          .isEqualTo(Reason.UNKNOWN_ORGANIZATION);
      staysInContoso();
    }

    @Test
    void forAGrantThatIsOffIsTold() {
      server.control().traits().turnGrantOff("organization_switch");
      assertThat(reasonOf(() -> session().switchTo(organization("Northwind"))))
          .isEqualTo(Reason.GRANT_NOT_ENABLED);
      staysInContoso();
    }

    private void staysInContoso() {
      assertThat(session().account()).contains("pat");
      assertThat(session().current()).contains(contoso);
      assertThat(session().rights(contoso)).isPresent();
    }
  }

  @Nested
  class TheLinkOfNobody {
    @Test
    void isOfflineForAsLongAsTheServerIsAway() throws Exception {
      signIn("pat");
      server.close();
      session().probe();
      session().signOut();
      assertThat(session().link().offline()).as("nobody to ask for is no answer").isTrue();
      session().probe();
      assertThat(session().link().offline()).isTrue();

      startServer();
      session().probe();
      assertThat(session().link().state()).isEqualTo(Link.State.ONLINE);
      assertThat(session().account()).isEmpty();
    }
  }

  @Nested
  class ARunWhoseSessionEnds {
    private OrganizationId contoso;
    private Run run;

    @BeforeEach
    void endInTheMiddle() throws Exception {
      signIn("pat");
      contoso = organization("Contoso");
      session().switchTo(contoso);
      server.control().endSessions("pat");
      server.control().clearLog();
      List<Target.Person> people =
          line.organizations().stream()
              .filter(place -> place.id().equals(contoso.value()))
              .flatMap(place -> place.people().stream().limit(2))
              .map(PracticeWorld::person)
              .toList();
      run = workplace.runs().invite(contoso, people, true, "");
      until(() -> session().account().isEmpty());
    }

    @Test
    void goesOnWhenTheSamePersonSignsInAgain() throws Exception {
      assertThat(invited()).isZero();
      signIn("pat");
      until(() ->
          workplace.runs().rows(run.number()).stream()
              .allMatch(row -> row.state() == RowState.INVITED));
      assertThat(invited()).isEqualTo(2);
      assertThat(workplace.runs().othersWaiting()).isEmpty();
    }

    @Test
    void waitsWhenSomebodyElseDoes() throws Exception {
      signIn("ina");
      until(() -> phase() == Run.Phase.ASKS);
      assertThat(workplace.runs().othersWaiting())
          .singleElement()
          .satisfies(others -> {
            assertThat(others.account()).isEqualTo("pat");
            assertThat(others.rows()).isEqualTo(2);
            assertThat(others.runs()).extracting(Run::number).containsExactly(run.number());
          });
      workplace.runs().goOn(run.number());
      until(() -> phase() == Run.Phase.ASKS);
      assertThat(invited()).isZero();
    }

    @Test
    void leavesInTheNameOfSomebodyElseWhenTheySaySo() throws Exception {
      signIn("ina");
      workplace.runs().sendAsMe("pat");
      assertThat(workplace.runs().othersWaiting()).isEmpty();
      assertThat(workplace.runs().find(run.number()).orElseThrow().account()).isEqualTo("ina");
      until(() -> workplace.runs().find(run.number()).orElseThrow().reviewed().isPresent());
      assertThat(phase()).as("compared first, then it asks").isEqualTo(Run.Phase.ASKS);
      assertThat(invited()).isZero();
      workplace.runs().goOn(run.number());
      until(() ->
          workplace.runs().rows(run.number()).stream()
              .allMatch(row -> row.state() == RowState.INVITED));
    }

    @Test
    void isDroppedWhenSomebodyElseSaysSo() throws Exception {
      signIn("ina");
      workplace.runs().discardOf("pat");
      assertThat(workplace.runs().othersWaiting()).isEmpty();
      assertThat(workplace.runs().rows(run.number()))
          .extracting(RunRow::state)
          .containsOnly(RowState.NOT_TRIED);
      assertThat(invited()).isZero();
    }

    private Run.Phase phase() {
      return workplace.runs().find(run.number()).orElseThrow().phase();
    }

    private long invited() {
      return server.control().log().effects().stream()
          .filter(effect -> effect.kind() == PracticeControl.Effect.Kind.INVITED)
          .count();
    }
  }
}
