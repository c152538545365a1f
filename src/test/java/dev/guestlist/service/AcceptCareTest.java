package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.PastedCodes;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.practice.PracticeControl.Request;
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

/// Codes that were kept: how they are looked up, how long they are good for, and what is said of
/// somebody whose name is taken.
@Execution(ExecutionMode.CONCURRENT)
class AcceptCareTest {
  private static final String CHECK = "/invitation/introspect";

  @TempDir private Path folder;
  private EngineWorld engine;

  @BeforeEach
  void signIn() throws Exception {
    engine = EngineWorld.in(folder);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Nested
  class LookingUp {
    @Test
    void waitsAsLongAsTheServerAsksBetweenTwoCodes() {
      List<ConfirmationCode> codes = mailed(3);
      engine.world.control().beBusy(CHECK, 429, 1, OptionalInt.of(2));
      engine.world.control().clearLog();
      Run run = accept(codes);

      assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.JOINED);
      List<Request> looks = engine.requests("POST", CHECK);
      assertThat(Duration.between(looks.get(0).at(), looks.get(1).at()))
          .isGreaterThanOrEqualTo(Duration.ofMillis(1900));
    }

    @Test
    void stopsWhenTheRunIsPaused() {
      List<ConfirmationCode> codes = mailed(6);
      engine.world.control().answerSlowly(Duration.ofMillis(300));
      engine.world.control().clearLog();
      Run run = accept(codes);
      until(() -> !engine.requests("POST", CHECK).isEmpty());
      assertThat(engine.runs().pause(run.number())).isTrue();
      engine.world.control().answerSlowly(Duration.ZERO);

      Run other = engine.runs().invite(engine.contoso, engine.world.people("Contoso", 7), true, "");
      engine.settled(other);
      assertThat(engine.requests("POST", CHECK)).hasSizeLessThanOrEqualTo(2);
      engine.runs().goOn(run.number());
      assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.JOINED);
    }

