package dev.guestlist.ui.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.kit.Screen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The small window for codes, without the window.
@Execution(ExecutionMode.CONCURRENT)
class DeskViewModelTest {
  private static final AcceptViewModel.Ways WAYS =
      new AcceptViewModel.Ways((organization, to) -> {}, () -> {});

  @TempDir private Path folder;
  private final TestScreen screen = new TestScreen();
  private PracticeWorld world;
  private OrganizationId contoso;
  private DeskViewModel desk;

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.signedIn(folder);
    contoso = world.organization("Contoso");
    desk = new DeskViewModel(screen.over(world), WAYS);
  }

  @AfterEach
  void close() {
    desk.close();
    world.close();
  }

  private List<ConfirmationCode> codes(int count) {
    List<ConfirmationCode> codes = new ArrayList<>();
    for (Target.Person person : world.people("Contoso", count)) {
      Run run = world.workplace().runs().invite(contoso, List.of(person), false, "");
      codes.add(world.workplace().runs().code(world.settled(run).getFirst().id()).orElseThrow());
    }
    return codes;
  }

  private void takesIn(List<ConfirmationCode> codes) {
    desk.codes()
        .inputProperty()
        .set(String.join("\n", codes.stream().map(ConfirmationCode::reveal).toList()));
    screen.until(() -> desk.codes().canCheckProperty().get());
    desk.enter();
    screen.until(() ->
        desk.cards().size() == codes.size()
            && desk.cards().stream().allMatch(card -> card.row().state() != CodeState.CHECKING)
            && !desk.codes().checkingProperty().get());
  }

  private List<RunRow> acceptRows() {
    return world.workplace().runs().all().stream()
        .filter(run -> run.wish() instanceof Wish.Accept)
        .flatMap(run -> world.workplace().runs().rows(run.number()).stream())
        .toList();
  }

  @Test
  void theButtonNamesTheOneWhoIsAccepted() {
    String name = world.people("Contoso", 1).getFirst().username().name();
    takesIn(codes(1));
    screen.until(() -> !desk.acceptTextProperty().get().isEmpty());
    assertThat(desk.acceptTextProperty().get()).isEqualTo("Accept " + name);
    assertThat(desk.acceptsOneProperty().get()).isTrue();
    desk.codes().tick(desk.cards().getFirst().row(), false);
    assertThat(desk.acceptTextProperty().get()).isEmpty();
    assertThat(desk.acceptsOneProperty().get()).isFalse();
  }

  @Test
  void enterIsNotEnoughForSeveral() {
    takesIn(codes(2));
    screen.until(() -> desk.acceptTextProperty().get().equals("Accept 2 people"));
    assertThat(desk.acceptsOneProperty().get()).isFalse();
    desk.enter();
    assertThat(desk.codes().countingProperty().get()).isFalse();
    assertThat(acceptRows()).isEmpty();
  }

  @Test
  void theEndComesFromTheListOnThisComputer() {
    List<ConfirmationCode> codes = List.of(world.mailed("Contoso"));
    takesIn(codes);
    assertThat(desk.cards().getFirst().ends()).as("the list was not read yet").isEmpty();
    world.workplace().invitations().refresh(contoso);
    desk.codes().clear();
    assertThat(desk.cards()).isEmpty();
    takesIn(codes);
    screen.until(() -> !desk.cards().getFirst().ends().isEmpty());
    assertThat(desk.cards().getFirst().ends()).matches("ends\u00a0in\u00a0~\\d\u00a0d.*");
  }

  @Test
  void closingTakesBackWhatCountsDownAndForgetsTheCodes() {
    takesIn(codes(1));
    screen.until(() -> desk.acceptsOneProperty().get());
    desk.enter();
    screen.until(() -> desk.codes().countingProperty().get());
    desk.codes().inputProperty().set("half a code");
    desk.close();
    PracticeWorld.until(
        () -> acceptRows().stream().allMatch(row -> row.state() == RowState.NOT_TRIED));
    assertThat(acceptRows()).hasSize(1);
    assertThat(desk.codes().rows()).isEmpty();
    assertThat(desk.cards()).isEmpty();
    assertThat(desk.codes().inputProperty().get()).isEmpty();
  }

  @Test
  void closingWhileItIsWrittenDownTakesItBackToo() {
    takesIn(codes(1));
    screen.until(() -> desk.acceptsOneProperty().get());
    desk.enter();
    desk.close();
    PracticeWorld.until(() -> !acceptRows().isEmpty());
    PracticeWorld.until(
        () -> acceptRows().stream().allMatch(row -> row.state() == RowState.NOT_TRIED));
    assertThat(acceptRows()).hasSize(1);
  }

  @Test
  void acceptingTwiceInARowIsMeantOnce() {
    takesIn(codes(1));
    screen.until(() -> desk.acceptsOneProperty().get());
    desk.codes().accept();
    desk.codes().accept();
    screen.until(() -> desk.codes().countingProperty().get());
    desk.codes().accept();
    PracticeWorld.until(() -> !acceptRows().isEmpty());
    assertThat(acceptRows()).hasSize(1);
  }

  @Test
  void whatTheServerDoesIsOneWord() {
    assertThat(desk.linkProperty().get().word()).isEqualTo("online");
    world.stopServer();
    world.workplace().session().probe();
    screen.until(() -> desk.linkProperty().get().word().equals("offline"));
  }

  @Test
  void afterSigningOutItSaysSo() {
    world.workplace().session().signOut();
    screen.until(() -> desk.linkProperty().get().word().equals("signed out"));
  }

  @Test
  void moreShowsTheLargeScreenWhichHasAListOfItsOwn() {
    try (AcceptViewModel large = new AcceptViewModel(screen.over(world), WAYS)) {
      takesIn(codes(1));
      desk.more();
      assertThat(screen.shown()).containsExactly(new Screen.Accept());
      assertThat(large.rows()).isEmpty();
      screen.until(() -> desk.acceptsOneProperty().get());
      desk.enter();
      screen.until(() -> desk.codes().countingProperty().get());
      screen.until(() -> large.todayProperty().get().contains("1 waiting"));
    }
  }
}
