package dev.guestlist.stories;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Group;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Target;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several cards that ask, decided about with the buttons of the window.
class CardButtonsTest {
  @TempDir private Path folder;
  private PracticeWorld world;
  private OrganizationId contoso;
  private List<Target.Person> people = List.of();

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.signedIn(folder.resolve("world"));
    world.workplace().organizations().readIndex();
    contoso = world.organization("Contoso");
    world.workplace().assignments().refresh(contoso);
    world.workplace().invitations().refresh(contoso);
    people = world.people("Contoso", 3);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void offline(List<Target.Person> wanted) {
    world.stopServer();
    world.workplace().session().probe();
    world.workplace().runs().invite(contoso, wanted, true, "");
  }

  private void online(int cards) {
    world.control().clearLog();
    world.workplace().session().probe();
    world.workplace().worker().tryNow();
    until(() -> open(cards));
  }

  private boolean open(int cards) {
    return world.workplace().conflicts().open().size() == cards;
  }

  private GuestlistDriver window() throws Exception {
    GuestlistDriver app = GuestlistDriver.start(folder.resolve("window"));
    app.opens(world.workplace());
    app.presses(KeyCode.CONTROL, KeyCode.DIGIT4);
    app.reads("Find by number");
    return app;
  }

  private List<Effect.Kind> effects() {
    return world.control().log().effects().stream().map(Effect::kind).toList();
  }

  @Test
  void aFormThatWasOpenedForAllInvitesOnlyOneOnceThatIsTakenBack() throws Exception {
    Group gone = world.workplace().assignments().of(contoso).groups().getFirst();
    offline(
        people.stream()
            .map(one -> new Target.Person(one.username(), List.of(), List.of(gone)))
            .toList());
    world.startServer();
    world.control().removeGroup("Contoso", gone.name());
    online(3);
    try (GuestlistDriver app = window()) {
      app.reads("for all 3 like this");
      app.clicksIn("runsList", "for all 3 like this");
      app.reads("Discard, nothing is sent, all 3");
      app.clicksIn("runsList", "Choose another");
      app.reads("Invite 3 with this");
      app.clicksIn("runsList", "for all 3 like this");
      app.seesNoMore("Invite 3 with this");

      app.clicksIn("runsList", "Invite with this");

      until(() -> open(2));
      until(() -> !effects().isEmpty());
      app.settle();
      assertThat(effects()).containsExactly(Effect.Kind.INVITED);
    }
  }

  @Test
  void aSecondEnterDoesNotDecideAboutTheNextPerson() throws Exception {
    offline(people.subList(0, 2));
    world.startServer();
    world
        .control()
        .othersInvite(
            "Contoso", people.stream().limit(2).map(one -> one.username().name()).toList());
    online(2);
    try (GuestlistDriver app = window()) {
      app.waitsForFocusOn("Keep theirs, " + people.getFirst().username().name());
      app.presses(KeyCode.ENTER);
      until(() -> open(1));
      app.seesNoMore("Keep theirs, " + people.getFirst().username().name());
      app.settle();

      app.presses(KeyCode.ENTER);
      app.settle();

      assertThat(world.workplace().conflicts().open())
          .singleElement()
          .satisfies(it ->
              assertThat(it.row().target().name()).isEqualTo(people.get(1).username().name()));
      app.waitsForFocusOn("Keep theirs");
      app.presses(KeyCode.ENTER);
      until(() -> open(0));
    }
  }
}
