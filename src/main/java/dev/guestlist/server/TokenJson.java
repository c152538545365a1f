package dev.guestlist.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An answer of the token endpoint. Its text form hides everything.
///
/// @param expiresIn seconds; an hour, the server's default, where it is missing
/// @param scope the granted scopes, empty when the answer did not name any
record TokenJson(
    @JsonProperty("access_token") String accessToken,
    @JsonProperty("refresh_token") String refreshToken,
    @JsonProperty("expires_in") Optional<Long> expiresIn,
    Optional<String> scope,
    @JsonProperty("id_token") String idToken) {

  /// A year: more is a mistake, and might not fit into a calendar.
  private static final long LONGEST_LIFE = 365L * 24 * 3600;

  Tokens toModel(Instant now, Set<String> otherwiseGranted, String account) {
    Duration life = Duration.ofSeconds(Math.clamp(expiresIn.orElse(3600L), 0, LONGEST_LIFE));
    return new Tokens(
        accessToken,
        Optional.of(refreshToken).filter(token -> !token.isBlank()),
        scope.map(TokenJson::words).orElse(otherwiseGranted),
        now.plus(life),
        account);
  }

  private static Set<String> words(String scope) {
    return scope.isBlank() ? Set.of() : Set.copyOf(List.of(scope.strip().split("\\s+")));
  }

  @Override
  public String toString() {
    return "TokenJson";
  }
}
