package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.CODE;
import static dev.guestlist.store.Sample.CONTOSO;
import static dev.guestlist.store.Sample.NORTHWIND;
import static dev.guestlist.store.Sample.NOW;
import static dev.guestlist.store.Sample.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Execution(ExecutionMode.CONCURRENT)
class CallTableTest extends RunsInAStore {
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
      assertThat(doneHere.recent(ACME, CONTOSO, LATER)).hasSize(1);
      assertThat(doneHere.recent(ACME, NORTHWIND, LATER)).isEmpty();
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
}
