package dev.guestlist.practice;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The server's traits as JSON, below `/practice/`, in the manner of [ScenarioEndpoints].
final class TraitEndpoints {
  /// `{"seconds":2}`.
  record Seconds(long seconds) {}

  /// `{"seconds":600,"interval":5}`.
  record DeviceTimes(long seconds, long interval) {}

  /// `{"grant":"organization_switch"}`.
  record Grant(String grant) {}

  /// `{"url":"https://elsewhere.example:9443"}`, or an empty one for the real address.
  record Address(@Nullable String url) {}

  /// `{"as":"invalid_client"|"invalid_grant"|"server_error"}`.
  record As(String as) {}

  /// `{"organization":"Partners"}`.
  record Home(String organization) {}

  /// `{"old":true}`.
  record Version(boolean old) {}

  /// `{"requests":200,"retryAfter":30}`.
  record Limit(int requests, @Nullable Integer retryAfter) {}

  private final PracticeControl control;
  private final PracticeTraits traits;

  TraitEndpoints(PracticeControl control) {
    this.control = control;
    this.traits = control.traits();
  }

  Answer accessLifetime(Call call) {
    return ScenarioEndpoints.turn(
        call, Seconds.class, it -> traits.accessTokensLast(Duration.ofSeconds(it.seconds())));
  }

  Answer deviceCodes(Call call) {
    return ScenarioEndpoints.turn(
        call,
        DeviceTimes.class,
        it ->
            traits.deviceCodes(
                Duration.ofSeconds(it.seconds()), Duration.ofSeconds(it.interval())));
  }

  Answer turnGrantOff(Call call) {
    return ScenarioEndpoints.turn(
        call, Grant.class, it -> traits.turnGrantOff(String.valueOf(it.grant())));
  }

  Answer publishedAddress(Call call) {
    return ScenarioEndpoints.turn(
        call,
        Address.class,
        it ->
            traits.publish(
                Optional.ofNullable(it.url()).filter(url -> !url.isEmpty()).map(URI::create)));
  }

  Answer nonMembers(Call call) {
    return ScenarioEndpoints.turn(
        call, As.class, it -> traits.refuseNonMembers(nonMember(String.valueOf(it.as()))));
  }

  private static PracticeTraits.NonMember nonMember(String name) {
    return Arrays.stream(PracticeTraits.NonMember.values())
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("as is invalid_client, invalid_grant or server_error."));
  }

  Answer applicationOf(Call call) {
    return ScenarioEndpoints.turn(
        call, Home.class, it -> control.applicationOf(String.valueOf(it.organization())));
  }

  Answer version(Call call) {
    return ScenarioEndpoints.turn(call, Version.class, it -> traits.beOld(it.old()));
  }

  /// Answered first; the connections end right after.
  Answer changeCertificate(Call call) {
    if (!control.hasCertificate()) {
      throw Refusal.rest(
          400,
          "PRACTICE",
          "The switch was not understood.",
          "This server runs without a certificate.");
    }
    Thread.ofVirtual().start(control::changeCertificate);
    return Answer.empty(204);
  }

  Answer limit(Call call) {
    return ScenarioEndpoints.turn(
        call,
        Limit.class,
        it ->
            traits.limitPerMinute(
                it.requests(),
                it.retryAfter() == null ? OptionalInt.empty() : OptionalInt.of(it.retryAfter())));
  }
}
