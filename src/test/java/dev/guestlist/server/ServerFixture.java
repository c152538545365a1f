package dev.guestlist.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/// The real client against a server that answers what a test enqueues. Somebody is signed in, and
/// the organization `child` is entered.
final class ServerFixture implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final OrganizationId CHILD = new OrganizationId("child-id");
  static final Limits SHORT =
      new Limits(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofSeconds(3), 1024 * 1024);

  /// For answers that must run out of time.
  static final Limits VERY_SHORT =
      new Limits(
          Duration.ofSeconds(2), Duration.ofMillis(250), Duration.ofMillis(500), 1024 * 1024);

  final MockWebServer web = new MockWebServer();
  final Memory store = new Memory();

  /// Stands still unless a test moves it.
  volatile Instant now = NOW;

  final InstantSource clock = () -> now;
  final IdentityServer server;
  private final List<AutoCloseable> opened = new ArrayList<>();

  ServerFixture() throws IOException {
    this(SHORT);
  }

  ServerFixture(Limits limits) throws IOException {
    web.start();
    store.keep(Optional.empty(), tokens("root-1"));
    store.keep(Optional.of(CHILD), tokens("child-1"));
    store.history.clear();
    server = new IdentityServer(connection(), Secrets.NONE, store, clock, limits);
  }

  Connection connection() {
    return connection(
        URI.create("http://127.0.0.1:" + web.getPort()), Connection.SignInWay.BROWSER);
  }

  static Connection connection(URI address, Connection.SignInWay way) {
    return new Connection(
        new ConnectionId("test"),
        "Test",
        Connection.Kind.TEST,
        address,
        "acme",
        "client-1",
        way,
        2,
        Duration.ofDays(3));
  }

  /// Secrets that only hold the secret of a client.
  static Secrets secret(Supplier<String> secret) {
    return new Secrets() {
      @Override
      public Optional<String> clientSecret() {
        return Optional.of(secret.get());
      }

      @Override
      public Optional<String> proxyPassword() {
        return Optional.empty();
      }
    };
  }

  IdentityServer technical(Supplier<String> secret) {
    Connection connection =
        connection(connection().server(), Connection.SignInWay.TECHNICAL_ACCOUNT);
    IdentityServer technical = new IdentityServer(connection, secret(secret), store, clock, SHORT);
    opened.add(technical);
    return technical;
  }

  /// The client against another server of the test, with the same people signed in.
  IdentityServer at(URI address) {
    return at(address, SHORT);
  }

  IdentityServer at(URI address, Limits limits) {
    Connection connection = connection(address, Connection.SignInWay.BROWSER);
    IdentityServer other = new IdentityServer(connection, Secrets.NONE, store, clock, limits);
    opened.add(other);
    return other;
  }

  OrganizationAccess child() throws ProblemException {
    return server.enter(CHILD);
  }

  static Tokens tokens(String name) {
    return new Tokens(
        name + "-access",
        Optional.of(name + "-refresh"),
        Set.of(),
        NOW.plus(Duration.ofHours(1)),
        "alice");
  }

  void answer(int status, String json) {
    web.enqueue(json(status, json).build());
  }

  void answerEmpty(int status) {
    web.enqueue(new MockResponse.Builder().code(status).build());
  }

  static MockResponse.Builder json(int status, String json) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Content-Type", "application/json")
        .body(json);
  }

  static MockResponse.Builder page(int status) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Content-Type", "text/html;charset=UTF-8")
        .body("<html><body>Please sign in to the network</body></html>");
  }

  static String tokenAnswer(String name, String scope) {
    return """
    {"access_token":"%s-access","refresh_token":"%s-refresh","scope":"%s",
     "token_type":"Bearer","expires_in":3600}\
    """
        .formatted(name, name, scope);
  }

  /// The next request that arrived.
  RecordedRequest request() throws InterruptedException {
    return Objects.requireNonNull(web.takeRequest(5, TimeUnit.SECONDS), "No request came.");
  }

  int requests() {
    return web.getRequestCount();
  }

  static String body(RecordedRequest request) {
    return request.getBody() == null ? "" : request.getBody().utf8();
  }

  /// Something that is expected to end in a problem.
  interface Attempt {
    void run() throws ProblemException;
  }

  /// Waits until a port of this computer refuses connections: a door that is closed while somebody
  /// waits behind it takes a moment.
  static void untilNobodyListens(int port) {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (true) {
      try (Socket ignored = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
        assertThat(System.nanoTime()).as("somebody listens at %s", port).isLessThan(end);
        LockSupport.parkNanos(5_000_000);
      } catch (ConnectException refused) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static Problem problemOf(Attempt attempt) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, attempt::run);
    assertThat(thrown).as("a problem").isNotNull();
    return withoutOwnTrace(thrown.problem());
  }

  /// The problem without the id that the program made up for the call, which is another each time.
  private static Problem withoutOwnTrace(Problem problem) {
    String made = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    return switch (problem) {
      case Problem.Rejected it when it.trace().matches(made) ->
          new Problem.Rejected(it.reason(), it.serverCode(), it.serverText());
      case Problem.ServerFault it when it.trace().matches(made) ->
          new Problem.ServerFault(it.status(), it.serverCode(), "");
      default -> problem;
    };
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
    server.close();
    web.close();
  }

  /// A store that remembers in which order it was asked to keep.
  static final class Memory implements TokenStore {
    private final Map<Optional<OrganizationId>, Tokens> kept = new ConcurrentHashMap<>();
    final List<String> history = java.util.Collections.synchronizedList(new ArrayList<>());

    @Override
    public Optional<Tokens> find(Optional<OrganizationId> organization) {
      return Optional.ofNullable(kept.get(organization));
    }

    @Override
    public void keep(Optional<OrganizationId> organization, Tokens tokens) {
      kept.put(organization, tokens);
      history.add(tokens.access());
    }

    @Override
    public void spending(Optional<OrganizationId> organization) {
      history.add("spending");
    }

    @Override
    public void forget(Optional<OrganizationId> organization) {
      kept.remove(organization);
    }
  }
}
