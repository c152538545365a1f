package dev.guestlist.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Activity;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Decision;
import dev.guestlist.model.Group;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Username;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.service.Invitations;
import dev.guestlist.service.Runs.ToAccept;
import dev.guestlist.service.Runs.ToDelete;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.runs.RunLine.Action;
import dev.guestlist.ui.runs.RunLine.Card;
import dev.guestlist.ui.runs.RunLine.Decide;
import dev.guestlist.ui.runs.RunLine.Offer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What was asked for without a connection, and something else happened meanwhile.
@Execution(ExecutionMode.CONCURRENT)
class ConflictCardsTest {
  @TempDir private Path folder;
  private PracticeWorld world;
  private final TestScreen screen = new TestScreen();
  private final List<String> signIns = new ArrayList<>();
  private OrganizationId contoso;
  private RunsViewModel model;

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.signedIn(folder);
    world.workplace().organizations().readIndex();
    contoso = world.organization("Contoso");
    world.workplace().assignments().refresh(contoso);
    world.workplace().invitations().refresh(contoso);
    show();
  }

  private void show() {
    model =
        new RunsViewModel(
            screen.over(world),
            new RunsViewModel.Ways(
                (organization, to) -> screen.show(to),
                () -> signIns.add("sign in"),
                () -> signIns.add("as another"),
                screen));
    screen.until(() -> !model.emptyProperty().get().isEmpty());
  }

  @AfterEach
  void close() {
    model.close();
    world.close();
  }

  private void disconnect() {
    world.stopServer();
    world.workplace().session().probe();
    screen.until(() -> world.workplace().session().link().offline());
  }

  private void reconnect() throws Exception {
    world.startServer();
    world.workplace().worker().tryNow();
  }

  private Run invite(Target.Person... people) {
    return world.workplace().runs().invite(contoso, List.of(people), true, "INC-4711");
  }

  private List<Decide> cards() {
    return model.lines().stream()
        .filter(line -> line instanceof Decide)
        .map(line -> (Decide) line)
        .toList();
  }

  private Decide card() {
    screen.until(() -> !cards().isEmpty());
    return cards().getFirst();
  }

  private static Offer offer(RunLine line, Action action) {
    return line.choices().stream().filter(it -> it.action() == action).findFirst().orElseThrow();
  }

  private static Offer offer(RunLine line, Decision decision) {
    return line.choices().stream()
        .filter(it -> it.decision().equals(Optional.of(decision)))
        .findFirst()
        .orElseThrow();
  }

  private Card run(Run run) {
    screen.until(() -> find(run).isPresent());
    return find(run).orElseThrow();
  }

  private Optional<Card> find(Run run) {
    return model.lines().stream()
        .filter(line -> line instanceof Card it && it.number() == run.number())
        .map(line -> (Card) line)
        .findFirst();
  }

  private RowState state(Run run) {
    return world.workplace().runs().rows(run.number()).getFirst().state();
  }

  private List<Effect.Kind> effects() {
    return world.control().log().effects().stream().map(Effect::kind).toList();
  }

  private Target.Person with(Target.Person person, String... groups) {
    List<Group> chosen =
        world.workplace().assignments().of(contoso).groups().stream()
            .filter(group -> List.of(groups).contains(group.name()))
            .toList();
    assertThat(chosen).hasSize(groups.length);
    return new Target.Person(person.username(), List.of(), chosen);
  }

  private String aGroup() {
    return world.workplace().assignments().of(contoso).groups().getFirst().name();
  }

  @Nested
  class InvitedBySomebodyElseMeanwhile {
    private Run run;
    private String name;

    @BeforeEach
    void queueAnInvitation() throws Exception {
      Target.Person person = world.people("Contoso", 1).getFirst();
      name = person.username().name();
      Target.Person wanted = with(person, aGroup());
      disconnect();
      run = invite(wanted);
      screen.until(() -> run(run).section() == RunLine.Section.WAITING);
      world.startServer();
      world.control().othersInvite("Contoso", List.of(name));
      world.control().clearLog();
      world.workplace().worker().tryNow();
    }

    @Test
    void theCardShowsBothVersions() {
      Decide card = card();

      assertThat(card.title()).isEqualTo("Invite " + name + " into Contoso");
      assertThat(card.about()).endsWith(" by pat, INC-4711");
      assertThat(card.note()).isEqualTo("Somebody else invited " + name + " meanwhile.");
      assertThat(card.then().heading()).startsWith("What you saw (");
      assertThat(card.then().facts())
          .containsExactly("no invitation", "you want: groups " + aGroup() + "; roles none");
      assertThat(card.now().heading()).startsWith("What is there now (");
      assertThat(card.now().facts().getFirst()).startsWith("invited, pending, ends in ~");
      assertThat(card.now().facts().get(1)).isEqualTo("gives: groups none; roles none");
      assertThat(card.now().facts().get(2)).startsWith("e-mail ").contains("@");
      assertThat(card.now().facts()).hasSize(3);
      assertThat(card.choices())
          .extracting(Offer::label)
          .containsExactly("Keep theirs", "Replace with mine: " + aGroup(), "Later");
      assertThat(effects()).as("nothing is taken by itself").isEmpty();
    }

    @Test
    void keepingTheirsSendsNothing() {
      Decide card = card();
      model.take(card, offer(card, Decision.KEEP_THEIRS));
      screen.until(() -> cards().isEmpty());

      assertThat(state(run)).isEqualTo(RowState.NOT_TRIED);
      assertThat(effects()).isEmpty();
      assertThat(world.workplace().activity().find(Activity.Filter.EVERYTHING, Long.MAX_VALUE, 50))
          .filteredOn(line -> line.activity().kind() == Activity.Kind.DECIDED)
          .singleElement()
          .satisfies(
              line -> assertThat(line.activity().detail()).isEqualTo(Decision.KEEP_THEIRS.name()));
    }

    @Test
    void replacingDeletesTheirsAndInvites() {
      Decide card = card();
      model.take(card, offer(card, Decision.REPLACE_WITH_MINE));
      screen.until(() -> effects().equals(List.of(Effect.Kind.DELETED, Effect.Kind.INVITED)));
      screen.until(() -> cards().isEmpty());
    }

    @Test
    void laterFoldsTheCardAndDecidesNothing() {
      Decide card = card();
      model.take(card, offer(card, Action.LATER));
      screen.until(() -> card().folded());

      assertThat(card().choices()).extracting(Offer::label).containsExactly("Decide now");
      assertThat(state(run)).isEqualTo(RowState.NEEDS_DECISION);
      model.take(card(), card().choices().getFirst());
      screen.until(() -> !card().folded());
    }
  }

  @Test
  void aDecisionGoesForAllThatAreAlikeWithTheNumberNamed() throws Exception {
    List<Target.Person> people = world.people("Contoso", 3);
    disconnect();
    Run first = invite(people.get(0), people.get(1));
    Run second = invite(people.get(2));
    world.startServer();
    world
        .control()
        .othersInvite("Contoso", people.stream().map(person -> person.username().name()).toList());
    world.control().clearLog();
    world.workplace().worker().tryNow();
    screen.until(() -> cards().size() == 3);

    assertThat(offer(card(), Action.FOR_ALL).label()).isEqualTo("for all 3 like this");
    model.take(card(), offer(card(), Action.FOR_ALL));
    screen.until(() -> card().forAll());
    assertThat(card().choices().getFirst().label()).isEqualTo("Keep theirs, all 3");
    model.take(card(), offer(card(), Decision.KEEP_THEIRS));
    screen.until(() -> cards().isEmpty());

    assertThat(world.workplace().runs().find(first.number()).orElseThrow().done()).isTrue();
    assertThat(world.workplace().runs().find(second.number()).orElseThrow().done()).isTrue();
    assertThat(effects()).isEmpty();
  }

  @Nested
  class GroupGoneMeanwhile {
    private String gone;

    @BeforeEach
    void removeTheGroup() throws Exception {
      Target.Person person = world.people("Contoso", 1).getFirst();
      gone = aGroup();
      Target.Person wanted = with(person, gone);
      disconnect();
      invite(wanted);
      world.startServer();
      world.control().removeGroup("Contoso", gone);
      world.control().clearLog();
      world.workplace().worker().tryNow();
    }

    @Test
    void namesItAndOffersToInviteWithoutOrToChooseAnother() {
      Decide card = card();

      assertThat(card.note()).isEqualTo(gone + " does not exist in Contoso any more.");
      assertThat(card.now().facts()).contains(gone + ": does not exist", "no invitation");
      assertThat(card.choices())
          .extracting(Offer::label)
          .containsExactly(
              "Discard, nothing is sent", "Invite without " + gone, "Choose another", "Later");
      model.take(card, offer(card, Decision.INVITE_WITHOUT));
      screen.until(() -> effects().equals(List.of(Effect.Kind.INVITED)));
    }

    @Test
    void aLaterRunAboutTheSamePersonSaysWhatItWaitsFor() {
      Decide card = card();
      Run later = invite(world.people("Contoso", 1).getFirst());
      long first = later.number() - 1;

      screen.until(() -> run(later).section() == RunLine.Section.WAITING);
      assertThat(run(later).why())
          .isEqualTo("Waits until run " + first + ", which is about the same people, is settled.");
      assertThat(effects()).isEmpty();

      model.take(card, offer(card, Decision.DISCARD));
      screen.until(() -> effects().equals(List.of(Effect.Kind.INVITED)));
      screen.until(() -> run(later).why().isEmpty());
    }

    @Test
    void anotherOneIsChosenInTheCard() {
      Decide card = card();
      model.take(card, offer(card, Action.CHOOSE));
      screen.until(() -> card().edit().isPresent());
      ConflictEdit edit = card().edit().orElseThrow();

      assertThat(edit.groups()).extracting(Group::name).doesNotContain(gone);
      Group other = edit.groups().getFirst();
      edit.chosen().add(other.id());
      model.change(card());
      screen.until(() -> effects().equals(List.of(Effect.Kind.INVITED)));
      screen.until(() -> cards().isEmpty());
      RunRow row =
          world
              .workplace()
              .runs()
              .rows(world.workplace().runs().all().getFirst().number())
              .getFirst();
      assertThat(((Target.Person) row.target()).groups()).containsExactly(other);
    }
  }

  @Test
  void aNewerInvitationIsOnlyDeletedWhenSomebodySaysSo() throws Exception {
    Invitations.Entry entry =
        world.workplace().invitations().list(contoso).entries().stream()
            .filter(one -> one.invitation().isPresent())
            .findFirst()
            .orElseThrow();
    String name = entry.username();
    disconnect();
    Run run =
        world
            .workplace()
            .runs()
            .delete(
                contoso,
                List.of(new ToDelete(entry.invitation().orElseThrow(), name)),
                Duration.ZERO);
    world.startServer();
    world.control().othersDelete("Contoso", 1, List.of(name));
    world.control().othersInvite("Contoso", List.of(name));
    world.control().clearLog();
    world.workplace().worker().tryNow();
    Decide card = card();

    assertThat(card.title()).isEqualTo("Delete the invitation of " + name + " into Contoso");
    assertThat(card.note()).startsWith("There is a newer invitation of " + name);
    assertThat(card.choices())
        .extracting(Offer::label)
        .containsExactly("Keep it", "Delete the newer one too", "Later");
    assertThat(effects()).isEmpty();
    model.take(card, offer(card, Decision.DELETE_NEWER));
    screen.until(() -> effects().equals(List.of(Effect.Kind.DELETED)));
    screen.until(() -> state(run) == RowState.DELETED);
  }

  @Nested
  class Codes {
    private ConfirmationCode code;
    private String name;

    @BeforeEach
    void inviteSomebody() {
      Target.Person person = world.people("Contoso", 1).getFirst();
      name = person.username().name();
      Run invited = world.workplace().runs().invite(contoso, List.of(person), false, "");
      RunRow row = world.settled(invited).getFirst();
      code = world.workplace().runs().code(row.id()).orElseThrow();
    }

    private Run keep() {
      return world
          .workplace()
          .runs()
          .accept(
              List.of(new ToAccept(code, Optional.empty(), Optional.empty())),
              Ticket.of("INC-1"),
              Duration.ZERO);
    }

    @Test
    void oneThatExpiredWhileItWaitedIsNotSent() throws Exception {
      disconnect();
      Run run = keep();
      screen.until(() -> run(run).section() == RunLine.Section.WAITING);
      world.startServer();
      world.control().moveClock(Duration.ofHours(73));
      world.control().clearLog();
      world.workplace().worker().tryNow();
      Decide card = card();

      assertThat(card.title()).isEqualTo("Accept the code of " + name + " into Contoso");
      assertThat(card.note()).startsWith("The invitation has ended.");
      assertThat(card.then().facts()).containsExactly("not accepted yet");
      assertThat(card.now().facts().getFirst()).startsWith("expired");
      assertThat(card.choices())
          .extracting(Offer::label)
          .as("discarding a code loses it: it does not have the focus")
          .containsExactly("Later", "Invite again", "Copy text for the caller", "Discard the code");
      assertThat(world.control().log().requests())
          .as("looked up, not accepted")
          .noneMatch(request -> request.path().endsWith("/accept"));
      assertThat(effects()).isEmpty();

      model.take(card, offer(card, Action.INVITE_AGAIN));
      assertThat(screen.shown()).containsExactly(new Screen.Invitations(Optional.of(name)));
      model.take(card, offer(card, Action.COPY_FOR_CALLER));
      screen.until(() -> !screen.copied().isEmpty());
      assertThat(screen.copied().getFirst())
          .startsWith("Your invitation into Contoso has ended")
          .doesNotContain(code.reveal());
      model.take(card, offer(card, Decision.DISCARD));
      screen.until(() -> state(run) == RowState.NOT_TRIED);
    }

    @Test
    void waitingOnesCanBeAcceptedWithoutLookingWhileNobodyIsSignedIn() {
      world.workplace().session().signOut();
      Run run = keep();
      screen.until(() -> run(run).choices().size() == 4);

      assertThat(run(run).choices())
          .extracting(Offer::label)
          .containsExactly("Sign in and check", "Accept without looking", "Ask first", "Drop 1");
      model.take(run(run), offer(run(run), Action.SIGN_IN));
      assertThat(signIns).containsExactly("sign in");
      model.take(run(run), offer(run(run), Action.WITHOUT_LOOKING));
      assertThat(screen.questions().getLast().text()).contains("used up by accepting it");
      screen.takeAction();
      screen.until(() ->
          world
              .workplace()
              .runs()
              .rows(run.number())
              .getFirst()
              .decided()
              .equals(Optional.of(Decision.ACCEPT_WITHOUT_LOOKING)));
    }
  }

  @Nested
  class SomebodyOfAUserStore {
    @Test
    void isNotTakenForWhoeverIsListedUnderThatName() throws Exception {
      Target.Person person = world.people("Contoso", 1).getFirst();
      String name = person.username().name();
      Target.Person ofCorp =
          new Target.Person(new Username(name, Optional.of("CORP")), List.of(), List.of());
      disconnect();
      invite(ofCorp);
      world.startServer();
      world.control().othersInvite("Contoso", List.of(name));
      world.control().clearLog();
      world.workplace().worker().tryNow();

      Decide card = card();

      assertThat(card.title()).isEqualTo("Invite CORP/" + name + " into Contoso");
      assertThat(card.note())
          .startsWith("Somebody named " + name + " was invited meanwhile.")
          .contains("does not say which user store")
          .contains("you want CORP");
      assertThat(card.now().facts())
          .contains("the list does not say which user store")
          .anyMatch(fact -> fact.startsWith("e-mail "));
    }
  }

  @Nested
  class SeveralCards {
    private List<String> names;

    @BeforeEach
    void twoAreInvitedByOthers() throws Exception {
      List<Target.Person> people = world.people("Contoso", 2);
      names = people.stream().map(one -> one.username().name()).toList();
      disconnect();
      invite(people.get(0), people.get(1));
      world.startServer();
      world.control().othersInvite("Contoso", names);
      world.control().clearLog();
      world.workplace().worker().tryNow();
      screen.until(() -> cards().size() == 2);
    }

    @Test
    void nameThePersonOnTheirButtons() {
      assertThat(cards().get(0).choices().getFirst().label())
          .isEqualTo("Keep theirs, " + names.get(0));
      assertThat(cards().get(1).choices().getFirst().label())
          .isEqualTo("Keep theirs, " + names.get(1));
    }

    @Test
    void areNotDecidedByWhatWasShownBefore() throws Exception {
      Decide card = cards().getFirst();
      world.control().othersDelete("Contoso", 1, List.of(names.get(0)));
      world.control().othersInvite("Contoso", List.of(names.get(0)));
      world.control().clearLog();

      model.take(card, offer(card, Decision.REPLACE_WITH_MINE));

      screen.until(() -> !screen.told().isEmpty());
      assertThat(screen.told().getLast()).startsWith("One was not decided");
      assertThat(cards()).hasSize(2);
      assertThat(effects()).isEmpty();
    }
  }

  @Test
  void whatIsDroppedCanBePickedUpInItsPlace() {
    disconnect();
    Run run = invite(world.people("Contoso", 1).getFirst());
    screen.until(() -> run(run).section() == RunLine.Section.WAITING);
    model.take(run(run), offer(run(run), Action.DROP));
    screen.takeAction();
    screen.until(() -> run(run).section() == RunLine.Section.DONE);

    assertThat(screen.told().getLast()).isEqualTo("What waited of run 1 is dropped.");
    screen.until(() -> run(run).choices().stream().anyMatch(it -> it.action() == Action.PICK_UP));
    model.take(run(run), offer(run(run), Action.PICK_UP));

    screen.until(() -> run(run).section() == RunLine.Section.WAITING);
    assertThat(state(run)).isEqualTo(RowState.READY);
  }

  @Test
  void aListThatCannotBeReadIsNamedAndTheRunCanBeComparedAgain() throws Exception {
    disconnect();
    Run run = invite(world.people("Contoso", 1).getFirst());
    world.startServer();
    world.control().refuseLists(1_000);
    world.workplace().worker().tryNow();

    screen.until(() -> run(run).why().startsWith("The server did not give its list (500"));
    screen.until(() -> run(run).choices().size() == 3);
    assertThat(run(run).choices())
        .extracting(Offer::label)
        .containsExactly("Send 1", "Compare again", "Drop 1");
    world.control().allWell();
    model.take(run(run), offer(run(run), Action.COMPARE));
    screen.until(() -> run(run).why().contains("Compared with the server"));
  }

  @Nested
  class SignedInAsAnother {
    private Run run;

    @BeforeEach
    void patAsksAndSamComes() throws Exception {
      Target.Person person = world.people("Contoso", 1).getFirst();
      disconnect();
      run = invite(person);
      reconnect();
      screen.until(() -> !world.workplace().session().link().offline());
      world.control().clearLog();
      world.workplace().session().signOut();
      world.signIn("ina");
      world.workplace().organizations().switchTo(contoso);
      screen.until(() -> model.lines().stream().anyMatch(line -> line instanceof RunLine.Others));
    }

    private RunLine.Others others() {
      return model.lines().stream()
          .filter(line -> line instanceof RunLine.Others)
          .map(line -> (RunLine.Others) line)
          .findFirst()
          .orElseThrow();
    }

    @Test
    void nothingIsSentByItself() {
      assertThat(others().text()).isEqualTo("1 item waits that pat asked for, in 1 run.");
      assertThat(others().choices())
          .extracting(Offer::label)
          .containsExactly("Keep for pat", "Send 1 as ina", "Discard 1");
      screen.until(() -> run(run).why().contains("It leaves once pat is signed in."));
      assertThat(run(run).choices()).isEmpty();
      assertThat(effects()).isEmpty();

      model.take(others(), offer(others(), Action.KEEP));
      assertThat(model.lines()).noneMatch(line -> line instanceof RunLine.Others);
      assertThat(effects()).isEmpty();
    }

    @Test
    void discardingAsksFirst() {
      model.take(others(), offer(others(), Action.DISCARD_OTHERS));
      assertThat(state(run)).isEqualTo(RowState.READY);
      screen.takeAction();
      screen.until(() -> state(run) == RowState.NOT_TRIED);
    }

    @Test
    void sendingInTheOwnNameAsksFirst() {
      model.take(others(), offer(others(), Action.SEND_AS_ME));
      assertThat(screen.questions().getLast().text()).startsWith("They leave in your name");
      screen.takeAction();
      screen.until(
          () -> world.workplace().runs().find(run.number()).orElseThrow().account().equals("ina"));
    }
  }

  @Test
  void whatIsClearCanLeaveAtOnceWhileTheRestWaits() throws Exception {
    List<Target.Person> people = world.people("Contoso", 3);
    disconnect();
    invite(people.get(0));
    invite(people.get(1), people.get(2));
    world.startServer();
    world.control().othersInvite("Contoso", List.of(people.get(0).username().name()));
    world.control().clearLog();
    world.workplace().worker().tryNow();
    screen.until(() -> model.lines().stream().anyMatch(line -> line instanceof RunLine.Overview));
    RunLine.Overview overview = (RunLine.Overview) model.lines().getFirst();

    assertThat(overview.text()).isEqualTo("Of 3 waiting items 2 are clear, 1 needs you.");
    assertThat(overview.choices())
        .extracting(Offer::label)
        .containsExactly("Look at all", "Send the 2");
    model.take(overview, offer(overview, Action.SEND_CLEAR));
    screen.until(() -> effects().equals(List.of(Effect.Kind.INVITED, Effect.Kind.INVITED)));
    assertThat(cards()).hasSize(1);
  }

  @Test
  void aMissingRightIsNamedAndTheRunMayWait() throws Exception {
    world.control().takeRight("pat", "Contoso", "internal_org_guest_mgt_invite_add");
    Run run = invite(world.people("Contoso", 1).getFirst());
    screen.until(() -> run(run).section() == RunLine.Section.DECISION);

    assertThat(run(run).why()).contains("invite people");
    assertThat(run(run).choices())
        .extracting(Offer::label)
        .containsExactly("Keep waiting", "Sign in as another account", "Try again", "Discard 1");
    model.take(run(run), offer(run(run), Action.SIGN_IN_OTHER));
    assertThat(signIns).containsExactly("as another");
    model.take(run(run), offer(run(run), Action.KEEP));
    screen.until(() -> run(run).section() == RunLine.Section.WAITING);
  }
}
