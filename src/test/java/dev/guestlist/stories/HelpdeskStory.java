package dev.guestlist.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.kill.Inviting;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Username;
import dev.guestlist.model.Wish;
import dev.guestlist.practice.StartLine;
import dev.guestlist.service.Runs.ToAccept;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody at the helpdesk gets a mail with thirty codes, then a caller with one; first with a
/// server, then with the line down.
class HelpdeskStory {
  @TempDir private Path folder;
  private PracticeWorld world;
  private OrganizationId northwind;
  private List<String> names = List.of();

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.signedIn(folder.resolve("world"));
    world.workplace().organizations().readIndex();
    northwind = world.organization("Northwind");
    world.workplace().organizations().switchTo(northwind);
    StartLine.Place place =
        world.server().startLine().organizations().stream()
            .filter(one -> one.id().equals(northwind.value()))
            .findFirst()
            .orElseThrow();
    names = new ArrayList<>(Inviting.manyPeople(world.server(), place, 60));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aMailWithThirtyCodesTakesThreeKeystrokesAndTheNextCallerTwo() throws Exception {
    List<Coded> expired = invite(northwind, 3);
    world.control().moveClock(Duration.ofHours(73));
    List<Coded> ready = invite(northwind, 24);
    List<Coded> used = invite(northwind, 1);
    acceptNow(used.getFirst().code(), "INC-4600");
    OrganizationId contoso = world.organization("Contoso");
    world.workplace().organizations().switchTo(contoso);
    List<Coded> elsewhere = invite(contoso, 1);
    world.workplace().organizations().switchTo(northwind);
    world.workplace().invitations().refresh(northwind);
    List<Coded> caller = invite(northwind, 1);
    List<Coded> mail = new ArrayList<>(ready);
    mail.addAll(expired);
    mail.addAll(used);
    mail.addAll(elsewhere);

    try (GuestlistDriver app = window()) {
      app.fills("ticket", "INC-4711");
      app.goesTo("codeField");
      app.pastes(mail(mail));
      app.reads("29 codes found, 1 twice, 1 repaired, 11 lines ignored.");

      app.presses(KeyCode.ENTER);
      app.reads("Ready 24 · Expired 3 · Accepted here before 1 · Other organization 1 (Contoso)");
      app.reads("Accept 24 people");
      both(app, "accept-desk");
      app.resizes(1000, 700);
      both(app, "accept-desk-1000x700");
      app.resizes(1366, 768);
      app.ticks("madeSure");
      world.control().othersAccept("Northwind", 1, List.of(ready.getFirst().name()));

      app.presses(KeyCode.CONTROL, KeyCode.ENTER);
      app.reads("Accepting 24 in");
      app.reads("Esc stops");
      app.reads("23 joined, 1 was a member already.");
      app.reads("'" + ready.get(1).name() + "' has joined Northwind.");
      both(app, "accept-desk-accepted");

      app.clicks("copy");
      app.waitsForClipboard("(?s)Northwind, \\d+ \\p{L}+ \\d\\d:\\d\\d, INC-4711: 23 joined,.*");
      assertThat(app.clipboard().lines().findFirst().orElseThrow())
          .endsWith(
              ": 23 joined, 1 was a member already, 3 expired, 1 accepted here before, 1 for Contoso"
                  + " not accepted.");
      assertThat(app.clipboard()).contains("Joined: ", ready.getLast().name());
      mail.forEach(one -> assertThat(app.clipboard()).doesNotContain(one.code().reveal()));

      app.goesTo("codeField");
      app.types(inGroups(caller.getFirst().code()));
      app.reads("1 code found");
      app.presses(KeyCode.ENTER);
      app.reads("Accept 1 person");
      app.reads("I made sure that the caller is " + caller.getFirst().name());
      app.presses(KeyCode.ENTER);
      app.reads("'" + caller.getFirst().name() + "' has joined Northwind.");
      app.reads("Today: 26 accepted");
    }
    assertThat(outcomes("INC-4711"))
        .as("the ticket's people and the caller's")
        .hasSize(25)
        .containsOnly(RowState.JOINED, RowState.ALREADY_MEMBER);
    assertThat(noted("INC-4711").callerConfirmed()).isTrue();
  }

