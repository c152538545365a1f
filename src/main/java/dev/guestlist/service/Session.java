package dev.guestlist.service;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.PasteResult;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Right;
import dev.guestlist.server.Browser;
import dev.guestlist.server.IdentityServer;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.server.SignIn;
import dev.guestlist.server.TokenStore;
import dev.guestlist.server.Tokens;
import dev.guestlist.store.LocalStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One connection while the program is open: who is signed in, which organization is entered, and
/// whether the server answers. Tokens live here, in memory; the refresh token is also kept in the
/// vault when the person wants to stay signed in.
public final class Session implements AutoCloseable {
  private static final Duration PATIENCE_AT_SIGN_IN = Duration.ofMinutes(5);
  private static final Duration WAIT = Duration.ofMillis(25);
  private static final int MOST_WAITS = 200;

  private static final Duration PATIENCE_AT_CALL = Duration.ofMinutes(1);
  private static final Duration PATIENCE_AT_SIGN_OUT = Duration.ofSeconds(5);

  private final Connection connection;
  private final ConnectionSecrets secrets;
  private final KeptSignIn kept;
  private final Changes changes;
  private final InstantSource clock;
  private final Pace pace;
  private final Map<Optional<OrganizationId>, Tokens> tokens = new ConcurrentHashMap<>();
  private final IdentityServer server;
  private final Map<OrganizationId, OrganizationAccess> entered = new LinkedHashMap<>();
  private final Map<OrganizationId, Set<Right>> rights = new ConcurrentHashMap<>();

  /// calls on their way
  private final AtomicInteger asking = new AtomicInteger();

  private final AtomicInteger signIns = new AtomicInteger();

  /// in whose name this thread makes a call, where that must not change meanwhile
  private final ThreadLocal<Optional<String>> inTheNameOf =
      ThreadLocal.withInitial(Optional::empty);

  /// whether the kept sign-in was tried in vain, because the server did not answer
  private volatile boolean resumesLater;

  private SessionState state = new SessionState.SignedOut(Optional.empty());
  private Link link;

  private @Nullable OrganizationId current;
  private @Nullable SignIn signingIn;
  private SessionState beforeSigningIn = state;

  /// A call to the server whose outcome says whether the server can be reached.
  interface Call<T> {
    T make() throws ProblemException;
  }

  /// One way to sign in.
  private interface Attempt {
    Tokens with(SignIn attempt) throws ProblemException;
  }

  Session(Connection connection, LocalStore store, Changes changes, InstantSource clock) {
    this.connection = connection;
    this.secrets = new ConnectionSecrets(store.vault(), connection.id());
    this.kept = new KeptSignIn(connection, secrets, store);
    this.changes = changes;
    this.clock = clock;
    this.pace = new Pace(changes, clock);
    this.server = new IdentityServer(connection, secrets, new TokensInMemory(), clock);
    this.link = new Link(Link.State.UNTRIED, clock.instant(), Optional.empty(), Optional.empty());
  }

  public Connection connection() {
    return connection;
  }

