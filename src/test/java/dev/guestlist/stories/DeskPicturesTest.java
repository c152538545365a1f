package dev.guestlist.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Group;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Role;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures of the small window for codes, in `target/pictures`: to be looked at by people.
class DeskPicturesTest {
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
    people = world.people("Contoso", 6);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private ConfirmationCode codeOf(Target.Person person) {
    List<Group> groups = world.workplace().assignments().of(contoso).groups();
    List<Role> roles = world.workplace().assignments().of(contoso).roles();
    Target.Person with =
        new Target.Person(
            person.username(), roles.stream().limit(3).toList(), groups.stream().limit(4).toList());
    Run run = world.workplace().runs().invite(contoso, List.of(with), false, "");
    RunRow row = world.settled(run).getFirst();
    return world.workplace().runs().code(row.id()).orElseThrow();
  }

  private static void both(GuestlistDriver app, String name) {
    app.looks(true);
    app.picture(name + "-dark");
    app.looks(false);
    app.picture(name);
  }

  private GuestlistDriver window() throws Exception {
    GuestlistDriver app = GuestlistDriver.start(folder.resolve("window"));
    app.opens(world.workplace());
    app.reads("Contoso");
    app.presses(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.A);
    app.turnsToDesk();
    return app;
  }

  /// As if the organization had the name of a part of a large company.
  private void callItByALongName() {
    Organization one = world.workplace().organizations().find(contoso).orElseThrow();
    world
        .store()
        .organizations()
        .put(
            world.connection().id(),
            List.of(
                new Organization(
                    one.id(),
                    "Contoso Facility Services and Building Maintenance, Northern Europe",
                    one.handle(),
                    one.parent(),
                    one.active(),
                    one.hasChildren(),
                    one.access())),
            world.clock().instant());
  }

  @Test
  void aLongName() throws Exception {
    ConfirmationCode code = codeOf(people.getFirst());
    world.workplace().invitations().refresh(contoso);
    try (GuestlistDriver app = window()) {
      callItByALongName();
      app.pastes(code.reveal());
      app.reads("1 code found");
      app.presses(KeyCode.ENTER);
      app.reads("ends\u00a0in\u00a0~");
      app.resizes(420, 360);
      both(app, "accept-desk-long");
      app.presses(KeyCode.CONTROL, KeyCode.EQUALS);
      app.resizes(420, 460);
      both(app, "accept-desk-long-125");
    }
    assertThat(Path.of("target", "pictures", "accept-desk-long.png")).exists();
  }

  @Test
  void oneCode() throws Exception {
    ConfirmationCode code = codeOf(people.getFirst());
    world.workplace().invitations().refresh(contoso);
    try (GuestlistDriver app = window()) {
      app.fills("ticket", "INC-4711");
      both(app, "accept-desk-empty");
      app.pastes(code.reveal());
      app.reads("1 code found");
      app.picture("accept-desk-typed");
      app.presses(KeyCode.ENTER);
      app.reads("ends\u00a0in\u00a0~");
      both(app, "accept-desk-window");
      app.presses(KeyCode.CONTROL, KeyCode.EQUALS);
      both(app, "accept-desk-window-125");
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT0);
      app.clicks("accept");
      app.reads("Esc stops");
      both(app, "accept-desk-counting");
      app.reads("has joined Contoso");
      both(app, "accept-desk-joined");
      app.clicks("more");
      app.turnsToMain();
      app.resizes(1000, 700);
      both(app, "accept-with-small-window");
    }
    assertThat(Path.of("target", "pictures", "accept-desk-window.png")).exists();
  }

  @Test
  void severalCodes() throws Exception {
    List<ConfirmationCode> codes = new ArrayList<>();
    for (Target.Person person : people) {
      codes.add(codeOf(person));
    }
    String text =
        codes.stream().map(ConfirmationCode::reveal).collect(Collectors.joining("\n"))
            + "\n5f5f0000-0a4d-4c1e-8f00-3d21b7e51234\nRegards, Dora";
    world.workplace().invitations().refresh(contoso);
    try (GuestlistDriver app = window()) {
      app.pastes(text);
      app.reads("7 codes found");
      app.presses(KeyCode.ENTER);
      app.reads("Accept 6 people");
      app.reads("ends\u00a0in\u00a0~");
      both(app, "accept-desk-several");
      app.presses(KeyCode.CONTROL, KeyCode.EQUALS);
      both(app, "accept-desk-several-125");
    }
    assertThat(Path.of("target", "pictures", "accept-desk-several.png")).exists();
  }

  @Test
  void withoutAConnection() throws Exception {
    List<ConfirmationCode> codes = List.of(codeOf(people.get(0)), codeOf(people.get(1)));
    world.stopServer();
    world.workplace().session().probe();
    PracticeWorld.until(() -> world.workplace().session().link().offline());
    try (GuestlistDriver app = window()) {
      app.pastes(codes.get(0).reveal() + "\n" + codes.get(1).reveal());
      app.reads("2 codes found");
      app.presses(KeyCode.ENTER);
      app.reads("Keep 2 codes");
      both(app, "accept-desk-offline");
      app.clicks("keep");
      app.reads("2 waiting");
      both(app, "accept-desk-kept");
      world.startServer();
      world.workplace().worker().tryNow();
      app.reads("2 accepted. They had waited for the connection.");
      both(app, "accept-desk-back");
      app.clicks("way");
      app.turnsToMain();
      app.reads("Find by number");
    }
    assertThat(Path.of("target", "pictures", "accept-desk-back.png")).exists();
  }
}
