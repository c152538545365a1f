package dev.guestlist.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures of every screen in both themes, in `target/pictures`: to be looked at by people.
class PicturesTest {
  @TempDir private Path folder;

  @Test
  void everyScreenInBothThemes() throws Exception {
    try (GuestlistDriver app = GuestlistDriver.start(folder)) {
      app.reads("Try it on the practice server");
      both(app, "welcome");
      app.clicks("practise");
      app.reads("Choose an organization");
      both(app, "start");
      app.jumpsTo("northwind");
      app.reads("Invitations of Northwind");
      app.waitsForRow("table", "ed.m");
      app.selectsRowOf("table", "ed.m");
      app.presses(KeyCode.ENTER);
      both(app, "invitations");
      app.presses(KeyCode.CONTROL, KeyCode.K);
      app.sees("query");
      app.types("contoso");
      app.waitsForListed("list", "contoso");
      both(app, "palette");
      app.presses(KeyCode.ESCAPE);

      app.presses(KeyCode.CONTROL, KeyCode.N);
      app.goesTo("invitePeople");
      app.types("amy,bob,ed.m,gus t,nobody.here,");
      app.picks("inviteGroups", "sales");
      app.picks("inviteRoles", "Auditor");
      app.clicksRadio("inviteWithCodes");
      app.reads("3 people are invited from Partners into Northwind");
      both(app, "invite");
      app.presses(KeyCode.CONTROL, KeyCode.ENTER);
      app.reads("2 invited, 1 not sent.");
      both(app, "invite-result");
      app.copies("nothing yet");
      app.clicksIn("inviteResult", "Copy");
      app.waitsForClipboard("[0-9a-f-]{36}");
      String code = app.clipboard();
      app.clicks("inviteClose");

      app.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
      app.pastes("My code: " + code + "\n12345678-1234-1234-1234-123456789abc\nRegards");
      app.reads("2 codes found");
      app.clicks("check");
      app.reads("Ready");
      both(app, "accept");
      app.clicks("accept");
      app.reads("has joined Northwind.");
      both(app, "accepted");

      app.presses(KeyCode.CONTROL, KeyCode.DIGIT3);
      app.reads("Members of Northwind");
      app.waitsForRow("table", "amy");
      both(app, "members");
      app.resizes(1000, 700);
      both(app, "members-1000x700");
      app.resizes(1366, 768);
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT4);
      app.reads("Accept 1 code");
      both(app, "runs");
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT1);
      app.reads("Invitations of Northwind");
      app.resizes(1000, 700);
      both(app, "invitations-1000x700");
      app.resizes(1366, 768);
      app.presses(KeyCode.CONTROL, KeyCode.EQUALS);
      both(app, "invitations-125");
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT0);
      app.acts("Stop practice server");
      app.reads("does not answer");
      both(app, "offline");
    }
    try (var pictures = Files.list(Path.of("target", "pictures"))) {
      List<String> names = pictures.map(picture -> picture.getFileName().toString()).toList();
      assertThat(names).contains("welcome-light.png", "offline-dark.png", "runs-dark.png");
    }
  }

  private static void both(GuestlistDriver app, String name) {
    app.looks(true);
    app.picture(name + "-dark");
    app.looks(false);
    app.picture(name + "-light");
  }
}