  /// How far the server's clock is ahead of this computer's, as its last answer said; negative when
  /// it is behind. Empty before the first answer.
  public Optional<Duration> clockAhead() {
    return server.clockDifference();
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

  /// Signs in with the browser, at the root organization or directly into the one that the
  /// connection starts in. Blocks until it answered, was cancelled, or five minutes passed; until
  /// then the state has the address, and [#paste] takes the answer where it cannot come by itself.
  ///
  /// @throws ProblemException when the server said no or did not answer. Nobody is signed in then;
  ///   somebody who was before stays so.
  public void signIn(Browser browser) throws ProblemException {
    Instant until = clock.instant().plus(PATIENCE_AT_SIGN_IN);
    attempt(
        until,
        attempt ->
            attempt.withBrowser(
                address -> {
                  waiting(
                      attempt,
                      new SessionState.SigningIn(until, Optional.of(address), Optional.empty()));
                  browser.open(address);
                },
                PATIENCE_AT_SIGN_IN));
  }

  /// Hands over the address that the browser ended on, where its answer cannot arrive by itself. It
  /// is checked like one that does: right address and state, and only one answer counts.
  public PasteResult paste(String address) {
    SignIn attempt = attempt();
    return attempt == null ? PasteResult.NOT_WAITING : attempt.paste(address);
  }

  /// Signs in with a code that a person types in on another device; the code is in the state.
  /// Blocks until the person has finished, it was cancelled, or the code ended.
  ///
  /// @throws ProblemException as [#signIn]
  public void signInWithDeviceCode() throws ProblemException {
    attempt(
        clock.instant().plus(PATIENCE_AT_SIGN_IN),
        attempt ->
            attempt.withDeviceCode(code ->
                waiting(
                    attempt,
                    new SessionState.SigningIn(code.ends(), Optional.empty(), Optional.of(code)))));
  }

  /// Signs the application itself in, with the client secret of the vault.
  ///
  /// @throws ProblemException as [#signIn]
  public void signInAsTechnicalAccount() throws ProblemException {
    attempt(clock.instant().plus(PATIENCE_AT_CALL), SignIn::asTechnicalAccount);
  }

  /// Goes on with an access token from somewhere else, after trying it. It cannot be renewed: the
  /// session ends when the server refuses it. It is never kept.
  ///
  /// @throws ProblemException as [#signIn]
  public void signInWithToken(String accessToken) throws ProblemException {
    attempt(clock.instant().plus(PATIENCE_AT_CALL), attempt -> attempt.withToken(accessToken));
  }

  /// Signs in with the refresh token that was kept in the vault, if one was, the vault is open, and
  /// nobody is signed in. It works once, so it is taken out of the vault before it is sent, and put
  /// back only when the server certainly saw nothing of it; its successor is kept before it is
  /// used. A refused one is forgotten.
  ///
  /// @return whether somebody is signed in now
  /// @throws ProblemException when there was one and it did not work
  public boolean resume() throws ProblemException {
    if (account().isPresent()) {
      return true;
    }
    unlessOffline();
    Optional<Tokens> taken = kept.take();
    if (taken.isEmpty()) {
      return false;
    }
    resumesLater = false;
    try {
      attempt(clock.instant().plus(PATIENCE_AT_CALL), attempt -> attempt.resume(taken.get()));
      return true;
    } catch (ProblemException e) {
      boolean refused = e.problem() instanceof Problem.Rejected;
      if (!refused && !e.problem().mayHaveHappened()) {
        kept.keep(taken.get());
        resumesLater = true;
      }
      if (refused) {
        Problem ended = new Problem.SignedOut();
        set(new SessionState.SignedOut(Optional.of(ended)));
        throw new ProblemException(ended, e);
      }
      throw e;
    }
  }

  /// Whether [#resume] was tried in vain because the server did not answer, and may work once it
  /// does.
  boolean resumesLater() {
    return resumesLater && account().isEmpty();
  }

  /// When the session ends for good, as far as that is known. Empty while it renews itself and the
  /// server does not say for how long, and when nobody is signed in.
  public Optional<Instant> ends() {
    Tokens root = tokens.get(Optional.<OrganizationId>empty());
    if (root == null || connection.signIn() == SignInWay.TECHNICAL_ACCOUNT) {
      return Optional.empty();
    }
    if (root.refresh().isPresent()) {
      return root.refreshEnds();
    }
    return Optional.of(root.expires()).filter(end -> !end.equals(Instant.MAX));
  }

  /// Ends a sign-in that waits.
  public void cancelSignIn() {
    SignIn attempt = attempt();
    if (attempt != null) {
      attempt.cancel();
    }
  }

  /// Forgets all tokens, also the one kept in the vault, and makes them worthless at the server as
  /// far as it answers within five seconds; not while somebody chose to work offline. Cached lists,
  /// runs and codes stay. A token from somewhere else is only forgotten.
  ///
  /// The server gives the same person with the same scopes the same token on every computer, so
  /// this may end the session there as well.
  public void signOut() {
    List<Tokens> all = List.copyOf(tokens.values());
    synchronized (this) {
      // first, so that a call that finds no token any more is not taken for an answer
      state = new SessionState.SignedOut(Optional.empty());
    }
    forgetTokens();
    resumesLater = false;
    kept.forget();
    set(new SessionState.SignedOut(Optional.empty()));
    if (!link().chosen()) {
      revoke(all);
    }
  }

  private void revoke(List<Tokens> all) {
    CountDownLatch done = new CountDownLatch(all.size());
    for (Tokens one : all) {
      Thread.ofVirtual()
          .name("revoke")
          .start(() -> {
            try {
              server.revoke(one);
            } finally {
              done.countDown();
            }
          });
    }
    try {
      done.await(PATIENCE_AT_SIGN_OUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

  /// Asks the server for nothing from now on, until [#goOnline]; a sign-in that waits is ended.
  /// What is on its way already still arrives.
  public void workOffline() {
    synchronized (this) {
      if (link.chosen()) {
        return;
      }
      Problem chosen = new Problem.Unreachable(connection.server().getHost(), false, true);
      link = new Link(Link.State.OFFLINE, clock.instant(), Optional.of(chosen), Optional.empty());
    }
    cancelSignIn();
    changes.publish(new Change.SessionChanged());
  }

  /// Ends what [#workOffline] began, and tries the server; nothing happens where nobody chose to
  /// work offline.
  public void goOnline() {
    synchronized (this) {
      if (!link.chosen()) {
        return;
      }
      Problem untried = new Problem.Unreachable(connection.server().getHost(), false);
      link = new Link(Link.State.OFFLINE, link.since(), Optional.of(untried), Optional.empty());
    }
    changes.publish(new Change.SessionChanged());
    probe();
  }

  /// Asks the server for a sign of life; the answer is in [#link].
  public void probe() {
    try {
      ask(() -> {
        if (account().isPresent()) {
          server.root();
        } else {
          server.knock();
        }
        return true;
      });
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

  /// The organizations that were entered since the sign-in, the current one first.
  List<OrganizationAccess> entered() {
    synchronized (entered) {
      return Stream.concat(current().map(entered::get).stream(), entered.values().stream())
          .distinct()
          .toList();
    }
  }

  /// Another number for each sign-in: what one account may do says nothing about the next.
  int signIns() {
    return signIns.get();
  }

  /// How fast runs may ask the server.
  Pace pace() {
    return pace;
  }

  IdentityServer server() {
    return server;
  }

  /// Makes a call in the name of an account, or of nobody: when somebody else has signed in since,
  /// it does not leave.
  ///
  /// @param account who is meant; empty for a call that leaves in nobody's name
  /// @throws ProblemException as [#ask(Call)]; `SignedOut` when somebody else has signed in
  <T> T ask(Optional<String> account, Call<T> call) throws ProblemException {
    inTheNameOf.set(account);
    try {
      return ask(call);
    } finally {
      inTheNameOf.remove();
    }
  }

  /// Makes a call, remembers whether the server answered, and notices the end of the session. A
  /// late answer to somebody who was signed in before says nothing about whoever is now.
  <T> T ask(Call<T> call) throws ProblemException {
    Link linkBefore = unlessOffline();
    int signIn = signIns.get();
    asking.incrementAndGet();
    try {
      T answer = call.make();
      reached(linkBefore);
      return answer;
    } catch (ProblemException e) {
      switch (e.problem()) {
        case Problem.Unreachable unreachable -> lost(unreachable);
        case Problem.SignedOut signedOut -> {
          if (account().isPresent()) {
            reached(linkBefore);
          }
          if (signIn == signIns.get() && isMeant(account())) {
            sessionEnded(signedOut);
          }
        }
        case Problem.Untrusted untrusted -> lost(untrusted);
        case Problem.NotAllowed ignored -> reached(linkBefore);
        case Problem.Rejected ignored -> reached(linkBefore);
        case Problem.Busy busy -> {
          reached(linkBefore);
          pace.busy(busy);
        }
        case Problem.ServerFault ignored -> reached(linkBefore);
        case Problem.Unreadable ignored -> reached(linkBefore);
      }
      throw e;
    } finally {
      asking.decrementAndGet();
    }
  }

  /// Whether a call of this thread may leave with the tokens of an account.
  private boolean isMeant(Optional<String> account) {
    Optional<String> meant = inTheNameOf.get();
    return meant.isEmpty() || meant.equals(account);
  }

  /// @throws ProblemException when somebody chose to work offline
  private Link unlessOffline() throws ProblemException {
    Link now = link();
    if (now.chosen()) {
      throw new ProblemException(now.problem().orElseThrow());
    }
    return now;
  }

  /// For work that nobody waits for: returns once no other call is on its way, after some seconds
  /// in any case. Not to be called from within a call.
  void letOthersFirst() {
    for (int waited = 0; asking.get() > 0 && waited < MOST_WAITS; waited++) {
      LockSupport.parkNanos(WAIT.toNanos());
    }
  }

  /// Says when the worker tries again by itself.
  void nextTry(Optional<Instant> moment) {
    synchronized (this) {
      if (!link.offline() || link.chosen() || link.nextTry().equals(moment)) {
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

  /// One sign-in. A newer one ends it; then it changes nothing any more.
  private void attempt(Instant until, Attempt how) throws ProblemException {
    unlessOffline();
    SessionState before;
    SignIn attempt = new SignIn(connection, secrets, clock);
    synchronized (this) {
      if (signingIn != null) {
        signingIn.cancel();
      } else {
        beforeSigningIn = state;
      }
      before = beforeSigningIn;
      signingIn = attempt;
    }
    set(new SessionState.SigningIn(until, Optional.empty(), Optional.empty()));
    SessionState after = before;
    try (attempt) {
      Tokens brought = reached(() -> how.with(attempt));
      if (attempt() != attempt) {
        throw new ProblemException(new Problem.SignedOut());
      }
      forgetTokens();
      kept.keep(brought);
      tokens.put(Optional.empty(), brought);
      after = new SessionState.SignedIn(brought.account());
    } catch (ProblemException e) {
      if (!(before instanceof SessionState.SignedIn)) {
        after = new SessionState.SignedOut(Optional.of(e.problem()));
      }
      throw e;
    } finally {
      finish(attempt, after);
    }
  }

  /// A provider that is not the server says nothing about whether the server can be reached.
  private Tokens reached(Call<Tokens> signIn) throws ProblemException {
    return connection.settings().discovery().isPresent() ? signIn.make() : ask(signIn);
  }

  private void waiting(SignIn attempt, SessionState.SigningIn now) {
    if (attempt() == attempt) {
      set(now);
    }
  }

  private void finish(SignIn attempt, SessionState after) {
    synchronized (this) {
      if (signingIn != attempt) {
        return;
      }
      signingIn = null;
    }
    set(after);
  }

  private synchronized @Nullable SignIn attempt() {
    return signingIn;
  }

  private void sessionEnded(Problem why) {
    if (account().isPresent()) {
      forgetTokens();
      set(new SessionState.SignedOut(Optional.of(why)));
    }
  }

  private void forgetTokens() {
    tokens.clear();
    signIns.incrementAndGet();
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

  /// An answer to a call from before the server was lost may arrive late: it says nothing about
  /// now.
  private void reached(Link before) {
    synchronized (this) {
      boolean lostMeanwhile = link.offline() && !before.offline();
      if (link.state() == Link.State.ONLINE || lostMeanwhile || link.chosen()) {
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
      return Optional.ofNullable(tokens.get(organization))
          .filter(found -> isMeant(Optional.of(found.account())));
    }

    /// What was asked for before somebody signed out, or in as somebody else, is nobody's.
    @Override
    public void keep(Optional<OrganizationId> organization, Tokens newTokens) {
      Tokens root = tokens.get(Optional.<OrganizationId>empty());
      if (root == null || !root.account().equals(newTokens.account())) {
        return;
      }
      if (organization.isEmpty()) {
        kept.keep(newTokens);
      }
      tokens.put(organization, newTokens);
    }

    @Override
    public void spending(Optional<OrganizationId> organization) {
      if (organization.isEmpty()) {
        kept.forget();
      }
    }

    @Override
    public void forget(Optional<OrganizationId> organization) {
      tokens.remove(organization);
    }
  }
}
