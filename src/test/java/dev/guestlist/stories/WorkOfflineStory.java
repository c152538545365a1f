package dev.guestlist.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody in a train works offline by choice, starts the program again, and goes online at home.
class WorkOfflineStory {
  @TempDir private Path folder;

  @Test
  void nothingLeavesUntilSomebodyGoesOnlineAgain() throws Exception {
    try (GuestlistDriver app = GuestlistDriver.start(folder)) {
      app.clicks("practise");
      app.reads("Choose an organization");
      app.jumpsTo("northwind");
      app.reads("Invitations of Northwind");
      app.waitsForRow("table", "ed.m");

      app.presses(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
      app.reads("You work offline. Lists on this computer can be read; what you change waits.");
      app.reads("working offline since");
      app.waitsForRow("table", "ed.m");
      assertThat(app.shows("Try now")).as("nothing to try, it was chosen").isFalse();
      both(app, "work-offline");

      app.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
      app.pastes("9b2e77c1-0a4d-4c1e-8f00-3d21b7e54f1c");
      app.reads("you can keep them here until you go online.");
      app.presses(KeyCode.ENTER);
      app.reads("Not checked");
      app.presses(KeyCode.CONTROL, KeyCode.ENTER);
      app.reads("is checked and accepted when you go online. Tell the caller: not done yet.");
      both(app, "work-offline-accept");
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT4);
      app.reads("You work offline since");
      both(app, "work-offline-runs");

      app.restart();
      app.reads("working offline since");

      app.presses(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
      app.seesNoMore("working offline since");
      app.clicks("offerAction");
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT4);
      app.reads("Needs a decision (1)");
      app.reads("The server does not know this code");
      both(app, "work-offline-over");
    }
  }

  private static void both(GuestlistDriver app, String name) {
    app.looks(true);
    app.picture(name + "-dark");
    app.looks(false);
    app.picture(name + "-light");
  }
}