    @Test
    void stopsAtTheFirstFailure() {
      List<ConfirmationCode> codes = mailed(4);
      engine.world.control().answerHtml(CHECK, 502, 10_000);
      engine.world.control().clearLog();
      Run run = accept(codes);
      until(() -> engine.worker().slowness(run).isPresent());

      assertThat(engine.worker().slowness(run).orElseThrow().kind())
          .isEqualTo(Pace.Slowness.Kind.FAILS);
      assertThat(engine.requests("POST", CHECK)).hasSize(1);
      engine.world.control().allWell();
      engine.world.clock().move(Duration.ofMinutes(1));
      engine.worker().tryNow();
      assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.JOINED);
    }
  }

  @Nested
  class AfterTwoWeeks {
    @Test
    void aCodeThatWasToBeAcceptedWithoutALookAsksAgain() {
      List<ConfirmationCode> codes = mailed(1);
      Session session = engine.world.workplace().session();
      session.signOut();
      session.workOffline();
      Run run =
          engine
              .runs()
              .acceptWithoutLooking(List.of(unseen(codes.getFirst())), Ticket.NONE, Duration.ZERO);
      engine.world.clock().move(Duration.ofDays(15));
      session.goOnline();

      RunRow row = engine.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.NEEDS_DECISION);
      assertThat(row.reason()).contains(Reason.TOO_OLD);
    }

    @Test
    void aCodeThatWasLookedUpAsksToo() throws Exception {
      List<ConfirmationCode> codes = mailed(1);
      CodeDesk.Look.Found seen =
          (CodeDesk.Look.Found) engine.world.workplace().codes().look(codes.getFirst());
      engine.world.workplace().session().workOffline();
      Run run =
          engine
              .runs()
              .accept(
                  List.of(
                      new Runs.ToAccept(
                          codes.getFirst(),
                          Optional.of(seen.check().username()),
                          Optional.of(seen.check().organization()))),
                  Ticket.NONE,
                  Duration.ZERO);
      engine.world.clock().move(Duration.ofDays(15));
      engine.world.workplace().session().signOut();
      engine.world.workplace().session().goOnline();
      engine.world.signIn("pat");

      RunRow row = engine.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.NEEDS_DECISION);
      assertThat(row.reason()).contains(Reason.TOO_OLD);
    }
  }

  @Nested
  class ANameThatIsTaken {
    @Test
    void isLookedUpAgainWhenTheServerFailedAtTellingWho() {
      ConfirmationCode code = ofAMember();
      engine.world.control().answerHtml("/scim2/Users", 502, 1);
      Run run = accept(List.of(code));

      assertThat(engine.settled(run))
          .extracting(RunRow::state)
          .containsOnly(RowState.ALREADY_MEMBER);
    }

    @Test
    void isNotSaidToBeMadeThereWhereNobodyMayLook() throws Exception {
      ConfirmationCode code = ofAMember();
      takeLook();
      Run run = accept(List.of(code));

      RunRow row = engine.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.USER_EXISTS);
      assertThat(row.reason()).contains(Reason.NOT_CHECKED);
    }

    @Test
    void stopsNothingWhereNobodyKnowsWhoseTheCodeWas() {
      ConfirmationCode code = ofAMember();
      engine.world.workplace().session().signOut();
      Run run =
          engine.runs().acceptWithoutLooking(List.of(unseen(code)), Ticket.NONE, Duration.ZERO);

      RunRow row = engine.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.USER_EXISTS);
      assertThat(row.reason()).contains(Reason.NOT_CHECKED);
      assertThat(engine.worker().stoppedBy()).isEmpty();
    }

    @Test
    void isLookedUpAgainForAnInvitationToo() {
      Target.Person member = aMember();
      engine.world.control().answerHtml("/scim2/Users", 502, 1);
      Run run = engine.invite(true, List.of(member));

      assertThat(engine.settled(run))
          .extracting(RunRow::state)
          .containsOnly(RowState.ALREADY_MEMBER);
    }

    @Test
    void isNotSaidToBeMadeThereByAnInvitationEither() throws Exception {
      Target.Person member = aMember();
      takeLook();
      Run run = engine.invite(true, List.of(member));

      RunRow row = engine.settled(run).getFirst();
      assertThat(row.state()).isEqualTo(RowState.USER_EXISTS);
      assertThat(row.reason()).contains(Reason.NOT_CHECKED);
    }

    private Target.Person aMember() {
      Target.Person one = engine.world.people("Contoso", 1).getFirst();
      List<String> name = List.of(one.username().name());
      engine.world.control().othersInvite("Contoso", name);
      engine.world.control().othersAccept("Contoso", 1, name);
      return one;
    }

    /// A code that leads somebody in who is there already.
    private ConfirmationCode ofAMember() {
      Target.Person member = aMember();
      engine.world.control().othersInvite("Contoso", List.of(member.username().name()));
      return newest(1).getFirst();
    }

    private void takeLook() throws Exception {
      engine.world.control().takeRight("pat", engine.contoso.value(), "internal_org_user_mgt_list");
      engine.world.workplace().session().signOut();
      engine.world.signIn("pat");
      engine.world.workplace().organizations().switchTo(engine.contoso);
    }
  }

  private List<ConfirmationCode> mailed(int count) {
    engine.world.control().othersInvite("Contoso", count);
    return newest(count);
  }

  private List<ConfirmationCode> newest(int count) {
    return engine.world.control().mails().stream()
        .limit(count)
        .map(mail -> PastedCodes.find(mail.link()).codes().getFirst().code())
        .toList();
  }

  private Run accept(List<ConfirmationCode> codes) {
    return engine
        .runs()
        .accept(codes.stream().map(AcceptCareTest::unseen).toList(), Ticket.NONE, Duration.ZERO);
  }

  private static Runs.ToAccept unseen(ConfirmationCode code) {
    return new Runs.ToAccept(code, Optional.empty(), Optional.empty());
  }
}
