package dev.guestlist.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Lets a workplace live through random days: people invite, delete, replace and accept, others do
/// the same elsewhere, answers are lost, servers fail, invitations expire, the program dies. Every
/// few steps everything comes to rest, and each row must agree with what the server did.
///
/// `-Dguestlist.random.steps=5000` takes more steps. A failure names its seed; with
/// `-Dguestlist.random.seed=N` the same days are lived through again.
@Execution(ExecutionMode.CONCURRENT)
class RandomDaysTest {
  private static final int STEPS_A_DAY = 25;

  private final int steps = Integer.getInteger("guestlist.random.steps", 150);
  private final long seed = Long.getLong("guestlist.random.seed", System.nanoTime());

  @TempDir private Path folder;

  @Test
  void everyRowTellsWhatReallyHappenedHoweverTheDaysGo() throws Exception {
    System.out.println(steps + " random steps, -Dguestlist.random.seed=" + seed);
    List<String> taken = new ArrayList<>();
    try (RandomDays days = RandomDays.in(folder, seed)) {
      for (int step = 0; step < steps; step++) {
        taken.add(days.step(step));
        if ((step + 1) % STEPS_A_DAY == 0 || step + 1 == steps) {
          assertThat(days.endOfDay()).as("seed %s, step %s, after %s", seed, step, taken).isEmpty();
          taken.clear();
        }
      }
      assertThat(days.changedAfterwards()).as("seed %s", seed).isEmpty();
      Map<String, Integer> done = days.figures();
      System.out.println("seed " + seed + ": " + done);
      assertThat(done).as("seed %s", seed).containsKey("INVITED");
    } catch (Exception | AssertionError e) {
      if (String.valueOf(e.getMessage()).contains("seed " + seed)) {
        throw e;
      }
      fail("seed " + seed + ", after " + taken, e);
    }
  }
}
