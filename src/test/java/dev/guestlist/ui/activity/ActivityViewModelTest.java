package dev.guestlist.ui.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Activity;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Run;
import dev.guestlist.model.Target;
import dev.guestlist.service.ActivityLog;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ActivityViewModelTest {
  @TempDir private Path folder;
  private final TestScreen window = new TestScreen();
  private PracticeWorld world;
  private OrganizationId contoso;
  private List<Target.Person> people = List.of();
  private Run run;
  private ActivityViewModel model;

  @BeforeEach
  void inviteTwo() throws Exception {
    world = PracticeWorld.signedIn(folder);
    contoso = world.organization("Contoso");
    world.workplace().organizations().readIndex();
    people = world.people("Contoso", 2);
    run = world.workplace().runs().invite(contoso, people, true, "CHG-77");
    world.settled(run);
    model = new ActivityViewModel(window.over(world), window, "");
    window.until(() -> rowsOf("Invite").size() == 2);
  }

  @AfterEach
  void close() {
    model.close();
    world.close();
  }

  private List<ActivityRow> rowsOf(String what) {
    return model.rows().stream().filter(row -> row.what().equals(what)).toList();
  }

  @Test
  void listsWhatWasDoneNewestFirstWithOutcomes() {
    assertThat(rowsOf("Invite"))
        .extracting(ActivityRow::person)
        .containsExactlyInAnyOrder(
            people.get(0).username().name(), people.get(1).username().name());
    assertThat(rowsOf("Invite"))
        .allMatch(row -> row.outcome().orElseThrow().word().equals("Invited"))
        .allMatch(row -> row.place().equals("Contoso"))
        .allMatch(row -> row.account().equals("pat"));
    assertThat(rowsOf("Signed in")).hasSize(1);
    assertThat(model.countProperty().get())
        .isEqualTo(model.rows().size() + " of " + model.rows().size() + " lines");
  }

  @Test
  void findsByPersonTicketAndRun() {
    String person = people.getFirst().username().name();
    model.textProperty().set(person.toUpperCase(java.util.Locale.ROOT));
    window.until(() -> model.rows().size() == 1);
    assertThat(model.rows().getFirst().person()).isEqualTo(person);
    model.textProperty().set("chg-77");
    window.until(() -> model.rows().size() == 3);
    model.textProperty().set("nobody.like.this");
    window.until(() -> model.rows().isEmpty());
    assertThat(model.emptyProperty().get()).endsWith("none matches.");
  }

  @Test
  void opensWithASearch() {
    List<Target.Person> another = world.people("Contoso", 3).subList(2, 3);
    world.settled(world.workplace().runs().invite(contoso, another, true, ""));
    model.close();
    model = new ActivityViewModel(window.over(world), window, "run " + run.number());
    window.until(() -> model.rows().size() == 3);
    assertThat(model.rows()).allMatch(row -> row.run().startsWith("run " + run.number()));
  }

  @Test
  void narrowsDownToAKindAnOrganizationAndADay() {
    model
        .kindProperty()
        .set(
            model.kinds().stream()
                .filter(one -> one.value().equals(Optional.of(Activity.Kind.ROW_DONE)))
                .findFirst()
                .orElseThrow());
    window.until(() -> model.rows().size() == 2);
    window.until(() -> model.organizations().size() > 1);
    model
        .organizationProperty()
        .set(
            model.organizations().stream()
                .filter(one -> one.value().equals(Optional.of(contoso)))
                .findFirst()
                .orElseThrow());
    LocalDate today = world.clock().instant().atZone(ZoneId.systemDefault()).toLocalDate();
    model.dayProperty().set(Optional.of(today.minusDays(1)));
    window.until(() -> model.rows().isEmpty());
    model.dayProperty().set(Optional.of(today));
    window.until(() -> model.rows().size() == 2);
  }

  @Test
  void writesWhatFitsIntoAFile() throws Exception {
    Path file = folder.resolve("activity.csv");
    window.takes(file);
    model.textProperty().set("chg-77");
    model.export(ActivityLog.Format.CSV);
    window.until(() -> !window.told().isEmpty());
    assertThat(window.told().getFirst()).isEqualTo("3 lines written to " + file + ".");
    assertThat(Files.readAllLines(file))
        .hasSize(4)
        .anyMatch(line -> line.contains(people.getFirst().username().name()));
  }

  @Test
  void saysWhenAFileCannotBeWritten() {
    window.takes(folder.resolve("not/there/activity.csv"));
    model.export(ActivityLog.Format.JSON_LINES);
    window.until(() -> !window.told().isEmpty());
    assertThat(window.told().getFirst())
        .contains("could not be written")
        .endsWith("The activity itself is unharmed.");
  }
}