  @Test
  void withTheLineDownCodesAreKeptAndTheClearOnesAcceptedWhenItIsBack() throws Exception {
    List<Coded> soon = invite(northwind, 2);
    world.control().moveClock(Duration.ofHours(70));
    List<Coded> ready = invite(northwind, 24);
    List<Coded> mail = new ArrayList<>(ready);
    mail.addAll(soon);

    try (GuestlistDriver app = window()) {
      world.stopServer();
      world.workplace().session().probe();
      app.reads("Offline since");
      app.fills("ticket", "INC-4711");
      app.goesTo("codeField");
      app.pastes(mail(mail));
      app.presses(KeyCode.ENTER);
      app.reads("Not checked 26");
      app.reads("Keep 26 codes and send later");
      both(app, "accept-desk-offline");

      app.presses(KeyCode.CONTROL, KeyCode.ENTER);
      app.reads(
          "Offline. 26 codes look right and wait on this computer, encrypted. They are checked and"
              + " accepted when the connection is back. Tell the caller: not done yet.");
      app.clicks("copy");
      app.waitsForClipboard("(?s).*, INC-4711: 26 kept, not accepted\\..*");
      both(app, "accept-desk-kept");

      world.startServer();
      world.control().moveClock(Duration.ofHours(4));
      world.workplace().worker().tryNow();
      app.reads("24 accepted, 2 need you.");
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT4);
      app.reads("Needs a decision (1)");
      app.reads("INC-4711");
      app.reads("The invitation has ended.");
      app.reads("Copy text for the caller");
    }
    assertThat(outcomes("INC-4711"))
        .hasSize(26)
        .contains(RowState.NEEDS_DECISION)
        .filteredOn(state -> state == RowState.JOINED)
        .hasSize(24);
  }

  @Test
  void withTheSessionGoneTooSomebodySignsInOrAcceptsWithoutLooking() throws Exception {
    List<Coded> ready = invite(northwind, 2);
    try (GuestlistDriver app = window()) {
      world.stopServer();
      world.workplace().session().probe();
      app.reads("Offline since");
      app.fills("ticket", "INC-4712");
      app.goesTo("codeField");
      app.pastes(mail(ready));
      app.presses(KeyCode.ENTER);
      app.reads("Keep 2 codes and send later");
      app.presses(KeyCode.CONTROL, KeyCode.ENTER);
      app.reads("Tell the caller: not done yet.");

      world.workplace().session().signOut();
      world.startServer();
      world.workplace().session().probe();
      world.workplace().worker().tryNow();
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT4);
      app.reads("Sign in and check");
      app.clicksIn("runsList", "Accept without looking");
      app.reads("used up by accepting it");
      app.clicksIn("question", "Accept without looking");
      PracticeWorld.until(() ->
          outcomes("INC-4712").stream().filter(state -> state == RowState.JOINED).count() == 2);
    }
  }

  /// Ready, a member already, expired, unknown, used here, another organization: each is told in
  /// words of its own.
  @Test
  void sixThingsThatACodeCanBeAreSixSentences() throws Exception {
    List<Coded> expired = invite(northwind, 1);
    world.control().moveClock(Duration.ofHours(73));
    List<Coded> ready = invite(northwind, 3);
    List<Coded> used = invite(northwind, 1);
    acceptNow(used.getFirst().code(), "INC-4600");
    OrganizationId contoso = world.organization("Contoso");
    world.workplace().organizations().switchTo(contoso);
    List<Coded> elsewhere = invite(contoso, 1);
    try (GuestlistDriver app = window()) {
      app.pastes(
          mail(List.of(ready.get(0), ready.get(1), ready.get(2), expired.get(0), used.get(0)))
              + elsewhere.get(0).code().reveal()
              + "\n11111111-2222-3333-4444-555555555555");
      app.presses(KeyCode.ENTER);
      app.reads("Ready 3");
      app.reads("The invitation has ended. Accepting would only use the code up");
      app.reads("Nobody waits behind this code. It was used already, replaced by a newer");
      app.reads("This code was accepted here on");
      app.reads("by pat, INC-4600.");
      app.reads("Most of this list leads to another organization.");
      world.control().othersAccept("Northwind", 1, List.of(ready.getFirst().name()));
      app.presses(KeyCode.CONTROL, KeyCode.ENTER);
      app.reads("'" + ready.get(1).name() + "' has joined Northwind.");
      app.reads("2 joined, 1 was a member already.");
    }
  }

  private record Coded(String name, ConfirmationCode code) {}

  /// Invites the next people without the server's mail.
  private List<Coded> invite(OrganizationId into, int count) {
    List<Target.Person> people =
        names.subList(0, count).stream()
            .map(name -> new Target.Person(Username.parse(name), List.of(), List.of()))
            .toList();
    names = names.subList(count, names.size());
    Run run = world.workplace().runs().invite(into, people, false, "");
    List<Coded> codes = new ArrayList<>();
    for (RunRow row : world.settled(run)) {
      assertThat(row.state()).as(row.target().name()).isEqualTo(RowState.INVITED);
      codes.add(
          new Coded(row.target().name(), world.workplace().runs().code(row.id()).orElseThrow()));
    }
    return codes;
  }

  private void acceptNow(ConfirmationCode code, String ticket) {
    Run run =
        world
            .workplace()
            .runs()
            .accept(
                List.of(new ToAccept(code, Optional.empty(), Optional.empty())),
                Ticket.of(ticket),
                Duration.ZERO);
    assertThat(world.settled(run)).extracting(RunRow::state).containsExactly(RowState.JOINED);
  }

  private List<RowState> outcomes(String ticket) {
    return world.workplace().runs().all().stream()
        .filter(run -> run.wish() instanceof Wish.Accept && run.ticket().number().equals(ticket))
        .flatMap(run -> world.workplace().runs().rows(run.number()).stream())
        .map(RunRow::state)
        .toList();
  }

  private Ticket noted(String ticket) {
    return world.workplace().runs().all().stream()
        .map(Run::ticket)
        .filter(one -> one.number().equals(ticket) && one.callerConfirmed())
        .findFirst()
        .orElseThrow();
  }

  private GuestlistDriver window() throws Exception {
    GuestlistDriver app = GuestlistDriver.start(folder.resolve("window"));
    app.opens(world.workplace());
    app.resizes(1366, 768);
    app.presses(KeyCode.CONTROL, KeyCode.DIGIT2);
    app.reads("Paste or type codes");
    return app;
  }

  private static void both(GuestlistDriver app, String name) {
    app.looks(true);
    app.picture(name + "-dark");
    app.looks(false);
    app.picture(name + "-light");
  }

  /// Eleven lines of talk, links and bare codes, the first code twice, the second with a line
  /// break.
  private static String mail(List<Coded> people) {
    StringBuilder text =
        new StringBuilder(
            """
            From: Dora Kern <dora@partners.example>
            Subject: our people for Northwind

            Hello helpdesk,

            these are ours. Some sent me the whole link,
            some only the code.
            """);
    for (int i = 0; i < people.size(); i++) {
      String code = people.get(i).code().reveal();
      if (i == 1) {
        text.append(code, 0, 20).append('\n').append(code.substring(20)).append('\n');
      } else {
        text.append(code).append('\n');
      }
    }
    text.append(
        """
        The first once more:
        """);
    text.append(people.getFirst().code().reveal()).append('\n');
    text.append(
        """
        Thank you!
        Regards
        Dora Kern
        Partners
        +49 30 1234
        """);
    return text.toString();
  }

  private static String inGroups(ConfirmationCode code) {
    return code.reveal().replace("-", "").replaceAll("(.{4})(?!$)", "$1 ");
  }
}
