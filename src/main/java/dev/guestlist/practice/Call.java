package dev.guestlist.practice;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// One request, read: where it goes, what it asks, who asks.
final class Call {
  private final HttpExchange exchange;
  private final Place place;
  private final Map<String, List<String>> query;
  private final String traceId;
  private long requestNumber;
  private Optional<Tokens.Access> access = Optional.empty();
  private Map<String, String> pathValues = Map.of();
  private byte[] body = {};
  private boolean bodyRead;

  Call(HttpExchange exchange) {
    this.exchange = exchange;
    this.traceId =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("activityid"))
            .filter(id -> !id.isBlank())
            .orElseGet(() -> UUID.randomUUID().toString());
    this.place = Place.of(exchange.getRequestURI().getRawPath());
    this.query = form(Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
  }

  String method() {
    return exchange.getRequestMethod();
  }

  Place place() {
    return place;
  }

  String traceId() {
    return traceId;
  }

  /// The number of this request in the journal, given before the work begins.
  long requestNumber() {
    return requestNumber;
  }

  void requestNumber(long given) {
    requestNumber = given;
  }

  void matched(Map<String, String> values) {
    pathValues = values;
  }

  void signedInWith(Tokens.Access token) {
    access = Optional.of(token);
  }

  Tokens.Access access() {
    return access.orElseThrow();
  }

  /// A part of the path that the route names in braces.
  String pathValue(String name) {
    return Optional.ofNullable(pathValues.get(name)).orElseThrow();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name)).map(List::getFirst);
  }

  String rawQuery() {
    return Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
  }

  /// An integer of the query; text that is none fails in the REST framework with an empty 404.
  Optional<Integer> integer(String name) {
    return query(name)
        .filter(text -> !text.isEmpty())
        .map(text -> {
          try {
            return Integer.valueOf(text);
          } catch (NumberFormatException e) {
            throw Refusal.framework(404);
          }
        });
  }

  /// The whole body; it is small here, since callers send no large ones.
  byte[] body() {
    if (!bodyRead) {
      try {
        body = exchange.getRequestBody().readAllBytes();
        bodyRead = true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return body;
  }

  /// The body as a JSON value; another media type is refused with an empty 415.
  <T> T json(Class<T> type) {
    String media = header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!media.startsWith("application/json")) {
      throw Refusal.framework(415);
    }
    return Json.read(body(), type);
  }

  /// The body as a form; a name may come more than once.
  Map<String, List<String>> formBody() {
    return form(new String(body(), StandardCharsets.UTF_8));
  }

  Map<String, List<String>> queryValues() {
    return query;
  }

  /// What the path of links begins with: `/t/acme`, with `/o` for a child organization.
  String linkPrefix() {
    return place.tenant().map(tenant -> "/t/" + tenant).orElse("") + (place.child() ? "/o" : "");
  }

  private static Map<String, List<String>> form(String text) {
    Map<String, List<String>> values = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      values.computeIfAbsent(decode(name), key -> new ArrayList<>()).add(decode(value));
    }
    return values;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.badPath();
    }
  }
}
