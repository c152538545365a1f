package dev.guestlist.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody accepts codes in the small window beside a ticket system.
class DeskStory {
  @TempDir private Path folder;
  private PracticeWorld world;
  private OrganizationId contoso;
  private List<Target.Person> people = List.of();

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.signedIn(folder.resolve("world"));
    world.workplace().organizations().readIndex();
    contoso = world.organization("Contoso");
    people = world.people("Contoso", 4);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private ConfirmationCode codeOf(int person) {
    Run run = world.workplace().runs().invite(contoso, List.of(people.get(person)), false, "");
    RunRow row = world.settled(run).getFirst();
    return world.workplace().runs().code(row.id()).orElseThrow();
  }

  private String name(int person) {
    return people.get(person).username().name();
  }

  private List<RunRow> acceptRows() {
    return world.workplace().runs().all().stream()
        .filter(run -> run.wish() instanceof Wish.Accept)
        .flatMap(run -> world.workplace().runs().rows(run.number()).stream())
        .toList();
  }

  private GuestlistDriver window() throws Exception {
    GuestlistDriver app = GuestlistDriver.start(folder.resolve("window"));
    app.opens(world.workplace());
    app.reads("Contoso");
    return app;
  }

  private static void pressesDeskKey(GuestlistDriver app) {
    app.presses(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.A);
  }

  @Test
  void aCodeIsAcceptedWithTwoEnters() throws Exception {
    ConfirmationCode code = codeOf(0);
    world.workplace().invitations().refresh(contoso);
    try (GuestlistDriver app = window()) {
      pressesDeskKey(app);
      app.turnsToDesk();
      assertThat(app.title()).isEqualTo("Accept codes \u2013 Practice");
      assertThat(app.staysOnTop()).isTrue();
      assertThat(app.place().get(2)).isEqualTo(420.0);
      app.reads("online");
      app.reads("Today: 0 accepted, 0 refused");
      app.pastes(code.reveal());
      app.reads("1 code found");
      app.presses(KeyCode.ENTER);
      app.reads("Accept " + name(0));
      app.reads("into Contoso (from Partners)");
      app.reads("ends\u00a0in\u00a0~");
      app.waitsForFocusOn("Accept");
      app.presses(KeyCode.ENTER);
      app.reads("Esc stops");
      app.reads("'" + name(0) + "' has joined Contoso.");
      app.reads("Today: 1 accepted, 0 refused");
      assertThat(app.everything()).doesNotContain(code.reveal());
    }
    assertThat(acceptRows()).extracting(RunRow::state).containsExactly(RowState.JOINED);
  }

  @Test
  void escDuringTheCountdownSendsNothing() throws Exception {
    ConfirmationCode code = codeOf(0);
    try (GuestlistDriver app = window()) {
      pressesDeskKey(app);
      app.turnsToDesk();
      app.pastes(code.reveal());
      app.reads("1 code found");
      app.presses(KeyCode.ENTER);
      app.reads("Accept " + name(0));
      app.clicks("accept");
      app.reads("Esc stops");
      app.presses(KeyCode.ESCAPE);
      app.reads("Stopped. Nothing was accepted.");
    }
    assertThat(acceptRows()).extracting(RunRow::state).containsExactly(RowState.NOT_TRIED);
  }

  @Test
  void leavingTheConnectionClosesItAndTakesBackWhatCountsDown() throws Exception {
    ConfirmationCode code = codeOf(0);
    try (GuestlistDriver app = window()) {
      pressesDeskKey(app);
      app.turnsToDesk();
      app.pastes(code.reveal());
      app.reads("1 code found");
      app.presses(KeyCode.ENTER);
      app.reads("Accept " + name(0));
      app.clicks("accept");
      app.reads("Esc stops");
      app.turnsToMain();
      app.acts("Close the connection");
      app.seesNoDesk();
      PracticeWorld.until(
          () -> acceptRows().stream().allMatch(row -> row.state() == RowState.NOT_TRIED));
      pressesDeskKey(app);
      app.settle();
      assertThat(app.showsDesk()).as("without a connection").isFalse();
    }
    assertThat(acceptRows()).extracting(RunRow::state).containsExactly(RowState.NOT_TRIED);
  }

  @Test
  void anotherConnectionClosesItAndTheNextOneBeginsEmpty() throws Exception {
    ConfirmationCode code = codeOf(0);
    try (PracticeWorld other = PracticeWorld.in(folder.resolve("other"));
        GuestlistDriver app = window()) {
      pressesDeskKey(app);
      app.turnsToDesk();
      app.pastes(code.reveal());
      app.reads("1 code found");
      app.presses(KeyCode.ENTER);
      app.reads("Accept " + name(0));
      app.clicks("accept");
      app.reads("Esc stops");
      app.opens(other.workplace());
      app.seesNoDesk();
      PracticeWorld.until(
          () -> acceptRows().stream().allMatch(row -> row.state() == RowState.NOT_TRIED));
      app.turnsToMain();
      pressesDeskKey(app);
      app.turnsToDesk();
      app.reads("signed out");
      assertThat(app.shows(name(0))).isFalse();
    }
    assertThat(acceptRows()).extracting(RunRow::state).containsExactly(RowState.NOT_TRIED);
  }

