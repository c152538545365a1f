package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.NORTHWIND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.store.InvitationCache.Cached;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Another process writes and is killed by the operating system at a random moment.
@Execution(ExecutionMode.CONCURRENT)
class KilledProgramTest {
  private static final int KILLS = Integer.getInteger("guestlist.kills", 3);

  @TempDir Path temp;

  @Test
  void losesNothingThatWasCommittedAndLeavesNothingBehind() throws Exception {
    Path folder = temp.resolve("data");
    Path systemTemp = Files.createDirectories(temp.resolve("tmp"));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      Path notes = temp.resolve("notes-" + kill);
      Path output = temp.resolve("output-" + kill);
      Process program = start(folder, notes, systemTemp, output);
      try {
        awaitNotes(program, notes, output);
        try (LocalStore second = Sample.open(folder)) {
          assertThat(second.claimSending()).as("the other program sends").isFalse();
          assertThat(second.notices()).isEmpty();
        }
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(400)).toNanos());
      } finally {
        program.destroyForcibly();
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
      try (LocalStore store = Sample.open(folder)) {
        assertThat(store.notices()).as("seed %s", seed).isEmpty();
        assertThat(store.claimSending()).as("a killed program does not send any more").isTrue();
        Files.readAllLines(notes).forEach(note -> check(store, note));
        checkSums(store);
        checkList(store);
        store.calls().recover(Sample.NOW);
        assertThat(store.calls().openCalls(ACME))
            .allSatisfy(call ->
                assertThat(call.rows()).extracting(RunRow::state).containsOnly(RowState.UNKNOWN));
      }
    }
    try (var left = Files.list(systemTemp)) {
      assertThat(left.filter(f -> f.getFileName().toString().contains("sqlite"))).isEmpty();
    }
  }

  private static Process start(Path folder, Path notes, Path systemTemp, Path output)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + systemTemp,
            "-cp",
            System.getProperty("java.class.path"),
            WritingProgram.class.getName(),
            folder.toString(),
            notes.toString())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static void awaitNotes(Process program, Path notes, Path output) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!Files.exists(notes) || Files.readAllLines(notes).size() < 5) {
      assertThat(program.isAlive()).as(() -> read(output)).isTrue();
      assertThat(System.nanoTime()).as("the program writes within a minute").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// What the program noted had been committed before.
  private static void check(LocalStore store, String note) {
    String[] words = note.split(" ", -1);
    long id = Long.parseLong(words[1]);
    switch (words[0]) {
      case "posted" -> assertThat(store.runs().rows(id)).hasSize(2);
      case "sending" ->
          assertThat(store.runs().row(id).orElseThrow().attempts()).as(note).isEqualTo(1);
      case "answer" -> {
        List<CallTable.Call> open =
            store.calls().openCalls(ACME).stream().filter(c -> c.id() == id).toList();
        assertThat(open).allSatisfy(call -> assertThat(call.answer()).contains(words[2]));
      }
      case "settled" -> {
        assertThat(store.runs().row(id).orElseThrow().state()).isEqualTo(RowState.INVITED);
        assertThat(store.runs().code(id)).contains(ConfirmationCode.asGiven(words[2]));
      }
      default -> throw new AssertionError(note);
    }
  }

  private static void checkSums(LocalStore store) {
    for (Run run : store.runs().runs(ACME)) {
      assertThat(store.runs().rows(run.number())).hasSize(run.size()).hasSize(2);
    }
  }

  /// Never a mixture of two lists, and nothing of one that was not complete.
  private static void checkList(LocalStore store) {
    List<Cached> listed =
        store.invitations().all(ACME, NORTHWIND).stream().filter(Cached::listed).toList();
    if (!listed.isEmpty()) {
      String prefix = listed.getFirst().invitation().id().value().substring(0, 6);
      assertThat(listed)
          .hasSize(5_000)
          .allMatch(cached -> cached.invitation().id().value().startsWith(prefix));
    }
  }
}
