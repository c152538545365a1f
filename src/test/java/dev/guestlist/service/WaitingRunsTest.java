package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.Activity;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Decision;
import dev.guestlist.model.Group;
import dev.guestlist.model.Held;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.service.Conflict.Kind;
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

/// What waited is compared before it leaves, whichever button lets it go, and cards say what is so.
@Execution(ExecutionMode.CONCURRENT)
class WaitingRunsTest {
  private static final String LIST = "internal_org_guest_mgt_invite_list";

  @TempDir private Path folder;
  private PracticeWorld world;
  private OrganizationId contoso;

  @BeforeEach
  void signIn() throws Exception {
    world = PracticeWorld.signedIn(folder);
    contoso = world.organization("Contoso");
    assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
    assertThat(world.workplace().assignments().refresh(contoso)).isEmpty();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Nested
  class IsComparedFirst {
    @Test
    void whatAnotherAccountTakesOver() throws Exception {
      Target.Person person = person(0);
      Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, ""));
      world.online(() -> {});
      signInAs("ina");
      world.control().othersInvite("Contoso", List.of(name(person)));

      runs().sendAsMe("pat");

      Conflict conflict = onlyConflict(run);
      assertThat(conflict.kind()).isEqualTo(Kind.INVITED_MEANWHILE);
      assertThat(conflict.run().account()).isEqualTo("ina");
      assertThat(effects()).isEmpty();
      assertThat(decisions()).contains("ina: RUN SEND_AS_ME pat");
    }

    @Test
    void whatAnotherAccountTakesOverAndNothingStandsAgainst() throws Exception {
      Run run = world.offline(() -> runs().invite(contoso, List.of(person(0)), true, ""));
      world.online(() -> {});
      signInAs("ina");

      runs().sendAsMe("pat");

      until(() -> now(run).reviewed().isPresent());
      assertThat(now(run).phase()).isEqualTo(Run.Phase.ASKS);
      assertThat(effects()).as("it asks once more").isEmpty();
      runs().goOn(run.number());
      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
      assertThat(decisions()).contains("ina: RUN SEND");
    }

