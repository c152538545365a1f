package dev.guestlist.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A Java program in a process of its own that can be killed. Everything it says on its standard
/// output is read as it comes, so that nothing it said before it died is lost.
final class KilledProgram implements AutoCloseable {
  /// What a process that ended by SIGKILL leaves as its exit value.
  private static final int KILLED = 128 + 9;

  private static final Duration DYING = Duration.ofSeconds(30);
  private static final int WORTH_READING = 6_000;

  private final Process process;
  private final Path errors;
  private final String which;

  /// Its lines that nobody waited for yet; an empty one is the end.
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

  private final List<String> said = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private KilledProgram(Process process, Path errors, String which) {
    this.process = process;
    this.errors = errors;
    this.which = which;
    this.reader = Thread.ofVirtual().unstarted(this::read);
    reader.start();
  }

  /// Starts a class of the tests' own class path.
  ///
  /// @param errors the file for its standard error
  /// @param which how to name it in a failure
  static KilledProgram start(Class<?> program, List<String> arguments, Path errors, String which)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(ManagementFactory.getRuntimeMXBean().getClassPath());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:TieredStopAtLevel=1");
    command.add(program.getName());
    command.addAll(arguments);
    return new KilledProgram(
        new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors, which);
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.add(line);
        lines.add(Optional.of(line));
      }
    } catch (IOException e) {
      // closed: that is the end as well
    } finally {
      lines.add(Optional.empty());
    }
  }

  /// Waits for the line that begins with this word.
  ///
  /// @return the rest of the line
  String waitFor(String word, Duration patience) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      String line = next(end).orElseThrow(() -> failed("takes too long for saying '" + word + "'"));
      if (begins(line, word)) {
        return line.substring(word.length()).strip();
      }
    }
  }

  /// Waits until it has said so many lines that begin with this word, or a while has gone by.
  void mayWaitFor(String word, int times, Duration atMost) throws Exception {
    long end = System.nanoTime() + atMost.toNanos();
    for (int left = times; left > 0; ) {
      Optional<String> line = next(end);
      if (line.isEmpty()) {
        return;
      }
      left -= begins(line.get(), word) ? 1 : 0;
    }
  }

  private static boolean begins(String line, String word) {
    return line.equals(word) || line.startsWith(word + " ");
  }

  /// Kills it with SIGKILL in the middle of its life: it must have been alive, and must have died
  /// of that.
  ///
  /// @return everything it ever said
  List<String> kill9() throws Exception {
    if (!process.isAlive()) {
      throw failed("died by itself, with " + process.exitValue());
    }
    // not Process#destroyForcibly: that also closes the pipe
    int sent =
        new ProcessBuilder("kill", "-9", Long.toString(process.pid()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    int value = ends(DYING);
    if (sent != 0 || value != KILLED) {
      throw failed("was not killed (kill says " + sent + ") but ended with " + value);
    }
    if (!reader.join(DYING)) {
      throw failed("is dead, and its output has no end");
    }
    return List.copyOf(said);
  }

  /// Waits for its end.
  ///
  /// @return its exit value
  int ends(Duration patience) throws Exception {
    if (!process.waitFor(patience)) {
      throw failed("does not end");
    }
    return process.exitValue();
  }

  /// Its next line; empty when there was none in time. A program that ended says nothing any more.
  private Optional<String> next(long end) throws Exception {
    Optional<String> line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    if (line == null) {
      return Optional.empty();
    }
    if (line.isEmpty()) {
      throw failed("ended by itself");
    }
    return line;
  }

  private AssertionError failed(String what) {
    String text;
    try {
      text = Files.readString(errors);
    } catch (IOException e) {
      text = e.toString();
    }
    return new AssertionError(
        "The program ("
            + which
            + ") "
            + what
            + ": "
            + text.substring(Math.max(0, text.length() - WORTH_READING)));
  }

  /// Leaves no process behind when the test failed.
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
