package dev.guestlist.server;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The token of one organization, or of the root, while calls are made with it. It is renewed by
/// one caller at a time; the others wait and take the new one. A refresh token is used once.
final class Bearer {
  /// A token that ends within this time is renewed before it is used.
  private static final Duration AHEAD = Duration.ofSeconds(30);

  /// Where tokens come from when there is nothing to refresh them with.
  interface Source {
    Tokens obtain() throws ProblemException;
  }

  /// Something that is done with a token.
  interface Use<T> {
    T with(Tokens tokens) throws ProblemException, TokenRefused;
  }

  private final Optional<OrganizationId> organization;
  private final TokenStore store;
  private final TokenEndpoint endpoint;
  private final InstantSource clock;
  private final Optional<Source> source;
  private final ReentrantLock renewing = new ReentrantLock();

  /// @param organization empty for the root
  /// @param source empty for a person's root token: only a sign-in brings another
  Bearer(
      Optional<OrganizationId> organization,
      TokenStore store,
      TokenEndpoint endpoint,
      InstantSource clock,
      Optional<Source> source) {
    this.organization = organization;
    this.store = store;
    this.endpoint = endpoint;
    this.clock = clock;
    this.source = source;
  }

  Optional<Tokens> kept() {
    return store.find(organization);
  }

  /// Does something with the token, and once more with a new one when the token was refused.
  ///
  /// @throws ProblemException `SignedOut` when a new token is refused too, or none can be had
  <T> T use(Use<T> use) throws ProblemException {
    Tokens tokens = beforehand(this::current);
    try {
      return use.with(tokens);
    } catch (TokenRefused e) {
      Tokens refused = tokens;
      tokens = beforehand(() -> renewedAfter(refused));
    }
    try {
      return use.with(tokens);
    } catch (TokenRefused e) {
      throw new ProblemException(new Problem.SignedOut(true));
    }
  }

  /// Gets a token for a call. Whatever goes wrong with the token, the call itself was not sent, so
  /// nobody needs to look up what became of it.
  private Tokens beforehand(Source renewal) throws ProblemException {
    try {
      return renewal.obtain();
    } catch (ProblemException e) {
      if (e.problem().mayHaveHappened()) {
        throw new ProblemException(new Problem.Unreachable(endpoint.host(), false), e);
      }
      throw e;
    }
  }

  /// A token that should work.
  Tokens current() throws ProblemException {
    Optional<Tokens> before = kept();
    if (before.isPresent() && !ending(before.get())) {
      return before.get();
    }
    renewing.lock();
    try {
      Optional<Tokens> now = kept();
      if (now.isPresent() && (!ending(now.get()) || !renewable(now.get()))) {
        return now.get();
      }
      return renew(now);
    } finally {
      renewing.unlock();
    }
  }

  private Tokens renewedAfter(Tokens refused) throws ProblemException {
    renewing.lock();
    try {
      Optional<Tokens> now = kept();
      if (now.isPresent() && !now.get().access().equals(refused.access())) {
        return now.get();
      }
      return renew(now);
    } finally {
      renewing.unlock();
    }
  }

  private boolean ending(Tokens tokens) {
    return !clock.instant().isBefore(tokens.expires().minus(AHEAD));
  }

  private boolean renewable(Tokens tokens) {
    return tokens.refresh().isPresent() || source.isPresent();
  }

  private Tokens renew(Optional<Tokens> old) throws ProblemException {
    Optional<Tokens> refreshed = old.isPresent() ? refresh(old.get()) : Optional.empty();
    if (refreshed.isPresent()) {
      return refreshed.get();
    }
    if (source.isEmpty()) {
      throw new ProblemException(new Problem.SignedOut());
    }
    return keep(source.get().obtain());
  }

  /// Empty when there is no refresh token, or it does not work any more.
  private Optional<Tokens> refresh(Tokens old) throws ProblemException {
    if (old.refresh().isEmpty()) {
      return Optional.empty();
    }
    store.spending(organization);
    try {
      Tokens fresh = endpoint.refresh(old, old.refresh().get());
      if (!kept().equals(Optional.of(old))) {
        // signed out meanwhile, or in as somebody else: what came belongs to nobody any more
        throw new ProblemException(new Problem.SignedOut());
      }
      return Optional.of(keep(fresh));
    } catch (ProblemException e) {
      boolean refused = e.problem() instanceof Problem.Rejected;
      if (kept().equals(Optional.of(old))) {
        // used up, or perhaps used up: a second use could end the session of somebody's new token
        boolean spent = refused || e.problem().mayHaveHappened();
        keep(spent ? old.withoutRefresh() : old);
      }
      if (refused) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Tokens keep(Tokens tokens) {
    store.keep(organization, tokens);
    return tokens;
  }
}
