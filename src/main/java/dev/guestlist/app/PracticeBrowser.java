package dev.guestlist.app;

import dev.guestlist.server.Browser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Fills in the practice server's sign-in page as a person with a browser would: opens the page,
/// types name and password, presses the button, and follows the answer. Only for the practice
/// server, whose passwords are no secret.
final class PracticeBrowser implements Browser {
  private static final Pattern FORM = Pattern.compile("<form[^>]*\\baction=\"([^\"]*)\"");
  private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\b(name|value)=\"([^\"]*)\"");
  private static final int MOST_REDIRECTS = 5;

  private final String username;
  private final String password;

  PracticeBrowser(String username, String password) {
    this.username = username;
    this.password = password;
  }

  @Override
  public void open(URI address) {
    Thread.ofVirtual().name("practice-browser").start(() -> signInQuietly(address));
  }

  /// A person whose browser fails sees it there; the sign-in itself runs into its time limit.
  private void signInQuietly(URI address) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      signIn(client, address);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("The practice sign-in page did not answer.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void signIn(HttpClient client, URI address) throws IOException, InterruptedException {
    HttpResponse<String> page = get(client, address);
    Matcher form = FORM.matcher(page.body());
    URI target = form.find() ? target(page.uri(), unescaped(form.group(1))) : page.uri();
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher inputs = INPUT.matcher(page.body());
    while (inputs.find()) {
      Map<String, String> attributes = new LinkedHashMap<>();
      Matcher attribute = ATTRIBUTE.matcher(inputs.group());
      while (attribute.find()) {
        attributes.put(attribute.group(1), unescaped(attribute.group(2)));
      }
      String name = attributes.get("name");
      if (name != null) {
        fields.put(name, attributes.getOrDefault("value", ""));
      }
    }
    fields.put("username", username);
    fields.put("password", password);
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(target)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    for (int i = 0; i < MOST_REDIRECTS && answer.statusCode() / 100 == 3; i++) {
      URI next = answer.uri().resolve(answer.headers().firstValue("Location").orElse("/"));
      answer = get(client, next);
    }
  }

  /// [URI#resolve] loses the page's name when the form only names a query.
  private static URI target(URI page, String action) {
    return action.startsWith("?")
        ? URI.create(page.toString().replaceFirst("\\?.*", "") + action)
        : page.resolve(action);
  }

  private static HttpResponse<String> get(HttpClient client, URI address)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String unescaped(String html) {
    return html.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&amp;", "&");
  }
}
