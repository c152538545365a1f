package dev.guestlist.ui.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Wish;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.accept.AcceptViewModel.Focus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class AcceptViewModelTest {
  private static final String NOBODYS = "11111111-2222-3333-4444-555555555555";

  @TempDir private Path folder;
  private PracticeWorld world;
  private final TestScreen screen = new TestScreen();
  private final List<Focus> focus = new ArrayList<>();
  private final List<String> invited = new ArrayList<>();
  private final List<String> gone = new ArrayList<>();
  private final AcceptViewModel.Ways ways =
      new AcceptViewModel.Ways(
          (organization, to) -> gone.add(organization + " " + to), () -> gone.add("sign in"));
  private AcceptViewModel model;

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.signedIn(folder);
    openScreen();
  }

  private void openScreen() {
    model = new AcceptViewModel(screen.over(world), ways);
    model.onFocus(focus::add);
    screen.until(() -> !model.todayProperty().get().isEmpty());
  }

  @AfterEach
  void close() {
    model.close();
    world.close();
  }

  /// Codes of invitations that pat made without the server's mail.
  private List<ConfirmationCode> codes(String organization, int count) throws Exception {
    OrganizationId id = world.organization(organization);
    OrganizationId before = world.workplace().session().current().orElseThrow();
    world.workplace().organizations().switchTo(id);
    List<Target.Person> people = world.people(organization, count);
    people.forEach(one -> invited.add(one.username().name()));
    Run run = world.workplace().runs().invite(id, people, false, "");
    List<RunRow> rows = world.settled(run);
    world.workplace().organizations().switchTo(before);
    return rows.stream().map(row -> world.workplace().runs().code(row.id()).orElseThrow()).toList();
  }

  private ConfirmationCode code() throws Exception {
    return codes("Contoso", 1).getFirst();
  }

  private String person(int place) {
    return invited.get(place);
  }

  private void check(String text) {
    model.inputProperty().set(text);
    screen.until(() -> model.mayHoldCodes());
    model.check();
    screen.until(() -> model.checkingProperty().get());
    screen.until(() -> !model.checkingProperty().get());
  }

  private void check(List<ConfirmationCode> codes) {
    check(codes.stream().map(ConfirmationCode::reveal).collect(Collectors.joining("\n")));
  }

  private void accept() {
    model.accept();
    screen.until(() -> states().contains(CodeState.KEPT));
    assertThat(model.countingProperty().get()).isTrue();
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

  private List<Effect.Kind> acceptEffects() {
    return world.control().log().effects().stream()
        .map(Effect::kind)
        .filter(kind -> kind == Effect.Kind.ACCEPTED || kind == Effect.Kind.CLEARED)
        .toList();
  }

  private List<Run> acceptRuns() {
    return world.workplace().runs().all().stream()
        .filter(run -> run.wish() instanceof Wish.Accept)
        .toList();
  }

  @Nested
  class OneCode {
    @Test
    void isCheckedThenAcceptedAfterTheCountdown() throws Exception {
      ConfirmationCode code = code();
      check(code.reveal());

      AcceptRow row = model.rows().getFirst();
      assertThat(row.state()).isEqualTo(CodeState.READY);
      assertThat(row.ticked()).isTrue();
      assertThat(row.person()).isEqualTo(person(0));
      assertThat(row.into()).isEqualTo("Contoso");
      assertThat(row.from()).isEqualTo("Partners");
      assertThat(model.acceptTextProperty().get()).isEqualTo("Accept 1 person");
      assertThat(focus).last().isEqualTo(Focus.ACCEPT);
      assertThat(acceptEffects()).isEmpty();

      model.notes().ticketProperty().set(" INC-4711 ");
      accept();
      assertThat(model.messageProperty().get()).isEqualTo("Accepting 1 in 5 s. Esc stops.");
      assertThat(model.acceptTextProperty().get()).isEmpty();
      waitForOutcome();

      assertThat(states()).containsExactly(CodeState.JOINED);
      assertThat(model.rows().getFirst().note())
          .isEqualTo("'" + person(0) + "' has joined Contoso.");
      assertThat(acceptEffects()).containsExactly(Effect.Kind.ACCEPTED);
      assertThat(acceptRuns().getFirst().ticket().number()).isEqualTo("INC-4711");
      assertThat(focus).last().isEqualTo(Focus.FIELD);
      screen.until(() -> model.todayProperty().get().equals("Today: 1 accepted, 0 refused"));
    }

    @Test
    void leavesTheFieldAsSoonAsItIsTakenInAndIsShownMaskedOnly() throws Exception {
      ConfirmationCode code = code();
      check(code.reveal());

      assertThat(model.inputProperty().get()).isEmpty();
      assertThat(model.rows().getFirst().masked()).isEqualTo("****-" + code.lastFour());
      assertThat(model.rows().toString()).doesNotContain(code.reveal());

      accept();
      waitForOutcome();
      assertThat(model.rows().getFirst().code()).isEmpty();
    }

    @Test
    void showsWhatThePersonGetsWhenTheListIsKnown() throws Exception {
      ConfirmationCode code = code();
      world.workplace().invitations().refresh(world.organization("Contoso"));
      check(code.reveal());

      assertThat(model.rows().getFirst().gets()).matches("no groups, no roles \\(list.of.+\\)");
    }

    @Test
    void isNotSentWhenEscComesWithinTheCountdown() throws Exception {
      check(code().reveal());
      accept();

      assertThat(model.stop()).isTrue();
      screen.until(() -> model.messageProperty().get().equals("Stopped. Nothing was accepted."));
      screen.until(() -> states().equals(List.of(CodeState.READY)));
      world.clock().move(Duration.ofMinutes(1));
      world.workplace().worker().tryNow();

      assertThat(acceptRuns().getFirst().count(RowState.NOT_TRIED)).isEqualTo(1);
      assertThat(acceptEffects()).isEmpty();
      assertThat(model.stop()).isFalse();
    }

    @Test
    void canBeAcceptedAfterAllOnceItWasStopped() throws Exception {
      check(code().reveal());
      accept();
      model.stop();
      screen.until(() -> states().equals(List.of(CodeState.READY)));

      model.tick(model.rows().getFirst(), true);
      accept();
      waitForOutcome();

      assertThat(states()).containsExactly(CodeState.JOINED);
      assertThat(acceptEffects()).containsExactly(Effect.Kind.ACCEPTED);
    }

    @Test
    void thatIsExpiredIsNamedAndNotBurnt() throws Exception {
      ConfirmationCode code = code();
      world.control().moveClock(Duration.ofHours(73));
      check(code.reveal());

      assertThat(states()).containsExactly(CodeState.EXPIRED);
      assertThat(model.acceptTextProperty().get()).isEmpty();
      assertThat(model.rows().getFirst().note()).startsWith("The invitation has ended.");
      model.accept();
      assertThat(acceptRuns()).isEmpty();
      check(code.reveal());
      assertThat(states()).as("still there to be looked up").containsExactly(CodeState.EXPIRED);
      assertThat(acceptEffects()).isEmpty();
    }

    @Test
    void thatEndsBetweenCheckAndSendingIsNotBurntEither() throws Exception {
      check(code().reveal());
      accept();
      world.control().moveClock(Duration.ofHours(73));
      waitForOutcome();

      assertThat(states()).containsExactly(CodeState.DECISION);
      assertThat(model.rows().getFirst().note()).contains("has ended");
      assertThat(acceptEffects()).isEmpty();
    }

    @Test
    void thatNobodyKnowsSaysWhy() {
      check(NOBODYS);

      assertThat(states()).containsExactly(CodeState.UNKNOWN);
      assertThat(model.rows().getFirst().note())
          .isEqualTo(
              "Nobody waits behind this code. It was used already, replaced by a newer"
                  + " invitation, deleted, or mistyped.");
      assertThat(focus).last().isEqualTo(Focus.FIELD);
    }

    @Test
    void thatWasUsedHereSaysByWhom() throws Exception {
      ConfirmationCode code = code();
      check(code.reveal());
      model.notes().ticketProperty().set("INC-4700");
      accept();
      waitForOutcome();
      check(code.reveal());

      assertThat(states()).containsExactly(CodeState.ACCEPTED_BEFORE);
      assertThat(model.rows().getFirst().person()).isEqualTo(person(0));
      assertThat(model.rows().getFirst().note())
          .matches("This code was accepted here on \\d+ \\p{L}+ \\d\\d:\\d\\d by pat, INC-4700\\.");
    }

    @Test
    void ofAMemberIsClearedAndSaysSo() throws Exception {
      ConfirmationCode code = code();
      check(code.reveal());
      joinsByAnotherMail(person(0));
      accept();
      waitForOutcome();

      assertThat(states()).containsExactly(CodeState.MEMBER);
      assertThat(model.rows().getFirst().note())
          .isEqualTo(
              "'" + person(0) + "' is a member of Contoso already. The invitation is cleared.");
      assertThat(world.control().log().effects())
          .filteredOn(effect -> effect.kind() == Effect.Kind.CLEARED)
          .extracting(Effect::person)
          .containsExactly(person(0));
    }

    /// Somebody else invited this person too, by the server's mail, and its link is opened now.
    private void joinsByAnotherMail(String person) throws Exception {
      assertThat(world.control().othersInvite("Contoso", List.of(person))).containsExactly(person);
      String link = world.control().mails().getFirst().link();
      try (HttpClient browser = HttpClient.newHttpClient()) {
        HttpResponse<String> page =
            browser.send(
                HttpRequest.newBuilder(URI.create(link)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(page.body()).contains("Invitation accepted");
      }
    }

    @Test
    void thatSomebodyElseUsedMeanwhileSaysThatThePersonHasJoined() throws Exception {
      ConfirmationCode code = code();
      check(code.reveal());
      world.control().othersAccept("Contoso", 1, List.of(person(0)));
      accept();
      waitForOutcome();

      assertThat(states()).containsExactly(CodeState.MEMBER);
      assertThat(model.rows().getFirst().note())
          .isEqualTo("The code was used meanwhile: '" + person(0) + "' has joined Contoso.");
    }

    @Test
    void withALetterMissingStaysInTheField() throws Exception {
      String broken = code().reveal().substring(0, 35);
      model.inputProperty().set(broken);
      screen.until(() -> !model.foundProperty().get().isEmpty());
      assertThat(model.foundProperty().get())
          .isEqualTo("Almost a code: 31 letters and digits, a code has 32.");

      model.check();
      // a whole code that comes in after it has been looked up: what was checked first is through
      model.checkBeside(NOBODYS);
      screen.until(() -> states().equals(List.of(CodeState.UNKNOWN)));
      assertThat(model.inputProperty().get()).isEqualTo(broken);
      assertThat(world.control().log().requests())
          .filteredOn(request -> request.path().endsWith("/introspect"))
          .hasSize(1);
    }
  }

  @Nested
  class ManyCodes {
    @Test
    void areCheckedTogetherAndEachHasItsOwnState() throws Exception {
      List<ConfirmationCode> codes = codes("Contoso", 2);
      String text =
          "Dear helpdesk,\n"
              + codes.get(0).reveal()
              + "\n"
              + codes.get(1).reveal()
              + "\n"
              + codes.get(0).reveal()
              + "\n"
              + NOBODYS;
      check(text);

      assertThat(states()).containsExactly(CodeState.READY, CodeState.READY, CodeState.UNKNOWN);
      assertThat(model.foundProperty().get())
          .isEqualTo("3 codes found, 1 twice, 1 line ignored (\"Dear helpdesk,\").");
      assertThat(model.messageProperty().get()).isEqualTo("Ready 2 · Unknown 1");
      assertThat(model.acceptTextProperty().get()).isEqualTo("Accept 2 people");

      model.tick(model.rows().getFirst(), false);
      assertThat(model.acceptTextProperty().get()).isEqualTo("Accept 1 person");
      accept();
      waitForOutcome();

      assertThat(states()).containsExactly(CodeState.READY, CodeState.JOINED, CodeState.UNKNOWN);
      assertThat(acceptEffects()).containsExactly(Effect.Kind.ACCEPTED);
    }

    @Test
    void thatLeadElsewhereThanMostAreSetApart() throws Exception {
      List<ConfirmationCode> codes = new ArrayList<>(codes("Contoso", 2));
      codes.addAll(codes("Northwind", 1));
      check(codes);

      assertThat(states()).containsExactly(CodeState.READY, CodeState.READY, CodeState.ELSEWHERE);
      assertThat(model.acceptTextProperty().get()).isEqualTo("Accept 2 people");
      model.tick(model.rows().getLast(), true);
      assertThat(model.acceptTextProperty().get()).isEqualTo("Accept 3 people");
    }

    @Test
    void ofTheNextCallerTakeThePlaceOfFinishedOnes() throws Exception {
      List<ConfirmationCode> codes = codes("Contoso", 2);
      check(codes.get(0).reveal());
      accept();
      waitForOutcome();
      check(codes.get(1).reveal());

      assertThat(states()).containsExactly(CodeState.READY);
      assertThat(model.rows().getFirst().person()).isEqualTo(person(1));
    }

    @Test
    void giveATextForTheTicketWithoutCodes() throws Exception {
      List<ConfirmationCode> codes = codes("Contoso", 1);
      check(codes.getFirst().reveal() + "\n" + NOBODYS);
      model.notes().ticketProperty().set("INC-4711");
      accept();
      waitForOutcome();
      model.copyForTicket();

      String copied = screen.copied().getFirst();
      assertThat(copied)
          .startsWith("Contoso, ")
          .contains(", INC-4711: 1 joined, 1 unknown.")
          .contains("Joined: " + person(0))
          .contains("Unknown: ****-5555")
          .doesNotContain(codes.getFirst().reveal())
          .doesNotContain(NOBODYS);
    }

    @Test
    void leaveNothingBehindForTheNextCallerWhenTheTableIsCleared() throws Exception {
      check(code().reveal());
      model.notes().ticketProperty().set("INC-4711");
      model.notes().noteProperty().set("caller: D. Kern");
      accept();
      waitForOutcome();

      model.clear();
      assertThat(model.rows()).isEmpty();
      assertThat(model.notes().ticketProperty().get()).isEmpty();
      assertThat(model.notes().noteProperty().get()).isEmpty();
    }
  }

  @Nested
  class BeforeAnybodyIsAccepted {
    @Test
    void theCallerHasToBeMadeSureOfWhereThatIsDemanded() throws Exception {
      model.notes().demandedProperty().set(true);
      check(code().reveal());

      assertThat(model.madeSureTextProperty().get())
          .isEqualTo("I made sure that the caller is " + person(0));
      assertThat(model.acceptReasonProperty().get())
          .isEqualTo("Tick first that you made sure who is calling.");
      model.accept();
      assertThat(acceptRuns()).isEmpty();

      model.notes().madeSureProperty().set(true);
      model.notes().noteProperty().set("caller: D. Kern");
      model.notes().ticketProperty().set("INC-4711");
      accept();
      waitForOutcome();
      assertThat(acceptRuns().getFirst().ticket())
          .isEqualTo(new Ticket("INC-4711", "caller: D. Kern", true));
      model.copyForTicket();
      assertThat(screen.copied().getFirst()).contains("Note: caller: D. Kern");

      check(code().reveal());
      assertThat(model.notes().madeSureProperty().get()).as("of the next caller").isFalse();
    }

    @Test
    void theCountdownIsAsLongAsThisComputerWantsIt() throws Exception {
      model.notes().countdownProperty().set(0);
      check(code().reveal());
      model.accept();
      assertThat(model.countingProperty().get()).isFalse();
      screen.until(() -> states().equals(List.of(CodeState.JOINED)));

      model.close();
      openScreen();
      assertThat(model.notes().countdownProperty().get()).as("remembered").isZero();
    }

    @Test
    void aLinkToAnotherServerIsNotLookedUpUntilSomebodySaysSo() throws Exception {
      ConfirmationCode code = code();
      world.control().clearLog();
      check("https://id.other.example/acceptinvitation.do?code=" + code.reveal());

      assertThat(states()).containsExactly(CodeState.OTHER_SERVER);
      assertThat(model.rows().getFirst().note()).startsWith("The link leads to id.other.example");
      assertThat(model.acceptTextProperty().get()).isEmpty();
      assertThat(world.control().log().requests())
          .noneMatch(request -> request.path().endsWith("/introspect"));

      model.take(model.rows().getFirst());
      screen.until(() -> states().equals(List.of(CodeState.READY)));
    }

    @Test
    void anExpiredOneLeadsToInvitingAgain() throws Exception {
      ConfirmationCode code = code();
      world.control().moveClock(Duration.ofHours(73));
      check(code.reveal());
      model.take(model.rows().getFirst());
      assertThat(gone.getFirst()).contains(person(0)).contains("Invitations");
      assertThat(screen.copied()).isEmpty();
    }

    @Test
    void expiredOnesLeadToOneTextForSomebodyWhoMayInvite() throws Exception {
      List<ConfirmationCode> first = codes("Contoso", 2);
      world.control().moveClock(Duration.ofHours(25));
      List<ConfirmationCode> all = new ArrayList<>(first);
      all.addAll(codes("Northwind", 2));
      world.control().moveClock(Duration.ofHours(73));
      world.workplace().invitations().refresh(world.organization("Contoso"));
      world.workplace().invitations().refresh(world.organization("Northwind"));
      workAs("lis");
      check(all);
      assertThat(states()).containsOnly(CodeState.EXPIRED);

      model.take(model.rows().getFirst());

      screen.until(() -> !screen.copied().isEmpty());
      assertThat(screen.copied())
          .singleElement()
          .asString()
          .isEqualToNormalizingNewlines(
              """
              Please invite again: %s, %s into Contoso. Their codes ended on %s.
              Please invite again: %s, %s into Northwind. Their codes ended on %s.\
              """
                  .formatted(
                      person(0),
                      person(1),
                      dayBefore(Duration.ofHours(26)),
                      person(2),
                      person(3),
                      dayBefore(Duration.ofHours(1))));
      assertThat(model.messageProperty().get())
          .isEqualTo("Copied for somebody who may invite: 4 names.");
    }

    @Test
    void whereNoListSaysWhenTheRequestNamesNoDay() throws Exception {
      ConfirmationCode code = world.mailed("Contoso");
      world.control().moveClock(Duration.ofHours(73));
      workAs("lis");
      check(code.reveal());

      model.take(model.rows().getFirst());

      screen.until(() -> !screen.copied().isEmpty());
      assertThat(screen.copied())
          .containsExactly(
              "Please invite again: "
                  + model.rows().getFirst().person()
                  + " into Contoso. The code has ended.");
    }

    private void workAs(String account) throws Exception {
      model.close();
      world.workplace().session().signOut();
      world.signIn(account);
      world.workplace().organizations().switchTo(world.organization("Contoso"));
      openScreen();
    }

    private static String dayBefore(Duration time) {
      return DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH)
          .format(Instant.now().minus(time).atZone(ZoneId.systemDefault()));
    }

    @Test
    void savedMailsAreReadLikePastedOnes() throws Exception {
      ConfirmationCode code = code();
      Path mail = folder.resolve("invitation.eml");
      Files.writeString(
          mail,
          "Subject: Your code\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
              + "Content-Transfer-Encoding: base64\r\n\r\n"
              + Base64.getMimeEncoder()
                  .encodeToString(
                      ("<p>Hello, <b>" + code.reveal() + "</b></p>")
                          .getBytes(StandardCharsets.UTF_8)));
      model.checkFiles(List.of(mail, folder.resolve("none.eml")));
      screen.until(() -> states().equals(List.of(CodeState.READY)));
    }
  }

  @Nested
  class WithoutTheServer {
    @Test
    void codesAreKeptSealedAndAcceptedWhenItIsBack() throws Exception {
      List<ConfirmationCode> codes = codes("Contoso", 2);
      world.stopServer();
      check(codes);

      assertThat(states()).containsExactly(CodeState.NOT_CHECKED, CodeState.NOT_CHECKED);
      screen.until(() -> model.offlineProperty().get());
      assertThat(model.bandProperty().get()).startsWith("Offline since ");
      assertThat(model.acceptTextProperty().get()).isEmpty();
      assertThat(model.keepTextProperty().get()).isEqualTo("Keep 2 codes and send later");

      model.keep();
      screen.until(() -> states().equals(List.of(CodeState.KEPT, CodeState.KEPT)));
      assertThat(model.messageProperty().get())
          .isEqualTo(
              "Offline. 2 codes look right and wait on this computer, encrypted. They are checked"
                  + " and accepted when the connection is back. Tell the caller: not done yet.");
      model.copyForTicket();
      assertThat(screen.copied().getLast()).contains(": 2 kept, not accepted.");
      Run run = acceptRuns().getFirst();
      assertThat(world.workplace().runs().rows(run.number()))
          .extracting(row -> ((Target.Code) row.target()).username())
          .containsOnly(Optional.empty());
      assertThat(plainOnDisk(codes.getFirst())).isFalse();

      world.startServer();
      world.workplace().worker().tryNow();
      screen.until(() -> states().equals(List.of(CodeState.JOINED, CodeState.JOINED)));
      assertThat(acceptEffects()).containsExactly(Effect.Kind.ACCEPTED, Effect.Kind.ACCEPTED);
    }

    @Test
    void signedOutCodesAreKeptToo() throws Exception {
      ConfirmationCode code = code();
      world.workplace().session().signOut();
      screen.until(() -> model.bandProperty().get().startsWith("Nobody is signed in"));
      check(code.reveal());

      assertThat(states()).containsExactly(CodeState.NOT_CHECKED);
      model.keep();
      screen.until(() -> states().equals(List.of(CodeState.KEPT)));
      assertThat(acceptEffects()).isEmpty();
      screen.until(
          () -> model.todayProperty().get().equals("Today: 0 accepted, 0 refused, 1 waiting"));
    }

    @Test
    void codesCanBeCheckedAgainWhenItIsBack() throws Exception {
      ConfirmationCode code = code();
      world.stopServer();
      check(code.reveal());
      world.startServer();
      world.workplace().worker().tryNow();
      screen.until(() -> model.bandProperty().get().isEmpty());
      screen.until(() -> model.canCheckProperty().get());

      model.check();
      screen.until(() -> states().equals(List.of(CodeState.READY)));
      screen.until(() -> model.keepTextProperty().get().isEmpty());
    }

    private boolean plainOnDisk(ConfirmationCode code) throws Exception {
      try (var files = Files.walk(folder.resolve("data"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String content = Files.readString(file, StandardCharsets.ISO_8859_1);
          if (content.contains(code.reveal())) {
            return true;
          }
        }
      }
      return false;
    }
  }

  @Test
  void theNextCallersCodeLeavesTheRowsOfARunThatIsNotOver() throws Exception {
    List<ConfirmationCode> all = codes("Contoso", 4);
    check(all.subList(0, 3));
    accept();
    world.control().answerSlowly(Duration.ofMillis(400));
    world.clock().move(Duration.ofSeconds(6));
    model.tick();
    world.workplace().worker().tryNow();
    screen.until(() -> states().contains(CodeState.ACCEPTING));

    check(all.get(3).reveal());
    assertThat(model.rows()).hasSize(4);
    assertThat(model.stop()).as("what has not left yet can be stopped").isTrue();
    world.control().answerSlowly(Duration.ZERO);
    Run run = acceptRuns().getFirst();
    screen.until(() -> world.workplace().runs().find(run.number()).orElseThrow().done());
    assertThat(world.workplace().runs().find(run.number()).orElseThrow().count(RowState.JOINED))
        .isLessThan(3);
  }

  @Test
  void escAfterTheFirstHasLeftStopsTheRest() throws Exception {
    check(codes("Contoso", 6));
    accept();
    world.control().answerSlowly(Duration.ofMillis(250));
    world.clock().move(Duration.ofSeconds(6));
    world.workplace().worker().tryNow();
    Run run = acceptRuns().getFirst();
    screen.until(() ->
        world.workplace().runs().rows(run.number()).stream()
            .anyMatch(row -> row.state() != RowState.READY));

    assertThat(model.stop()).isTrue();

    screen.until(() -> model.messageProperty().get().startsWith("Stopped."));
    screen.until(() -> world.workplace().runs().find(run.number()).orElseThrow().done());
    Run end = world.workplace().runs().find(run.number()).orElseThrow();
    assertThat(end.count(RowState.NOT_TRIED)).isPositive();
    assertThat(end.count(RowState.JOINED)).isPositive();
  }

  @Test
  void filesAreTakenInBesideWhatStandsInTheField() throws Exception {
    Path mail = folder.resolve("a.txt");
    Files.writeString(mail, code().reveal());
    String typed = "77aa01ff-1b2c-4d3e-9f01-aabbccdd0e9d\n9b2e 77c1";
    model.inputProperty().set(typed);
    screen.until(() -> model.mayHoldCodes());

    model.checkFiles(List.of(mail, folder.resolve("none.eml")));

    screen.until(() -> states().equals(List.of(CodeState.READY)));
    assertThat(model.inputProperty().get()).isEqualTo(typed);
    assertThat(model.foundProperty().get()).contains("none.eml").contains("1 code found");
  }

  @Test
  void filesWithoutACodeSaySoAndLeaveWhatIsLikeOne() throws Exception {
    Path mail = folder.resolve("a.txt");
    String almost = "9b2e77c1-0a4d-4c1e-8f00-3d21b7e54f1";
    Files.writeString(mail, "Hello, no code here\n" + almost + "\n");

    model.checkFiles(List.of(mail));

    screen.until(() -> model.inputProperty().get().equals(almost));
    assertThat(model.foundProperty().get()).startsWith("No code found");
  }

  @Test
  void theSourceOfAnEncodedMailIsReadToo() throws Exception {
    ConfirmationCode code = code();
    String body = "Your code: " + code.reveal() + "\r\n";
    check(
        "From: a@b.example\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n"
            + Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8))
            + "\r\n");
    assertThat(states()).containsExactly(CodeState.READY);
  }

  @Test
  void aCodeThatIsKeptHoldsUpNoOutcome() throws Exception {
    List<ConfirmationCode> all = codes("Contoso", 2);
    List<String> over = new ArrayList<>();
    model.onOver(() -> over.add("over"));
    world.workplace().session().signOut();
    screen.until(() -> model.canSignInProperty().get());
    check(all.get(0).reveal());
    model.keep();
    screen.until(() -> states().equals(List.of(CodeState.KEPT)));
    check(all.get(1).reveal());
    model.withoutNamesProperty().set(true);
    model.notes().countdownProperty().set(3);
    model.acceptWithoutLooking();
    screen.until(() -> model.countingProperty().get());
    world.clock().move(Duration.ofSeconds(6));
    model.tick();
    world.workplace().worker().tryNow();

    screen.until(() -> !over.isEmpty());
    assertThat(states()).contains(CodeState.JOINED);
    assertThat(model.messageProperty().get()).startsWith("1 joined");
  }

  @Test
  void makingSureBeforeTheNamesWereKnownDoesNotCount() throws Exception {
    ConfirmationCode code = code();
    model.notes().demandedProperty().set(true);
    world.workplace().session().signOut();
    screen.until(() -> model.canSignInProperty().get());
    check(code.reveal());
    model.notes().madeSureProperty().set(true);
    model.signInAndCheck();
    world.signIn("pat");
    world.workplace().organizations().switchTo(world.organization("Contoso"));
    screen.until(
        () -> states().equals(List.of(CodeState.READY)) && !model.checkingProperty().get());

    assertThat(model.notes().madeSureProperty().get()).isFalse();
    assertThat(model.acceptReasonProperty().get()).isNotEmpty();
  }

  @Test
  void todayCountsWhatWasKeptYesterday() throws Exception {
    ConfirmationCode code = code();
    world.workplace().session().signOut();
    screen.until(() -> model.bandProperty().get().startsWith("Nobody is signed in"));
    check(code.reveal());
    model.keep();
    screen.until(() -> model.todayProperty().get().endsWith("1 waiting"));
    world.clock().move(Duration.ofHours(25));
    model.close();
    openScreen();
    screen.until(() -> model.todayProperty().get().endsWith("1 waiting"));

    world.signIn("pat");
    world.workplace().organizations().switchTo(world.organization("Contoso"));
    world.workplace().worker().tryNow();
    screen.until(() -> model.todayProperty().get().equals("Today: 1 accepted, 0 refused"));
  }

  @Test
  void aLineThatGoesDownAfterTheCountdownIsSaid() throws Exception {
    check(codes("Contoso", 2));
    model.accept();
    screen.until(() -> model.countingProperty().get());
    world.stopServer();
    world.clock().move(Duration.ofSeconds(6));
    model.tick();
    world.workplace().worker().tryNow();

    screen.until(() -> model.messageProperty().get().startsWith("Offline. 2 codes look right"));
    assertThat(states()).containsOnly(CodeState.KEPT);
  }

  @Test
  void saysWhenTheAccountMayNotLookCodesUp() throws Exception {
    ConfirmationCode code = code();
    model.close();
    world.workplace().session().signOut();
    world.signIn("nul");
    openScreen();

    check(code.reveal());
    assertThat(states()).containsExactly(CodeState.NOT_CHECKED);
    screen.until(() -> model.bandProperty().get().contains("right needed: list invitations"));
    assertThat(model.keepTextProperty().get()).isEqualTo("Keep 1 code and send later");
  }

  @Test
  void withoutTheRightToLookItTakesOneMoreTick() throws Exception {
    ConfirmationCode code = code();
    model.close();
    world.workplace().session().signOut();
    world.signIn("nul");
    openScreen();
    check(code.reveal());

    screen.until(() -> model.withoutTextProperty().get().equals("Accept 1 code without looking"));
    model.acceptWithoutLooking();
    assertThat(acceptRuns()).isEmpty();
    model.withoutNamesProperty().set(true);
    model.notes().countdownProperty().set(0);
    model.acceptWithoutLooking();
    screen.until(() -> !states().equals(List.of(CodeState.NOT_CHECKED)));
    waitForOutcome();
    assertThat(acceptEffects()).containsExactly(Effect.Kind.ACCEPTED);
  }

  @Test
  void whoeverSignsInFromHereChecksAtOnce() throws Exception {
    ConfirmationCode code = code();
    world.workplace().session().signOut();
    screen.until(() -> model.canSignInProperty().get());
    check(code.reveal());
    model.signInAndCheck();
    assertThat(gone).containsExactly("sign in");

    world.signIn("pat");
    world.workplace().organizations().switchTo(world.organization("Contoso"));
    screen.until(() -> states().equals(List.of(CodeState.READY)));
  }
}
