package dev.guestlist.ui.invitations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Member;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.Target;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.service.InvitationStatus;
import dev.guestlist.store.StoreException;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.invitations.Situation.Content;
import dev.guestlist.ui.invitations.Situation.Notice;
import dev.guestlist.ui.invitations.Situation.Step;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.Screen;
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
class InvitationsViewModelTest {
  private static final String DELETE_RIGHT = "internal_org_guest_mgt_invite_delete";
  private static final String LIST_RIGHT = "internal_org_guest_mgt_invite_list";

  @TempDir private Path folder;
  private final TestScreen window = new TestScreen();
  private PracticeWorld world;
  private InvitationsViewModel model;

  @BeforeEach
  void openContoso() throws Exception {
    world = PracticeWorld.signedIn(folder);
    world.workplace().organizations().readIndex();
    open();
  }

  @AfterEach
  void close() {
    model.close();
    world.close();
  }

  @Test
  void readsTheListAndSaysWhoseItIs() {
    assertThat(model.contents().all()).hasSize(40);
    assertThat(model.headingProperty().get().title()).isEqualTo("Invitations of Contoso");
    assertThat(model.headingProperty().get().age()).isEqualTo("Read just now");
    assertThat(model.situationProperty().get().content()).isEqualTo(new Content.Rows());
    assertThat(model.situationProperty().get().notice()).isEmpty();
  }

  @Test
  void namesTheParentOnceItIsKnown() {
    world.workplace().organizations().readPath(world.organization("Contoso"));
    window.until(() -> !model.headingProperty().get().parent().isEmpty());
    assertThat(model.headingProperty().get().parent()).isEqualTo("from parent: Partners");
  }

  @Test
  void showsWhatIsKeptBeforeTheServerAnswers() {
    model.close();
    world.control().answerSlowly(Duration.ofSeconds(30));
    model = new InvitationsViewModel(window.over(world));
    window.until(() -> model.contents().shownProperty().get().size() == 40);
    assertThat(model.reading().going()).isTrue();
    assertThat(model.situationProperty().get().content()).isEqualTo(new Content.Rows());
    world.clock().move(Duration.ofSeconds(2));
    model.tick();
    assertThat(model.reading().textProperty().get()).isEqualTo("Reading invitations…");
    world.clock().move(Duration.ofSeconds(10));
    model.tick();
    assertThat(model.reading().textProperty().get()).startsWith("Reading invitations, 12 s");
    world.clock().move(Duration.ofSeconds(50));
    model.tick();
    assertThat(model.reading().textProperty().get()).startsWith("This server is slow today, 01:0");
    world.control().allWell();
  }

  @Test
  void chipAndSearchNarrowTheRowsAndAreNamedWhenNothingIsLeft() {
    model.chipProperty().set(RowChip.EXPIRED);
    window.until(() -> model.contents().shownProperty().get().size() < 40);
    assertThat(model.contents().shownProperty().get())
        .isNotEmpty()
        .extracting(InvitationRow::status)
        .containsOnly(InvitationStatus.EXPIRED);
    model.searchProperty().set("nobody.like.this");
    window.until(() -> model.contents().shownProperty().get().isEmpty());
    assertThat(model.situationProperty().get().content())
        .isEqualTo(
            new Content.Message(
                "40 invitations, none match: Expired, “nobody.like.this”.",
                Optional.of(Step.CLEAR_FILTER)));
    model.take(Step.CLEAR_FILTER);
    window.until(() -> model.contents().shownProperty().get().size() == 40);
  }

  @Test
  void sortsAsTheTableWasArrangedAndRemembersIt() {
    model
        .arrangement()
        .arrange(ColumnLayout.standard().sortedBy(RowColumn.PERSON).sortedBy(RowColumn.PERSON));
    window.until(() -> first().person().compareToIgnoreCase(last().person()) > 0);
    model.close();
    open();
    assertThat(model.arrangement().layout().order().keys())
        .containsExactly(new SortOrder.Key(RowColumn.PERSON, false));
    assertThat(first().person().compareToIgnoreCase(last().person())).isPositive();
  }

