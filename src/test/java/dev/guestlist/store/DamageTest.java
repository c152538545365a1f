package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.CODE;
import static dev.guestlist.store.Sample.NORTHWIND;
import static dev.guestlist.store.Sample.NOW;
import static dev.guestlist.store.Sample.connection;
import static dev.guestlist.store.Sample.invitation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Organization;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.store.LocalStore.Notice;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that a disk, a copy program or a bad sector left damaged.
@Execution(ExecutionMode.CONCURRENT)
class DamageTest {
  private static final int ROWS = 400;
  private static final int PAGE = 8192;

  @TempDir Path folder;
  private Path cache;
  private Path main;
  private long run;
  private final Map<Long, ConfirmationCode> codes = new HashMap<>();

  @BeforeEach
  void fill() throws Exception {
    cache = folder.resolve("cache.db");
    main = folder.resolve("guestlist.db");
    try (LocalStore store = Sample.open(folder)) {
      store.connections().put(connection("acme"));
      List<Organization> organizations =
          IntStream.range(0, 500).mapToObj(i -> Sample.organization("org-" + i)).toList();
      store.organizations().put(ACME, organizations, NOW);
      store
          .invitations()
          .replaceAll(
              ACME,
              NORTHWIND,
              each ->
                  IntStream.range(0, 500).forEach(i -> each.accept(invitation("" + i, "u" + i))),
              NOW);
      String[] names = IntStream.range(0, ROWS).mapToObj(i -> "user" + i).toArray(String[]::new);
      run = store.runs().post(Sample.invite(Run.Phase.ACTIVE, NOW, names)).number();
      List<RowChange> changes = new ArrayList<>();
      for (RunRow row : store.runs().rows(run)) {
        ConfirmationCode code = ConfirmationCode.asGiven(UUID.randomUUID().toString());
        codes.put(row.id(), code);
        changes.add(RowChange.to(row.id(), RowState.INVITED).withCode(code));
      }
      store.calls().settle(changes, NOW);
      store.copyOncePerDay(NOW);
    }
  }

