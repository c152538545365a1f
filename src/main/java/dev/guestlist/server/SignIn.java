package dev.guestlist.server;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.DeviceCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.PasteResult;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The ways to sign in: at the root organization, or directly into the organization that a
/// connection of that kind starts in. Where a connection names an OpenID provider, that one is
/// asked instead of the server; should it refuse the server's scopes, then once more without them.
public final class SignIn implements AutoCloseable {
  /// How long a single connection to the loopback address may take to say what it wants.
  private static final Duration PER_CONNECTION = Duration.ofSeconds(2);

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final InstantSource clock;
  private final ClientID client;
  private final Optional<String> into;
  private final Http http;
  private final Provider provider;
  private final TokenEndpoint endpoint;
  private final IdTokens idTokens;
  private final AtomicReference<Optional<LoopbackReceiver>> waiting =
      new AtomicReference<>(Optional.empty());
  private volatile CompletableFuture<Void> cancelled = new CompletableFuture<>();

  /// @param secrets asked whenever one is sent
  public SignIn(Connection connection, Secrets secrets, InstantSource clock) {
    this(connection, secrets, clock, Limits.USUAL);
  }

  SignIn(Connection connection, Secrets secrets, InstantSource clock, Limits limits) {
    this.clock = clock;
    this.client = new ClientID(connection.clientId());
    this.into =
        connection.signIn() == SignInWay.BROWSER_INTO_ORGANIZATION
            ? connection.settings().startIn()
            : Optional.empty();
    this.http = new Http(connection, secrets, limits);
    this.provider = new Provider(http, connection.settings().discovery());
    boolean technical = connection.signIn() == SignInWay.TECHNICAL_ACCOUNT;
    this.endpoint =
        new TokenEndpoint(
            http,
            provider,
            clock,
            connection.clientId(),
            technical ? Optional.of(() -> secrets.clientSecret().orElse("")) : Optional.empty());
    this.idTokens = new IdTokens(http, provider, client);
  }

  /// Authorization code with PKCE (S256): opens the browser and waits for its answer on a free port
  /// of this computer. State and nonce are checked; one answer counts; others change nothing.
  ///
  /// @param browser asked a second time when the first scopes were refused
  /// @throws ProblemException `Rejected(SIGN_IN_REFUSED)` when the server said no or no browser
  ///   could be started, `Rejected(SIGN_IN_UNANSWERED)` when no answer came in time, `Unreachable`
  ///   when the server is away, `SignedOut` after [#cancel]
  public Tokens withBrowser(Browser browser, Duration patience) throws ProblemException {
    begin();
    try {
      return withBrowser(
          browser, patience, into.isPresent() ? Scopes.INTO_ORGANIZATION : Scopes.ROOT);
    } catch (ProblemException e) {
      if (!Scopes.refused(e.problem())) {
        throw e;
      }
      return withBrowser(browser, patience, Scopes.OPENID);
    }
  }

  private Tokens withBrowser(Browser browser, Duration patience, String scopes)
      throws ProblemException {
    URI authorize = provider.authorize();
    Issuer issuer = provider.description().getIssuer();
    State state = new State();
    Nonce nonce = new Nonce();
    CodeVerifier verifier = new CodeVerifier();
    URI redirect;
    AuthorizationCode code;
    try (LoopbackReceiver receiver = receiver(state)) {
      waiting.set(Optional.of(receiver));
      requireWanted();
      redirect = receiver.redirect();
      AuthenticationRequest.Builder request =
          new AuthenticationRequest.Builder(
                  ResponseType.CODE, Scope.parse(scopes), client, redirect)
              .endpointURI(authorize)
              .state(state)
              .nonce(nonce)
              .codeChallenge(verifier, CodeChallengeMethod.S256);
      into.ifPresent(organization -> directInto(organization, request));
      open(browser, request.build().toURI());
      code = code(await(receiver, patience), issuer);
    } finally {
      waiting.set(Optional.empty());
    }
    TokenJson answer = endpoint.exchange(code.getValue(), redirect, verifier.getValue());
    IdTokens.Person person = idTokens.read(answer.idToken(), Optional.of(nonce));
    return answer.toModel(clock.instant(), Set.of(), person.account(), bound(person));
  }

  /// The server then lets the person sign in at that organization, and the tokens are bound to it
  /// (wso2/docs-is `organization-login/legacy-approach.md`).
  private static void directInto(String organization, AuthenticationRequest.Builder request) {
    request
        .customParameter("fidp", "OrganizationSSO")
        .customParameter(
            UUID.matcher(organization).matches() ? "orgId" : "orgHandle", organization);
  }

  /// The organization of somebody who signed in to one directly. The ID token says which, and where
  /// it does not, it is the one whose id was asked for.
  private Optional<OrganizationId> bound(IdTokens.Person person) throws ProblemException {
    if (into.isEmpty()) {
      return Optional.empty();
    }
    Optional<OrganizationId> named =
        person
            .organization()
            .or(() -> into.filter(asked -> UUID.matcher(asked).matches()).map(OrganizationId::new));
    if (named.isEmpty()) {
      throw Provider.unreadable("an ID token that does not name the organization");
    }
    return named;
  }

