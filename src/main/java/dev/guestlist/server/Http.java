package dev.guestlist.server;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Problem.Untrusted.Why;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.ServerCertificate;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
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

  /// The header whose value the server takes over as its trace id (wso2/product-is
  /// `conf/default.json`, log_correlation).
  static final String TRACE = "activityid";

  /// What may stand in an open place of a path. The server refuses `;`, encoded and dot segments.
  private static final Pattern PLACE = Pattern.compile("(?!\\.+$)[A-Za-z0-9._@-]+");

  private final Connection connection;
  private final Secrets secrets;
  private final HttpUrl server;
  private final Limits limits;
  private final Turns turns;
  private Optional<Transport> transport = Optional.empty();
  private volatile Optional<Duration> clockDifference = Optional.empty();

  /// @param secrets asked whenever one is sent
  Http(Connection connection, Secrets secrets, Limits limits) {
    this.connection = connection;
    this.secrets = secrets;
    this.server = HttpUrl.get(connection.server().toString());
    this.limits = limits;
    this.turns = new Turns(limits.paceFor(server.host()), limits.call());
  }

  String host() {
    return server.host();
  }

  Limits limits() {
    return limits;
  }

  /// How far the server's clock is ahead of this computer's, to about a second, as its last answer
  /// said; negative when it is behind. Empty before the first answer, and when answers carry no
  /// time.
  Optional<Duration> clockDifference() {
    return clockDifference;
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
    return send(call, new Course(), reading);
  }

  /// The same, watching how far it comes.
  <T> T send(Call call, Course course, Reading<T> reading) throws ProblemException {
    Request.Builder request = request(call);
    call.authorization().ifPresent(header -> request.header("Authorization", header));
    return exchange(call, request, course, answer -> good(call, answer, reading));
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
            new Course(),
            answer ->
                answer.status() == 401
                    ? Optional.empty()
                    : Optional.of(good(call.hiding(tokens.access()), answer, reading)));
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
    if (call.address().isPresent()) {
      url = HttpUrl.get(call.address().get().toString()).newBuilder();
    } else {
      for (String segment : call.endpoint().segments()) {
        url.addPathSegment(segment.startsWith("{") ? placed(call, segment) : segment);
      }
    }
    call.query().forEach(url::addQueryParameter);
    return new Request.Builder()
        .url(url.build())
        .method(call.endpoint().verb(), call.oneShot())
        .header("Accept", "application/json")
        .header("User-Agent", "Guestlist")
        .header(TRACE, UUID.randomUUID().toString());
  }

  private String placed(Call call, String place) throws ProblemException {
    String value =
        place.equals("{root}")
            ? connection.rootOrganization()
            : call.places().getOrDefault(place.substring(1, place.length() - 1), "");
    if (!PLACE.matcher(value).matches()) {
      throw new ProblemException(
          new Problem.Rejected(
              Reason.OTHER, "", "An id or name has signs that cannot stand in an address."));
    }
    return value;
  }

  private <T> T exchange(Call call, Request.Builder builder, Course course, Reading<T> reading)
      throws ProblemException {
    Request request = builder.tag(Course.class, course).build();
    requireEncryption(request.url());
    Transport line = transport();
    OkHttpClient sender = call.endpoint().streams() ? line.streams() : line.usual();
    try {
      if (atServer(request)) {
        turns.take(call.endpoint());
      }
      try (Response response = execute(sender, request, course)) {
        log.debug(
            "{} {} answered {} after {} ms",
            call.endpoint().verb(),
            call.endpoint().template(),
            response.code(),
            course.passed().toMillis());
        compareClocks(response);
        return reading.read(new Answer(call.endpoint(), response, limits));
      }
    } catch (IOException e) {
      log.debug(
          "{} {} got no answer after {} ms: {}",
          call.endpoint().verb(),
          call.endpoint().template(),
          course.passed().toMillis(),
          e.getClass().getSimpleName());
      throw new ProblemException(
          lost(e, course, request.url().host(), line, call.endpoint().reads()), e);
    }
  }

  private static void requireEncryption(HttpUrl address) throws ProblemException {
    if (!address.isHttps() && !Loopback.is(address.host())) {
      throw new ProblemException(
          new Problem.Untrusted(address.host(), Why.NOT_ENCRYPTED, Optional.empty()));
    }
  }

  /// Made when it is first needed: a file of certificates may be missing, and come back.
  private synchronized Transport transport() throws ProblemException {
    if (transport.isEmpty()) {
      transport = Optional.of(Transport.of(connection, secrets, limits));
    }
    return transport.get();
  }

  /// A read is sent once more when a connection kept from an earlier call turns out to be broken.
  private static Response execute(OkHttpClient sender, Request request, Course course)
      throws IOException {
    try {
      return sender.newCall(request).execute();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      boolean keptConnection = course.sent() && !course.connected();
      if (!keptConnection || !request.method().equals("GET")) {
        throw e;
      }
      return sender.newCall(request).execute();
    }
  }

  /// Whether a call goes to the connection's server, and not to somebody else who signs people in.
  private boolean atServer(Request request) {
    return request.url().host().equals(server.host()) && request.url().port() == server.port();
  }

  private void compareClocks(Response response) {
    Instant said = response.headers().getInstant("Date");
    if (said == null || response.header("Age") != null || !atServer(response.request())) {
      return;
    }
    // the header leaves the fraction of its second out: on average half of one
    long there = said.toEpochMilli() + 500;
    long here = (response.sentRequestAtMillis() + response.receivedResponseAtMillis()) / 2;
    clockDifference = Optional.of(Duration.ofSeconds(Math.round((there - here) / 1000.0)));
  }

  private Problem lost(IOException e, Course course, String host, Transport line, boolean reads) {
    if (!course.sent() || reads) {
      Optional<Problem.Untrusted> distrust = Distrust.in(e, host, course, line.presented());
      if (distrust.isPresent()) {
        return distrust.get();
      }
    }
    if (course.proxyIsAway()) {
      return new Problem.Unreachable(course.proxy().orElse(host), course.sent());
    }
    return new Problem.Unreachable(host, course.sent());
  }

  /// What the server showed in the last handshake.
  synchronized Optional<ServerCertificate> presented() {
    return transport.flatMap(Transport::presented);
  }

  @Override
  public void close() {
    turns.close();
    synchronized (this) {
      transport.ifPresent(Transport::close);
    }
  }
}
