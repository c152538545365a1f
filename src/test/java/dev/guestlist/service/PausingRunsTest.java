package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.practice.PracticeControl.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class PausingRunsTest {
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

  @Test
  void takesEffectAfterTheCallInFlight() {
    Run run = pausedAfterTheFirst(5);

    int deleted = engine.effects(Effect.Kind.DELETED).size();
    Run paused = engine.now(run);
    assertThat(deleted).isBetween(1, 4);
    assertThat(paused.count(RowState.DELETED)).isEqualTo(deleted);
    assertThat(paused.count(RowState.READY)).isEqualTo(5 - deleted);
  }

  @Test
  void goesOnWhenToldTo() {
    Run run = pausedAfterTheFirst(4);
    engine.runs().goOn(run.number());

    assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.DELETED);
    assertThat(engine.effects(Effect.Kind.DELETED)).hasSize(4);
  }

  @Test
  void survivesARestart() throws Exception {
    Run run = pausedAfterTheFirst(4);
    int left = engine.now(run).count(RowState.READY);
    engine.world.restartProgram();
    engine.world.signIn("pat");

    assertThat(engine.now(run).phase()).isEqualTo(Run.Phase.PAUSED);
    assertThat(engine.now(run).count(RowState.READY)).isEqualTo(left);
    engine.runs().goOn(run.number());
    until(() -> engine.now(run).reviewed().isPresent());
    assertThat(engine.now(run).phase()).as("compared first").isEqualTo(Run.Phase.ASKS);
    engine.runs().goOn(run.number());
    assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.DELETED);
  }

  @Test
  void leavesUntriedRowsNotTriedWhenItIsStopped() {
    Run run = pausedAfterTheFirst(4);
    int left = engine.now(run).count(RowState.READY);
    engine.runs().stop(run.number());

    assertThat(engine.now(run).done()).isTrue();
    assertThat(engine.now(run).count(RowState.NOT_TRIED)).isEqualTo(left);
    assertThat(engine.effects(Effect.Kind.DELETED)).hasSize(4 - left);
  }

  @Test
  void stillLooksUpWhatBecameOfALostAnswer() {
    List<Runs.ToDelete> made = engine.invited(2);
    engine.world.control().refuseLists(1);
    engine.world.control().dropAfterWork(EngineWorld.DELETE, 1);
    Run run = engine.runs().delete(engine.contoso, made, Duration.ofMillis(300));
    until(() -> engine.now(run).count(RowState.UNKNOWN) == 1);
    assertThat(engine.runs().pause(run.number())).isTrue();
    engine.worker().tryNow();

    until(() -> engine.now(run).count(RowState.UNKNOWN) == 0);
    assertThat(engine.now(run).phase()).isEqualTo(Run.Phase.PAUSED);
    assertThat(engine.now(run).count(RowState.DELETED)).isPositive();
  }

  @Test
  void changesNothingAboutARunThatIsNotLeaving() {
    Run run = engine.invite(true, engine.world.people("Contoso", 1));
    engine.runs().stop(run.number());

    assertThat(engine.runs().pause(run.number())).isFalse();
    assertThat(engine.now(run).phase()).isEqualTo(Run.Phase.STOPPED);
  }

  /// A run of slow deletions, paused while the first is on its way, once that has come back.
  private Run pausedAfterTheFirst(int rows) {
    List<Runs.ToDelete> made = engine.invited(rows);
    engine.world.control().answerSlowly(Duration.ofMillis(150));
    Run run = engine.runs().delete(engine.contoso, made, Duration.ZERO);
    until(() -> engine.now(run).count(RowState.SENDING) == 1);
    assertThat(engine.runs().pause(run.number())).isTrue();
    until(() -> engine.now(run).count(RowState.SENDING) == 0);
    engine.world.control().answerSlowly(Duration.ZERO);
    return run;
  }
}
