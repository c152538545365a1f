package dev.guestlist.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody prepares for a train ride, and looks things over there.
class ReviewStory {
  @TempDir Path folder;

  @Test
  void organizationsArePreparedAndLookedOverWithoutAServer() throws Exception {
    try (GuestlistDriver app = GuestlistDriver.start(folder)) {
      app.resizes(1366, 768);
      app.clicks("practise");
      app.reads("Choose an organization");
      app.jumpsTo("northwind");
      app.reads("Invitations of Northwind");
      app.waitsForRow("table", "ed.m");
      makeThatTwoDaysOld();
      app.presses(KeyCode.F5);
      app.waitsForNoRow("table", "left.long.ago");

      app.reads("As many as");
      app.clicks("changesButton");
      app.reads("What changed in Northwind");
      app.reads("1 new");
      app.waitsForRow("table", "gone.meanwhile");
      app.reads("All changes");
      both(app, "changes");
      app.resizes(1000, 700);
      both(app, "changes-1000x700");
      app.resizes(1366, 768);

      app.presses(KeyCode.CONTROL, KeyCode.DIGIT5);
      app.reads("All organizations");
      app.reads("Baltic Timber");
      app.fills("filter", "partners");
      app.clicks("prepare");
      app.reads("without access");
      both(app, "board");
      app.clicks("allExpired");
      app.reads("People in all organizations");
      app.reads("invitations in");
      both(app, "across");
      app.resizes(1000, 700);
      both(app, "across-1000x700");
      app.resizes(1366, 768);
      app.presses(KeyCode.ESCAPE);
      app.reads("All organizations");
      app.clicksOn("opens");
      app.reads("People in all organizations");
      app.sees("only");
      app.resizes(1000, 700);
      both(app, "across-one-1000x700");
      app.resizes(1366, 768);
      app.presses(KeyCode.ESCAPE);
      app.reads("All organizations");

      app.presses(KeyCode.CONTROL, KeyCode.DIGIT6);
      app.reads("Others may have acted too.");
      app.reads("Read members");
      both(app, "activity");
      app.resizes(1000, 700);
      both(app, "activity-1000x700");
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT5);
      app.reads("All organizations");
      both(app, "board-1000x700");
      app.resizes(1366, 768);
      app.acts("Stop practice server");
      app.reads("offline since");
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT5);
      app.clicks("allExpired");
      app.reads("These people are from the lists on this computer.");
      app.resizes(1000, 700);
      both(app, "across-offline-1000x700");
      app.resizes(1366, 768);
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT1);
      app.reads("As many as");
      app.clicks("changesButton");
      app.reads("The newest list is from");
      app.resizes(1000, 700);
      both(app, "changes-offline-1000x700");
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT3);
      app.reads("Members of Northwind");
      both(app, "members-1000x700");
      app.resizes(1366, 768);
      app.presses(KeyCode.CONTROL, KeyCode.K);
      app.sees("query");
      app.types("@ed.m");
      app.waitsForListed("list", "ed.m");
      both(app, "palette-people");
      app.presses(KeyCode.ENTER);
      app.reads("ed.m");
    }
    assertThat(Path.of("target", "pictures", "board-dark.png")).exists();
  }

  /// Nobody can wait two days in a test: the list that is kept is made older, and somebody in it is
  /// called otherwise.
  private void makeThatTwoDaysOld() throws Exception {
    Path file;
    try (var files = Files.walk(folder)) {
      file = files.filter(path -> path.endsWith("cache.db")).findFirst().orElseThrow();
    }
    try (Connection cache = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = cache.createStatement()) {
      statement.executeUpdate("PRAGMA busy_timeout = 5000");
      statement.executeUpdate(
          "UPDATE invitation SET id = 'former', username = 'gone.meanwhile',"
              + " folded = 'gone.meanwhile', email = 'gone.meanwhile@example.com'"
              + " WHERE number = 7");
      statement.executeUpdate("UPDATE invitation_load SET read_at = read_at - 2 * 86400000000");
    }
  }

  private static void both(GuestlistDriver app, String name) {
    app.looks(true);
    app.picture(name + "-dark");
    app.looks(false);
    app.picture(name + "-light");
  }
}
