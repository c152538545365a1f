package dev.guestlist.server;

import dev.guestlist.model.Right;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What a sign-in or a switch brought. Its text form hides the secrets.
///
/// @param access the bearer token
/// @param refresh the refresh token; it works once
/// @param scopes the scopes that were really granted, often fewer than asked for
/// @param expires when the access token ends
/// @param account who is signed in, as the server calls them; blank when it did not say
public record Tokens(
    String access, Optional<String> refresh, Set<String> scopes, Instant expires, String account) {
  public Tokens {
    scopes = Set.copyOf(scopes);
  }

  /// The rights that the scopes of an organization token give.
  public Set<Right> rights() {
    return Scopes.rights(scopes);
  }

  @Override
  public String toString() {
    return "Tokens[of " + account + ", until " + expires + "]";
  }
}
