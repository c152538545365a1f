package dev.guestlist.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Wish;
import dev.guestlist.store.RunTable;
import dev.guestlist.store.RunTable.NewRow;
import dev.guestlist.store.RunTable.NewRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Somebody else signs in while a row is about to leave.
@Execution(ExecutionMode.CONCURRENT)
class InWhoseNameTest {
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
  void aRowLeavesOnlyInTheNameOfWhoeverPostedItsRun() {
    RunTable table = engine.world.store().runs();
    Run run =
        table.post(
            new NewRun(
                engine.world.connection().id(),
                Optional.of(engine.contoso),
                new Wish.Invite(true),
                "pat",
                Ticket.NONE,
                Run.Phase.ACTIVE,
                engine.world.clock().instant().plusSeconds(600),
                List.of(
                    new NewRow(engine.world.people("Contoso", 1).getFirst(), Optional.empty()))));
    List<Long> rows = List.of(table.rows(run.number()).getFirst().id());

    assertThatThrownBy(() ->
            engine
                .world
                .store()
                .calls()
                .sending(rows, Optional.empty(), "ina", engine.world.clock().instant()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(table.rows(run.number()).getFirst().state()).isEqualTo(RowState.READY);
    engine
        .world
        .store()
        .calls()
        .sending(rows, Optional.empty(), "pat", engine.world.clock().instant());
    assertThat(table.rows(run.number()).getFirst().state()).isEqualTo(RowState.SENDING);
  }

  @Test
  void aCallInSomebodysNameDoesNotLeaveWithTheTokensOfAnother() {
    Session session = engine.world.workplace().session();
    engine.world.control().clearLog();
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class,
            () -> session.ask(Optional.of("ina"), () -> session.server().root()));

    assertThat(refused.problem()).isInstanceOf(Problem.SignedOut.class);
    assertThat(engine.world.control().log().requests()).isEmpty();
    assertThat(session.account()).contains("pat");
  }

  @Test
  void aLateSignedOutEndsNobodysSessionWhoSignedInSince() {
    Session session = engine.world.workplace().session();
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                session.ask(() -> {
                  engine.world.signIn("ina");
                  throw new ProblemException(new Problem.SignedOut());
                }));

    assertThat(refused.problem()).isInstanceOf(Problem.SignedOut.class);
    assertThat(session.account()).contains("ina");
  }
}
