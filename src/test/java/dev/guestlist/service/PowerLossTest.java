package dev.guestlist.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.kill.Inviting;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.StartLine;
import dev.guestlist.store.FaultyDisk;
import dev.guestlist.testing.Judgement;
import dev.guestlist.testing.Judgement.Who;
import dev.guestlist.testing.PracticeWorld;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The power goes at random moments of invite, invite again, delete and accept runs: what lies on
/// the disk then is copied, as it is, and must open, have everything that was posted before, and
/// agree with what the server had done. A second copy loses the end of the database's log at a
/// random byte, and must open to an earlier moment that is sound all the same.
/// `-Dguestlist.powerlosses=200` takes more.
@Execution(ExecutionMode.CONCURRENT)
class PowerLossTest {
  /// From so many copies on nothing may have been left out by chance.
  private static final int MANY = 40;

  private static final int HEADER = 32;
  private static final int FRAME = 24 + 8192;

  private final int copies = Integer.getInteger("guestlist.powerlosses", 40);
  private final long seed = Long.getLong("guestlist.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir private Path folder;
  private PracticeWorld world;

  /// Who has not been invited yet, by organization.
  private final Map<OrganizationId, Deque<Target.Person>> people = new LinkedHashMap<>();

  private final Set<Who> invitable = new HashSet<>();

  /// How many rows each run has that was posted.
  private final Map<Long, Integer> posted = new TreeMap<>();

  private final Map<String, Integer> kinds = new TreeMap<>();
  private int rows;
  private int onTheirWay;
  private int cutsThatLost;
  private int turn;

  /// One moment: what the server had done before and after the disk was copied, and where the log
  /// may be cut: everything before `from` may be in the file already, and what lies behind `to` is
  /// of older times.
  private record Moment(Path copy, Done before, Done after, long from, long to) {}

  /// What the server had done: of which kinds for whom, and the invitations that it had deleted.
  private record Done(List<Effect> all, Map<Who, Set<Effect.Kind>> kinds, Set<String> deleted) {
    static Done of(List<Effect> all) {
      Map<Who, Set<Effect.Kind>> kinds = new HashMap<>();
      Set<String> deleted = new HashSet<>();
      for (Effect effect : all) {
        Who who = new Who(effect.organization(), effect.person());
        kinds.computeIfAbsent(who, of -> EnumSet.noneOf(Effect.Kind.class)).add(effect.kind());
        if (effect.kind() == Effect.Kind.DELETED) {
          deleted.add(effect.invitation());
        }
      }
      return new Done(all, kinds, deleted);
    }

    boolean happened(Effect.Kind kind, Run run, RunRow row) {
      return Judgement.who(run, row)
          .map(who -> kinds.getOrDefault(who, Set.of()).contains(kind))
          .orElse(false);
    }
  }

  @BeforeEach
  void signIn() throws Exception {
    world = PracticeWorld.signedIn(folder);
    for (String name : List.of("Northwind", "Contoso")) {
      OrganizationId organization = world.organization(name);
      StartLine.Place place =
          world.server().startLine().organizations().stream()
              .filter(one -> one.id().equals(organization.value()))
              .findFirst()
              .orElseThrow();
      Deque<Target.Person> some = new ArrayDeque<>();
      for (String person : Inviting.manyPeople(world.server(), place, 2_000)) {
        some.add(PracticeWorld.person(person));
        invitable.add(new Who(organization.value(), person));
      }
      people.put(organization, some);
      world.workplace().organizations().switchTo(organization);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void everyMomentOnTheDiskOpensAndAgreesWithTheServer() throws Exception {
    assertThat(copies).isPositive();
    for (int number = 0; number < copies; number++) {
      keepBusy();
      LockSupport.parkNanos(random.nextInt(25_000_000));
      Moment moment = copy(number);
      Path cut = cut(moment, number);
      int settled = opens(moment.copy(), disk -> whole(disk, moment));
      int settledBefore = opens(cut, disk -> prefix(disk, moment));
      assertThat(settledBefore).as("seed %s", seed).isLessThanOrEqualTo(settled);
      cutsThatLost += settledBefore < settled ? 1 : 0;
    }
    System.out.println(
        copies
            + " power losses, seed "
            + seed
            + ": "
            + rows
            + " rows, "
            + onTheirWay
            + " of them on their way; "
            + posted.size()
            + " runs posted, rows by kind "
            + kinds
            + "; "
            + cutsThatLost
            + " cut logs were of an earlier moment");
    assertThat(posted).isNotEmpty();
    assertThat(rows).isPositive();
    if (copies >= MANY) {
      assertThat(onTheirWay).isPositive();
      assertThat(cutsThatLost).isPositive();
      assertThat(kinds).containsOnlyKeys("Invite", "InviteAgain", "Delete", "Accept");
    }
  }

  /// Something is on its way most of the time: invitations with codes, and some of those replaced,
  /// deleted or accepted. When everybody is invited, only these are left.
  private void keepBusy() {
    List<Run> runs = world.workplace().runs().all();
    if (runs.stream().mapToInt(run -> run.size() - run.settled()).sum() > 15) {
      return;
    }
    List<OrganizationId> organizations = new ArrayList<>(people.keySet());
    Collections.shuffle(organizations, random);
    OrganizationId organization = organizations.getFirst();
    switch (turn++ % 4) {
      case 0 -> replace(organization);
      case 1 -> delete(organization);
      case 2 -> accept(organization);
      default -> {}
    }
    for (OrganizationId one : organizations) {
      if (invite(one)) {
        return;
      }
    }
  }

  private boolean invite(OrganizationId organization) {
    Deque<Target.Person> left = requireNonNull(people.get(organization));
    List<Target.Person> some = new ArrayList<>();
    while (some.size() < 12 && !left.isEmpty()) {
      some.add(left.remove());
    }
    if (some.isEmpty()) {
      return false;
    }
    posted(world.workplace().runs().invite(organization, some, false, ""), some.size());
    return true;
  }

  private void replace(OrganizationId organization) {
    List<Runs.ToReplace> some =
        ours(organization, 1)
            .filter(entry -> entry.invitation().isPresent())
            .limit(3)
            .map(entry ->
                new Runs.ToReplace(
                    entry.invitation().orElseThrow(), PracticeWorld.person(entry.username())))
            .toList();
    if (!some.isEmpty()) {
      posted(
          world.workplace().runs().inviteAgain(organization, some, false, Duration.ZERO),
          some.size());
    }
  }

  private void delete(OrganizationId organization) {
    List<Runs.ToDelete> some =
        ours(organization, 2)
            .filter(entry -> entry.invitation().isPresent())
            .limit(3)
            .map(entry -> new Runs.ToDelete(entry.invitation().orElseThrow(), entry.username()))
            .toList();
    if (!some.isEmpty()) {
      posted(world.workplace().runs().delete(organization, some, Duration.ZERO), some.size());
    }
  }

  private void accept(OrganizationId organization) {
    List<Runs.ToAccept> some =
        ours(organization, 3)
            .map(Invitations.Entry::codeRow)
            .flatMap(Optional::stream)
            .map(world.workplace().runs()::code)
            .flatMap(Optional::stream)
            .limit(2)
            .map(code -> new Runs.ToAccept(code, Optional.empty(), Optional.empty()))
            .toList();
    if (!some.isEmpty()) {
      posted(world.workplace().runs().accept(some, Ticket.NONE, Duration.ZERO), some.size());
    }
  }

  /// Pending invitations that were made here and that nothing open is about. Nobody is replaced and
  /// deleted and accepted: everyone has one fate, 0 to stay as they are.
  private Stream<Invitations.Entry> ours(OrganizationId organization, int fate) {
    return world.workplace().invitations().list(organization).entries().stream()
        .filter(entry -> entry.status() == InvitationStatus.PENDING)
        .filter(entry -> invitable.contains(new Who(organization.value(), entry.username())))
        .filter(entry -> Math.floorMod(entry.username().hashCode(), 4) == fate)
        .filter(entry -> entry.row().filter(row -> !row.state().settled()).isEmpty());
  }

  private void posted(Run run, int count) {
    posted.put(run.number(), count);
    kinds.merge(run.wish().getClass().getSimpleName(), count, Integer::sum);
  }

  /// Copies the file and then its log. As long as the log was not begun anew meanwhile, it has
  /// everything that a checkpoint may just be writing into the file.
  private Moment copy(int number) throws IOException {
    Path data = folder.resolve("data");
    Path to = Files.createDirectories(folder.resolve("copy-" + number));
    while (true) {
      byte[] log = beginning(data.resolve("guestlist.db-wal"));
      Done before = Done.of(world.control().log().effects());
      Files.deleteIfExists(to.resolve("guestlist.db"));
      Files.deleteIfExists(to.resolve("guestlist.db-wal"));
      Files.copy(data.resolve("guestlist.db"), to.resolve("guestlist.db"));
      byte[] index = index(data);
      Files.copy(data.resolve("guestlist.db-wal"), to.resolve("guestlist.db-wal"));
      Done after = Done.of(world.control().log().effects());
      if (Arrays.equals(log, beginning(data.resolve("guestlist.db-wal")))
          && Arrays.equals(log, beginning(to.resolve("guestlist.db-wal")))
          && Arrays.equals(log, 16, 24, index, 32, 40)) {
        copyKey(data, to);
        long inLog = frames(index, 16);
        long inFile = frames(index, 128);
        return new Moment(
            to, before, after, HEADER + inFile * FRAME, HEADER + Math.max(inFile, inLog) * FRAME);
      }
    }
  }

  /// The beginning of the index of the log, as SQLite's walformat.html has it: at 16 how many
  /// frames the log has, at 32 the salts of the log, at 128 how many frames a checkpoint may have
  /// written into the file.
  private static byte[] index(Path data) throws IOException {
    try (InputStream in = Files.newInputStream(data.resolve("guestlist.db-shm"))) {
      return in.readNBytes(136);
    }
  }

  private static long frames(byte[] index, int at) {
    return ByteBuffer.wrap(index).order(ByteOrder.nativeOrder()).getInt(at);
  }

  /// The same moment on a disk that lost the end of the log.
  private Path cut(Moment moment, int number) throws IOException {
    Path to = Files.createDirectories(folder.resolve("cut-" + number));
    Files.copy(moment.copy().resolve("guestlist.db"), to.resolve("guestlist.db"));
    Files.copy(moment.copy().resolve("guestlist.db-wal"), to.resolve("guestlist.db-wal"));
    copyKey(moment.copy(), to);
    try (RandomAccessFile log =
        new RandomAccessFile(to.resolve("guestlist.db-wal").toFile(), "rw")) {
      assertThat(log.length()).isGreaterThanOrEqualTo(moment.to());
      log.setLength(moment.from() + random.nextLong(moment.to() - moment.from() + 1));
    }
    return to;
  }

  /// The key is written beside its place and moved there whole: it is there or it is not.
  private static void copyKey(Path data, Path to) throws IOException {
    Path key = data.resolve("vault.key");
    if (Files.exists(key)) {
      Files.copy(key, to.resolve("vault.key"));
    }
  }

  /// The header of the log: its salts change whenever it begins anew.
  private static byte[] beginning(Path log) throws IOException {
    try (InputStream in = Files.newInputStream(log)) {
      return in.readNBytes(HEADER);
    }
  }

  /// Opens a copy, checks it and throws it away.
  private int opens(Path copy, ToIntFunction<FaultyDisk> check) throws IOException {
    assertThat(FaultyDisk.integrity(copy, "guestlist.db")).as("seed %s", seed).isEqualTo("ok");
    FaultyDisk disk = FaultyDisk.open(copy, InstantSource.system());
    int settled;
    try {
      assertThat(disk.store().notices()).as("seed %s", seed).isEmpty();
      settled = check.applyAsInt(disk);
    } finally {
      disk.store().close();
    }
    try (Stream<Path> all = Files.walk(copy)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    return settled;
  }

  /// What lies in a copy that lost nothing.
  ///
  /// @return how many steps its rows have made
  private int whole(FaultyDisk disk, Moment moment) {
    Map<Run, List<RunRow>> runs = runs(disk);
    Map<Long, Integer> kept = new TreeMap<>();
    runs.forEach((run, its) -> {
      kept.put(run.number(), its.size());
      its.forEach(row -> {
        reallyHappened(run, row, disk, moment);
        didNotHappenYet(run, row, moment);
      });
      rows += its.size();
      onTheirWay += run.count(RowState.SENDING) + run.count(RowState.UNKNOWN);
    });
    assertThat(kept).as("seed %s", seed).isEqualTo(posted);
    everythingThatWasDoneIsKnown(runs, moment);
    return steps(runs);
  }

  /// What lies in a copy that lost the end of its log: the runs of an earlier moment, in full, and
  /// nothing that never happened.
  ///
  /// @return how many steps its rows have made
  private int prefix(FaultyDisk disk, Moment moment) {
    Map<Run, List<RunRow>> runs = runs(disk);
    Map<Long, Integer> kept = new TreeMap<>();
    runs.forEach((run, its) -> {
      kept.put(run.number(), its.size());
      its.forEach(row -> reallyHappened(run, row, disk, moment));
    });
    Map<Long, Integer> first = new TreeMap<>();
    posted.entrySet().stream()
        .limit(kept.size())
        .forEach(run -> first.put(run.getKey(), run.getValue()));
    assertThat(kept).as("seed %s", seed).isEqualTo(first);
    return steps(runs);
  }

  private Map<Run, List<RunRow>> runs(FaultyDisk disk) {
    Map<Run, List<RunRow>> runs = new LinkedHashMap<>();
    for (Run run : disk.store().runs().runs(world.connection().id())) {
      List<RunRow> its = disk.store().runs().rows(run.number());
      assertThat(run.size()).as("seed %s", seed).isEqualTo(its.size());
      runs.put(run, its);
    }
    return runs;
  }

  /// Grows with every run that is posted, every call that leaves and every outcome.
  private static int steps(Map<Run, List<RunRow>> runs) {
    return runs.values().stream()
        .flatMap(List::stream)
        .mapToInt(row -> 1 + row.attempts() + (row.state().settled() ? 1 : 0))
        .sum();
  }

  /// Whatever a row says was done, the server had done when the copy was complete; and who was
  /// invited has a code that opens.
  private void reallyHappened(Run run, RunRow row, FaultyDisk disk, Moment moment) {
    Done done = moment.after();
    if (row.state() == RowState.INVITED) {
      assertThat(done.happened(Effect.Kind.INVITED, run, row))
          .as("%s, seed %s", row, seed)
          .isTrue();
      assertThat(disk.store().runs().code(row.id())).as("%s, seed %s", row, seed).isPresent();
    }
    if (row.state() == RowState.JOINED) {
      assertThat(done.happened(Effect.Kind.ACCEPTED, run, row))
          .as("%s, seed %s", row, seed)
          .isTrue();
    }
    boolean gone =
        row.state() == RowState.DELETED
            || (row.target() instanceof Target.Again again
                && again.step() == Target.Again.Step.INVITE);
    if (gone) {
      assertThat(done.deleted().contains(about(row).orElseThrow()))
          .as("%s, seed %s", row, seed)
          .isTrue();
    }
  }

  /// What never left, the server had not done when the copy was begun.
  private void didNotHappenYet(Run run, RunRow row, Moment moment) {
    if (row.state() != RowState.READY || row.attempts() > 0) {
      return;
    }
    Done done = moment.before();
    boolean happened =
        switch (row.target()) {
          case Target.Person ignored -> done.happened(Effect.Kind.INVITED, run, row);
          case Target.Code ignored -> done.happened(Effect.Kind.ACCEPTED, run, row);
          case Target.Listed listed -> done.deleted().contains(listed.invitation().value());
          case Target.Again again -> done.deleted().contains(again.replaces().value());
        };
    assertThat(happened).as("done before it left: %s, seed %s", row, seed).isFalse();
  }

  /// Whatever the server did before the moment has a row that has left.
  private void everythingThatWasDoneIsKnown(Map<Run, List<RunRow>> runs, Moment moment) {
    Set<Who> invited = new HashSet<>();
    Set<Who> accepted = new HashSet<>();
    Set<String> deleted = new HashSet<>();
    runs.forEach((run, its) ->
        its.stream()
            .filter(row -> row.attempts() > 0)
            .forEach(row -> {
              about(row).ifPresent(deleted::add);
              Set<Who> done = row.target() instanceof Target.Code ? accepted : invited;
              Judgement.who(run, row).ifPresent(done::add);
            }));
    for (Effect effect : moment.before().all()) {
      Who who = new Who(effect.organization(), effect.person());
      switch (effect.kind()) {
        case INVITED -> knows(invited.contains(who), effect);
        case ACCEPTED -> knows(accepted.contains(who), effect);
        case DELETED -> knows(deleted.contains(effect.invitation()), effect);
        case CLEARED -> throw new AssertionError("A code was burnt: " + who + ", seed " + seed);
      }
    }
  }

  private void knows(boolean known, Effect effect) {
    assertThat(known).as("no row tells of %s, seed %s", effect, seed).isTrue();
  }

  /// The invitation that a row deletes.
  private static Optional<String> about(RunRow row) {
    return switch (row.target()) {
      case Target.Listed listed -> Optional.of(listed.invitation().value());
      case Target.Again again -> Optional.of(again.replaces().value());
      case Target.Person ignored -> Optional.empty();
      case Target.Code ignored -> Optional.empty();
    };
  }
}
