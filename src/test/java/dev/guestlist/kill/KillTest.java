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
import java.io.IOException;
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
/// runs and while lists are read, again and again, before every other start with a server that is
/// about to lose answers, to fail, to be busy or slow. Afterwards the practice server's own log
/// says what really happened, and every row must agree with it; and every run that the program said
/// it had written down must be there in full. `-Dguestlist.kills=100` kills more often; a failing
/// seed is printed and can be given with `-Dguestlist.seed`.
@Execution(ExecutionMode.CONCURRENT)
class KillTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// From so many kills on nothing may have been left out by chance.
  private static final int MANY = 30;

  private final int kills = Integer.getInteger("guestlist.kills", 6);
  private final long seed = Long.getLong("guestlist.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /// How many rows each run has that was said to be written down.
  private final Map<Long, Integer> posted = new TreeMap<>();

  private int killsThatStruck;
  private int struckRows;

  @TempDir private Path folder;

  @Test
  void killedAtAnyMomentItLosesNoRowAndRepeatsNothing() throws Exception {
    assertThat(kills).isPositive();
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
      Faults faults = new Faults(server.control(), random);
      for (int kill = 0; kill < kills; kill++) {
        if (kill % 2 == 1) {
          faults.switchOneOn();
        }
        try (KilledProgram program = start(server, contoso.id(), people, kill, "work")) {
          countStruck(program.waitFor("struck", PATIENCE));
          program.waitFor("up", PATIENCE);
          program.mayWaitFor("posted", random.nextInt(6), Duration.ofSeconds(10));
          TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
          note(program.kill9());
        }
        faults.slowNoMore();
      }
      server.control().allWell();
      try (KilledProgram last = start(server, contoso.id(), people, kills, "finish")) {
        countStruck(last.waitFor("struck", PATIENCE));
        last.waitFor("finished", PATIENCE);
        assertThat(last.ends(Duration.ofSeconds(60))).isZero();
      }
      judge(server, faults);
    }
  }

  /// What a start finds on its way was there when the program was killed before.
  private void countStruck(String rows) {
    int onTheirWay = Integer.parseInt(rows);
    struckRows += onTheirWay;
    killsThatStruck += onTheirWay > 0 ? 1 : 0;
  }

  private void note(List<String> said) {
    for (String line : said) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("posted")) {
        assertThat(posted.put(Long.valueOf(words[1]), Integer.valueOf(words[2])))
            .as("run %s was posted before, seed %s", words[1], seed)
            .isNull();
      }
    }
  }

  /// Holds every row of the program's own records against what the server did, and every run
  /// against what the program said.
  private void judge(PracticeServer server, Faults faults) throws Exception {
    Path data = folder.resolve("data");
    try (LocalStore store = LocalStore.open(data, KeyFile.in(data), InstantSource.system())) {
      PracticeControl.Log log = server.control().log();
      Map<Run, List<RunRow>> runs = new LinkedHashMap<>();
      for (Run run : store.runs().runs(new ConnectionId("practice"))) {
        runs.put(run, store.runs().rows(run.number()));
      }
      nothingIsLost(runs);
      assertThat(Judgement.of(log, 0, runs, Judgement.Excuses.forKills()))
          .as("seed %s", seed)
          .isEmpty();
      int open = openable(server, store, runs, log);
      System.out.println(
          kills
              + " kills, "
              + killsThatStruck
              + " of them struck "
              + struckRows
              + " rows on their way: "
              + posted.size()
              + " runs posted, "
              + kinds(runs)
              + ", "
              + outcomes(runs)
              + ", "
              + open
              + " codes of living invitations open; faults switched on "
              + faults.on()
              + ", struck "
              + faults.struck(log));
      if (kills >= MANY) {
        assertThat(kinds(runs)).containsOnlyKeys("Invite", "Delete", "InviteAgain", "Accept");
        assertThat(killsThatStruck).as("kills that struck rows on their way").isPositive();
        assertThat(open).as("codes that open").isPositive();
        assertThat(faults.struck(log)).containsOnlyKeys(Faults.Kind.values());
      }
    }
  }

  /// A run is written down before it is said to be: at most the one that a kill came between the
  /// two is more than was said.
  private void nothingIsLost(Map<Run, List<RunRow>> runs) {
    assertThat(posted).as("what was posted, seed %s", seed).isNotEmpty();
    Map<Long, Integer> kept = new TreeMap<>();
    runs.forEach((run, rows) -> kept.put(run.number(), rows.size()));
    assertThat(kept).as("seed %s", seed).containsAllEntriesOf(posted);
    assertThat(kept.size() - posted.size()).as("seed %s", seed).isBetween(0, kills);
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

  private KilledProgram start(
      PracticeServer server, String organization, Path people, int number, String mode)
      throws IOException {
    return KilledProgram.start(
        BusyProgram.class,
        List.of(
            folder.resolve("data").toString(),
            server.baseUrl().toString(),
            server.startLine().rootOrganization(),
            server.startLine().publicClientId(),
            organization,
            people.toString(),
            Long.toString(random.nextLong()),
            mode),
        folder.resolve("stderr-" + number),
        "start " + number + ", seed " + seed);
  }
}
