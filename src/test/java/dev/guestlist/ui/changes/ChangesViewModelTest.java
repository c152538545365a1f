package dev.guestlist.ui.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Target;
import dev.guestlist.service.History;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.changes.ChangesViewModel.Chip;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ChangesViewModelTest {
  @TempDir private Path folder;
  private final TestScreen window = new TestScreen();
  private PracticeWorld world;
  private OrganizationId contoso;
  private Optional<ChangesViewModel> open = Optional.empty();

  @BeforeEach
  void signIn() throws Exception {
    world = PracticeWorld.signedIn(folder);
    contoso = world.organization("Contoso");
    world.workplace().organizations().readIndex();
  }

  @AfterEach
  void close() {
    open.ifPresent(ChangesViewModel::close);
    world.close();
  }

  private ChangesViewModel open(Optional<Instant> since) {
    ChangesViewModel model = new ChangesViewModel(window.over(world), since);
    open = Optional.of(model);
    window.until(() -> !model.titleProperty().get().isEmpty());
    return model;
  }

  private void read() {
    assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
  }

  private List<Target.Person> invite(int from, int to) {
    List<Target.Person> people = world.people("Contoso", to).subList(from, to);
    world.settled(world.workplace().runs().invite(contoso, people, true, ""));
    return people;
  }

  @Test
  void saysThatThereIsNoFormerDayYet() {
    read();
    ChangesViewModel model = open(Optional.empty());
    window.until(() -> model.emptyProperty().get().startsWith("There is no list of a former day"));
    assertThat(model.days()).isEmpty();
    assertThat(model.summaryProperty().get()).isEmpty();
    assertThat(model.titleProperty().get()).isEqualTo("What changed in Contoso");
  }

  @Test
  void saysHowOldTheNewestListIsAndThatTheServerIsAway() {
    read();
    world.clock().move(Duration.ofHours(2));
    ChangesViewModel model = open(Optional.empty());
    assertThat(model.ageProperty().get()).isEqualTo("Newest list read 2 h ago");
    assertThat(model.bandProperty().get()).isEmpty();

    world.stopServer();
    assertThat(world.workplace().invitations().refresh(contoso)).isPresent();
    window.until(() -> model.bandProperty().get().startsWith("Offline since "));
    assertThat(model.bandProperty().get()).contains(". The newest list is from ");
    world.clock().move(Duration.ofHours(1));
    model.tick();
    assertThat(model.ageProperty().get()).isEqualTo("Newest list read 3 h ago");
  }

  @Test
  void countsAndExplainsWhatIsNewSinceTheLastDay() {
    read();
    world.clock().move(Duration.ofDays(1));
    List<Target.Person> people = invite(0, 2);
    read();
    ChangesViewModel model = open(Optional.empty());
    window.until(() -> model.countsProperty().get().getOrDefault(Chip.NEW, 0) == 2);
    assertThat(model.summaryProperty().get()).startsWith("2 new, 0 gone");
    model.chipProperty().set(Chip.NEW);
    assertThat(model.rows())
        .extracting(ChangeRow::person)
        .containsExactlyInAnyOrderElementsOf(
            people.stream().map(person -> person.username().name()).toList());
    assertThat(model.rows()).allMatch(row -> row.why().startsWith("Invited here by run "));

    model.filterProperty().set("nobody.like.this");
    assertThat(model.rows()).isEmpty();
    assertThat(model.emptyProperty().get()).isEqualTo("No line matches.");
    model.copy();
    assertThat(window.copied().getFirst()).contains("Contoso").contains("2 new");
  }

  @Test
  void showsTheFormerListItself() {
    read();
    int before = world.workplace().invitations().list(contoso).entries().size();
    world.clock().move(Duration.ofDays(1));
    invite(0, 1);
    read();
    ChangesViewModel model = open(Optional.empty());
    model.chipProperty().set(Chip.THEN);
    window.until(() -> model.rows().size() == before);
    assertThat(model.rows()).allMatch(row -> row.what().word().endsWith(" then"));
  }

  @Test
  void comparesWithTheDayThatWasAskedFor() {
    read();
    world.clock().move(Duration.ofDays(1));
    invite(0, 1);
    read();
    world.clock().move(Duration.ofDays(1));
    invite(1, 2);
    read();
    List<History.Day> days = world.workplace().history().days(contoso);
    assertThat(days).hasSize(2);
    ChangesViewModel model = open(Optional.of(days.getLast().readAt()));
    window.until(() -> model.countsProperty().get().getOrDefault(Chip.NEW, 0) == 2);
    assertThat(model.dayProperty().get().orElseThrow().day()).isEqualTo(days.getLast());

    model.dayProperty().set(Optional.of(model.days().getFirst()));
    window.until(() -> model.countsProperty().get().getOrDefault(Chip.NEW, 0) == 1);
  }
}
