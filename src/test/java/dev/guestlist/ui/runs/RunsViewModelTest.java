package dev.guestlist.ui.runs;

import static dev.guestlist.testing.PracticeWorld.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Runs.ToAccept;
import dev.guestlist.service.Runs.ToDelete;
import dev.guestlist.service.Workplace;
import dev.guestlist.store.KeyFile;
import dev.guestlist.store.LocalStore;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.runs.RunLine.Action;
import dev.guestlist.ui.runs.RunLine.Card;
import dev.guestlist.ui.runs.RunLine.Offer;
import dev.guestlist.ui.runs.RunLine.Person;
import dev.guestlist.ui.runs.RunLine.Section;
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

@Execution(ExecutionMode.CONCURRENT)
class RunsViewModelTest {
  @TempDir private Path folder;
  private PracticeWorld world;
  private final TestScreen screen = new TestScreen();
  private OrganizationId contoso;
  private RunsViewModel model;

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.signedIn(folder);
    world.workplace().organizations().readIndex();
    contoso = world.organization("Contoso");
    openScreen();
  }

  private void openScreen() {
    model = new RunsViewModel(screen.over(world), ways());
    screen.until(() -> !model.emptyProperty().get().isEmpty());
  }

  private RunsViewModel.Ways ways() {
    return new RunsViewModel.Ways(
        (organization, to) -> screen.show(to), () -> {}, () -> {}, screen);
  }

  @AfterEach
  void close() {
    model.close();
    world.close();
  }

  private Run invite(boolean serverMails, Target.Person... people) {
    return world.workplace().runs().invite(contoso, List.of(people), serverMails, "INC-4711");
  }

  private Target.Person somebody() {
    return world.people("Contoso", 1).getFirst();
  }

  private Card card(Run run) {
    screen.until(() -> find(run).isPresent());
    return find(run).orElseThrow();
  }

  private Optional<Card> find(Run run) {
    return model.lines().stream()
        .filter(line -> line instanceof Card card && card.number() == run.number())
        .map(line -> (Card) line)
        .findFirst();
  }

  private Card in(Section section, Run run) {
    screen.until(() -> find(run).filter(card -> card.section() == section).isPresent());
    return card(run);
  }

  private List<Person> people() {
    return model.lines().stream()
        .filter(line -> line instanceof Person)
        .map(line -> (Person) line)
        .toList();
  }

  private List<RunLine.Decide> decisions() {
    return model.lines().stream()
        .filter(line -> line instanceof RunLine.Decide)
        .map(line -> (RunLine.Decide) line)
        .toList();
  }

  private void take(RunLine line, Action action) {
    Offer offer =
        line.choices().stream().filter(it -> it.action() == action).findFirst().orElseThrow();
    model.take(line, offer);
  }

  @Test
  void saysWhatItIsForWhileThereIsNothing() {
    assertThat(model.lines()).isEmpty();
    assertThat(model.emptyProperty().get())
        .isEqualTo("No runs yet. Everything you send is written down here first.");
  }

  @Test
  void aFinishedRunStandsUnderDoneWithItsNumbers() {
    Run run = invite(true, somebody(), person("nobody.at.all"));
    Card card = in(Section.DONE, run);

    assertThat(card.title()).isEqualTo("Invite 2 people into Contoso");
    assertThat(card.counts()).isEqualTo("1 invited, 1 not sent");
    assertThat(card.about()).endsWith(" by pat, INC-4711");
    assertThat(card.offers())
        .extracting(Offer::label)
        .containsExactly("Retry 1", "Take back this run");
    assertThat(model.lines().getFirst()).isEqualTo(new RunLine.Heading(Section.DONE, "Done (1)"));
  }

  @Test
  void anOpenedRunShowsEveryPersonWithReasonAndNextStep() {
    Run run = invite(true, somebody(), person("nobody.at.all"));
    model.toggle(in(Section.DONE, run));
    screen.until(() -> people().size() == 2);

    Person refused = people().getLast();
    assertThat(refused.name()).isEqualTo("nobody.at.all");
    assertThat(refused.words().word()).isEqualTo("Not sent");
    assertThat(refused.words().sentence())
        .startsWith("No user 'nobody.at.all' in ")
        .contains("Check the spelling");
    model.toggle(card(run));
    screen.until(() -> people().isEmpty());
  }

  @Test
  void staysOpenWhileOtherRunsComeAndGo() {
    Run first = invite(true, somebody());
    model.toggle(in(Section.DONE, first));
    screen.until(() -> people().size() == 1);
    Run second = invite(true, person("nobody.at.all"));
    in(Section.DONE, second);

    assertThat(card(first).open()).isTrue();
    assertThat(people()).hasSize(1);
    assertThat(model.lines().get(1)).as("newest first").isEqualTo(card(second));
  }

  @Nested
  class Codes {
    @Test
    void areShownMaskedAndCopiedAsSecrets() {
      Run run = invite(false, somebody());
      model.toggle(in(Section.DONE, run));
      screen.until(() -> people().size() == 1);
      RunRow row = world.workplace().runs().rows(run.number()).getFirst();
      ConfirmationCode code = world.workplace().runs().code(row.id()).orElseThrow();

      assertThat(people().getFirst().words().code()).contains("****-" + code.lastFour());
      assertThat(model.lines().toString()).doesNotContain(code.reveal());
      take(people().getFirst(), Action.COPY_CODE);
      screen.until(() -> !screen.told().isEmpty());
      assertThat(screen.secrets()).containsExactly(code.reveal());
      assertThat(screen.copied()).isEmpty();
      assertThat(screen.told().getFirst()).contains(row.target().name());
    }

    @Test
    void areNotOfferedWhenTheServerMailed() {
      Run run = invite(true, somebody());
      model.toggle(in(Section.DONE, run));
      screen.until(() -> people().size() == 1);

      assertThat(people().getFirst().choices()).isEmpty();
    }
  }

  @Nested
  class WithoutAConnection {
    @BeforeEach
    void goOffline() {
      world.stopServer();
      world.workplace().session().probe();
      screen.until(() -> model.bandKindProperty().get() == Band.Kind.OFFLINE);
    }

    @Test
    void anInvitationAsksAndLeavesOnceItIsSent() throws Exception {
      List<Target.Person> people = new ArrayList<>();
      world.startServer();
      people.add(somebody());
      goOffline();
      Run run = invite(true, people.getFirst());
      Card card = in(Section.WAITING, run);
      assertThat(card.why())
          .startsWith("Asked for without a connection")
          .contains("compared with what is there once the connection");
      assertThat(card.offers())
          .as("no blind send")
          .extracting(Offer::label)
          .containsExactly("Drop 1");

      world.startServer();
      world.workplace().worker().tryNow();
      screen.until(() -> model.bandProperty().get().isEmpty());
      screen.until(() -> card(run).why().contains("Compared with the server"));
      assertThat(card(run).section()).isEqualTo(Section.DECISION);
      take(card(run), Action.SEND);

      assertThat(in(Section.DONE, run).counts()).isEqualTo("1 invited");
    }

    @Test
    void droppingAsksFirstAndSendsNothing() throws Exception {
      Run run = invite(true, person("amy"));
      take(in(Section.WAITING, run), Action.DROP);

      assertThat(screen.questions().getFirst().title())
          .isEqualTo("Drop run " + run.number() + ", Invite 1 person into Contoso?");
      assertThat(card(run).section()).isEqualTo(Section.WAITING);
      screen.takeAction();
      assertThat(in(Section.DONE, run).counts()).isEqualTo("1 not tried");
      world.startServer();
      assertThat(world.control().log().effects()).isEmpty();
    }

    @Test
    void acceptsWaitByThemselves() {
      Run run =
          world
              .workplace()
              .runs()
              .accept(
                  List.of(
                      new ToAccept(
                          ConfirmationCode.asGiven("11111111-2222-3333-4444-555555555555"),
                          Optional.empty(),
                          Optional.empty())),
                  Ticket.NONE,
                  Duration.ZERO);
      Card card = in(Section.WAITING, run);

      assertThat(card.title()).isEqualTo("Accept 1 code");
      assertThat(card.why()).isEqualTo("Waits for the connection. Nothing is lost.");
      assertThat(model.canTryNowProperty().get()).isTrue();
    }
  }

  @Test
  void aDeletionCanBeUndoneWhileItsGraceLasts() {
    Run invited = invite(true, somebody());
    world.settled(invited);
    world.workplace().invitations().refresh(contoso);
    var entry =
        world.workplace().invitations().list(contoso).entries().stream()
            .filter(it -> it.invitation().isPresent())
            .findFirst()
            .orElseThrow();
    Run run =
        world
            .workplace()
            .runs()
            .delete(
                contoso,
                List.of(new ToDelete(entry.invitation().orElseThrow(), entry.username())),
                Duration.ofSeconds(60));
    Card card = in(Section.WAITING, run);

    assertThat(card.why()).matches("Leaves in \\d+ s\\.");
    assertThat(model.leavesSoonProperty().get()).isTrue();
    take(card, Action.UNDO);
    assertThat(in(Section.DONE, run).counts()).isEqualTo("1 not tried");
    assertThat(model.leavesSoonProperty().get()).isFalse();
    assertThat(world.control().log().effects())
        .extracting(Effect::kind)
        .doesNotContain(Effect.Kind.DELETED);
  }

  @Test
  void aRunThatTheEndOfTheProgramInterruptedSaysThatNothingIsInDoubt() {
    Run invited = invite(true, somebody());
    world.settled(invited);
    world.workplace().invitations().refresh(contoso);
    var entry =
        world.workplace().invitations().list(contoso).entries().stream()
            .filter(it -> it.invitation().isPresent())
            .findFirst()
            .orElseThrow();
    Run run =
        world
            .workplace()
            .runs()
            .delete(
                contoso,
                List.of(new ToDelete(entry.invitation().orElseThrow(), entry.username())),
                Duration.ofSeconds(60));
    model.close();
    world.restartProgram();
    openScreen();

    Card card = in(Section.WAITING, run);
    assertThat(card.why())
        .startsWith(
            "The program or this connection was closed. Nothing is in doubt, the rest has not"
                + " left.");
    assertThat(card.offers())
        .extracting(Offer::label)
        .containsExactly("Sign in and check", "Drop 1");
  }

  @Test
  void anExpiredCodeNeedsADecisionAndIsShownWithoutBeingOpened() {
    Run invited = invite(false, somebody());
    RunRow row = world.settled(invited).getFirst();
    ConfirmationCode code = world.workplace().runs().code(row.id()).orElseThrow();
    world.control().moveClock(Duration.ofHours(73));
    Run run =
        world
            .workplace()
            .runs()
            .accept(
                List.of(new ToAccept(code, Optional.empty(), Optional.empty())),
                Ticket.of("INC-1"),
                Duration.ZERO);
    in(Section.DECISION, run);
    screen.until(() -> decisions().size() == 1);

    RunLine.Decide waiting = decisions().getFirst();
    assertThat(waiting.note()).contains("has ended");
    assertThat(waiting.choices().getFirst().label()).isEqualTo("Later");
    assertThat(waiting.choices().getLast().label()).isEqualTo("Discard the code");
    model.take(waiting, waiting.choices().getLast());
    in(Section.DONE, run);
    assertThat(world.workplace().runs().rows(run.number()))
        .extracting(RunRow::state)
        .containsExactly(RowState.NOT_TRIED);
  }

  @Test
  void theFilterLooksAtNumberTicketAndAccount() {
    Run run = invite(true, somebody());
    in(Section.DONE, run);

    model.filterProperty().set("inc-4711 PAT");
    assertThat(find(run)).isPresent();
    model.filterProperty().set("run " + run.number());
    assertThat(find(run)).isPresent();
    model.filterProperty().set("somebody else");
    assertThat(model.lines()).isEmpty();
    assertThat(model.emptyProperty().get()).isEqualTo("No run matches.");
  }

  @Test
  void aSecondProgramOnTheSameDataWatches() {
    Path data = folder.resolve("data");
    try (LocalStore store = LocalStore.open(data, KeyFile.in(data), world.clock());
        Workplace second =
            Workplace.open(world.connection(), store, new Changes(), world.clock())) {
      ScreenContext first = screen.over(world);
      RunsViewModel watching =
          new RunsViewModel(
              new ScreenContext(
                  second,
                  first.background(),
                  first.navigator(),
                  first.dialogs(),
                  first.texts(),
                  first.clock(),
                  first.remembered()),
              ways());
      screen.until(() -> !watching.bandProperty().get().isEmpty());

      assertThat(watching.bandProperty().get())
          .matches(
              "Another Guestlist \\(process %d on .+, .+, since \\d\\d:\\d\\d\\) sends. This one watches."
                  .formatted(ProcessHandle.current().pid()));
      watching.close();
    }
  }
}