  @Test
  void statusTurnsByItselfWithoutAskingTheServer() {
    int soon = count(RowChip.EXPIRES_SOON);
    world.control().clearLog();
    world.clock().move(Duration.ofHours(47));
    model.tick();
    window.until(() -> count(RowChip.EXPIRES_SOON) != soon);
    assertThat(world.control().log().requests()).isEmpty();
  }

  @Test
  void invitingIsAskedOfTheWindow() {
    model.invite();
    assertThat(window.shown()).containsExactly(new Screen.Invite());
  }

  @Test
  void copiesSelectedRowsWithHeader() {
    model.selection().select(List.of(first()));
    model.copy();
    assertThat(window.copied().getFirst())
        .startsWith("Person\tStatus\tEnds\tGroups\tRoles\tUser store\tCode\n" + first().person());
  }

  @Nested
  class InvitingAgain {
    @Test
    void namesWhatBecomesWorthlessBeforeAnythingIsSent() {
      InvitationRow row = pending();
      model.selection().select(List.of(row));
      model.inviteAgain();
      window.until(() -> !window.questions().isEmpty());

      Dialogs.Question question = window.questions().getFirst();
      assertThat(question.title()).isEqualTo("Invite 1 person into Contoso again?");
      assertThat(question.text())
          .startsWith(row.person() + ".")
          .contains("The old invitation is deleted: its code and link stop working.")
          .contains("The server mails 1 new code.")
          .contains("Groups and roles stay as they were.");
      assertThat(world.workplace().runs().all()).isEmpty();
    }

    @Test
    void replacesTheOldOneAndShowsBoth() {
      InvitationRow row = pending();
      model.selection().select(List.of(row));
      model.inviteAgain();
      window.until(() -> !window.questions().isEmpty());
      window.takeAction();

      window.until(() -> statusesOf(row).contains(InvitationStatus.REPLACED));
      window.until(() ->
          model.contents().all().stream()
              .anyMatch(one -> one.person().equals(row.person()) && one.deletable()));
      assertThat(model.contents().all()).noneMatch(one -> one.key().equals(row.key()));

      InvitationRow replaced =
          model.contents().all().stream()
              .filter(one -> one.status() == InvitationStatus.REPLACED)
              .findFirst()
              .orElseThrow();
      model.searchProperty().set("somebody.else");
      model.selection().select(List.of(replaced));
      model.takeNext();
      assertThat(model.searchProperty().get()).isEmpty();
      String wanted = model.wantedProperty().get().orElseThrow();
      assertThat(model.contents().all())
          .filteredOn(one -> one.key().equals(wanted))
          .singleElement()
          .satisfies(one -> {
            assertThat(one.person()).isEqualTo(row.person());
            assertThat(one.deletable()).isTrue();
          });
    }

    private List<InvitationStatus> statusesOf(InvitationRow row) {
      return model.contents().all().stream()
          .filter(one -> one.person().equals(row.person()))
          .map(InvitationRow::status)
          .toList();
    }
  }

  @Nested
  class WhileNothingCanBeWritten {
    @Test
    void readingEndsAndCanBeAskedForAgain() {
      window.expectsFailures();
      world.disk().protect();
      model.refresh();
      assertThat(model.reading().going()).isTrue();
      window.until(() -> !model.reading().going());
      assertThat(window.failures()).isNotEmpty().allMatch(StoreException.class::isInstance);

      world.disk().unprotect();
      world.control().othersInvite("Contoso", 1);
      model.refresh();
      window.until(() -> model.contents().all().size() == 41);
    }

