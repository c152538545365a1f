package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.CONTOSO;
import static dev.guestlist.store.Sample.NORTHWIND;
import static dev.guestlist.store.Sample.NOW;
import static dev.guestlist.store.Sample.invitation;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.ProblemException;
import dev.guestlist.store.InvitationHistory.Kept;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class InvitationHistoryTest {
  @TempDir Path folder;
  private LocalStore store;
  private InvitationHistory history;

  @BeforeEach
  void open() {
    store = Sample.open(folder);
    history = store.history();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Instant day(int number) {
    return NOW.plus(Duration.ofDays(number));
  }

  private void read(Instant at, Invitation... list) throws ProblemException {
    store.invitations().replaceAll(ACME, NORTHWIND, each -> List.of(list).forEach(each), at);
  }

  private static Invitation expired(Invitation of) {
    return new Invitation(
        of.id(),
        of.username(),
        of.email(),
        of.roles(),
        of.groups(),
        Invitation.Status.EXPIRED,
        of.ends());
  }

  private List<Kept> kept() {
    return history.kept(ACME, NORTHWIND);
  }

  /// Usernames with what became of them, in order.
  private List<String> since(Kept kept, Instant now) {
    return history.since(ACME, NORTHWIND, kept, now).stream()
        .map(one ->
            one.before().isEmpty()
                ? "new " + one.now().orElseThrow().username()
                : one.now().isEmpty()
                    ? "gone " + one.before().orElseThrow().username()
                    : "other " + one.now().orElseThrow().username())
        .sorted()
        .toList();
  }

  @Test
  void aListOfTheSameDayIsNotKept() throws Exception {
    read(day(0), invitation("1", "ann"));
    read(day(0).plusSeconds(60), invitation("2", "ben"));
    assertThat(kept()).isEmpty();
  }

  @Test
  void theLastListOfADayIsKeptWhenTheNextDayBringsAnother() throws Exception {
    read(day(0), invitation("1", "ann"));
    Instant last = day(0).plusSeconds(60);
    read(last, invitation("1", "ann"), invitation("2", "ben"));
    read(day(1), invitation("2", "ben"), invitation("3", "cleo"));
    assertThat(kept()).hasSize(1);
    assertThat(kept().getFirst().readAt()).isEqualTo(last);
    assertThat(kept().getFirst().size()).isEqualTo(2);
    assertThat(since(kept().getFirst(), day(0))).containsExactly("gone ann", "new cleo");
    assertThat(history.kept(ACME, CONTOSO)).isEmpty();
  }

  @Test
  void aDayIsTheDayOfThisComputer() throws Exception {
    Instant ten = Instant.parse("2026-03-02T18:00:00Z");
    Instant five = Instant.parse("2026-03-03T01:00:00Z");
    Instant nextMorning = Instant.parse("2026-03-03T17:00:00Z");
    in(ZoneId.of("America/Los_Angeles"));
    read(ten, invitation("1", "ann"));
    read(five, invitation("2", "ben"));
    assertThat(kept()).as("10:00 and 17:00 are of one day there").isEmpty();
    read(nextMorning, invitation("3", "cleo"));
    assertThat(kept()).extracting(Kept::readAt).containsExactly(five);

    in(ZoneId.of("Pacific/Auckland"));
    read(Instant.parse("2026-03-03T21:00:00Z"), invitation("3", "cleo"));
    assertThat(kept()).as("there, it is the 4th already").hasSize(1);
    read(Instant.parse("2026-03-04T12:00:00Z"), invitation("3", "cleo"));
    assertThat(kept()).hasSize(2);
  }

  private void in(ZoneId zone) {
    store.close();
    store =
        LocalStore.open(
            folder,
            main -> KeyPlaces.fixed(main, folder, KeyFile.in(folder)),
            InstantSource.fixed(NOW),
            () -> zone);
    history = store.history();
  }

  @Test
  void whatWasTakenOutHereOnALaterDayIsGoneSinceThatList() throws Exception {
    read(day(0), invitation("1", "ann"), invitation("2", "ben"));
    store.invitations().remove(ACME, NORTHWIND, List.of(new InvitationId("1")));
    read(day(2), invitation("2", "ben"));
    assertThat(kept().getFirst().size()).isEqualTo(2);
    assertThat(since(kept().getFirst(), day(0))).containsExactly("gone ann");
  }

  @Test
  void whatCameAndWentInBetweenIsNoDifference() throws Exception {
    read(day(0), invitation("1", "ann"));
    read(day(1), invitation("1", "ann"), invitation("2", "ben"));
    read(day(2), invitation("1", "ann"));
    assertThat(since(kept().getLast(), day(0))).isEmpty();
    assertThat(since(kept().getFirst(), day(0))).containsExactly("gone ben");
  }

  @Test
  void anInvitationThatEndedDiffersAlsoWhereTheServerStillCallsItPending() throws Exception {
    read(day(0), invitation("1", "ann"), invitation("2", "ben"));
    read(day(1), expired(invitation("1", "ann")), invitation("2", "ben"));
    assertThat(since(kept().getFirst(), NOW)).containsExactly("other ann");
    assertThat(since(kept().getFirst(), day(1))).containsExactly("other ann", "other ben");
  }

  @Test
  void daysOlderThanThirtyGo() throws Exception {
    for (int i = 0; i <= 40; i++) {
      read(day(i), invitation("id" + i, "user" + i));
    }
    assertThat(kept()).hasSize(30);
    assertThat(kept().getLast().readAt()).isEqualTo(day(10));
  }

  @Test
  void ofAConnectionThatIsForgottenNothingStays() throws Exception {
    read(day(0), invitation("1", "ann"));
    read(day(1), invitation("2", "ben"));
    store.forgetCached(ACME);
    assertThat(kept()).isEmpty();
    store.close();
    try (Database database = Database.open(folder.resolve("cache.db"), Schema.CACHE)) {
      assertThat((long) database.read(s -> s.number("SELECT count(*) FROM invitation_before")))
          .isZero();
    }
    open();
  }

  /// The lists of twenty days, with many reads a day and things done here in between, against whole
  /// copies kept beside them.
  @Test
  void everyKeptListCanBeToldAgainAndComparedWithTheNewest() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      close();
      open();
      store.forgetCached(ACME);
      compareWithCopies(new Random(seed), "seed " + seed);
    }
  }

  private void compareWithCopies(Random random, String seed) throws ProblemException {
    Map<String, Invitation> server = new TreeMap<>();
    Map<Instant, Map<String, Invitation>> copies = new HashMap<>();
    Instant at = NOW;
    for (int step = 0; step < 60; step++) {
      at = at.plus(Duration.ofHours(random.nextInt(20)));
      for (int i = random.nextInt(6); i > 0; i--) {
        String id = "id" + random.nextInt(30);
        switch (random.nextInt(3)) {
          case 0 -> server.putIfAbsent(id, invitation(id, "user-" + id));
          case 1 -> server.remove(id);
          default -> server.computeIfPresent(id, (key, is) -> expired(is));
        }
      }
      read(at, server.values().toArray(Invitation[]::new));
      copies.put(at, new TreeMap<>(server));
      if (random.nextBoolean() && !server.isEmpty()) {
        String id = new ArrayList<>(server.keySet()).get(random.nextInt(server.size()));
        server.remove(id);
        store.invitations().remove(ACME, NORTHWIND, List.of(new InvitationId(id)));
      }
    }
    assertThat(kept()).as(seed).isNotEmpty();
    for (Kept one : kept()) {
      Map<String, Invitation> then = requireNonNull(copies.get(one.readAt()));
      assertThat(one.size()).as(seed).isEqualTo(then.size());
      Map<String, Invitation> told = new TreeMap<>();
      history.asOf(ACME, NORTHWIND, one).forEach(i -> told.put(i.id().value(), i));
      assertThat(told).as(seed).isEqualTo(then);
      TreeSet<String> expected = new TreeSet<>();
      then.forEach((id, was) -> {
        if (!Optional.ofNullable(server.get(id)).equals(Optional.of(was))) {
          expected.add(id);
        }
      });
      server.keySet().stream().filter(id -> !then.containsKey(id)).forEach(expected::add);
      TreeSet<String> differing = new TreeSet<>();
      history
          .since(ACME, NORTHWIND, one, NOW)
          .forEach(d -> differing.add(d.before().or(d::now).orElseThrow().id().value()));
      assertThat(differing).as(seed).isEqualTo(expected);
    }
  }
}
