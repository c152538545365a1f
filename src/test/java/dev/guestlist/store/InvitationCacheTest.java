package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.CONTOSO;
import static dev.guestlist.store.Sample.NORTHWIND;
import static dev.guestlist.store.Sample.NOW;
import static dev.guestlist.store.Sample.OTHER;
import static dev.guestlist.store.Sample.invitation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.store.InvitationCache.Cached;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class InvitationCacheTest {
  private static final Instant LATER = NOW.plusSeconds(60);

  @TempDir Path folder;
  private LocalStore store;
  private InvitationCache cache;

  @BeforeEach
  void open() {
    store = Sample.open(folder);
    cache = store.invitations();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private int replace(Instant readAt, Invitation... invitations) throws ProblemException {
    return cache.replaceAll(ACME, NORTHWIND, each -> List.of(invitations).forEach(each), readAt);
  }

  private List<String> listed() {
    return cache.all(ACME, NORTHWIND).stream()
        .filter(Cached::listed)
        .map(c -> c.invitation().id().value())
        .toList();
  }

  private List<String> vanished() {
    return cache.all(ACME, NORTHWIND).stream()
        .filter(c -> !c.listed())
        .map(c -> c.invitation().id().value())
        .toList();
  }

  /// Everything that staging could leave behind.
  private long rowsInTheFile() {
    store.close();
    try (Database database = Database.open(folder.resolve("cache.db"), Schema.CACHE)) {
      return database.read(s ->
          s.number("SELECT count(*) FROM invitation")
              + s.number("SELECT count(*) FROM removed_meanwhile")
              + s.number("SELECT count(*) FROM invitation_load WHERE state <> 'CURRENT'"));
    } catch (DamagedException e) {
      throw new AssertionError(e);
    } finally {
      open();
    }
  }

  @Test
  void keepsEveryWordOfAnInvitation() throws Exception {
    Invitation bare =
        new Invitation(
            new InvitationId("i-2"),
            "Zoë",
            "",
            List.of(),
            List.of(),
            Invitation.Status.EXPIRED,
            Optional.empty());
    Invitation precise =
        new Invitation(
            new InvitationId("i-3"),
            "a \"quoted\" <name>",
            "a@b",
            List.of(Sample.PLAIN),
            List.of(),
            Invitation.Status.PENDING,
            Optional.of(Instant.parse("2026-03-05T10:00:00.123456Z")));
    assertThat(replace(NOW, invitation("i-1", "bob"), bare, precise)).isEqualTo(3);
    store.close();
    open();

    assertThat(cache.all(ACME, NORTHWIND))
        .containsExactly(
            new Cached(precise, true, NOW),
            new Cached(invitation("i-1", "bob"), true, NOW),
            new Cached(bare, true, NOW));
    assertThat(cache.readAt(ACME, NORTHWIND)).contains(NOW);
    assertThat(cache.readAt(ACME, CONTOSO)).isEmpty();
    assertThat(cache.all(OTHER, NORTHWIND)).isEmpty();
  }

  @Test
  void findsByUsernameWithoutRegardToCase() throws Exception {
    replace(NOW, invitation("i-1", "Jörg"), invitation("i-2", "bob"), invitation("i-3", "ann"));
    replace(LATER, invitation("i-1", "Jörg"), invitation("i-2", "bob"));

    assertThat(cache.of(ACME, NORTHWIND, List.of("JÖRG", "BOB", "ann", "nobody")))
        .extracting(c -> c.invitation().id().value())
        .containsExactly("i-2", "i-1");
    assertThat(cache.of(ACME, NORTHWIND, List.of())).isEmpty();
  }

  @Test
  void countsListedRowsPerStatus() throws Exception {
    assertThat(cache.counts(ACME)).isEmpty();
    Invitation expired =
        new Invitation(
            new InvitationId("i-3"),
            "cleo",
            "",
            List.of(),
            List.of(),
            Invitation.Status.EXPIRED,
            Optional.empty());
    replace(NOW, invitation("i-0", "gone"));
    replace(LATER, invitation("i-1", "ann"), invitation("i-2", "bob"), expired);
    cache.replaceAll(ACME, CONTOSO, each -> {}, NOW);

    assertThat(cache.counts(ACME))
        .isEqualTo(
            Map.of(
                NORTHWIND,
                Map.of(Invitation.Status.PENDING, 2, Invitation.Status.EXPIRED, 1),
                CONTOSO,
                Map.of()));
    cache.remove(ACME, NORTHWIND, List.of(new InvitationId("i-2"), new InvitationId("i-0")));
    assertThat(cache.counts(ACME).get(NORTHWIND)).containsEntry(Invitation.Status.PENDING, 1);
    assertThat(cache.counts(OTHER)).isEmpty();
  }

  @Test
  void aRowListedTwiceIsOneRow() throws Exception {
    assertThat(replace(NOW, invitation("i-1", "bob"), invitation("i-1", "bob"))).isEqualTo(1);
    assertThat(listed()).containsExactly("i-1");
  }

  @Test
  void vanishedRowsStayForThirtyDaysWithTheMomentTheyWereSeen() throws Exception {
    replace(NOW, invitation("i-1", "ann"), invitation("i-2", "bob"));
    replace(LATER, invitation("i-1", "ann"));
    assertThat(cache.all(ACME, NORTHWIND))
        .containsExactly(
            new Cached(invitation("i-1", "ann"), true, LATER),
            new Cached(invitation("i-2", "bob"), false, NOW));

    replace(NOW.plus(Duration.ofDays(30)), invitation("i-1", "ann"));
    assertThat(vanished()).containsExactly("i-2");
    replace(NOW.plus(Duration.ofDays(30)).plusSeconds(1), invitation("i-1", "ann"));
    assertThat(vanished()).isEmpty();
  }

  @Test
  void aVanishedRowThatIsBackIsListed() throws Exception {
    replace(NOW, invitation("i-1", "ann"));
    replace(LATER);
    assertThat(vanished()).containsExactly("i-1");
    replace(LATER, invitation("i-1", "ann"));
    assertThat(vanished()).isEmpty();
    assertThat(listed()).containsExactly("i-1");
  }

  @Test
  void removedRowsDoNotStay() throws Exception {
    replace(NOW, invitation("i-1", "ann"), invitation("i-2", "bob"));
    cache.remove(ACME, NORTHWIND, List.of(new InvitationId("i-1")));
    assertThat(listed()).containsExactly("i-2");
    replace(LATER);
    assertThat(vanished()).containsExactly("i-2");
  }

  @Test
  void aListOnItsWayDoesNotBringARemovedRowBack() throws Exception {
    replace(NOW, invitation("i-1", "ann"), invitation("i-2", "bob"));
    int rows =
        cache.replaceAll(
            ACME,
            NORTHWIND,
            each -> {
              each.accept(invitation("i-1", "ann"));
              cache.remove(ACME, NORTHWIND, List.of(new InvitationId("i-1")));
              each.accept(invitation("i-2", "bob"));
            },
            LATER);

    assertThat(rows).isEqualTo(1);
    assertThat(listed()).containsExactly("i-2");
    assertThat(vanished()).isEmpty();
    assertThat(cache.counts(ACME).get(NORTHWIND)).containsEntry(Invitation.Status.PENDING, 1);
    assertThat(rowsInTheFile()).isEqualTo(1);
  }

  @Test
  void aSourceThatFailsHalfwayLeavesTheOldList() throws Exception {
    replace(NOW, invitation("i-1", "ann"));
    ProblemException cut = new ProblemException(new Problem.Unreadable("half a list"));

    assertThatThrownBy(() ->
            cache.replaceAll(
                ACME,
                NORTHWIND,
                each -> {
                  IntStream.range(0, 5_000)
                      .forEach(i -> each.accept(invitation("new-" + i, "user" + i)));
                  throw cut;
                },
                LATER))
        .isSameAs(cut);
    assertThat(listed()).containsExactly("i-1");
    assertThat(cache.readAt(ACME, NORTHWIND)).contains(NOW);
    assertThat(rowsInTheFile()).isEqualTo(1);
  }

  @Test
  void othersReadAndWriteWhileAListArrives() throws Exception {
    replace(NOW, invitation("i-1", "ann"));
    try (LocalStore second = Sample.open(folder)) {
      cache.replaceAll(
          ACME,
          NORTHWIND,
          each -> {
            IntStream.range(0, 4_500).forEach(i -> each.accept(invitation("new-" + i, "user" + i)));
            assertThat(second.invitations().all(ACME, NORTHWIND)).hasSize(1);
            second.organizations().put(ACME, List.of(Sample.organization("org-1")), NOW);
          },
          LATER);
      assertThat(second.invitations().all(ACME, NORTHWIND)).hasSize(4_501);
      assertThat(second.organizations().all(ACME)).hasSize(1);
    }
  }

  @Test
  void twoLoadsAtOnceDoNotMixAndTheLaterOneWins() throws Exception {
    int[] inner = new int[1];
    int outer =
        cache.replaceAll(
            ACME,
            NORTHWIND,
            each -> {
              each.accept(invitation("old-1", "ann"));
              try (LocalStore second = Sample.open(folder)) {
                inner[0] =
                    second
                        .invitations()
                        .replaceAll(
                            ACME,
                            NORTHWIND,
                            their -> {
                              their.accept(invitation("new-1", "bob"));
                              their.accept(invitation("new-2", "cleo"));
                            },
                            LATER);
              }
              each.accept(invitation("old-2", "dora"));
              each.accept(invitation("old-3", "erin"));
            },
            NOW);

    assertThat(inner[0]).isEqualTo(2);
    assertThat(outer).isEqualTo(3);
    assertThat(listed()).containsExactly("new-1", "new-2");
    assertThat(vanished()).isEmpty();
    assertThat(cache.readAt(ACME, NORTHWIND)).contains(LATER);
    assertThat(rowsInTheFile()).isEqualTo(2);
  }

  @Test
  void whatAKilledLoadLeftGoesAtTheNextStart() throws Exception {
    replace(NOW, invitation("i-1", "ann"));
    store.close();
    try (Database database = Database.open(folder.resolve("cache.db"), Schema.CACHE)) {
      database.change(s -> {
        s.update(
            """
            INSERT INTO invitation_load (connection, organization, state, read_at)
            VALUES ('acme', 'org-northwind', 'LOADING', 0)
            """);
        s.update(
            """
            INSERT INTO invitation (load, number, id, username, folded, email, gifts, pending,
              listed, seen)
            SELECT max(id), 0, 'left', 'x', 'x', '', '[[],[]]', 1, 1, 0 FROM invitation_load
            """);
      });
    }
    open();
    assertThat(listed()).containsExactly("i-1");
    assertThat(rowsInTheFile()).isEqualTo(1);
  }

  @Test
  void forgettingAConnectionTakesItsListsAndNoOthers() throws Exception {
    replace(NOW, invitation("i-1", "ann"));
    cache.replaceAll(OTHER, NORTHWIND, each -> each.accept(invitation("i-2", "bob")), NOW);
    store.forgetCached(ACME);

    assertThat(cache.all(ACME, NORTHWIND)).isEmpty();
    assertThat(cache.readAt(ACME, NORTHWIND)).isEmpty();
    assertThat(cache.counts(ACME)).isEmpty();
    assertThat(cache.all(OTHER, NORTHWIND)).hasSize(1);
    assertThat(rowsInTheFile()).isEqualTo(1);
  }

  @Test
  void aHundredThousandRowsAreReadBackCompletely() throws Exception {
    int count = 100_000;
    int rows =
        cache.replaceAll(
            ACME,
            NORTHWIND,
            each -> {
              for (int i = 0; i < count; i++) {
                each.accept(invitation("i-" + i, "user" + (i * 7919L) % count));
              }
            },
            NOW);
    assertThat(rows).isEqualTo(count);

    List<Cached> all = cache.all(ACME, NORTHWIND);
    assertThat(all).hasSize(count);
    assertThat(all.getFirst().invitation().roles())
        .as("equal lists are kept once")
        .isSameAs(all.getLast().invitation().roles());
    assertThat(all)
        .isSortedAccordingTo(
            (a, b) -> a.invitation().username().compareToIgnoreCase(b.invitation().username()));
  }
}
