package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Decision;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.practice.PracticeControl;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.service.Invitations.Entry;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class InviteAgainTest {
  private static final String INVITE = "/guests/invite";
  private static final String DELETE = "/guests/invitations/";

  @TempDir private Path folder;
  private PracticeWorld world;
  private OrganizationId contoso;
  private Target.Person person;
  private RunRow before;
  private InvitationId old;

  @BeforeEach
  void inviteSomebody() throws Exception {
    world = PracticeWorld.signedIn(folder);
    contoso = world.organization("Contoso");
    person = world.people("Contoso", 1).getFirst();
    Run run = world.workplace().runs().invite(contoso, List.of(person), false, "");
    world.settled(run);
    until(() -> row(run).invitation().isPresent());
    before = row(run);
    old = before.invitation().orElseThrow();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void deletesAndInvitesOnceAndTheNewCodeWorks() {
    RunRow row = settled(again());

    assertThat(row.state()).isEqualTo(RowState.INVITED);
    assertThat(deletions()).isEqualTo(1);
    assertThat(invitations()).isEqualTo(2);
    assertThat(world.workplace().codes().look(code(before)))
        .isInstanceOf(CodeDesk.Look.Unknown.class);
    assertThat(world.workplace().codes().look(code(row))).isInstanceOf(CodeDesk.Look.Found.class);
  }

  @Test
  void showsTheOldOneAsReplacedAndTheNewOneAsPending() {
    Run run = again();
    world.settled(run);
    until(() -> row(run).invitation().isPresent());

    assertThat(entries())
        .extracting(Entry::status)
        .containsExactlyInAnyOrder(InvitationStatus.PENDING, InvitationStatus.REPLACED);
    Entry fresh = entry(InvitationStatus.PENDING);
    assertThat(fresh.invitation()).isPresent().isNotEqualTo(Optional.of(old));
    assertThat(fresh.codeRow()).contains(row(run).id());
    assertThat(entry(InvitationStatus.REPLACED).codeRow()).isEmpty();
  }

  @Test
  void takesNobodyElsesInvitationForOursBecauseTheDeletionWasACallOfItsOwn() {
    world.control().beBusy(INVITE, 503, 1, OptionalInt.of(30));
    Run run = again();
    until(() ->
        deletions() == 1 && requests("POST", INVITE) == 2 && row(run).state() == RowState.READY);
    world.control().othersInvite(contoso.value(), List.of(person.username().name()));
    world.clock().move(Duration.ofSeconds(31));
    world.workplace().worker().tryNow();

    RunRow row = settled(run);
    assertThat(row.state()).isEqualTo(RowState.NOT_INVITED_AGAIN);
    assertThat(row.reason()).contains(Reason.ALREADY_INVITED);
  }

  @Nested
  class WhenTheAnswerToTheDeletionIsLost {
    @Test
    void findsThatItIsGoneAndInvitesOnce() {
      world.control().dropAfterWork(DELETE, 1);

      assertThat(settled(again()).state()).isEqualTo(RowState.INVITED);
      assertThat(requests("DELETE", DELETE)).isEqualTo(1);
      assertThat(invitations()).isEqualTo(2);
    }

    @Test
    void deletesAgainWhatNeverArrived() {
      world.control().dropBeforeWork(DELETE, 1);

      assertThat(settled(again()).state()).isEqualTo(RowState.INVITED);
      assertThat(deletions()).isEqualTo(1);
      assertThat(invitations()).isEqualTo(2);
    }
  }

  @Nested
  class WhenTheAnswerToTheInvitationIsLost {
    @Test
    void findsTheNewOneAndSaysThatItsCodeIsLost() {
      world.control().dropAfterWork(INVITE, 1);

      RunRow row = settled(again());
      assertThat(row.state()).isEqualTo(RowState.CODE_LOST);
      assertThat(row.invitation()).isPresent().isNotEqualTo(Optional.of(old));
      assertThat(invitations()).isEqualTo(2);
      assertThat(requests("DELETE", DELETE)).isEqualTo(1);
    }

    @Test
    void invitesAgainWhatNeverArrived() {
      world.control().dropBeforeWork(INVITE, 1);

      assertThat(settled(again()).state()).isEqualTo(RowState.INVITED);
      assertThat(invitations()).isEqualTo(2);
      assertThat(deletions()).isEqualTo(1);
    }
  }

  @Nested
  class WhenOnlyTheFirstHalfIsDone {
    /// The person leaves the parent between the two steps: the server refuses the second one.
    private RunRow halfDone() {
      Target.Person nobody = PracticeWorld.person("nobody.at.all");
      return settled(again(nobody));
    }

    @Test
    void saysSo() {
      RunRow row = halfDone();

      assertThat(row.state()).isEqualTo(RowState.NOT_INVITED_AGAIN);
      assertThat(row.reason()).contains(Reason.UNKNOWN_USER);
      Entry line = entryOf("nobody.at.all");
      assertThat(line.status()).isEqualTo(InvitationStatus.DELETED_NOT_INVITED);
      assertThat(line.status().needsAttention()).isTrue();
    }

    @Test
    void staysInTheTableForDays() {
      halfDone();
      world.clock().move(Duration.ofDays(5));

      assertThat(entryOf("nobody.at.all").status()).isEqualTo(InvitationStatus.DELETED_NOT_INVITED);
    }

    @Test
    void finishInvitesWithoutDeletingAnything() {
      RunRow row = stoppedHalfWay();

      Run finish = world.workplace().runs().finish(row).orElseThrow();
      assertThat(settled(finish).state()).isEqualTo(RowState.INVITED);
      assertThat(deletions()).isEqualTo(1);
      assertThat(invitations()).isEqualTo(2);
      until(() -> row(finish).invitation().isPresent());
      assertThat(entries())
          .extracting(Entry::status)
          .doesNotContain(InvitationStatus.DELETED_NOT_INVITED);
    }

    @Test
    void finishingOnePersonLeavesTheOthersOfItsRunAlone() throws Exception {
      Run made = world.workplace().runs().invite(contoso, world.people("Contoso", 4), true, "");
      world.settled(made);
      until(() ->
          world.workplace().runs().rows(made.number()).stream()
              .allMatch(row -> row.invitation().isPresent()));
      List<Runs.ToReplace> all =
          world.workplace().runs().rows(made.number()).stream()
              .map(row ->
                  new Runs.ToReplace(row.invitation().orElseThrow(), (Target.Person) row.target()))
              .toList();
      world.control().dropBeforeWork(INVITE, 50);
      Run run = world.workplace().runs().inviteAgain(contoso, all, true, Duration.ZERO);
      until(() -> half(run).isPresent());
      world.workplace().runs().pause(run.number());
      until(() ->
          world.workplace().runs().rows(run.number()).stream()
              .noneMatch(
                  row -> row.state() == RowState.SENDING || row.state() == RowState.UNKNOWN));
      world.control().allWell();
      world.control().clearLog();

      RunRow one = half(run).orElseThrow();
      Run finish = world.workplace().runs().finish(one).orElseThrow();

      assertThat(world.settled(finish)).extracting(RunRow::state).containsExactly(RowState.INVITED);
      assertThat(world.control().log().effects())
          .extracting(PracticeControl.Effect::person)
          .containsExactly(one.target().name());
      assertThat(world.workplace().runs().find(run.number()).orElseThrow().phase())
          .isEqualTo(Run.Phase.PAUSED);
    }

    private Optional<RunRow> half(Run run) {
      return world.workplace().runs().rows(run.number()).stream()
          .filter(row ->
              row.target() instanceof Target.Again again
                  && again.step() == Target.Again.Step.INVITE
                  && !row.state().settled())
          .findFirst();
    }

    @Test
    void finishingTwiceInvitesOnce() {
      RunRow row = stoppedHalfWay();
      Run first = world.workplace().runs().finish(row).orElseThrow();

      assertThat(world.workplace().runs().finish(row)).isEmpty();
      settled(first);
      assertThat(world.workplace().runs().finish(row)).isEmpty();
      assertThat(invitations()).isEqualTo(2);
    }

    @Test
    void stoppingNeverSaysThatNothingWasTried() {
      assertThat(stoppedHalfWay().state()).isEqualTo(RowState.NOT_INVITED_AGAIN);
    }
  }

  @Test
  void asksWhenTheOldOneWasGoneAlready() {
    world.control().othersDelete(contoso.value(), 1, List.of(person.username().name()));

    RunRow row = settled(again());
    assertThat(row.state()).isEqualTo(RowState.NEEDS_DECISION);
    assertThat(row.reason()).contains(Reason.INVITATION_GONE);
    assertThat(invitations()).isEqualTo(1);

    world.decide(row, Decision.INVITE_ANYWAY);
    until(() -> world.workplace().runs().row(row.id()).orElseThrow().state() == RowState.INVITED);
    assertThat(invitations()).isEqualTo(2);
  }

  @Test
  void leavesWhatWasGoneAlreadyAloneWhenToldSo() {
    world.control().othersDelete(contoso.value(), 1, List.of(person.username().name()));
    RunRow row = settled(again());

    world.decide(row, Decision.DISCARD);
    assertThat(world.workplace().runs().row(row.id()).orElseThrow().state())
        .isEqualTo(RowState.WAS_GONE);
    assertThat(invitations()).isEqualTo(1);
  }

  @Test
  void remembersTheFirstHalfWhenTheProgramEndsBetweenTheTwo() throws Exception {
    world.control().beBusy(INVITE, 503, 50, OptionalInt.of(30));
    Run run = again();
    until(() -> deletions() == 1 && row(run).state() == RowState.READY && step(run));
    world.restartProgram();
    world.control().allWell();
    world.signIn("pat");

    assertThat(row(run).state()).isEqualTo(RowState.READY);
    assertThat(entry(InvitationStatus.DELETED_NOT_INVITED).row()).contains(row(run));
    world.clock().move(Duration.ofMinutes(1));
    world.workplace().runs().goOn(run.number());
    assertThat(settled(run).state()).isEqualTo(RowState.INVITED);
    assertThat(deletions()).isEqualTo(1);
    assertThat(invitations()).isEqualTo(2);
  }

  private RunRow stoppedHalfWay() {
    world.control().beBusy(INVITE, 503, 1, OptionalInt.of(60));
    Run run = again();
    until(() ->
        deletions() == 1
            && row(run).state() == RowState.READY
            && step(run)
            && requests("POST", INVITE) == 2);
    world.workplace().runs().stop(run.number());
    world.workplace().worker().tryNow();
    return settled(run);
  }

  private boolean step(Run run) {
    return row(run).target() instanceof Target.Again again
        && again.step() == Target.Again.Step.INVITE;
  }

  private Run again() {
    return again(person);
  }

  private Run again(Target.Person who) {
    return world
        .workplace()
        .runs()
        .inviteAgain(contoso, List.of(new Runs.ToReplace(old, who)), false, Duration.ZERO);
  }

  private RunRow settled(Run run) {
    return world.settled(run).getFirst();
  }

  private RunRow row(Run run) {
    return world.workplace().runs().rows(run.number()).getFirst();
  }

  private ConfirmationCode code(RunRow row) {
    return world.workplace().runs().code(row.id()).orElseThrow();
  }

  private List<Entry> entries() {
    return world.workplace().invitations().list(contoso).entries().stream()
        .filter(entry -> entry.username().equals(person.username().name()))
        .toList();
  }

  private Entry entry(InvitationStatus status) {
    return entries().stream().filter(one -> one.status() == status).findFirst().orElseThrow();
  }

  private Entry entryOf(String name) {
    return world.workplace().invitations().list(contoso).entries().stream()
        .filter(entry -> entry.username().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private long deletions() {
    return effects(Effect.Kind.DELETED);
  }

  private long invitations() {
    return effects(Effect.Kind.INVITED);
  }

  private long effects(Effect.Kind kind) {
    return world.control().log().effects().stream()
        .filter(one -> one.kind() == kind && one.request() > 0)
        .count();
  }

  private long requests(String method, String path) {
    return world.control().log().requests().stream()
        .filter(one -> one.method().equals(method) && one.path().contains(path))
        .count();
  }
}
