package dev.guestlist.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.guestlist.model.ProblemException;
import java.util.Optional;
import java.util.stream.Stream;

/// Who a token belongs to, as the server says. (wso2-extensions/identity-inbound-auth-oauth
/// `OpenIDConnectUserEndpoint.java`)
record UserInfoJson(
    String sub, String username, @JsonProperty("preferred_username") String preferredUsername) {

  /// `GET {t}/oauth2/userinfo`, scope `openid`.
  ///
  /// @throws ProblemException `Rejected(TOKEN_REFUSED)` for a token that it does not accept
  static UserInfoJson read(Http http, Provider provider, String accessToken)
      throws ProblemException {
    try {
      return http.send(
          provider.call(Endpoint.USERINFO),
          PastedToken.unexamined(accessToken),
          whole -> whole.json(UserInfoJson.class));
    } catch (TokenRefused e) {
      throw PastedToken.refused();
    }
  }

  /// The name where there is one, otherwise the subject; blank when there is neither.
  String account() {
    return Stream.of(username, preferredUsername, sub)
        .filter(name -> !name.isBlank())
        .findFirst()
        .orElse("");
  }

  /// The account of a token whose owner is nice to know, but not needed.
  static Optional<String> accountOf(Http http, Provider provider, String accessToken) {
    try {
      return Optional.of(read(http, provider, accessToken).account())
          .filter(account -> !account.isBlank());
    } catch (ProblemException e) {
      // without the scope "openid" the server does not say it
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "UserInfoJson[of " + account() + "]";
  }
}
