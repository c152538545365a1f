package dev.guestlist.server;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place that sends. A write leaves at most once; nothing is redirected; every failure
/// becomes a `Problem` that says whether the server may have seen the call.
final class Http implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Http.class);

  /// What may stand in an open place of a path. The server refuses `;`, encoded and dot segments.
  private static final Pattern PLACE = Pattern.compile("(?!\\.+$)[A-Za-z0-9._@-]+");

  private final HttpUrl server;
  private final String rootOrganization;
  private final Limits limits;
  private final OkHttpClient client;
  private final OkHttpClient streams;

  Http(Connection connection, Secrets secrets, Limits limits) {
    this.server = HttpUrl.get(connection.server().toString());
    this.rootOrganization = connection.rootOrganization();
    this.limits = limits;
    this.client =
        new OkHttpClient.Builder()
            .connectTimeout(limits.connect())
            .readTimeout(limits.stall())
            .writeTimeout(limits.stall())
            .callTimeout(limits.call())
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            // let go before the server does: a connection it just closed costs a look-up
            .connectionPool(new ConnectionPool(5, 15, TimeUnit.SECONDS))
            .eventListenerFactory(call -> Objects.requireNonNull(call.request().tag(Course.class)))
            .build();
    this.streams = client.newBuilder().callTimeout(Duration.ZERO).build();
  }

  String host() {
    return server.host();
  }

  Limits limits() {
    return limits;
  }

  /// The same path and query at the host that the person typed: what a server says about its own
  /// host comes from a setting there and is often wrong behind a proxy.
  URI atTypedHost(URI address) throws ProblemException {
    HttpUrl stated = HttpUrl.get(address);
    if (stated == null) {
      throw new ProblemException(
          new Problem.Unreadable("an address that is not one of the web in the server's answer"));
    }
    return stated
        .newBuilder()
        .scheme(server.scheme())
        .host(server.host())
        .port(server.port())
        .build()
        .uri();
  }

  /// Sends a call that needs no access token.
  <T> T send(Call call, Reading<T> reading) throws ProblemException {
    Request.Builder request = request(call);
    call.authorization().ifPresent(header -> request.header("Authorization", header));
    return exchange(call, request, answer -> good(call, answer, reading));
  }

  /// Sends a call with an access token.
  ///
  /// @throws TokenRefused after a 401: the call did nothing
  <T> T send(Call call, Tokens tokens, Reading<T> reading) throws ProblemException, TokenRefused {
    Request.Builder request = request(call).header("Authorization", "Bearer " + tokens.access());
    Optional<T> result =
        exchange(
            call,
            request,
            answer ->
                answer.status() == 401
                    ? Optional.empty()
                    : Optional.of(good(call, answer, reading)));
    return result.orElseThrow(TokenRefused::new);
  }

  private static <T> T good(Call call, Answer answer, Reading<T> reading)
      throws IOException, ProblemException {
    if (answer.status() < 200 || answer.status() > 299) {
      throw new ProblemException(BadAnswer.problem(call, answer));
    }
    return reading.read(answer);
  }

  private Request.Builder request(Call call) throws ProblemException {
    HttpUrl.Builder url = server.newBuilder();
    for (String segment : call.endpoint().segments()) {
      url.addPathSegment(segment.startsWith("{") ? placed(call, segment) : segment);
    }
    call.query().forEach(url::addQueryParameter);
    return new Request.Builder()
        .url(url.build())
        .method(call.endpoint().verb(), call.oneShot())
        .header("Accept", "application/json")
        .header("User-Agent", "Guestlist")
        // the server takes this over as its trace id (wso2/product-is conf/default.json,
        // log_correlation)
        .header("activityid", UUID.randomUUID().toString());
  }

  private String placed(Call call, String place) throws ProblemException {
    String value =
        place.equals("{root}")
            ? rootOrganization
            : call.places().getOrDefault(place.substring(1, place.length() - 1), "");
    if (!PLACE.matcher(value).matches()) {
      throw new ProblemException(
          new Problem.Rejected(
              Reason.OTHER, "", "An id or name has signs that cannot stand in an address."));
    }
    return value;
  }

  private <T> T exchange(Call call, Request.Builder builder, Reading<T> reading)
      throws ProblemException {
    Course course = new Course();
    Request request = builder.tag(Course.class, course).build();
    OkHttpClient sender = call.endpoint().streams() ? streams : client;
    long start = System.nanoTime();
    try (Response response = execute(sender, request, course)) {
      log.debug(
          "{} {} answered {} after {} ms",
          call.endpoint().verb(),
          call.endpoint().template(),
          response.code(),
          Duration.ofNanos(System.nanoTime() - start).toMillis());
      return reading.read(new Answer(call.endpoint(), response, limits));
    } catch (IOException e) {
      log.debug(
          "{} {} got no answer after {} ms: {}",
          call.endpoint().verb(),
          call.endpoint().template(),
          Duration.ofNanos(System.nanoTime() - start).toMillis(),
          e.getClass().getSimpleName());
      throw new ProblemException(lost(e, course), e);
    }
  }

  /// A read is sent once more when a connection kept from an earlier call turns out to be broken.
  private static Response execute(OkHttpClient sender, Request request, Course course)
      throws IOException {
    try {
      return sender.newCall(request).execute();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      boolean keptConnection = course.sent && !course.connected;
      if (!keptConnection || !request.method().equals("GET")) {
        throw e;
      }
      return sender.newCall(request).execute();
    }
  }

  private Problem lost(IOException e, Course course) {
    if (!course.sent) {
      Optional<Problem.Untrusted.Why> distrust = Distrust.in(e);
      if (distrust.isPresent()) {
        return new Problem.Untrusted(server.host(), distrust.get(), Optional.empty());
      }
    }
    return new Problem.Unreachable(server.host(), course.sent);
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  /// How far one call came. Nothing was sent as long as its headers were not begun.
  private static final class Course extends EventListener {
    private volatile boolean connected;
    private volatile boolean sent;

    @Override
    public void connectStart(okhttp3.Call call, InetSocketAddress address, Proxy proxy) {
      connected = true;
    }

    @Override
    public void requestHeadersStart(okhttp3.Call call) {
      sent = true;
    }
  }
}