    @Test
    void findingOutEndsAndCanBeAskedForAgain() {
      InvitationRow row = vanished();
      window.expectsFailures();
      world.disk().protect();
      model.details().findOut();
      assertThat(find()).isEqualTo(InvitationDetailsViewModel.Find.LOOKING);
      window.until(() -> find() == InvitationDetailsViewModel.Find.POSSIBLE);
      assertThat(window.failures()).isNotEmpty().allMatch(StoreException.class::isInstance);

      world.disk().unprotect();
      model.details().findOut();
      window.until(() ->
          model.details().shownProperty().get().blocks().stream()
              .flatMap(block -> block.lines().stream())
              .anyMatch(line -> line.equals(row.person() + " has joined Contoso.")));
    }
  }

  private InvitationDetailsViewModel.Find find() {
    return model.details().shownProperty().get().find();
  }

  /// Somebody who accepted in another tool, selected.
  private InvitationRow vanished() {
    InvitationRow row = pending();
    world.control().othersAccept("Contoso", 0, List.of(row.entry().username()));
    model.refresh();
    window.until(() -> byKey(row).status() == InvitationStatus.NO_LONGER_LISTED);
    model.selection().select(List.of(byKey(row)));
    return row;
  }

  @Nested
  class OneSelected {
    @Test
    void hasAHistoryThatLeadsToTheActivity() {
      Target.Person person = world.people("Contoso", 1).getFirst();
      String name = person.username().name();
      OrganizationId contoso = world.organization("Contoso");
      world.settled(world.workplace().runs().invite(contoso, List.of(person), true, ""));
      window.until(() ->
          model.contents().all().stream()
              .anyMatch(
                  row -> row.person().equals(name) && row.status() == InvitationStatus.PENDING));
      model.selection().select(List.of(row(person)));
      window.until(() -> block("History").activity());
      assertThat(block("History").lines()).hasSize(1);
      assertThat(block("History").lines().getFirst())
          .matches("\\d+ \\w+ \\d\\d:\\d\\d {2}Invite: Invited \\(run \\d+, pat\\)");
      model.details().showActivity();
      assertThat(window.shown()).containsExactly(new Screen.Activity(name));
    }

    @Test
    void saysThatNothingWasDoneHereAboutSomebodyElse() {
      model.selection().select(List.of(pending()));
      window.until(() -> !block("History").lines().isEmpty());
      assertThat(block("History").lines())
          .containsExactly("Nothing was done about this person from this computer.");
      assertThat(block("History").activity()).isFalse();
    }

    @Test
    void flagsGroupsAndRolesThatAreGoneOnceTheyWereRead() {
      OrganizationId contoso = world.organization("Contoso");
      InvitationRow row =
          model.contents().all().stream()
              .filter(one -> !one.entry().groups().isEmpty() && !one.entry().roles().isEmpty())
              .findFirst()
              .orElseThrow();
      String group = row.entry().groups().getFirst().displayName();
      String role = row.entry().roles().getFirst().displayName();
      model.selection().select(List.of(row));
      window.until(() -> block("Will get").lines().contains(group + " (group)"));

      world
          .store()
          .assignments()
          .replace(
              world.connection().id(),
              contoso,
              List.of(),
              row.entry().roles(),
              world.clock().instant());
      model.selection().select(List.of());
      model.selection().select(List.of(row));
      window.until(() -> block("Will get").lines().contains(group + ": does not exist any more"));
      assertThat(block("Will get").lines())
          .noneMatch(line -> line.equals(role + ": does not exist any more"));
    }

    @Test
    void canBeCopiedShownInTheActivityAndFoundEverywhere() {
      InvitationRow row = pending();
      model.selection().select(List.of(row));
      OnePerson one = model.onePerson();
      assertThat(one.any() && one.hasId()).isTrue();
      one.copyName();
      one.copyId();
      one.showActivity();
      one.findEverywhere();
      String name = row.entry().username();
      assertThat(window.copied())
          .containsExactly(name, row.entry().invitation().orElseThrow().value());
      assertThat(window.shown()).containsExactly(new Screen.Activity(name), new Screen.Find(name));
    }

