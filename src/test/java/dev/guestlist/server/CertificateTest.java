package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.Connection.Trust;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Problem.Untrusted;
import dev.guestlist.model.Problem.Untrusted.Why;
import dev.guestlist.model.ServerCertificate;
import dev.guestlist.testing.ChangingCertificate;
import dev.guestlist.testing.TestKeys;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class CertificateTest {
  private static final String ROOT_ANSWER = "{\"id\":\"root-id\",\"name\":\"Acme\"}";

  @TempDir static Path folder;
  private static TestKeys keys;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private ServerFixture.Memory tokens;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = TestKeys.in(folder);
    keys.signed("good", "localhost");
    keys.signed("next", "localhost");
    keys.signed("elsewhere", "elsewhere.example");
    keys.signed("expired", "localhost", "-startdate", "-10d", "-validity", "5");
    keys.signed("early", "localhost", "-startdate", "+5d");
    keys.selfSigned(
        "default", "CN=localhost, OU=WSO2, O=WSO2, L=Santa Clara, ST=CA, C=US", "localhost");
  }

  @BeforeEach
  void signIn() {
    tokens = new ServerFixture.Memory();
    tokens.keep(Optional.empty(), ServerFixture.tokens("root-1"));
    tokens.keep(Optional.of(ServerFixture.CHILD), ServerFixture.tokens("child-1"));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  private MockWebServer web(String key) throws Exception {
    MockWebServer web = new MockWebServer();
    web.useHttps(keys.server(key).getSocketFactory());
    web.start(InetAddress.getByName("localhost"), 0);
    opened.add(web);
    return web;
  }

  private IdentityServer client(int port, Trust trust) {
    Connection plain =
        ServerFixture.connection(URI.create("https://localhost:" + port), SignInWay.BROWSER);
    Connection.Settings usual = plain.settings();
    Connection connection =
        plain.with(
            new Connection.Settings(
                usual.colour(),
                usual.favourite(),
                usual.startIn(),
                usual.discovery(),
                trust,
                usual.proxying(),
                usual.acceptLink(),
                usual.readOnly(),
                usual.staySignedIn()));
    IdentityServer client =
        new IdentityServer(
            connection,
            Secrets.NONE,
            tokens,
            () -> ServerFixture.NOW,
            new Limits(
                java.time.Duration.ofSeconds(5),
                java.time.Duration.ofSeconds(5),
                java.time.Duration.ofSeconds(10),
                100_000));
    opened.add(client);
    return client;
  }

  private Trust withAuthority() throws Exception {
    return new Trust.WithFile(keys.pem("authority.pem", keys.authority()));
  }

  private static Untrusted untrusted(ServerFixture.Attempt attempt) {
    Problem problem = problemOf(attempt);
    assertThat(problem).isInstanceOf(Untrusted.class);
    assertThat(problem.mayHaveHappened()).isFalse();
    return (Untrusted) problem;
  }

  @ParameterizedTest
  @EnumSource(EveryCall.class)
  void nothingIsSentToAServerThatNobodyVouchesFor(EveryCall call) throws Exception {
    MockWebServer web = web("good");
    IdentityServer server = client(web.getPort(), new Trust.OfSystem());
    Untrusted problem = untrusted(() -> call.make(server));
    assertThat(problem.host()).isEqualTo("localhost");
    assertThat(problem.why()).isEqualTo(Why.UNKNOWN_ISSUER);
    ServerCertificate shown = problem.certificate().orElseThrow();
    assertThat(shown.subject()).isEqualTo("CN=localhost");
    assertThat(shown.names()).containsExactly("localhost");
    assertThat(shown.issuer()).isEqualTo("CN=Test authority");
    assertThat(shown.fingerprint()).isEqualTo(keys.fingerprint("good"));
    assertThat(shown.validUntil()).isEqualTo(keys.certificate("good").getNotAfter().toInstant());
    assertThat(shown.knownDefault()).isFalse();
    assertThat(web.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"elsewhere, OTHER_HOST", "expired, EXPIRED", "early, NOT_YET_VALID"})
  void aSignedCertificateMustAlsoBeForThisHostAndInDate(String key, Why why) throws Exception {
    MockWebServer web = web(key);
    IdentityServer server = client(web.getPort(), withAuthority());
    Untrusted problem = untrusted(server::root);
    assertThat(problem.why()).isEqualTo(why);
    assertThat(problem.certificate().orElseThrow().fingerprint()).isEqualTo(keys.fingerprint(key));
    assertThat(web.getRequestCount()).isZero();
  }

  @Test
  void theCertificateThatTheProductComesWithIsRecognized() throws Exception {
    MockWebServer web = web("default");
    IdentityServer server = client(web.getPort(), new Trust.OfSystem());
    Untrusted problem = untrusted(server::root);
    assertThat(problem.why()).isEqualTo(Why.KNOWN_DEFAULT);
    assertThat(problem.certificate().orElseThrow().knownDefault()).isTrue();
  }

  @Nested
  class AFile {
    @Test
    void withSeveralCertificatesIsAddedToWhatTheSystemTrusts() throws Exception {
      MockWebServer web = web("good");
      web.enqueue(ServerFixture.json(200, ROOT_ANSWER).build());
      Path file = keys.pem("two.pem", keys.certificate("default"), keys.authority());
      IdentityServer server = client(web.getPort(), new Trust.WithFile(file));
      assertThat(server.root().name()).isEqualTo("Acme");
      assertThat(web.takeRequest().getHeaders().get("Authorization"))
          .isEqualTo("Bearer root-1-access");
    }

    @Test
    void inBinaryFormIsReadToo() throws Exception {
      MockWebServer web = web("good");
      web.enqueue(ServerFixture.json(200, ROOT_ANSWER).build());
      Path file = Files.write(folder.resolve("authority.der"), keys.authority().getEncoded());
      assertThat(client(web.getPort(), new Trust.WithFile(file)).root().name()).isEqualTo("Acme");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "no certificate at all", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END"})
    void thatIsDamagedStopsEverythingBeforeAConnection(String content) throws Exception {
      Path file = Files.writeString(folder.resolve("damaged.pem"), content);
      MockWebServer web = web("good");
      IdentityServer server = client(web.getPort(), new Trust.WithFile(file));
      assertThat(untrusted(server::root))
          .isEqualTo(new Untrusted("localhost", Why.CERTIFICATE_FILE, Optional.empty()));
      assertThat(web.getRequestCount()).isZero();
    }

    @Test
    void thatWasMissingIsReadOnceItIsThere() throws Exception {
      Path file = folder.resolve("late.pem");
      MockWebServer web = web("good");
      web.enqueue(ServerFixture.json(200, ROOT_ANSWER).build());
      IdentityServer server = client(web.getPort(), new Trust.WithFile(file));
      assertThat(untrusted(server::root).why()).isEqualTo(Why.CERTIFICATE_FILE);
      keys.pem("late.pem", keys.authority());
      assertThat(server.root().name()).isEqualTo("Acme");
    }
  }

  @Nested
  class APin {
    private Trust on(String key) throws Exception {
      return new Trust.Pinned(keys.fingerprint(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "expired", "early", "elsewhere"})
    void acceptsItsCertificateWhateverNameAndDatesSay(String key) throws Exception {
      MockWebServer web = web(key);
      web.enqueue(ServerFixture.json(200, ROOT_ANSWER).build());
      assertThat(client(web.getPort(), on(key)).root().name()).isEqualTo("Acme");
    }

    @ParameterizedTest
    @EnumSource(EveryCall.class)
    void acceptsNoOtherNotEvenAnIntactOne(EveryCall call) throws Exception {
      MockWebServer web = web("next");
      IdentityServer server = client(web.getPort(), on("good"));
      Untrusted problem = untrusted(() -> call.make(server));
      assertThat(problem.why()).isEqualTo(Why.CHANGED);
      assertThat(problem.certificate().orElseThrow().fingerprint())
          .isEqualTo(keys.fingerprint("next"));
      assertThat(web.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource(EveryCall.class)
    void noTokenReachesAServerThatShowsAnotherCertificateInTheMiddle(EveryCall call)
        throws Exception {
      ChangingCertificate shown = new ChangingCertificate(keys.server("good").getSocketFactory());
      MockWebServer web = new MockWebServer();
      opened.add(web);
      web.useHttps(shown);
      web.start(InetAddress.getByName("localhost"), 0);
      web.enqueue(
          ServerFixture.json(200, ROOT_ANSWER)
              .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
              .build());
      IdentityServer server = client(web.getPort(), on("good"));
      assertThat(server.root().name()).isEqualTo("Acme");
      shown.changeTo(keys.server("next").getSocketFactory());
      // the kept connection may still look alive to the first call, which then finds it broken
      Problem first = problemOf(() -> call.make(server));
      assertThat(first).isInstanceOfAny(Untrusted.class, Problem.Unreachable.class);
      assertThat(untrusted(() -> call.make(server)).why()).isEqualTo(Why.CHANGED);
      assertThat(web.getRequestCount()).isEqualTo(1);
    }
  }

  @Test
  void plainHttpToAnotherComputerIsRefused() {
    IdentityServer server =
        new IdentityServer(
            ServerFixture.connection(URI.create("http://id.acme.example"), SignInWay.BROWSER),
            Secrets.NONE,
            tokens,
            () -> ServerFixture.NOW);
    opened.add(server);
    assertThat(untrusted(server::root))
        .isEqualTo(new Untrusted("id.acme.example", Why.NOT_ENCRYPTED, Optional.empty()));
  }

  @Test
  void aServerWithOnlyOldEncryptionIsToldPlainly() throws Exception {
    try (ServerSocket old = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      Thread answering = Thread.ofVirtual().start(() -> refuseVersion(old));
      IdentityServer server = client(old.getLocalPort(), new Trust.OfSystem());
      assertThat(untrusted(server::root).why()).isEqualTo(Why.OLD_ENCRYPTION);
      answering.join();
    }
  }

  /// Answers the first words of a handshake with the alert "protocol version".
  private static void refuseVersion(ServerSocket old) {
    try (Socket caller = old.accept()) {
      InputStream in = caller.getInputStream();
      byte[] head = in.readNBytes(5);
      in.readNBytes(((head[3] & 0xff) << 8) | (head[4] & 0xff));
      caller.getOutputStream().write(new byte[] {0x15, 3, 2, 0, 2, 2, 70});
      caller.getOutputStream().flush();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
