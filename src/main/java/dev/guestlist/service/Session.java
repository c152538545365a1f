package dev.guestlist.service;

import dev.guestlist.model.Connection;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.PasteResult;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Right;
import dev.guestlist.server.Browser;
import dev.guestlist.server.IdentityServer;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.server.Secrets;
import dev.guestlist.server.SignIn;
import dev.guestlist.server.TokenStore;
import dev.guestlist.server.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One connection while the program is open: who is signed in, which organization is entered, and
/// whether the server answers. Tokens live here, in memory only.
public final class Session implements AutoCloseable {
  private static final Duration PATIENCE_AT_SIGN_IN = Duration.ofMinutes(5);

  private final Connection connection;
  private final Changes changes;
  private final InstantSource clock;
  private final Map<Optional<OrganizationId>, Tokens> tokens = new ConcurrentHashMap<>();
  private final IdentityServer server;
  private final Map<OrganizationId, OrganizationAccess> entered = new LinkedHashMap<>();
  private final Map<OrganizationId, Set<Right>> rights = new ConcurrentHashMap<>();

  private SessionState state = new SessionState.SignedOut(Optional.empty());
  private Link link;
  private @Nullable OrganizationId current;
  private @Nullable SignIn signingIn;

  /// A call to the server whose outcome says whether the server can be reached.
  interface Call<T> {
    T make() throws ProblemException;
  }

  Session(Connection connection, Changes changes, InstantSource clock) {
    this.connection = connection;
    this.changes = changes;
    this.clock = clock;
    this.server = new IdentityServer(connection, Secrets.NONE, new TokensInMemory(), clock);
    this.link = new Link(Link.State.UNTRIED, clock.instant(), Optional.empty(), Optional.empty());
  }

  public Connection connection() {
    return connection;
  }

  public synchronized SessionState state() {
    return state;
  }

  public synchronized Link link() {
    return link;
  }

  /// The account that is signed in; empty when nobody is.
  public synchronized Optional<String> account() {
    return state instanceof SessionState.SignedIn signedIn
        ? Optional.of(signedIn.account())
        : Optional.empty();
  }

  /// Whether a call could be made now: somebody is signed in, and the server answered last time.
  public synchronized boolean ready() {
    return account().isPresent() && !link.offline();
  }

  /// The organization that the window shows; entered, or only looked at while nobody is signed in.
  public synchronized Optional<OrganizationId> current() {
    return Optional.ofNullable(current);
  }

  /// What the account may do there. Empty when the organization was not entered in this session:
  /// nothing is known then.
  public Optional<Set<Right>> rights(OrganizationId organization) {
    return Optional.ofNullable(rights.get(organization)).map(Set::copyOf);
  }

  /// Signs in with the browser and blocks until it answered, was cancelled, or five minutes passed.
  ///
  /// @throws ProblemException when the server said no or did not answer; nobody is signed in then
  public void signIn(Browser browser) throws ProblemException {
    SignIn attempt = new SignIn(connection, Secrets.NONE, clock);
    begin(attempt);
    try (attempt) {
      signedIn(ask(() -> attempt.withBrowser(browser, PATIENCE_AT_SIGN_IN)));
    } catch (ProblemException e) {
      set(new SessionState.SignedOut(Optional.of(e.problem())));
      throw e;
    } finally {
      begin(null);
    }
  }

  /// Hands over the address that the browser ended on, where its answer cannot arrive by itself.
  public PasteResult paste(String address) {
    throw new UnsupportedOperationException(address);
  }

  /// Signs in with a code that a person types in on another device; the code is in the state.
  /// Blocks until that was done, was cancelled, or the code ended.
  public void signInWithDeviceCode() throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// Signs the application itself in, with the client secret of the vault.
  public void signInAsTechnicalAccount() throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// Goes on with an access token from somewhere else; it ends when the server refuses it.
  public void signInWithToken(String accessToken) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// Signs in with the refresh token that was kept, if one was.
  ///
  /// @return whether somebody is signed in now
  /// @throws ProblemException when the server refused it or did not answer
  public boolean resume() throws ProblemException {
    return false;
  }

  /// When the session ends for good, as far as that is known; empty while it renews itself.
  public Optional<Instant> ends() {
    return Optional.empty();
  }

  /// Ends a sign-in that waits.
  public synchronized void cancelSignIn() {
    if (signingIn != null) {
      signingIn.cancel();
    }
  }

  /// Forgets all tokens. Cached lists, runs and codes stay.
  public void signOut() {
    forgetTokens();
    set(new SessionState.SignedOut(Optional.empty()));
  }

  /// Makes an organization the current one. Somebody who is signed in enters it on the server;
  /// without a sign-in or a connection it is only looked at, from what this computer keeps.
  ///
  /// @throws ProblemException when the server refuses; the former organization stays current
  public void switchTo(OrganizationId organization) throws ProblemException {
    if (account().isPresent()) {
      try {
        access(organization);
      } catch (ProblemException e) {
        boolean lookOnly =
            e.problem() instanceof Problem.Unreachable || e.problem() instanceof Problem.SignedOut;
        if (!lookOnly) {
          throw e;
        }
      }
    }
    synchronized (this) {
      current = organization;
    }
    changes.publish(new Change.SessionChanged());
  }