    @Test
    void isForgottenAfterAQuestionAndLeavesTheTable() {
      InvitationRow row = pending();
      model.selection().select(List.of(row));
      model.onePerson().forget();
      assertThat(window.questions().getFirst().title())
          .isEqualTo("Forget " + row.person() + " on this computer?");
      assertThat(model.contents().all()).contains(row);
      window.takeAction();
      window.until(() -> !window.told().isEmpty());
      assertThat(window.told())
          .containsExactly(
              "Forgotten. No rows of runs and no lines of the activity stay without the name.");
      window.until(
          () -> model.contents().all().stream().noneMatch(one -> one.key().equals(row.key())));
    }

    @Test
    void isNotForgottenWhileSomethingAboutThePersonWaits() {
      world.workplace().session().signOut();
      Target.Person person = world.people("Contoso", 1).getFirst();
      String name = person.username().name();
      world.workplace().runs().invite(world.organization("Contoso"), List.of(person), true, "");
      window.until(
          () -> model.contents().all().stream().anyMatch(one -> one.person().equals(name)));
      model.selection().select(List.of(row(person)));
      model.onePerson().forget();
      window.takeAction();
      window.until(() -> !window.told().isEmpty());
      assertThat(window.told())
          .containsExactly(
              "Nothing is changed: 1 row about "
                  + name
                  + " still waits. Settle or drop that under Runs first.");
      assertThat(row(person).person()).isEqualTo(name);
    }

    @Test
    void offersNothingAboutOnePersonWhileSeveralAreSelected() {
      model.selection().select(model.contents().all().subList(0, 2));
      OnePerson none = model.onePerson();
      none.copyName();
      none.findEverywhere();
      assertThat(none.any() || none.hasId()).isFalse();
      assertThat(window.copied()).isEmpty();
      assertThat(window.shown()).isEmpty();
    }

    private InvitationDetails.Block block(String heading) {
      return model.details().shownProperty().get().blocks().stream()
          .filter(block -> block.heading().equals(heading))
          .findFirst()
          .orElseThrow();
    }
  }

  @Nested
  class FindingOut {
    @Test
    void saysWhatItSawInTheDetails() {
      InvitationRow row = pending();
      world.control().othersAccept("Contoso", 0, List.of(row.entry().username()));
      model.refresh();
      window.until(() -> byKey(row).status() == InvitationStatus.NO_LONGER_LISTED);
      model.selection().select(List.of(byKey(row)));
      assertThat(find()).isEqualTo(InvitationDetailsViewModel.Find.POSSIBLE);

      model.details().findOut();
      window.until(() ->
          model.details().shownProperty().get().blocks().stream()
              .anyMatch(block -> block.heading().equals("What was found")));
      List<String> lines = model.details().shownProperty().get().blocks().get(1).lines();
      assertThat(lines.getFirst()).isEqualTo(row.person() + " has joined Contoso.");
      assertThat(lines)
          .anySatisfy(line -> assertThat(line).contains("lives in another organization"));
    }
  }

  @Nested
  class StillListed {
    @Test
    void isClearedByTheNextStep() {
      InvitationRow row = pending();
      OrganizationId contoso = world.organization("Contoso");
      Member member =
          new Member(
              "m-1",
              row.entry().username(),
              "",
              "",
              Optional.of(world.organization("Partners")),
              List.of(),
              List.of());
      world
          .store()
          .members()
          .replace(world.connection().id(), contoso, List.of(member), world.clock().instant());
      refresh();
      window.until(() -> byKey(row).status() == InvitationStatus.JOINED_STILL_LISTED);
      model.selection().select(List.of(byKey(row)));
      assertThat(model.commandsProperty().get().next().orElseThrow().command().label())
          .isEqualTo("Clear invitation");
      model.takeNext();
      window.until(() -> byKey(row).status() == InvitationStatus.DELETING);
    }
  }

