package dev.guestlist.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Group;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.service.Invitations;
import dev.guestlist.service.Runs;
import dev.guestlist.service.Runs.ToAccept;
import dev.guestlist.service.Runs.ToDelete;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures of the runs with each of their sections filled, in `target/pictures`: to be looked at
/// by people.
class RunsPicturesTest {
  @TempDir private Path folder;
  private PracticeWorld world;
  private Runs runs;
  private OrganizationId contoso;
  private List<Target.Person> people = List.of();

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.signedIn(folder.resolve("world"));
    world.workplace().organizations().readIndex();
    runs = world.workplace().runs();
    contoso = world.organization("Contoso");
    world.workplace().assignments().refresh(contoso);
    world.workplace().invitations().refresh(contoso);
    people = world.people("Contoso", 8);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void disconnect() {
    world.stopServer();
    world.workplace().session().probe();
    PracticeWorld.until(() -> world.workplace().session().link().offline());
  }

  private Target.Person with(Target.Person person, int group) {
    List<Group> groups = world.workplace().assignments().of(contoso).groups();
    return new Target.Person(
        person.username(), List.of(), List.of(groups.get(group % groups.size())));
  }

  private static String name(Target.Person person) {
    return person.username().name();
  }

  private Run invite(String ticket, Target.Person... invited) {
    return runs.invite(contoso, List.of(invited), true, ticket);
  }

  private ConfirmationCode codeOf(Target.Person person) {
    Run run = runs.invite(contoso, List.of(person), false, "");
    RunRow row = world.settled(run).getFirst();
    return runs.code(row.id()).orElseThrow();
  }

  private Run find(Run run) {
    return runs.find(run.number()).orElseThrow();
  }

  private Run accept(List<ConfirmationCode> codes, String ticket) {
    return runs.accept(
        codes.stream().map(code -> new ToAccept(code, Optional.empty(), Optional.empty())).toList(),
        Ticket.of(ticket),
        Duration.ZERO);
  }

  private static void both(GuestlistDriver app, String name) {
    app.looks(true);
    app.picture(name + "-dark");
    app.looks(false);
    app.picture(name + "-light");
  }

  private GuestlistDriver window() throws Exception {
    GuestlistDriver app = GuestlistDriver.start(folder.resolve("window"));
    app.opens(world.workplace());
    app.presses(KeyCode.CONTROL, KeyCode.DIGIT4);
    app.reads("Find by number");
    return app;
  }

