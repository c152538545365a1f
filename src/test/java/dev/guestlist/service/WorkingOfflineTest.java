package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Ticket;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Somebody chooses to work offline: the server hears nothing until they go online again.
@Execution(ExecutionMode.CONCURRENT)
class WorkingOfflineTest {
  @TempDir private Path folder;
  private PracticeWorld world;
  private OrganizationId contoso;

  @BeforeEach
  void signIn() throws Exception {
    world = PracticeWorld.signedIn(folder);
    contoso = world.organization("Contoso");
    session().switchTo(contoso);
    assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
    until(() -> world.workplace().worker().sends());
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Session session() {
    return world.workplace().session();
  }

  @Test
  void theServerHearsNothing() throws Exception {
    session().workOffline();
    world.control().clearLog();

    assertThat(session().link().chosen()).isTrue();
    assertThat(world.workplace().invitations().refresh(contoso))
        .hasValueSatisfying(WorkingOfflineTest::isTheChoice);
    session().probe();
    world.workplace().worker().tryNow();
    session().switchTo(world.organization("Northwind"));
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> world.signIn("ina"));
    isTheChoice(refused.problem());
    session().signOut();

    assertThat(world.control().log().requests()).isEmpty();
    assertThat(session().link().nextTry()).as("nothing is tried by itself").isEmpty();
  }

  @Test
  void listsStay() {
    int before = world.workplace().invitations().list(contoso).entries().size();
    session().workOffline();
    world.workplace().invitations().refresh(contoso);
    assertThat(world.workplace().invitations().list(contoso).entries()).hasSize(before);
  }

  @Test
  void anAnswerThatWasOnItsWayArrivesAndEndsNothing() throws Exception {
    world.control().answerSlowly(Duration.ofMillis(400));
    world.control().clearLog();
    CompletableFuture<Optional<Problem>> reading =
        CompletableFuture.supplyAsync(() -> world.workplace().invitations().refresh(contoso));
    until(() -> !world.control().log().requests().isEmpty());
    session().workOffline();
    assertThat(reading).as("still on its way").isNotDone();
    assertThat(reading.get(20, TimeUnit.SECONDS)).isEmpty();
    assertThat(session().link().chosen()).isTrue();
  }

  @Test
  void whatIsWantedMeanwhileWaitsAndLeavesAfterwardsAsAfterAnyLostLine() throws Exception {
    ConfirmationCode code = world.mailed("Contoso");
    session().workOffline();
    world.control().clearLog();
    Run accepting =
        world
            .workplace()
            .runs()
            .accept(
                List.of(new Runs.ToAccept(code, Optional.empty(), Optional.empty())),
                Ticket.of("INC-9"),
                Duration.ZERO);
    Run inviting = world.workplace().runs().invite(contoso, world.people("Contoso", 2), true, "");
    world.workplace().worker().tryNow();
    session().probe();
    assertThat(world.workplace().invitations().refresh(contoso)).isPresent();

    Instant online = world.control().now().truncatedTo(ChronoUnit.MILLIS);
    session().goOnline();
    world.workplace().worker().tryNow();

    assertThat(session().link().state()).isEqualTo(Link.State.ONLINE);
    assertThat(world.settled(accepting)).extracting(RunRow::state).containsOnly(RowState.JOINED);
    assertThat(world.control().log().requests())
        .as("nothing left before")
        .isNotEmpty()
        .allMatch(request -> !request.at().isBefore(online));
    assertThat(world.control().log().effects())
        .as("an invitation asks before it leaves")
        .noneMatch(effect -> effect.kind() == Effect.Kind.INVITED);
    assertThat(world.workplace().runs().find(inviting.number()).orElseThrow().phase())
        .isEqualTo(Run.Phase.ASKS);
  }

  @Test
  void goingOnlineWithoutAServerIsOfflineLikeAnyOther() {
    session().workOffline();
    world.stopServer();
    session().goOnline();
    assertThat(session().link().offline()).isTrue();
    assertThat(session().link().chosen()).isFalse();
    until(() -> session().link().nextTry().isPresent());
  }

  private static void isTheChoice(Problem problem) {
    assertThat(problem)
        .isInstanceOfSatisfying(
            Problem.Unreachable.class,
            unreachable -> {
              assertThat(unreachable.chosen()).isTrue();
              assertThat(unreachable.mayHaveArrived()).isFalse();
            });
  }
}
