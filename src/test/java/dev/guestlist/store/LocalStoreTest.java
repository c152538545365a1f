package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.CODE;
import static dev.guestlist.store.Sample.NOW;
import static dev.guestlist.store.Sample.connection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Run;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class LocalStoreTest {
  @TempDir Path temp;

  private Path folder() {
    return temp.resolve("data");
  }

  private LocalStore open() {
    return Sample.open(folder());
  }

  /// Every file with its bytes.
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (var all = Files.walk(folder())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            folder().relativize(file).toString(),
            HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  @Nested
  class AFreshFolder {
    @Test
    void isMadeForItsOwnerOnly() throws Exception {
      try (LocalStore store = Sample.open(folder().resolve("deep"))) {
        store.viewState().put("a", "b");
        assertThat(store.notices()).isEmpty();
        assertThat(store.folder()).isEqualTo(folder().resolve("deep"));
        assertThat(store.claimSending()).isTrue();
        store.copyOncePerDay(NOW);
        store.vault().seal("a", "b");
        try (var all = Files.walk(folder())) {
          assertThat(all)
              .hasSizeGreaterThan(8)
              .allSatisfy(path ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                      .as("%s", path)
                      .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
      }
    }

    @Test
    void keepsTheConnectionsInTheirOrder() {
      Connection changed =
          new Connection(
              connection("b").id(),
              "Renamed",
              Connection.Kind.PRODUCTION,
              URI.create("https://other.example.com"),
              "root",
              "client-2",
              Connection.SignInWay.TECHNICAL_ACCOUNT,
              5,
              Duration.ofHours(1));
      try (LocalStore store = open()) {
        store.connections().put(connection("b"));
        store.connections().put(connection("a"));
        store.connections().put(changed);
      }
      try (LocalStore store = open()) {
        assertThat(store.connections().all()).containsExactly(changed, connection("a"));
        assertThat(store.connections().find(connection("a").id())).contains(connection("a"));
        store.connections().remove(connection("a").id());
        assertThat(store.connections().find(connection("a").id())).isEmpty();
      }
    }

    @Test
    void keepsWhatTheWindowRemembers() {
      try (LocalStore store = open()) {
        store.viewState().put("columns", "a,b");
        store.viewState().put("columns", "b");
        store.viewState().put("place", "x");
        store.viewState().remove("place");
      }
      try (LocalStore store = open()) {
        assertThat(store.viewState().get("columns")).contains("b");
        assertThat(store.viewState().get("place")).isEmpty();
      }
    }

    @Test
    void isWrittenThroughToTheDiskAtEveryCommit() throws Exception {
      try (LocalStore store = open()) {
        store.viewState().put("a", "b");
      }
      try (Database database = Database.open(Schema.MAIN.file(folder()), Schema.MAIN)) {
        Map<String, Long> expected =
            Map.of(
                "synchronous", 2L,
                "foreign_keys", 1L,
                "busy_timeout", 5_000L,
                "trusted_schema", 0L,
                "secure_delete", 1L,
                "application_id", 1_198_748_781L,
                "user_version", (long) Schema.MAIN.version());
        for (Map.Entry<String, Long> pragma : expected.entrySet()) {
          long value = database.write(s -> s.number("PRAGMA " + pragma.getKey()));
          assertThat(value).as(pragma.getKey()).isEqualTo(pragma.getValue());
        }
        String mode =
            database.write(s -> s.first("PRAGMA journal_mode", row -> row.text(1)).orElseThrow());
        assertThat(mode).isEqualTo("wal");
      }
    }

    @Test
    void holdsTheNativeLibraryUnlessItWasLoadedFromElsewhere() {
      open().close();
      String place = System.getProperty("org.sqlite.lib.path");
      assertThat(place).contains("native");
    }
  }

  @Nested
  class AFolderThatCannotBeUsed {
    @Test
    void becauseItIsAFile() throws Exception {
      Files.writeString(folder(), "mine");
      assertThatThrownBy(LocalStoreTest.this::open)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(folder().toString())
          .hasMessageContaining("is a file");
      assertThat(folder()).hasContent("mine");
    }

    @Test
    void becauseItLiesBelowAFile() throws Exception {
      Files.writeString(folder(), "mine");
      assertThatThrownBy(() -> Sample.open(folder().resolve("below")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(folder().toString());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void becauseTheSystemForbidsIt() {
      Path forbidden = Path.of("/proc/guestlist");
      assertThatThrownBy(() -> Sample.open(forbidden))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("/proc/guestlist")
          .hasMessageContaining("could not be written")
          .hasMessageContaining("Nothing was changed");
    }

    @Test
    void becauseAFolderHasTheNameOfAFile() throws Exception {
      Files.createDirectories(folder().resolve("guestlist.db"));
      assertThatThrownBy(LocalStoreTest.this::open)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("guestlist.db");
    }
  }

  @Nested
  class ANewerFile {
    @ParameterizedTest
    @ValueSource(strings = {"guestlist.db", "cache.db"})
    void isRefusedAndLeftExactlyAsItWas(String name) throws Exception {
      try (LocalStore store = open()) {
        store.viewState().put("a", "b");
      }
      try (Statements statements = Database.connect(folder().resolve(name))) {
        statements.script("PRAGMA user_version = 71");
      }
      Map<String, String> before = files();

      assertThatThrownBy(LocalStoreTest.this::open)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(name)
          .hasMessageContaining("was written by a newer Guestlist")
          .hasMessageContaining("version 71")
          .hasMessageContaining("reads up to version");
      assertThat(files()).isEqualTo(before);
    }

    @Test
    void aloneInItsFolderStaysAlone() throws Exception {
      Files.createDirectories(folder());
      try (Statements statements = Database.connect(folder().resolve("guestlist.db"))) {
        statements.script("PRAGMA user_version = 70; CREATE TABLE run (future TEXT);");
      }
      Map<String, String> before = files();
      assertThatThrownBy(LocalStoreTest.this::open).isInstanceOf(StoreException.class);
      assertThat(files()).isEqualTo(before).hasSize(1);
    }

    @Test
    void thatAppearsWhileThisProgramRunsIsNotWrittenAnyMore() throws Exception {
      try (LocalStore store = open()) {
        store.viewState().put("a", "b");
        try (Statements statements = Database.connect(folder().resolve("guestlist.db"))) {
          statements.script("PRAGMA user_version = 71");
        }
        assertThatThrownBy(() -> store.viewState().put("a", "c"))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("newer Guestlist");
        assertThat(store.viewState().get("a")).contains("b");
      }
    }
  }

  @Nested
  class Migrations {
    @Test
    void anEmptyFileIsNew() throws Exception {
      Files.createDirectories(folder());
      Files.createFile(folder().resolve("guestlist.db"));
      Files.createFile(folder().resolve("cache.db"));
      try (LocalStore store = open()) {
        assertThat(store.notices()).isEmpty();
        store.viewState().put("a", "b");
      }
    }

    @Test
    void theVersionIsInTheHeaderAtOnce() throws Exception {
      try (LocalStore store = open()) {
        assertThat(store.notices()).isEmpty();
        for (Schema schema : List.of(Schema.MAIN, Schema.CACHE)) {
          byte[] header = Files.readAllBytes(schema.file(folder()));
          assertThat(header[63]).as(schema.fileName()).isEqualTo((byte) schema.version());
        }
      }
    }

    @Test
    void bringAFileOfTheFirstVersionForwardWithItsConnections() throws Exception {
      Files.createDirectories(folder());
      String first;
      try (var resource = Schema.class.getResourceAsStream("main/001-first.sql")) {
        first = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      }
      try (Statements statements = Database.connect(folder().resolve("guestlist.db"))) {
        statements.script(first);
        statements.script(
            """
            PRAGMA user_version = 1;
            INSERT INTO view_state VALUES ('kept', 'since version 1');
            INSERT INTO connection (id, name, kind, server, root_organization, client_id, sign_in,
                requests_at_once, lifetime_seconds)
              VALUES ('one', 'ACME', 'PRODUCTION', 'https://id.acme.example', 'acme', 'client',
                'BROWSER', 2, 259200);
            """);
      }
      try (LocalStore store = open()) {
        assertThat(store.viewState().get("kept")).contains("since version 1");
        assertThat(store.connections().all())
            .singleElement()
            .satisfies(connection -> {
              assertThat(connection.name()).isEqualTo("ACME");
              assertThat(connection.settings()).isEqualTo(Connection.Settings.USUAL);
            });
        assertThat(store.notices()).isEmpty();
      }
    }

    @Test
    void thatFailInTheMiddleLeaveTheFileAsItWas() throws Exception {
      Files.createDirectories(folder());
      Path file = folder().resolve("guestlist.db");
      Schema first = new Schema("guestlist.db", "main", List.of("001-first.sql"), true);
      Database.open(file, first).close();
      Schema failing =
          new Schema("guestlist.db", "main", List.of("001-first.sql", "001-first.sql"), true);

      assertThatThrownBy(() -> Database.open(file, failing))
          .isInstanceOf(StoreException.class)
          .hasCauseInstanceOf(SQLException.class);
      try (Statements statements = Database.connect(file)) {
        assertThat(statements.number("PRAGMA user_version")).isEqualTo(1);
      }
    }
  }

  @Nested
  class TwoPrograms {
    @Test
    void bothReadAndPostAndOneSends() {
      try (LocalStore one = open();
          LocalStore two = open()) {
        assertThat(one.claimSending()).isTrue();
        assertThat(one.claimSending()).isTrue();
        assertThat(two.claimSending()).isFalse();

        long first = one.runs().post(Sample.accept(NOW, CODE)).number();
        long second = two.runs().post(Sample.accept(NOW, CODE)).number();
        assertThat(second).isGreaterThan(first);
        assertThat(one.runs().runs(ACME)).isEqualTo(two.runs().runs(ACME)).hasSize(2);

        one.close();
        assertThat(two.claimSending()).isTrue();
      }
    }

    @Test
    void openTheSameFreshFolderAtOnce() throws Exception {
      Callable<Long> program =
          () -> {
            try (LocalStore store = open()) {
              assertThat(store.notices()).isEmpty();
              return store.runs().post(Sample.accept(NOW, CODE)).number();
            }
          };
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var started = IntStream.range(0, 8).mapToObj(i -> threads.submit(program)).toList();
        for (var each : started) {
          assertThat(each.get()).isPositive();
        }
      }
      try (LocalStore store = open()) {
        assertThat(store.runs().runs(ACME)).hasSize(8);
      }
    }

    @Test
    void writeFromManyThreadsWithoutLosingAny() throws Exception {
      try (LocalStore one = open();
          LocalStore two = open()) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
          var started =
              IntStream.range(0, 60)
                  .mapToObj(i ->
                      threads.submit(
                          () -> (i % 2 == 0 ? one : two).viewState().put("key" + i, "v")))
                  .toList();
          for (var each : started) {
            each.get();
          }
        }
        assertThat(IntStream.range(0, 60))
            .allMatch(i -> one.viewState().get("key" + i).isPresent());
      }
    }
  }

  @Nested
  class AFullDisk {
    @Test
    void refusesToWriteGoesOnReadingAndRecovers() throws Exception {
      try (LocalStore store = open()) {
        store.viewState().put("a", "b");
        Path file = Schema.MAIN.file(folder());
        try (Database full = Database.open(file, Schema.MAIN)) {
          long pages = full.read(s -> s.number("PRAGMA page_count"));
          full.write(s -> s.number("PRAGMA max_page_count = " + pages));
          RunTable runs =
              new RunTable(
                  full,
                  new Vault(
                      full, KeyPlaces.fixed(full, folder(), KeyFile.in(folder())), () -> () -> {}),
                  InstantSource.fixed(NOW));
          String[] many = IntStream.range(0, 500).mapToObj(i -> "user" + i).toArray(String[]::new);
          RunTable.NewRun run = Sample.invite(Run.Phase.ACTIVE, NOW, many);

          assertThatThrownBy(() -> runs.post(run))
              .isInstanceOf(StoreException.class)
              .hasMessageContaining(file.toString())
              .hasMessageContaining("the disk is full")
              .hasMessageContaining("Nothing was changed or sent");
          assertThat(runs.runs(ACME)).isEmpty();
          assertThat(new ViewState(full).get("a")).contains("b");

          full.write(s -> s.number("PRAGMA max_page_count = 1000000"));
          assertThat(runs.post(run).size()).isEqualTo(500);
        }
      }
    }
  }

  @Nested
  class DailyCopies {
    private List<String> copies() throws IOException {
      try (var files = Files.list(folder().resolve("copies"))) {
        return files.map(f -> f.getFileName().toString()).sorted().toList();
      }
    }

    @Test
    void areOneADayAndSevenAtMost() throws Exception {
      try (LocalStore store = open()) {
        for (int day = 0; day < 9; day++) {
          Instant now = NOW.plus(Duration.ofDays(day));
          store.viewState().put("day", "" + day);
          store.copyOncePerDay(now);
          store.viewState().put("day", "later");
          store.copyOncePerDay(now.plusSeconds(3600));
        }
      }
      assertThat(copies())
          .containsExactly(
              "guestlist-2026-03-04.db",
              "guestlist-2026-03-05.db",
              "guestlist-2026-03-06.db",
              "guestlist-2026-03-07.db",
              "guestlist-2026-03-08.db",
              "guestlist-2026-03-09.db",
              "guestlist-2026-03-10.db");
    }

    @Test
    void areWholeDatabases() throws Exception {
      Path other = temp.resolve("restored");
      try (LocalStore store = open()) {
        store.viewState().put("a", "b");
        store.connections().put(connection("acme"));
        store.vault().seal("token", "secret");
        store.copyOncePerDay(NOW);
      }
      Files.createDirectories(other);
      Files.copy(folder().resolve("copies/guestlist-2026-03-02.db"), other.resolve("guestlist.db"));
      Files.copy(folder().resolve("vault.key"), other.resolve("vault.key"));
      try (LocalStore store = Sample.open(other)) {
        assertThat(store.notices()).isEmpty();
        assertThat(store.viewState().get("a")).contains("b");
        assertThat(store.connections().all()).containsExactly(connection("acme"));
        assertThat(store.vault().open("token")).contains("secret");
      }
    }

    @Test
    void leaveNoHalfOnesBehind() throws Exception {
      Files.createDirectories(folder().resolve("copies"));
      Files.writeString(folder().resolve("copies/guestlist-2026-03-01.db.part"), "killed");
      try (LocalStore store = open()) {
        store.copyOncePerDay(NOW);
      }
      assertThat(copies()).containsExactly("guestlist-2026-03-02.db");
    }

    @Test
    void thatCannotBeWrittenHarmNothing() throws Exception {
      try (LocalStore store = open()) {
        Files.writeString(folder().resolve("copies"), "a file is in the way");
        assertThatThrownBy(() -> store.copyOncePerDay(NOW))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("copies");
        store.viewState().put("a", "b");
        assertThat(store.viewState().get("a")).contains("b");
      }
    }
  }
}
