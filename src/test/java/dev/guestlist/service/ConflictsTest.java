package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.Activity;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Decision;
import dev.guestlist.model.Group;
import dev.guestlist.model.Held;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What was asked for without a connection, and what was there when the server was back.
@Execution(ExecutionMode.CONCURRENT)
class ConflictsTest {
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
  class Inviting {
    @Test
    void somebodyWhomSomebodyElseInvitedMeanwhileShowsBothVersions() throws Exception {
      Target.Person person = with(world.people("Contoso", 1).getFirst(), groups(1));
      Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, "INC-1"));
      world.online(() -> world.control().othersInvite("Contoso", List.of(name(person))));

      Conflict conflict = onlyConflict(run);

      assertThat(conflict.kind()).isEqualTo(Kind.INVITED_MEANWHILE);
      assertThat(conflict.then().asOf()).isPresent();
      assertThat(conflict.then().invitation()).isEmpty();
      assertThat(conflict.now().invitation())
          .hasValueSatisfying(it -> assertThat(it.status()).isEqualTo(Invitation.Status.PENDING));
      assertThat(conflict.choices())
          .containsExactly(Decision.KEEP_THEIRS, Decision.REPLACE_WITH_MINE);
      assertThat(effects(Effect.Kind.INVITED)).as("nothing left by itself").hasSize(1);
    }

    @Test
    void replacingThatIsDecidedWhileNobodyIsSignedInLeavesInNobodyElsesName() throws Exception {
      world.workplace().session().signOut();
      world.signIn("ina");
      world.workplace().organizations().switchTo(contoso);
      Target.Person person = world.people("Contoso", 1).getFirst();
      Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, ""));
      world.online(() -> world.control().othersInvite("Contoso", List.of(name(person))));
      onlyConflict(run);
      world.restartProgram();

      decide(onlyConflict(run), Decision.REPLACE_WITH_MINE);

      assertThat(runs().all().getFirst().account()).isEqualTo("ina");
      world.control().clearLog();
      world.signIn("pat");
      world.workplace().worker().tryNow();
      until(() -> runs().all().getFirst().phase() == Run.Phase.ASKS);
      assertThat(world.control().log().effects()).isEmpty();
    }

    @Test
    void whatBecameAQuestionAfterAStopIsAskedNoMore() throws Exception {
      Run run =
          world.offline(
              () -> runs().invite(contoso, List.of(PracticeWorld.person("nobody.here")), true, ""));
      world.online(() -> {});
      until(() -> runs().find(run.number()).orElseThrow().reviewed().isPresent());
      world.control().answerSlowly(Duration.ofMillis(800));
      runs().goOn(run.number());
      until(() -> runs().find(run.number()).orElseThrow().count(RowState.SENDING) > 0);
      runs().stop(run.number());

      until(() -> runs().find(run.number()).orElseThrow().done());
      assertThat(world.workplace().conflicts().open()).isEmpty();
    }

    @Test
    void aGroupThatVanishesBeforeTheCallAsksEverybodyWhoWasToGetIt() throws Exception {
      Group gone = groups(1).getFirst();
      List<Target.Person> people =
          world.people("Contoso", 2).stream().map(one -> with(one, List.of(gone))).toList();
      world.control().removeGroup("Contoso", gone.name());

      Run run = runs().invite(contoso, people, true, "");

      assertThat(world.settled(run))
          .extracting(RunRow::state)
          .containsOnly(RowState.NEEDS_DECISION);
      List<Conflict> open = world.workplace().conflicts().open();
      assertThat(open).extracting(Conflict::gone).containsOnly(List.of(gone.name()));
      assertThat(effects(Effect.Kind.INVITED)).as("nobody is invited").isEmpty();
      world.workplace().conflicts().decide(open, Decision.INVITE_WITHOUT);
      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
    }

    @Test
    void keepingTheirsSendsNothingAndIsWrittenDown() throws Exception {
      Target.Person person = world.people("Contoso", 1).getFirst();
      Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, "INC-1"));
      world.online(() -> world.control().othersInvite("Contoso", List.of(name(person))));

      assertThat(decide(onlyConflict(run), Decision.KEEP_THEIRS)).isOne();

      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.NOT_TRIED);
      assertThat(effects(Effect.Kind.INVITED)).hasSize(1);
      assertThat(decisions()).containsExactly(name(person) + " KEEP_THEIRS INC-1");
    }

    @Test
    void replacingDeletesTheirsAndInvitesWithWhatWasWanted() throws Exception {
      Target.Person person = with(world.people("Contoso", 1).getFirst(), groups(1));
      Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, ""));
      world.online(() -> world.control().othersInvite("Contoso", List.of(name(person))));
      Conflict conflict = onlyConflict(run);

      decide(conflict, Decision.REPLACE_WITH_MINE);

      Run instead = runs().all().getFirst();
      assertThat(instead.number()).isGreaterThan(run.number());
      assertThat(world.settled(instead)).extracting(RunRow::state).containsOnly(RowState.INVITED);
      assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
      assertThat(pendingOf(person))
          .singleElement()
          .satisfies(entry -> assertThat(ids(entry.groups())).isEqualTo(ids(person.groups())));
    }

    @Test
    void somebodyWhomTheServerDoesNotKnowAsksForAnotherNameOnceItWaited() throws Exception {
      Target.Person real = world.people("Contoso", 1).getFirst();
      Target.Person wrong = PracticeWorld.person("nobody.at.all");
      Run run = world.offline(() -> runs().invite(contoso, List.of(wrong), true, "INC-1"));
      world.online(() -> {});
      until(() -> runs().find(run.number()).orElseThrow().reviewed().isPresent());
      runs().goOn(run.number());

      Conflict conflict = onlyConflict(run);

      assertThat(conflict.kind()).isEqualTo(Kind.PERSON_NOT_FOUND);
      assertThat(conflict.choices()).containsExactly(Decision.CHANGE, Decision.DISCARD);
      assertThat(conflict.row().serverText()).isNotBlank();
      assertThat(world.workplace().conflicts().change(conflict, real)).isTrue();
      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
    }

    @Test
    void somebodyWhomTheServerDoesNotKnowStaysRefusedWhenDiscarded() throws Exception {
      List<Target.Person> people =
          List.of(PracticeWorld.person("nobody.at.all"), world.people("Contoso", 1).getFirst());
      Run run = world.offline(() -> runs().invite(contoso, people, true, ""));
      world.online(() -> {});
      until(() -> runs().find(run.number()).orElseThrow().reviewed().isPresent());
      runs().goOn(run.number());
      decide(onlyConflict(run), Decision.DISCARD);

      assertThat(world.settled(run))
          .extracting(RunRow::state)
          .containsExactly(RowState.REFUSED, RowState.INVITED);
    }

    @Test
    void somebodyWhoIsAMemberAlreadySettlesItself() throws Exception {
      RunRow invited = invitedWithCode();
      ConfirmationCode code = runs().code(invited.id()).orElseThrow();
      Target.Person person = (Target.Person) invited.target();
      Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, ""));
      world.online(() -> accepted(code));

      assertThat(world.settled(run))
          .extracting(RunRow::state)
          .containsOnly(RowState.ALREADY_MEMBER);
      assertThat(effects(Effect.Kind.INVITED)).hasSize(1);
    }

    @Test
    void aGroupThatIsGoneIsNamedAndCanBeLeftOut() throws Exception {
      List<Group> groups = groups(2);
      Target.Person person = with(world.people("Contoso", 1).getFirst(), groups);
      Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, ""));
      world.online(() -> world.control().removeGroup("Contoso", groups.getFirst().name()));

      Conflict conflict = onlyConflict(run);
      assertThat(conflict.kind()).isEqualTo(Kind.GIFT_GONE);
      assertThat(conflict.gone()).containsExactly(groups.getFirst().name());
      decide(conflict, Decision.INVITE_WITHOUT);

      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
      assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
      assertThat(pendingOf(person))
          .singleElement()
          .satisfies(entry -> assertThat(ids(entry.groups())).isEqualTo(ids(groups.subList(1, 2))));
    }

    @Test
    void whatIsClearWaitsForAWordAndLeavesBesideWhatIsNot() throws Exception {
      List<Target.Person> people = world.people("Contoso", 3);
      Run run = world.offline(() -> runs().invite(contoso, people, true, ""));
      world.online(() -> world.control().othersInvite("Contoso", List.of(name(people.get(1)))));
      onlyConflict(run);

      Run reviewed = runs().find(run.number()).orElseThrow();
      assertThat(reviewed.phase()).isEqualTo(Run.Phase.ASKS);
      assertThat(reviewed.reviewed()).isPresent();
      assertThat(reviewed.count(RowState.READY)).isEqualTo(2);
      assertThat(effects(Effect.Kind.INVITED)).hasSize(1);
      runs().goOn(run.number());

      assertThat(world.settled(run))
          .extracting(RunRow::state)
          .containsExactly(RowState.INVITED, RowState.NEEDS_DECISION, RowState.INVITED);
    }

    @Test
    void withoutTheRightToListNothingStandsAgainstAnInvitation() throws Exception {
      Target.Person person = world.people("Contoso", 1).getFirst();
      Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, ""));
      world.startServer();
      world.control().takeRight("pat", "Contoso", "internal_org_guest_mgt_invite_list");
      world.restartProgram();
      world.signIn("pat");
      world.workplace().worker().tryNow();

      until(() -> runs().find(run.number()).orElseThrow().reviewed().isPresent());
      assertThat(runs().find(run.number()).orElseThrow().count(RowState.READY))
          .as("without the right to list nothing stands against it")
          .isOne();
    }
  }

  @Nested
  class Deleting {
    @Test
    void whatIsGoneSettlesItself() throws Exception {
      Invitations.Entry entry = somebodyPending();
      Run run =
          world.offline(() -> runs().delete(contoso, List.of(toDelete(entry)), Duration.ZERO));
      world.online(() -> world.control().othersDelete("Contoso", 1, List.of(entry.username())));

      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.WAS_GONE);
    }

    @Test
    void aNewerInvitationOfTheSamePersonAsksFirst() throws Exception {
      Invitations.Entry entry = somebodyPending();
      Run run =
          world.offline(() -> runs().delete(contoso, List.of(toDelete(entry)), Duration.ZERO));
      world.online(() -> {
        world.control().othersDelete("Contoso", 1, List.of(entry.username()));
        world.control().othersInvite("Contoso", List.of(entry.username()));
      });

      Conflict conflict = onlyConflict(run);
      assertThat(conflict.kind()).isEqualTo(Kind.NEWER_INVITATION);
      assertThat(conflict.now().invitation().map(Invitation::id)).isNotEqualTo(entry.invitation());
      decide(conflict, Decision.DELETE_NEWER);

      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.DELETED);
      assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
      assertThat(listed(entry.username())).isEmpty();
    }
  }

  @Nested
  class InvitingAgain {
    @Test
    void somethingElseThanBeforeShowsBeforeAndAfter() throws Exception {
      Invitations.Entry entry = somebodyPending();
      Target.Person mine = with(PracticeWorld.person(entry.username()), groups(1));
      Run run =
          world.offline(() ->
              runs()
                  .inviteAgain(
                      contoso,
                      List.of(new Runs.ToReplace(entry.invitation().orElseThrow(), mine)),
                      true,
                      Duration.ZERO));
      world.online(() -> {
        world.control().othersDelete("Contoso", 1, List.of(entry.username()));
        world.control().othersInvite("Contoso", List.of(entry.username()));
      });

      Conflict conflict = onlyConflict(run);
      assertThat(conflict.kind()).isEqualTo(Kind.CHANGED_MEANWHILE);
      assertThat(conflict.then().invitation().map(Invitation::id)).isEqualTo(entry.invitation());
      decide(conflict, Decision.USE_MINE);

      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
      assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
      assertThat(pendingOf(mine))
          .singleElement()
          .satisfies(one -> assertThat(ids(one.groups())).isEqualTo(ids(mine.groups())));
    }
  }

  @Nested
  class Accepting {
    @Test
    void aCodeForAnotherOrganizationThanTheOthersOfItsTicketAsks() throws Exception {
      OrganizationId northwind = world.organization("Northwind");
      List<ConfirmationCode> here = codes(contoso, "Contoso", 2);
      ConfirmationCode elsewhere = codes(northwind, "Northwind", 1).getFirst();
      Run run = world.offline(() -> kept(List.of(here.get(0), elsewhere, here.get(1))));
      world.online(() -> {});

      assertThat(world.settled(run))
          .extracting(RunRow::state)
          .containsExactly(RowState.JOINED, RowState.NEEDS_DECISION, RowState.JOINED);
      Conflict conflict = onlyConflict(run);
      assertThat(conflict.kind()).isEqualTo(Kind.CODE_ELSEWHERE);
      assertThat(conflict.organization()).contains(northwind);
      decide(conflict, Decision.ACCEPT_TOO);

      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.JOINED);
    }

    @Test
    void aLookThatGotLostLetsNothingGoUncompared() throws Exception {
      ConfirmationCode elsewhere =
          codes(world.organization("Northwind"), "Northwind", 1).getFirst();
      List<ConfirmationCode> here = codes(contoso, "Contoso", 2);
      world.control().dropBeforeWork("/guests/invitation/introspect", 1);

      Run run = kept(List.of(elsewhere, here.get(0), here.get(1)));

      assertThat(world.settled(run))
          .extracting(RunRow::state)
          .containsExactly(RowState.NEEDS_DECISION, RowState.JOINED, RowState.JOINED);
      assertThat(onlyConflict(run).kind()).isEqualTo(Kind.CODE_ELSEWHERE);
    }

    @Test
    void codesThatAreCheckedAgainAreComparedToo() throws Exception {
      ConfirmationCode elsewhere =
          codes(world.organization("Northwind"), "Northwind", 1).getFirst();
      List<ConfirmationCode> here = codes(contoso, "Contoso", 2);
      Run run = world.offline(() -> kept(List.of(elsewhere, here.get(0), here.get(1))));
      world.startServer();
      world.control().takeRight("pat", "Contoso", LIST);
      world.control().takeRight("pat", "Northwind", LIST);
      signInAnew();
      world.workplace().worker().tryNow();
      assertThat(world.settled(run))
          .extracting(row -> row.reason().orElseThrow())
          .containsOnly(Reason.NOT_CHECKED);

      world.control().giveRight("pat", "Contoso", LIST);
      world.control().giveRight("pat", "Northwind", LIST);
      signInAnew();
      world
          .workplace()
          .conflicts()
          .decide(world.workplace().conflicts().open(), Decision.TRY_AGAIN);

      assertThat(world.settled(run))
          .extracting(RunRow::state)
          .containsExactly(RowState.NEEDS_DECISION, RowState.JOINED, RowState.JOINED);
      assertThat(onlyConflict(run).kind()).isEqualTo(Kind.CODE_ELSEWHERE);
    }

    @Test
    void whatNobodyMayLookUpAfterALostAnswerEndsAsNotKnown() throws Exception {
      ConfirmationCode code = codes(contoso, "Contoso", 1).getFirst();
      world.control().takeRight("pat", "Contoso", LIST);
      signInAnew();
      world.control().dropAfterWork("/guests/invitation/accept", 1);
      Run run =
          runs()
              .acceptWithoutLooking(
                  List.of(new Runs.ToAccept(code, Optional.empty(), Optional.empty())),
                  Ticket.NONE,
                  Duration.ZERO);
      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.CANNOT_TELL);
    }

    private void signInAnew() throws Exception {
      world.workplace().session().signOut();
      world.signIn("pat");
      world.workplace().organizations().switchTo(contoso);
    }

    @Test
    void aCodeThatEndedMeanwhileIsNeverSent() throws Exception {
      ConfirmationCode code = codes(contoso, "Contoso", 1).getFirst();
      Run run = world.offline(() -> kept(List.of(code)));
      world.online(() -> world.control().moveClock(Duration.ofDays(5)));

      assertThat(onlyConflict(run).kind()).isEqualTo(Kind.CODE_EXPIRED);
      assertThat(acceptCalls()).isZero();
      decide(onlyConflict(run), Decision.DISCARD);
      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.NOT_TRIED);
    }

    @Test
    void aCodeThatIsNotKnownAnyMoreAsksAndStaysRefusedWhenDiscarded() throws Exception {
      ConfirmationCode code = codes(contoso, "Contoso", 1).getFirst();
      Run run = world.offline(() -> kept(List.of(code)));
      world.online(() -> accepted(code));

      assertThat(onlyConflict(run).kind()).isEqualTo(Kind.CODE_UNKNOWN);
      decide(onlyConflict(run), Decision.DISCARD);
      assertThat(world.settled(run))
          .extracting(RunRow::state, row -> row.reason().orElseThrow())
          .containsOnly(
              org.assertj.core.api.Assertions.tuple(RowState.REFUSED, Reason.UNKNOWN_CODE));
    }

    @Test
    void aCodeThatWasAcceptedFromHereSaysWhenAndForWhichTicket() throws Exception {
      ConfirmationCode code = codes(contoso, "Contoso", 1).getFirst();
      Run first =
          runs()
              .accept(
                  List.of(new Runs.ToAccept(code, Optional.empty(), Optional.empty())),
                  Ticket.of("INC-1"),
                  Duration.ZERO);
      RunRow joined = world.settled(first).getFirst();
      Run again = kept(List.of(code));

      Conflict conflict = onlyConflict(again);

      assertThat(conflict.kind()).isEqualTo(Kind.CODE_UNKNOWN);
      assertThat(conflict.run().ticket().number()).isEqualTo("INC-9");
      assertThat(conflict.before())
          .hasValueSatisfying(before -> {
            assertThat(before.ticket()).isEqualTo("INC-1");
            assertThat(before.when()).isEqualTo(joined.changed());
            assertThat(before.person()).isEqualTo(joined.target().name());
          });
      decide(conflict, Decision.DISCARD);
      RunRow refused = world.settled(again).getFirst();
      assertThat(runs().acceptedBefore(refused)).isEqualTo(conflict.before());
    }

    @Test
    void theQuestionAboutACodeHoldsNobodyUpWhoCallsAgain() throws Exception {
      ConfirmationCode old = codes(contoso, "Contoso", 1).getFirst();
      CodeDesk.Look.Found person = (CodeDesk.Look.Found) world.workplace().codes().look(old);
      Run kept = world.offline(() -> kept(List.of(old)));
      world.clock().move(Duration.ofDays(15));
      world.online(() -> {});
      Conflict question = onlyConflict(kept);
      assertThat(question.row().target().name()).isEqualTo(person.check().username());

      Run called = kept(List.of(old));

      assertThat(world.settled(called)).extracting(RunRow::state).containsOnly(RowState.JOINED);
      assertThat(onlyConflict(kept).row()).isEqualTo(question.row());
    }

    @Test
    void aPromiseOlderThanTwoWeeksAsksFirst() throws Exception {
      ConfirmationCode code = codes(contoso, "Contoso", 1).getFirst();
      Run run = world.offline(() -> kept(List.of(code)));
      world.clock().move(Duration.ofDays(15));
      world.online(() -> {});

      assertThat(onlyConflict(run).kind()).isEqualTo(Kind.TOO_OLD);
      assertThat(acceptCalls()).isZero();
    }

    @Test
    void withNobodySignedInItLeavesOnlyWhenSomebodySaysSo() throws Exception {
      ConfirmationCode code = codes(contoso, "Contoso", 1).getFirst();
      world.workplace().session().signOut();
      Run run = kept(List.of(code));
      world.workplace().worker().tryNow();
      assertThat(runs().find(run.number()).orElseThrow().count(RowState.READY)).isOne();

      world.workplace().conflicts().acceptWithoutLooking(run.number());

      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.JOINED);
      assertThat(decisions()).hasSize(1);
    }

    @Test
    void aWrongCodeSentWithoutLookingIsRefused() throws Exception {
      world.workplace().session().signOut();
      ConfirmationCode wrong = ConfirmationCode.asGiven("0b0b0b0b-1111-4222-8333-444455556666");

      Run run =
          runs()
              .acceptWithoutLooking(
                  List.of(new Runs.ToAccept(wrong, Optional.empty(), Optional.empty())),
                  Ticket.NONE,
                  Duration.ZERO);

      assertThat(world.settled(run))
          .extracting(RunRow::state, row -> row.reason().orElseThrow())
          .containsOnly(
              org.assertj.core.api.Assertions.tuple(RowState.REFUSED, Reason.UNKNOWN_CODE));
    }
  }

  @Test
  void aDecisionThatIsNotOfferedIsRefused() throws Exception {
    Target.Person person = world.people("Contoso", 1).getFirst();
    Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, ""));
    world.online(() -> world.control().othersInvite("Contoso", List.of(name(person))));
    Conflict conflict = onlyConflict(run);

    assertThatThrownBy(() -> decide(conflict, Decision.ACCEPT_TOO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(decide(conflict, Decision.KEEP_THEIRS)).isOne();
    assertThat(decide(conflict, Decision.KEEP_THEIRS)).as("decided already").isZero();
  }

  @Test
  void manyAlikeAreDecidedAtOnce() throws Exception {
    List<Target.Person> people = world.people("Contoso", 4);
    Run run = world.offline(() -> runs().invite(contoso, people, true, ""));
    world.online(() ->
        world.control().othersInvite("Contoso", people.stream().map(ConflictsTest::name).toList()));
    until(() -> world.workplace().conflicts().open().size() == 4);

    int decided =
        world
            .workplace()
            .conflicts()
            .decide(world.workplace().conflicts().open(), Decision.REPLACE_WITH_MINE);

    assertThat(decided).isEqualTo(4);
    assertThat(world.settled(runs().all().getFirst()))
        .hasSize(4)
        .extracting(RunRow::state)
        .containsOnly(RowState.INVITED);
    assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.NOT_TRIED);
    assertThat(decisions()).hasSize(4);
  }

  @Test
  void aRunOfAnotherAccountIsNeitherLookedAtNorSent() throws Exception {
    Target.Person person = world.people("Contoso", 1).getFirst();
    Run run = world.offline(() -> runs().invite(contoso, List.of(person), true, ""));
    world.startServer();
    world.restartProgram();
    world.signIn("ina");
    world.workplace().worker().tryNow();

    until(() -> world.workplace().session().ready());
    assertThat(runs().find(run.number()).orElseThrow().reviewed()).isEmpty();
    assertThat(Held.parse(runs().find(run.number()).orElseThrow().why()).kind())
        .isEqualTo(Held.Kind.POSTED_OFFLINE);
    assertThat(effects(Effect.Kind.INVITED)).isEmpty();
  }

  /// A list of invitations may name a group without its store.
  private static List<String> ids(List<Group> groups) {
    return groups.stream().map(Group::id).toList();
  }

  /// Others act before this program notices that the server is back.
  private Conflict onlyConflict(Run run) {
    until(() -> runs().find(run.number()).orElseThrow().count(RowState.NEEDS_DECISION) > 0);
    List<Conflict> open = world.workplace().conflicts().open();
    assertThat(open).hasSize(1);
    return open.getFirst();
  }

  private int decide(Conflict conflict, Decision decision) {
    return world.workplace().conflicts().decide(List.of(conflict), decision);
  }

  private List<String> decisions() {
    return world.store().activity().find(Activity.Filter.EVERYTHING, Long.MAX_VALUE, 1_000).stream()
        .filter(line -> line.kind() == Activity.Kind.DECIDED)
        .map(line -> (line.person() + " " + line.detail() + " " + line.ticket().number()).strip())
        .toList();
  }

  private Runs runs() {
    return world.workplace().runs();
  }

  private List<Group> groups(int count) {
    List<Group> groups = world.workplace().assignments().of(contoso).groups();
    assertThat(groups).hasSizeGreaterThanOrEqualTo(count);
    return groups.subList(0, count);
  }

  private static Target.Person with(Target.Person person, List<Group> groups) {
    return new Target.Person(person.username(), person.roles(), groups);
  }

  private static String name(Target.Person person) {
    return person.username().name();
  }

  private List<Invitations.Entry> listed(String username) {
    return world.workplace().invitations().list(contoso).entries().stream()
        .filter(entry -> entry.username().equals(username))
        .filter(entry -> entry.status().standsOnServer())
        .toList();
  }

  private List<Invitations.Entry> pendingOf(Target.Person person) {
    return listed(name(person));
  }

  private Invitations.Entry somebodyPending() {
    return world.workplace().invitations().list(contoso).entries().stream()
        .filter(entry -> entry.status() == InvitationStatus.PENDING)
        .filter(entry -> listed(entry.username()).size() == 1)
        .findFirst()
        .orElseThrow();
  }

  private static Runs.ToDelete toDelete(Invitations.Entry entry) {
    return new Runs.ToDelete(entry.invitation().orElseThrow(), entry.username());
  }

  private RunRow invitedWithCode() {
    Run run = runs().invite(contoso, world.people("Contoso", 1), false, "");
    return world.settled(run).getFirst();
  }

  private List<ConfirmationCode> codes(OrganizationId organization, String name, int count) {
    Run run = runs().invite(organization, world.people(name, count), false, "");
    return world.settled(run).stream().map(row -> runs().code(row.id()).orElseThrow()).toList();
  }

  private Run kept(List<ConfirmationCode> codes) {
    return runs()
        .accept(
            codes.stream()
                .map(code -> new Runs.ToAccept(code, Optional.empty(), Optional.empty()))
                .toList(),
            Ticket.of("INC-9"),
            Duration.ZERO);
  }

  /// Somebody opens the link of the mail.
  private void accepted(ConfirmationCode code) throws Exception {
    world.workplace().session().server().accept(code);
  }

  private List<Effect> effects(Effect.Kind kind) {
    return world.control().log().effects().stream().filter(one -> one.kind() == kind).toList();
  }

  private long acceptCalls() {
    return world.control().log().requests().stream()
        .filter(one -> one.path().contains("/guests/invitation/accept"))
        .count();
  }
}
