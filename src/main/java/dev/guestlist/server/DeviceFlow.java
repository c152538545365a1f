package dev.guestlist.server;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.guestlist.model.DeviceCode;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Signing in with a code that a person types in on another device (RFC 8628;
/// wso2-extensions/identity-inbound-auth-oauth `DeviceEndpoint.java`, `DeviceFlowGrant.java`).
final class DeviceFlow {
  private static final Duration SLOWER = Duration.ofSeconds(5);
  private static final Duration LONGEST_LIFE = Duration.ofHours(1);

  private final Http http;
  private final TokenEndpoint tokens;
  private final InstantSource clock;
  private final CompletableFuture<Void> cancelled;

  DeviceFlow(
      Http http, TokenEndpoint tokens, InstantSource clock, CompletableFuture<Void> cancelled) {
    this.http = http;
    this.tokens = tokens;
    this.clock = clock;
    this.cancelled = cancelled;
  }

  /// Asks for a code, shows it, and asks for the tokens as often as the server allows until the
  /// person has finished.
  ///
  /// @throws ProblemException `Rejected(DEVICE_CODE_ENDED)` when nobody typed it in in time,
  ///   `Rejected(SIGN_IN_REFUSED)` when the person said no, `SignedOut` when cancelled
  TokenJson run(String scopes, Consumer<DeviceCode> shown) throws ProblemException {
    DeviceAuthorizationSuccessResponse answer =
        parse(http.send(tokens.deviceCode(scopes), Answer::jsonText));
    Duration life =
        Duration.ofSeconds(Math.clamp(answer.getLifetime(), 1, LONGEST_LIFE.toSeconds()));
    Instant ends = clock.instant().plus(life);
    long end = System.nanoTime() + life.toNanos();
    shown.accept(
        new DeviceCode(
            answer.getUserCode().getValue(),
            answer.getVerificationURI(),
            Optional.ofNullable(answer.getVerificationURIComplete()),
            ends));
    Duration interval = Duration.ofSeconds(Math.clamp(answer.getInterval(), 1, 60));
    while (true) {
      pause(interval);
      if (System.nanoTime() > end || clock.instant().isAfter(ends)) {
        throw new ProblemException(new Problem.Rejected(Reason.DEVICE_CODE_ENDED, "", ""));
      }
      try {
        return tokens.forDevice(answer.getDeviceCode().getValue());
      } catch (ProblemException e) {
        interval = afterwards(e, interval);
      }
    }
  }

  /// How long to wait after an answer that brought nothing, unless it was the last one.
  private static Duration afterwards(ProblemException e, Duration interval)
      throws ProblemException {
    return switch (e.problem()) {
      case Problem.Rejected rejected when rejected.serverCode().equals("authorization_pending") ->
          interval;
      case Problem.Rejected rejected when rejected.serverCode().equals("slow_down") ->
          interval.plus(SLOWER);
      case Problem.Busy busy -> interval.plus(busy.retryAfter().orElse(SLOWER));
      // the network may be back before the code ends (RFC 8628 section 3.5)
      case Problem.Unreachable ignored -> interval.plus(SLOWER);
      case Problem.Rejected ignored -> throw e;
      case Problem.Untrusted ignored -> throw e;
      case Problem.SignedOut ignored -> throw e;
      case Problem.NotAllowed ignored -> throw e;
      case Problem.ServerFault ignored -> throw e;
      case Problem.Unreadable ignored -> throw e;
    };
  }

  private void pause(Duration interval) throws ProblemException {
    try {
      cancelled.get(interval.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A sign-in is cancelled or not.", e);
    }
    throw new ProblemException(new Problem.SignedOut());
  }

  private static DeviceAuthorizationSuccessResponse parse(String json) throws ProblemException {
    try {
      return DeviceAuthorizationSuccessResponse.parse(JSONObjectUtils.parse(json));
    } catch (ParseException e) {
      throw Provider.unreadable("broken JSON instead of " + Endpoint.DEVICE_CODE.expected());
    }
  }
}
