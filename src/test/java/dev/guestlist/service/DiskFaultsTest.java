package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.kill.Inviting;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.StartLine;
import dev.guestlist.store.FaultyDisk;
import dev.guestlist.store.StoreException;
import dev.guestlist.testing.Judgement;
import dev.guestlist.testing.PracticeWorld;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class DiskFaultsTest {
  private static final String INVITE = "/guests/invite";

  @TempDir private Path folder;
  private PracticeWorld world;
  private OrganizationId contoso;
  private List<Target.Person> people;

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
        Inviting.manyPeople(world.server(), place, 120).stream()
            .map(PracticeWorld::person)
            .toList();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Nested
  class WhenTheDiskIsFull {
    @Test
    void theRunStopsSaysSoAndGoesOnWithoutLosingACode() {
      world.control().answerSlowly(Duration.ofMillis(10));
      Run run = invite(people);
      until(() -> count(run, RowState.INVITED) >= 10);
      world.disk().fill(0);
      until(() -> world.workplace().worker().stoppedBy().isPresent());

      assertThat(world.workplace().worker().stoppedBy().orElseThrow())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("guestlist.db could not be written: the disk is full.");
      nothingLeftThatWasNotWritten(run);
      long requests = requests();

      world.disk().makeRoom();
      assertThat(requests()).isEqualTo(requests);
      world.workplace().worker().tryNow();
      everybodyIsInvited(run);
      assertThat(complaints()).isEmpty();
    }

    @Test
    void nothingIsTakenInAndThatIsSaid() {
      world.disk().fill(0);

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 20; i++) {
                  world.workplace().runs().invite(contoso, people, false, "INC-" + i);
                  world.disk().fill(0);
                }
              })
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the disk is full. Nothing was changed or sent.");
    }
  }

  @Nested
  class WhenTheFolderIsWriteProtected {
    @Test
    void nothingLeavesUntilItCanBeWrittenAgain() {
      Run run = world.workplace().runs().invite(contoso, people.subList(0, 5), false, "");
      world.settled(run);
      world.workplace().invitations().refresh(contoso);
      List<Runs.ToDelete> some =
          world.workplace().runs().rows(run.number()).stream()
              .map(row -> new Runs.ToDelete(row.invitation().orElseThrow(), row.target().name()))
              .toList();
      Run delete = world.workplace().runs().delete(contoso, some, Duration.ofMinutes(1));
      world.disk().protect();
      world.clock().move(Duration.ofMinutes(2));
      world.workplace().worker().tryNow();
      until(() -> world.workplace().worker().stoppedBy().isPresent());

      assertThat(world.workplace().worker().stoppedBy().orElseThrow())
          .hasMessageContaining("guestlist.db could not be written: it is write-protected.");
      assertThat(deletions()).isZero();
      assertThat(count(delete, RowState.READY)).isEqualTo(5);

      world.disk().unprotect();
      world.workplace().worker().tryNow();
      assertThat(world.settled(delete)).extracting(RunRow::state).containsOnly(RowState.DELETED);
      assertThat(deletions()).isEqualTo(5);
      assertThat(complaints()).isEmpty();
    }

    @Test
    void anAnswerThatIsOnItsWayIsNotLost() {
      world.control().answerSlowly(Duration.ofMillis(300));
      Run run = invite(people.subList(0, 10));
      until(() -> count(run, RowState.SENDING) == 10);
      world.disk().protect();
      until(() -> world.workplace().worker().stoppedBy().isPresent());
      assertThat(requests()).isEqualTo(1);

      world.disk().unprotect();
      world.control().answerSlowly(Duration.ZERO);
      world.workplace().worker().tryNow();
      everybodyIsInvited(run);
      assertThat(requests()).isEqualTo(1);
    }

    @Test
    void aProgramThatTakesOverSaysSoAndSendsLater() {
      FaultyDisk second = FaultyDisk.open(folder.resolve("data"), world.clock());
      try (Workplace other =
          Workplace.open(world.connection(), second.store(), new Changes(), world.clock())) {
        second.protect();
        world.closeProgram();
        until(() -> other.worker().stoppedBy().isPresent());
        assertThat(other.worker().sends()).isFalse();

        second.unprotect();
        other.worker().tryNow();
        until(() -> other.worker().sends());
      } finally {
        second.store().close();
        world.restartProgram();
      }
    }
  }

  @Nested
  class WhenAnotherProgramHoldsTheFile {
    @Test
    void theRunWaitsForItWhenItIsShort() throws Exception {
      Process other = hold();
      Thread later = Thread.ofVirtual().start(() -> release(other, Duration.ofSeconds(2)));
      Run run = invite(people.subList(0, 30));

      everybodyIsInvited(run);
      assertThat(world.workplace().worker().stoppedBy()).isEmpty();
      later.join();
    }

    @Test
    void theRunSaysSoWhenItIsLongAndGoesOnAfterwards() throws Exception {
      world.control().answerSlowly(Duration.ofSeconds(3));
      Run run = invite(people.subList(0, 40));
      until(() -> count(run, RowState.SENDING) > 0);
      Process other = hold();
      until(() -> world.workplace().worker().stoppedBy().isPresent());

      assertThat(world.workplace().worker().stoppedBy().orElseThrow())
          .hasMessageContaining("another program has held it for more than 5 seconds");
      nothingLeftThatWasNotWritten(run);
      release(other, Duration.ZERO);
      world.control().answerSlowly(Duration.ZERO);
      world.workplace().worker().tryNow();
      everybodyIsInvited(run);
      assertThat(complaints()).isEmpty();
    }

    private Process hold() throws IOException {
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "--enable-native-access=ALL-UNNAMED",
                  "dev.guestlist.store.HoldingProgram",
                  folder.resolve("data").resolve("guestlist.db").toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader output = other.inputReader();
      assertThat(output.readLine()).isEqualTo("held");
      return other;
    }

    private void release(Process other, Duration after) {
      try {
        TimeUnit.MILLISECONDS.sleep(after.toMillis());
        other.getOutputStream().write('\n');
        other.getOutputStream().flush();
        assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Run invite(List<Target.Person> who) {
    return world.workplace().runs().invite(contoso, who, false, "");
  }

  /// With a code that lies here; whoever has no e-mail address cannot be.
  private void everybodyIsInvited(Run run) {
    for (RunRow row : world.settled(run)) {
      if (!row.reason().equals(Optional.of(Reason.NO_EMAIL))) {
        assertThat(row.state()).as("%s", row).isEqualTo(RowState.INVITED);
        assertThat(world.workplace().runs().code(row.id())).as("%s", row).isPresent();
      }
    }
  }

  private int count(Run run, RowState state) {
    return world.workplace().runs().find(run.number()).orElseThrow().count(state);
  }

  /// Whoever was invited on the server is not READY any more in what this computer wrote down.
  private void nothingLeftThatWasNotWritten(Run run) {
    List<String> invited =
        world.control().log().effects().stream()
            .filter(effect -> effect.kind() == Effect.Kind.INVITED)
            .map(Effect::person)
            .toList();
    assertThat(invited).doesNotHaveDuplicates();
    assertThat(world.workplace().runs().rows(run.number()))
        .filteredOn(row -> invited.contains(row.target().name()))
        .hasSameSizeAs(invited)
        .extracting(RunRow::state)
        .doesNotContain(RowState.READY);
  }

  private List<String> complaints() {
    Map<Run, List<RunRow>> runs = new LinkedHashMap<>();
    for (Run run : world.workplace().runs().all()) {
      runs.put(run, world.workplace().runs().rows(run.number()));
    }
    return Judgement.of(world.control().log(), 0, runs, Judgement.Excuses.none());
  }

  private long deletions() {
    return world.control().log().requests().stream()
        .filter(request -> request.method().equals("DELETE"))
        .count();
  }

  private long requests() {
    return world.control().log().requests().stream()
        .filter(request -> request.method().equals("POST") && request.path().contains(INVITE))
        .count();
  }
}
