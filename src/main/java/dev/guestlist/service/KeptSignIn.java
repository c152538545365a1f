package dev.guestlist.service;

import dev.guestlist.model.Connection;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.server.Tokens;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.StoreException;
import dev.guestlist.store.Vault;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The refresh token of a sign-in that shall outlive the program, sealed in the vault. There is
/// never one in it that was sent already: it is taken out first, and its successor is put in before
/// that is used.
///
/// Only the program that sends keeps one: a second one on the same data folder would use the first
/// one's refresh token up and so end its session.
final class KeptSignIn {
  private static final Logger log = LoggerFactory.getLogger(KeptSignIn.class);
  private static final String BETWEEN = "\n";

  private final boolean wanted;
  private final String name;
  private final LocalStore store;
  private final Vault vault;

  KeptSignIn(Connection connection, ConnectionSecrets secrets, LocalStore store) {
    this.wanted = connection.settings().staySignedIn();
    this.name = secrets.signInName();
    this.store = store;
    this.vault = store.vault();
  }

  /// Keeps the refresh token of these tokens, or nothing where they have none. When it cannot be
  /// sealed, the session goes on, and ends with the program.
  void keep(Tokens tokens) {
    if (!wanted) {
      forget();
      return;
    }
    if (!ours()) {
      return;
    }
    try {
      if (tokens.refresh().isPresent()) {
        vault.seal(
            name,
            String.join(
                BETWEEN,
                tokens.refresh().get(),
                tokens.organization().map(OrganizationId::value).orElse(""),
                tokens.account()));
      } else {
        vault.forget(name);
      }
    } catch (StoreException e) {
      log.warn("The sign-in is not kept for the next time.", e);
    }
  }

  /// Takes the kept refresh token out, if there is one and the vault is open.
  Optional<Tokens> take() {
    if (!ours()) {
      return Optional.empty();
    }
    Optional<String> sealed;
    try {
      sealed = vault.open(name);
      vault.forget(name);
    } catch (StoreException e) {
      log.warn("The kept sign-in cannot be had.", e);
      return Optional.empty();
    }
    return sealed
        .map(text -> text.split(BETWEEN, 3))
        .filter(parts -> parts.length == 3)
        .map(parts ->
            Tokens.kept(
                parts[0],
                parts[2],
                Optional.of(parts[1]).filter(id -> !id.isEmpty()).map(OrganizationId::new)));
  }

  /// Takes out what is about to be sent, or shall not be kept any more.
  ///
  /// @throws StoreException when it cannot be taken out: it must not be sent then
  void forget() {
    if (store.claimSending()) {
      vault.forget(name);
    }
  }

  private boolean ours() {
    return wanted && vault.durable() && store.claimSending();
  }
}
