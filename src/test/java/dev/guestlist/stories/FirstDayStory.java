package dev.guestlist.stories;

import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job from the first start to reading without a server, in the real window, over real
/// HTTP to the practice server.
class FirstDayStory {
  @TempDir private Path folder;

  @Test
  void inviteThreeAcceptOneDeleteTheOtherAndReadOnWithoutAServer() throws Exception {
    try (GuestlistDriver app = GuestlistDriver.start(folder)) {
      app.reads("Try it on the practice server");
      app.clicks("practise");
      app.reads("Choose an organization");

      jumpTo(app, "fabrikam", "Invitations of Fabrikam");
      app.reads("Nobody is invited into Fabrikam");
      jumpTo(app, "contoso", "Invitations of Contoso");
      int before = app.rows("table");

      app.presses(KeyCode.CONTROL, KeyCode.N);
      app.goesTo("invitePeople");
      app.types("amy");
      app.presses(KeyCode.ENTER);
      app.types("bob,");
      app.types("nobody.of.that.name");
      app.picks("inviteGroups", app.firstOf("inviteGroups"));
      app.picks("inviteRoles", "Reader");
      app.clicksRadio("inviteWithCodes");
      app.reads("3 people are invited from Partners into Contoso");
      app.presses(KeyCode.CONTROL, KeyCode.ENTER);

      app.sees("inviteResult");
      app.reads("2 invited, 1 not sent.");
      app.reads("****-");
      app.clicksIn("inviteResult", "Copy");
      app.waitsForClipboard("[0-9a-f-]{36}");
      String code = app.clipboard();
      app.clicks("inviteClose");
      app.waitsForRow("table", "amy");
      app.waitsForRow("table", "bob");

      app.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
      app.pastes("Hello, my code is " + code + "\nRegards, Amy");
      app.reads("1 code found");
      app.clicks("check");
      app.reads("Ready");
      app.clicks("accept");
      app.reads("'amy' has joined Contoso.");

      app.presses(KeyCode.CONTROL, KeyCode.DIGIT3);
      app.reads("Members of Contoso");
      app.fills("filter", "amy");
      app.waitsForRow("table", "amy");

      app.presses(KeyCode.CONTROL, KeyCode.DIGIT1);
      app.waitsForRow("table", "bob");
      app.waitsForRow("table", "amy", "JOINED");
      app.selectsRowOf("table", "bob");
      app.presses(KeyCode.DELETE);
      app.reads("Deleting");
      app.waitsForRow("table", "bob", "DELETED_HERE");

      app.acts("Stop practice server");
      app.reads("does not answer");
      app.restart();
      app.reads("Invitations of Contoso");
      app.waitsForRows("table", before + 3);
      app.reads("List from");
    }
  }

  private static void jumpTo(GuestlistDriver app, String name, String title) {
    app.jumpsTo(name);
    app.reads(title);
  }
}
