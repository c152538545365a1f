package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.CHILD;
import static dev.guestlist.server.ServerFixture.NOW;
import static dev.guestlist.server.ServerFixture.body;
import static dev.guestlist.server.ServerFixture.json;
import static dev.guestlist.server.ServerFixture.problemOf;
import static dev.guestlist.server.ServerFixture.tokenAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Right;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Switching into organizations, and what happens to tokens that end.
class RenewalTest {
  private static final String UNAUTHORIZED =
      "{\"code\":401,\"message\":\"Unauthorized\",\"description\":\"No.\"}";
  private static final String INVALID_GRANT =
      "{\"error\":\"invalid_grant\",\"error_description\":\"Refresh token is expired.\"}";
  private static final Optional<OrganizationId> ROOT = Optional.empty();
  private static final OrganizationId NEW = new OrganizationId("new-id");

  private ServerFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new ServerFixture();
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  @Nested
  class Entering {

    @Test
    void asksForATokenOfTheOrganization() throws Exception {
      fixture.answer(200, tokenAnswer("new", "internal_login internal_org_group_mgt_view"));
      OrganizationAccess access = fixture.server.enter(NEW);
      RecordedRequest request = fixture.request();
      assertThat(request.getRequestLine()).isEqualTo("POST /t/acme/oauth2/token HTTP/1.1");
      assertThat(request.getHeaders().get("Authorization")).isNull();
      assertThat(request.getHeaders().get("Content-Type"))
          .isEqualTo("application/x-www-form-urlencoded");
      assertThat(body(request))
          .isEqualTo(
              "grant_type=organization_switch&token=root-1-access&switching_organization=new-id"
                  + "&scope=internal_login+internal_org_organization_view"
                  + "+internal_org_guest_mgt_invite_add+internal_org_guest_mgt_invite_list"
                  + "+internal_org_guest_mgt_invite_delete+internal_org_group_mgt_view"
                  + "+internal_org_role_mgt_view+internal_org_user_mgt_list"
                  + "&client_id=client-1");
      assertThat(access.organization()).isEqualTo(NEW);
      assertThat(access.rights()).containsExactly(Right.VIEW_GROUPS);
      assertThat(fixture.store.find(Optional.of(NEW)))
          .contains(
              new Tokens(
                  "new-access",
                  Optional.of("new-refresh"),
                  Set.of("internal_login", "internal_org_group_mgt_view"),
                  NOW.plus(Duration.ofHours(1)),
                  "alice"));
    }

    @Test
    void usesAKeptTokenAgain() throws Exception {
      fixture.server.enter(CHILD);
      assertThat(fixture.requests()).isZero();
    }

    @Test
    void asksAgainWhenTheKeptTokenHasEndedAndCannotBeRefreshed() throws Exception {
      fixture.store.keep(
          Optional.of(CHILD), new Tokens("old", Optional.empty(), Set.of(), NOW, "alice"));
      fixture.answer(200, tokenAnswer("child-2", ""));
      fixture.server.enter(CHILD);
      assertThat(body(fixture.request())).startsWith("grant_type=organization_switch");
      assertThat(fixture.store.find(Optional.of(CHILD)).orElseThrow().access())
          .isEqualTo("child-2-access");
    }

    @Test
    void takesAnAnswerWithoutScopesForNoRights() throws Exception {
      fixture.answer(200, "{\"access_token\":\"a\",\"expires_in\":\"3600\"}");
      OrganizationAccess access = fixture.server.enter(NEW);
      assertThat(access.rights()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "401, invalid_client, User is not allowed to access the organization, NOT_A_MEMBER",
      "400, invalid_grant, User is not allowed to access the organization with ID: x.,"
          + " NOT_A_MEMBER",
      "500, server_error, User is not allowed to access the organization, NOT_A_MEMBER",
      "400, invalid_grant, Organization switching is not allowed for organizations that have not"
          + " shared the application, NOT_SHARED",
      "400, invalid_request, The switching organization is in deactivated state.,"
          + " ORGANIZATION_DISABLED",
      "400, invalid_request, Invalid organization id: x, UNKNOWN_ORGANIZATION",
      "400, invalid_grant, Organization switch is only allowed for the organizations in the same"
          + " branch., OTHER_BRANCH",
      "400, unauthorized_client, The grant is not enabled., GRANT_NOT_ENABLED",
      "401, invalid_client, Client credentials are wrong., OTHER"
    })
    void tellsRefusalsApartByTheirWords(int status, String code, String words, Reason reason) {
      fixture.answer(
          status, "{\"error\":\"" + code + "\",\"error_description\":\"" + words + "\"}");
      assertThat(problemOf(() -> fixture.server.enter(NEW)))
          .isEqualTo(new Problem.Rejected(reason, code, words));
      assertThat(fixture.store.history).isEmpty();
      assertThat(fixture.requests()).isEqualTo(1);
    }

