package dev.guestlist.practice;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is done with a token besides using it: `POST /t/{root}/oauth2/revoke` and `GET
/// /t/{root}/oauth2/userinfo` (wso2-extensions/identity-inbound-auth-oauth
/// `components/org.wso2.carbon.identity.oauth.endpoint/**/{revoke,user}`).
final class SessionEndpoints {
  private final Tokens tokens;
  private final IdTokens idTokens;

  SessionEndpoints(Tokens tokens, IdTokens idTokens) {
    this.tokens = tokens;
    this.idTokens = idTokens;
  }

  /// Ends an access token together with its refresh token, whichever of them is given. A token that
  /// nobody knows is 200 too; one of another client is 401.
  Answer revoke(Call call) {
    Map<String, List<String>> form = call.formBody();
    Client client = Client.calling(call, form);
    String token =
        Client.first(form, "token")
            .orElseThrow(
                () -> Refusal.oauth(400, "invalid_request", "'token' parameter is missing."));
    Optional<String> owner = tokens.owner(token);
    if (owner.isPresent() && !owner.get().equals(client.id())) {
      throw Refusal.oauth(401, "invalid_client", "Unauthorized Client");
    }
    tokens.end(token);
    return Answer.empty(200).with("Cache-Control", "no-store").with("Pragma", "no-cache");
  }

  /// Who is signed in. It takes a user's token with `openid`.
  Answer userInfo(Call call) {
    String[] parts = call.header("Authorization").orElse("").split(" ", -1);
    Optional<Tokens.Access> access =
        parts.length == 2 && parts[0].equalsIgnoreCase("Bearer")
            ? tokens.active(parts[1])
            : Optional.empty();
    if (access.isEmpty()) {
      return refused(401, "invalid_token", "Access token validation failed");
    }
    if (access.get().account().isEmpty() || !access.get().scopes().contains("openid")) {
      return refused(403, "insufficient_scope", "Access token does not have the openid scope");
    }
    return Answer.json(200, idTokens.about(access.get()))
        .with("Cache-Control", "no-store")
        .with("Pragma", "no-cache");
  }

  private static Answer refused(int status, String error, String description) {
    return Answer.json(status, Json.object("error_description", description, "error", error))
        .with("WWW-Authenticate", "Bearer error=\"" + error + "\"");
  }
}
