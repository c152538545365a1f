package dev.guestlist.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Wish;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.PracticeServer;
import dev.guestlist.practice.StartLine;
import dev.guestlist.store.KeyFile;
import dev.guestlist.store.LocalStore;
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
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program is killed with SIGKILL at random moments of invite, delete and accept runs, again
/// and again. Afterwards the practice server's own log says what really happened, and every row
/// must agree with it. `-Dguestlist.kills=100` kills more often; a failing seed is printed and can
/// be given with `-Dguestlist.seed`.
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
      judge(server, contoso);
    }
  }

  /// Holds every row of the program's own records against what the server did.
  private void judge(PracticeServer server, StartLine.Place contoso) throws Exception {
    Path data = folder.resolve("data");
    try (LocalStore store = LocalStore.open(data, KeyFile.in(data), InstantSource.system())) {
      List<Effect> effects =
          server.control().log().effects().stream()
              .filter(effect -> effect.organization().equals(contoso.id()))
              .toList();
      Map<String, Long> invited = countBy(effects, Effect.Kind.INVITED);
      Map<String, Long> joined = countBy(effects, Effect.Kind.ACCEPTED);
      Set<String> deleted =
          effects.stream()
              .filter(effect -> effect.kind() == Effect.Kind.DELETED)
              .map(Effect::invitation)
              .collect(Collectors.toCollection(HashSet::new));
      assertThat(invited.values()).as("invited twice, seed %s", seed).allMatch(times -> times == 1);
      assertThat(joined.values()).as("joined twice, seed %s", seed).allMatch(times -> times == 1);
      Map<RowState, Integer> outcomes = new EnumMap<>(RowState.class);
      Set<String> wanted = new HashSet<>();
      int openable = 0;
      for (Run run : store.runs().runs(new ConnectionId("practice"))) {
        List<RunRow> rows = store.runs().rows(run.number());
        assertThat(run.size()).isEqualTo(rows.size());
        for (RunRow row : rows) {
          assertThat(row.state().settled()).as("%s, seed %s", row, seed).isTrue();
          outcomes.merge(row.state(), 1, Integer::sum);
          if (run.wish() instanceof Wish.Invite invite) {
            assertThat(wanted.add(row.target().name())).isTrue();
            boolean onServer = invited.containsKey(row.target().name());
            boolean saysInvited =
                row.state() == RowState.INVITED || row.state() == RowState.CODE_LOST;
            assertThat(saysInvited || row.state() == RowState.CANNOT_TELL)
                .as("%s, on the server: %s, seed %s", row, onServer, seed)
                .isEqualTo(onServer || row.state() == RowState.CANNOT_TELL);
            Optional<ConfirmationCode> code = store.runs().code(row.id());
            boolean gone =
                joined.containsKey(row.target().name())
                    || effects.stream()
                        .filter(effect -> effect.kind() == Effect.Kind.INVITED)
                        .filter(effect -> effect.person().equals(row.target().name()))
                        .anyMatch(effect -> deleted.contains(effect.invitation()));
            if (!invite.serverMails() && row.state() == RowState.INVITED && !gone) {
              assertThat(code).as("the code of %s, seed %s", row, seed).isPresent();
              assertThat(usable(server, code.orElseThrow()))
                  .as("the code of %s, seed %s", row, seed)
                  .isTrue();
              openable++;
            }
          }
          if (run.wish() instanceof Wish.Accept && row.state() == RowState.JOINED) {
            assertThat(joined).containsKey(row.target().name());
          }
          if (run.wish() instanceof Wish.Delete && row.state() == RowState.DELETED) {
            assertThat(deleted).isNotEmpty();
          }
        }
      }
      assertThat(wanted).as("nobody was invited without a row").containsAll(invited.keySet());
      assertThat(outcomes).isNotEmpty();
      System.out.println(
          kills + " kills: " + outcomes + ", " + openable + " codes of living invitations open");
    }
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

  private static Map<String, Long> countBy(List<Effect> effects, Effect.Kind kind) {
    return effects.stream()
        .filter(effect -> effect.kind() == kind && effect.request() > 0)
        .collect(Collectors.groupingBy(Effect::person, Collectors.counting()));
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