  /// Asks the server for a sign of life; the answer is in [#link].
  public void probe() {
    try {
      ask(server::root);
    } catch (ProblemException e) {
      // the link says it: every problem but Unreachable is an answer
    }
  }

  /// Inside an organization, entering it if that has not been done in this session.
  OrganizationAccess access(OrganizationId organization) throws ProblemException {
    if (account().isEmpty()) {
      throw new ProblemException(new Problem.SignedOut());
    }
    synchronized (entered) {
      OrganizationAccess known = entered.get(organization);
      if (known != null) {
        return known;
      }
    }
    OrganizationAccess access = ask(() -> server.enter(organization));
    synchronized (entered) {
      entered.put(organization, access);
    }
    rights.put(organization, rightsOf(access));
    return access;
  }

  /// Some entered organization in which the account has this right, the current one first. A code
  /// can be looked up from any of them.
  Optional<OrganizationAccess> anyWith(Right right) {
    synchronized (entered) {
      Optional<OrganizationAccess> here =
          current().map(entered::get).filter(access -> access.rights().contains(right));
      return here.isPresent()
          ? here
          : entered.values().stream().filter(access -> access.rights().contains(right)).findFirst();
    }
  }

  /// Whether some organization was entered in this session.
  boolean enteredAny() {
    synchronized (entered) {
      return !entered.isEmpty();
    }
  }

  IdentityServer server() {
    return server;
  }

  /// Makes a call, remembers whether the server answered, and notices the end of the session.
  <T> T ask(Call<T> call) throws ProblemException {
    try {
      T answer = call.make();
      reached();
      return answer;
    } catch (ProblemException e) {
      switch (e.problem()) {
        case Problem.Unreachable unreachable -> lost(unreachable);
        case Problem.SignedOut signedOut -> {
          reached();
          sessionEnded(signedOut);
        }
        case Problem.Untrusted untrusted -> lost(untrusted);
        case Problem.NotAllowed ignored -> reached();
        case Problem.Rejected ignored -> reached();
        case Problem.Busy ignored -> reached();
        case Problem.ServerFault ignored -> reached();
        case Problem.Unreadable ignored -> reached();
      }
      throw e;
    }
  }

  /// Says when the worker tries again by itself.
  void nextTry(Optional<Instant> moment) {
    synchronized (this) {
      if (!link.offline() || link.nextTry().equals(moment)) {
        return;
      }
      link = new Link(link.state(), link.since(), link.problem(), moment);
    }
    changes.publish(new Change.SessionChanged());
  }

  @Override
  public void close() {
    cancelSignIn();
    forgetTokens();
    server.close();
  }

  private void begin(@Nullable SignIn attempt) {
    synchronized (this) {
      signingIn = attempt;
    }
    if (attempt != null) {
      set(
          new SessionState.SigningIn(
              clock.instant().plus(PATIENCE_AT_SIGN_IN), Optional.empty(), Optional.empty()));
    }
  }

  private void signedIn(Tokens root) {
    forgetTokens();
    tokens.put(Optional.empty(), root);
    set(new SessionState.SignedIn(root.account()));
  }

  private void sessionEnded(Problem why) {
    if (account().isPresent()) {
      forgetTokens();
      set(new SessionState.SignedOut(Optional.of(why)));
    }
  }

  private void forgetTokens() {
    tokens.clear();
    rights.clear();
    synchronized (entered) {
      entered.clear();
    }
  }

  private void set(SessionState newState) {
    synchronized (this) {
      state = newState;
    }
    changes.publish(new Change.SessionChanged());
  }

  private void reached() {
    synchronized (this) {
      if (link.state() == Link.State.ONLINE) {
        return;
      }
      link = new Link(Link.State.ONLINE, clock.instant(), Optional.empty(), Optional.empty());
    }
    changes.publish(new Change.SessionChanged());
  }

  private void lost(Problem problem) {
    synchronized (this) {
      if (link.offline()) {
        return;
      }
      link = new Link(Link.State.OFFLINE, clock.instant(), Optional.of(problem), Optional.empty());
    }
    changes.publish(new Change.SessionChanged());
  }

  private static Set<Right> rightsOf(OrganizationAccess access) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    rights.addAll(access.rights());
    return rights;
  }

  /// Tokens of this session; gone when the program closes.
  private final class TokensInMemory implements TokenStore {
    @Override
    public Optional<Tokens> find(Optional<OrganizationId> organization) {
      return Optional.ofNullable(tokens.get(organization));
    }

    @Override
    public void keep(Optional<OrganizationId> organization, Tokens newTokens) {
      tokens.put(organization, newTokens);
    }

    @Override
    public void forget(Optional<OrganizationId> organization) {
      tokens.remove(organization);
    }
  }
}
