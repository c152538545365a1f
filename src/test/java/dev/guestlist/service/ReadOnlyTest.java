package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Ticket;
import dev.guestlist.testing.PracticeWorld;
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

/// Over a connection that somebody made read only nothing leaves, whichever way it was asked for.
@Execution(ExecutionMode.CONCURRENT)
class ReadOnlyTest {
  @TempDir private Path folder;
  private PracticeWorld world;

  @BeforeEach
  void signIn() throws Exception {
    world = PracticeWorld.signedIn(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whatWaitedBeforeItWasTurnedOnStaysUntilItIsTurnedOff() throws Exception {
    ConfirmationCode code = world.mailed("Contoso");
    world.stopServer();
    world.workplace().session().probe();
    Run run =
        world
            .workplace()
            .runs()
            .accept(
                List.of(new Runs.ToAccept(code, Optional.empty(), Optional.empty())),
                Ticket.of("INC-4711"),
                Duration.ZERO);
    world.readOnly(true);
    world.startServer();
    signInAndLook();
    // reading goes on; what leaves by itself after a clean check does not
    for (int look = 0; look < 5; look++) {
      world.workplace().worker().tryNow();
      assertThat(world.workplace().codes().look(code)).isInstanceOf(CodeDesk.Look.Found.class);
    }
    assertThat(acceptsAsked()).isZero();
    assertThat(row(run).state()).isEqualTo(RowState.READY);

    world.readOnly(false);
    signInAndLook();
    until(() -> row(run).state() == RowState.JOINED);
    assertThat(acceptsAsked()).isEqualTo(1);
  }

  private void signInAndLook() throws Exception {
    world.signIn("pat");
    world.workplace().organizations().switchTo(world.organization("Contoso"));
  }

  private RunRow row(Run run) {
    return world.workplace().runs().rows(run.number()).getFirst();
  }

  private long acceptsAsked() {
    return world.control().log().requests().stream()
        .filter(request -> request.path().endsWith("/guests/invitation/accept"))
        .count();
  }
}
