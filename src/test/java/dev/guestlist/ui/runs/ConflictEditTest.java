package dev.guestlist.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Group;
import dev.guestlist.model.Role;
import dev.guestlist.model.Target;
import dev.guestlist.model.Username;
import dev.guestlist.service.Assignments;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConflictEditTest {
  private static final Group SALES = new Group("g-1", "sales");
  private static final Group GONE = new Group("g-2", "gone");
  private static final Role AUDITOR = new Role("r-1", "Auditor", Optional.empty());
  private static final Target.Person KIM =
      new Target.Person(
          new Username("kim.a", Optional.of("CORP")), List.of(AUDITOR), List.of(SALES, GONE));
  private static final Assignments.Choice THERE =
      new Assignments.Choice(List.of(SALES), List.of(AUDITOR), Optional.empty());

  @Test
  void whatStillExistsStaysChosen() {
    ConflictEdit edit = new ConflictEdit(KIM, false, THERE);

    assertThat(edit.result(KIM))
        .contains(new Target.Person(KIM.username(), List.of(AUDITOR), List.of(SALES)));
    edit.chosen().remove("g-1");
    assertThat(edit.result(KIM))
        .contains(new Target.Person(KIM.username(), List.of(AUDITOR), List.of()));
  }

  @Test
  void nameAndUserStoreCanBeWrittenAnew() {
    ConflictEdit edit = new ConflictEdit(KIM, true, THERE);
    assertThat(edit.nameProperty().get()).isEqualTo("kim.a");
    assertThat(edit.storeProperty().get()).isEqualTo("CORP");
    edit.nameProperty().set(" kim.b ");
    edit.storeProperty().set("eu");

    assertThat(edit.result(KIM).orElseThrow().username())
        .isEqualTo(new Username("kim.b", Optional.of("EU")));
    assertThat(edit.result(KIM).orElseThrow().groups()).isEqualTo(KIM.groups());
    edit.storeProperty().set("");
    edit.nameProperty().set("US/kim.c");
    assertThat(edit.result(KIM).orElseThrow().username())
        .isEqualTo(new Username("kim.c", Optional.of("US")));
    edit.nameProperty().set("  ");
    assertThat(edit.result(KIM)).isEmpty();
  }
}
