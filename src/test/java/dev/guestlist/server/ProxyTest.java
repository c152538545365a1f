package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Proxying;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.Connection.Trust;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Problem.Untrusted.Why;
import dev.guestlist.testing.TestKeys;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyTest {
  private static final String HOST = "id.acme.test";
  private static final String ROOT_ANSWER = "{\"id\":\"root-id\",\"name\":\"Acme\"}";
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10), 100_000);

  @TempDir static Path folder;
  private static TestKeys keys;
  private static Path authority;

  /// The proxy; behind a tunnel it plays the server too.
  private final MockWebServer proxy = new MockWebServer();

  private final ServerFixture.Memory tokens = new ServerFixture.Memory();

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = TestKeys.in(folder);
    keys.signed("server", HOST);
    authority = keys.pem("authority.pem", keys.authority());
  }

  @BeforeEach
  void start() throws Exception {
    proxy.useHttps(keys.server("server").getSocketFactory());
    proxy.start();
    tokens.keep(Optional.empty(), ServerFixture.tokens("root-1"));
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
  }

  private IdentityServer client(URI server, Proxying proxying, Secrets secrets) {
    Connection plain = ServerFixture.connection(server, SignInWay.BROWSER);
    Connection.Settings usual = plain.settings();
    Connection connection =
        plain.with(
            new Connection.Settings(
                usual.colour(),
                usual.favourite(),
                usual.startIn(),
                usual.discovery(),
                new Trust.WithFile(authority),
                proxying,
                usual.acceptLink(),
                usual.readOnly(),
                usual.staySignedIn()));
    return new IdentityServer(connection, secrets, tokens, () -> ServerFixture.NOW, LIMITS);
  }

  private static URI server() {
    return URI.create("https://" + HOST + ":9443");
  }

  private Proxying through(Optional<String> user) {
    return new Proxying.Through("127.0.0.1", proxy.getPort(), user);
  }

  private static Secrets password(String password) {
    return new Secrets() {
      @Override
      public Optional<String> clientSecret() {
        return Optional.empty();
      }

      @Override
      public Optional<String> proxyPassword() {
        return Optional.of(password);
      }
    };
  }

  private void tunnel() {
    proxy.enqueue(new MockResponse.Builder().code(200).inTunnel().build());
    proxy.enqueue(ServerFixture.json(200, ROOT_ANSWER).build());
  }

  private void refuse(int times) {
    for (int time = 0; time < times; time++) {
      proxy.enqueue(
          new MockResponse.Builder()
              .code(407)
              .setHeader("Proxy-Authenticate", "Basic realm=\"proxy\"")
              .inTunnel()
              .build());
    }
  }

  @Test
  void theTunnelIsAskedForWithUserAndPasswordAndTheServerSeesNeither() throws Exception {
    tunnel();
    try (IdentityServer server =
        client(server(), through(Optional.of("anna")), password("pässword"))) {
      assertThat(server.root().name()).isEqualTo("Acme");
    }
    RecordedRequest connect = proxy.takeRequest();
    assertThat(connect.getMethod()).isEqualTo("CONNECT");
    assertThat(connect.getHeaders().get("Proxy-Authorization"))
        .isEqualTo(Credentials.basic("anna", "pässword", java.nio.charset.StandardCharsets.UTF_8));
    assertThat(connect.getHeaders().get("Authorization")).isNull();
    RecordedRequest call = proxy.takeRequest();
    assertThat(call.getHeaders().get("Proxy-Authorization")).isNull();
    assertThat(call.getHeaders().get("Authorization")).isEqualTo("Bearer root-1-access");
  }

  @Test
  void aProxyThatRefusesTheUserIsAskedOnceAndNothingElseIsSent() {
    refuse(5);
    try (IdentityServer server =
        client(server(), through(Optional.of("anna")), password("wrong"))) {
      assertThat(problemOf(server::root))
          .isEqualTo(
              new Problem.Untrusted(
                  "127.0.0.1:" + proxy.getPort(), Why.PROXY_REFUSED, Optional.empty()));
    }
    assertThat(proxy.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aProxyThatWantsAUserWhereNoneIsKnownIsToldPlainly() {
    refuse(5);
    try (IdentityServer server = client(server(), through(Optional.empty()), Secrets.NONE)) {
      assertThat(problemOf(server::root))
          .isEqualTo(
              new Problem.Untrusted(
                  "127.0.0.1:" + proxy.getPort(), Why.PROXY_REFUSED, Optional.empty()));
    }
    assertThat(proxy.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aProxyThatIsAwayIsNamedInsteadOfTheServer() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    Proxying away = new Proxying.Through("127.0.0.1", port, Optional.empty());
    try (IdentityServer server = client(server(), away, Secrets.NONE)) {
      assertThat(problemOf(server::root))
          .isEqualTo(new Problem.Unreachable("127.0.0.1:" + port, false));
    }
  }

  @Test
  void aProxyThatCannotReachTheServerIsNotNamed() {
    proxy.enqueue(new MockResponse.Builder().code(502).inTunnel().build());
    try (IdentityServer server = client(server(), through(Optional.empty()), Secrets.NONE)) {
      assertThat(problemOf(server::root)).isEqualTo(new Problem.Unreachable(HOST, false));
    }
  }

  @Test
  void theProxyOfTheSystemIsUsedWhereTheConnectionSaysSo() throws Exception {
    tunnel();
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(new Fixed(proxy.getPort()));
    try (IdentityServer server = client(server(), new Proxying.OfSystem(), Secrets.NONE)) {
      assertThat(server.root().name()).isEqualTo("Acme");
    } finally {
      ProxySelector.setDefault(before);
    }
    assertThat(proxy.takeRequest().getMethod()).isEqualTo("CONNECT");
  }

  @Test
  void nothingOnThisComputerIsAskedForThroughAProxy() throws Exception {
    try (ServerFixture fixture = new ServerFixture()) {
      fixture.answer(200, ROOT_ANSWER);
      try (IdentityServer server =
          client(fixture.connection().server(), through(Optional.empty()), Secrets.NONE)) {
        assertThat(server.root().name()).isEqualTo("Acme");
      }
    }
    assertThat(proxy.getRequestCount()).isZero();
  }

  /// A system with one proxy for everything.
  private static final class Fixed extends ProxySelector {
    private final int port;

    Fixed(int port) {
      this.port = port;
    }

    @Override
    public List<Proxy> select(URI address) {
      return List.of(
          new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", port)));
    }

    @Override
    public void connectFailed(URI address, SocketAddress at, IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
