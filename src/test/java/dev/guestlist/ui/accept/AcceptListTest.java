package dev.guestlist.ui.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.accept.AcceptViewModel.Focus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A list of codes from caller to caller: what belongs to whom, and what is left when it is
/// stopped, locked or left.
@Execution(ExecutionMode.CONCURRENT)
class AcceptListTest {
  private static final String NOBODYS = "11111111-2222-3333-4444-555555555555";
  private static final String BROKEN = "9b2e77c1-0a4d-4c1e-8f00-3d21b7e54f1";

  @TempDir private Path folder;
  private PracticeWorld world;
  private final TestScreen screen = new TestScreen();
  private final List<Focus> focus = new ArrayList<>();
  private final List<String> invited = new ArrayList<>();
  private AcceptViewModel model;

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.signedIn(folder);
    model =
        new AcceptViewModel(
            screen.over(world), new AcceptViewModel.Ways((organization, to) -> {}, () -> {}));
    model.onFocus(focus::add);
    screen.until(() -> !model.todayProperty().get().isEmpty());
  }

  @AfterEach
  void close() {
    model.close();
    world.close();
  }

  private List<ConfirmationCode> codes(int count) throws Exception {
    OrganizationId id = world.organization("Contoso");
    List<Target.Person> people = world.people("Contoso", count);
    people.forEach(one -> invited.add(one.username().name()));
    Run run = world.workplace().runs().invite(id, people, false, "");
    List<RunRow> rows = world.settled(run);
    return rows.stream().map(row -> world.workplace().runs().code(row.id()).orElseThrow()).toList();
  }

  private void begin(String text) {
    model.inputProperty().set(text);
    screen.until(() -> model.mayHoldCodes());
    model.check();
    screen.until(() -> !model.mayHoldCodes());
  }

  private void check(String text) {
    begin(text);
    screen.until(() -> !model.checkingProperty().get());
  }

  private void check(List<ConfirmationCode> codes) {
    check(codes.stream().map(ConfirmationCode::reveal).collect(Collectors.joining("\n")));
  }

  private void accept() {
    model.accept();
    screen.until(() -> model.countingProperty().get() && states().contains(CodeState.KEPT));
  }

  private void waitForOutcome() {
    world.clock().move(Duration.ofSeconds(6));
    model.tick();
    world.workplace().worker().tryNow();
    screen.until(() -> model.rows().stream().noneMatch(row -> row.state().underWay()));
  }

  private List<CodeState> states() {
    return model.rows().stream().map(AcceptRow::state).toList();
  }

  private List<Run> acceptRuns() {
    return world.workplace().runs().all().stream()
        .filter(run -> run.wish() instanceof Wish.Accept)
        .toList();
  }

  private boolean nothingWasSent() {
    return acceptRuns().stream().allMatch(run -> run.count(RowState.NOT_TRIED) == run.size());
  }

  @Nested
  class TwoCallers {
    @Test
    void whoAreCheckedAtTheSameTimeAreNotTakenForOne() throws Exception {
      List<ConfirmationCode> codes = codes(2);
      world.control().answerSlowly(Duration.ofMillis(500));
      focus.clear();
      begin(codes.getFirst().reveal());
      begin(codes.getLast().reveal());
      assertThat(model.messageProperty().get()).startsWith("Checking 2 codes");
      screen.until(() -> states().contains(CodeState.READY));
      if (states().contains(CodeState.CHECKING)) {
        assertThat(model.acceptTextProperty().get()).as("one is still looked up").isEmpty();
      }
      screen.until(() -> !model.checkingProperty().get());

      assertThat(states()).containsExactly(CodeState.READY, CodeState.READY);
      assertThat(model.acceptTextProperty().get()).isEqualTo("Accept 2 people");
      assertThat(focus).as("Enter accepts one person only").doesNotContain(Focus.ACCEPT);
    }

    @Test
    void areEachMadeSureOf() throws Exception {
      check(codes(2));
      model.notes().madeSureProperty().set(true);
      model.tick(model.rows().getFirst(), false);
      assertThat(model.notes().madeSureProperty().get()).as("of two people").isFalse();

      model.notes().madeSureProperty().set(true);
      accept();
      assertThat(acceptRuns().getFirst().ticket().callerConfirmed()).isTrue();
      assertThat(model.notes().madeSureProperty().get()).as("of whom comes next").isFalse();
    }

    @Test
    void withTheSameCodeAreTakenInOnce() throws Exception {
      List<ConfirmationCode> codes = codes(1);
      world.stopServer();
      check(codes);
      model.notes().ticketProperty().set("INC-4711");
      model.keep();
      screen.until(() -> states().equals(List.of(CodeState.KEPT)));
      check(codes);

      assertThat(states()).containsExactly(CodeState.WAITS_HERE);
      assertThat(model.rows().getFirst().note())
          .matches("It waits on this computer since .+, INC-4711, not accepted yet. See Runs\\.");
      assertThat(model.messageProperty().get()).isEqualTo("Waits here already 1");
      assertThat(model.keepTextProperty().get()).isEmpty();
      model.keep();
      screen.until(() -> model.todayProperty().get().endsWith("1 waiting"));
      assertThat(acceptRuns()).hasSize(1);
    }
  }

  @Nested
  class Esc {
    @Test
    void isSaidAlsoBesideSomebodyWhoJoinedBefore() throws Exception {
      check(codes(2));
      model.tick(model.rows().getLast(), false);
      accept();
      waitForOutcome();
      screen.until(() -> model.messageProperty().get().startsWith("1 joined"));
      model.tick(model.rows().getLast(), true);
      accept();
      model.stop();

      screen.until(() -> states().equals(List.of(CodeState.JOINED, CodeState.READY)));
      assertThat(model.messageProperty().get()).isEqualTo("Stopped. Nothing was accepted.");
    }

    @Test
    void leavesThoseChosenWhoWereChosen() throws Exception {
      check(codes(3));
      model.tick(model.rows().getLast(), false);
      accept();
      model.stop();
      screen.until(() -> model.messageProperty().get().startsWith("Stopped."));

      screen.until(() -> model.acceptTextProperty().get().equals("Accept 2 people"));
      assertThat(states()).containsOnly(CodeState.READY);
      assertThat(model.rows()).extracting(AcceptRow::ticked).containsExactly(true, true, false);
      assertThat(model.tickAllTextProperty().get()).isEqualTo("Tick all 3 who are ready");
      model.tickAll();
      assertThat(model.acceptTextProperty().get()).isEqualTo("Accept 3 people");
      assertThat(model.tickAllTextProperty().get()).isEmpty();
    }
  }

  @Nested
  class SomethingLikeACode {
    @Test
    void staysBelowWhatComesNextAndHoldsNobodyUp() throws Exception {
      List<ConfirmationCode> codes = codes(1);
      check(codes.getFirst().reveal() + "\n" + BROKEN);
      assertThat(model.inputProperty().get()).isEqualTo(BROKEN + "\n");
      screen.until(() -> !model.foundProperty().get().isEmpty());

      model.goOn();
      screen.until(() -> model.countingProperty().get());
      assertThat(acceptRuns()).hasSize(1);
    }

    @Test
    void thatIsACodeByNowIsCheckedFirst() throws Exception {
      List<ConfirmationCode> codes = codes(2);
      check(codes.getFirst().reveal());
      model.inputProperty().set(codes.getLast().reveal());
      model.goOn();

      screen.until(() -> model.rows().size() == 2 && !model.checkingProperty().get());
      assertThat(acceptRuns()).as("nobody is accepted over a code that was not read").isEmpty();
    }
  }

  @Nested
  class WhatHappensMeanwhile {
    @Test
    void aSessionThatEndsAfterTheCheckIsSaid() throws Exception {
      check(codes(2));
      accept();
      world.workplace().session().signOut();
      world.clock().move(Duration.ofSeconds(6));
      model.tick();
      world.workplace().worker().tryNow();

      screen.until(() ->
          model
              .messageProperty()
              .get()
              .startsWith(
                  "2 codes look right and wait on this computer, encrypted. They are"
                      + " checked and accepted once somebody is signed in"));
      assertThat(states()).containsOnly(CodeState.KEPT);
    }

    @Test
    void aCodeThatSomebodyElseUsedSaysThatThePersonHasJoined() throws Exception {
      check(codes(1));
      world.control().othersAccept("Contoso", 1, List.of(invited.getFirst()));
      accept();
      waitForOutcome();

      assertThat(model.rows().getFirst().note())
          .isEqualTo(
              "The code was used meanwhile: '" + invited.getFirst() + "' has joined Contoso.");
    }
  }

  @Nested
  class Leaving {
    @Test
    void forAnotherScreenGoesOnAndCanBeStoppedFromTheLineThatSaysSo() throws Exception {
      check(codes(1));
      accept();
      model.left();
      assertThat(screen.told()).containsExactly("One person is accepted when the countdown ends.");
      screen.takeWay();
      screen.until(() -> screen.told().contains("Stopped. Nothing was accepted."));
      assertThat(nothingWasSent()).isTrue();
    }

    @Test
    void whileItIsWrittenDownSaysSoToo() throws Exception {
      check(codes(1));
      model.accept();
      assertThat(model.countingProperty().get()).as("not yet").isFalse();
      model.left();
      assertThat(screen.told()).containsExactly("One person is accepted when the countdown ends.");
      screen.takeWay();
      screen.until(() -> screen.told().contains("Stopped. Nothing was accepted."));
      screen.until(() -> acceptRuns().size() == 1 && nothingWasSent());
    }

    @Test
    void theConnectionTakesBackWhatCountsDownAndForgetsTheCodes() throws Exception {
      check(codes(2));
      accept();
      model.inputProperty().set(NOBODYS);
      model.close();

      assertThat(model.rows()).isEmpty();
      assertThat(model.inputProperty().get()).isEmpty();
      screen.until(() -> screen.told().contains("Stopped. Nothing was accepted."));
      assertThat(screen.told()).doesNotContain("2 people are accepted when the countdown ends.");
      assertThat(nothingWasSent()).isTrue();
    }

    @Test
    void aLockedProgramKeepsOutcomesAndNoCodes() throws Exception {
      check(codes(3));
      model.tick(model.rows().getLast(), false);
      accept();
      waitForOutcome();
      model.notes().ticketProperty().set("INC-4711");
      model.inputProperty().set(BROKEN);
      model.forgetCodes();

      assertThat(states()).containsExactly(CodeState.JOINED, CodeState.JOINED);
      assertThat(model.rows()).allMatch(row -> row.code().isEmpty());
      assertThat(model.inputProperty().get()).isEmpty();
      assertThat(model.notes().ticketProperty().get()).isEqualTo("INC-4711");
      assertThat(model.messageProperty().get())
          .isEqualTo("The codes left this screen when it was locked. Paste them again.");
    }

    @Test
    void aProgramThatIsLockedInTheCountdownAcceptsNobody() throws Exception {
      check(codes(1));
      accept();
      model.forgetCodes();
      assertThat(model.rows()).isEmpty();
      screen.until(() -> nothingWasSent());
    }
  }
}