  @Test
  void lockingClosesIt() throws Exception {
    try (GuestlistDriver app = window()) {
      pressesDeskKey(app);
      app.turnsToDesk();
      app.locks();
      app.seesNoDesk();
      app.turnsToMain();
      app.reads("Locked.");
      pressesDeskKey(app);
      app.reads("Unlock it first");
      assertThat(app.showsDesk()).isFalse();
    }
  }

  @Test
  void theSameKeyLeadsBackToTheMainWindowAndClosesIt() throws Exception {
    try (GuestlistDriver app = window()) {
      app.acts("small window");
      app.turnsToDesk();
      pressesDeskKey(app);
      app.settle();
      assertThat(app.showsDesk()).isTrue();
      app.clicks("more");
      app.turnsToMain();
      app.reads("Shift+Enter begins a new line");
      pressesDeskKey(app);
      app.seesNoDesk();
      app.clicks("desk");
      app.turnsToDesk();
      app.reads("Today:");
    }
  }

  @Test
  void itsPlaceAndThatItWasOpenAreRemembered() throws Exception {
    try (GuestlistDriver app = GuestlistDriver.start(folder.resolve("window"))) {
      app.clicks("practise");
      app.reads("Choose an organization");
      pressesDeskKey(app);
      app.turnsToDesk();
      app.moves(40, 60);
      app.resizes(420, 500);
      app.restart();
      app.turnsToDesk();
      assertThat(app.place()).containsExactly(40.0, 60.0, 420.0, 500.0);
      app.moves(-4000, 60);
      app.turnsToMain();
      pressesDeskKey(app);
      app.seesNoDesk();
      pressesDeskKey(app);
      app.turnsToDesk();
      assertThat(app.place().getFirst()).as("never off the screen").isNotNegative();
      app.turnsToMain();
      pressesDeskKey(app);
      app.seesNoDesk();
      app.restart();
      app.settle();
      assertThat(app.showsDesk()).isFalse();
    }
  }