    @Test
    void leavesAFaultOfTheServerAFault() {
      fixture.answer(502, "{\"error\":\"server_error\",\"error_description\":\"Service\"}");
      assertThat(problemOf(() -> fixture.server.enter(NEW)))
          .isEqualTo(new Problem.ServerFault(502, "server_error", ""));
    }

    @Test
    void refreshesTheRootOnceWhenItsTokenHasEnded() throws Exception {
      String invalid =
          "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid token received.\"}";
      fixture.answer(400, invalid);
      fixture.answer(200, tokenAnswer("root-2", "openid"));
      fixture.answer(200, tokenAnswer("new", ""));
      fixture.server.enter(NEW);
      assertThat(body(fixture.request())).contains("token=root-1-access");
      assertThat(body(fixture.request()))
          .isEqualTo("grant_type=refresh_token&refresh_token=root-1-refresh&client_id=client-1");
      assertThat(body(fixture.request())).contains("token=root-2-access");
      assertThat(fixture.store.history).containsExactly("spending", "root-2-access", "new-access");
    }

    @Test
    void endsTheSessionWhenAlsoTheNewRootTokenIsInvalid() {
      String invalid =
          "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid token received.\"}";
      fixture.answer(400, invalid);
      fixture.answer(200, tokenAnswer("root-2", "openid"));
      fixture.answer(400, invalid);
      assertThat(problemOf(() -> fixture.server.enter(NEW))).isEqualTo(new Problem.SignedOut(true));
      assertThat(fixture.requests()).isEqualTo(3);
    }

    @Test
    void needsSomebodySignedIn() {
      fixture.store.forget(ROOT);
      assertThat(problemOf(() -> fixture.server.enter(NEW))).isEqualTo(new Problem.SignedOut());
      assertThat(fixture.requests()).isZero();
    }

    @Test
    void asksOnceForManyCallersAtOnce() throws Exception {
      fixture.answer(200, tokenAnswer("new", "internal_org_group_mgt_view"));
      List<OrganizationAccess> entered = atOnce(20, () -> fixture.server.enter(NEW));
      assertThat(entered).allMatch(access -> access.rights().contains(Right.VIEW_GROUPS));
      assertThat(fixture.requests()).isEqualTo(1);
    }
  }

  @Nested
  class ARefusedToken {

    @Test
    void isRefreshedOnceAndTheCallMadeAgain() throws Exception {
      fixture.answer(401, UNAUTHORIZED);
      fixture.answer(200, tokenAnswer("child-2", "internal_org_group_mgt_view"));
      fixture.answer(200, "{}");
      assertThat(fixture.child().groups()).isEmpty();
      assertThat(fixture.request().getHeaders().get("Authorization"))
          .isEqualTo("Bearer child-1-access");
      assertThat(body(fixture.request()))
          .isEqualTo("grant_type=refresh_token&refresh_token=child-1-refresh&client_id=client-1");
      assertThat(fixture.request().getHeaders().get("Authorization"))
          .isEqualTo("Bearer child-2-access");
    }

