package dev.guestlist.service;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.server.Secrets;
import dev.guestlist.store.Vault;
import java.util.Optional;

/// What the vault holds for one connection, and under which names.
final class ConnectionSecrets implements Secrets {
  private final Vault vault;
  private final String names;

  ConnectionSecrets(Vault vault, ConnectionId connection) {
    this.vault = vault;
    this.names = "connection/" + connection.value() + "/";
  }

  @Override
  public Optional<String> clientSecret() {
    return vault.open(clientSecretName());
  }

  @Override
  public Optional<String> proxyPassword() {
    return vault.open(proxyPasswordName());
  }

  String clientSecretName() {
    return names + "client-secret";
  }

  String proxyPasswordName() {
    return names + "proxy-password";
  }

  /// Where the kept sign-in lies: account and refresh token.
  String signInName() {
    return names + "sign-in";
  }

  /// Forgets all of it.
  void forget() {
    vault.forget(clientSecretName());
    vault.forget(proxyPasswordName());
    vault.forget(signInName());
  }
}
