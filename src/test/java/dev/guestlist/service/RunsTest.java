package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.person;
import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Held;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Role;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.store.KeyFile;
import dev.guestlist.store.LocalStore;
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
class RunsTest {
  private static final Duration NO_GRACE = Duration.ZERO;

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
  class Inviting {
    @Test
    void givesEveryPersonAnOutcomeOfTheirOwn() {
      List<Target.Person> people = world.people("Contoso", 2);
      Run run = invite(false, people.get(0), person("nobody.at.all"), people.get(1));

      assertThat(world.settled(run))
          .extracting(RunRow::state, row -> row.reason().orElse(null))
          .containsExactly(
              tuple(RowState.INVITED, null),
              tuple(RowState.REFUSED, Reason.UNKNOWN_USER),
              tuple(RowState.INVITED, null));
    }

    @Test
    void keepsTheCodesSealedAndTheyWork() {
      Run run = invite(false, world.people("Contoso", 1).getFirst());

      RunRow row = world.settled(run).getFirst();
      ConfirmationCode code = world.workplace().runs().code(row.id()).orElseThrow();
      assertThat(world.workplace().codes().look(code)).isInstanceOf(CodeDesk.Look.Found.class);
    }

    @Test
    void asksForNoCodesWhenTheServerMails() {
      Run run = invite(true, world.people("Contoso", 1).getFirst());

      RunRow row = world.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.INVITED);
      assertThat(world.workplace().runs().code(row.id())).isEmpty();
      assertThat(world.control().mails().getFirst().person()).isEqualTo(row.target().name());
    }

    @Test
    void learnsFromTheListWhatALostAnswerBrought() {
      world.control().dropAfterWork("/guests/invite", 1);
      Run run = invite(true, world.people("Contoso", 3));

      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
      assertThat(effects(Effect.Kind.INVITED)).hasSize(3);
      assertThat(requests("POST", "/guests/invite")).isEqualTo(1);
    }

