package dev.guestlist.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Lets a workplace live through random days: people invite, delete, replace and accept, others do
/// the same elsewhere, answers are lost, servers fail, rights go, invitations expire while codes
/// wait, the program ends in the middle. After every step each row that was asked for must be
/// there; every few steps everything comes to rest, and each row must have an outcome that the
/// server's own log allows.
///
/// `-Dguestlist.random.steps=5000` takes more steps. A failure names its seed, and the file in
/// `target` with the steps, the rows and the server's log. With `-Dguestlist.random.seed=N` the
/// same is drawn again, step by step; what comes of it depends on timing too, so that a failure may
/// need several tries. `-Dguestlist.random.calm=true` rests after each step, and then a seed brings
/// the same outcomes every time, but finds nothing that needs two things at once.
@Execution(ExecutionMode.CONCURRENT)
class RandomDaysTest {
  private static final int STEPS_A_DAY = 25;

  /// From so many steps on each kind of thing has surely happened.
  private static final int MANY = 1000;

  private final int steps = Integer.getInteger("guestlist.random.steps", 120);
  private final long seed = Long.getLong("guestlist.random.seed", System.nanoTime());
  private final boolean calm = Boolean.getBoolean("guestlist.random.calm");

  @TempDir private Path folder;

  /// What was done and what came of it.
  private record Days(List<String> steps, List<String> outcomes, Map<String, Integer> figures) {}

  @Test
  void everyRowTellsWhatReallyHappenedHoweverTheDaysGo() throws Exception {
    System.out.println(
        steps + " random steps, -Dguestlist.random.seed=" + seed + (calm ? ", calm" : ""));
    Map<String, Integer> figures = live(folder, seed, steps, calm).figures();
    System.out.println("seed " + seed + ": " + figures);
    assertThat(figures).as("seed %s", seed).containsKey("INVITED");
    if (steps >= MANY) {
      assertThat(figures)
          .as("seed %s", seed)
          .containsKeys(
              "codes that had expired when they were to leave",
              "rows whose invitation was gone",
              "program ended in the middle",
              "rows judged strictly",
              "JOINED",
              "DELETED");
    }
  }

  @Test
  void aCalmSeedBringsTheSameStepsAndOutcomesTwice() throws Exception {
    Days first = live(folder.resolve("first"), 7, 25, true);
    Days second = live(folder.resolve("second"), 7, 25, true);

    assertThat(second.steps()).isEqualTo(first.steps());
    assertThat(second.outcomes()).isEqualTo(first.outcomes()).isNotEmpty();
  }

  private static Days live(Path folder, long seed, int steps, boolean calm) throws Exception {
    List<String> taken = new ArrayList<>();
    try (RandomDays days = RandomDays.in(Files.createDirectories(folder), seed, calm)) {
      try {
        for (int step = 0; step < steps; step++) {
          taken.add(step + " " + days.step(step));
          if ((step + 1) % STEPS_A_DAY == 0 || step + 1 == steps) {
            assertThat(days.endOfDay()).as("what does not agree").isEmpty();
          }
        }
        assertThat(days.changedAfterwards()).as("outcomes that changed").isEmpty();
        return new Days(taken, days.outcomes(), days.figures());
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "seed " + seed + (calm ? ", calm" : "") + ", see " + report(seed, taken, days, e), e);
      }
    }
  }

  private static Path report(long seed, List<String> steps, RandomDays days, Throwable failure)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(String.valueOf(failure.getMessage()));
    lines.addAll(steps);
    lines.addAll(days.report());
    Path file = Path.of("target", "random-" + seed + ".txt");
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.write(file, lines);
  }
}
