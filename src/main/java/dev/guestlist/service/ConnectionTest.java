package dev.guestlist.service;

import dev.guestlist.model.Connection;
import dev.guestlist.server.Probe;
import dev.guestlist.server.Secrets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Consumer;

/// Tries a connection out, step by step, and says of each step what it found. Only reads.
public final class ConnectionTest {
  /// The steps, in the order in which they are tried.
  public enum Check {
    ADDRESS,
    CERTIFICATE,
    DISCOVERY,
    SIGN_IN,
    ROOT_ORGANIZATION,
    RIGHTS,
    ORGANIZATIONS,
    INVITATIONS,
    GROUPS,
    ROLES,
    MEMBERS,
    CLOCK,
    VERSION
  }

  /// How a step went.
  public enum Result {
    FINE,
    WARNING,
    FAILED,
    NOT_TRIED
  }

  /// One line of the test. Every check has one, but for [Check#RIGHTS], which has one more for each
  /// right that is missing.
  ///
  /// @param took how long it took; zero where nothing was asked
  public record Line(Check check, Result result, Duration took, Finding finding) {}

  private final Connection connection;
  private final Secrets secrets;
  private final Optional<Session> session;
  private final InstantSource clock;

  /// @param connection also one that is not saved yet
  /// @param secrets asked whenever one is sent
  /// @param session where somebody may be signed in; left out when it leads to another server, root
  ///   organization or client
  public ConnectionTest(
      Connection connection, Secrets secrets, Optional<Session> session, InstantSource clock) {
    this.connection = connection;
    this.secrets = secrets;
    this.session = session.filter(it -> sameSignIn(it.connection(), connection));
    this.clock = clock;
  }

  private static boolean sameSignIn(Connection one, Connection other) {
    return one.server().equals(other.server())
        && one.rootOrganization().equals(other.rootOrganization())
        && one.clientId().equals(other.clientId());
  }

  /// Runs all checks, one after the other, and hands on every line when it is known. Blocks; the
  /// lines come in the thread of the caller.
  public void run(Consumer<Line> each) {
    Optional<Link> offline = session.map(Session::link).filter(Link::chosen);
    if (offline.isPresent()) {
      Finding why = new Finding.Failed(offline.get().problem().orElseThrow());
      for (Check check : Check.values()) {
        each.accept(new Line(check, Result.NOT_TRIED, Duration.ZERO, why));
      }
      return;
    }
    Probe.Seen seen;
    try (Probe probe = new Probe(connection, secrets)) {
      seen = probe.look();
    }
    FirstChecks first = new FirstChecks(connection, seen, clock.instant());
    Optional<Check> stopped = first.run(each);
    Line version;
    if (stopped.isPresent()) {
      version = notTried(new Finding.Needs(stopped.get()), each);
    } else if (session.flatMap(Session::account).isEmpty()) {
      version = notTried(new Finding.NobodySignedIn(), each);
    } else {
      version = new SignedInChecks(connection, session.get(), each).run();
    }
    each.accept(first.clock());
    each.accept(version);
  }

  private static Line notTried(Finding why, Consumer<Line> each) {
    for (Check check : EnumSet.range(Check.SIGN_IN, Check.MEMBERS)) {
      each.accept(new Line(check, Result.NOT_TRIED, Duration.ZERO, why));
    }
    return new Line(Check.VERSION, Result.NOT_TRIED, Duration.ZERO, why);
  }
}
