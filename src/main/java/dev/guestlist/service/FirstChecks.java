package dev.guestlist.service;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Trust;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Problem.Untrusted.Why;
import dev.guestlist.model.ServerCertificate;
import dev.guestlist.server.Probe;
import dev.guestlist.server.Probe.Outcome;
import dev.guestlist.service.ConnectionTest.Check;
import dev.guestlist.service.ConnectionTest.Line;
import dev.guestlist.service.ConnectionTest.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The checks that need nobody signed in, read from one look at the server: address, certificate,
/// discovery and clock.
final class FirstChecks {
  /// A certificate that ends sooner gets a warning.
  private static final Duration SOON = Duration.ofDays(30);

  /// What the two clocks may differ by without a word, and without breaking sign-ins: an ID token
  /// is believed to be of now with two minutes to spare.
  private static final Duration UNHEARD_OF = Duration.ofSeconds(30);

  private static final Duration TOO_FAR = Duration.ofMinutes(2);

  private final Connection connection;
  private final Probe.Seen seen;
  private final Instant now;
  private Optional<Check> failed = Optional.empty();

  FirstChecks(Connection connection, Probe.Seen seen, Instant now) {
    this.connection = connection;
    this.seen = seen;
    this.now = now;
  }

  /// Hands on the lines of address, certificate and discovery.
  ///
  /// @return the check that failed; nothing that needs the server can be tried then
  Optional<Check> run(Consumer<Line> each) {
    for (Line line : List.of(address(), certificate(), discovery())) {
      if (failed.isPresent()) {
        each.accept(notTried(line.check(), failed.get()));
        continue;
      }
      each.accept(line);
      if (line.result() == Result.FAILED) {
        failed = Optional.of(line.check());
      }
    }
    return failed;
  }

  private static Line notTried(Check check, Check failed) {
    return new Line(check, Result.NOT_TRIED, Duration.ZERO, new Finding.Needs(failed));
  }

  private Line address() {
    if (seen.reached().isPresent()) {
      return line(
          Check.ADDRESS,
          Result.FINE,
          seen.reached().get(),
          new Finding.Reached(Probe.host(connection.server()), seen.proxy()));
    }
    return switch (seen.outcome()) {
      case Outcome.Failed failed when ownFile(failed.problem()) ->
          notTried(Check.ADDRESS, Check.CERTIFICATE);
      case Outcome.Failed failed ->
          line(Check.ADDRESS, Result.FAILED, seen.took(), wentWrong(failed.problem()));
      case Outcome.Described ignored ->
          throw new IllegalStateException("A description came over no connection.");
    };
  }

  private static boolean ownFile(Problem problem) {
    return problem instanceof Problem.Untrusted untrusted
        && untrusted.why() == Why.CERTIFICATE_FILE;
  }

  private Line certificate() {
    Duration took = step(seen.reached(), seen.encrypted().or(() -> Optional.of(seen.took())));
    Optional<Problem> problem =
        seen.outcome() instanceof Outcome.Failed failed
            ? Optional.of(failed.problem())
            : Optional.empty();
    boolean unsafe = problem.filter(Problem.Untrusted.class::isInstance).isPresent();
    if (unsafe) {
      return line(Check.CERTIFICATE, Result.FAILED, took, wentWrong(problem.orElseThrow()));
    }
    if (!"https".equals(connection.server().getScheme())) {
      return line(Check.CERTIFICATE, Result.FINE, Duration.ZERO, new Finding.NotEncryptedHere());
    }
    if (seen.encrypted().isEmpty() || seen.certificate().isEmpty()) {
      return line(
          Check.CERTIFICATE,
          Result.FAILED,
          took,
          wentWrong(
              problem.orElseGet(
                  () -> new Problem.Unreachable(connection.server().getHost(), false))));
    }
    return accepted(seen.certificate().get(), took);
  }

  private Line accepted(ServerCertificate certificate, Duration took) {
    if (connection.settings().trust() instanceof Trust.Pinned) {
      return line(
          Check.CERTIFICATE,
          certificate.knownDefault() ? Result.WARNING : Result.FINE,
          took,
          new Finding.CertificatePinned(certificate));
    }
    boolean endsSoon = certificate.validUntil().isBefore(now.plus(SOON));
    return line(
        Check.CERTIFICATE,
        endsSoon || certificate.knownDefault() ? Result.WARNING : Result.FINE,
        took,
        new Finding.CertificateValid(certificate, endsSoon));
  }

  private Line discovery() {
    Duration took = step(seen.encrypted().or(() -> seen.reached()), Optional.of(seen.took()));
    return switch (seen.outcome()) {
      case Outcome.Described described -> described(described, took);
      case Outcome.Failed failed ->
          line(Check.DISCOVERY, Result.FAILED, took, misread(failed.problem()));
    };
  }

  private Line described(Outcome.Described described, Duration took) {
    String typed = Probe.host(connection.server());
    List<String> others =
        described.hosts().stream().filter(host -> !host.equalsIgnoreCase(typed)).toList();
    return others.isEmpty()
        ? line(Check.DISCOVERY, Result.FINE, took, new Finding.Discovered(described.issuer()))
        : line(
            Check.DISCOVERY,
            Result.WARNING,
            took,
            new Finding.WrongHostInDiscovery(String.join(", ", others), typed));
  }

  private Finding misread(Problem problem) {
    return switch (problem) {
      case Problem.Unreadable unreadable -> new Finding.WebPageInsteadOfApi(unreadable.what());
      case Problem.Rejected rejected when rejected.serverText().contains("invalid tenant domain") ->
          new Finding.WrongRootOrganization(connection.rootOrganization());
      default -> wentWrong(problem);
    };
  }

  private static Finding wentWrong(Problem problem) {
    return problem instanceof Problem.Untrusted untrusted
        ? new Finding.NotTrusted(untrusted)
        : new Finding.Failed(problem);
  }

  /// The line about the clocks. It can be told by any answer, also by one that went wrong.
  Line clock() {
    if (seen.clockAhead().isEmpty()) {
      return failed
          .map(check -> notTried(Check.CLOCK, check))
          .orElseGet(() -> line(Check.CLOCK, Result.WARNING, Duration.ZERO, new Finding.NoClock()));
    }
    Duration ahead = seen.clockAhead().get();
    Result result =
        ahead.abs().compareTo(TOO_FAR) > 0
            ? Result.FAILED
            : ahead.abs().compareTo(UNHEARD_OF) > 0 ? Result.WARNING : Result.FINE;
    return line(Check.CLOCK, result, Duration.ZERO, new Finding.ClockDifference(ahead));
  }

  private static Duration step(Optional<Duration> from, Optional<Duration> until) {
    return until.orElse(Duration.ZERO).minus(from.orElse(Duration.ZERO));
  }

  private static Line line(Check check, Result result, Duration took, Finding finding) {
    return new Line(check, result, took, finding);
  }
}
