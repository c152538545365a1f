package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Username;
import dev.guestlist.service.Invitations.Entry;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What the table says of an invitation hours and days later, when other things have happened.
@Execution(ExecutionMode.CONCURRENT)
class StatusOverTimeTest {
  private static final Duration A_NIGHT = Duration.ofHours(13);

  @TempDir private Path folder;
  private PracticeWorld world;
  private OrganizationId contoso;
  private String name;

  @BeforeEach
  void signIn() throws Exception {
    world = PracticeWorld.signedIn(folder);
    contoso = world.organization("Contoso");
    world.workplace().organizations().readIndex();
    name = world.people("Contoso", 1).getFirst().name();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aMembershipThatEndedBeforeTheInvitationWasMadeProvesNothing() {
    invited(false);
    accept();
    world.workplace().members().refresh(contoso);
    world.control().removeMember(contoso.value(), name);
    pass(A_NIGHT);
    world.control().othersInvite(contoso.value(), List.of(name));
    read();
    assertThat(statuses()).containsExactly(InvitationStatus.PENDING);

    world.control().othersAccept(contoso.value(), 1, List.of(name));
    read();
    assertThat(statuses()).containsExactly(InvitationStatus.NO_LONGER_LISTED);
    pass(Duration.ofMinutes(1));
    world.workplace().members().refresh(contoso);
    assertThat(statuses()).containsExactly(InvitationStatus.JOINED);
  }

  @Test
  void whoWasAcceptedHereStaysJoinedBesideAnExpiredInvitation() {
    invited(true);
    pass(Duration.ofHours(73));
    read();
    assertThat(statuses()).containsExactly(InvitationStatus.EXPIRED);
    invited(false);
    accept();
    read();
    assertThat(statuses()).containsExactly(InvitationStatus.JOINED_STILL_LISTED);

    pass(A_NIGHT);
    read();
    assertThat(statuses()).containsExactly(InvitationStatus.JOINED_STILL_LISTED);
    assertThat(attention()).isEqualTo(tableAttention());
  }

  @Test
  void theUserStoreOfAnInvitationMadeHereIsKnownForDays() {
    Run run =
        world
            .workplace()
            .runs()
            .invite(
                contoso,
                List.of(
                    new Target.Person(
                        new Username(name, Optional.of("PRIMARY")), List.of(), List.of())),
                true,
                "");
    known(run);
    pass(A_NIGHT);
    read();
    assertThat(entry().userStore()).contains("PRIMARY");
    assertThat(entry().made().orElseThrow().account()).isEqualTo("pat");

    Run deletion =
        world
            .workplace()
            .runs()
            .delete(
                contoso,
                List.of(new Runs.ToDelete(entry().invitation().orElseThrow(), name)),
                Duration.ofSeconds(8));
    world.workplace().runs().takeBack(deletion.number());
    assertThat(entry().userStore()).contains("PRIMARY");
  }

  @Test
  void aLostCodeStaysLostWhenItsDeletionIsTakenBack() {
    world.control().crashInviteAfter(1);
    Run run = world.workplace().runs().invite(contoso, List.of(person()), false, "");
    assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.CODE_LOST);
    read();
    assertThat(statuses()).containsExactly(InvitationStatus.CODE_LOST);

    InvitationId lost = entry().invitation().orElseThrow();
    Run deletion =
        world
            .workplace()
            .runs()
            .delete(contoso, List.of(new Runs.ToDelete(lost, name)), Duration.ofSeconds(8));
    world.workplace().runs().takeBack(deletion.number());
    assertThat(statuses()).containsExactly(InvitationStatus.CODE_LOST);
    pass(A_NIGHT);
    read();
    assertThat(statuses()).containsExactly(InvitationStatus.CODE_LOST);
  }

