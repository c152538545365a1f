package dev.guestlist.server;

import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Response;

/// An answer whose body has not been read yet. Nothing is parsed before its content type said that
/// it is JSON, and no more of it is read than the limit allows.
final class Answer {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private final Endpoint endpoint;
  private final Response response;
  private final Limits limits;

  Answer(Endpoint endpoint, Response response, Limits limits) {
    this.endpoint = endpoint;
    this.response = response;
    this.limits = limits;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  int status() {
    return response.code();
  }

  /// The body of a good answer as JSON of one shape.
  <T> T json(Class<T> shape) throws IOException, ProblemException {
    return Json.read(jsonBytes(), shape, endpoint.expected());
  }

  /// The body of a good answer as it came.
  String jsonText() throws IOException, ProblemException {
    return new String(jsonBytes(), StandardCharsets.UTF_8);
  }

  /// The answer of an endpoint that has nothing to say: 204. A page that a network shows before it
  /// lets anyone through comes with 200 and is not mistaken for it.
  int nothing() throws ProblemException {
    if (status() != 204) {
      throw unreadable(isWebPage() ? "a web page" : "an answer " + status());
    }
    return status();
  }

  private byte[] jsonBytes() throws IOException, ProblemException {
    byte[] bytes = bytes();
    if (bytes.length == 0) {
      throw unreadable("an empty answer");
    }
    requireJson();
    return bytes;
  }

  /// The body of a good answer, to be read bit by bit; the reader minds the limits.
  InputStream jsonStream() throws ProblemException {
    requireJson();
    return response.body().byteStream();
  }

  private void requireJson() throws ProblemException {
    if (isJson()) {
      return;
    }
    throw unreadable(
        isWebPage() ? "a web page" : type().map(Answer::named).orElse("a nameless text"));
  }

  private static String named(MediaType type) {
    return "an answer of the type " + type.type() + "/" + type.subtype();
  }

  /// All of the body, unpacked, up to the limit of size and in the time of one call.
  byte[] bytes() throws IOException, ProblemException {
    var source = response.body().source();
    source.timeout().deadline(limits.call().toMillis(), TimeUnit.MILLISECONDS);
    if (source.request(limits.bytes() + 1L)) {
      throw unreadable("more than " + limits.bytes() / (1024 * 1024) + " MB");
    }
    return source.readByteArray();
  }

  boolean isJson() {
    return type()
        .map(type -> type.subtype().toLowerCase(Locale.ROOT))
        .filter(subtype -> subtype.equals("json") || subtype.endsWith("+json"))
        .isPresent();
  }

  boolean isWebPage() {
    return type()
        .map(type -> type.subtype().toLowerCase(Locale.ROOT))
        .filter(subtype -> subtype.equals("html") || subtype.equals("xhtml+xml"))
        .isPresent();
  }

  private Optional<MediaType> type() {
    return Optional.ofNullable(response.body().contentType());
  }

  /// What the call is found by in the server's log: the id that was sent along, which the server
  /// takes over unless it is set up not to.
  String trace() {
    return Optional.ofNullable(response.request().header(Http.TRACE)).orElse("");
  }

  /// Where a redirect points to: the host only.
  Optional<String> redirectHost() {
    return Optional.ofNullable(response.header("Location"))
        .flatMap(location -> Optional.ofNullable(response.request().url().resolve(location)))
        .map(HttpUrl::host);
  }

  /// How long the server asks to wait: seconds or a date, at most a quarter of an hour; nonsense
  /// counts as nothing.
  Optional<Duration> retryAfter() {
    String text = Optional.ofNullable(response.header("Retry-After")).orElse("").strip();
    if (text.matches("[0-9]+")) {
      // longer numbers are centuries, and might not fit
      return Optional.of(
          text.length() > 9 ? LONGEST_PAUSE : atMost(Duration.ofSeconds(Long.parseLong(text))));
    }
    // measured with the server's clock where it shows it
    Instant now =
        date("Date").orElseGet(() -> Instant.ofEpochMilli(response.receivedResponseAtMillis()));
    return date("Retry-After").map(until -> atMost(Duration.between(now, until)));
  }

  private Optional<Instant> date(String header) {
    return Optional.ofNullable(response.headers().getInstant(header));
  }

  private static Duration atMost(Duration pause) {
    if (pause.isNegative()) {
      return Duration.ZERO;
    }
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  ProblemException unreadable(String came) {
    return new ProblemException(
        new Problem.Unreadable(came + " instead of " + endpoint.expected()));
  }
}