  @Nested
  class Deleting {
    @Test
    void waitsAMomentInWhichItCanBeTakenBack() {
      InvitationRow row = pending();
      delete(row);
      assertThat(model.words().status(byKey(row), model.nowProperty().get()))
          .matches("Deleting in [78] s");
      assertThat(model.headingProperty().get().grace()).matches("Deleting 1 invitation in [78] s.");

      world.clock().move(Duration.ofSeconds(3));
      model.tick();
      assertThat(model.headingProperty().get().grace()).matches("Deleting 1 invitation in [45] s.");

      model.undo();
      window.until(() -> byKey(row).status() != InvitationStatus.DELETING);
      assertThat(byKey(row).status()).isEqualTo(row.status());
      assertThat(model.headingProperty().get().grace()).isEmpty();
      assertThat(world.control().log().effects())
          .extracting(Effect::kind)
          .doesNotContain(Effect.Kind.DELETED);
    }

    @Test
    void leavesWhenTheMomentIsOver() {
      InvitationRow row = pending();
      delete(row);
      world.clock().move(Duration.ofSeconds(9));
      world.workplace().worker().tryNow();
      window.until(() -> {
        model.tick();
        return world.control().log().effects().stream()
            .anyMatch(effect -> effect.kind() == Effect.Kind.DELETED);
      });
      window.until(() ->
          model.contents().all().stream()
              .filter(one -> one.key().equals(row.key()))
              .allMatch(one -> one.status() == InvitationStatus.DELETED_HERE));
      assertThat(model.headingProperty().get().grace()).isEmpty();
    }

    @Test
    void asksAboveTenRowsAndNamesPeopleAndNumber() {
      List<InvitationRow> twelve =
          model.contents().all().stream().filter(InvitationRow::deletable).limit(12).toList();
      model.selection().select(twelve);
      model.delete();
      Dialogs.Question question = window.questions().getFirst();
      assertThat(question.title()).isEqualTo("Delete 12 invitations of Contoso?");
      assertThat(question.text())
          .startsWith(twelve.getFirst().person())
          .contains("and 9 more.")
          .endsWith("Their codes stop working. You can invite the people again.");
      assertThat(question.action()).isEqualTo("Delete 12");
      assertThat(question.keep()).isEqualTo("Keep them");
      assertThat(world.workplace().runs().all()).isEmpty();

      window.takeAction();
      window.until(() -> count(InvitationStatus.DELETING) == 12);
      assertThat(world.workplace().runs().all())
          .singleElement()
          .satisfies(run -> assertThat(run.size()).isEqualTo(12));
    }

    @Test
    void asksAgainWhenTheListChangedWhileTheQuestionStood() {
      List<InvitationRow> twelve =
          model.contents().all().stream().filter(InvitationRow::deletable).limit(12).toList();
      model.selection().select(twelve);
      model.delete();
      world.control().othersDelete("Contoso", 0, List.of(twelve.getFirst().entry().username()));
      model.refresh();
      window.until(() -> byKey(twelve.getFirst()).status() == InvitationStatus.NO_LONGER_LISTED);
      window.takeAction();
      assertThat(world.workplace().runs().all()).isEmpty();
      assertThat(window.questions())
          .extracting(Dialogs.Question::title)
          .containsExactly(
              "Delete 12 invitations of Contoso?", "Delete 11 invitations of Contoso?");
    }

    @Test
    void isRefusedInWordsWithoutTheRight() throws Exception {
      model.close();
      world.control().takeRight("pat", "Contoso", DELETE_RIGHT);
      world.signIn("pat");
      world.workplace().organizations().switchTo(world.organization("Contoso"));
      open();
      model.selection().select(List.of(pending()));
      assertThat(model.commandsProperty().get().delete().possible()).isFalse();
      assertThat(model.commandsProperty().get().delete().reason())
          .isEqualTo(
              "Your account may not delete invitations in Contoso. Right needed: delete"
                  + " invitations.");
      model.delete();
      assertThat(world.workplace().runs().all()).isEmpty();
    }

    private void delete(InvitationRow row) {
      model.selection().select(List.of(row));
      model.delete();
      window.until(() -> byKey(row).status() == InvitationStatus.DELETING);
    }
  }

