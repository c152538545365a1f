package dev.guestlist.server;

import dev.guestlist.model.OrganizationId;
import java.util.Optional;

/// Where tokens are kept while somebody is signed in. The key is the organization that the token is
/// bound to; the root organization's token has an empty key.
public interface TokenStore {
  Optional<Tokens> find(Optional<OrganizationId> organization);

  /// Replaces what was kept under that key. Called before the new access token is used.
  void keep(Optional<OrganizationId> organization, Tokens tokens);

  void forget(Optional<OrganizationId> organization);
}