    @Test
    void whatWasHeldBeforeItCouldBeCompared() throws Exception {
      Target.Person person = person(0);
      Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, ""));
      world.startServer();
      world.control().applicationOf("Northwind");
      world.restartProgram();
      world.signIn("pat");
      world.workplace().worker().tryNow();
      until(() -> now(run).phase() == Run.Phase.HELD);
      world.control().allWell();
      world.control().othersInvite("Contoso", List.of(name(person)));

      runs().goOn(run.number());

      assertThat(onlyConflict(run).kind()).isEqualTo(Kind.INVITED_MEANWHILE);
      assertThat(effects()).isEmpty();
      assertThat(decisions()).contains("pat: RUN TRY_AGAIN");
    }

    @Test
    void whatWasPausedOverARestart() throws Exception {
      Target.Person person = person(0);
      world.control().beBusy("/guests/invite", 429, 1, OptionalInt.of(600));
      Run run = runs().invite(contoso, List.of(person), true, "");
      until(() -> runs().rows(run.number()).getFirst().attempts() == 1);
      until(() -> now(run).count(RowState.READY) == 1);
      assertThat(runs().pause(run.number())).isTrue();
      world.restartProgram();
      world.signIn("pat");
      world.control().othersInvite("Contoso", List.of(name(person)));

      runs().goOn(run.number());

      assertThat(onlyConflict(run).kind()).isEqualTo(Kind.INVITED_MEANWHILE);
      assertThat(effects()).isEmpty();
    }

    @Test
    void whatWaitedForTwoWeeks() throws Exception {
      world.control().beBusy("/guests/invite", 429, 1, OptionalInt.of(5));
      Run run = runs().invite(contoso, List.of(person(0)), true, "");
      until(() -> runs().rows(run.number()).getFirst().attempts() == 1);
      world.clock().move(Duration.ofDays(15));
      world.workplace().worker().tryNow();

      until(() -> now(run).phase() == Run.Phase.ASKS && now(run).reviewed().isPresent());
      assertThat(Held.parse(now(run).why()).kind()).isEqualTo(Held.Kind.TOO_OLD);
      assertThat(effects()).isEmpty();
      runs().goOn(run.number());
      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
    }

    @Test
    void aCallThatWasNotDone() throws Exception {
      Invitations.Entry entry = somebodyPending();
      world.control().beBusy("/guests/invitations/", 429, 1, OptionalInt.of(600));
      Run run =
          runs()
              .delete(
                  contoso,
                  List.of(new Runs.ToDelete(entry.invitation().orElseThrow(), entry.username())),
                  Duration.ZERO);
      until(() -> {
        RunRow row = runs().rows(run.number()).getFirst();
        return row.attempts() == 1 && row.state() == RowState.READY;
      });
      world.restartProgram();
      world.control().othersDelete("Contoso", 1, List.of(entry.username()));
      world.control().othersInvite("Contoso", List.of(entry.username()));
      world.signIn("pat");
      world.workplace().worker().tryNow();

      assertThat(onlyConflict(run).kind()).isEqualTo(Kind.NEWER_INVITATION);
    }
  }

  @Nested
  class AListThatTheServerCannotRead {
    @Test
    void leavesTheDecisionToThePersonAndHoldsNothingElseUp() throws Exception {
      Run waiting = world.offline(() -> runs().invite(contoso, List.of(person(0)), true, ""));
      world.startServer();
      world.control().refuseLists(1_000);
      world.workplace().session().probe();
      world.workplace().worker().tryNow();
      Run next = runs().invite(contoso, List.of(person(1)), true, "");

      assertThat(world.settled(next)).extracting(RunRow::state).containsOnly(RowState.INVITED);
      until(() -> now(waiting).reviewed().isPresent());
      Held why = Held.parse(now(waiting).why());
      assertThat(why.kind()).isEqualTo(Held.Kind.NOT_COMPARED);
      assertThat(why.detail()).contains("500");
      assertThat(now(waiting).phase()).isEqualTo(Run.Phase.ASKS);
      runs().goOn(waiting.number());
      assertThat(world.settled(waiting)).extracting(RunRow::state).containsOnly(RowState.INVITED);
    }

    @Test
    void isComparedOnceItCan() throws Exception {
      Target.Person person = person(0);
      Run waiting = world.offline(() -> runs().invite(contoso, List.of(person), true, ""));
      world.startServer();
      world.control().refuseLists(1_000);
      world.workplace().session().probe();
      world.workplace().worker().tryNow();
      until(() -> now(waiting).reviewed().isPresent());
      world.control().allWell();
      world.control().othersInvite("Contoso", List.of(name(person)));

      world.workplace().conflicts().lookAgain(waiting.number());

      assertThat(onlyConflict(waiting).kind()).isEqualTo(Kind.INVITED_MEANWHILE);
    }
  }

  @Nested
  class ACard {
    @Test
    void isNotOfferedToAnotherAccount() throws Exception {
      Target.Person person = person(0);
      Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, ""));
      world.online(() -> world.control().othersInvite("Contoso", List.of(name(person))));
      onlyConflict(run);
      signInAs("ina");

      assertThat(world.workplace().conflicts().open()).isEmpty();
      Conflict seen =
          world.workplace().conflicts().of(now(run), runs().rows(run.number()).getFirst());
      assertThat(seen.choices()).isEmpty();
      assertThatThrownBy(
              () -> world.workplace().conflicts().decide(List.of(seen), Decision.KEEP_THEIRS))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(runs().othersWaiting())
          .singleElement()
          .satisfies(it -> assertThat(it.rows()).isOne());
    }

    @Test
    void goesOnceNothingStandsAgainstTheWishAnyMoreAndThenItAsks() throws Exception {
      Target.Person person = person(0);
      Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, ""));
      world.online(() -> world.control().othersInvite("Contoso", List.of(name(person))));
      onlyConflict(run);
      world.control().othersDelete("Contoso", 1, List.of(name(person)));

      assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();

      until(() -> now(run).count(RowState.READY) == 1);
      assertThat(now(run).phase()).isEqualTo(Run.Phase.ASKS);
      assertThat(world.workplace().conflicts().open()).isEmpty();
      assertThat(effects()).isEmpty();
    }

    @Test
    void isShownAnewWhenWhatIsThereChangedBeforeTheDecision() throws Exception {
      Target.Person person = person(0);
      Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, ""));
      world.online(() -> world.control().othersInvite("Contoso", List.of(name(person))));
      Conflict shown = onlyConflict(run);
      world.control().othersDelete("Contoso", 1, List.of(name(person)));
      world.control().othersInvite("Contoso", List.of(name(person)));

      int decided =
          world.workplace().conflicts().decide(List.of(shown), Decision.REPLACE_WITH_MINE);

      assertThat(decided).isZero();
      Conflict anew = onlyConflict(run);
      assertThat(anew.now().invitation()).isNotEqualTo(shown.now().invitation());
      assertThat(runs().all()).hasSize(1);
      assertThat(effects()).isEmpty();
      assertThat(world.workplace().conflicts().decide(List.of(anew), Decision.REPLACE_WITH_MINE))
          .isOne();
      assertThat(world.settled(runs().all().getFirst()))
          .extracting(RunRow::state)
          .containsOnly(RowState.INVITED);
    }

    @Test
    void replacesNothingThatWasDecidedToBeKept() throws Exception {
      List<Target.Person> people = world.people("Contoso", 2);
      Run run = world.offline(() -> runs().invite(contoso, people, true, ""));
      world.online(() ->
          world
              .control()
              .othersInvite("Contoso", people.stream().map(WaitingRunsTest::name).toList()));
      until(() -> world.workplace().conflicts().open().size() == 2);
      List<Conflict> shown = world.workplace().conflicts().open();
      decide(shown.getFirst(), Decision.KEEP_THEIRS);

      assertThat(world.workplace().conflicts().decide(shown, Decision.REPLACE_WITH_MINE)).isOne();

      Run instead = runs().all().getFirst();
      assertThat(instead.number()).isNotEqualTo(run.number());
      assertThat(world.settled(instead))
          .extracting(row -> row.target().name())
          .containsExactly(shown.getLast().row().target().name());
    }

    @Test
    void asksNextWhatElseStandsAgainstTheWish() throws Exception {
      Group gone = groups().getFirst();
      Target.Person person = new Target.Person(person(0).username(), List.of(), List.of(gone));
      Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, ""));
      world.online(() -> {
        world.control().othersInvite("Contoso", List.of(name(person)));
        world.control().removeGroup("Contoso", gone.name());
      });
      Conflict first = onlyConflict(run);
      assertThat(first.kind()).isEqualTo(Kind.GIFT_GONE);

      decide(first, Decision.INVITE_WITHOUT);

      assertThat(onlyConflict(run).kind()).isEqualTo(Kind.INVITED_MEANWHILE);
      assertThat(effects()).isEmpty();
    }

    @Test
    void ofAnExpiredCodeHoldsNobodyUpWhoIsInvitedAgain() throws Exception {
      ConfirmationCode code = code(person(0));
      Run kept = world.offline(() -> kept(code, ""));
      world.online(() -> world.control().moveClock(Duration.ofHours(73)));
      Conflict card = onlyConflict(kept);
      assertThat(card.kind()).isEqualTo(Kind.CODE_EXPIRED);
      assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
      Invitations.Entry old =
          world.workplace().invitations().list(contoso).entries().stream()
              .filter(one -> one.username().equals(name(person(0))))
              .filter(one -> one.status() == InvitationStatus.EXPIRED)
              .findFirst()
              .orElseThrow();

      Run again =
          runs()
              .inviteAgain(
                  contoso,
                  List.of(new Runs.ToReplace(old.invitation().orElseThrow(), person(0))),
                  true,
                  Duration.ZERO);

      assertThat(world.settled(again)).extracting(RunRow::state).containsOnly(RowState.INVITED);
      assertThat(onlyConflict(kept).row()).isEqualTo(card.row());
    }

    @Test
    void ofAGroupThatNobodyMayNameOffersToInviteWithoutGroups() throws Exception {
      world.control().takeRight("pat", "Contoso", "internal_org_group_mgt_view");
      Group gone = groups().getFirst();
      List<Target.Person> people =
          world.people("Contoso", 2).stream()
              .map(one -> new Target.Person(one.username(), List.of(), List.of(gone)))
              .toList();
      world.control().removeGroup("Contoso", gone.name());
      Run run = runs().invite(contoso, people, true, "");

      assertThat(world.settled(run))
          .extracting(RunRow::state)
          .containsOnly(RowState.NEEDS_DECISION);
      List<Conflict> cards = world.workplace().conflicts().open();
      assertThat(cards).extracting(Conflict::kind).containsOnly(Kind.GIFT_GONE);
      assertThat(cards.getFirst().choices())
          .containsExactly(Decision.CHANGE, Decision.INVITE_WITHOUT, Decision.DISCARD);
      assertThat(world.workplace().conflicts().decide(cards, Decision.INVITE_WITHOUT)).isEqualTo(2);
      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
    }
  }

  @Test
  void anEditedPersonWhoIsDroppedIsNotSaidToBeUnknown() throws Exception {
    Target.Person real = person(1);
    Run run =
        world.offline(() ->
            runs()
                .invite(
                    contoso, List.of(PracticeWorld.person("nobody.at.all"), person(0)), true, ""));
    world.online(() -> {});
    until(() -> now(run).reviewed().isPresent());
    runs().goOn(run.number());
    Conflict card = onlyConflict(run);
    assertThat(card.kind()).isEqualTo(Kind.PERSON_NOT_FOUND);
    world.stopServer();
    world.workplace().session().probe();

    assertThat(world.workplace().conflicts().change(card, real)).isTrue();
    runs().stop(run.number());

    RunRow row = runs().rows(run.number()).getFirst();
    assertThat(row.target()).isEqualTo(real);
    assertThat(row.state()).isEqualTo(RowState.NOT_TRIED);
    assertThat(row.reason()).isEmpty();
    assertThat(row.alone()).isFalse();
    assertThat(decisions()).contains("pat: CHANGE " + real.username().qualified());
  }

  @Nested
  class Codes {
    @Test
    void areAcceptedWithoutLookingAlsoWhereTheRightWasTakenAwayMeanwhile() throws Exception {
      ConfirmationCode code = code(person(0));
      world.control().takeRight("pat", "Contoso", LIST);

      Run run =
          runs()
              .acceptWithoutLooking(
                  List.of(new Runs.ToAccept(code, Optional.empty(), Optional.empty())),
                  Ticket.NONE,
                  Duration.ZERO);

      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.JOINED);
    }

    @Test
    void thatWereLookedAtAskAfterTwoWeeksToo() throws Exception {
      ConfirmationCode code = code(person(0));
      Run run =
          world.offline(() ->
              runs()
                  .accept(
                      List.of(
                          new Runs.ToAccept(
                              code, Optional.of(name(person(0))), Optional.of(contoso))),
                      Ticket.NONE,
                      Duration.ZERO));
      world.clock().move(Duration.ofDays(15));
      world.online(() -> {});

      assertThat(onlyConflict(run).kind()).isEqualTo(Kind.TOO_OLD);
    }

    @Test
    void ofOneTicketAreComparedOverItsRuns() throws Exception {
      ConfirmationCode here = code(person(0));
      OrganizationId northwind = world.organization("Northwind");
      Run invited =
          runs().invite(northwind, List.of(world.people("Northwind", 1).getFirst()), false, "");
      ConfirmationCode elsewhere =
          runs().code(world.settled(invited).getFirst().id()).orElseThrow();
      Run first = kept(here, "INC-7");
      assertThat(world.settled(first)).extracting(RunRow::state).containsOnly(RowState.JOINED);

      Run second = kept(elsewhere, "INC-7");

      assertThat(world.settled(second))
          .extracting(RunRow::state)
          .containsOnly(RowState.NEEDS_DECISION);
      assertThat(onlyConflict(second).kind()).isEqualTo(Kind.CODE_ELSEWHERE);
    }

    @Test
    void askFirstWhereSomebodyWantsThat() throws Exception {
      ConfirmationCode code = code(person(0));
      Run run = world.offline(() -> kept(code, ""));
      runs().askFirst(run.number(), true);
      world.online(() -> {});
      Run other = kept(code(person(1)), "");
      assertThat(world.settled(other)).extracting(RunRow::state).containsOnly(RowState.JOINED);
      assertThat(now(run).phase()).isEqualTo(Run.Phase.ASKS);
      assertThat(now(run).count(RowState.READY)).isOne();

      runs().askFirst(run.number(), false);

      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.JOINED);
      assertThat(decisions()).contains("pat: RUN ASK_FIRST", "pat: RUN BY_ITSELF");
    }

    @Test
    void thatAreUnknownTellThatARunOfThisComputerReplacedThem() throws Exception {
      Target.Person person = person(0);
      ConfirmationCode old = code(person);
      assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
      Invitations.Entry listed =
          world.workplace().invitations().list(contoso).entries().stream()
              .filter(one -> one.username().equals(name(person)) && one.invitation().isPresent())
              .findFirst()
              .orElseThrow();
      Run again =
          runs()
              .inviteAgain(
                  contoso,
                  List.of(new Runs.ToReplace(listed.invitation().orElseThrow(), person)),
                  true,
                  Duration.ZERO);
      assertThat(world.settled(again)).extracting(RunRow::state).containsOnly(RowState.INVITED);
      Run kept = kept(old, "");
      Conflict card = onlyConflict(kept);
      assertThat(card.kind()).isEqualTo(Kind.CODE_UNKNOWN);

      CodeEvidence found = world.workplace().conflicts().why(card);

      assertThat(found.person()).contains(name(person));
      assertThat(found.organization()).contains(contoso);
      assertThat(found.ended()).map(RunRow::run).contains(again.number());
      assertThat(found.member()).contains(false);
      assertThat(found.accepted()).isEmpty();
    }
  }

  @Nested
  class WhatWasDropped {
    @Test
    void waitsAgainWhenItIsPickedUp() throws Exception {
      Run run =
          world.offline(() -> runs().invite(contoso, List.of(person(0), person(1)), true, ""));
      runs().stop(run.number());
      assertThat(now(run).done()).isTrue();
      assertThat(runs().canPickUp(run.number())).isTrue();

      assertThat(runs().pickUp(run.number())).isEqualTo(2);

      assertThat(now(run).phase()).isEqualTo(Run.Phase.ASKS);
      assertThat(now(run).count(RowState.READY)).isEqualTo(2);
      assertThat(runs().canPickUp(run.number())).isFalse();
      assertThat(decisions()).contains("pat: RUN DROP 2", "pat: RUN PICK_UP 2");
      world.online(() -> {});
      until(() -> now(run).reviewed().isPresent());
      runs().goOn(run.number());
      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
    }

    @Test
    void keepsItsCodes() throws Exception {
      ConfirmationCode code = code(person(0));
      Run run = world.offline(() -> kept(code, ""));
      runs().stop(run.number());
      assertThat(runs().pickUp(run.number())).isOne();
      world.online(() -> {});

      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.JOINED);
    }

    @Test
    void bySomebodyElseIsWrittenInTheNameOfWhoDidIt() throws Exception {
      Run run = world.offline(() -> runs().invite(contoso, List.of(person(0)), true, ""));
      world.online(() -> {});
      signInAs("ina");

      runs().discardOf("pat");

      assertThat(decisions()).contains("ina: RUN DROP 1");
      assertThat(lines())
          .filteredOn(line ->
              line.kind() == Activity.Kind.ROW_DONE && line.run().equals(Optional.of(run.number())))
          .extracting(Activity::account)
          .containsExactly("ina");
    }
  }

  // ------------------------------------------------------------------ words of this class

  /// Others act before this program notices that the server is back.
  private void signInAs(String account) throws Exception {
    world.workplace().session().signOut();
    world.signIn(account);
    world.workplace().organizations().switchTo(contoso);
  }

  private Conflict onlyConflict(Run run) {
    until(() -> now(run).count(RowState.NEEDS_DECISION) > 0);
    List<Conflict> open = world.workplace().conflicts().open();
    assertThat(open).hasSize(1);
    return open.getFirst();
  }

  private void decide(Conflict conflict, Decision decision) {
    assertThat(world.workplace().conflicts().decide(List.of(conflict), decision)).isOne();
  }

  private List<Activity> lines() {
    return world.store().activity().find(Activity.Filter.EVERYTHING, Long.MAX_VALUE, 1_000);
  }

  private List<String> decisions() {
    return lines().stream()
        .filter(line -> line.kind() == Activity.Kind.DECIDED)
        .map(line -> line.account() + ": " + line.detail())
        .toList();
  }

  /// What this program changed on the server.
  private List<Effect.Kind> effects() {
    return world.control().log().effects().stream()
        .filter(one -> one.request() > 0)
        .map(Effect::kind)
        .toList();
  }

  private Runs runs() {
    return world.workplace().runs();
  }

  private Run now(Run run) {
    return runs().find(run.number()).orElseThrow();
  }

  private Target.Person person(int which) {
    if (people.isEmpty()) {
      people = world.people("Contoso", 4);
    }
    return people.get(which);
  }

  private List<Target.Person> people = List.of();

  private static String name(Target.Person person) {
    return person.username().name();
  }

  private List<Group> groups() {
    return world.workplace().assignments().of(contoso).groups();
  }

  private Invitations.Entry somebodyPending() {
    return world.workplace().invitations().list(contoso).entries().stream()
        .filter(entry -> entry.status() == InvitationStatus.PENDING)
        .findFirst()
        .orElseThrow();
  }

  private ConfirmationCode code(Target.Person person) {
    Run run = runs().invite(contoso, List.of(person), false, "");
    return runs().code(world.settled(run).getFirst().id()).orElseThrow();
  }

  private Run kept(ConfirmationCode code, String ticket) {
    return runs()
        .accept(
            List.of(new Runs.ToAccept(code, Optional.empty(), Optional.empty())),
            Ticket.of(ticket),
            Duration.ZERO);
  }
}