  /// Hands over the address that the browser ended on, for computers where its answer cannot
  /// arrive. The same checks apply as to an answer that arrives by itself.
  public PasteResult paste(String address) {
    return waiting.get().map(receiver -> receiver.paste(address)).orElse(PasteResult.NOT_WAITING);
  }

  /// Signs in with a code that a person types in on another device; asks the server as often as it
  /// allows until the person has finished.
  ///
  /// @param shown gets the code, on this thread
  /// @throws ProblemException `Rejected(DEVICE_CODE_ENDED)` when nobody typed it in in time,
  ///   `Rejected(SIGN_IN_REFUSED)` when the person said no, `Rejected(GRANT_NOT_ENABLED)` when the
  ///   application may not do this, `SignedOut` after [#cancel]
  public Tokens withDeviceCode(Consumer<DeviceCode> shown) throws ProblemException {
    begin();
    DeviceFlow flow = new DeviceFlow(http, endpoint, clock, cancelled);
    TokenJson answer;
    try {
      answer = flow.run(Scopes.ROOT, shown);
    } catch (ProblemException e) {
      if (!Scopes.refused(e.problem())) {
        throw e;
      }
      answer = flow.run(Scopes.OPENID, shown);
    }
    String account =
        answer.idToken().isBlank()
            ? UserInfoJson.read(http, provider, answer.accessToken()).account()
            : idTokens.read(answer.idToken(), Optional.empty()).account();
    return answer.toModel(clock.instant(), Set.of(), account, Optional.empty());
  }

  /// Client credentials of a technical account, for machines without a person.
  ///
  /// @throws ProblemException `Rejected(SIGN_IN_REFUSED)` when id or secret is wrong
  public Tokens asTechnicalAccount() throws ProblemException {
    return endpoint.asItself();
  }

  /// Takes an access token from somewhere else, after trying it with a reading call. Where it says
  /// nothing about its scopes, all are assumed: the server refuses what it does not allow. There is
  /// nothing to renew it with.
  ///
  /// @throws ProblemException `Rejected(TOKEN_REFUSED)` when the server does not accept it
  public Tokens withToken(String accessToken) throws ProblemException {
    begin();
    return new PastedToken(http, provider).tried(accessToken);
  }

  /// Goes on with the refresh token of an earlier sign-in, which is used up by this whatever comes
  /// back, unless the problem says that nothing happened.
  ///
  /// @param kept from [Tokens#kept]
  /// @throws ProblemException `Rejected` when the server does not take it any more
  public Tokens resume(Tokens kept) throws ProblemException {
    begin();
    return endpoint.refresh(kept, kept.refresh().orElseThrow());
  }

  /// Ends a sign-in that waits.
  public void cancel() {
    cancelled.complete(null);
    waiting.get().ifPresent(LoopbackReceiver::close);
  }

  @Override
  public void close() {
    cancel();
    http.close();
  }

  private void begin() {
    cancelled = new CompletableFuture<>();
  }

  private void requireWanted() throws ProblemException {
    if (cancelled.isDone()) {
      throw new ProblemException(new Problem.SignedOut());
    }
  }

  private static LoopbackReceiver receiver(State state) throws ProblemException {
    try {
      return new LoopbackReceiver(state.getValue(), PER_CONNECTION);
    } catch (IOException e) {
      throw notHere("No port of this computer is free for the answer of a sign-in.", e);
    }
  }

  private static void open(Browser browser, URI address) throws ProblemException {
    try {
      browser.open(address);
    } catch (IOException e) {
      throw notHere("No browser could be started on this computer.", e);
    }
  }

  private static ProblemException notHere(String why, IOException cause) {
    return new ProblemException(new Problem.Rejected(Reason.SIGN_IN_REFUSED, "", why), cause);
  }

  private static URI await(LoopbackReceiver receiver, Duration patience) throws ProblemException {
    try {
      return receiver.answer().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ProblemException(new Problem.Rejected(Reason.SIGN_IN_UNANSWERED, "", ""));
    } catch (CancellationException e) {
      throw new ProblemException(new Problem.SignedOut());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(new Problem.SignedOut());
    } catch (ExecutionException e) {
      throw new IllegalStateException("An answer is received or waited for.", e);
    }
  }

  private static AuthorizationCode code(URI came, Issuer issuer) throws ProblemException {
    try {
      AuthenticationResponse response = AuthenticationResponseParser.parse(came);
      if (response.getIssuer() != null && !response.getIssuer().equals(issuer)) {
        throw Provider.unreadable("an answer of another server instead of a sign-in");
      }
      if (!response.indicatesSuccess()) {
        ErrorObject error = response.toErrorResponse().getErrorObject();
        throw refused(error);
      }
      AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
      if (code != null) {
        return code;
      }
    } catch (ParseException e) {
      // said below: the exception's text may contain the answer
    }
    throw Provider.unreadable("an answer without a code instead of a sign-in");
  }

  private static ProblemException refused(ErrorObject error) {
    String code = error.getCode() == null ? "" : error.getCode();
    String text = error.getDescription() == null ? "" : error.getDescription();
    Reason reason =
        code.equals("unauthorized_client") ? Reason.GRANT_NOT_ENABLED : Reason.SIGN_IN_REFUSED;
    return new ProblemException(new Problem.Rejected(reason, code, text));
  }
}
