package dev.guestlist.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Work off the screen's thread, and what comes back.
class BackgroundTest {
  private final List<Object> seen = new ArrayList<>();
  private final Background background = new Background(Runnable::run, Runnable::run, seen::add);

  @Test
  void theEndComesAfterTheResult() {
    background.runToEnd(() -> "read", seen::add, () -> seen.add("end"));
    assertThat(seen).containsExactly("read", "end");
  }

  @Test
  void theEndComesAfterAFailureThatNobodyExpected() {
    RuntimeException full = new IllegalStateException("The disk is full.");
    background.runToEnd(
        () -> {
          throw full;
        },
        seen::add,
        () -> seen.add("end"));
    assertThat(seen).containsExactly(full, "end");
  }

  @Test
  void aProblemThatNobodyTellsIsNotSwallowed() {
    ProblemException signedOut = new ProblemException(new Problem.SignedOut());
    background.runToEnd(
        () -> {
          throw signedOut;
        },
        seen::add,
        () -> seen.add("end"));
    assertThat(seen).containsExactly(signedOut, "end");
  }

  @Test
  void nothingComesOnceItIsClosed() {
    background.close();
    background.runToEnd(() -> "read", seen::add, () -> seen.add("end"));
    assertThat(seen).isEmpty();
  }
}
