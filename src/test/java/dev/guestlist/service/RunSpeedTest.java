package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.person;
import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.PracticeControl.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class RunSpeedTest {
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
  void honoursRetryAfterForTheWholeRunAndSaysSo() {
    List<Runs.ToDelete> made = engine.invited(3);
    engine.world.control().beBusy(EngineWorld.DELETE, 429, 1, OptionalInt.of(1));
    Run run = engine.runs().delete(engine.contoso, made, Duration.ZERO);
    until(() -> engine.worker().slowness(run).isPresent());

    Pace.Slowness slowness = engine.worker().slowness(run).orElseThrow();
    assertThat(slowness.kind()).isEqualTo(Pace.Slowness.Kind.TOO_MANY);
    assertThat(slowness.times()).isEqualTo(1);
    assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.DELETED);
    List<Request> calls = engine.requests("DELETE", EngineWorld.DELETE);
    assertThat(calls).hasSize(4);
    assertThat(Duration.between(calls.get(0).at(), calls.get(1).at()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(950));
    until(() -> engine.worker().slowness(run).isEmpty());
  }

  @Test
  void namesFewerPeopleInACallAfterTheServerWasOverloaded() {
    engine.world.control().beBusy(EngineWorld.INVITE, 503, 2, OptionalInt.of(0));
    Run run = engine.invite(true, engine.world.people("Contoso", 8));

    assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
    assertThat(engine.requests("POST", EngineWorld.INVITE)).hasSize(2 + 2);
    assertThat(engine.effects(Effect.Kind.INVITED)).hasSize(8);
  }

  @Test
  void doesNotCountABusyServerAsLost() {
    engine.world.control().beBusy(EngineWorld.INVITE, 503, 3, OptionalInt.of(0));
    Run run = engine.invite(true, engine.world.people("Contoso", 1));
    until(() -> engine.requests("POST", EngineWorld.INVITE).size() == 3);
    engine.world.control().dropBeforeWork(EngineWorld.INVITE, 1);

    assertThat(engine.settled(run)).extracting(RunRow::state).containsExactly(RowState.INVITED);
    assertThat(engine.settled(run).getFirst().lost()).isEqualTo(1);
  }

  @Test
  void waitsForTheConnectionAndGoesOnByItself() throws Exception {
    List<Runs.ToDelete> made = engine.invited(3);
    engine.world.stopServer();
    Run run = engine.runs().delete(engine.contoso, made, Duration.ZERO);
    until(() -> engine.world.workplace().session().link().offline());
    until(() -> engine.now(run).count(RowState.SENDING) == 0);
    assertThat(engine.now(run).phase()).isEqualTo(Run.Phase.ACTIVE);
    assertThat(engine.now(run).count(RowState.READY) + engine.now(run).count(RowState.UNKNOWN))
        .isEqualTo(3);

    engine.world.startServer();
    assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.DELETED);
  }

  @Test
  void knowsItsRateAfterTwentyRows() {
    List<Target.Person> few =
        IntStream.range(0, 15).mapToObj(i -> person("nobody.number." + i)).toList();
    Run run = engine.invite(false, few);
    engine.settled(run);
    assertThat(engine.worker().rate(engine.now(run))).isEmpty();
    assertThat(engine.worker().timeLeft(engine.now(run))).isEmpty();

    List<Target.Person> many =
        IntStream.range(0, 25).mapToObj(i -> person("nobody.number." + i)).toList();
    Run longer = engine.invite(false, many);
    engine.settled(longer);
    assertThat(engine.worker().rate(engine.now(longer)).orElseThrow()).isBetween(0.4, 500.0);
    assertThat(engine.worker().timeLeft(engine.now(longer))).contains(Duration.ZERO);
  }
}
