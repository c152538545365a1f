package dev.guestlist.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.guestlist.model.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An answer of the token endpoint. Its text form hides everything.
///
/// @param expiresIn seconds; an hour, the server's default, where it is missing
/// @param refreshExpiresIn seconds; some OpenID providers say it, 0 for a token without an end
/// @param scope the granted scopes, empty when the answer did not name any
record TokenJson(
    @JsonProperty("access_token") String accessToken,
    @JsonProperty("refresh_token") String refreshToken,
    @JsonProperty("expires_in") Optional<Long> expiresIn,
    Optional<String> scope,
    @JsonProperty("id_token") String idToken,
    @JsonProperty("refresh_expires_in") Optional<Long> refreshExpiresIn) {

  /// A year: more is a mistake, and might not fit into a calendar.
  private static final long LONGEST_LIFE = 365L * 24 * 3600;

  /// @param otherwiseGranted the scopes, where the answer does not name them
  Tokens toModel(
      Instant now,
      Set<String> otherwiseGranted,
      String account,
      Optional<OrganizationId> organization) {
    return new Tokens(
        accessToken,
        Optional.of(refreshToken).filter(token -> !token.isBlank()),
        scope.map(TokenJson::words).orElse(otherwiseGranted),
        now.plus(life(expiresIn.orElse(3600L))),
        account,
        organization,
        refreshExpiresIn.filter(seconds -> seconds > 0).map(seconds -> now.plus(life(seconds))));
  }

  private static Duration life(long seconds) {
    return Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_LIFE));
  }

  private static Set<String> words(String scope) {
    return scope.isBlank() ? Set.of() : Set.copyOf(List.of(scope.strip().split("\\s+")));
  }

  @Override
  public String toString() {
    return "TokenJson";
  }
}
