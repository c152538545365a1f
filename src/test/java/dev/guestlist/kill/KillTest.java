package dev.guestlist.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Wish;
import dev.guestlist.practice.PracticeControl;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.PracticeControl.Log;
import dev.guestlist.practice.PracticeServer;
import dev.guestlist.practice.StartLine;
import dev.guestlist.store.KeyFile;
import dev.guestlist.store.LocalStore;
import dev.guestlist.testing.Judgement;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The program is killed with SIGKILL at random moments of invite, delete, invite again and accept
/// runs and while lists are read, again and again. Afterwards the practice server's own log says
/// what really happened, and every row must agree with it. `-Dguestlist.kills=100` kills more
/// often; a failing seed is printed and can be given with `-Dguestlist.seed`.
@Execution(ExecutionMode.CONCURRENT)
class KillTest {
  private final int kills = Integer.getInteger("guestlist.kills", 6);
  private final long seed = Long.getLong("guestlist.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir private Path folder;

  @Test
  void killedAtAnyMomentItLosesNoRowAndRepeatsNothing() throws Exception {
    System.out.println("Killing " + kills + " times, seed " + seed);
    PracticeServer.Options options = PracticeServer.Options.in(folder.resolve("practice"));
    try (PracticeServer server = PracticeServer.start(options)) {
      StartLine.Place contoso =
          server.startLine().organizations().stream()
              .filter(organization -> organization.name().equals("Contoso"))
              .findFirst()
              .orElseThrow();
      Path people = folder.resolve("people");
      Files.write(people, Inviting.manyPeople(server, contoso, 40 + kills * 6));
      for (int kill = 0; kill < kills; kill++) {
        Process program = start(server, contoso.id(), people, "work");
        waitFor(program, "up");
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
        kill9(program);
      }
      Process last = start(server, contoso.id(), people, "finish");
      waitFor(last, "finished");
      assertThat(last.waitFor(30, TimeUnit.SECONDS)).isTrue();
      judge(server);
    }
  }

  /// Holds every row of the program's own records against what the server did.
  private void judge(PracticeServer server) throws Exception {
    Path data = folder.resolve("data");
    try (LocalStore store = LocalStore.open(data, KeyFile.in(data), InstantSource.system())) {
      PracticeControl.Log log = server.control().log();
      Map<Run, List<RunRow>> runs = new LinkedHashMap<>();
      for (Run run : store.runs().runs(new ConnectionId("practice"))) {
        runs.put(run, store.runs().rows(run.number()));
      }
      assertThat(Judgement.of(log, 0, runs, Judgement.Excuses.forKills()))
          .as("seed %s", seed)
          .isEmpty();
      System.out.println(
          kills
              + " kills: "
              + kinds(runs)
              + ", "
              + outcomes(runs)
              + ", "
              + openable(server, store, runs, log)
              + " codes of living invitations open");
    }
  }

  private static Map<String, Integer> kinds(Map<Run, List<RunRow>> runs) {
    Map<String, Integer> kinds = new TreeMap<>();
    runs.forEach((run, rows) ->
        kinds.merge(run.wish().getClass().getSimpleName(), rows.size(), Integer::sum));
    return kinds;
  }

  private static Map<RowState, Integer> outcomes(Map<Run, List<RunRow>> runs) {
    Map<RowState, Integer> outcomes = new EnumMap<>(RowState.class);
    runs.values()
        .forEach(rows -> rows.forEach(row -> outcomes.merge(row.state(), 1, Integer::sum)));
    return outcomes;
  }

  /// Tries the code of every invitation that lives and was made without the server's mail.
  private int openable(
      PracticeServer server, LocalStore store, Map<Run, List<RunRow>> runs, Log log)
      throws Exception {
    Set<String> ended = new HashSet<>();
    Map<String, String> newest = new HashMap<>();
    for (Effect effect : log.effects()) {
      if (effect.kind() == Effect.Kind.INVITED) {
        newest.put(effect.person(), effect.invitation());
      } else {
        ended.add(effect.invitation());
      }
    }
    Map<String, RunRow> last = new HashMap<>();
    runs.entrySet().stream()
        .filter(run -> withCodes(run.getKey().wish()))
        .flatMap(run -> run.getValue().stream())
        .filter(row -> row.state() == RowState.INVITED)
        .sorted(Comparator.comparingLong(RunRow::id))
        .forEach(row -> last.put(row.target().name(), row));
    int open = 0;
    for (RunRow row : last.values()) {
      Optional<ConfirmationCode> code = store.runs().code(row.id());
      assertThat(code).as("the code of %s, seed %s", row, seed).isPresent();
      String invitation = newest.getOrDefault(row.target().name(), "");
      boolean lives =
          row.invitation().filter(id -> id.value().equals(invitation)).isPresent()
              && !ended.contains(invitation);
      if (lives) {
        assertThat(usable(server, code.orElseThrow()))
            .as("the code of %s, seed %s", row, seed)
            .isTrue();
        open++;
      }
    }
    return open;
  }

  private static boolean withCodes(Wish wish) {
    return switch (wish) {
      case Wish.Invite(boolean serverMails) -> !serverMails;
      case Wish.InviteAgain(boolean serverMails) -> !serverMails;
      case Wish.Delete ignored -> false;
      case Wish.Accept ignored -> false;
    };
  }

  /// Accepting works for a code that lives; here at the end nothing else needs it.
  private static boolean usable(PracticeServer server, ConfirmationCode code) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI accept =
          URI.create(
              server.baseUrl()
                  + "/t/"
                  + server.startLine().rootOrganization()
                  + "/o/api/server/v1/guests/invitation/accept");
      HttpRequest request =
          HttpRequest.newBuilder(accept)
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"confirmationCode\":\"" + code.reveal() + "\"}"))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 204;
    }
  }

  private Process start(PracticeServer server, String organization, Path people, String mode)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            ManagementFactory.getRuntimeMXBean().getClassPath(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            BusyProgram.class.getName(),
            folder.resolve("data").toString(),
            server.baseUrl().toString(),
            server.startLine().rootOrganization(),
            server.startLine().publicClientId(),
            organization,
            people.toString(),
            Long.toString(random.nextLong()),
            mode)
        .redirectError(folder.resolve("stderr").toFile())
        .start();
  }

  private void waitFor(Process program, String line) throws IOException {
    BufferedReader output = program.inputReader();
    for (String read = output.readLine(); read != null; read = output.readLine()) {
      if (read.equals(line)) {
        return;
      }
    }
    throw new AssertionError(
        "The program ended without saying '"
            + line
            + "', seed "
            + seed
            + ": "
            + Files.readString(folder.resolve("stderr")));
  }

  /// Not [Process#destroyForcibly]: that also closes the pipe.
  private static void kill9(Process program) throws Exception {
    new ProcessBuilder("kill", "-9", Long.toString(program.pid())).start().waitFor();
    assertThat(program.waitFor(Duration.ofSeconds(10))).isTrue();
  }
}
