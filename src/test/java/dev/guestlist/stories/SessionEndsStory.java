package dev.guestlist.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Target;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The session ends while somebody fills in whom to invite.
class SessionEndsStory {
  @TempDir private Path folder;

  @Test
  void nothingTypedIsLostAndAnotherAccountSendsNothingByItself() throws Exception {
    try (PracticeWorld world = PracticeWorld.signedIn(folder.resolve("world"));
        GuestlistDriver app = GuestlistDriver.start(folder.resolve("window"))) {
      Target.Person first = world.people("Contoso", 2).get(0);
      Target.Person second = world.people("Contoso", 2).get(1);
      app.opens(world.workplace());
      app.reads("Invitations of Contoso");

      app.presses(KeyCode.CONTROL, KeyCode.N);
      app.goesTo("invitePeople");
      app.types(first.username().name());
      app.presses(KeyCode.ENTER);
      app.picks("inviteRoles", "Reader");
      app.goesTo("invitePeople");
      app.types(second.username().name());
      world.control().endSessions("pat");
      app.clicksIn("column", "Read again");
      app.reads("Your session ended");

      assertThat(((TextInputControl) app.sees("invitePeople")).getText())
          .as("half a list, not taken in yet")
          .isEqualTo(second.username().name());
      app.reads(first.username().name());
      app.reads("Reader");

      world.control().clearLog();
      world.signIn("ina");
      world.workplace().organizations().switchTo(world.organization("Contoso"));
      app.reads("ina");
      world.workplace().worker().tryNow();
      app.settle();
      assertThat(((TextInputControl) app.sees("invitePeople")).getText())
          .isEqualTo(second.username().name());
      app.reads(first.username().name());
      assertThat(world.control().log().effects())
          .as("signing in sends nothing")
          .noneMatch(effect -> effect.kind() == Effect.Kind.INVITED);

      app.presses(KeyCode.CONTROL, KeyCode.ENTER);
      app.reads("2 invited");
      assertThat(world.control().log().effects())
          .filteredOn(effect -> effect.kind() == Effect.Kind.INVITED)
          .hasSize(2);
    }
  }
}
