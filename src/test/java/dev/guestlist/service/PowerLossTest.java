package dev.guestlist.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.kill.Inviting;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.StartLine;
import dev.guestlist.store.FaultyDisk;
import dev.guestlist.testing.PracticeWorld;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The power goes at random moments of a run: what lies on the disk then is copied, as it is, and
/// must open and agree with what the server had done. `-Dguestlist.powerlosses=500` takes more.
@Execution(ExecutionMode.CONCURRENT)
class PowerLossTest {
  private final int copies = Integer.getInteger("guestlist.powerlosses", 50);
  private final long seed = Long.getLong("guestlist.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir private Path folder;
  private PracticeWorld world;
  private OrganizationId contoso;
  private List<Target.Person> people;
  private int next;

  /// One moment: what the server had done before and after the disk was copied.
  private record Moment(Path copy, List<Effect> before, List<Effect> after) {}

  @BeforeEach
  void signIn() throws Exception {
    world = PracticeWorld.signedIn(folder);
    contoso = world.organization("Contoso");
    StartLine.Place place =
        world.server().startLine().organizations().stream()
            .filter(one -> one.id().equals(contoso.value()))
            .findFirst()
            .orElseThrow();
    people =
        Inviting.manyPeople(world.server(), place, 2_000).stream()
            .map(PracticeWorld::person)
            .toList();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void everyMomentOnTheDiskOpensAndAgreesWithTheServer() throws Exception {
    int rows = 0;
    int unknown = 0;
    for (int number = 0; number < copies; number++) {
      keepBusy();
      LockSupport.parkNanos(random.nextInt(25_000_000));
      Moment moment = copy(number);
      assertThat(FaultyDisk.integrity(moment.copy(), "guestlist.db")).isEqualTo("ok");
      FaultyDisk disk = FaultyDisk.open(moment.copy(), InstantSource.system());
      try {
        assertThat(disk.store().notices()).as("seed %s", seed).isEmpty();
        for (Run run : disk.store().runs().runs(world.connection().id())) {
          List<RunRow> its = disk.store().runs().rows(run.number());
          assertThat(run.size()).isEqualTo(its.size());
          its.forEach(row -> agrees(run, row, moment));
          rows += its.size();
          unknown += run.count(RowState.SENDING) + run.count(RowState.UNKNOWN);
        }
        everythingThatWasDoneIsKnown(disk, moment);
      } finally {
        disk.store().close();
      }
    }
    assertThat(rows).isPositive();
    System.out.println(
        copies
            + " power losses, seed "
            + seed
            + ": "
            + rows
            + " rows, "
            + unknown
            + " of them on their way");
  }

  /// Something is on its way most of the time: invitations with codes, and some of them replaced.
  private void keepBusy() {
    if (world.workplace().runs().waiting() > 15) {
      return;
    }
    if (random.nextInt(3) == 0) {
      List<Runs.ToReplace> some =
          world.workplace().invitations().list(contoso).entries().stream()
              .filter(entry -> entry.status() == InvitationStatus.PENDING)
              .filter(entry -> entry.invitation().isPresent())
              .limit(3)
              .map(entry ->
                  new Runs.ToReplace(
                      entry.invitation().orElseThrow(), PracticeWorld.person(entry.username())))
              .toList();
      if (!some.isEmpty()) {
        world.workplace().runs().inviteAgain(contoso, some, false, Duration.ZERO);
      }
    }
    List<Target.Person> more = people.subList(next % people.size(), people.size());
    List<Target.Person> some = more.subList(0, Math.min(more.size(), 12));
    next += some.size();
    world.workplace().runs().invite(contoso, some, false, "");
  }

  /// Copies the file and then its log. As long as the log was not begun anew meanwhile, it has
  /// everything that a checkpoint may just be writing into the file.
  private Moment copy(int number) throws IOException {
    Path data = folder.resolve("data");
    Path to = Files.createDirectories(folder.resolve("copy-" + number));
    while (true) {
      byte[] log = beginning(data.resolve("guestlist.db-wal"));
      List<Effect> before = world.control().log().effects();
      Files.deleteIfExists(to.resolve("guestlist.db"));
      Files.deleteIfExists(to.resolve("guestlist.db-wal"));
      Files.copy(data.resolve("guestlist.db"), to.resolve("guestlist.db"));
      Files.copy(data.resolve("guestlist.db-wal"), to.resolve("guestlist.db-wal"));
      List<Effect> after = world.control().log().effects();
      if (Arrays.equals(log, beginning(data.resolve("guestlist.db-wal")))
          && Arrays.equals(log, beginning(to.resolve("guestlist.db-wal")))) {
        copyKey(data, to);
        return new Moment(to, before, after);
      }
    }
  }

  private static void copyKey(Path data, Path to) throws IOException {
    try (var all = Files.list(data)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.contains("key")) {
          Files.copy(file, to.resolve(name));
        }
      }
    }
  }

  /// The header of the log: its salts change whenever it begins anew.
  private static byte[] beginning(Path log) throws IOException {
    try (InputStream in = Files.newInputStream(log)) {
      return in.readNBytes(32);
    }
  }

  private void agrees(Run run, RunRow row, Moment moment) {
    String person = row.target().name();
    boolean replaces = row.target() instanceof Target.Again;
    Set<String> invitedBefore = invited(moment.before(), run, row);
    Set<String> invitedAfter = invited(moment.after(), run, row);
    if (row.state() == RowState.READY && row.attempts() == 0 && !replaces) {
      assertThat(invitedBefore)
          .as("%s was invited before it was written down, seed %s", person, seed)
          .isEmpty();
    }
    if (row.state() == RowState.INVITED) {
      assertThat(invitedAfter).as("%s, seed %s", row, seed).isNotEmpty();
    }
    if (row.target() instanceof Target.Again again && again.step() == Target.Again.Step.INVITE) {
      assertThat(moment.after())
          .as("%s, seed %s", row, seed)
          .anyMatch(effect ->
              effect.kind() == Effect.Kind.DELETED
                  && effect.invitation().equals(again.replaces().value()));
    }
  }

  private static Set<String> invited(List<Effect> effects, Run run, RunRow row) {
    return effects.stream()
        .filter(effect -> effect.kind() == Effect.Kind.INVITED)
        .filter(effect -> effect.person().equals(row.target().name()))
        .filter(effect -> effect.organization().equals(run.organization().orElseThrow().value()))
        .map(Effect::invitation)
        .collect(Collectors.toSet());
  }

  /// Whoever was invited before the moment has a row that has left, with its code once it says so.
  private void everythingThatWasDoneIsKnown(FaultyDisk disk, Moment moment) {
    Set<String> left = new HashSet<>();
    for (Run run : disk.store().runs().runs(world.connection().id())) {
      for (RunRow row : disk.store().runs().rows(run.number())) {
        if (row.attempts() > 0) {
          left.add(row.target().name());
        }
        if (row.state() == RowState.INVITED) {
          assertThat(disk.store().runs().code(row.id())).as("%s, seed %s", row, seed).isPresent();
        }
      }
    }
    assertThat(left)
        .as("seed %s", seed)
        .containsAll(
            moment.before().stream()
                .filter(effect -> effect.kind() == Effect.Kind.INVITED)
                .map(Effect::person)
                .toList());
  }
}
