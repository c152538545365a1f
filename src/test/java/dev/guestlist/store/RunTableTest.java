package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.CODE;
import static dev.guestlist.store.Sample.CONTOSO;
import static dev.guestlist.store.Sample.NORTHWIND;
import static dev.guestlist.store.Sample.NOW;
import static dev.guestlist.store.Sample.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Decision;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Execution(ExecutionMode.CONCURRENT)
class RunTableTest {
  private static final Instant LATER = NOW.plusSeconds(60);

  @TempDir Path folder;
  private LocalStore store;
  private RunTable runs;
  private CallTable calls;
  private DecisionTable decisions;

  @BeforeEach
  void open() {
    store = Sample.open(folder);
    runs = store.runs();
    calls = store.calls();
    decisions = store.decisions();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() {
    store.close();
    open();
  }

  private Run invite(String... names) {
    return runs.post(Sample.invite(Run.Phase.ACTIVE, NOW, names));
  }

  private long row(Run run, int position) {
    return runs.rows(run.number()).get(position).id();
  }

  private List<Long> ids(Run run) {
    return runs.rows(run.number()).stream().map(RunRow::id).toList();
  }

  private RowState state(long row) {
    return runs.row(row).orElseThrow().state();
  }

  private void settle(long row, RowState state) {
    calls.settle(List.of(RowChange.to(row, state)), LATER);
  }

  @Nested
  class Posting {
    @Test
    void writesTheRunDownAsItWasAsked() {
      Run posted = invite("CORP/dora.k", "bob");
      reopen();

      assertThat(runs.run(posted.number())).contains(posted);
      assertThat(posted.counts()).isEqualTo(Map.of(RowState.READY, 2));
      assertThat(posted.wish()).isEqualTo(new Wish.Invite(false));
      assertThat(posted.organization()).contains(NORTHWIND);
      assertThat(posted.account()).isEqualTo("kim");
      assertThat(posted.ticket().number()).isEqualTo("INC-7");
      assertThat(posted.posted()).isEqualTo(NOW);
      assertThat(posted.why()).isEmpty();
      assertThat(runs.rows(posted.number()))
          .extracting(RunRow::target)
          .containsExactly(Sample.person("CORP/dora.k"), Sample.person("bob"));
      assertThat(runs.rows(posted.number())).extracting(RunRow::position).containsExactly(0, 1);
    }

    @Test
    void keepsEveryKindOfTarget() {
      Target listed = new Target.Listed(new InvitationId("i-1"), "bob");
      Target code = new Target.Code("0a93", Optional.of("bob"), Optional.of(NORTHWIND));
      Run delete = runs.post(one(new Wish.Delete(), listed));
      Run accept = runs.post(one(new Wish.Accept(), code));
      Run mailed = runs.post(one(new Wish.Invite(true), Sample.person("bob")));
      reopen();

      assertThat(runs.rows(delete.number())).extracting(RunRow::target).containsExactly(listed);
      assertThat(runs.rows(accept.number())).extracting(RunRow::target).containsExactly(code);
      assertThat(runs.runs(ACME)).containsExactly(mailed, accept, delete);
      assertThat(runs.runs(OTHER)).isEmpty();
      assertThat(mailed.wish()).isEqualTo(new Wish.Invite(true));
    }

    @Test
    void sealsCodesInTheSameTransaction() {
      Run run = runs.post(Sample.accept(NOW, CODE));
      reopen();

      assertThat(runs.code(row(run, 0))).contains(CODE);
      runs.wipeCode(row(run, 0));
      assertThat(runs.code(row(run, 0))).isEmpty();
    }

    @Test
    void refusesARunOfNobody() {
      assertThatThrownBy(() -> invite()).isInstanceOf(IllegalArgumentException.class);
      assertThat(runs.runs(ACME)).isEmpty();
    }

    private RunTable.NewRun one(Wish wish, Target target) {
      return Sample.run(
          wish, Run.Phase.ACTIVE, NOW, List.of(new RunTable.NewRow(target, Optional.empty())));
    }
  }

  @Nested
  class Due {
    @Test
    void areReadyRowsOfActiveRunsInTheOrderOfPosting() {
      Run first = invite("ann", "bob");
      Run second = invite("cleo");
      runs.post(Sample.invite(Run.Phase.ASKS, NOW, "dora"));
      runs.post(Sample.invite(Run.Phase.ACTIVE, LATER, "erin"));

      assertThat(due(ACME, NOW))
          .extracting(RunRow::id)
          .containsExactly(row(first, 0), row(first, 1), row(second, 0));
      assertThat(due(ACME, LATER)).hasSize(4);
      assertThat(due(OTHER, LATER)).isEmpty();
    }

    /// A lost invitation that the server made is deleted only after it was looked up: otherwise the
    /// look would find nothing, and it would be sent again.
    @Test
    void waitForWhatBecameOfAnEarlierRowOfTheSamePerson() {
      Run lost = invite("ann", "bob");
      calls.sending(ids(lost), Optional.empty(), NOW);
      Run later = invite("Ann", "cleo");
      assertThat(due(ACME, NOW)).extracting(RunRow::id).containsExactly(row(later, 1));

      settle(row(lost, 0), RowState.UNKNOWN);
      assertThat(due(ACME, NOW)).extracting(RunRow::id).containsExactly(row(later, 1));

      settle(row(lost, 0), RowState.INVITED);
      assertThat(due(ACME, NOW)).extracting(RunRow::id).containsExactlyElementsOf(ids(later));
    }

    @Test
    void nextDueIsTheEarliestMoment() {
      assertThat(calls.nextDue(ACME, NOW)).isEmpty();
      runs.post(Sample.invite(Run.Phase.ACTIVE, LATER, "ann"));
      runs.post(Sample.invite(Run.Phase.ACTIVE, NOW.plusSeconds(5), "bob"));
      runs.post(Sample.invite(Run.Phase.HELD, NOW, "cleo"));

      assertThat(calls.nextDue(ACME, NOW)).contains(NOW.plusSeconds(5));
      assertThat(calls.nextDue(OTHER, NOW)).isEmpty();
    }
  }

  @Nested
  class Sending {
    @Test
    void isOnDiskBeforeTheCallLeaves() {
      Run run = invite("ann", "bob");
      long call = calls.sending(ids(run), Optional.of(Set.of(new InvitationId("i-1"))), LATER);
      reopen();

      assertThat(runs.rows(run.number()))
          .allSatisfy(row -> {
            assertThat(row.state()).isEqualTo(RowState.SENDING);
            assertThat(row.attempts()).isEqualTo(1);
            assertThat(row.changed()).isEqualTo(LATER);
          });
      assertThat(calls.openCalls(ACME))
          .containsExactly(
              new CallTable.Call(
                  call,
                  runs.rows(run.number()),
                  LATER,
                  Optional.of(Set.of(new InvitationId("i-1"))),
                  Optional.empty(),
                  false));
      assertThat(calls.openCalls(OTHER)).isEmpty();
    }

    @Test
    void remembersThatTheListWasNotKnown() {
      calls.sending(ids(invite("ann")), Optional.empty(), NOW);
      assertThat(calls.openCalls(ACME).getFirst().before()).isEmpty();
    }

    @Test
    void isRefusedAltogetherWhenOneRowIsNotReady() {
      Run run = invite("ann", "bob");
      calls.sending(List.of(row(run, 1)), Optional.empty(), NOW);

      assertThatThrownBy(() -> calls.sending(ids(run), Optional.empty(), NOW))
          .isInstanceOf(IllegalStateException.class);
      assertThat(state(row(run, 0))).isEqualTo(RowState.READY);
      assertThat(runs.rows(run.number()).get(1).attempts()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void isRefusedUnlessTheRunIsActive(Run.Phase phase) {
      Run run = invite("ann");
      decisions.setPhase(run.number(), phase, "why");
      assertThatThrownBy(() -> calls.sending(ids(run), Optional.empty(), NOW))
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keepsTheAnswerSealedUntilAllRowsAreSettledOrReady() {
      Run run = invite("ann", "bob", "cleo");
      long call = calls.sending(ids(run), Optional.empty(), NOW);
      calls.keepAnswer(call, "[{\"confirmationCode\": \"x\"}]");
      settle(row(run, 0), RowState.INVITED);
      settle(row(run, 1), RowState.UNKNOWN);
      settle(row(run, 2), RowState.READY);
      reopen();

      assertThat(calls.openCalls(ACME))
          .singleElement()
          .satisfies(open -> {
            assertThat(open.answer()).contains("[{\"confirmationCode\": \"x\"}]");
            assertThat(open.rows())
                .extracting(RunRow::state)
                .containsExactly(RowState.INVITED, RowState.UNKNOWN);
          });
      settle(row(run, 1), RowState.READY);
      assertThat(calls.openCalls(ACME)).isEmpty();
      assertThat(store.vault().open("call/" + call + "/answer")).isEmpty();
    }

    @Test
    void ofAReadyRowAgainIsANewCall() {
      Run run = invite("ann");
      calls.sending(ids(run), Optional.empty(), NOW);
      settle(row(run, 0), RowState.READY);
      long second = calls.sending(ids(run), Optional.empty(), LATER);

      assertThat(calls.openCalls(ACME)).extracting(CallTable.Call::id).containsExactly(second);
      assertThat(runs.rows(run.number()).getFirst().attempts()).isEqualTo(2);
    }
  }

  @Nested
  class Settling {
    @Test
    void writesWhatIsGivenAndKeepsTheRest() {
      Run run = invite("ann");
      long row = row(run, 0);
      calls.settle(
          List.of(
              RowChange.because(row, RowState.NEEDS_DECISION, Reason.NO_EMAIL, "OUI-1 no")
                  .withInvitation(new InvitationId("i-9"))
                  .withCode(CODE)),
          NOW);
      calls.settle(List.of(RowChange.to(row, RowState.INVITED).notBefore(LATER)), LATER);
      reopen();

      RunRow settled = runs.row(row).orElseThrow();
      assertThat(settled.state()).isEqualTo(RowState.INVITED);
      assertThat(settled.reason()).isEmpty();
      assertThat(settled.serverText()).isEmpty();
      assertThat(settled.invitation()).contains(new InvitationId("i-9"));
      assertThat(settled.notBefore()).isEqualTo(LATER);
      assertThat(settled.changed()).isEqualTo(LATER);
      assertThat(runs.code(row)).contains(CODE);
    }

    @Test
    void replacesTheTargetOnceACheckKnowsMore() {
      Run run = runs.post(Sample.accept(NOW, CODE));
      Target known = new Target.Code("0a93", Optional.of("bob"), Optional.of(CONTOSO));
      calls.settle(List.of(RowChange.to(row(run, 0), RowState.READY).withTarget(known)), NOW);

      assertThat(runs.row(row(run, 0)).orElseThrow().target()).isEqualTo(known);
      assertThat(store.doneHere().recent(ACME, CONTOSO, LATER)).hasSize(1);
      assertThat(store.doneHere().recent(ACME, NORTHWIND, LATER)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void neverChangesASettledRow(RowState first) {
      Run run = invite("ann");
      long row = row(run, 0);
      if (first == RowState.SENDING) {
        calls.sending(List.of(row), Optional.empty(), NOW);
      } else {
        settle(row, first);
      }
      calls.settle(List.of(RowChange.to(row, RowState.REFUSED).withCode(CODE)), LATER);

      assertThat(state(row)).isEqualTo(first.settled() ? first : RowState.REFUSED);
      assertThat(runs.code(row).isPresent()).isEqualTo(!first.settled());
      assertThat(runs.run(run.number()).orElseThrow().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void keepsEveryReason(Reason reason) {
      long row = row(invite("ann"), 0);
      calls.settle(List.of(RowChange.because(row, RowState.REFUSED, reason, "OUI-1")), NOW);
      assertThat(runs.row(row).orElseThrow().reason()).contains(reason);
    }

    @ParameterizedTest
    @EnumSource(names = {"JOINED", "ALREADY_MEMBER"})
    void wipesTheCodeOfThoseWhoAreIn(RowState in) {
      Run run = runs.post(Sample.accept(NOW, CODE));
      settle(row(run, 0), in);
      assertThat(runs.code(row(run, 0))).isEmpty();
    }

    @Test
    void isAllOrNothing() {
      Run run = invite("ann");
      assertThatThrownBy(() ->
              calls.settle(
                  List.of(
                      RowChange.to(row(run, 0), RowState.INVITED).withCode(CODE),
                      RowChange.to(99, RowState.INVITED)),
                  NOW))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(state(row(run, 0))).isEqualTo(RowState.READY);
      assertThat(runs.code(row(run, 0))).isEmpty();
    }

    @Test
    void cannotSaySending() {
      Run run = invite("ann");
      assertThatThrownBy(() -> settle(row(run, 0), RowState.SENDING))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Reading {
    @Test
    void recentAreOpenRowsAndThoseSettledSince() {
      Run run = invite("ann", "bob", "cleo");
      calls.settle(List.of(RowChange.to(row(run, 0), RowState.INVITED)), NOW);
      calls.settle(List.of(RowChange.to(row(run, 1), RowState.REFUSED)), LATER);

      assertThat(store.doneHere().recent(ACME, NORTHWIND, NOW))
          .extracting(RunRow::position)
          .containsExactly(1, 2);
      assertThat(store.doneHere().recent(ACME, NORTHWIND, Instant.MIN)).hasSize(3);
      assertThat(store.doneHere().recent(OTHER, NORTHWIND, Instant.MIN)).isEmpty();
    }

    @Test
    void onlyTheLastInvitationOfAPersonMayStillLearnItsId() {
      long first = row(invite("bob"), 0);
      settle(first, RowState.INVITED);
      assertThat(mayLearn()).containsExactly(first);

      Target listed = new Target.Listed(new InvitationId("i-1"), "Bob");
      Run delete =
          runs.post(
              Sample.run(
                  new Wish.Delete(),
                  Run.Phase.ACTIVE,
                  NOW,
                  List.of(new RunTable.NewRow(listed, Optional.empty()))));
      assertThat(mayLearn()).as("nothing came of it yet").containsExactly(first);
      calls.settle(List.of(RowChange.to(row(delete, 0), RowState.DELETED)), LATER.plusSeconds(1));
      assertThat(mayLearn()).as("the one it made is gone").isEmpty();

      long second = row(invite("bob"), 0);
      calls.settle(List.of(RowChange.to(second, RowState.INVITED)), LATER.plusSeconds(2));
      assertThat(mayLearn()).containsExactly(second);
      store.doneHere().learnInvitations(Map.of(second, new InvitationId("i-2")));
      assertThat(mayLearn()).isEmpty();
    }

    private List<Long> mayLearn() {
      return store.doneHere().withoutInvitation(ACME, NORTHWIND, NOW).stream()
          .map(RunRow::id)
          .toList();
    }

    @Test
    void withCodeAreInvitationsFromHere() {
      Run run = invite("ann", "bob");
      calls.settle(
          List.of(
              RowChange.to(row(run, 0), RowState.INVITED).withCode(CODE),
              RowChange.to(row(run, 1), RowState.CODE_LOST)),
          NOW);
      Run accept = runs.post(Sample.accept(NOW, CODE));
      Target leads = new Target.Code("0a93", Optional.empty(), Optional.of(NORTHWIND));
      calls.settle(List.of(RowChange.to(row(accept, 0), RowState.READY).withTarget(leads)), NOW);

      assertThat(store.doneHere().withCode(ACME, NORTHWIND))
          .extracting(RunRow::id)
          .containsExactly(row(run, 0));
      assertThat(store.doneHere().withCode(ACME, CONTOSO)).isEmpty();
    }
  }

  @Nested
  class Stopping {
    @Test
    void leavesRowsOnTheirWay() {
      Run run = invite("ann", "bob", "cleo", "dora");
      calls.sending(List.of(row(run, 0)), Optional.empty(), NOW);
      settle(row(run, 1), RowState.NEEDS_DECISION);
      settle(row(run, 2), RowState.INVITED);
      decisions.stop(run.number(), LATER);

      assertThat(runs.rows(run.number()))
          .extracting(RunRow::state)
          .containsExactly(
              RowState.SENDING, RowState.NOT_TRIED, RowState.INVITED, RowState.NOT_TRIED);
      assertThat(runs.run(run.number()).orElseThrow().phase()).isEqualTo(Run.Phase.STOPPED);
    }

    @Test
    void isForGood() {
      Run run = invite("ann", "bob");
      calls.sending(ids(run), Optional.empty(), NOW);
      decisions.stop(run.number(), NOW);
      decisions.setPhase(run.number(), Run.Phase.ACTIVE, "again");
      settle(row(run, 0), RowState.READY);
      settle(row(run, 1), RowState.UNKNOWN);

      Run stopped = runs.run(run.number()).orElseThrow();
      assertThat(stopped.phase()).isEqualTo(Run.Phase.STOPPED);
      assertThat(stopped.why()).isEmpty();
      assertThat(state(row(run, 0))).isEqualTo(RowState.NOT_TRIED);
      assertThat(state(row(run, 1))).isEqualTo(RowState.UNKNOWN);
    }

    @Test
    void byPhaseIsTheSame() {
      Run run = invite("ann");
      decisions.setPhase(run.number(), Run.Phase.STOPPED, "not wanted");
      assertThat(state(row(run, 0))).isEqualTo(RowState.NOT_TRIED);
      assertThat(runs.run(run.number()).orElseThrow().why()).isEqualTo("not wanted");
    }

    @Test
    void holdingKeepsTheRowsAndSaysWhy() {
      Run run = invite("ann");
      decisions.setPhase(run.number(), Run.Phase.HELD, "The role editor is gone.");
      Run held = runs.run(run.number()).orElseThrow();
      assertThat(held.phase()).isEqualTo(Run.Phase.HELD);
      assertThat(held.why()).isEqualTo("The role editor is gone.");
      assertThat(due(ACME, LATER)).isEmpty();
    }
  }

  @Nested
  class TakingBack {
    @Test
    void isInTimeUntilTheFirstRowLeaves() {
      Run run = runs.post(Sample.invite(Run.Phase.ACTIVE, LATER, "ann", "bob"));
      assertThat(decisions.takeBack(run.number(), NOW)).isTrue();
      assertThat(runs.rows(run.number()))
          .extracting(RunRow::state)
          .containsExactly(RowState.NOT_TRIED, RowState.NOT_TRIED);
      assertThatThrownBy(() -> calls.sending(ids(run), Optional.empty(), LATER))
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isTooLateAfterwardsAndChangesNothing() {
      Run run = invite("ann", "bob");
      calls.sending(List.of(row(run, 0)), Optional.empty(), NOW);
      assertThat(decisions.takeBack(run.number(), NOW)).isFalse();
      settle(row(run, 0), RowState.READY);
      assertThat(decisions.takeBack(run.number(), NOW)).isFalse();
      assertThat(due(ACME, NOW)).hasSize(2);
    }

    @Test
    void ofARunThatIsNotThereIsNotInTime() {
      assertThat(decisions.takeBack(41, NOW)).isFalse();
    }
  }

  @Test
  void aRunInPlaceOfOthersIsOnlyAboutThoseThatStillWaited() {
    Run run = invite("ann", "bob");
    settle(row(run, 0), RowState.NEEDS_DECISION);
    settle(row(run, 1), RowState.NEEDS_DECISION);
    DecisionTable.Ruling keeps = new DecisionTable.Ruling(Decision.KEEP_THEIRS, "", "pat");
    decisions.decide(
        List.of(RowChange.to(row(run, 0), RowState.NOT_TRIED)),
        keeps,
        DecisionTable.Instead.NONE,
        NOW);
    Set<Long> asked = new HashSet<>();

    DecisionTable.Decided decided =
        decisions.decide(
            ids(run).stream().map(id -> RowChange.to(id, RowState.NOT_TRIED)).toList(),
            new DecisionTable.Ruling(Decision.REPLACE_WITH_MINE, "", "pat"),
            waited -> {
              asked.addAll(waited);
              return Optional.empty();
            },
            LATER);

    assertThat(decided.rows()).isOne();
    assertThat(asked).containsExactly(row(run, 1));
    assertThat(runs.row(row(run, 0)).orElseThrow().decided()).contains(Decision.KEEP_THEIRS);
  }

  @Nested
  class Recovering {
    @Test
    void rowsOnTheirWayAreUnknown() {
      Run run = invite("ann", "bob");
      calls.sending(List.of(row(run, 0)), Optional.empty(), NOW);
      reopen();
      calls.recover(LATER);

      assertThat(state(row(run, 0))).isEqualTo(RowState.UNKNOWN);
      assertThat(runs.row(row(run, 0)).orElseThrow().changed()).isEqualTo(LATER);
      assertThat(state(row(run, 1))).isEqualTo(RowState.READY);
      assertThat(runs.run(run.number()).orElseThrow().phase()).isEqualTo(Run.Phase.ASKS);
      assertThat(calls.openCalls(ACME)).hasSize(1);
      assertThat(due(ACME, LATER)).isEmpty();
    }

    @Test
    void whatWasPausedOrHeldIsComparedBeforeItGoesOn() {
      Run paused = invite("ann");
      assertThat(decisions.pause(paused.number())).isTrue();
      Run held = invite("bob");
      decisions.setPhase(held.number(), Run.Phase.HELD, "REFUSED");
      reopen();
      calls.recover(LATER);
      decisions.goOn(paused.number(), "pat", LATER);
      decisions.goOn(held.number(), "pat", LATER);

      assertThat(phase(paused)).isEqualTo(Run.Phase.ASKS);
      assertThat(phase(held)).isEqualTo(Run.Phase.ASKS);
      assertThat(due(ACME, LATER)).isEmpty();
      decisions.reviewed(paused.number(), List.of(), Optional.empty(), LATER);
      decisions.goOn(paused.number(), "pat", LATER);
      assertThat(phase(paused)).isEqualTo(Run.Phase.ACTIVE);
    }

    @Test
    void whatIsPausedInTheSameProgramJustGoesOn() {
      Run paused = invite("ann");
      assertThat(decisions.pause(paused.number())).isTrue();
      decisions.goOn(paused.number(), "pat", LATER);

      assertThat(phase(paused)).isEqualTo(Run.Phase.ACTIVE);
    }

    @Test
    void anAcceptRunThatWasDueGoesOn() {
      Run run = runs.post(Sample.accept(NOW, CODE));
      reopen();
      calls.recover(LATER);
      assertThat(phase(run)).isEqualTo(Run.Phase.ACTIVE);
    }

    @Test
    void aGraceThatWasRunningAsksHoweverLongAgo() {
      Run run = runs.post(Sample.accept(NOW.plusSeconds(10), CODE));
      reopen();
      calls.recover(NOW.plusSeconds(3600));
      assertThat(phase(run)).isEqualTo(Run.Phase.ASKS);
    }

    @Test
    void aGraceThatEndedWhileTheProgramRanDoesNot() {
      Run run = runs.post(Sample.accept(NOW.plusSeconds(10), CODE));
      assertThat(due(ACME, NOW.plusSeconds(10))).hasSize(1);
      reopen();
      calls.recover(NOW.plusSeconds(3600));
      assertThat(phase(run)).isEqualTo(Run.Phase.ACTIVE);
    }

    @Test
    void aPauseAfterACallIsNoGraceButOneAfterADecisionIs() {
      Run paused = runs.post(Sample.accept(NOW, CODE));
      calls.sending(ids(paused), Optional.empty(), NOW);
      calls.settle(List.of(RowChange.to(row(paused, 0), RowState.READY).notBefore(LATER)), NOW);
      Run decided = runs.post(Sample.accept(NOW, CODE));
      settle(row(decided, 0), RowState.NEEDS_DECISION);
      calls.settle(List.of(RowChange.to(row(decided, 0), RowState.READY).notBefore(LATER)), NOW);
      reopen();
      calls.recover(NOW);

      assertThat(phase(paused)).isEqualTo(Run.Phase.ACTIVE);
      assertThat(phase(decided)).isEqualTo(Run.Phase.ASKS);
    }

    @Test
    void otherRunsStayAsTheyAre() {
      Run held = invite("ann");
      decisions.setPhase(held.number(), Run.Phase.HELD, "why");
      Run done = invite("bob");
      settle(row(done, 0), RowState.INVITED);
      calls.recover(LATER);

      assertThat(phase(held)).isEqualTo(Run.Phase.HELD);
      assertThat(phase(done)).isEqualTo(Run.Phase.ACTIVE);
    }

    private Run.Phase phase(Run run) {
      return runs.run(run.number()).orElseThrow().phase();
    }
  }

  /// Random steps of two programs: whatever happens, the counts are the rows, no row is lost, and
  /// what was settled stays.
  @Test
  void theSumOfOutcomesIsAlwaysTheRows() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (LocalStore second = Sample.open(folder)) {
      Run run = invite("a", "b", "c", "d", "e", "f", "g", "h");
      List<Long> ids = ids(run);
      List<RowState> states = List.of(RowState.values());
      Map<Long, RowState> settled = new HashMap<>();
      for (int step = 0; step < 300; step++) {
        LocalStore one = random.nextBoolean() ? store : second;
        long row = ids.get(random.nextInt(ids.size()));
        switch (random.nextInt(10)) {
          case 0 -> one.calls().recover(NOW);
          case 1 -> one.decisions().setPhase(run.number(), Run.Phase.ACTIVE, "");
          case 2 -> {
            if (step > 250) {
              one.decisions().stop(run.number(), NOW);
            }
          }
          case 3, 4, 5 -> {
            try {
              one.calls().sending(List.of(row), Optional.empty(), NOW);
            } catch (IllegalStateException e) {
              assertThat(e).hasMessageContaining("ready");
            }
          }
          default -> {
            RowState to = states.get(random.nextInt(states.size()));
            if (to != RowState.SENDING) {
              one.calls().settle(List.of(RowChange.to(row, to)), NOW);
            }
          }
        }
        List<RunRow> rows = runs.rows(run.number());
        Map<RowState, Integer> counted = new EnumMap<>(RowState.class);
        rows.forEach(r -> counted.merge(r.state(), 1, Integer::sum));
        Run read = second.runs().run(run.number()).orElseThrow();
        assertThat(read.counts()).as("seed %s, step %s", seed, step).isEqualTo(counted);
        assertThat(read.size()).isEqualTo(8);
        for (RunRow r : rows) {
          RowState before = settled.get(r.id());
          assertThat(before == null || before == r.state()).isTrue();
          if (r.state().settled()) {
            settled.put(r.id(), r.state());
          }
        }
      }
      assertThat(Arrays.stream(RowState.values()).filter(RowState::settled)).hasSize(11);
    }
  }

  private List<RunRow> due(ConnectionId connection, Instant now) {
    return calls.dueRuns(connection, now, Optional.empty()).stream()
        .flatMap(run -> calls.due(run, now, Optional.empty(), 1000).stream())
        .toList();
  }
}