    @Test
    void saysThatTheCodesAreLostWhenTheAnswerWithThemWas() {
      world.control().dropAfterWork("/guests/invite", 1);
      Run run = invite(false, world.people("Contoso", 2));

      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.CODE_LOST);
      assertThat(effects(Effect.Kind.INVITED)).hasSize(2);
    }

    @Test
    void sendsAgainWhatNeverArrived() {
      world.control().dropBeforeWork("/guests/invite", 1);
      Run run = invite(true, world.people("Contoso", 2));

      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
      assertThat(effects(Effect.Kind.INVITED)).hasSize(2);
      assertThat(requests("POST", "/guests/invite")).as("one lost, then each alone").isEqualTo(3);
    }

    @Test
    void goesOnWithTheRestWhenTheServerFailsInTheMiddle() {
      world.control().crashInviteAfter(1);
      Run run = invite(true, world.people("Contoso", 4));

      assertThat(world.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
      assertThat(effects(Effect.Kind.INVITED))
          .extracting(Effect::person)
          .doesNotHaveDuplicates()
          .hasSize(4);
    }

    @Test
    void takesNobodyElsesInvitationForOursBecauseACallHadToWait() {
      Target.Person wanted = world.people("Contoso", 1).getFirst();
      world.control().beBusy("/guests/invite", 503, 1, OptionalInt.of(30));
      Run run = invite(true, wanted);
      PracticeWorld.until(() ->
          requests("POST", "/guests/invite") == 1
              && world.workplace().runs().find(run.number()).orElseThrow().count(RowState.READY)
                  == 1);
      world.control().othersInvite(contoso.value(), List.of(wanted.username().name()));
      world.clock().move(Duration.ofSeconds(31));
      world.workplace().worker().tryNow();

      RunRow row = world.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.REFUSED);
      assertThat(row.reason()).contains(Reason.ALREADY_INVITED);
    }

    @Test
    void countsSomebodyElsesInvitationAsTheirs() {
      Target.Person wanted = world.people("Contoso", 1).getFirst();
      world.control().othersInvite(contoso.value(), List.of(wanted.username().name()));
      world.control().dropAfterWork("/guests/invite", 1);
      Run run = invite(true, wanted);

      RunRow row = world.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.REFUSED);
      assertThat(row.reason()).contains(Reason.ALREADY_INVITED);
    }

    @Test
    void cannotTellWhenTheListMayNotBeRead() throws Exception {
      world.control().takeRight("pat", contoso.value(), "internal_org_guest_mgt_invite_list");
      world.workplace().session().signOut();
      world.signIn("pat");
      world.workplace().organizations().switchTo(contoso);
      world.control().dropAfterWork("/guests/invite", 1);
      Run run = invite(true, world.people("Contoso", 1));

      assertThat(world.settled(run))
          .extracting(RunRow::state)
          .containsExactly(RowState.CANNOT_TELL);
      assertThat(effects(Effect.Kind.INVITED)).hasSize(1);
    }

    @Test
    void waitsAsLongAsABusyServerAsks() {
      world.control().beBusy("/guests/invite", 503, 1, OptionalInt.of(1));
      Run run = invite(true, world.people("Contoso", 1));

      assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.INVITED);
      assertThat(effects(Effect.Kind.INVITED)).hasSize(1);
    }

    @Test
    void asksWhenARoleIsGoneAndNobodyIsInvited() {
      Role gone = new Role("00000000-0000-0000-0000-000000000000", "Auditor", Optional.empty());
      Target.Person somebody = world.people("Contoso", 1).getFirst();
      Run run = invite(true, new Target.Person(somebody.username(), List.of(gone), List.of()));

      RunRow row = world.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.NEEDS_DECISION);
      assertThat(row.reason()).contains(Reason.UNKNOWN_ROLE);
      assertThat(effects(Effect.Kind.INVITED)).isEmpty();
    }

    @Test
    void asksWhereARoleIsGoneAndTheAccountMaySeeNone() {
      world.control().takeRight("pat", "Contoso", "internal_org_role_mgt_view");
      Role gone = new Role("00000000-0000-0000-0000-000000000000", "Auditor", Optional.empty());
      Target.Person somebody = world.people("Contoso", 1).getFirst();
      Run run = invite(true, new Target.Person(somebody.username(), List.of(gone), List.of()));

      RunRow row = world.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.NEEDS_DECISION);
      assertThat(row.reason()).contains(Reason.UNKNOWN_ROLE);
      assertThat(effects(Effect.Kind.INVITED)).isEmpty();
    }

    @Test
    void isHeldWithoutTheRight() throws Exception {
      world.workplace().session().signOut();
      world.signIn("lis");
      world.workplace().organizations().switchTo(contoso);
      Run run = invite(true, world.people("Contoso", 1));

      until(() -> phase(run) == Run.Phase.HELD);
      assertThat(Held.parse(world.workplace().runs().find(run.number()).orElseThrow().why()).kind())
          .isEqualTo(Held.Kind.RIGHT_MISSING);
      assertThat(effects(Effect.Kind.INVITED)).isEmpty();
    }

    @Test
    void learnsTheIdsOfWhatItInvited() {
      Run run = invite(false, world.people("Contoso", 2));
      world.settled(run);

      until(() ->
          world.workplace().runs().rows(run.number()).stream()
              .allMatch(row -> row.invitation().isPresent()));
    }
  }

  @Nested
  class Deleting {
    @Test
    void deletesAfterTheGrace() {
      Runs.ToDelete one = somebodyInvited();
      Run run = world.workplace().runs().delete(contoso, List.of(one), NO_GRACE);

      assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.DELETED);
      assertThat(listed()).doesNotContain(one.invitation().value());
    }

    @Test
    void canBeTakenBackWhileTheGraceLasts() {
      Runs.ToDelete one = somebodyInvited();
      Run run = world.workplace().runs().delete(contoso, List.of(one), Duration.ofMinutes(1));

      assertThat(world.workplace().runs().takeBack(run.number())).isTrue();
      assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.NOT_TRIED);
      assertThat(effects(Effect.Kind.DELETED)).isEmpty();
    }

    @Test
    void countsWhatWasGoneAlreadyAsDoneOnceTheListLacksIt() {
      Runs.ToDelete one = somebodyInvited();
      world.control().othersDelete(contoso.value(), 1, List.of(one.username()));
      Run run = world.workplace().runs().delete(contoso, List.of(one), NO_GRACE);

      assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.WAS_GONE);
    }

    @Test
    void learnsFromTheListWhatALostAnswerBrought() {
      Runs.ToDelete one = somebodyInvited();
      world.control().dropAfterWork("/guests/invitations/", 1);
      Run run = world.workplace().runs().delete(contoso, List.of(one), NO_GRACE);

      assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.DELETED);
      assertThat(requests("DELETE", "/guests/invitations/")).isEqualTo(1);
    }
  }

  @Nested
  class Accepting {
    @Test
    void bringsThePersonIn() {
      RunRow invited = invitedWithCode();
      Run run = accept(invited);

      RunRow row = world.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.JOINED);
      assertThat(row.target().name()).isEqualTo(invited.target().name());
      assertThat(world.workplace().runs().code(row.id())).isEmpty();
    }

    @Test
    void doesNotBurnAnExpiredCode() {
      RunRow invited = invitedWithCode();
      world.control().moveClock(Duration.ofHours(73));
      Run run = accept(invited);

      RunRow row = world.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.NEEDS_DECISION);
      assertThat(row.reason()).contains(Reason.EXPIRED);
      assertThat(requests("POST", "/invitation/accept")).isZero();
    }

    @Test
    void findsOutThatALostAnswerMeantJoined() {
      RunRow invited = invitedWithCode();
      world.control().dropAfterWork("/invitation/accept", 1);
      Run run = accept(invited);

      assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.JOINED);
      assertThat(requests("POST", "/invitation/accept")).isEqualTo(1);
    }

    @Test
    void sendsAgainWhatNeverArrived() {
      RunRow invited = invitedWithCode();
      world.control().dropBeforeWork("/invitation/accept", 1);
      Run run = accept(invited);

      assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.JOINED);
      assertThat(effects(Effect.Kind.ACCEPTED)).hasSize(1);
    }

    @Test
    void whoeverJoinedByACallThatFailedAfterwardsHasJoinedAndNothingIsSentAgain() {
      RunRow invited = invitedWithCode();
      world.control().crashAccepts(1);
      Run run = accept(invited);

      assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.JOINED);
      assertThat(requests("POST", "/invitation/accept")).isEqualTo(1);
      assertThat(effects(Effect.Kind.HALF_ACCEPTED)).hasSize(1);
      assertThat(effects(Effect.Kind.CLEARED)).as("nothing was burnt").isEmpty();
    }

    @Test
    void whoeverWasAMemberAlreadyIsToldSoAlsoWhereTheLineBreaksBeforeTheMarkIsRead() {
      RunRow invited = invitedWithCode();
      RunRow joined = world.settled(accept(invited)).getFirst();
      world.control().dropBeforeWork("/scim2/Users", 2);
      Run again =
          world
              .workplace()
              .runs()
              .invite(contoso, List.of((Target.Person) invited.target()), true, "");

      assertThat(joined.state()).isEqualTo(RowState.JOINED);
      RunRow row = world.settled(again).getFirst();
      assertThat(row.state()).isEqualTo(RowState.ALREADY_MEMBER);
      assertThat(requests("GET", "/scim2/Users")).as("looked up again").isGreaterThan(1);
      assertThat(requests("POST", "/guests/invite")).isEqualTo(1);
    }

    @Test
    void anAcceptThatFailedBeforeAnybodyJoinedIsSentAgain() {
      RunRow invited = invitedWithCode();
      world.control().beInTrouble("/invitation/accept", 1);
      Run run = accept(invited);

      assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.JOINED);
      assertThat(requests("POST", "/invitation/accept")).isEqualTo(2);
      assertThat(effects(Effect.Kind.ACCEPTED)).hasSize(1);
    }

    @Test
    void asksAboutACodeThatNobodyWaitsBehind() {
      ConfirmationCode unknown =
          ConfirmationCode.parse("12345678-1234-1234-1234-123456789abc").orElseThrow();
      Run run =
          world
              .workplace()
              .runs()
              .accept(
                  List.of(new Runs.ToAccept(unknown, Optional.empty(), Optional.empty())),
                  Ticket.of("INC-1"),
                  NO_GRACE);

      RunRow row = world.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.NEEDS_DECISION);
      assertThat(row.reason()).contains(Reason.UNKNOWN_CODE);
      assertThat(requests("POST", "/invitation/accept")).isZero();
    }

    @Test
    void aCodeOfThisComputerIsRecognisedLongAfterItWasWiped() {
      RunRow invited = invitedWithCode();
      ConfirmationCode code = world.workplace().runs().code(invited.id()).orElseThrow();
      assertThat(world.workplace().runs().acceptedBefore(code)).isEmpty();
      Run run =
          world
              .workplace()
              .runs()
              .accept(
                  List.of(new Runs.ToAccept(code, Optional.empty(), Optional.empty())),
                  new Ticket(" INC-4711 ", "caller: D. Kern", true),
                  NO_GRACE);
      RunRow row = world.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.JOINED);
      assertThat(world.workplace().runs().code(row.id())).isEmpty();
      world.restartProgram();

      AcceptedBefore before = world.workplace().runs().acceptedBefore(code).orElseThrow();
      assertThat(before.ticket()).isEqualTo("INC-4711");
      assertThat(before.account()).isEqualTo(run.account()).isNotBlank();
      assertThat(before.person()).isEqualTo(invited.target().name());
      assertThat(before.organization()).contains(contoso);
      assertThat(before.when()).isEqualTo(row.changed());
      assertThat(world.workplace().runs().find(run.number()).orElseThrow().ticket())
          .isEqualTo(new Ticket("INC-4711", "caller: D. Kern", true));
    }

    @Test
    void ofTwoWhoHaveTheSameCodeTheSecondLearnsThatThePersonHasJoined() throws Exception {
      RunRow invited = invitedWithCode();
      ConfirmationCode code = world.workplace().runs().code(invited.id()).orElseThrow();
      CodeDesk.Look.Found seen = (CodeDesk.Look.Found) world.workplace().codes().look(code);
      world.control().othersAccept("Contoso", 1, List.of(seen.check().username()));

      Run run = acceptSeen(code, seen);

      RunRow row = world.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.ALREADY_MEMBER);
      assertThat(row.reason()).contains(Reason.UNKNOWN_CODE);
      assertThat(requests("POST", "/invitation/accept")).isZero();
      assertThat(world.workplace().runs().acceptedBefore(code)).isEmpty();
    }

    @Test
    void aCodeWhoseInvitationWasDeletedIsRefused() throws Exception {
      RunRow invited = invitedWithCode();
      ConfirmationCode code = world.workplace().runs().code(invited.id()).orElseThrow();
      CodeDesk.Look.Found seen = (CodeDesk.Look.Found) world.workplace().codes().look(code);
      world.control().othersDelete("Contoso", 1, List.of(seen.check().username()));

      RunRow row = world.settled(acceptSeen(code, seen)).getFirst();

      assertThat(row.state()).isEqualTo(RowState.REFUSED);
      assertThat(row.reason()).contains(Reason.UNKNOWN_CODE);
    }

    private Run acceptSeen(ConfirmationCode code, CodeDesk.Look.Found seen) {
      Runs.ToAccept one =
          new Runs.ToAccept(
              code, Optional.of(seen.check().username()), Optional.of(seen.check().organization()));
      return world.workplace().runs().accept(List.of(one), Ticket.NONE, NO_GRACE);
    }

    @Test
    void isNotSentWhenStoppedDuringTheCountdown() {
      RunRow invited = invitedWithCode();
      ConfirmationCode code = world.workplace().runs().code(invited.id()).orElseThrow();
      Run run =
          world
              .workplace()
              .runs()
              .accept(
                  List.of(new Runs.ToAccept(code, Optional.empty(), Optional.empty())),
                  Ticket.NONE,
                  Duration.ofMinutes(1));

      assertThat(world.workplace().runs().takeBack(run.number())).isTrue();
      assertThat(effects(Effect.Kind.ACCEPTED)).isEmpty();
    }
  }

  @Nested
  class WithoutAConnection {
    @Test
    void codesWaitAndAreAcceptedByThemselvesWhenTheServerIsBack() throws Exception {
      RunRow invited = invitedWithCode();
      ConfirmationCode code = world.workplace().runs().code(invited.id()).orElseThrow();
      world.stopServer();
      world.workplace().session().probe();
      Run run =
          world
              .workplace()
              .runs()
              .accept(
                  List.of(new Runs.ToAccept(code, Optional.empty(), Optional.empty())),
                  Ticket.of("INC-2"),
                  NO_GRACE);
      assertThat(world.workplace().worker().moves(run)).isFalse();
      assertThat(run.done()).isFalse();

      world.startServer();
      world.workplace().worker().tryNow();

      assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.JOINED);
    }

    @Test
    void invitationsAskBeforeTheyLeave() throws Exception {
      List<Target.Person> people = world.people("Contoso", 1);
      world.stopServer();
      world.workplace().session().probe();
      Run run = world.workplace().runs().invite(contoso, people, true, "");
      assertThat(run.phase()).isEqualTo(Run.Phase.ASKS);

      world.startServer();
      world.workplace().session().probe();
      world.workplace().worker().tryNow();
      assertThat(effects(Effect.Kind.INVITED)).isEmpty();

      world.workplace().runs().goOn(run.number());
      assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.INVITED);
    }

    @Test
    void theLastListCanBeReadAfterARestart() {
      assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
      int before = world.workplace().invitations().list(contoso).entries().size();
      world.stopServer();
      world.restartProgram();

      Invitations.Listing listing = world.workplace().invitations().list(contoso);
      assertThat(listing.entries()).hasSize(before).isNotEmpty();
      assertThat(listing.readAt()).isPresent();
    }
  }

  @Nested
  class WithAnotherProgramOnTheSameFolder {
    @Test
    void oneSendsAndTheOtherWatches() throws Exception {
      Path data = folder.resolve("data");
      try (LocalStore second = LocalStore.open(data, KeyFile.in(data), world.clock());
          Workplace other =
              Workplace.open(world.connection(), second, new Changes(), world.clock())) {
        assertThat(world.workplace().worker().sends()).isTrue();
        assertThat(other.worker().sends()).isFalse();

        Run run = invite(true, world.people("Contoso", 1));
        world.settled(run);
        assertThat(other.runs().rows(run.number()))
            .extracting(RunRow::state)
            .containsExactly(RowState.INVITED);
      }
    }
  }

  private Run invite(boolean serverMails, Target.Person... people) {
    return invite(serverMails, List.of(people));
  }

  private Run invite(boolean serverMails, List<Target.Person> people) {
    world.control().clearLog();
    return world.workplace().runs().invite(contoso, people, serverMails, "");
  }

  private RunRow invitedWithCode() {
    Run run = invite(false, world.people("Contoso", 1));
    RunRow row = world.settled(run).getFirst();
    assertThat(row.state()).isEqualTo(RowState.INVITED);
    world.control().clearLog();
    return row;
  }

  private Run accept(RunRow invited) {
    ConfirmationCode code = world.workplace().runs().code(invited.id()).orElseThrow();
    return world
        .workplace()
        .runs()
        .accept(
            List.of(new Runs.ToAccept(code, Optional.empty(), Optional.empty())),
            Ticket.NONE,
            NO_GRACE);
  }

  private Runs.ToDelete somebodyInvited() {
    Run run = invite(true, world.people("Contoso", 1));
    String name = world.settled(run).getFirst().target().name();
    world.workplace().invitations().refresh(contoso);
    Invitations.Entry entry =
        world.workplace().invitations().list(contoso).entries().stream()
            .filter(one -> one.username().equals(name) && one.invitation().isPresent())
            .findFirst()
            .orElseThrow();
    world.control().clearLog();
    return new Runs.ToDelete(entry.invitation().orElseThrow(), name);
  }

  private List<String> listed() {
    world.workplace().invitations().refresh(contoso);
    return world.workplace().invitations().list(contoso).entries().stream()
        .flatMap(entry -> entry.invitation().stream())
        .map(id -> id.value())
        .toList();
  }

  private Run.Phase phase(Run run) {
    return world.workplace().runs().find(run.number()).orElseThrow().phase();
  }

  private List<Effect> effects(Effect.Kind kind) {
    return world.control().log().effects().stream()
        .filter(effect -> effect.kind() == kind && effect.request() > 0)
        .toList();
  }

  private long requests(String method, String pathPart) {
    return world.control().log().requests().stream()
        .filter(request -> request.method().equals(method) && request.path().contains(pathPart))
        .count();
  }
}