  @Nested
  class WhenSomethingIsWrong {
    @Test
    void aFailedReadKeepsTheRows() {
      world.control().refuseLists(1);
      refresh();
      assertThat(model.contents().all()).hasSize(40);
      assertThat(notice()).startsWith("Could not read the list:").contains("Showing 40 rows from");
      model.take(Step.TRY_AGAIN);
      window.until(() -> !model.reading().going());
      assertThat(model.situationProperty().get().notice()).isEmpty();
    }

    @Test
    void offlineTheRowsStayAndAWishWaits() throws Exception {
      world.stopServer();
      refresh();
      assertThat(notice()).matches("Offline\\. List from \\d\\d:\\d\\d, 40 rows\\.");
      InvitationRow row = pending();
      model.selection().select(List.of(row));
      model.delete();
      window.until(() -> byKey(row).status() == InvitationStatus.DELETING);
      world.clock().move(Duration.ofSeconds(9));
      model.tick();
      window.until(() -> byKey(row).status() == InvitationStatus.WAITING);
      assertThat(world.workplace().runs().all())
          .singleElement()
          .satisfies(run -> assertThat(run.phase()).isEqualTo(Run.Phase.ASKS));
      world.startServer();
    }

    @Test
    void theServersReturnIsNoticed() throws Exception {
      world.stopServer();
      refresh();
      assertThat(notice()).startsWith("Offline.");
      world.startServer();
      world.workplace().session().probe();
      window.until(() -> model.situationProperty().get().notice().isEmpty());
      assertThat(model.contents().all()).hasSize(40);
    }

    @Test
    void anEndedSessionLeavesTheRowsAndDisablesWrites() {
      world.control().endSessions("pat");
      refresh();
      assertThat(notice()).startsWith("Your session ended. List from");
      model.selection().select(List.of(pending()));
      assertThat(model.commandsProperty().get().delete().reason())
          .isEqualTo("Sign in to delete invitations.");
      assertThat(model.commandsProperty().get().invite().possible()).isFalse();
    }

    @Test
    void aRightThatIsMissingIsNamedAndCanBeHandedOn() throws Exception {
      model.close();
      world.control().takeRight("pat", "Fabrikam", LIST_RIGHT);
      world.workplace().organizations().switchTo(world.organization("Fabrikam"));
      model = new InvitationsViewModel(window.over(world));
      window.until(() -> model.situationProperty().get().content() instanceof Content.Message);
      assertThat(model.situationProperty().get().content())
          .isEqualTo(
              new Content.Message(
                  "Your account may not list invitations in Fabrikam. Right needed: list"
                      + " invitations.",
                  Optional.of(Step.COPY_FOR_ADMINISTRATOR)));
      model.take(Step.COPY_FOR_ADMINISTRATOR);
      assertThat(window.copied().getFirst()).contains("pat", "Fabrikam", LIST_RIGHT);
    }

    @Test
    void withoutAnybodyInvitedItSaysSo() throws Exception {
      model.close();
      world.workplace().organizations().switchTo(world.organization("Fabrikam"));
      model = new InvitationsViewModel(window.over(world));
      window.until(() -> model.situationProperty().get().content() instanceof Content.Message);
      assertThat(model.situationProperty().get().content())
          .isEqualTo(
              new Content.Message(
                  "Nobody is invited into Fabrikam at the moment.", Optional.of(Step.INVITE)));
    }

    @Test
    void neverReadAndOfflineIsNoEmptyList() throws Exception {
      model.close();
      OrganizationId fabrikam = world.organization("Fabrikam");
      world.stopServer();
      world.workplace().organizations().switchTo(fabrikam);
      model = new InvitationsViewModel(window.over(world));
      window.until(() -> model.situationProperty().get().content() instanceof Content.Message);
      assertThat(model.situationProperty().get().content())
          .isInstanceOfSatisfying(
              Content.Message.class,
              message -> assertThat(message.text()).startsWith("This list was never read"));
      world.startServer();
    }
  }