  @Test
  void aCodeIsReadBackAndHiddenAgain() throws Exception {
    try (GuestlistDriver app = window()) {
      pressesDeskKey(app);
      app.turnsToDesk();
      app.pastes("9b2e77c1-0a4d-4c1e-8f00-3d21b7e54f1c");
      app.presses(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
      assertThat(app.poppedUp()).contains("9b2e", "nine Bravo two Echo", "4f1c");
      app.pictureOfPopup("accept-spelling");
      app.presses(KeyCode.ESCAPE);
      assertThat(app.poppedUp()).isEmpty();
      app.presses(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
      assertThat(app.poppedUp()).isNotEmpty();
      app.turnsToMain();
      app.turnsToDesk();
      assertThat(app.poppedUp()).as("the window was left").isEmpty();
      app.presses(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
      app.clicksInPopup("In German");
      assertThat(app.poppedUp()).contains("neun Berlin zwei Essen");
      app.presses(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
      assertThat(app.poppedUp()).isEmpty();
    }
  }

  @Test
  void theLargeListIsAsItWasAfterALookAtAnotherScreen() throws Exception {
    ConfirmationCode first = codeOf(0);
    ConfirmationCode second = codeOf(1);
    try (GuestlistDriver app = window()) {
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
      app.pastes(first.reveal() + "\n" + second.reveal());
      app.reads("2 codes found");
      app.goesTo("ticket");
      app.types("INC-4711");
      app.presses(KeyCode.ENTER);
      app.reads("Ready 2");
      app.presses(KeyCode.ENTER);
      app.settle();
      assertThat(acceptRows()).as("Enter beside the ticket accepts nobody").isEmpty();

      app.presses(KeyCode.CONTROL, KeyCode.DIGIT1);
      app.seesNoMore("Ready 2");
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
      app.reads("Ready 2");
      app.reads(name(1));
      assertThat(((TextField) app.sees("ticket")).getText()).isEqualTo("INC-4711");
      app.clicks("accept");
      app.reads("Esc stops");
      app.presses(KeyCode.ESCAPE);
      app.reads("Stopped. Nothing was accepted.");
      app.picture("accept-stopped");
      app.reads("Accept 2 people");
      app.clicks("accept");
      app.reads("2 joined");

      app.presses(KeyCode.CONTROL, KeyCode.DIGIT1);
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
      app.reads("2 joined");
      app.sees("copy");
    }
    assertThat(acceptRows()).filteredOn(row -> row.state() == RowState.JOINED).hasSize(2);
  }

  @Test
  void leavingTheConnectionTakesBackWhatCountsDownOnTheLargeScreen() throws Exception {
    ConfirmationCode code = codeOf(0);
    try (GuestlistDriver app = window()) {
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
      app.pastes(code.reveal());
      app.reads("1 code found");
      app.presses(KeyCode.ENTER);
      app.waitsForFocusOn("Accept");
      app.presses(KeyCode.ENTER);
      app.reads("Esc stops");
      app.closesConnection();
      app.reads("Stopped. Nothing was accepted.");
    }
    assertThat(acceptRows()).extracting(RunRow::state).containsExactly(RowState.NOT_TRIED);
  }

  @Test
  void theClipboardForgetsACodeOnceItIsAcceptedAndNothingElse() throws Exception {
    ConfirmationCode code = codeOf(0);
    try (GuestlistDriver app = window()) {
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
      app.pastes(code.reveal());
      assertThat(app.clipboard()).isEqualTo(code.reveal());
      app.reads("1 code found");
      app.presses(KeyCode.ENTER);
      app.waitsForFocusOn("Accept");
      app.presses(KeyCode.ENTER);
      app.reads("has joined Contoso");
      app.settle();
      assertThat(app.clipboard()).isEmpty();

      app.pastes(codeOf(1).reveal());
      app.reads("1 code found");
      app.presses(KeyCode.ENTER);
      app.waitsForFocusOn("Accept");
      app.copies("something else");
      app.presses(KeyCode.ENTER);
      app.reads("'" + name(1) + "' has joined Contoso");
      app.settle();
      assertThat(app.clipboard()).isEqualTo("something else");
    }
  }

  @Test
  void lockingHidesTheFieldOfTheLargeScreenAndReadsNothingBack() throws Exception {
    ConfirmationCode code = codeOf(0);
    try (GuestlistDriver app = window()) {
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
      app.pastes(code.reveal());
      app.reads("1 code found");
      app.presses(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
      app.locks();
      app.reads("Locked.");
      app.seesNoMore(code.reveal());
      app.presses(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
      app.settle();
      assertThat(String.join(" ", app.poppedUp())).doesNotContain(code.reveal().substring(0, 4));
    }
  }

  @Test
  void enterRightAfterPastingChecks() throws Exception {
    ConfirmationCode code = codeOf(0);
    try (GuestlistDriver app = window()) {
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
      app.reads("Today:");
      app.pastes(code.reveal());
      app.presses(KeyCode.ENTER);
      app.reads("Ready");
      assertThat(acceptRows()).isEmpty();
    }
  }

  @Test
  void aCheckThatEndsLeavesTheKeyboardWhereSomebodyWrites() throws Exception {
    ConfirmationCode code = codeOf(0);
    try (GuestlistDriver app = window()) {
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
      app.reads("Today:");
      world.control().answerSlowly(Duration.ofMillis(800));
      app.pastes(code.reveal());
      app.reads("1 code found");
      app.presses(KeyCode.ENTER);
      app.goesTo("note");
      app.types("caller: ");
      app.reads("Ready");
      app.settle();
      app.types("D. Kern");
      assertThat(((TextField) app.sees("note")).getText()).isEqualTo("caller: D. Kern");
      assertThat(acceptRows()).isEmpty();
    }
  }

  @Test
  void aCountdownThatIsLeftBehindSaysSoAndCanBeStopped() throws Exception {
    ConfirmationCode code = codeOf(0);
    try (GuestlistDriver app = window()) {
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
      app.pastes(code.reveal());
      app.reads("1 code found");
      app.presses(KeyCode.ENTER);
      app.waitsForFocusOn("Accept");
      app.presses(KeyCode.ENTER);
      app.reads("Esc stops");
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT1);
      app.reads("One person is accepted when the countdown ends.");
      app.picture("accept-left");
      app.clicks("way");
      app.reads("Stopped");
      assertThat(acceptRows()).extracting(RunRow::state).containsExactly(RowState.NOT_TRIED);
    }
  }

  @Test
  void aLinkToAnotherServerCanBeCheckedInTheSmallWindowToo() throws Exception {
    ConfirmationCode code = codeOf(0);
    try (GuestlistDriver app = window()) {
      pressesDeskKey(app);
      app.turnsToDesk();
      app.pastes("https://other.example/a?code=" + code.reveal());
      app.reads("1 code found");
      app.presses(KeyCode.ENTER);
      app.reads("Other server");
      app.picture("accept-desk-other-server");
      app.clicksIn("cards", "Check here anyway");
      app.reads("Accept " + name(0));
    }
  }

  @Test
  void theCodeOfAChosenRowIsReadBackOnTheLargeScreenToo() throws Exception {
    ConfirmationCode code = codeOf(0);
    try (GuestlistDriver app = window()) {
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
      app.pastes(code.reveal());
      app.reads("1 code found");
      app.clicks("check");
      app.reads("Ready");
      app.presses(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
      assertThat(app.poppedUp()).as("no row is chosen").isEmpty();
      app.selectsRow("table", 0);
      app.presses(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
      app.settle();
      assertThat(app.poppedUp())
          .contains(code.reveal().substring(0, 4), code.reveal().substring(32));
      assertThat(app.everything()).doesNotContain(code.reveal().substring(0, 8));
    }
  }
}
