package dev.guestlist.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Target;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Times of a server that is in another zone, or whose clock goes wrong.
@Execution(ExecutionMode.CONCURRENT)
class ServerTimesTest {
  private static final ZoneOffset INDIA = ZoneOffset.ofHoursMinutes(5, 30);

  @TempDir private Path folder;

  /// The newest invitation of somebody: an older one may have ended before.
  private static Invitations.Entry entry(PracticeWorld world, OrganizationId in, String name) {
    return world.workplace().invitations().list(in).entries().stream()
        .filter(one -> one.username().equals(name))
        .filter(one -> one.invitation().isPresent())
        .max(Comparator.comparing(one -> one.ends().orElse(Instant.MIN)))
        .orElseThrow();
  }

  private static void invite(PracticeWorld world, OrganizationId in, Target.Person person) {
    int before = listed(world, in, person);
    world.settled(world.workplace().runs().invite(in, List.of(person), true, ""));
    // the list that is read after a run would tell of a clock that was moved meanwhile
    PracticeWorld.until(() -> listed(world, in, person) > before);
  }

  private static int listed(PracticeWorld world, OrganizationId in, Target.Person person) {
    return (int)
        world.workplace().invitations().list(in).entries().stream()
            .filter(one -> one.username().equals(person.username().name()))
            .filter(one -> one.invitation().isPresent())
            .count();
  }

  @Test
  void aServerInIndiaIsRecognizedByWhatItCallsExpiredAndEndsAreToldByItsZone() throws Exception {
    try (PracticeWorld world = PracticeWorld.in(folder, INDIA)) {
      world.signIn("pat");
      OrganizationId contoso = world.organization("Contoso");
      world.workplace().organizations().switchTo(contoso);
      assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
      List<String> listed =
          world.workplace().invitations().list(contoso).entries().stream()
              .map(Invitations.Entry::username)
              .toList();
      // some have an invitation that only the zone makes expired: they cannot be invited
      List<Target.Person> people =
          world.people("Contoso", 5).stream()
              .filter(person -> !listed.contains(person.username().name()))
              .limit(2)
              .toList();
      String early = people.get(0).username().name();
      String late = people.get(1).username().name();
      Duration between = Duration.ofMinutes(12);

      invite(world, contoso, people.get(0));
      world.control().moveClock(between);
      invite(world, contoso, people.get(1));
      // by its own clock the first one has ended five hours and a half too early, the other not yet
      Duration rest = Duration.ofHours(72).minusMinutes(330).minus(Duration.ofMinutes(6));
      world.control().moveClock(rest);
      Invitations invitations = world.workplace().invitations();
      assertThat(invitations.refresh(contoso)).isEmpty();
      assertThat(entry(world, contoso, early).status()).isEqualTo(InvitationStatus.EXPIRED);
      assertThat(entry(world, contoso, early).ends().orElseThrow())
          .isAfter(world.clock().instant().plus(Duration.ofHours(5)));
      assertThat(invitations.listAsking(contoso).zone()).isEqualTo(Optional.of(INDIA));

      invitations.readTimesIn(INDIA);
      assertThat(invitations.listAsking(contoso).zone()).isEmpty();
      Instant now = world.clock().instant();
      assertThat(entry(world, contoso, early).ends().orElseThrow()).isBefore(now);
      assertThat(Duration.between(now, entry(world, contoso, late).ends().orElseThrow()))
          .isBetween(Duration.ZERO, Duration.ofMinutes(8));
      assertThat(entry(world, contoso, late).status()).isEqualTo(InvitationStatus.EXPIRES_SOON);
    }
  }

  @Test
  void endsAreToldByThisComputersClockWhenTheServersGoesWrong() throws Exception {
    try (PracticeWorld world = PracticeWorld.signedIn(folder)) {
      OrganizationId contoso = world.organization("Contoso");
      Duration wrong = Duration.ofMinutes(90);
      world.control().moveClock(wrong);
      Target.Person person = world.people("Contoso", 1).getFirst();
      invite(world, contoso, person);
      assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
      assertThat(world.workplace().session().clockAhead().orElseThrow())
          .isBetween(wrong.minusSeconds(3), wrong.plusSeconds(3));
      Instant end = entry(world, contoso, person.username().name()).ends().orElseThrow();
      assertThat(Duration.between(world.clock().instant(), end))
          .isBetween(Duration.ofHours(72).minusMinutes(2), Duration.ofHours(72).plusMinutes(2));
      assertThat(world.workplace().invitations().listAsking(contoso).zone()).isEmpty();
    }
  }
}
