package dev.guestlist.ui.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.board.BoardViewModel.Chip;
import dev.guestlist.ui.kit.Screen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    assertThat(model.totalProperty().get())
        .contains(row("Contoso").pending() + " pending")
        .endsWith("Oldest list just now.");
    model.filterProperty().set("northwind");
    assertThat(model.totalProperty().get()).contains(" 0 pending").doesNotContain("Oldest");
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
    model.prepare(List.of(row("Northwind"), row("Contoso")));
    window.until(() -> !model.preparing().runningProperty().get());
    assertThat(model.preparing().lineProperty().get()).startsWith("2 organizations ready");
    window.until(() -> row("Northwind").counts().isPresent());
    assertThat(row("Northwind").note()).isEqualTo("Ready for offline");
    assertThat(model.preparing().partProperty().get()).isPositive();
  }

  @Test
  void numbersStayWhenTheServerIsGoneAndReadingSaysWhyNot() {
    world.stopServer();
    int before = row("Contoso").pending();
    model.prepare(List.of(row("Contoso"), row("Northwind")));
    window.until(() -> !model.preparing().runningProperty().get());
    assertThat(row("Contoso").pending()).isEqualTo(before);
    assertThat(model.preparing().lineProperty().get())
        .contains("1 could not be read")
        .contains("1 not");
    window.until(() -> !model.reasonProperty().get().isEmpty());
    assertThat(model.bandProperty().get()).startsWith("Offline since ");
  }
}
