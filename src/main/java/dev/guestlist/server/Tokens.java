package dev.guestlist.server;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Right;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What a sign-in or a switch brought. Its text form hides the secrets.
///
/// @param access the bearer token; blank while there is only a refresh token from an earlier time
/// @param refresh the refresh token; it works once
/// @param scopes the scopes that were really granted, often fewer than asked for
/// @param expires when the access token ends; [Instant#MAX] when nobody said
/// @param account who is signed in, as the server calls them; blank when it did not say
/// @param organization the organization that somebody signed in to directly; empty for a token of
///   the root, and for one that a switch brought, whose organization is its key in the [TokenStore]
/// @param refreshEnds when the refresh token ends, where the server says it; most do not
public record Tokens(
    String access,
    Optional<String> refresh,
    Set<String> scopes,
    Instant expires,
    String account,
    Optional<OrganizationId> organization,
    Optional<Instant> refreshEnds) {
  public Tokens {
    scopes = Set.copyOf(scopes);
  }

  /// Tokens of the root, or of a switch.
  public Tokens(
      String access,
      Optional<String> refresh,
      Set<String> scopes,
      Instant expires,
      String account) {
    this(access, refresh, scopes, expires, account, Optional.empty(), Optional.empty());
  }

  /// A refresh token that was kept from an earlier sign-in of this account.
  public static Tokens kept(String refresh, String account, Optional<OrganizationId> organization) {
    return new Tokens(
        "", Optional.of(refresh), Set.of(), Instant.MIN, account, organization, Optional.empty());
  }

  /// The rights that the scopes of an organization token give.
  public Set<Right> rights() {
    return Scopes.rights(scopes);
  }

  /// The same without the refresh token, which was used up.
  Tokens withoutRefresh() {
    return new Tokens(
        access, Optional.empty(), scopes, expires, account, organization, Optional.empty());
  }

  @Override
  public String toString() {
    return "Tokens[of " + account + ", until " + expires + "]";
  }
}
