package dev.guestlist.server;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.ServerCertificate;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A first look at a server, before anybody signs in: sends one call that needs no token, over a
/// new connection, and says how far it came.
public final class Probe implements AutoCloseable {
  private final Http http;
  private final Optional<URI> provider;

  /// @param secrets asked whenever one is sent
  public Probe(Connection connection, Secrets secrets) {
    this(connection, secrets, Limits.USUAL);
  }

  Probe(Connection connection, Secrets secrets, Limits limits) {
    this.http = new Http(connection, secrets, limits);
    this.provider = connection.settings().discovery();
  }

  /// What was seen.
  ///
  /// @param reached how long it took until a connection stood; empty when none did
  /// @param proxy host and port of the proxy on the way
  /// @param encrypted how long it took until that was encrypted and trusted; empty when it was not
  /// @param certificate what the server showed, trusted or not
  /// @param took how long everything took
  /// @param outcome the description of the sign-in, or what went wrong
  /// @param clockAhead how far the server's clock is ahead; empty when it said no time
  public record Seen(
      Optional<Duration> reached,
      Optional<String> proxy,
      Optional<Duration> encrypted,
      Optional<ServerCertificate> certificate,
      Duration took,
      Outcome outcome,
      Optional<Duration> clockAhead) {}

  /// How it ended.
  public sealed interface Outcome {
    /// The server describes its sign-in.
    ///
    /// @param issuer what it calls itself
    /// @param hosts the hosts, with their ports, of the addresses that it gives
    record Described(String issuer, Set<String> hosts) implements Outcome {}

    record Failed(Problem problem) implements Outcome {}
  }

  /// `GET /t/{root}/oauth2/token/.well-known/openid-configuration`, open to everybody.
  /// (wso2-extensions/identity-inbound-auth-oauth `OIDCDiscoveryEndpoint.java`) Where somebody else
  /// signs people in, the outcome is theirs, once the server itself is reached and trusted.
  public Seen look() {
    Course course = new Course();
    Outcome outcome = outcome(course);
    boolean answered = course.sent() && course.reached().isPresent();
    if (provider.isPresent() && answered) {
      outcome = named(new Provider(http, provider));
    }
    return new Seen(
        course.reached(),
        course.proxy(),
        course.encrypted(),
        http.presented(),
        course.passed(),
        outcome,
        http.clockDifference());
  }

  private Outcome outcome(Course course) {
    try {
      DiscoveryJson found =
          http.send(
              Call.of(Endpoint.DISCOVERY), course, answer -> answer.json(DiscoveryJson.class));
      if (found.issuer().isBlank() || found.authorizationEndpoint().isBlank()) {
        return new Outcome.Failed(
            new Problem.Unreadable(
                "an unexpected text instead of " + Endpoint.DISCOVERY.expected()));
      }
      return new Outcome.Described(found.issuer(), hosts(found));
    } catch (ProblemException e) {
      return new Outcome.Failed(e.problem());
    }
  }

  private static Outcome named(Provider other) {
    try {
      return new Outcome.Described(other.description().getIssuer().getValue(), Set.of());
    } catch (ProblemException e) {
      return new Outcome.Failed(e.problem());
    }
  }

  private static Set<String> hosts(DiscoveryJson found) {
    Set<String> hosts = new LinkedHashSet<>();
    Stream.of(found.authorizationEndpoint(), found.tokenEndpoint())
        .filter(address -> !address.isBlank())
        .map(Probe::host)
        .forEach(hosts::add);
    return hosts;
  }

  /// Host and port; the address itself where it has none.
  static String host(String address) {
    try {
      URI uri = URI.create(address);
      if (uri.getHost() == null) {
        return address;
      }
      int usual = "http".equals(uri.getScheme()) ? 80 : 443;
      return uri.getHost() + ":" + (uri.getPort() < 0 ? usual : uri.getPort());
    } catch (IllegalArgumentException e) {
      return address;
    }
  }

  /// Host and port of an address, so that two addresses can be compared by where they lead.
  public static String host(URI address) {
    return host(address.toString());
  }

  @Override
  public void close() {
    http.close();
  }
}
