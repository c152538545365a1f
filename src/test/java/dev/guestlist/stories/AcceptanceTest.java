package dev.guestlist.stories;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.kill.Inviting;
import dev.guestlist.model.Decision;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.StartLine;
import dev.guestlist.service.InvitationStatus;
import dev.guestlist.service.Invitations;
import dev.guestlist.service.Runs;
import dev.guestlist.store.StoreException;
import dev.guestlist.testing.Judgement;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What Guestlist is bought for, line by line: each test is one promise that a person could repeat
/// by hand. `-Dguestlist.acceptance.rows=5000` makes the large run as large as it is meant.
@Execution(ExecutionMode.CONCURRENT)
class AcceptanceTest {
  private static final String INVITE = "/guests/invite";

  @TempDir private Path folder;
  private PracticeWorld world;
  private OrganizationId contoso;

  @BeforeEach
  void signIn() throws Exception {
    world = PracticeWorld.signedIn(folder);
    contoso = world.organization("Contoso");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Nested
  class ServerCrashInTheMiddleOfACall {
    @Test
    void noRowIsDoubledNoneUnexplainedAndCodesThatDidNotArriveReadCodeLost() {
      List<Target.Person> people = world.people("Contoso", 8);
      world.control().crashInviteAfter(3);
      Run run = world.workplace().runs().invite(contoso, people, false, "");
      List<RunRow> rows = world.settled(run);

      assertThat(invitedPeople()).doesNotHaveDuplicates().hasSize(8);
      assertThat(rows.subList(0, 3)).extracting(RunRow::state).containsOnly(RowState.CODE_LOST);
      assertThat(rows.subList(3, 8)).extracting(RunRow::state).containsOnly(RowState.INVITED);
      assertThat(rows.subList(3, 8))
          .allMatch(row -> world.workplace().runs().code(row.id()).isPresent());
      assertThat(listed(rows.getFirst().target().name()).status())
          .isEqualTo(InvitationStatus.CODE_LOST);
      assertThat(complaints()).isEmpty();
    }

    @Test
    void aServerThatStopsAndComesBackIsAskedWhatItDid() throws Exception {
      List<Target.Person> people = world.people("Contoso", 8);
      world.control().answerSlowly(Duration.ofMillis(400));
      Run run = world.workplace().runs().invite(contoso, people, false, "");
      until(() -> find(run).count(RowState.SENDING) > 0);
      world.stopServer();
      until(() -> find(run).count(RowState.SENDING) == 0);
      world.startServer();
      world.workplace().worker().tryNow();

      List<RunRow> rows = world.settled(run);
      assertThat(invitedPeople()).doesNotHaveDuplicates().hasSize(8);
      assertThat(rows)
          .extracting(RunRow::state)
          .containsAnyOf(RowState.INVITED, RowState.CODE_LOST)
          .doesNotContain(RowState.CANNOT_TELL, RowState.REFUSED);
      assertThat(complaints()).isEmpty();
    }
  }

  @Nested
  class KillingTheProgramDuringALargeRun {
    /// so that a dozen calls take longer than two kills wait at most
    private static final Duration A_CALL = Duration.ofMillis(150);

    private final int rows = Integer.getInteger("guestlist.acceptance.rows", 300);
    private final long seed = Long.getLong("guestlist.seed", System.nanoTime());

    @Test
    void afterTheRestartItGoesOnSumsMatchAndNobodyIsInvitedTwice() throws Exception {
      Random random = new Random(seed);
      List<Target.Person> everybody = everybody();
      world.control().answerSlowly(A_CALL);
      Run run = world.workplace().runs().invite(contoso, everybody, true, "");
      int kills = 0;
      int struck = 0;
      for (; kills < 8 && !find(run).done(); kills++) {
        LockSupport.parkNanos(random.nextInt(600_000_000));
        world.killProgram();
        struck += find(run).done() ? 0 : 1;
        world.control().answerSlowly(Duration.ZERO);
        world.signIn("pat");
        assertThat(find(run).phase() == Run.Phase.ASKS || find(run).done())
            .as("what a killed program left over asks, seed %s", seed)
            .isTrue();
        world.control().answerSlowly(A_CALL);
        world.workplace().runs().goOn(run.number());
      }
      assertThat(struck).as("kills before the run was done, seed %s", seed).isGreaterThan(1);
      until(
          () -> {
            tryAgain(run);
            return find(run).done();
          },
          Duration.ofMinutes(5));

      Run done = find(run);
      assertThat(done.size()).isEqualTo(rows);
      assertThat(invitedPeople()).as("seed %s", seed).doesNotHaveDuplicates();
      assertThat(done.count(RowState.INVITED)).isEqualTo(invitedPeople().size());
      assertThat(done.count(RowState.INVITED) + done.count(RowState.REFUSED)).isEqualTo(rows);
      assertThat(complaints()).as("seed %s", seed).isEmpty();
      System.out.println(rows + " rows, " + struck + " kills struck: " + done.counts());
    }

    /// Whoever was on the way at every kill, and never arrived, asks.
    private void tryAgain(Run run) {
      for (RunRow row : world.workplace().runs().rows(run.number())) {
        if (row.state() == RowState.NEEDS_DECISION) {
          assertThat(row.reason()).as("seed %s", seed).contains(Reason.NEVER_ARRIVED);
          world.decide(row, Decision.TRY_AGAIN);
        }
      }
    }

    /// Everybody of the parent who can be invited, and names that nobody has for the rest.
    private List<Target.Person> everybody() throws Exception {
      StartLine.Place place =
          world.server().startLine().organizations().stream()
              .filter(one -> one.id().equals(contoso.value()))
              .findFirst()
              .orElseThrow();
      List<Target.Person> people = new ArrayList<>();
      Inviting.manyPeople(world.server(), place, rows)
          .forEach(name -> people.add(PracticeWorld.person(name)));
      while (people.size() < rows) {
        people.add(PracticeWorld.person("nobody.at.all" + people.size()));
      }
      return people;
    }
  }

  @Nested
  class ListThatAnswersWithAnError {
    @Test
    void theLastListStaysWithItsAgeAndTheReason() {
      assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
      Invitations.Listing before = world.workplace().invitations().list(contoso);
      Instant read = before.readAt().orElseThrow();
      world.clock().move(Duration.ofMinutes(20));
      world.control().refuseLists(1);

      Problem why = world.workplace().invitations().refresh(contoso).orElseThrow();
      assertThat(why)
          .isInstanceOfSatisfying(
              Problem.ServerFault.class, fault -> assertThat(fault.status()).isEqualTo(500));
      Invitations.Listing after = world.workplace().invitations().list(contoso);
      assertThat(after.readAt()).contains(read);
      assertThat(after.entries())
          .hasSameSizeAs(before.entries())
          .isNotEmpty()
          .extracting(Invitations.Entry::username)
          .containsExactlyElementsOf(
              before.entries().stream().map(Invitations.Entry::username).toList());
    }
  }

  @Nested
  class InvitingAgainWithTheLineDroppedBetweenTheTwoSteps {
    @Test
    void theRowReadsDeletedNotInvitedAgainAndFinishWorks() {
      Target.Person person = world.people("Contoso", 1).getFirst();
      InvitationId old = invited(person);
      world.control().dropBeforeWork(INVITE, 50);
      Run run = again(person, old);
      until(() -> row(run).state() == RowState.NEEDS_DECISION);

      assertThat(row(run).reason()).contains(Reason.NEVER_ARRIVED);
      assertThat(statuses(person)).contains(InvitationStatus.DELETED_NOT_INVITED);
      assertThat(deletions()).isEqualTo(1);
      world.control().allWell();
      world.workplace().runs().finish(row(run));

      until(() -> row(run).state() == RowState.INVITED);
      assertThat(deletions()).isEqualTo(1);
      assertThat(invitedPeople()).hasSize(2);
      assertThat(complaints()).isEmpty();
    }

    @Test
    void inTheWindowTheRowSaysSoAndFinishIsOnePress() throws Exception {
      Target.Person person = world.people("Contoso", 1).getFirst();
      InvitationId old = invited(person);
      world.control().dropBeforeWork(INVITE, 50);
      Run run = again(person, old);
      until(() -> row(run).state() == RowState.NEEDS_DECISION);
      world.control().allWell();

      try (GuestlistDriver app = GuestlistDriver.start(folder.resolve("window"))) {
        app.opens(world.workplace());
        app.reads("Invitations of Contoso");
        app.waitsForRow("table", person.name());
        assertThat(app.drawnRows("table"))
            .filteredOn(row -> row.reads(person.name()))
            .singleElement()
            .matches(row -> row.reads("Deleted, not invited again"), "says what happened");
        app.selectsRowOf("table", person.name());
        app.presses(KeyCode.ENTER);
        app.waitsForButton("nextButton", "Finish");
        app.clicks("nextButton");

        app.seesNoMore("Deleted, not invited again");
        until(() -> row(run).state() == RowState.INVITED);
      }
      assertThat(deletions()).isEqualTo(1);
      assertThat(invitedPeople()).hasSize(2);
      assertThat(complaints()).isEmpty();
    }

    @Test
    void aStoppedOneReadsTheSameForDaysAndFinishWorksFromAnotherStart() throws Exception {
      Target.Person person = world.people("Contoso", 1).getFirst();
      InvitationId old = invited(person);
      world.control().dropBeforeWork(INVITE, 50);
      Run run = again(person, old);
      until(() -> row(run).state() == RowState.NEEDS_DECISION);
      world.workplace().runs().stop(run.number());
      assertThat(row(run).state()).isEqualTo(RowState.NOT_INVITED_AGAIN);
      world.restartProgram();
      world.clock().move(Duration.ofDays(2));
      assertThat(statuses(person)).contains(InvitationStatus.DELETED_NOT_INVITED);

      world.control().allWell();
      world.signIn("pat");
      Run finish = world.workplace().runs().finish(row(run)).orElseThrow();
      assertThat(world.settled(finish)).extracting(RunRow::state).containsExactly(RowState.INVITED);
      assertThat(statuses(person)).doesNotContain(InvitationStatus.DELETED_NOT_INVITED);
      assertThat(complaints()).isEmpty();
    }

    private InvitationId invited(Target.Person person) {
      Run run = world.workplace().runs().invite(contoso, List.of(person), false, "");
      world.settled(run);
      until(() -> row(run).invitation().isPresent());
      return row(run).invitation().orElseThrow();
    }

    private Run again(Target.Person person, InvitationId old) {
      return world
          .workplace()
          .runs()
          .inviteAgain(contoso, List.of(new Runs.ToReplace(old, person)), false, Duration.ZERO);
    }

    private List<InvitationStatus> statuses(Target.Person person) {
      return world.workplace().invitations().list(contoso).entries().stream()
          .filter(entry -> entry.username().equals(person.name()))
          .map(Invitations.Entry::status)
          .toList();
    }
  }

  @Nested
  class CodesHandedOverByPeopleWithADiskThatCannotBeWritten {
    /// The run is on disk and asks; then the disk's write permission is pulled, and it is told to
    /// go on.
    @Test
    void noCallLeavesAndItIsSaid() throws Exception {
      List<Target.Person> people = world.people("Contoso", 8);
      world.stopServer();
      world.workplace().session().probe();
      Run run = world.workplace().runs().invite(contoso, people, false, "");
      world.startServer();
      world.workplace().session().probe();
      world.disk().protect();

      assertThatThrownBy(() -> world.workplace().runs().goOn(run.number()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("it is write-protected. Nothing was changed or sent.");
      assertThatThrownBy(() -> world.workplace().runs().invite(contoso, people, false, ""))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("it is write-protected. Nothing was changed or sent.");
      world.workplace().worker().tryNow();
      assertThat(inviteCalls()).isZero();
      assertThat(world.workplace().runs().all()).hasSize(1);

      world.disk().unprotect();
      world.workplace().runs().goOn(run.number());
      world.workplace().worker().tryNow();
      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
      assertThat(inviteCalls()).isEqualTo(1);
    }

    @Test
    void aRunThatIsUnderWayStopsBeforeItsNextCall() {
      world.control().answerSlowly(Duration.ofMillis(150));
      List<Target.Person> people = new ArrayList<>(world.people("Contoso", 8));
      for (int i = 0; i < 40; i++) {
        people.add(PracticeWorld.person("nobody.at.all" + i));
      }
      Run run = world.workplace().runs().invite(contoso, people, false, "");
      until(() -> inviteCalls() == 1);
      world.disk().protect();
      until(() -> world.workplace().worker().stoppedBy().isPresent());

      assertThat(world.workplace().worker().stoppedBy().orElseThrow())
          .hasMessageContaining("guestlist.db could not be written: it is write-protected.");
      assertThat(inviteCalls()).isLessThanOrEqualTo(2);
      world.disk().unprotect();
      world.workplace().worker().tryNow();
      world.settled(run);
      assertThat(invitedPeople()).doesNotHaveDuplicates().hasSize(8);
      assertThat(find(run).count(RowState.CODE_LOST)).isZero();
      assertThat(complaints()).isEmpty();
    }
  }

  private Run find(Run run) {
    return world.workplace().runs().find(run.number()).orElseThrow();
  }

  private RunRow row(Run run) {
    return world.workplace().runs().rows(run.number()).getFirst();
  }

  private Invitations.Entry listed(String name) {
    return world.workplace().invitations().list(contoso).entries().stream()
        .filter(entry -> entry.username().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> invitedPeople() {
    return world.control().log().effects().stream()
        .filter(effect -> effect.kind() == Effect.Kind.INVITED && effect.request() > 0)
        .map(Effect::person)
        .toList();
  }

  private long deletions() {
    return world.control().log().effects().stream()
        .filter(effect -> effect.kind() == Effect.Kind.DELETED)
        .count();
  }

  private long inviteCalls() {
    return world.control().log().requests().stream()
        .filter(request -> request.method().equals("POST") && request.path().contains(INVITE))
        .count();
  }

  private List<String> complaints() {
    Map<Run, List<RunRow>> runs = new LinkedHashMap<>();
    for (Run run : world.workplace().runs().all()) {
      runs.put(run, world.workplace().runs().rows(run.number()));
    }
    return Judgement.of(world.control().log(), 0, runs, Judgement.Excuses.forKills());
  }
}
