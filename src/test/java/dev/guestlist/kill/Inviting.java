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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds people of a parent who can be invited, by asking the practice server as its technical
/// account.
final class Inviting {
  private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern USER =
      Pattern.compile("\"userName\"\\s*:\\s*\"([a-z]+\\.[a-z]+[0-9]*)\"");

  private Inviting() {}

  static List<String> manyPeople(PracticeServer server, StartLine.Place child, int count)
      throws Exception {
    StartLine line = server.startLine();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String root = token(client, server, "grant_type=client_credentials&scope=SYSTEM");
      String parent =
          token(
              client,
              server,
              "grant_type=organization_switch&scope=SYSTEM&token="
                  + root
                  + "&switching_organization="
                  + child.parentId());
      List<String> people = new ArrayList<>();
      for (int start = 1; people.size() < count; start += 100) {
        String page =
            client
                .send(
                    HttpRequest.newBuilder(
                            URI.create(
                                server.baseUrl()
                                    + "/t/"
                                    + line.rootOrganization()
                                    + "/o/scim2/Users?domain=PRIMARY&attributes=userName,emails"
                                    + "&count=100&startIndex="
                                    + start))
                        .header("Authorization", "Bearer " + parent)
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher users = USER.matcher(page);
        int found = 0;
        while (users.find()) {
          found++;
          if (people.size() < count) {
            people.add(users.group(1));
          }
        }
        if (found == 0) {
          break;
        }
      }
      return people;
    }
  }

  private static String token(HttpClient client, PracticeServer server, String form)
      throws Exception {
    StartLine line = server.startLine();
    String basic =
        Base64.getEncoder()
            .encodeToString(
                (URLEncoder.encode(line.technicalClientId(), StandardCharsets.UTF_8)
                        + ":"
                        + line.technicalClientSecret())
                    .getBytes(StandardCharsets.UTF_8));
    String body =
        client
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            server.baseUrl() + "/t/" + line.rootOrganization() + "/oauth2/token"))
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
