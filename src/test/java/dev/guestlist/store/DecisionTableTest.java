package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.Decision;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class DecisionTableTest extends RunsInAStore {
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
}
