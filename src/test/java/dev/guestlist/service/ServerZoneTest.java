package dev.guestlist.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Username;
import dev.guestlist.store.InvitationCache.Cached;
import dev.guestlist.store.KeyFile;
import dev.guestlist.store.LocalStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerZoneTest {
  private static final Instant MADE = Instant.parse("2026-03-02T10:00:00Z");
  private static final Duration LASTS = Duration.ofHours(72);
  private static final ZoneOffset INDIA = ZoneOffset.ofHoursMinutes(5, 30);

  private final List<RunRow> made = new ArrayList<>();
  private final List<Cached> listed = new ArrayList<>();

  private Optional<Duration> ahead = Optional.empty();

  @TempDir private Path folder;
  private LocalStore store;
  private ServerZone zone;

  @BeforeEach
  void open() {
    store = LocalStore.open(folder, KeyFile.in(folder), InstantSource.fixed(MADE));
    zone = new ServerZone(connection(), store, () -> ahead);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void isProposedWhenTwoInvitationsAgree() {
    ends(Duration.ofMinutes(330).plusSeconds(4));
    ends(Duration.ofMinutes(330).minusSeconds(40));
    assertThat(zone.proposed(() -> made, listed)).contains(INDIA);
  }

  @Test
  void mayLieWestOfUtc() {
    ends(Duration.ofHours(-8));
    ends(Duration.ofHours(-8));
    assertThat(zone.proposed(() -> made, listed)).contains(ZoneOffset.ofHours(-8));
  }

  @Test
  void isNotProposedFromOneInvitation() {
    ends(Duration.ofMinutes(330));
    assertThat(zone.proposed(() -> made, listed)).isEmpty();
  }

  @Test
  void isNotProposedWhenInvitationsDisagree() {
    ends(Duration.ofMinutes(330));
    ends(Duration.ofMinutes(330));
    ends(Duration.ofMinutes(60));
    assertThat(zone.proposed(() -> made, listed)).isEmpty();
  }

  @Test
  void isNotProposedForADifferenceThatIsNoZone() {
    ends(Duration.ofMinutes(337));
    ends(Duration.ofMinutes(337));
    assertThat(zone.proposed(() -> made, listed)).isEmpty();
  }

  @Test
  void isNotProposedForALifetimeThatIsAnotherOne() {
    ends(Duration.ofHours(-24));
    ends(Duration.ofHours(-24));
    assertThat(zone.proposed(() -> made, listed)).isEmpty();
  }

  @Test
  void isNotProposedWhenTheServerWritesUtc() {
    ends(Duration.ZERO);
    ends(Duration.ofSeconds(20));
    assertThat(zone.proposed(() -> made, listed)).isEmpty();
  }

  @Test
  void isAskedForOnceAndKeptPerConnection() {
    ends(Duration.ofMinutes(330));
    ends(Duration.ofMinutes(330));
    assertThat(zone.used()).isEqualTo(ZoneOffset.UTC);

    zone.use(INDIA);
    assertThat(zone.proposed(() -> made, listed)).isEmpty();
    assertThat(new ServerZone(connection(), store, () -> ahead).used()).isEqualTo(INDIA);
    assertThat(zone.ahead()).isEqualTo(Duration.ofMinutes(330));
  }

  @Test
  void isNotProposedAgainAfterANo() {
    ends(Duration.ofMinutes(330));
    ends(Duration.ofMinutes(330));
    zone.decline(INDIA);
    assertThat(zone.used()).isEqualTo(ZoneOffset.UTC);
    assertThat(zone.proposed(() -> made, listed)).isEmpty();
  }

  @Nested
  class TheServersOwnVerdicts {
    @Test
    void askAgainWhenTheyContradictTheZoneInUse() {
      zone.use(ZoneOffset.ofHours(1));
      verdict(Invitation.Status.EXPIRED, Duration.ofMinutes(118));
      verdict(Invitation.Status.PENDING, Duration.ofMinutes(124));
      assertThat(zone.proposed(() -> made, listed)).contains(ZoneOffset.ofHours(2));

      zone.decline(ZoneOffset.ofHours(2));
      assertThat(zone.used()).isEqualTo(ZoneOffset.ofHours(1));
      assertThat(zone.proposed(() -> made, listed)).isEmpty();
      zone.use(ZoneOffset.ofHours(2));
      assertThat(zone.proposed(() -> made, listed)).isEmpty();
    }

    @Test
    void keepAZoneFromBeingProposedThatTheyContradict() {
      ends(Duration.ofHours(-12));
      ends(Duration.ofHours(-12));
      verdict(Invitation.Status.EXPIRED, Duration.ofMinutes(-60));
      assertThat(zone.proposed(() -> made, listed)).isEmpty();
    }

    @Test
    void showAZoneWhenOnlyOneAgreesWithAllOfThem() {
      verdict(Invitation.Status.EXPIRED, Duration.ofMinutes(327));
      verdict(Invitation.Status.PENDING, Duration.ofMinutes(334));
      verdict(Invitation.Status.EXPIRED, Duration.ofDays(-2));
      verdict(Invitation.Status.PENDING, Duration.ofDays(2));
      assertThat(zone.proposed(() -> made, listed)).contains(INDIA);
    }

    @Test
    void showAZoneWestOfUtc() {
      verdict(Invitation.Status.PENDING, Duration.ofMinutes(-205));
      verdict(Invitation.Status.EXPIRED, Duration.ofMinutes(-215));
      assertThat(zone.proposed(() -> made, listed)).contains(ZoneOffset.ofHoursMinutes(-3, -30));
    }

    @Test
    void showNothingWhenSeveralZonesAgree() {
      verdict(Invitation.Status.EXPIRED, Duration.ofMinutes(280));
      verdict(Invitation.Status.PENDING, Duration.ofMinutes(700));
      assertThat(zone.proposed(() -> made, listed)).isEmpty();
    }

    @Test
    void showNothingWhenTheyFitTheWrittenEnds() {
      verdict(Invitation.Status.EXPIRED, Duration.ofMinutes(-1));
      verdict(Invitation.Status.PENDING, Duration.ofMinutes(1));
      assertThat(zone.proposed(() -> made, listed)).isEmpty();
    }

    @Test
    void showNothingWhenTheyContradictEachOther() {
      verdict(Invitation.Status.EXPIRED, Duration.ofHours(5));
      verdict(Invitation.Status.PENDING, Duration.ofHours(2));
      assertThat(zone.proposed(() -> made, listed)).isEmpty();
    }

    @Test
    void areHeldAgainstTheServersClock() {
      ahead = Optional.of(Duration.ofMinutes(-330));
      verdict(Invitation.Status.PENDING, Duration.ofMinutes(-329));
      verdict(Invitation.Status.EXPIRED, Duration.ofMinutes(-331));
      assertThat(zone.proposed(() -> made, listed)).isEmpty();
    }

    /// What the server says of an invitation that ends so long after the list was read.
    private void verdict(Invitation.Status status, Duration left) {
      listed.add(
          new Cached(
              new Invitation(
                  new InvitationId("inv-" + listed.size()),
                  "p" + listed.size(),
                  "",
                  List.of(),
                  List.of(),
                  status,
                  Optional.of(MADE.plus(left))),
              true,
              MADE));
    }
  }

  @Nested
  class TheServersClock {
    @Test
    void countsWhenItIsMoreThanAMinuteOff() {
      ahead = Optional.of(Duration.ofSeconds(-605));
      assertThat(zone.ahead()).isEqualTo(Duration.ofMinutes(-10));
      zone.use(INDIA);
      assertThat(zone.ahead()).isEqualTo(Duration.ofMinutes(320));
    }

    @Test
    void isTakenForLevelWithinAMinute() {
      ahead = Optional.of(Duration.ofSeconds(59));
      assertThat(zone.ahead()).isZero();
    }
  }

  /// One more invitation made here, whose end is reported by so much later than it should be.
  private void ends(Duration later) {
    int number = made.size();
    InvitationId id = new InvitationId("inv-" + number);
    Target.Person person =
        new Target.Person(new Username("p" + number, Optional.empty()), List.of(), List.of());
    made.add(
        new RunRow(
            number,
            1,
            number,
            person,
            RowState.INVITED,
            1,
            MADE,
            Optional.empty(),
            "",
            Optional.of(id),
            Optional.empty(),
            Optional.empty(),
            MADE,
            0,
            false));
    Invitation invitation =
        new Invitation(
            id,
            "p" + number,
            "",
            List.of(),
            List.of(),
            Invitation.Status.PENDING,
            Optional.of(MADE.plus(LASTS).plus(later)));
    listed.add(new Cached(invitation, true, MADE));
  }

  private static Connection connection() {
    return new Connection(
        new ConnectionId("one"),
        "One",
        Connection.Kind.TEST,
        URI.create("https://localhost:9443"),
        "carbon.super",
        "client",
        Connection.SignInWay.BROWSER,
        2,
        LASTS);
  }
}
