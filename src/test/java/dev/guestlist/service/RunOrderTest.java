package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Decision;
import dev.guestlist.model.Held;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Role;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.SendingProgram;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Wish;
import dev.guestlist.practice.PracticeControl.Request;
import dev.guestlist.store.KeyFile;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.RowChange;
import dev.guestlist.store.RunTable.NewRow;
import dev.guestlist.store.RunTable.NewRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class RunOrderTest {
  private static final Duration SLOW = Duration.ofMillis(200);

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
  class Organizations {
    @Test
    void oneOrganizationHasOneCallAtATime() {
      List<Runs.ToDelete> made = engine.invited(4);
      engine.world.control().answerSlowly(SLOW);
      Run one = engine.runs().delete(engine.contoso, made.subList(0, 2), Duration.ZERO);
      Run two = engine.runs().delete(engine.contoso, made.subList(2, 4), Duration.ZERO);
      engine.settled(two);
      engine.world.control().answerSlowly(Duration.ZERO);

      assertThat(engine.settled(one)).extracting(RunRow::state).containsOnly(RowState.DELETED);
      List<Request> calls = engine.requests("DELETE", EngineWorld.DELETE);
      assertThat(calls).hasSize(4);
      for (int i = 1; i < calls.size(); i++) {
        assertThat(Duration.between(calls.get(i - 1).at(), calls.get(i).at()))
            .isGreaterThanOrEqualTo(SLOW.minusMillis(20));
      }
    }

    @Test
    void aShortRunElsewhereDoesNotWaitForTheEndOfALongOne() {
      List<Runs.ToDelete> made = engine.invited(8);
      OrganizationId partners = engine.world.organization("Partners");
      OrganizationId northwind = engine.world.organization("Northwind");
      engine.world.control().answerSlowly(SLOW);
      Run longest = engine.runs().delete(engine.contoso, made, Duration.ZERO);
      until(() -> engine.now(longest).count(RowState.SENDING) == 1);
      Run second = engine.runs().invite(partners, engine.world.people("Partners", 1), true, "");
      Run third = engine.runs().invite(northwind, engine.world.people("Northwind", 1), true, "");
      until(() -> done(second) && done(third));

      assertThat(engine.now(longest).done()).isFalse();
      engine.world.control().answerSlowly(Duration.ZERO);
      assertThat(engine.settled(longest)).extracting(RunRow::state).containsOnly(RowState.DELETED);
    }

    @Test
    void readingAListOvertakesARun() {
      List<Runs.ToDelete> made = engine.invited(8);
      engine.world.control().answerSlowly(SLOW);
      Run run = engine.runs().delete(engine.contoso, made, Duration.ZERO);
      until(() -> engine.now(run).count(RowState.SENDING) == 1);
      assertThat(engine.world.workplace().invitations().refresh(engine.contoso)).isEmpty();

      assertThat(engine.now(run).count(RowState.DELETED)).isLessThanOrEqualTo(3);
      engine.world.control().answerSlowly(Duration.ZERO);
      assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.DELETED);
    }

    @Test
    void theRestGoesOnWhileALostAnswerCannotBeLookedUp() {
      List<Runs.ToDelete> made = engine.invited(1);
      OrganizationId partners = engine.world.organization("Partners");
      engine.world.control().refuseLists(2);
      engine.world.control().dropAfterWork(EngineWorld.DELETE, 1);
      Run lost = engine.runs().delete(engine.contoso, made, Duration.ZERO);
      until(() -> engine.now(lost).count(RowState.UNKNOWN) == 1);
      until(() -> engine.world.workplace().session().ready());
      Run other = engine.runs().invite(partners, engine.world.people("Partners", 1), true, "");

      assertThat(engine.settled(other)).extracting(RunRow::state).containsOnly(RowState.INVITED);
      engine.worker().tryNow();
      assertThat(engine.settled(lost)).extracting(RunRow::state).containsOnly(RowState.DELETED);
      assertThat(engine.requests("DELETE", EngineWorld.DELETE)).hasSize(1);
    }
  }

  @Nested
  class LostRows {
    @Test
    void goBackToTheQueueTwiceAndThenToAPerson() {
      engine.world.control().dropBeforeWork(EngineWorld.INVITE, 5);
      Run run = engine.invite(true, engine.world.people("Contoso", 1));
      until(() -> {
        engine.worker().tryNow();
        return engine.now(run).count(RowState.NEEDS_DECISION) == 1;
      });

      RunRow row = engine.runs().rows(run.number()).getFirst();
      assertThat(row.reason()).contains(Reason.NEVER_ARRIVED);
      assertThat(row.lost()).isEqualTo(2);
      assertThat(engine.requests("POST", EngineWorld.INVITE)).hasSize(3);
    }
  }

  @Nested
  class Decisions {
    @Test
    void holdBackOnlyTheSamePersonInTheSameOrganization() {
      List<Target.Person> people = engine.world.people("Contoso", 2);
      RunRow row = undecided(people.getFirst());

      Run later = engine.runs().invite(engine.contoso, people, true, "");
      until(() -> engine.now(later).count(RowState.READY) == 1);
      until(() -> engine.runs().rows(later.number()).getLast().state().settled());
      assertThat(engine.runs().rows(later.number()).getFirst().state()).isEqualTo(RowState.READY);

      engine.world.decide(engine.runs().row(row.id()).orElseThrow(), Decision.DISCARD);
      assertThat(engine.settled(later)).allMatch(one -> one.state().settled());
    }

    /// A row about somebody that waits for a decision.
    private RunRow undecided(Target.Person person) {
      Run run =
          engine
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
                      Run.Phase.PAUSED,
                      engine.world.clock().instant(),
                      List.of(new NewRow(person, Optional.empty()))));
      RunRow row = engine.runs().rows(run.number()).getFirst();
      engine
          .world
          .store()
          .calls()
          .settle(
              List.of(
                  RowChange.because(row.id(), RowState.NEEDS_DECISION, Reason.NEVER_ARRIVED, "")),
              engine.world.clock().instant());
      return engine.runs().row(row.id()).orElseThrow();
    }
  }

  @Nested
  class Refusals {
    @Test
    void ofARightHoldEverythingOfItsKindInThatOrganization() throws Exception {
      OrganizationId partners = engine.world.organization("Partners");
      List<Target.Person> people = engine.world.people("Contoso", 3);
      List<Runs.ToDelete> made = engine.invited(1);
      engine
          .world
          .control()
          .takeRight("pat", engine.contoso.value(), "internal_org_guest_mgt_invite_add");
      engine.world.control().answerSlowly(SLOW);
      Run one = engine.invite(true, people.subList(1, 2));
      Run two = engine.runs().invite(engine.contoso, people.subList(2, 3), false, "");
      Run elsewhere = engine.runs().invite(partners, engine.world.people("Partners", 1), true, "");
      Run otherKind = engine.runs().delete(engine.contoso, made, Duration.ZERO);

      until(() -> engine.now(one).phase() == Run.Phase.HELD);
      until(() -> engine.now(two).phase() == Run.Phase.HELD);
      assertThat(engine.now(two).why()).isEqualTo(engine.now(one).why());
      assertThat(Held.parse(engine.now(two).why()).kind()).isEqualTo(Held.Kind.RIGHT_MISSING);
      assertThat(engine.settled(elsewhere))
          .extracting(RunRow::state)
          .containsOnly(RowState.INVITED);
      assertThat(engine.settled(otherKind))
          .extracting(RunRow::state)
          .containsOnly(RowState.DELETED);
      assertThat(engine.runs().rows(two.number()).getFirst().attempts()).isZero();
    }

    @Test
    void ofARoleConcernOnlyTheRunThatAskedForIt() {
      List<Target.Person> people = engine.world.people("Contoso", 2);
      Role gone = new Role("00000000-0000-0000-0000-000000000000", "Auditor", Optional.empty());
      Run one =
          engine.invite(
              true, List.of(new Target.Person(people.get(0).username(), List.of(gone), List.of())));
      Run two = engine.runs().invite(engine.contoso, people.subList(1, 2), true, "");

      assertThat(engine.settled(one))
          .extracting(RunRow::state)
          .containsOnly(RowState.NEEDS_DECISION);
      assertThat(engine.settled(two)).extracting(RunRow::state).containsOnly(RowState.INVITED);
    }
  }

  @Nested
  class TwoPrograms {
    @Test
    void theOneThatWatchesIsToldWhatTheOtherDid() throws Exception {
      Path data = folder.resolve("data");
      Changes changes = new Changes();
      AtomicInteger told = new AtomicInteger();
      try (LocalStore second = LocalStore.open(data, KeyFile.in(data), engine.world.clock());
          Workplace other =
              Workplace.open(engine.world.connection(), second, changes, engine.world.clock())) {
        assertThat(other.worker().sends()).isFalse();
        Run run = engine.runs().invite(engine.contoso, engine.world.people("Contoso", 1), true, "");
        engine.settled(run);
        changes.subscribe(change -> told.incrementAndGet());
        until(() -> told.get() > 0);
        assertThat(other.runs().find(run.number()).orElseThrow().done()).isTrue();
      }
    }

    @Test
    void theOneThatWatchesKnowsWhoSendsAndTakesOver() throws Exception {
      Path data = folder.resolve("data");
      try (LocalStore second = LocalStore.open(data, KeyFile.in(data), engine.world.clock());
          Workplace other =
              Workplace.open(
                  engine.world.connection(), second, new Changes(), engine.world.clock())) {
        SendingProgram first = engine.worker().holder().orElseThrow();
        assertThat(first.process()).isEqualTo(ProcessHandle.current().pid());
        assertThat(first.user()).isEqualTo(System.getProperty("user.name"));
        assertThat(first.computer()).isNotBlank();
        assertThat(other.worker().sends()).isFalse();
        assertThat(other.worker().holder()).contains(first);

        engine.world.clock().move(Duration.ofMinutes(7));
        engine.world.workplace().close();
        engine.world.store().close();
        until(() -> other.worker().sends());
        SendingProgram heir = other.worker().holder().orElseThrow();
        assertThat(Duration.between(first.since(), heir.since()))
            .isGreaterThan(Duration.ofMinutes(6));
      }
      engine.world.restartProgram();
    }

    @Test
    void nobodySendsOnceAllAreClosed() {
      engine.world.closeProgram();
      try (LocalStore store =
          LocalStore.open(
              folder.resolve("data"), KeyFile.in(folder.resolve("data")), engine.world.clock())) {
        assertThat(store.sender()).isEmpty();
      }
    }
  }

  private boolean done(Run run) {
    return engine.now(run).done();
  }
}