  private List<Path> aside(Path file) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().startsWith(file.getFileName() + ".damaged-"))
          .sorted()
          .toList();
    }
  }

  private static void cut(Path file, double part) throws IOException {
    try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
      random.setLength((long) (random.length() * part));
    }
  }

  private static void flip(Path file, Random random, int bits, int from) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bits; i++) {
      int at = from + random.nextInt(bytes.length - from);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
    Files.write(file, bytes);
  }

  private void checkCacheSetAside(LocalStore store) throws IOException {
    assertThat(store.notices())
        .singleElement()
        .isInstanceOfSatisfying(
            Notice.CacheSetAside.class,
            notice -> {
              assertThat(notice.to()).exists();
              assertThat(notice.to().getFileName().toString())
                  .isEqualTo("cache.db.damaged-20260302T100000Z");
            });
    assertThat(store.invitations().all(ACME, NORTHWIND)).isEmpty();
    assertThat(store.organizations().all(ACME)).isEmpty();
    store.organizations().put(ACME, List.of(Sample.organization("again")), NOW);
    assertThat(store.runs().rows(run)).hasSize(ROWS);
  }

  @Nested
  class TheCache {
    @Test
    void thatIsNoDatabaseIsSetAsideAndEmpty() throws Exception {
      Files.writeString(cache, "this was never a database, ".repeat(500));
      try (LocalStore store = Sample.open(folder)) {
        checkCacheSetAside(store);
      }
      assertThat(aside(cache)).hasSize(1);
      assertThat(aside(cache).getFirst()).content().startsWith("this was never");
      try (LocalStore store = Sample.open(folder)) {
        assertThat(store.notices()).isEmpty();
        assertThat(store.organizations().all(ACME)).hasSize(1);
      }
    }

    @Test
    void thatWasCutIsSetAsideAndEmpty() throws Exception {
      cut(cache, 0.5);
      try (LocalStore store = Sample.open(folder)) {
        checkCacheSetAside(store);
      }
    }

    @Test
    void withASingleShortLineIsSetAside() throws Exception {
      Files.writeString(cache, "x");
      try (LocalStore store = Sample.open(folder)) {
        checkCacheSetAside(store);
      }
    }

    @Test
    void damagedOnceMoreReplacesTheOneSetAsideBefore() throws Exception {
      cut(cache, 0.5);
      Sample.open(folder).close();
      Files.writeString(cache, "once more, ".repeat(500));
      try (LocalStore store = Sample.open(folder, NOW.plusSeconds(60))) {
        assertThat(store.notices()).hasSize(1);
      }
      assertThat(aside(cache)).hasSize(1);
      assertThat(aside(cache).getFirst()).content().startsWith("once more");
    }

    @Test
    void withFlippedBitsNeverBreaksTheProgram() throws Exception {
      byte[] good = Files.readAllBytes(cache);
      int setAside = 0;
      for (int seed = 0; seed < 10; seed++) {
        Files.write(cache, good);
        flip(cache, new Random(seed), 200, 0);
        try (LocalStore store = Sample.open(folder)) {
          setAside += store.notices().size();
          assertThat(store.invitations().all(ACME, NORTHWIND).size()).isLessThanOrEqualTo(500);
          assertThat(store.organizations().all(ACME).size()).isLessThanOrEqualTo(500);
          assertThat(store.runs().rows(run)).hasSize(ROWS);
        } catch (StoreException e) {
          assertThat(e).as("seed %s", seed).hasMessageContaining("newer Guestlist");
        }
      }
      assertThat(setAside).isGreaterThan(5);
    }

    @Test
    void inUseByAnotherProgramIsNotMovedAwayUnderIt() throws Exception {
      try (LocalStore other = Sample.open(folder)) {
        other.viewState().put("a", "b");
        Files.write(cache, "garbage".repeat(1000).getBytes(StandardCharsets.UTF_8));
        Files.deleteIfExists(folder.resolve("cache.db-wal"));
        assertThatThrownBy(() -> Sample.open(folder))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("another Guestlist has it open");
        assertThat(aside(cache)).isEmpty();
      } catch (StoreException e) {
        // closing over the garbage may say so
        assertThat(e).hasMessageContaining("cache.db");
      }
    }
  }

  @Nested
  class TheMainFile {
    private Notice.MainFileSaved saved(LocalStore store) {
      assertThat(store.notices()).singleElement().isInstanceOf(Notice.MainFileSaved.class);
      return (Notice.MainFileSaved) store.notices().getFirst();
    }

    /// Whatever was saved is whole: every row is one that was written, with its own code.
    private int check(LocalStore store) {
      List<RunRow> rows = store.runs().rows(run);
      store
          .runs()
          .run(run)
          .ifPresent(r -> assertThat(r.size()).as("counts are the rows").isEqualTo(rows.size()));
      for (RunRow row : rows) {
        Optional<ConfirmationCode> code = store.runs().code(row.id());
        assertThat(code.isEmpty() || code.equals(Optional.ofNullable(codes.get(row.id()))))
            .isTrue();
      }
      long next = store.runs().post(Sample.accept(NOW, CODE)).number();
      assertThat(store.runs().code(store.runs().rows(next).getFirst().id())).contains(CODE);
      long plain = store.runs().post(Sample.invite(Run.Phase.ACTIVE, NOW, "new")).number();
      assertThat(store.runs().code(store.runs().rows(plain).getFirst().id())).isEmpty();
      return rows.size();
    }

    @Test
    void thatIsNoDatabaseLeavesNothingToSave() throws Exception {
      Files.writeString(main, "this was never a database, ".repeat(500));
      try (LocalStore store = Sample.open(folder)) {
        Notice.MainFileSaved notice = saved(store);
        assertThat(notice.rows()).isZero();
        assertThat(notice.to()).exists();
        assertThat(notice.copies())
            .containsExactly(folder.resolve("copies/guestlist-2026-03-02.db"));
        assertThat(check(store)).isZero();
      }
      assertThat(folder.resolve("repair")).doesNotExist();
      try (LocalStore store = Sample.open(folder)) {
        assertThat(store.notices()).isEmpty();
      }
    }

    @Test
    void thatWasEmptiedIsNotTakenForANewOne() throws Exception {
      Files.write(main, new byte[0]);
      try (LocalStore store = Sample.open(folder)) {
        assertThat(saved(store).rows()).isZero();
        assertThat(saved(store).copies()).hasSize(1);
      }
    }

    @Test
    void withAShortLineIsSetAside() throws Exception {
      Files.writeString(main, "x");
      try (LocalStore store = Sample.open(folder)) {
        assertThat(saved(store).to()).hasContent("x");
      }
    }

    @Test
    void thatWasCutIsSavedRowByRow() throws Exception {
      byte[] before = Files.readAllBytes(main);
      cut(main, 0.7);
      byte[] damaged = Files.readAllBytes(main);
      assertThat(damaged.length).isLessThan(before.length);
      try (LocalStore store = Sample.open(folder)) {
        Notice.MainFileSaved notice = saved(store);
        assertThat(notice.rows()).isPositive();
        assertThat(Files.readAllBytes(notice.to())).isEqualTo(damaged);
        assertThat(check(store)).isBetween(1, ROWS);
        assertThat(store.connections().all()).containsExactly(connection("acme"));
      }
    }

    @Test
    void withoutItsFirstPageLosesNoRow() throws Exception {
      byte[] bytes = Files.readAllBytes(main);
      Arrays.fill(bytes, 0, 1_000, (byte) 'x');
      Files.write(main, bytes);
      try (LocalStore store = Sample.open(folder)) {
        assertThat(saved(store).rows()).isEqualTo(1 + 1 + ROWS + ROWS + 1 + ROWS);
        assertThat(check(store)).isEqualTo(ROWS);
        assertThat(store.connections().all()).containsExactly(connection("acme"));
      }
    }

    @Test
    void withOneBadPageLosesOnlyThatPage() throws Exception {
      byte[] bytes = Files.readAllBytes(main);
      int page = pageOf(bytes, "user200");
      Arrays.fill(bytes, page * PAGE, (page + 1) * PAGE, (byte) 0x5a);
      Files.write(main, bytes);
      try (LocalStore store = Sample.open(folder)) {
        assertThat(saved(store).rows()).isGreaterThan(2 * ROWS - 120);
        assertThat(check(store)).isBetween(ROWS - 120, ROWS - 1);
      }
    }

    private static int pageOf(byte[] bytes, String text) {
      String all = new String(bytes, StandardCharsets.ISO_8859_1);
      return all.indexOf(text + "[[[") / PAGE;
    }

    @ParameterizedTest
    @CsvSource({"200, 0.05", "10, 0.5"})
    void withFlippedBitsNeverBreaksTheProgram(int bits, double saved) throws Exception {
      byte[] good = Files.readAllBytes(main);
      int rows = 0;
      int notices = 0;
      for (int seed = 0; seed < 10; seed++) {
        Files.write(main, good);
        flip(main, new Random(seed), bits, 100);
        try (LocalStore store = Sample.open(folder)) {
          notices += store.notices().size();
          rows += check(store);
          store.connections().all();
          store.calls().dueRuns(ACME, NOW, Optional.empty());
          store.calls().openCalls(ACME);
        }
      }
      assertThat(notices).isGreaterThan(5);
      assertThat(rows).as("saved %s", rows).isGreaterThan((int) (10 * ROWS * saved));
    }

    @Test
    void keepsTheCallOfARowThatMayHaveLeft() throws Exception {
      long row;
      try (LocalStore store = Sample.open(folder)) {
        long number = store.runs().post(Sample.invite(Run.Phase.ACTIVE, NOW, "ann")).number();
        row = store.runs().rows(number).getFirst().id();
        store.calls().sending(List.of(row), Optional.empty(), NOW);
      }
      try (Statements statements = Database.connect(main)) {
        statements.script("PRAGMA foreign_keys = OFF; DELETE FROM call;");
      }
      byte[] bytes = Files.readAllBytes(main);
      Arrays.fill(bytes, 0, 1_000, (byte) 'x');
      Files.write(main, bytes);
      try (LocalStore store = Sample.open(folder)) {
        saved(store);
        store.calls().recover(NOW);
        assertThat(store.runs().row(row).orElseThrow().state()).isEqualTo(RowState.UNKNOWN);
        assertThat(store.calls().openCalls(ACME))
            .singleElement()
            .satisfies(call -> assertThat(call.rows()).hasSize(1));
      }
    }

    @Test
    void takesTheCommitsThatWereStillInTheLogAlong() throws Exception {
      Path copy = folder.resolve("other");
      Files.createDirectories(copy);
      try (LocalStore store = Sample.open(folder)) {
        store.viewState().put("late", "commit");
        for (String name : List.of("guestlist.db", "guestlist.db-wal", "vault.key")) {
          Files.copy(folder.resolve(name), copy.resolve(name));
        }
      }
      byte[] bytes = Files.readAllBytes(copy.resolve("guestlist.db"));
      int page = pageOf(bytes, "user200");
      Arrays.fill(bytes, page * PAGE, (page + 1) * PAGE, (byte) 0x5a);
      Files.write(copy.resolve("guestlist.db"), bytes);
      try (LocalStore store = Sample.open(copy)) {
        saved(store);
        assertThat(store.viewState().get("late")).contains("commit");
      }
    }

    @Test
    void inUseByAnotherProgramIsNotMovedAwayUnderIt() throws Exception {
      try (LocalStore other = Sample.open(folder)) {
        byte[] bytes = Files.readAllBytes(main);
        int page = pageOf(bytes, "user200");
        try (RandomAccessFile file = new RandomAccessFile(main.toFile(), "rw")) {
          file.seek((long) page * PAGE);
          file.write(new byte[PAGE]);
        }
        assertThatThrownBy(() -> Sample.open(folder))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("another Guestlist has it open")
            .hasMessageContaining("Nothing was changed");
        assertThat(aside(main)).isEmpty();
        other.viewState().put("still", "writes");
      }
      try (LocalStore store = Sample.open(folder)) {
        saved(store);
        assertThat(store.viewState().get("still")).contains("writes");
      }
    }
  }
}
