package dev.guestlist.practice;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How the practice server is as a whole, where real servers differ: its version, the address that
/// it publishes, lifetimes, grants, limits. All of it holds until [PracticeControl#allWell] or a
/// restart. The same is at `/practice/...` as JSON.
public final class PracticeTraits {
  /// How the switch into an organization is refused to somebody who is not a member of it.
  public enum NonMember {
    /// 401 `invalid_client`, as by the sources since 7.1.
    INVALID_CLIENT,
    /// 400 `invalid_grant`, as in current builds.
    INVALID_GRANT,
    /// 500 `server_error`, as in 7.0.
    SERVER_ERROR
  }

  /// So many requests a minute and group of endpoints; the header is left out when empty.
  record Limit(int requests, OptionalInt retryAfterSeconds) {}

  private static final Duration ACCESS = Duration.ofHours(1);
  private static final Duration DEVICE_CODE = Duration.ofMinutes(10);
  private static final Duration DEVICE_PAUSE = Duration.ofSeconds(5);

  private final Set<String> grantsOff = ConcurrentHashMap.newKeySet();
  private volatile Duration accessLifetime = ACCESS;
  private volatile Duration deviceCodeLifetime = DEVICE_CODE;
  private volatile Duration devicePause = DEVICE_PAUSE;
  private volatile Optional<URI> publishedAddress = Optional.empty();
  private volatile NonMember nonMember = NonMember.INVALID_CLIENT;
  private volatile Optional<String> applicationOf = Optional.empty();
  private volatile boolean old;
  private volatile Optional<Limit> limit = Optional.empty();

  PracticeTraits() {}

  /// Access tokens that are made from now on are valid for so long, one second at least.
  public void accessTokensLast(Duration lifetime) {
    accessLifetime = atLeast(lifetime, Duration.ofSeconds(1));
  }

  /// Device codes that are made from now on are valid for so long (zero: over at once), and may be
  /// asked about with such a pause between. Both in whole seconds.
  public void deviceCodes(Duration lifetime, Duration pause) {
    Duration checked = atLeast(pause, Duration.ZERO);
    deviceCodeLifetime = atLeast(lifetime, Duration.ZERO);
    devicePause = checked;
  }

  /// A grant that no application may use any more, such as `organization_switch`.
  public void turnGrantOff(String grant) {
    grantsOff.add(grant);
  }

  /// The scheme, host and port that discovery, issuer and the page for codes name instead of where
  /// the server really is; nothing: the real one.
  public void publish(Optional<URI> address) {
    publishedAddress = address;
  }

  /// How somebody is refused who is not a member.
  public void refuseNonMembers(NonMember way) {
    nonMember = way;
  }

  /// Behaves like 7.0.0 without updates: no `properties` in invitations, no handles, no
  /// `organizations/self`, no clear errors of the switch.
  public void beOld(boolean yes) {
    old = yes;
  }

  /// After so many requests a minute to one group of endpoints the next ones are 429, with the
  /// seconds to wait or without. Zero requests turns it off.
  public void limitPerMinute(int requests, OptionalInt retryAfterSeconds) {
    if (requests < 0) {
      throw new IllegalArgumentException("A limit is not below zero.");
    }
    limit = requests == 0 ? Optional.empty() : Optional.of(new Limit(requests, retryAfterSeconds));
  }

  /// The applications belong to this organization (id), so that others are of another branch.
  void applicationOf(String organization) {
    applicationOf = Optional.of(organization);
  }

  private static Duration atLeast(Duration given, Duration least) {
    if (given.compareTo(least) < 0) {
      throw new IllegalArgumentException("At least " + least.toSeconds() + " seconds.");
    }
    return given;
  }

  Duration accessLifetime() {
    return accessLifetime;
  }

  Duration deviceCodeLifetime() {
    return deviceCodeLifetime;
  }

  Duration devicePause() {
    return devicePause;
  }

  boolean isOff(String grant) {
    return grantsOff.contains(grant);
  }

  Optional<URI> publishedAddress() {
    return publishedAddress;
  }

  NonMember nonMember() {
    return nonMember;
  }

  Optional<String> applicationOf() {
    return applicationOf;
  }

  boolean isOld() {
    return old;
  }

  Optional<Limit> limit() {
    return limit;
  }

  void clear() {
    grantsOff.clear();
    accessLifetime = ACCESS;
    deviceCodeLifetime = DEVICE_CODE;
    devicePause = DEVICE_PAUSE;
    publishedAddress = Optional.empty();
    nonMember = NonMember.INVALID_CLIENT;
    applicationOf = Optional.empty();
    old = false;
    limit = Optional.empty();
  }
}