  @Nested
  class Details {
    @Test
    void followTheSelection() {
      assertThat(model.details().shownProperty().get().title())
          .isEqualTo("Select a row to see its details.");
      model.selection().select(List.of(first()));
      assertThat(model.details().shownProperty().get().title()).isEqualTo(first().person());
      model.selection().select(List.of(first(), last()));
      assertThat(model.details().shownProperty().get().title()).isEqualTo("2 selected");
    }

    @Test
    void sayWhatItGivesAndWhereItLeads() {
      model.selection().select(List.of(first()));
      window.until(() -> lines().contains("Contoso: " + world.organization("Contoso").value()));
      assertThat(lines())
          .contains("Invitation id: " + first().entry().invitation().orElseThrow().value())
          .contains(
              "Not known: made elsewhere, or this computer never learned which of its own it"
                  + " is.");
    }

    @Test
    void showACodeOnlyWhileItIsHeld() {
      Target.Person person = world.people("Contoso", 1).getFirst();
      Run run =
          world
              .workplace()
              .runs()
              .invite(world.organization("Contoso"), List.of(person), false, "INC-1");
      assertThat(world.settled(run)).extracting(row -> row.state()).containsOnly(RowState.INVITED);
      refresh();
      window.until(() -> row(person).entry().codeRow().isPresent());
      assertThat(model.contents().all())
          .filteredOn(row -> row.person().equals(person.username().name()))
          .hasSize(1);
      String code =
          world
              .workplace()
              .runs()
              .code(row(person).entry().codeRow().orElseThrow())
              .orElseThrow()
              .reveal();
      String masked = "****-" + code.substring(code.length() - 4);

      model.selection().select(List.of(row(person)));
      window.until(() -> model.details().codeProperty().get().equals(masked));
      model.details().reveal();
      window.until(() -> model.details().codeProperty().get().equals(code));
      model.details().hide();
      assertThat(model.details().codeProperty().get()).isEqualTo(masked);
      model.details().reveal();
      model.selection().select(List.of(first()));
      assertThat(model.details().codeProperty().get()).doesNotContain(code);

      model.selection().select(List.of(row(person)));
      window.until(() -> lines().stream().anyMatch(line -> line.startsWith("Run ")));
      assertThat(lines()).contains("Note: INC-1").noneMatch(line -> line.contains(code));
      model.selection().copyCodes();
      window.until(() -> !window.secrets().isEmpty());
      assertThat(window.secrets()).containsExactly(code);
      assertThat(window.copied()).isEmpty();
      assertThat(row(person).toString()).doesNotContain(code);
    }

    private List<String> lines() {
      return model.details().shownProperty().get().blocks().stream()
          .flatMap(block -> block.lines().stream())
          .toList();
    }
  }

  private void open() {
    model = new InvitationsViewModel(window.over(world));
    window.until(
        () -> !model.reading().going() && model.contents().shownProperty().get().size() == 40);
  }

  private void refresh() {
    model.refresh();
    window.until(() -> !model.reading().going());
  }

  private String notice() {
    return model.situationProperty().get().notice().map(Notice::text).orElse("");
  }

  private int count(RowChip chip) {
    return model.contents().countsProperty().get().getOrDefault(chip, 0);
  }

  private long count(InvitationStatus status) {
    return model.contents().all().stream().filter(row -> row.status() == status).count();
  }

  private InvitationRow pending() {
    return model.contents().all().stream()
        .filter(row -> row.status() == InvitationStatus.PENDING)
        .findFirst()
        .orElseThrow();
  }

  private InvitationRow row(Target.Person person) {
    return model.contents().all().stream()
        .filter(row -> row.entry().username().equals(person.username().name()))
        .findFirst()
        .orElseThrow();
  }

  private InvitationRow byKey(InvitationRow row) {
    return model.contents().all().stream()
        .filter(one -> one.key().equals(row.key()))
        .findFirst()
        .orElseThrow();
  }

  private InvitationRow first() {
    return model.contents().shownProperty().get().getFirst();
  }

  private InvitationRow last() {
    return model.contents().shownProperty().get().getLast();
  }
}
