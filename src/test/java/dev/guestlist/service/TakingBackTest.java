package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.person;
import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Activity;
import dev.guestlist.model.Group;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import dev.guestlist.practice.PracticeControl.Effect;
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

@Execution(ExecutionMode.CONCURRENT)
class TakingBackTest {
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
  class ARun {
    @Test
    void deletesExactlyWhatItMadeAndWhatIsPendingStill() {
      List<Target.Person> people = engine.world.people("Contoso", 7);
      Run other = listed(engine.invite(true, people.subList(6, 7)));
      Run run = listed(engine.invite(true, people.subList(0, 6)));
      String contoso = engine.contoso.value();
      engine.world.control().othersAccept(contoso, 1, List.of(name(run, 0)));
      engine.world.control().othersDelete(contoso, 1, List.of(name(run, 1)));
      Runs.ToDelete mine = new Runs.ToDelete(row(run, 2).invitation().orElseThrow(), name(run, 2));
      engine.settled(engine.runs().delete(engine.contoso, List.of(mine), Duration.ZERO));
      assertThat(engine.world.workplace().invitations().refresh(engine.contoso)).isEmpty();
      assertThat(engine.world.workplace().members().refresh(engine.contoso)).isEmpty();

      TakingBack preview = engine.runs().previewTakeBack(run.number());
      assertThat(preview.canBeDeleted()).isEqualTo(3);
      assertThat(preview.joined()).isEqualTo(1);
      assertThat(preview.notListed()).isEqualTo(1);
      assertThat(preview.deletedAlready()).isEqualTo(1);
      assertThat(preview.ended()).isZero();

      engine.world.control().clearLog();
      Run back = engine.runs().takeBackSent(run.number(), Duration.ZERO).orElseThrow();
      assertThat(back.wish()).isEqualTo(new Wish.Delete());
      assertThat(engine.settled(back)).extracting(RunRow::state).containsOnly(RowState.DELETED);
      assertThat(engine.effects(Effect.Kind.DELETED))
          .extracting(Effect::person)
          .containsExactlyInAnyOrder(name(run, 3), name(run, 4), name(run, 5));
      assertThat(engine.runs().previewTakeBack(other.number()).canBeDeleted()).isEqualTo(1);
    }

    @Test
    void leavesNothingToTakeBackTwice() {
      Run run = listed(engine.invite(true, engine.world.people("Contoso", 2)));
      Run back = engine.runs().takeBackSent(run.number(), Duration.ofMinutes(1)).orElseThrow();

      assertThat(engine.runs().takeBackSent(run.number(), Duration.ZERO)).isEmpty();
      assertThat(engine.runs().previewTakeBack(run.number()).deletedAlready()).isEqualTo(2);
      assertThat(engine.runs().takeBack(back.number())).isTrue();
      assertThat(engine.runs().previewTakeBack(run.number()).canBeDeleted()).isEqualTo(2);
    }

    @Test
    void leavesWhatHasEnded() {
      Run run = listed(engine.invite(true, engine.world.people("Contoso", 1)));
      engine.world.control().moveClock(Duration.ofDays(4));
      assertThat(engine.world.workplace().invitations().refresh(engine.contoso)).isEmpty();

      TakingBack preview = engine.runs().previewTakeBack(run.number());
      assertThat(preview.canBeDeleted()).isZero();
      assertThat(preview.ended() + preview.notListed()).isEqualTo(1);
    }

    @Test
    void thatDeletesMadeNothingToTakeBack() {
      List<Runs.ToDelete> made = engine.invited(1);
      Run run = engine.runs().delete(engine.contoso, made, Duration.ZERO);
      engine.settled(run);

      assertThat(engine.runs().takeBackSent(run.number(), Duration.ZERO)).isEmpty();
    }
  }

  @Nested
  class Retrying {
    @Test
    void repeatsTheRefusedWithTheSameGiftsAndNobodyElse() {
      List<Group> groups = engine.world.workplace().assignments().of(engine.contoso).groups();
      Target.Person nobody =
          new Target.Person(
              person("nobody.at.all").username(), List.of(), groups.stream().limit(1).toList());
      List<Target.Person> people = List.of(engine.world.people("Contoso", 1).getFirst(), nobody);
      Run run = engine.runs().invite(engine.contoso, people, true, "INC-7");
      engine.settled(run);
      engine.world.control().clearLog();

      Run again = engine.runs().retry(run.number()).orElseThrow();
      assertThat(again.wish()).isEqualTo(run.wish());
      assertThat(again.ticket().number()).isEqualTo("INC-7");
      assertThat(engine.settled(again)).extracting(RunRow::target).containsExactly(nobody);
      assertThat(engine.effects(Effect.Kind.INVITED)).isEmpty();
    }

    @Test
    void triesWhatWasNotTried() {
      List<Runs.ToDelete> made = engine.invited(2);
      Run run = engine.runs().delete(engine.contoso, made, Duration.ofMinutes(1));
      assertThat(engine.runs().retry(run.number())).as("not finished yet").isEmpty();
      engine.runs().stop(run.number());

      Run again = engine.runs().retry(run.number()).orElseThrow();
      assertThat(engine.settled(again))
          .extracting(RunRow::state)
          .containsExactly(RowState.DELETED, RowState.DELETED);
    }

    @Test
    void finishesInvitingAgainOnce() {
      Runs.ToDelete old = engine.invited(1).getFirst();
      Run run =
          engine
              .runs()
              .inviteAgain(
                  engine.contoso,
                  List.of(new Runs.ToReplace(old.invitation(), person("nobody.at.all"))),
                  true,
                  Duration.ZERO);
      assertThat(engine.settled(run).getFirst().state()).isEqualTo(RowState.NOT_INVITED_AGAIN);
      engine.world.control().clearLog();

      Run again = engine.runs().retry(run.number()).orElseThrow();
      engine.settled(again);
      assertThat(engine.requests("DELETE", EngineWorld.DELETE)).isEmpty();
      assertThat(engine.runs().retry(run.number())).isEmpty();
    }

    @Test
    void hasNothingToDoWhereEverybodyWasServed() {
      Run run = engine.invite(true, engine.world.people("Contoso", 1));
      engine.settled(run);

      assertThat(engine.runs().retry(run.number())).isEmpty();
    }
  }

  @Test
  void theDeletedFirstHalfOfInvitingAgainHasALineOfItsOwn() {
    Runs.ToDelete old = engine.invited(1).getFirst();
    Run run =
        engine
            .runs()
            .inviteAgain(
                engine.contoso,
                List.of(new Runs.ToReplace(old.invitation(), person("nobody.at.all"))),
                true,
                Duration.ZERO);
    engine.settled(run);

    List<Activity> lines =
        engine.world.store().activity().find(Activity.Filter.EVERYTHING, Long.MAX_VALUE, 50);
    assertThat(lines)
        .filteredOn(line -> line.run().equals(Optional.of(run.number())))
        .filteredOn(line -> line.kind() == Activity.Kind.ROW_DONE)
        .extracting(line -> line.outcome().orElseThrow())
        .containsExactly(RowState.NOT_INVITED_AGAIN, RowState.DELETED);
  }

  /// Once the list has told which invitations a run made.
  private Run listed(Run run) {
    engine.settled(run);
    until(() ->
        engine.runs().rows(run.number()).stream().allMatch(row -> row.invitation().isPresent()));
    return run;
  }

  private RunRow row(Run run, int position) {
    return engine.runs().rows(run.number()).get(position);
  }

  private String name(Run run, int position) {
    return row(run, position).target().name();
  }
}
