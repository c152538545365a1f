package dev.guestlist.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTParser;
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
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.guestlist.model.Connection;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// The ways to sign in at the root organization.
public final class SignIn implements AutoCloseable {
  /// How long a single connection to the loopback address may take to say what it wants.
  private static final Duration PER_CONNECTION = Duration.ofSeconds(2);

  /// How far the clocks of server and computer may differ.
  private static final int CLOCK_SKEW_SECONDS = 120;

  private static final Set<JWSAlgorithm> SIGNATURES =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.ES256);

  private final InstantSource clock;
  private final Secrets secrets;
  private final ClientID client;
  private final Http http;
  private final AtomicReference<Optional<LoopbackReceiver>> waiting =
      new AtomicReference<>(Optional.empty());
  private volatile boolean cancelled;

  /// @param secrets asked whenever one is sent
  public SignIn(Connection connection, Secrets secrets, InstantSource clock) {
    this(connection, secrets, clock, Limits.USUAL);
  }

  SignIn(Connection connection, Secrets secrets, InstantSource clock, Limits limits) {
    this.clock = clock;
    this.secrets = secrets;
    this.client = new ClientID(connection.clientId());
    this.http = new Http(connection, secrets, limits);
  }

  /// Authorization code with PKCE (S256): opens the browser and waits for its answer on a free port
  /// of 127.0.0.1. State and nonce are checked; one answer counts; others change nothing.
  ///
  /// @throws ProblemException `Rejected(SIGN_IN_REFUSED)` when the server said no or no browser
  ///   could be started, `Unreachable` when no answer came in time or the server is away,
  ///   `SignedOut` after [#cancel]
  public Tokens withBrowser(Browser browser, Duration patience) throws ProblemException {
    cancelled = false;
    OIDCProviderMetadata provider = provider();
    State state = new State();
    Nonce nonce = new Nonce();
    CodeVerifier verifier = new CodeVerifier();
    URI redirect;
    AuthorizationCode code;
    try (LoopbackReceiver receiver = receiver(state)) {
      waiting.set(Optional.of(receiver));
      if (cancelled) {
        throw new ProblemException(new Problem.SignedOut());
      }
      redirect = receiver.redirect();
      open(browser, address(provider, redirect, state, nonce, verifier));
      code = code(await(receiver, patience), provider.getIssuer());
    } finally {
      waiting.set(Optional.empty());
    }
    TokenJson tokens =
        endpoint(Optional.empty())
            .exchange(code.getValue(), redirect, verifier.getValue());
    String account = account(provider.getIssuer(), tokens.idToken(), nonce);
    return tokens.toModel(clock.instant(), Set.of(), account);
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

  /// Client credentials of a technical account, for machines without a person.
  ///
  /// @throws ProblemException `Rejected(SIGN_IN_REFUSED)` when id or secret is wrong
  public Tokens asTechnicalAccount() throws ProblemException {
    return endpoint(Optional.of(() -> secrets.clientSecret().orElse(""))).asItself();
  }

  private TokenEndpoint endpoint(Optional<Supplier<String>> secret) {
    return new TokenEndpoint(http, clock, client.getValue(), secret);
  }

  /// Ends a waiting [#withBrowser].
  public void cancel() {
    cancelled = true;
    waiting.get().ifPresent(LoopbackReceiver::close);
  }

  @Override
  public void close() {
    cancel();
    http.close();
  }

  /// What the server says about itself. Its issuer is taken as a name to compare with; of its
  /// addresses only paths are used.
  private OIDCProviderMetadata provider() throws ProblemException {
    String text = http.send(Call.of(Endpoint.DISCOVERY), Answer::jsonText);
    try {
      return OIDCProviderMetadata.parse(text);
    } catch (ParseException e) {
      throw unreadable("an unexpected text instead of " + Endpoint.DISCOVERY.expected());
    }
  }

  private URI address(
      OIDCProviderMetadata provider, URI redirect, State state, Nonce nonce, CodeVerifier verifier)
      throws ProblemException {
    URI stated = provider.getAuthorizationEndpointURI();
    if (stated == null) {
      throw unreadable("no sign-in address in " + Endpoint.DISCOVERY.expected());
    }
    return new AuthenticationRequest.Builder(
            ResponseType.CODE, Scope.parse(Scopes.ROOT), client, redirect)
        .endpointURI(http.atTypedHost(stated))
        .state(state)
        .nonce(nonce)
        .codeChallenge(verifier, CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  private URI await(LoopbackReceiver receiver, Duration patience) throws ProblemException {
    try {
      return receiver.answer().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ProblemException(new Problem.Unreachable(http.host(), false));
    } catch (CancellationException e) {
      throw new ProblemException(new Problem.SignedOut());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(new Problem.SignedOut());
    } catch (ExecutionException e) {
      throw new IllegalStateException("An answer is received or waited for.", e);
    }
  }

  private AuthorizationCode code(URI came, Issuer issuer) throws ProblemException {
    try {
      AuthenticationResponse response = AuthenticationResponseParser.parse(came);
      if (response.getIssuer() != null && !response.getIssuer().equals(issuer)) {
        throw unreadable("an answer of another server instead of a sign-in");
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
    throw unreadable("an answer without a code instead of a sign-in");
  }

  private static ProblemException refused(ErrorObject error) {
    String code = error.getCode() == null ? "" : error.getCode();
    String text = error.getDescription() == null ? "" : error.getDescription();
    return new ProblemException(new Problem.Rejected(Reason.SIGN_IN_REFUSED, code, text));
  }

  /// Checks issuer, audience, nonce, times and signature, and reads who signed in.
  private String account(Issuer issuer, String idToken, Nonce nonce) throws ProblemException {
    String keys = http.send(Call.of(Endpoint.KEYS), Answer::jsonText);
    try {
      var selector =
          new JWSVerificationKeySelector<SecurityContext>(
              SIGNATURES, new ImmutableJWKSet<>(JWKSet.parse(keys)));
      IDTokenValidator validator = new IDTokenValidator(issuer, client, selector, null);
      validator.setMaxClockSkew(CLOCK_SKEW_SECONDS);
      IDTokenClaimsSet claims = validator.validate(JWTParser.parse(idToken), nonce);
      String username = claims.getStringClaim("username");
      return username == null ? claims.getSubject().getValue() : username;
    } catch (java.text.ParseException | BadJOSEException | JOSEException e) {
      // without the cause, whose text may quote the token
      throw unreadable("an ID token that cannot be trusted");
    }
  }

  private static ProblemException unreadable(String what) {
    return new ProblemException(new Problem.Unreadable(what));
  }
}
