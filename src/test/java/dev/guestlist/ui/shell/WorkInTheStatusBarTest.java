package dev.guestlist.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.service.Preparation;
import dev.guestlist.service.Runs.ToAccept;
import dev.guestlist.store.StoreException;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the window says about work that waits or moves.
class WorkInTheStatusBarTest {
  @TempDir private Path folder;
  private PracticeWorld world;
  private final TestScreen screen = new TestScreen();
  private OrganizationId contoso;
  private StatusBarViewModel status;
  private boolean boardShows;

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.signedIn(folder);
    contoso = world.organization("Contoso");
    status = new StatusBarViewModel(screen.over(world), () -> boardShows);
  }

  @AfterEach
  void close() {
    status.close();
    world.close();
  }

  @Test
  void whatBecameOfKeptCodesIsToldOnceTheConnectionIsBack() throws Exception {
    List<ToAccept> codes = new ArrayList<>();
    for (Target.Person person : world.people("Contoso", 2)) {
      Run run = world.workplace().runs().invite(contoso, List.of(person), false, "");
      RunRow row = world.settled(run).getFirst();
      ConfirmationCode code = world.workplace().runs().code(row.id()).orElseThrow();
      codes.add(new ToAccept(code, Optional.empty(), Optional.empty()));
      if (codes.size() == 1) {
        world.control().moveClock(Duration.ofHours(40));
      }
    }
    world.stopServer();
    world.workplace().session().probe();
    world.workplace().runs().accept(codes, Ticket.NONE, Duration.ZERO);
    screen.until(() -> status.waitingProperty().get() == 2);
    assertThat(status.decisionsProperty().get()).isZero();
    world.startServer();
    world.control().moveClock(Duration.ofHours(40));
    world.workplace().worker().tryNow();
    screen.until(() -> !screen.told().isEmpty());

    assertThat(screen.told())
        .containsExactly("1 accepted, 1 needs you. They had waited for the connection.");
    screen.until(() -> status.decisionsProperty().get() == 1);
    assertThat(status.waitingProperty().get()).isEqualTo(1);
    screen.takeWay();
    assertThat(screen.shown()).containsExactly(new Screen.Runs());
  }

  @Test
  void whatIsUnderWayDoesNotWait() throws Exception {
    world.control().answerSlowly(Duration.ofMillis(800));
    Run run = world.workplace().runs().invite(contoso, world.people("Contoso", 8), false, "");
    screen.until(() -> status.runningProperty().get().equals("run " + run.number() + ": 0 of 8"));
    assertThat(status.waitingProperty().get()).isZero();

    world.settled(run);
    screen.until(() -> status.runningProperty().get().isEmpty());
    assertThat(status.waitingProperty().get()).isZero();
  }

  @Test
  void codesThatNeedNobodySignedInAreToldOfAfterTheReconnectToo() throws Exception {
    Run run = world.workplace().runs().invite(contoso, world.people("Contoso", 1), false, "");
    RunRow row = world.settled(run).getFirst();
    ConfirmationCode code = world.workplace().runs().code(row.id()).orElseThrow();
    screen.until(() -> listed(row));
    world.stopServer();
    world.workplace().session().probe();
    world.workplace().session().signOut();
    assertThat(world.workplace().session().link().offline()).isTrue();
    world
        .workplace()
        .runs()
        .acceptWithoutLooking(
            List.of(new ToAccept(code, Optional.empty(), Optional.empty())),
            Ticket.NONE,
            Duration.ZERO);
    screen.until(() -> status.waitingProperty().get() == 1);
    world.startServer();
    world.workplace().worker().tryNow();
    screen.until(() -> !screen.told().isEmpty());
    assertThat(screen.told()).containsExactly("1 accepted. They had waited for the connection.");
  }

  @Test
  void codesThatWereDroppedMeanwhileAreNotAnnouncedAsRefused() throws Exception {
    List<ToAccept> codes = new ArrayList<>();
    for (RunRow row :
        world.settled(
            world.workplace().runs().invite(contoso, world.people("Contoso", 2), false, ""))) {
      ConfirmationCode code = world.workplace().runs().code(row.id()).orElseThrow();
      codes.add(new ToAccept(code, Optional.empty(), Optional.empty()));
    }
    world.stopServer();
    world.workplace().session().probe();
    Run dropped = accept(codes.getFirst());
    accept(codes.getLast());
    screen.until(() -> status.waitingProperty().get() == 2);
    world.workplace().runs().stop(dropped.number());
    screen.until(() -> status.waitingProperty().get() == 1);
    world.startServer();
    world.workplace().worker().tryNow();
    screen.until(() -> !screen.told().isEmpty());

    assertThat(world.workplace().runs().find(dropped.number()).orElseThrow().counts())
        .containsOnlyKeys(RowState.NOT_TRIED);
    assertThat(screen.told()).containsExactly("1 accepted. They had waited for the connection.");
  }

  @Test
  void codesOfWhichNobodyCanTellAreNotCalledRefused() {
    assertThat(Texts.english().get("status-bar.codes-back", 0, 0, 0, 2))
        .isEqualTo("0 accepted, 2 cannot be told. They had waited for the connection.");
  }

  private Run accept(ToAccept code) {
    return world.workplace().runs().accept(List.of(code), Ticket.NONE, Duration.ZERO);
  }

  /// The list was read again after the invitation: nothing is on its way from the server any more.
  private boolean listed(RunRow row) {
    return world.workplace().runs().row(row.id()).orElseThrow().invitation().isPresent();
  }

  @Test
  void readingManyOrganizationsIsCountedAndToldWhenItIsDone() {
    world.control().answerSlowly(Duration.ofMillis(100));
    prepare();
    screen.until(() -> status.preparingProperty().get().equals("reading 2 of 2 organizations"));
    world.workplace().preparation().pauseOrGoOn();
    screen.until(() -> status.preparingProperty().get().equals("paused at 2 of 2 organizations"));
    world.workplace().preparation().pauseOrGoOn();
    screen.until(() -> !screen.told().isEmpty());
    assertThat(status.preparingProperty().get()).isEmpty();
    assertThat(screen.told()).containsExactly("2 organizations read.");
    screen.takeWay();
    assertThat(screen.shown()).containsExactly(new Screen.Board());
  }

  @Test
  void whoLooksAtTheBoardIsNotToldOnceMore() {
    boardShows = true;
    prepare();
    screen.until(() -> !status.preparingProperty().get().isEmpty());
    screen.until(() -> status.preparingProperty().get().isEmpty());
    assertThat(screen.told()).isEmpty();
  }

  private void prepare() {
    Map<OrganizationId, String> chosen = new LinkedHashMap<>();
    chosen.put(world.organization("Northwind"), "Northwind");
    chosen.put(contoso, "Contoso");
    world.workplace().preparation().start(chosen, Preparation.Depth.INVITATIONS);
  }

  @Test
  void aListThatCannotBeWrittenIsToldAndReadAgainWhenAskedFor() {
    screen.expectsFailures();
    world.disk().protect();
    status.readAgain();
    assertThat(status.readingProperty().get()).isTrue();
    screen.until(() -> !status.readingProperty().get());
    assertThat(screen.failures()).isNotEmpty().allMatch(StoreException.class::isInstance);

    world.disk().unprotect();
    long failures = screen.failures().size();
    status.readAgain();
    screen.until(() -> !status.readingProperty().get());
    assertThat(world.workplace().invitations().readAt(contoso)).isPresent();
    assertThat(screen.failures()).hasSize((int) failures);
  }

  @Test
  void closingOverARunAsksAndPausesWhenToldSo() {
    ClosingViewModel closing = new ClosingViewModel(screen.over(world), status);
    screen.until(() -> status.titleProperty().get().equals("Guestlist"));
    assertThat(closing.mayClose()).isTrue();
    world.control().answerSlowly(Duration.ofMillis(300));
    List<Target.Person> people = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      people.add(PracticeWorld.person("nobody." + i));
    }
    Run run = world.workplace().runs().invite(contoso, people, true, "");
    screen.until(() -> !closing.mayClose());

    assertThat(status.titleProperty().get()).matches("\\d+% \u2013 Guestlist");
    assertThat(closing.title()).matches("\\d+ rows have not left yet\\. Close\\?");
    List<String> closed = new ArrayList<>();
    closing.pause(() -> closed.add("closed"));
    screen.until(() -> !closed.isEmpty());
    assertThat(world.workplace().runs().find(run.number()).orElseThrow().phase())
        .isEqualTo(Run.Phase.PAUSED);
    screen.until(closing::mayClose);
  }
}