    @Test
    void isReplacedInTheStoreBeforeTheNewOneIsUsed() throws Exception {
      fixture.web.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              String authorization = request.getHeaders().get("Authorization");
              if (authorization == null) {
                return json(200, tokenAnswer("child-2", "")).build();
              }
              boolean kept = fixture.store.history.contains("child-2-access");
              return authorization.endsWith("child-2-access") && kept
                  ? json(200, "{}").build()
                  : json(401, UNAUTHORIZED).build();
            }
          });
      assertThat(fixture.child().groups()).isEmpty();
    }

    @Test
    void makesAWriteArriveOnceMore() throws Exception {
      fixture.answer(401, UNAUTHORIZED);
      fixture.answer(200, tokenAnswer("child-2", ""));
      fixture.answerEmpty(204);
      EveryCall.DELETE.make(fixture.server);
      assertThat(fixture.requests()).isEqualTo(3);
    }

    @Test
    void endsTheSessionWhenTheNewOneIsRefusedToo() {
      fixture.answer(401, UNAUTHORIZED);
      fixture.answer(200, tokenAnswer("child-2", ""));
      fixture.answer(401, UNAUTHORIZED);
      assertThat(problemOf(() -> fixture.child().groups())).isEqualTo(new Problem.SignedOut(true));
      assertThat(fixture.requests()).isEqualTo(3);
    }

    @Test
    void endsTheSessionWhenItIsTheRootsAndTheRefreshTokenHasEnded() {
      fixture.answer(401, UNAUTHORIZED);
      fixture.answer(400, INVALID_GRANT);
      assertThat(problemOf(() -> fixture.server.root())).isEqualTo(new Problem.SignedOut());
      assertThat(fixture.requests()).isEqualTo(2);
    }

    @Test
    void isReplacedByANewSwitchWhenTheRefreshTokenHasEnded() throws Exception {
      fixture.answer(401, UNAUTHORIZED);
      fixture.answer(400, INVALID_GRANT);
      fixture.answer(200, tokenAnswer("child-2", ""));
      fixture.answer(200, "{}");
      fixture.child().groups();
      fixture.request();
      assertThat(body(fixture.request())).contains("grant_type=refresh_token");
      assertThat(body(fixture.request()))
          .contains("grant_type=organization_switch", "token=root-1-access");
      assertThat(fixture.request().getHeaders().get("Authorization"))
          .isEqualTo("Bearer child-2-access");
    }

    @Test
    void keepsScopesAndAccountWhereTheAnswerDoesNotNameThem() throws Exception {
      fixture.store.keep(
          ROOT, new Tokens("r", Optional.of("r-refresh"), Set.of("internal_login"), NOW, "alice"));
      fixture.answer(200, "{\"access_token\":\"r2\",\"expires_in\":60}");
      fixture.answer(200, "{\"id\":\"root-id\",\"name\":\"Acme\"}");
      fixture.server.root();
      assertThat(fixture.store.find(ROOT))
          .contains(
              new Tokens(
                  "r2",
                  Optional.empty(),
                  Set.of("internal_login"),
                  NOW.plus(Duration.ofMinutes(1)),
                  "alice"));
    }

    @Test
    void isRefreshedOnceForTwentyCallersAtOnce() throws Exception {
      AtomicInteger refreshes = new AtomicInteger();
      CountDownLatch allRefused = new CountDownLatch(20);
      fixture.web.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
              String authorization = request.getHeaders().get("Authorization");
              if (authorization == null) {
                refreshes.incrementAndGet();
                return json(200, tokenAnswer("child-2", "")).build();
              }
              if (authorization.endsWith("child-2-access")) {
                return json(200, "{}").build();
              }
              allRefused.countDown();
              allRefused.await();
              return json(401, UNAUTHORIZED).build();
            }
          });
      OrganizationAccess access = fixture.child();
      assertThat(atOnce(20, access::groups)).hasSize(20);
      assertThat(refreshes).hasValue(1);
    }
  }

  @Nested
  class ATokenThatEndsSoon {

    @Test
    void isRefreshedBeforeItIsUsed() throws Exception {
      fixture.now = NOW.plus(Duration.ofMinutes(59)).plusSeconds(45);
      fixture.answer(200, tokenAnswer("child-2", ""));
      fixture.answer(200, "{}");
      fixture.child().groups();
      assertThat(body(fixture.request())).startsWith("grant_type=refresh_token");
      assertThat(fixture.request().getHeaders().get("Authorization"))
          .isEqualTo("Bearer child-2-access");
    }

    @Test
    void isUsedAsItIsWhenNothingCanReplaceIt() throws Exception {
      fixture.store.keep(ROOT, new Tokens("r", Optional.empty(), Set.of(), NOW, "alice"));
      fixture.answer(200, "{\"id\":\"root-id\",\"name\":\"Acme\"}");
      assertThat(fixture.server.root().name()).isEqualTo("Acme");
    }
  }

  @Nested
  class ARefreshToken {

    @Test
    void isNotUsedAgainAfterALostAnswer() {
      fixture.answer(401, UNAUTHORIZED);
      fixture.web.enqueue(
          new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
      fixture.answer(401, UNAUTHORIZED);
      assertThat(problemOf(() -> fixture.server.root()))
          .isEqualTo(new Problem.Unreachable("127.0.0.1", false));
      assertThat(fixture.store.find(ROOT).orElseThrow().refresh()).isEmpty();
      assertThat(problemOf(() -> fixture.server.root())).isEqualTo(new Problem.SignedOut());
      assertThat(fixture.requests()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"500", "502"})
    void isNotUsedAgainAfterAFault(int status) {
      fixture.answer(401, UNAUTHORIZED);
      fixture.answer(status, "{\"error\":\"server_error\"}");
      problemOf(() -> fixture.server.root());
      assertThat(fixture.store.find(ROOT).orElseThrow().refresh()).isEmpty();
    }

    @Test
    void doesNotSignInAgainWhomSomebodySignedOutMeanwhile() {
      fixture.web.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              if (request.getHeaders().get("Authorization") != null) {
                return json(401, UNAUTHORIZED).build();
              }
              fixture.store.forget(ROOT);
              return json(200, tokenAnswer("root-2", "")).build();
            }
          });
      assertThat(problemOf(() -> fixture.server.root())).isEqualTo(new Problem.SignedOut());
      assertThat(problemOf(() -> fixture.server.enter(NEW))).isEqualTo(new Problem.SignedOut());
      assertThat(fixture.store.find(ROOT)).isEmpty();
    }

    @Test
    void bringsNoOrganizationTokenWhenSomebodySignedOutMeanwhile() {
      fixture.web.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              fixture.store.forget(ROOT);
              return json(200, tokenAnswer("new", "")).build();
            }
          });
      assertThat(problemOf(() -> fixture.server.enter(NEW))).isEqualTo(new Problem.SignedOut());
      assertThat(fixture.store.find(Optional.of(NEW))).isEmpty();
    }

    @Test
    void isKeptWhenTheServerWasBusy() throws Exception {
      fixture.answer(401, UNAUTHORIZED);
      fixture.answerEmpty(429);
      assertThat(problemOf(() -> fixture.server.root()))
          .isEqualTo(new Problem.Busy(Optional.empty()));
      assertThat(fixture.store.find(ROOT).orElseThrow().refresh()).contains("root-1-refresh");
    }

    @Test
    void isTakenOutOfItsKeepBeforeItIsSentAndItsSuccessorPutInBeforeItIsUsed() throws Exception {
      List<String> arrived = new CopyOnWriteArrayList<>();
      fixture.web.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              String authorization = request.getHeaders().get("Authorization");
              arrived.add(String.join(",", fixture.store.history));
              if (authorization == null) {
                return json(200, tokenAnswer("root-2", "")).build();
              }
              return authorization.endsWith("root-2-access")
                  ? json(200, "{\"id\":\"r\",\"name\":\"Root\"}").build()
                  : json(401, UNAUTHORIZED).build();
            }
          });
      fixture.server.root();
      assertThat(arrived).containsExactly("", "spending", "spending,root-2-access");
    }

    @Test
    void isPutBackWhenTheServerWasBusy() {
      fixture.answer(401, UNAUTHORIZED);
      fixture.answerEmpty(429);
      problemOf(() -> fixture.server.root());
      assertThat(fixture.store.history).containsExactly("spending", "root-1-access");
    }

    @Test
    void isKeptWhenNothingWasSent() throws Exception {
      fixture.now = NOW.plus(Duration.ofHours(2));
      int port = fixture.web.getPort();
      fixture.web.close();
      ServerFixture.untilNobodyListens(port);
      assertThat(problemOf(() -> fixture.server.root()))
          .isEqualTo(new Problem.Unreachable("127.0.0.1", false));
      assertThat(fixture.store.find(ROOT).orElseThrow().refresh()).contains("root-1-refresh");
    }

    @Test
    void thatFailsSaysThatTheCallItselfWasNotSent() {
      fixture.now = NOW.plus(Duration.ofHours(2));
      fixture.answer(500, "{}");
      Problem problem = problemOf(() -> EveryCall.INVITE.make(fixture.server));
      // entering said so itself; nothing of the invitation had left
      assertThat(problem).isInstanceOf(Problem.ServerFault.class);
      assertThat(fixture.requests()).isEqualTo(1);
    }

    @Test
    void thatFailsInTheMiddleOfAWriteSaysThatTheWriteDidNothing() throws Exception {
      OrganizationAccess access = fixture.child();
      fixture.answer(401, UNAUTHORIZED);
      fixture.answer(500, "{}");
      Problem problem = problemOf(() -> access.delete(new dev.guestlist.model.InvitationId("i-1")));
      assertThat(problem).isEqualTo(new Problem.Unreachable("127.0.0.1", false));
      assertThat(problem.mayHaveHappened()).isFalse();
    }
  }

  @Nested
  class ATechnicalAccount {

    @Test
    void authenticatesItselfForEverySwitch() throws Exception {
      fixture.answer(200, "{\"access_token\":\"a\",\"scope\":\"x\",\"expires_in\":3600}");
      fixture.technical(() -> "s3cret").enter(NEW);
      RecordedRequest request = fixture.request();
      assertThat(request.getHeaders().get("Authorization"))
          .isEqualTo(Credentials.basic("client-1", "s3cret"));
      assertThat(body(request))
          .isEqualTo(
              "grant_type=organization_switch&token=root-1-access&switching_organization=new-id"
                  + "&scope=SYSTEM");
    }

    @Test
    void renewsItsOwnTokenWithItsSecret() throws Exception {
      fixture.store.keep(ROOT, new Tokens("r", Optional.empty(), Set.of(), NOW, "client-1"));
      fixture.answer(200, "{\"access_token\":\"r2\",\"expires_in\":3600}");
      fixture.answer(200, "{\"id\":\"root-id\",\"name\":\"Acme\",\"status\":\"ACTIVE\"}");
      assertThat(fixture.technical(() -> "s3cret").root().name()).isEqualTo("Acme");
      RecordedRequest request = fixture.request();
      assertThat(body(request)).isEqualTo("grant_type=client_credentials&scope=SYSTEM");
      assertThat(request.getHeaders().get("Authorization"))
          .isEqualTo(Credentials.basic("client-1", "s3cret"));
      assertThat(fixture.request().getTarget())
          .isEqualTo("/t/acme/api/server/v1/organizations/self");
    }

    @Test
    void asksAnOlderServerForItsRootInAnotherWay() throws Exception {
      fixture.answer(400, "{\"code\":\"ORG-60064\"}");
      fixture.answer(200, "{\"id\":\"root-id\",\"name\":\"Acme\",\"status\":\"ACTIVE\"}");
      assertThat(fixture.technical(() -> "s3cret").root().name()).isEqualTo("Acme");
      fixture.request();
      assertThat(fixture.request().getTarget())
          .isEqualTo("/t/acme/api/server/v1/organizations/metadata");
    }

    @Test
    void switchesAgainWhenItsOrganizationTokenIsRefused() throws Exception {
      fixture.store.keep(
          Optional.of(CHILD),
          new Tokens("c", Optional.empty(), Set.of(), NOW.plusSeconds(99), "x"));
      fixture.answer(401, UNAUTHORIZED);
      fixture.answer(200, "{\"access_token\":\"c2\",\"expires_in\":3600}");
      fixture.answer(200, "{}");
      fixture.technical(() -> "s3cret").enter(CHILD).groups();
      fixture.request();
      assertThat(body(fixture.request())).startsWith("grant_type=organization_switch");
      assertThat(fixture.request().getHeaders().get("Authorization")).isEqualTo("Bearer c2");
    }
  }

  @Test
  void rightsAreReadFromOrganizationScopesOnly() {
    Tokens tokens =
        new Tokens(
            "a",
            Optional.empty(),
            Set.of(
                "internal_org_guest_mgt_invite_list",
                "internal_org_guest_mgt_invite_add",
                "internal_org_guest_mgt_invite_delete",
                "internal_org_group_mgt_view",
                "internal_org_role_mgt_view",
                "internal_org_user_mgt_list",
                "internal_org_organization_view"),
            NOW,
            "alice");
    assertThat(tokens.rights()).containsExactlyInAnyOrder(Right.values());
    Tokens root =
        new Tokens("a", Optional.empty(), Set.of("internal_organization_view"), NOW, "alice");
    assertThat(root.rights()).isEmpty();
  }

  private static <T> List<T> atOnce(int callers, Callable<T> call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> all = threads.invokeAll(Stream.generate(() -> call).limit(callers).toList());
      List<T> results = new java.util.ArrayList<>();
      for (Future<T> one : all) {
        results.add(one.get());
      }
      return results;
    }
  }
}
