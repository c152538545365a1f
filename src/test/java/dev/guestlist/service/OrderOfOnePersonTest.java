package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.person;
import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Wish;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.store.RunTable.NewRow;
import dev.guestlist.store.RunTable.NewRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What is wanted of one person in one organization happens in the order in which it was wanted.
@Execution(ExecutionMode.CONCURRENT)
class OrderOfOnePersonTest {
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
  void anInvitationWaitsForTheDeletionThatCanStillBeTakenBack() {
    List<Runs.ToDelete> made = engine.invited(1);
    String name = made.getFirst().username();
    Run delete = engine.runs().delete(engine.contoso, made, Duration.ofSeconds(2));
    Run invite = engine.runs().invite(engine.contoso, List.of(person(name)), true, "");
    assertThat(engine.runs().waitsFor(invite.number())).hasValue(delete.number());

    assertThat(engine.settled(invite)).extracting(RunRow::state).containsOnly(RowState.INVITED);
    assertThat(engine.settled(delete)).extracting(RunRow::state).containsOnly(RowState.DELETED);
    assertThat(engine.world.control().log().effects())
        .extracting(Effect::kind)
        .containsExactly(Effect.Kind.DELETED, Effect.Kind.INVITED);
  }

  @Test
  void anInvitationWaitsForAnEarlierOneThatAsksAndOthersDoNot() {
    List<Target.Person> people = engine.world.people("Contoso", 2);
    Run asks = asks(people.getFirst());
    Run later = engine.runs().invite(engine.contoso, people, true, "");

    until(() -> engine.runs().rows(later.number()).getLast().state() == RowState.INVITED);
    assertThat(engine.runs().rows(later.number()).getFirst().state()).isEqualTo(RowState.READY);
    assertThat(engine.runs().waitsFor(later.number())).hasValue(asks.number());

    engine.runs().stop(asks.number());
    assertThat(engine.settled(later)).extracting(RunRow::state).containsOnly(RowState.INVITED);
  }

  @Test
  void aSecondTryDoesNotWaitForARowThatWaitsForIt() {
    Target.Person nobody = person("nobody.at.all");
    Run run =
        engine.invite(true, List.of(nobody, engine.world.people("Contoso", 1).getFirst(), nobody));

    assertThat(engine.settled(run))
        .extracting(RunRow::state)
        .containsExactly(RowState.REFUSED, RowState.INVITED, RowState.REFUSED);
  }

  @Test
  void aDeletionDoesNotWaitForTheEndOfALongRunAboutOthers() {
    List<Runs.ToDelete> made = engine.invited(8);
    engine.world.control().answerSlowly(Duration.ofMillis(200));
    Run longer = engine.runs().delete(engine.contoso, made.subList(0, 7), Duration.ZERO);
    until(() -> engine.now(longer).count(RowState.SENDING) == 1);
    Run quick = engine.runs().delete(engine.contoso, made.subList(7, 8), Duration.ZERO);

    assertThat(engine.settled(quick)).extracting(RunRow::state).containsOnly(RowState.DELETED);
    assertThat(engine.now(longer).count(RowState.READY)).isGreaterThan(2);
    engine.world.control().answerSlowly(Duration.ZERO);
    assertThat(engine.settled(longer)).extracting(RunRow::state).containsOnly(RowState.DELETED);
  }

  /// An invitation that waits for somebody's yes.
  private Run asks(Target.Person person) {
    return engine
        .world
        .store()
        .runs()
        .post(
            new NewRun(
                engine.world.connection().id(),
                Optional.of(engine.contoso),
                new Wish.Invite(true),
                "pat",
                Ticket.NONE,
                Run.Phase.ASKS,
                engine.world.clock().instant(),
                List.of(new NewRow(person, Optional.empty()))));
  }
}
