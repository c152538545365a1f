package dev.guestlist.ui.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.ActivityLog;
import dev.guestlist.service.Board;
import dev.guestlist.service.Preparation;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.board.BoardViewModel.Chip;
import dev.guestlist.ui.kit.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class BoardViewModelTest {
  @TempDir private Path folder;
  private final TestScreen window = new TestScreen();
  private final List<OrganizationId> opened = new ArrayList<>();
  private final List<Screen> screens = new ArrayList<>();
  private PracticeWorld world;
  private BoardViewModel model;

  @BeforeEach
  void openBoard() throws Exception {
    world = PracticeWorld.signedIn(folder);
    world.workplace().organizations().readIndex();
    assertThat(world.workplace().invitations().refresh(world.organization("Contoso"))).isEmpty();
    model =
        new BoardViewModel(
            window.over(world),
            window,
            (organization, screen) -> {
              opened.add(organization);
              screens.add(screen);
            });
    window.until(() -> !model.rows().isEmpty());
  }

  @AfterEach
  void close() {
    model.close();
    world.close();
  }

  private BoardViewModel.Totals totals() {
    return model.totalsProperty().get();
  }

  private BoardViewModel board() {
    return new BoardViewModel(window.over(world), window, (organization, screen) -> {});
  }

  private BoardRow row(String name) {
    return model.rows().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void showsNumbersWhereAListWasReadAndADashElsewhere() {
    BoardRow contoso = row("Contoso");
    assertThat(contoso.pending() + contoso.expired()).isEqualTo(40);
    assertThat(contoso.age()).isEqualTo("just now");
    assertThat(row("Northwind").counts()).isEmpty();
    assertThat(row("Northwind").age()).isEqualTo("never");
  }

  @Test
  void sumsUpWhatIsShownAndNamesTheOldestList() {
    assertThat(totals().counts()).isEqualTo(row("Contoso").counts().orElseThrow());
    assertThat(totals().oldest()).isEqualTo("Oldest list: just now");
    model.filterProperty().set("northwind");
    assertThat(totals().counts()).isEqualTo(new Board.Counts(0, 0, 0, 0));
    assertThat(totals().size()).isEqualTo("1 organization");
    assertThat(totals().oldest()).isEmpty();
  }

  @Test
  void chipsAndFilterNarrowTheRows() {
    model.chipProperty().set(Chip.EXPIRED);
    assertThat(model.rows()).extracting(BoardRow::name).containsExactly("Contoso");
    model.chipProperty().set(Chip.NEVER_READ);
    assertThat(model.rows()).extracting(BoardRow::name).doesNotContain("Contoso");
    model.filterProperty().set("nowhere");
    assertThat(model.rows()).isEmpty();
    assertThat(model.emptyProperty().get()).endsWith("none matches.");
  }

  @Test
  void opensTheInvitationsOfAnOrganization() {
    model.open(row("Contoso"));
    assertThat(opened).containsExactly(world.organization("Contoso"));
    assertThat(screens).containsExactly(new Screen.Invitations());
  }

  @Test
  void readsChosenOnesForOfflineAndSaysWhatCameOfIt() {
    model.read(List.of(row("Northwind"), row("Contoso")), Preparation.Depth.EVERYTHING);
    window.until(() -> !model.preparing().runningProperty().get());
    assertThat(model.preparing().lineProperty().get()).startsWith("2 organizations ready");
    window.until(() -> row("Northwind").counts().isPresent());
    assertThat(row("Northwind").note()).isEqualTo("Ready for offline");
    assertThat(model.preparing().partProperty().get()).isPositive();
  }

  @Test
  void readsListsAgainAndSaysWhoCannotBeEntered() {
    model.read(List.of(row("Northwind"), row("Northgate")), Preparation.Depth.INVITATIONS);
    window.until(() -> !model.preparing().runningProperty().get());
    assertThat(model.preparing().lineProperty().get())
        .isEqualTo("1 organization read, 1 without access.");
    window.until(() -> row("Northwind").counts().isPresent());
    assertThat(row("Northwind").note()).isEqualTo("List read");
    assertThat(row("Northwind").members()).isEmpty();
  }

  @Test
  void stopsAfterWhatIsReadJustNow() {
    world.control().answerSlowly(Duration.ofMillis(300));
    model.read(List.of(row("Northwind"), row("Contoso")), Preparation.Depth.INVITATIONS);
    model.preparing().pauseOrGoOn();
    assertThat(model.preparing().pausedProperty().get()).isTrue();
    model.preparing().stop();
    window.until(() -> !model.preparing().runningProperty().get());
    assertThat(model.preparing().lineProperty().get()).contains(" not begun");
    assertThat(model.preparing().pausedProperty().get()).isFalse();
    world.control().allWell();
  }

  @Test
  void readingGoesOnWhileAnotherScreenIsOpenAndIsSeenOnTheNextBoard() {
    world.control().answerSlowly(Duration.ofMillis(200));
    model.read(List.of(row("Northwind"), row("Contoso")), Preparation.Depth.INVITATIONS);
    window.until(() -> model.preparing().lineProperty().get().startsWith("Reading Northwind"));
    model.close();

    model = board();
    assertThat(model.preparing().runningProperty().get()).isTrue();
    assertThat(model.preparing().lineProperty().get()).isNotBlank();
    window.until(() -> !model.preparing().runningProperty().get());
    assertThat(model.preparing().lineProperty().get()).isEqualTo("2 organizations read.");
    window.until(() -> !model.rows().isEmpty());
    assertThat(row("Northwind").note()).isEqualTo("List read");
    assertThat(row("Northwind").readAt()).isPresent();
    world.control().allWell();
  }

  @Test
  void aSecondReadingDoesNotBeginWhileOneGoesOn() {
    world.control().answerSlowly(Duration.ofMillis(200));
    model.read(List.of(row("Northwind")), Preparation.Depth.INVITATIONS);
    model.read(List.of(row("Contoso")), Preparation.Depth.EVERYTHING);
    window.until(() -> !model.preparing().runningProperty().get());
    assertThat(model.preparing().lineProperty().get()).isEqualTo("1 organization read.");
    assertThat(row("Northwind").note()).isEqualTo("List read");
    assertThat(row("Contoso").note()).isEmpty();
    world.control().allWell();
  }

  @Test
  void aReadingThatCannotBeWrittenDownEnds() {
    world.disk().protect();
    model.read(List.of(row("Northwind"), row("Contoso")), Preparation.Depth.INVITATIONS);
    window.until(() -> !model.preparing().runningProperty().get());
    assertThat(model.preparing().lineProperty().get())
        .isEqualTo("No organization read, 2 not begun.");
    world.disk().unprotect();
  }

  @Test
  void closingTheConnectionEndsTheReadingAndNothingIsWrittenAfterwards() {
    world.control().answerSlowly(Duration.ofMillis(300));
    model.read(
        List.of(row("Northwind"), row("Contoso"), row("Fabrikam")), Preparation.Depth.EVERYTHING);
    window.until(() -> model.preparing().lineProperty().get().startsWith("Reading Northwind"));
    model.close();
    Preparation preparation = world.workplace().preparation();
    world.restartProgram();
    assertThat(preparation.state().orElseThrow().running()).isFalse();
    assertThat(world.workplace().invitations().readAt(world.organization("Fabrikam"))).isEmpty();
    model = board();
    assertThat(model.preparing().runningProperty().get()).isFalse();
    world.control().allWell();
  }

  @Test
  void aNumberOpensThePeopleBehindIt() {
    model.people(Board.Which.EXPIRED, Optional.of(row("Contoso")));
    model.people(Board.Which.SOON, Optional.empty());
    assertThat(window.shown())
        .containsExactly(
            new Screen.Across(Board.Which.EXPIRED, Optional.of(world.organization("Contoso"))),
            new Screen.Across(Board.Which.SOON, Optional.empty()));
  }

  @Test
  void writesTheShownNumbersIntoAFile() throws Exception {
    Path file = folder.resolve("numbers.csv");
    window.takes(file);
    model.filterProperty().set("contoso");
    model.export(ActivityLog.Format.CSV);
    window.until(() -> !window.told().isEmpty());
    assertThat(window.told().getFirst()).isEqualTo("1 line written to " + file + ".");
    assertThat(Files.readAllLines(file).getLast())
        .startsWith("Contoso,")
        .contains("," + row("Contoso").pending() + "," + row("Contoso").soon() + ",");
  }

  @Test
  void numbersStayWhenTheServerIsGoneAndReadingSaysWhyNot() {
    world.stopServer();
    int before = row("Contoso").pending();
    model.read(List.of(row("Contoso"), row("Northwind")), Preparation.Depth.EVERYTHING);
    window.until(() -> !model.preparing().runningProperty().get());
    assertThat(row("Contoso").pending()).isEqualTo(before);
    assertThat(model.preparing().lineProperty().get())
        .contains("1 could not be read")
        .contains("1 not");
    window.until(() -> !model.reasonProperty().get().isEmpty());
    assertThat(model.bandProperty().get()).startsWith("Offline since ");
  }
}
