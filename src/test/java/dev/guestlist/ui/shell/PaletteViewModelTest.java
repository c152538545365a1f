package dev.guestlist.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What the palette finds while the organizations are still being read.
@Execution(ExecutionMode.CONCURRENT)
class PaletteViewModelTest {
  @TempDir private Path folder;
  private PracticeWorld world;
  private final TestScreen screen = new TestScreen();
  private final List<OrganizationId> gone = new ArrayList<>();
  private PaletteViewModel palette;

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.signedIn(folder);
    palette =
        new PaletteViewModel(
            screen.over(world),
            List::of,
            new PaletteViewModel.Ways(gone::add, (organization, area) -> {}, () -> {}));
  }

  @AfterEach
  void close() {
    palette.close();
    world.close();
  }

  @Test
  void whatWasTypedTooEarlyIsFoundOnceItIsKnown() {
    palette.queryProperty().set("northwind");
    screen.until(() ->
        palette.nothingProperty().get().equals("Nothing called 'northwind' on this computer."));

    assertThat(world.workplace().organizations().readIndex()).isEmpty();
    screen.until(() -> names().equals(List.of("Northwind")));
    assertThat(palette.nothingProperty().get()).isEmpty();
  }

  @Test
  void whatIsChosenStaysChosenWhateverComesAboveIt() {
    OrganizationId contoso = world.organization("Contoso");
    assertThat(world.workplace().organizations().readPath(contoso)).isEmpty();
    palette.queryProperty().set("o");
    screen.until(() -> names().contains("Contoso"));
    palette.selectedProperty().set(names().indexOf("Contoso"));

    assertThat(world.workplace().organizations().readIndex()).isEmpty();
    screen.until(() -> names().size() > 10);
    assertThat(names().get(palette.selectedProperty().get())).isEqualTo("Contoso");
    palette.pick();
    assertThat(gone).containsExactly(contoso);
  }

  private List<String> names() {
    return palette.rows().stream().map(PaletteRow::name).toList();
  }
}
