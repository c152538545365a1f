package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.person;
import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.practice.PracticeControl.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class SecondTryAloneTest {
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
  void findsThoseWhoWereOnlyHiddenByOthersOfTheirCall() {
    engine.world.control().refuseEvery(2);
    Run run = engine.invite(true, engine.world.people("Contoso", 5));

    assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
    assertThat(engine.requests("POST", EngineWorld.INVITE)).hasSize(3);
    assertThat(engine.effects(Effect.Kind.INVITED))
        .extracting(Effect::person)
        .doesNotHaveDuplicates()
        .hasSize(5);
  }

  @Test
  void findsThoseWhoCameAfterSomebodySharedFromElsewhere() throws Exception {
    OrganizationId parent = engine.world.organization("Partners");
    engine.world.workplace().organizations().switchTo(parent);
    assertThat(engine.world.workplace().members().refresh(parent)).isEmpty();
    engine.world.workplace().organizations().switchTo(engine.contoso);
    String shared =
        engine
            .world
            .store()
            .members()
            .managed(engine.world.connection().id(), parent)
            .keySet()
            .stream()
            .filter(name -> name.length() > "pat".length())
            .findFirst()
            .orElseThrow();
    List<Target.Person> people = new ArrayList<>(List.of(person(shared)));
    people.addAll(engine.world.people("Contoso", 2));
    Run run = engine.invite(true, people);

    assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
    assertThat(engine.settled(run)).extracting(RunRow::alone).containsExactly(false, true, true);
    assertThat(engine.requests("POST", EngineWorld.INVITE)).hasSize(3);
  }

  @Test
  void refusesWhoIsUnknownAloneTooAfterExactlyTwoCalls() {
    Run run =
        engine.invite(
            true, List.of(engine.world.people("Contoso", 1).getFirst(), person("nobody.at.all")));

    RunRow row = engine.settled(run).getLast();
    assertThat(row.state()).isEqualTo(RowState.REFUSED);
    assertThat(row.reason()).contains(Reason.UNKNOWN_USER);
    assertThat(row.alone()).isTrue();
    assertThat(row.attempts()).isEqualTo(2);
    assertThat(engine.requests("POST", EngineWorld.INVITE)).hasSize(2);
  }

  @Test
  void asksOnceForSomebodyWhoWasAloneAnyway() {
    Run run = engine.invite(true, List.of(person("nobody.at.all")));

    assertThat(engine.settled(run)).extracting(RunRow::state).containsExactly(RowState.REFUSED);
    assertThat(engine.requests("POST", EngineWorld.INVITE)).hasSize(1);
  }

  @Test
  void comesAfterAllOthersOfTheRun() {
    List<Target.Person> people = new ArrayList<>(List.of(person("nobody.at.all")));
    people.addAll(engine.world.people("Contoso", 4));
    for (int i = 0; i < 8; i++) {
      people.add(person("nobody.number." + i));
    }
    Run run = engine.invite(false, people);

    List<RunRow> rows = engine.settled(run);
    RunRow second = rows.getFirst();
    assertThat(second.state()).isEqualTo(RowState.REFUSED);
    assertThat(rows.subList(1, 5))
        .allSatisfy(row -> assertThat(row.changed()).isBefore(second.changed()));
    assertThat(engine.requests("POST", EngineWorld.INVITE)).hasSize(2 + 9);
  }

  @Test
  void isNotShownAsRefusedMeanwhileAndSurvivesARestart() throws Exception {
    Run run = notFoundAndPaused();
    RunRow row = engine.runs().rows(run.number()).getLast();
    assertThat(row.state()).isEqualTo(RowState.READY);
    assertThat(row.alone()).isTrue();

    engine.world.restartProgram();
    engine.world.signIn("pat");
    assertThat(engine.runs().rows(run.number()).getLast()).isEqualTo(row);
    engine.runs().goOn(run.number());
    until(() -> engine.now(run).reviewed().isPresent());
    assertThat(engine.now(run).phase()).as("compared first").isEqualTo(Run.Phase.ASKS);
    engine.runs().goOn(run.number());

    RunRow settled = engine.settled(run).getLast();
    assertThat(settled.state())
        .as("after a restart nobody is in front of it: it asks")
        .isEqualTo(RowState.NEEDS_DECISION);
    assertThat(settled.reason()).contains(Reason.UNKNOWN_USER);
    assertThat(engine.requests("POST", EngineWorld.INVITE)).hasSize(2);
  }

  @Test
  void staysNotFoundWhenTheRunIsStoppedBefore() {
    Run run = notFoundAndPaused();
    engine.runs().stop(run.number());

    RunRow row = engine.settled(run).getLast();
    assertThat(row.state()).isEqualTo(RowState.REFUSED);
    assertThat(row.reason()).contains(Reason.UNKNOWN_USER);
    assertThat(row.serverText()).isNotBlank();
  }

  @Test
  void isStillTheSecondTryAfterTheServerWasBusy() {
    Run run = notFoundAndPaused();
    engine.world.control().beBusy(EngineWorld.INVITE, 503, 1, OptionalInt.of(1));
    engine.runs().goOn(run.number());

    assertThat(engine.settled(run).getLast().state()).isEqualTo(RowState.REFUSED);
    assertThat(engine.requests("POST", EngineWorld.INVITE)).hasSize(3);
  }

  private Run notFoundAndPaused() {
    engine.world.control().answerSlowly(Duration.ofMillis(200));
    Run run =
        engine.invite(
            true, List.of(engine.world.people("Contoso", 1).getFirst(), person("nobody.at.all")));
    until(() -> engine.now(run).count(RowState.SENDING) == 2);
    assertThat(engine.runs().pause(run.number())).isTrue();
    until(() -> engine.now(run).count(RowState.SENDING) == 0);
    engine.world.control().answerSlowly(Duration.ZERO);
    return run;
  }
}
