package dev.guestlist.ui.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Member;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Run;
import dev.guestlist.model.Target;
import dev.guestlist.service.ActivityLog;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.members.MembersViewModel.Chip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class MembersViewModelTest {
  @TempDir private Path folder;
  private PracticeWorld world;
  private final TestScreen screen = new TestScreen();
  private MembersViewModel model;

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.signedIn(folder);
    world.workplace().organizations().readIndex();
    openScreen();
    screen.until(() -> !model.rows().isEmpty() && !model.readingProperty().get());
  }

  private void openScreen() {
    model = new MembersViewModel(screen.over(world), screen, Optional.empty());
    screen.until(() -> !model.titleProperty().get().isEmpty());
  }

  private void reopen() {
    model.close();
    openScreen();
  }

  @AfterEach
  void close() {
    model.close();
    world.close();
  }

  private List<String> names() {
    return model.rows().stream().map(MemberRow::username).toList();
  }

  @Test
  void readsTheListWhenItOpens() {
    assertThat(model.titleProperty().get()).isEqualTo("Members of Contoso");
    assertThat(model.ageProperty().get()).startsWith("Read just now, ");
    assertThat(names()).contains("pat", "dora.c").doesNotHaveDuplicates();
    assertThat(model.bandProperty().get()).isEmpty();
  }

  @Test
  void saysWhereEachAccountLives() {
    assertThat(model.rows())
        .filteredOn(row -> row.username().equals("dora.c"))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.joined()).isTrue();
          assertThat(row.origin()).isEqualTo("managed by Partners");
        });
  }

  @Test
  void showsSomebodyWhoJoinedAfterReadingAgain() {
    String amy = world.people("Contoso", 1).getFirst().username().name();
    world.control().othersInvite("Contoso", List.of(amy));
    world.control().othersAccept("Contoso", 1, List.of(amy));
    assertThat(names()).doesNotContain(amy);

    model.refresh();
    screen.until(() -> names().contains(amy));
  }

  @Test
  void agesWhileItIsLookedAt() {
    world.clock().move(Duration.ofMinutes(5));
    model.tick();

    assertThat(model.ageProperty().get()).startsWith("Read 5 min ago, ");
  }

  @Test
  void writesTheMembersShownIntoAFileWithoutFormulas() throws Exception {
    Member formula =
        new Member(
            "m-1", "=cmd", "@Sum", "x@example.com", Optional.empty(), List.of("a"), List.of());
    Member other = new Member("m-2", "other", "", "", Optional.empty(), List.of(), List.of("b"));
    OrganizationId contoso = world.organization("Contoso");
    world.stopServer();
    world.workplace().session().probe();
    world
        .store()
        .members()
        .replace(
            world.connection().id(), contoso, List.of(formula, other), world.clock().instant());
    reopen();
    screen.until(() -> model.rows().size() == 2);
    model.filterProperty().set("=cmd");
    Path file = folder.resolve("members.csv");
    screen.takes(file);
    model.export(ActivityLog.Format.CSV);
    screen.until(() -> !screen.told().isEmpty());
    assertThat(screen.told()).containsExactly("1 line written to " + file + ".");
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "organization,organization id,person,full name,e-mail,groups,roles,managed by,"
                + "invited by run,id",
            "Contoso," + contoso.value() + ",'=cmd,'@Sum,x@example.com,a,,,,m-1");

    model.clearFilter();
    Path json = folder.resolve("members.jsonl");
    screen.takes(json);
    model.export(ActivityLog.Format.JSON_LINES);
    screen.until(() -> screen.told().size() == 2);
    assertThat(Files.readAllLines(json))
        .hasSize(2)
        .anyMatch(line -> line.contains("\"person\":\"=cmd\""))
        .anyMatch(line -> line.contains("\"roles\":\"b\"") && !line.contains("groups"));
  }

  @Nested
  class Filtering {
    @Test
    void looksAtNamesMailsGroupsAndRoles() {
      model.filterProperty().set("DORA conti");
      assertThat(names()).containsExactly("dora.c");

      model.filterProperty().set("guest administrator");
      assertThat(names()).containsExactly("pat");
    }

    @Test
    void saysWhenNobodyMatchesAndCanBeCleared() {
      int all = model.rows().size();
      model.filterProperty().set("nobody at all");

      assertThat(model.rows()).isEmpty();
      assertThat(model.filterHidesProperty().get()).isTrue();
      assertThat(model.emptyProperty().get()).isEqualTo(all + " people, nobody matches.");
      model.clearFilter();
      assertThat(model.rows()).hasSize(all);
      assertThat(model.filterHidesProperty().get()).isFalse();
    }

    @Test
    void chipsTellWhoJoinedFromWhoWasMadeHere() {
      int all = model.rows().size();
      model.chipProperty().set(Chip.JOINED);
      int joined = model.rows().size();
      assertThat(model.rows()).allMatch(MemberRow::joined);
      model.chipProperty().set(Chip.MADE_HERE);
      assertThat(model.rows()).noneMatch(MemberRow::joined);

      assertThat(joined + model.rows().size()).isEqualTo(all);
      assertThat(model.countsProperty().get().joined()).isEqualTo(joined);
      assertThat(model.countsProperty().get().all()).isEqualTo(all);
    }
  }

  @Nested
  class WhenTheServerDoesNotHelp {
    @Test
    void offlineTheListStaysWithItsAge() {
      int all = model.rows().size();
      world.stopServer();
      model.refresh();
      screen.until(() -> model.bandProperty().get().startsWith("Offline since "));

      assertThat(model.bandKindProperty().get()).isEqualTo(Band.Kind.OFFLINE);
      assertThat(model.rows()).hasSize(all);
      screen.until(() -> model.canTryAgainProperty().get());
    }

    @Test
    void afterARestartWithoutAServerTheListIsThere() throws Exception {
      int all = model.rows().size();
      model.close();
      world.stopServer();
      world.restartProgram();
      world.workplace().organizations().switchTo(world.organization("Contoso"));
      openScreen();

      assertThat(model.rows()).hasSize(all);
      assertThat(model.bandProperty().get()).startsWith("Nobody is signed in. You see the members");
    }

    @Test
    void anErrorKeepsTheListAndNamesItsAge() {
      int all = model.rows().size();
      world.control().beBusy("/scim2/Users", 503, 9, java.util.OptionalInt.empty());
      model.refresh();
      screen.until(() -> model.bandKindProperty().get() == Band.Kind.DANGER);

      assertThat(model.bandProperty().get())
          .startsWith("The server is busy and did nothing. You see the members as read ");
      assertThat(model.rows()).hasSize(all);
      world.control().allWell();
      screen.until(() -> !model.readingProperty().get());
      model.refresh();
      screen.until(() -> model.bandProperty().get().isEmpty());
    }

    @Test
    void withoutTheRightItSaysWhichOne() throws Exception {
      model.close();
      world.workplace().session().signOut();
      world.signIn("lis");
      world.workplace().organizations().switchTo(world.organization("Contoso"));
      openScreen();

      assertThat(model.bandProperty().get())
          .isEqualTo(
              "Your account may not list users in Contoso. Right needed: list users. An"
                  + " administrator of Contoso can give it.");
      assertThat(model.canTryAgainProperty().get()).isFalse();
    }

    @Test
    void anEndedSessionKeepsTheList() {
      int all = model.rows().size();
      world.workplace().session().signOut();
      screen.until(() -> model.bandProperty().get().startsWith("Nobody is signed in."));

      assertThat(model.rows()).hasSize(all);
    }
  }

  @Test
  void anInvitationThatIsStillListedGetsNoCreditForAnothersLaterOne() {
    OrganizationId contoso = world.organization("Contoso");
    Target.Person person = world.people("Contoso", 1).getFirst();
    String name = person.username().name();
    Run mine = world.workplace().runs().invite(contoso, List.of(person), true, "");
    world.settled(mine);
    screen.until(() -> world.workplace().invitations().refresh(contoso).isEmpty());
    world.clock().move(Duration.ofDays(4));
    world.control().moveClock(Duration.ofDays(4));
    assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
    Member joined =
        new Member(
            "m-1", name, "", "", Optional.of(world.organization("Partners")), List.of(), List.of());
    world
        .store()
        .members()
        .replace(world.connection().id(), contoso, List.of(joined), world.clock().instant());
    assertThat(listed(contoso, name)).as("mine has expired and is listed").isTrue();
    assertThat(world.workplace().members().list(contoso).brought()).isEmpty();

    world.control().othersDelete("Contoso", 1, List.of(name));
    assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
    assertThat(listed(contoso, name)).isFalse();
    assertThat(world.workplace().members().list(contoso).brought().get("m-1"))
        .satisfies(row -> assertThat(row.run()).isEqualTo(mine.number()));
  }

  private boolean listed(OrganizationId organization, String name) {
    return !world
        .store()
        .invitations()
        .of(world.connection().id(), organization, List.of(name))
        .isEmpty();
  }

  @Test
  void linksThoseWhoJoinedToTheRunThatInvitedThem() {
    OrganizationId contoso = world.organization("Contoso");
    Target.Person person = world.people("Contoso", 1).getFirst();
    Run run = world.workplace().runs().invite(contoso, List.of(person), true, "");
    world.settled(run);
    world.control().othersAccept(contoso.value(), 1, List.of(person.username().name()));
    assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();
    model.refresh();

    screen.until(() -> model.rows().stream().anyMatch(row -> !row.invited().isEmpty()));
    assertThat(model.rows())
        .filteredOn(row -> !row.invited().isEmpty())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.username()).isEqualTo(person.username().name());
          assertThat(row.invited()).startsWith("Run " + run.number() + ", ").endsWith(", by pat");
          model.openRun(row);
        });
    assertThat(screen.shown()).containsExactly(new Screen.Activity("run " + run.number()));
    screen.shown().clear();
    model.openRun(
        model.rows().stream().filter(row -> row.run().isEmpty()).findFirst().orElseThrow());
    assertThat(screen.shown()).isEmpty();
    model.filterProperty().set("run " + run.number());
    assertThat(model.rows()).hasSize(1);
  }

  @Test
  void followsTheOrganization() throws Exception {
    world.workplace().organizations().switchTo(world.organization("Northwind"));

    screen.until(() -> model.titleProperty().get().equals("Members of Northwind"));
    screen.until(() -> model.ageProperty().get().startsWith("Read just now"));
  }

  @Test
  void asksForAnOrganizationWhenNoneIsEntered() throws Exception {
    model.close();
    world.restartProgram();
    reopen();

    assertThat(model.emptyProperty().get()).isEqualTo("Choose an organization to see its members.");
  }
}
