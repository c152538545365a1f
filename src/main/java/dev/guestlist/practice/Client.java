package dev.guestlist.practice;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The two registered applications. Both are shared with every organization but the closed one.
record Client(String id, String name, Optional<String> secret, Set<String> grants) {
  static final Client DESKTOP =
      new Client(
          "guestlist-practice-desktop",
          "Guestlist",
          Optional.empty(),
          Set.of("authorization_code", "refresh_token", DeviceCodes.GRANT, "organization_switch"));
  static final Client TECHNICAL =
      new Client(
          "guestlist-practice-service",
          "Guestlist service",
          Optional.of("practice-secret-of-the-service"),
          Set.of("client_credentials", "organization_switch"));

  static Optional<Client> byId(String id) {
    return List.of(DESKTOP, TECHNICAL).stream().filter(one -> one.id.equals(id)).findFirst();
  }

  /// Who calls the token endpoint: by Basic header, by secret in the form, or a public client by
  /// its id alone. Anybody else is refused with 401 `invalid_client`.
  static Client calling(Call call, Map<String, List<String>> form) {
    Optional<String> basic =
        call.header("Authorization").filter(header -> header.startsWith("Basic "));
    String id;
    Optional<String> secret;
    if (basic.isPresent()) {
      String[] parts = decode(basic.get().substring("Basic ".length())).split(":", 2);
      id = parts[0];
      secret = Optional.of(parts.length == 2 ? parts[1] : "");
    } else {
      id = first(form, "client_id").orElse("");
      secret = first(form, "client_secret");
    }
    Client client =
        byId(id)
            .orElseThrow(() ->
                refused(
                    "A valid OAuth client could not be found for client_id: "
                        + id.replaceAll("[^A-Za-z0-9._-]", "")));
    if (client.secret.isPresent() && !client.secret.equals(secret)) {
      throw refused("Client Authentication failed.");
    }
    return client;
  }

  static Optional<String> first(Map<String, List<String>> form, String name) {
    return Optional.ofNullable(form.get(name)).map(List::getFirst).filter(text -> !text.isEmpty());
  }

  private static String decode(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused("Client Authentication failed.");
    }
  }

  private static Refusal refused(String description) {
    return Refusal.oauth(401, "invalid_client", description);
  }
}