  @Test
  void whatWasGoneBeforeItCouldBeDeletedHereIsNotDeletedHere() throws Exception {
    invited(false);
    InvitationId id = entry().invitation().orElseThrow();
    world.stopServer();
    world.workplace().session().probe();
    Run deletion =
        world
            .workplace()
            .runs()
            .delete(contoso, List.of(new Runs.ToDelete(id, name)), Duration.ZERO);
    world.startServer();
    world.control().othersAccept(contoso.value(), 1, List.of(name));
    world.workplace().worker().tryNow();
    until(() -> row(deletion).state() == RowState.WAS_GONE);

    assertThat(statuses()).containsExactly(InvitationStatus.NO_LONGER_LISTED);
    assertThat(world.workplace().finder().findOut(contoso, entry()).answer())
        .isEqualTo(Findings.Answer.JOINED);
    assertThat(statuses()).containsExactly(InvitationStatus.JOINED);
  }

  @Test
  void whatWasFoundOutStaysFoundOut() {
    invited(false);
    world.control().othersAccept(contoso.value(), 1, List.of(name));
    read();
    assertThat(statuses()).containsExactly(InvitationStatus.NO_LONGER_LISTED);
    pass(Duration.ofMinutes(1));
    world.workplace().finder().findOut(contoso, entry());
    assertThat(statuses()).containsExactly(InvitationStatus.JOINED);

    world.control().removeMember(contoso.value(), name);
    world.workplace().finder().findOut(contoso, entry());
    assertThat(statuses()).containsExactly(InvitationStatus.NO_LONGER_LISTED);
  }

  @Test
  void theBoardCountsWhatTheTableShows() {
    invited(true);
    world.control().dropBeforeWork("/guests/invite", 50);
    Run again =
        world
            .workplace()
            .runs()
            .inviteAgain(
                contoso,
                List.of(new Runs.ToReplace(entry().invitation().orElseThrow(), person())),
                true,
                Duration.ZERO);
    until(() -> row(again).state() == RowState.NEEDS_DECISION);
    world.workplace().runs().stop(again.number());
    world.control().allWell();
    pass(A_NIGHT);
    read();
    assertThat(statuses()).containsExactly(InvitationStatus.DELETED_NOT_INVITED);
    assertThat(attention()).isEqualTo(tableAttention()).isPositive();
  }

  private Target.Person person() {
    return PracticeWorld.person(name);
  }

  private void invited(boolean mails) {
    known(world.workplace().runs().invite(contoso, List.of(person()), mails, ""));
  }

  private void known(Run run) {
    assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.INVITED);
    until(() -> row(run).invitation().isPresent());
  }

  private void accept() {
    Entry entry =
        world.workplace().invitations().list(contoso).entries().stream()
            .filter(one -> one.username().equals(name) && one.codeRow().isPresent())
            .findFirst()
            .orElseThrow();
    Run run =
        world
            .workplace()
            .runs()
            .accept(
                List.of(
                    new Runs.ToAccept(
                        world.workplace().runs().code(entry.codeRow().orElseThrow()).orElseThrow(),
                        Optional.empty(),
                        Optional.empty())),
                Ticket.NONE,
                Duration.ZERO);
    assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.JOINED);
  }

  /// Both clocks move.
  private void pass(Duration time) {
    world.clock().move(time);
    world.control().moveClock(time);
  }

  private void read() {
    assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
  }

  private RunRow row(Run run) {
    return world.workplace().runs().rows(run.number()).getFirst();
  }

  private List<Entry> entries() {
    return world.workplace().invitations().list(contoso).entries().stream()
        .filter(one -> one.username().equals(name))
        .toList();
  }

  private Entry entry() {
    return entries().getFirst();
  }

  private List<InvitationStatus> statuses() {
    return entries().stream().map(Entry::status).toList();
  }

  private int attention() {
    return world.workplace().board().rows().stream()
        .filter(row -> row.organization().id().equals(contoso))
        .findFirst()
        .flatMap(Board.Row::counts)
        .orElseThrow()
        .attention();
  }

  private int tableAttention() {
    return (int)
        world.workplace().invitations().list(contoso).entries().stream()
            .filter(one -> one.status().needsAttention())
            .count();
  }
}
