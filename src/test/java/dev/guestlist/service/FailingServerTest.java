package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.person;
import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.practice.PracticeControl.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A server, or a gateway in front of it, that answers with 5xx or with pages of its own.
@Execution(ExecutionMode.CONCURRENT)
class FailingServerTest {
  private static final String LIST = "/guests/invitations";
  private static final String ALL_GUESTS = "/guests/";

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
  void slowsARunDownAfterItsFirstFailureAndTheRunSaysSo() {
    List<Target.Person> many =
        IntStream.range(0, 60).mapToObj(i -> person("nobody.number." + i)).toList();
    engine.world.control().answerHtml(EngineWorld.INVITE, 502, 10_000);
    Run run = engine.invite(true, many);
    until(() -> engine.worker().slowness(run).isPresent());
    Pace.Slowness slowness = engine.worker().slowness(run).orElseThrow();
    assertThat(slowness.kind()).isEqualTo(Pace.Slowness.Kind.FAILS);
    assertThat(slowness.times()).isEqualTo(1);

    until(() -> engine.worker().slowness(run).orElseThrow().times() == 2);
    Instant next = engine.worker().slowness(run).orElseThrow().until().orElseThrow();
    assertThat(Duration.between(engine.world.clock().instant(), next))
        .isBetween(Duration.ofSeconds(6), Duration.ofSeconds(15));
    List<Request> calls = engine.requests("POST", EngineWorld.INVITE);
    assertThat(calls).hasSize(2);
    assertThat(Duration.between(calls.get(0).at(), calls.get(1).at()))
        .isGreaterThan(Duration.ofMillis(4800));
    assertThat(engine.requests("GET", LIST))
        .as("before the first call and after each, if that is done already")
        .hasSizeBetween(2, 3);
    assertThat(engine.runs().rows(run.number()).getLast().lost()).isZero();
  }

  @Test
  void sendsNothingMoreWhileNobodyCanFindOutWhatBecameOfTheLastCall() {
    engine.world.control().answerHtml(ALL_GUESTS, 502, 10_000);
    Run run = engine.invite(true, engine.world.people("Contoso", 2));
    until(() -> engine.now(run).count(RowState.UNKNOWN) == 2);
    Run later = engine.runs().invite(engine.contoso, List.of(person("nobody.at.all")), true, "");

    for (int i = 0; i < 3; i++) {
      int before = engine.requests("GET", LIST).size();
      engine.worker().tryNow();
      until(() -> engine.requests("GET", LIST).size() > before);
    }
    assertThat(engine.requests("POST", EngineWorld.INVITE)).hasSize(1);
    assertThat(engine.now(later).count(RowState.READY)).isEqualTo(1);

    engine.world.control().allWell();
    engine.worker().tryNow();
    assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.INVITED);
    assertThat(engine.settled(later)).extracting(RunRow::state).containsOnly(RowState.REFUSED);
  }

  @Test
  void onePersonAtWhomItFailsTakesNobodyAlong() {
    for (int i = 0; i < 3; i++) {
      engine.world.control().crashInviteAfter(0);
    }
    Run run = engine.invite(true, engine.world.people("Contoso", 4));
    until(() -> {
      engine.worker().tryNow();
      return engine.runs().rows(run.number()).stream()
          .allMatch(row -> row.state().settled() || row.state() == RowState.NEEDS_DECISION);
    });

    List<RunRow> rows = engine.runs().rows(run.number());
    assertThat(rows.getFirst().state()).isEqualTo(RowState.NEEDS_DECISION);
    assertThat(rows.getFirst().reason()).contains(Reason.NEVER_ARRIVED);
    assertThat(rows.subList(1, 4)).extracting(RunRow::state).containsOnly(RowState.INVITED);
  }

  @Test
  void aLostAnswerIsNotLookedUpForEverWhereTheAccountIsNotLetInAnyMore() throws Exception {
    Run run = lostDeletion();
    engine.world.workplace().session().signOut();
    engine.world.control().removeMember("Contoso", "pat");
    engine.world.control().allWell();
    engine.world.signIn("pat");

    assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.CANNOT_TELL);
  }

  @Test
  void aLostAnswerOfSomebodyElseWaitsForWhoeverMayLook() throws Exception {
    Run run = lostDeletion();
    engine.world.workplace().session().signOut();
    engine
        .world
        .control()
        .takeRight("ina", engine.contoso.value(), "internal_org_guest_mgt_invite_list");
    engine.world.control().allWell();
    engine.world.signIn("ina");
    engine.world.control().clearLog();
    engine.worker().tryNow();
    until(() ->
        engine.requests("GET", LIST).stream().map(Request::status).anyMatch(one -> one == 403));
    assertThat(engine.now(run).count(RowState.UNKNOWN)).isEqualTo(1);

    engine.world.workplace().session().signOut();
    engine.world.signIn("pat");
    assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.DELETED);
  }

  @Test
  void lookingCanBeGivenUpAndTheRestGoesOn() {
    Run run = lostDeletion();
    assertThat(engine.runs().lookedUpLong(run.number())).isZero();
    engine.world.clock().move(Duration.ofMinutes(1));
    assertThat(engine.runs().lookedUpLong(run.number())).isEqualTo(1);
    engine.runs().stopLooking(run.number());

    assertThat(engine.settled(run)).extracting(RunRow::state).containsOnly(RowState.CANNOT_TELL);
    engine.world.control().allWell();
    // the pause after the last failure may be a minute
    engine.world.clock().move(Duration.ofMinutes(2));
    Run next = engine.runs().invite(engine.contoso, List.of(person("nobody.at.all")), true, "");
    assertThat(engine.settled(next)).extracting(RunRow::state).containsOnly(RowState.REFUSED);
  }

  /// A deletion whose answer was lost, while the list cannot be read.
  private Run lostDeletion() {
    List<Runs.ToDelete> made = engine.invited(1);
    engine.world.control().dropAfterWork(EngineWorld.DELETE, 1);
    engine.world.control().refuseLists(10_000);
    Run run = engine.runs().delete(engine.contoso, made, Duration.ZERO);
    until(() -> engine.now(run).count(RowState.UNKNOWN) == 1);
    // a lost answer may be a lost line: nothing is looked up, and what is asked for waits, until
    // the server answered again
    until(() -> !engine.requests("GET", "/guests/invitations").isEmpty());
    return run;
  }
}
