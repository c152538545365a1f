package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.guestlist.kill.Inviting;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.PracticeControl.Request;
import dev.guestlist.practice.StartLine;
import dev.guestlist.store.FaultyDisk;
import dev.guestlist.store.KeyFile;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.StoreException;
import dev.guestlist.testing.Judgement;
import dev.guestlist.testing.PracticeWorld;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
  private static final String DELETE = "/guests/invitations/";
  private static final String ACCEPT = "/guests/invitation/accept";

  /// for how long an answer is on its way at least
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

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

      world.disk().makeRoom();
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

    @Test
    void anAcceptWhoseOutcomeCannotBeWrittenIsLookedUpAndNotRepeated() throws Exception {
      acceptsOnceThough(world.disk()::fillUp, world.disk()::makeRoom);
    }

    @Test
    void invitingAgainGoesOnWhereItWasInterrupted() throws Exception {
      invitesAgainOnceThough(DELETE, world.disk()::fillUp, world.disk()::makeRoom);
    }

    @Test
    void theSecondHalfOfInvitingAgainIsNotRepeated() throws Exception {
      invitesAgainOnceThough(INVITE, world.disk()::fillUp, world.disk()::makeRoom);
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
      Run run = untilOnItsWay(INVITE, () -> invite(people.subList(0, 10)));
      world.disk().protect();
      until(() -> world.workplace().worker().stoppedBy().isPresent());
      assertThat(count(run, RowState.SENDING)).isEqualTo(10);
      assertThat(requests()).isEqualTo(1);

      world.disk().unprotect();
      world.workplace().worker().tryNow();
      everybodyIsInvited(run);
      assertThat(requests()).isEqualTo(1);
    }

    @Test
    void anAcceptWhoseOutcomeCannotBeWrittenIsLookedUpAndNotRepeated() throws Exception {
      acceptsOnceThough(world.disk()::protect, world.disk()::unprotect);
    }

    @Test
    void invitingAgainGoesOnWhereItWasInterrupted() throws Exception {
      invitesAgainOnceThough(DELETE, world.disk()::protect, world.disk()::unprotect);
    }

    @Test
    void theSecondHalfOfInvitingAgainIsNotRepeated() throws Exception {
      invitesAgainOnceThough(INVITE, world.disk()::protect, world.disk()::unprotect);
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

  /// A small disk of its own, in memory, where the system lets everybody have one (Linux, with user
  /// namespaces); elsewhere this is left out.
  @Nested
  class WhenARealDiskIsFull {
    @Test
    void itIsSaidAndNothingThatWasCommittedIsLost(@TempDir Path temp) throws Exception {
      Path disk = Files.createDirectories(temp.resolve("disk"));
      Path notes = temp.resolve("notes");
      Path saved = temp.resolve("saved");
      assumeThat(onSmallDisk(disk, "true")).as("small disks can be made here").isEqualTo("0");

      String said =
          onSmallDisk(
              disk,
              "'%s' --enable-native-access=ALL-UNNAMED -cp '%s' %s '%s' '%s'; cp -r '%s' '%s'"
                  .formatted(
                      Path.of(System.getProperty("java.home"), "bin", "java"),
                      System.getProperty("java.class.path"),
                      "dev.guestlist.store.WritingProgram",
                      disk.resolve("data"),
                      notes,
                      disk.resolve("data"),
                      saved));

      assertThat(said).contains("could not be written: the disk is full.");
      try (LocalStore store = LocalStore.open(saved, KeyFile.in(saved), world.clock())) {
        assertThat(store.notices()).as("nothing had to be repaired").isEmpty();
        List<String[]> settled =
            Files.readAllLines(notes).stream()
                .map(note -> note.split(" ", -1))
                .filter(note -> note[0].equals("settled"))
                .toList();
        assertThat(settled).isNotEmpty();
        for (String[] note : settled) {
          long row = Long.parseLong(note[1]);
          assertThat(store.runs().row(row).orElseThrow().state()).isEqualTo(RowState.INVITED);
          assertThat(store.runs().code(row)).contains(ConfirmationCode.asGiven(note[2]));
        }
      }
    }

    /// What a command says that runs with a disk of a few megabytes in this place, and what it
    /// ended with.
    private String onSmallDisk(Path place, String command) throws Exception {
      Path output = Files.createTempFile(place.getParent(), "output", "");
      try {
        Process shell =
            new ProcessBuilder(
                    "unshare",
                    "--user",
                    "--map-root-user",
                    "--mount",
                    "sh",
                    "-c",
                    "mount -t tmpfs -o size=4m small '%s' && %s; echo $?".formatted(place, command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = shell.waitFor(2, TimeUnit.MINUTES);
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        assertThat(ended).as("it ends by itself").isTrue();
        return Files.readString(output).strip();
      } catch (IOException e) {
        return "no unshare here: " + e.getMessage();
      }
    }
  }

  /// The folder itself is write-protected, by the permissions of files. They do not bind the
  /// administrator of a computer: as such a user this is left out.
  @Nested
  class WhenTheFolderHasNoPermissionToWrite {
    @Test
    void theProgramDoesNotBeginSaysWhyAndFindsEverythingAfterwards() throws Exception {
      Run run = invite(people.subList(0, 3));
      everybodyIsInvited(run);
      Path data = folder.resolve("data");
      world.closeProgram();
      permit(data, "r-x", "r--");
      try {
        assumeThat(Files.isWritable(data)).as("permissions bind this user").isFalse();
        assertThatThrownBy(() -> FaultyDisk.open(data, world.clock()))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("could not be written: access is denied.")
            .hasMessageContaining("Nothing was changed or sent.");
      } finally {
        permit(data, "rwx", "rw-");
        world.restartProgram();
      }
      assertThat(count(run, RowState.INVITED)).isEqualTo(3);
    }

    private void permit(Path data, String folderRights, String fileRights) throws IOException {
      Set<PosixFilePermission> ofFiles = PosixFilePermissions.fromString(fileRights + "------");
      permit(data, "rwx------");
      try (Stream<Path> files = Files.list(data)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.setPosixFilePermissions(file, ofFiles);
        }
      }
      permit(data, folderRights + "------");
    }

    private void permit(Path path, String rights) throws IOException {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }
  }

  /// The server accepts a code; then its outcome cannot be written.
  private void acceptsOnceThough(Runnable fail, Runnable repair) throws Exception {
    ConfirmationCode code = world.mailed("Contoso");
    Run run =
        untilOnItsWay(
            ACCEPT,
            () ->
                world
                    .workplace()
                    .runs()
                    .accept(
                        List.of(new Runs.ToAccept(code, Optional.empty(), Optional.empty())),
                        Ticket.of("INC-1"),
                        Duration.ZERO));
    fail.run();
    until(() -> world.workplace().worker().stoppedBy().isPresent());
    assertThat(answers(ACCEPT)).as("the server has accepted it").containsExactly(204);
    assertThat(count(run, RowState.SENDING)).as("and that is not written down").isEqualTo(1);

    repair.run();
    world.workplace().worker().tryNow();
    assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.JOINED);
    assertThat(effects(Effect.Kind.ACCEPTED)).hasSize(1);
    assertThat(answers(ACCEPT)).as("it is looked up, not sent again").containsExactly(204);
    assertThat(complaints()).isEmpty();
  }

  /// An invitation is replaced; the answer to one of the two calls cannot be written.
  private void invitesAgainOnceThough(String call, Runnable fail, Runnable repair) {
    Target.Person person = world.people("Contoso", 1).getFirst();
    Run first = world.workplace().runs().invite(contoso, List.of(person), true, "");
    until(() -> world.workplace().runs().rows(first.number()).getFirst().invitation().isPresent());
    InvitationId old =
        world.workplace().runs().rows(first.number()).getFirst().invitation().orElseThrow();
    world.control().clearLog();
    Run run =
        untilOnItsWay(
            call,
            () ->
                world
                    .workplace()
                    .runs()
                    .inviteAgain(
                        contoso, List.of(new Runs.ToReplace(old, person)), true, Duration.ZERO));
    fail.run();
    until(() -> world.workplace().worker().stoppedBy().isPresent());
    assertThat(answers(call)).hasSize(1).allMatch(status -> status / 100 == 2);
    assertThat(count(run, RowState.SENDING)).isEqualTo(1);

    repair.run();
    world.workplace().worker().tryNow();
    assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.INVITED);
    assertThat(effects(Effect.Kind.DELETED)).containsExactly(person.name());
    assertThat(effects(Effect.Kind.INVITED)).containsExactly(person.name());
    assertThat(answers(INVITE)).hasSize(1);
    assertThat(answers(DELETE)).hasSize(1);
  }

  /// Begins something and waits until this call of it has arrived at the server, which takes its
  /// time; from then on the server answers as fast as it can.
  private Run untilOnItsWay(String call, Supplier<Run> begin) {
    world.control().clearLog();
    world.control().answerSlowly(ON_ITS_WAY);
    Run run = begin.get();
    until(() -> !answers(call).isEmpty());
    world.control().answerSlowly(Duration.ZERO);
    assertThat(answers(call)).as("not answered yet").containsExactly(0);
    return run;
  }

  /// What calls were answered with; 0 for one that is on its way.
  private List<Integer> answers(String call) {
    return world.control().log().requests().stream()
        .filter(request -> !request.method().equals("GET") && request.path().contains(call))
        .map(Request::status)
        .toList();
  }

  private List<String> effects(Effect.Kind kind) {
    return world.control().log().effects().stream()
        .filter(effect -> effect.kind() == kind && effect.request() > 0)
        .map(Effect::person)
        .toList();
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
