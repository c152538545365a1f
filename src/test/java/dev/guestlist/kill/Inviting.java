package dev.guestlist.kill;

import dev.guestlist.practice.PracticeServer;
import dev.guestlist.practice.StartLine;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds people of a parent who can be invited, by asking the practice server as its technical
/// account. An answer that is none fails.
public final class Inviting {
  private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern USER =
      Pattern.compile("\"userName\"\\s*:\\s*\"([a-z]+\\.[a-z]+[0-9]*)\"");

  private static final Pattern INVITED = Pattern.compile("\"username\"\\s*:\\s*\"([^\"]+)\"");

  private Inviting() {}

  /// So many plain account names of the parent, of people who are neither invited into the child
  /// nor members of it; fewer when there are not as many.
  public static List<String> manyPeople(PracticeServer practice, StartLine.Place child, int count)
      throws Exception {
    StartLine server = practice.startLine();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String root = token(client, server, "grant_type=client_credentials&scope=SYSTEM");
      String inside = entered(client, server, root, child.id());
      Set<String> taken = new HashSet<>(users(client, server, inside));
      Matcher names =
          INVITED.matcher(get(client, server, inside, "/api/server/v1/guests/invitations"));
      while (names.find()) {
        taken.add(names.group(1));
      }
      return users(client, server, entered(client, server, root, child.parentId())).stream()
          .filter(name -> !taken.contains(name))
          .limit(count)
          .toList();
    }
  }

  private static String entered(
      HttpClient client, StartLine server, String root, String organization) throws Exception {
    return token(
        client,
        server,
        "grant_type=organization_switch&scope=SYSTEM&token="
            + root
            + "&switching_organization="
            + organization);
  }

  private static List<String> users(HttpClient client, StartLine server, String token)
      throws Exception {
    List<String> people = new ArrayList<>();
    for (int start = 1; ; start += 100) {
      String page =
          get(
              client,
              server,
              token,
              "/scim2/Users?domain=PRIMARY&attributes=userName,emails&count=100&startIndex="
                  + start);
      Matcher users = USER.matcher(page);
      int before = people.size();
      while (users.find()) {
        people.add(users.group(1));
      }
      if (people.size() == before) {
        return people;
      }
    }
  }

  private static String get(HttpClient client, StartLine server, String token, String path)
      throws Exception {
    URI address = URI.create(server.baseUrl() + "/t/" + server.rootOrganization() + "/o" + path);
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " was answered with " + answer.statusCode());
    }
    return answer.body();
  }

  private static String token(HttpClient client, StartLine server, String form) throws Exception {
    String basic =
        Base64.getEncoder()
            .encodeToString(
                (URLEncoder.encode(server.technicalClientId(), StandardCharsets.UTF_8)
                        + ":"
                        + server.technicalClientSecret())
                    .getBytes(StandardCharsets.UTF_8));
    String body =
        client
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            server.baseUrl() + "/t/" + server.rootOrganization() + "/oauth2/token"))
                    .header("Authorization", "Basic " + basic)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    Matcher token = TOKEN.matcher(body);
    if (!token.find()) {
      throw new AssertionError("No token for " + form.replaceAll("token=[^&]*", "token=…"));
    }
    return token.group(1);
  }
}