  @Test
  void whatNeedsADecision() throws Exception {
    ConfirmationCode code = codeOf(people.get(0));
    Invitations.Entry listed =
        world.workplace().invitations().list(contoso).entries().stream()
            .filter(one -> one.invitation().isPresent())
            .filter(one -> !one.username().equals(name(people.get(0))))
            .findFirst()
            .orElseThrow();
    disconnect();
    accept(List.of(code), "INC-4711");
    invite("", with(people.get(1), 0), with(people.get(2), 0), people.get(3), people.get(4));
    Target.Person withGroup = with(people.get(5), 1);
    invite("INC-4712", withGroup);
    runs.delete(
        contoso,
        List.of(new ToDelete(listed.invitation().orElseThrow(), listed.username())),
        Duration.ZERO);
    world.startServer();
    world.control().moveClock(Duration.ofHours(73));
    world.control().othersDelete("Contoso", 1, List.of(listed.username()));
    world
        .control()
        .othersInvite(
            "Contoso", List.of(name(people.get(1)), name(people.get(2)), listed.username()));
    world.control().removeGroup("Contoso", withGroup.groups().getFirst().name());
    world.workplace().worker().tryNow();
    try (GuestlistDriver app = window()) {
      app.reads("Of ");
      app.reads("There is a newer invitation");
      app.settle();
      assertThat(app.focusedButton())
          .as("the safest choice")
          .isEqualTo("Keep it, " + listed.username());
      both(app, "runs-decision");
      app.resizes(1000, 700);
      both(app, "runs-decision-1000x700");
      app.resizes(1366, 768);
      app.presses(KeyCode.CONTROL, KeyCode.EQUALS);
      both(app, "runs-decision-125");
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT0);
      app.clicksIn("runsList", "Choose another");
      app.reads("Invite with this");
      both(app, "runs-decision-choosing");
      app.goesTo("runsFilter");
      app.types("accept 1 code");
      app.reads("Copy text for the caller");
      both(app, "runs-decision-code");
    }
    assertThat(Path.of("target", "pictures", "runs-decision-code-light.png")).exists();
  }

  @Test
  void whatWaits() throws Exception {
    List<ConfirmationCode> codes = new ArrayList<>();
    for (Target.Person person : people.subList(0, 3)) {
      codes.add(codeOf(person));
    }
    disconnect();
    accept(codes.subList(0, 2), "INC-4711");
    accept(codes.subList(2, 3), "INC-4712");
    invite("", with(people.get(5), 0), people.get(6), people.get(7));
    try (GuestlistDriver app = window()) {
      app.reads("Waiting (3)");
      both(app, "runs-waiting");
      app.resizes(1000, 700);
      both(app, "runs-waiting-1000x700");
    }
    assertThat(Path.of("target", "pictures", "runs-waiting-light.png")).exists();
  }

  @Test
  void whatIsOnItsWay() throws Exception {
    OrganizationId northwind = world.organization("Northwind");
    world.workplace().invitations().refresh(northwind);
    List<ToDelete> old =
        world.workplace().invitations().list(northwind).entries().stream()
            .filter(one -> one.invitation().isPresent())
            .limit(80)
            .map(one -> new ToDelete(one.invitation().orElseThrow(), one.username()))
            .toList();
    world.control().answerSlowly(Duration.ofMillis(60));
    Run run = runs.delete(northwind, old, Duration.ZERO);
    PracticeWorld.until(() -> find(run).count(RowState.DELETED) > 25);
    world.control().answerSlowly(Duration.ofMillis(700));
    world.control().beBusy("/guests/invitations/", 503, 2, OptionalInt.of(1));
    try (GuestlistDriver app = window()) {
      app.reads("Running (1)");
      assertThat(app.title()).matches("\\d+% \u2013 Guestlist");
      both(app, "runs-running");
      app.asksToClose();
      app.reads("have not left yet. Close?");
      both(app, "runs-closing");
      app.presses(KeyCode.ESCAPE);
      app.seesNoMore("have not left yet. Close?");
    }
    assertThat(Path.of("target", "pictures", "runs-running-light.png")).exists();
  }

  @Test
  void whatIsDone() throws Exception {
    world.settled(
        invite(
            "INC-4711",
            people.get(0),
            PracticeWorld.person("nobody.at.all"),
            with(people.get(1), 0),
            PracticeWorld.person("nobody.else")));
    world.settled(runs.invite(contoso, people.subList(2, 5), false, ""));
    try (GuestlistDriver app = window()) {
      app.reads("Done (2)");
      app.presses(KeyCode.DOWN);
      app.presses(KeyCode.DOWN);
      app.presses(KeyCode.DOWN);
      app.presses(KeyCode.ENTER);
      app.presses(KeyCode.UP);
      app.presses(KeyCode.ENTER);
      app.reads("Copy summary");
      both(app, "runs-done");
      app.resizes(1000, 700);
      both(app, "runs-done-1000x700");
    }
    assertThat(Path.of("target", "pictures", "runs-done-light.png")).exists();
  }

  /// Something in every section at once: a decision, a run that waits for it, one on its way, two
  /// that are done.
  @Test
  void allSectionsAtOnce() throws Exception {
    OrganizationId northwind = world.organization("Northwind");
    world.workplace().invitations().refresh(northwind);
    List<ToDelete> old =
        world.workplace().invitations().list(northwind).entries().stream()
            .filter(one -> one.invitation().isPresent())
            .limit(80)
            .map(one -> new ToDelete(one.invitation().orElseThrow(), one.username()))
            .toList();
    world.settled(
        invite("INC-4709", people.get(0), PracticeWorld.person("nobody.at.all"), people.get(1)));
    world.settled(invite("", people.get(2)));
    disconnect();
    Run asking = invite("INC-4710", with(people.get(3), 0));
    world.startServer();
    world.control().othersInvite("Contoso", List.of(name(people.get(3))));
    world.workplace().worker().tryNow();
    PracticeWorld.until(() -> find(asking).count(RowState.NEEDS_DECISION) == 1);
    invite("INC-4711", people.get(3), people.get(4));
    Run deleting = runs.delete(northwind, old, Duration.ZERO);
    world.control().answerSlowly(Duration.ofMillis(60));
    PracticeWorld.until(() -> find(deleting).count(RowState.DELETED) > 25);
    world.control().answerSlowly(Duration.ofSeconds(3));
    try (GuestlistDriver app = window()) {
      app.reads("Needs a decision (1)");
      app.reads("Waiting (1)");
      app.reads("Running (1)");
      app.reads("Done (2)");
      both(app, "runs-sections");
    }
    assertThat(Path.of("target", "pictures", "runs-sections-light.png")).exists();
  }
}
