package dev.guestlist.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stands between the program and the practice server, hands everything on, and notes each secret
/// that comes by. It can also answer itself, like a careless server that shows in its error what it
/// was sent.
public final class WireTap implements AutoCloseable {
  private static final Pattern IN_JSON =
      Pattern.compile(
          "\"(access_token|refresh_token|id_token|device_code|user_code|confirmationCode)\""
              + "\\s*:\\s*\"([^\"]+)\"");
  private static final Set<String> IN_FORM =
      Set.of(
          "code",
          "code_verifier",
          "refresh_token",
          "device_code",
          "user_code",
          "client_secret",
          "password",
          "state",
          "nonce");
  private static final int LOST = -1;
  private static final Set<String> HANDED_ON =
      Set.of("authorization", "content-type", "accept", "activityid", "cookie");

  private final URI behind;
  private final HttpServer door;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Set<String>> secrets = new TreeMap<>();
  private final Queue<Echo> echoes = new ArrayDeque<>();

  private record Echo(String pathEnd, int status, boolean json) {}

  public WireTap(URI behind) throws IOException {
    this.behind = behind;
    this.door = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    door.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    door.createContext("/", this::handle);
    door.start();
  }

  /// Where the program shall think the server is.
  public URI address() {
    return URI.create("http://127.0.0.1:" + door.getAddress().getPort());
  }

  /// Each secret that came by, under the name of the member or field that carried it.
  public synchronized Map<String, Set<String>> secrets() {
    return new TreeMap<>(secrets);
  }

  /// Notes one that does not come by here.
  public synchronized void note(String kind, String secret) {
    secrets.computeIfAbsent(kind, name -> new ConcurrentSkipListSet<>()).add(secret);
  }

  /// The next call whose path ends so is not handed on: the answer shows all that was sent, in the
  /// members of an error or as a web page.
  public synchronized void echo(String pathEnd, int status, boolean json) {
    echoes.add(new Echo(pathEnd, status, json));
  }

  /// The answer to the next call whose path ends so gets lost.
  public synchronized void drop(String pathEnd) {
    echoes.add(new Echo(pathEnd, LOST, false));
  }

  private synchronized Echo due(String path) {
    Echo next = echoes.peek();
    boolean due = next != null && path.endsWith(next.pathEnd());
    return due ? echoes.remove() : new Echo("", 0, false);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] sent = exchange.getRequestBody().readAllBytes();
      String body = new String(sent, StandardCharsets.UTF_8);
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      String credentials = authorization == null ? "" : authorization;
      String query = exchange.getRequestURI().getRawQuery();
      noteForm(body);
      noteForm(query == null ? "" : query);
      noteJson(body);
      noteCredentials(credentials);
      Echo echo = due(exchange.getRequestURI().getPath());
      if (echo.status() > 0) {
        answer(exchange, echo, body + " " + decoded(body) + " " + credentials);
        return;
      }
      handOn(exchange, sent, echo.status() == LOST);
    }
  }

  private void handOn(HttpExchange exchange, byte[] sent, boolean lost) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(behind.toString().replaceAll("/$", "") + exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                sent.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(sent));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (HANDED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    HttpResponse<byte[]> answer;
    try {
      answer = client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    for (String name : List.of("Content-Type", "Location", "Retry-After", "Set-Cookie")) {
      for (String value : answer.headers().allValues(name)) {
        String here = value.replace(behind.toString(), address().toString());
        exchange.getResponseHeaders().add(name, here);
        noteForm(here.substring(here.indexOf('?') + 1));
      }
    }
    noteJson(new String(answer.body(), StandardCharsets.UTF_8));
    if (lost) {
      return;
    }
    int length = answer.body().length;
    exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
    if (length > 0) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  private static void answer(HttpExchange exchange, Echo echo, String all) throws IOException {
    String text = all.replace("\\", "").replace("\"", "'");
    String body =
        echo.json()
            ? """
            {"code": "X-1 %1$s", "message": "%1$s", "description": "%1$s", "traceId": "%1$s",
             "error": "oops %1$s", "error_description": "%1$s", "detail": "%1$s"}
            """
                .formatted(text)
            : "<html><body>" + text + "</body></html>";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .add("Content-Type", echo.json() ? "application/json" : "text/html");
    exchange.sendResponseHeaders(echo.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void noteJson(String text) {
    Matcher member = IN_JSON.matcher(text);
    while (member.find()) {
      note(member.group(1), member.group(2));
    }
  }

  private void noteForm(String text) {
    for (String field : text.split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0 && IN_FORM.contains(field.substring(0, equals))) {
        String value = decoded(field.substring(equals + 1));
        if (!value.isBlank()) {
          note(field.substring(0, equals), value);
        }
      }
    }
  }

  private void noteCredentials(String header) {
    if (header.startsWith("Bearer ")) {
      note("access_token", header.substring(7));
    } else if (header.startsWith("Basic ")) {
      String both =
          new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
      note("client_secret", both.substring(both.indexOf(':') + 1));
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  @Override
  public void close() {
    door.stop(0);
    client.shutdownNow();
  }
}
