package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guestlist.app.PracticeSignIn;
import dev.guestlist.model.Connection;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.store.KeyFile;
import dev.guestlist.store.LocalStore;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A server that is away is tried again, whether somebody is signed in or not.
@Execution(ExecutionMode.CONCURRENT)
class TryingAgainTest {
  private static final Duration WAITED = Duration.ofSeconds(4);

  @TempDir private Path folder;
  private PracticeWorld world;

  @BeforeEach
  void start() throws Exception {
    world = PracticeWorld.in(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void afterFiveFifteenThirtyAndThenEverySixtySeconds() {
    Session session = world.workplace().session();
    world.stopServer();
    session.probe();
    Optional<Instant> planned = Optional.empty();
    for (int seconds : new int[] {5, 15, 30, 60, 60}) {
      Optional<Instant> before = planned;
      until(() -> session.link().nextTry().isPresent() && !session.link().nextTry().equals(before));
      planned = session.link().nextTry();
      Duration step = Duration.between(world.clock().instant(), planned.orElseThrow());
      assertThat(step)
          .isBetween(Duration.ofSeconds(seconds).minus(WAITED), Duration.ofSeconds(seconds));
      world.clock().move(Duration.ofSeconds(seconds));
      world.workplace().changes().publish(new Change.RunsChanged());
    }
  }

  @Test
  void whoWantedToStaySignedInIsOnceTheServerIsBack() throws Exception {
    world.closeProgram();
    Connection stays = staying(world.connection());
    Path data = folder.resolve("data");
    try (LocalStore store = LocalStore.open(data, KeyFile.in(data), world.clock())) {
      store.connections().put(stays);
      try (Workplace first = Workplace.open(stays, store, new Changes(), world.clock())) {
        PracticeSignIn.signIn(first.session(), "pat", "practice-pat");
      }
    }
    world.stopServer();
    try (LocalStore store = LocalStore.open(data, KeyFile.in(data), world.clock());
        Workplace second = Workplace.open(stays, store, new Changes(), world.clock())) {
      ProblemException away =
          catchThrowableOfType(ProblemException.class, () -> second.session().resume());
      assertThat(away.problem()).isInstanceOf(Problem.Unreachable.class);
      until(() -> second.session().link().nextTry().isPresent());

      world.startServer();
      world.clock().move(Duration.ofSeconds(5));
      second.changes().publish(new Change.RunsChanged());
      until(() -> second.session().account().isPresent());
      assertThat(second.session().account()).contains("pat");
    }
    world.restartProgram();
  }

  private static Connection staying(Connection one) {
    Connection.Settings usual = one.settings();
    return one.with(
        new Connection.Settings(
            usual.colour(),
            false,
            Optional.empty(),
            Optional.empty(),
            usual.trust(),
            usual.proxying(),
            Optional.empty(),
            false,
            true));
  }
}
