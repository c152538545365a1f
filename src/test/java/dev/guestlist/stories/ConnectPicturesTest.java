package dev.guestlist.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures of getting connected in both themes, in `target/pictures`: to be looked at by people.
class ConnectPicturesTest {
  @TempDir private Path folder;

  @Test
  void gettingConnectedInBothThemes() throws Exception {
    try (GuestlistDriver app = GuestlistDriver.start(folder)) {
      app.reads("Try it on the practice server");
      app.clicks("connect");
      app.reads("New connection");
      app.fills("connectionName", "ACME");
      app.fills("connectionAddress", "https://localhost:9443/t/acme/o/4e12a/console");
      app.reads("Understood as https://localhost:9443, root organization acme");
      app.clicksRadio("kindProduction");
      both(app, "connection-new");
      app.clicks("saveAndSignIn");
      app.reads("The id of the application on the server is needed.");
      both(app, "connection-errors");
      app.fills("connectionClient", "4oXcQq1vKk9TT");
      app.clicks("runTest");
      app.reads("Address");
      app.reads("Run all again");
      app.scrollsDown("connectionScroll");
      both(app, "connection-test");
      app.clicks("setUpSheet");
      app.reads("Register an application");
      both(app, "set-up-sheet");
      app.presses(KeyCode.ESCAPE);
      app.clicks("saveConnection");
      app.reads("ACME is saved.");
      app.clicks("saveAndSignIn");
      app.reads("Look at the connection");
      both(app, "sign-in-failed");
      app.acts("Edit or test this");
      app.reads("open now");
      app.clicks("more");
      app.scrollsDown("connectionScroll");
      both(app, "connection-inside");
      app.resizes(1000, 700);
      both(app, "connection-1000x700");
      app.resizes(1366, 768);
      app.presses(KeyCode.CONTROL, KeyCode.EQUALS);
      both(app, "connection-125");
    }
    assertThat(Path.of("target", "pictures", "connection-125-dark.png")).exists();
  }

  private static void both(GuestlistDriver app, String name) {
    app.looks(true);
    app.picture(name + "-dark");
    app.looks(false);
    app.picture(name + "-light");
  }
}
