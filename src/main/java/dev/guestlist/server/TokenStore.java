package dev.guestlist.server;

import dev.guestlist.model.OrganizationId;
import java.util.Optional;

/// Where tokens are kept while somebody is signed in. The key is the organization that the token is
/// bound to; the root organization's token has an empty key.
public interface TokenStore {
  Optional<Tokens> find(Optional<OrganizationId> organization);

  /// Replaces what was kept under that key. Called before the new access token is used.
  void keep(Optional<OrganizationId> organization, Tokens tokens);

  /// Called right before the refresh token kept under that key is sent. It works once: whatever was
  /// written down of it must be gone when this returns, in case the answer gets lost. When it turns
  /// out not to have been sent, [#keep] is called with it again.
  void spending(Optional<OrganizationId> organization);

  void forget(Optional<OrganizationId> organization);
}
