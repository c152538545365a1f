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
import dev.guestlist.practice.PracticeControl;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.StartLine;
import dev.guestlist.service.Runs.ToAccept;
import dev.guestlist.stories.GuestlistDriver.DrawnRow;
import dev.guestlist.testing.PracticeWorld;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
  private OrganizationId contoso;
  private List<String> names = List.of();

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.signedIn(folder.resolve("world"));
    world.workplace().organizations().readIndex();
    northwind = world.organization("Northwind");
    contoso = world.organization("Contoso");
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
    Received received = receiveTheMail();
    Coded caller = invite(northwind, 1).getFirst();
    becomeTheHelpdesk();
    Coded joinedByLink = received.ready().getFirst();
    List<Coded> others = received.ready().subList(1, 24);

    try (GuestlistDriver app = window()) {
      List<String> said = app.listensTo("message");
      app.pastes(mail(received.all()));
      app.reads("29 codes found, 1 twice, 1 repaired, 11 lines ignored.");

      app.goesTo("ticket");
      app.types("INC-4711");
      app.presses(KeyCode.ENTER);
      app.reads("Ready 24 · Expired 3 · Accepted here before 1 · Other organization 1 (Contoso)");
      app.reads("Accept 24 people");
      everybodyStandsThereAndTheReadyAreTicked(app, received);
      app.settle();
      both(app, "accept-mail");
      app.resizes(1000, 700);
      both(app, "accept-mail-1000x700");
      app.resizes(1366, 768);
      app.ticks("madeSure");
      world.control().othersAccept("Northwind", 1, List.of(joinedByLink.name()));
      world.control().clearLog();

      app.presses(KeyCode.CONTROL, KeyCode.ENTER);
      app.reads("23 joined, 1 was a member already.");
      countedDown(said, 24);
      List<DrawnRow> rows = app.drawnRows("table");
      for (Coded one : others) {
        assertThat(rows).anyMatch(row -> row.reads("'" + one.name() + "' has joined Northwind."));
      }
      both(app, "accept-mail-accepted");

      app.selectsRowOf("table", received.expired().get(1).name());
      app.presses(KeyCode.ENTER);
      app.reads("Copied for somebody who may invite: 3 names.");
      assertThat(app.clipboard())
          .isEqualTo(
              "Please invite again: %s into Northwind. Their codes ended on %s."
                  .formatted(namesOf(received.expired()), day(received.ended())));

      app.clicks("copy");
      app.waitsForClipboard("(?s)Northwind, \\d+ \\p{L}+ \\d\\d:\\d\\d, INC-4711: .*");
      assertThat(app.clipboard().replaceFirst(" \\d+ \\p{L}+ \\d\\d:\\d\\d,", ""))
          .isEqualToNormalizingNewlines(
              """
              Northwind, INC-4711: 23 joined, 1 was a member already, 3 expired,\
               1 accepted here before, 1 for Contoso not accepted.
              Joined: %s
              Member already: %s
              Expired: %s
              Accepted here before: %s
              Other organization: %s (Contoso)\
              """
                  .formatted(
                      namesOf(others),
                      joinedByLink.name(),
                      namesOf(received.expired()),
                      received.used().name(),
                      received.elsewhere().name()));
      assertThat(acceptedAtTheServer())
          .containsExactlyInAnyOrderElementsOf(others.stream().map(Coded::name).toList());
      received
          .all()
          .forEach(one -> assertThat(app.clipboard()).doesNotContain(one.code().reveal()));

      app.goesTo("codeField");
      app.types(inGroups(caller.code()));
      app.reads("1 code found");
      app.presses(KeyCode.ENTER);
      app.reads("Accept 1 person");
      app.reads("I made sure that the caller is " + caller.name());
      app.waitsForFocusOn("Accept");
      assertThat(app.drawnRows("table"))
          .filteredOn(row -> row.reads(caller.name()))
          .singleElement()
          .matches(row -> row.reads("Northwind") && row.reads("from Partners"), "into Northwind");
      app.presses(KeyCode.ENTER);
      app.reads("'" + caller.name() + "' has joined Northwind.");
      app.reads("Today: 26 accepted");
    }
    assertThat(outcomes("INC-4711"))
        .as("the ticket's people and the caller's")
        .hasSize(25)
        .containsOnly(RowState.JOINED, RowState.ALREADY_MEMBER);
    assertThat(noted("INC-4711").callerConfirmed()).isTrue();
  }

  /// Names and organizations can be read, what is ready is ticked and nothing else, the one for
  /// another organization stands apart at the end, and the used one says when and by whom.
  private static void everybodyStandsThereAndTheReadyAreTicked(
      GuestlistDriver app, Received received) {
    List<DrawnRow> rows = app.drawnRows("table");
    List<Coded> people = received.all();
    assertThat(rows).hasSize(people.size());
    for (int i = 0; i < rows.size(); i++) {
      Coded one = people.get(i);
      boolean elsewhere = one.equals(received.elsewhere());
      assertThat(rows.get(i).texts())
          .contains(one.name(), elsewhere ? "Contoso" : "Northwind", one.code().toString());
      assertThat(rows.get(i).ticked())
          .as("%s is ticked", one.name())
          .isEqualTo(received.ready().contains(one));
      assertThat(rows.get(i).apart()).as("%s stands apart", one.name()).isEqualTo(elsewhere);
    }
    assertThat(rows.get(people.indexOf(received.used())).texts())
        .anyMatch(text ->
            text.matches(
                "This code was accepted here on \\d+ \\p{L}+ \\d\\d:\\d\\d by ina,"
                    + " INC-4600\\."));
  }

  /// The line that counts down was there from the start of it to its end.
  private static void countedDown(List<String> said, int people) {
    List<String> counting = said.stream().filter(line -> line.contains(" s. Esc")).toList();
    assertThat(counting)
        .isNotEmpty()
        .allMatch(line -> line.matches("Accepting " + people + " in [1-5] s\\. Esc stops\\."))
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(counting.getFirst())
        .as("5 s, less what writing the run down took")
        .matches("Accepting " + people + " in [45] s\\. Esc stops\\.");
    assertThat(said)
        .contains("Accepting " + people + ". Esc stops after the one that is on its way.");
  }

  /// Paste, Enter, Ctrl+Enter, and nothing else: no ticket, no tick.
  @Test
  void thirtyCodesNeedThreePressesAndNothingElse() throws Exception {
    Received received = receiveTheMail();
    becomeTheHelpdesk();
    try (GuestlistDriver app = window()) {
      app.copies(mail(received.all()));
      world.control().clearLog();

      app.presses(KeyCode.CONTROL, KeyCode.V);
      app.reads("29 codes found, 1 twice, 1 repaired, 11 lines ignored.");
      app.presses(KeyCode.ENTER);
      app.reads("Ready 24 · Expired 3 · Accepted here before 1 · Other organization 1 (Contoso)");
      app.presses(KeyCode.CONTROL, KeyCode.ENTER);
      app.reads("24 joined. The field is free for the next caller.");

      app.clicks("copy");
      app.waitsForClipboard("(?s)Northwind, \\d+ \\p{L}+ \\d\\d:\\d\\d: 24 joined, .*");
      List<String> ticket = app.clipboard().lines().toList();
      assertThat(ticket.getFirst())
          .endsWith(": 24 joined, 3 expired, 1 accepted here before, 1 for Contoso not accepted.");
      assertThat(List.of(ticket.get(1).substring("Joined: ".length()).split(", ")))
          .isEqualTo(received.ready().stream().map(Coded::name).toList())
          .containsExactlyInAnyOrderElementsOf(acceptedAtTheServer());
    }
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
      app.reads("26 codes found");
      app.presses(KeyCode.ENTER);
      app.reads("Not checked 26");
      app.reads("Keep 26 codes and send later");
      both(app, "accept-mail-offline");

      app.presses(KeyCode.CONTROL, KeyCode.ENTER);
      app.reads(
          "Offline. 26 codes look right and wait on this computer, encrypted. They are checked and"
              + " accepted when the connection is back. Tell the caller: not done yet.");
      app.clicks("copy");
      app.waitsForClipboard("(?s).*, INC-4711: 26 kept, not accepted\\..*");
      both(app, "accept-mail-kept");

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
  void withTheSessionGoneTooSomebodySignsInAndTheCodesAreCheckedAndAccepted() throws Exception {
    List<Coded> ready = invite(northwind, 2);
    try (GuestlistDriver app = window()) {
      keepWithTheSessionGone(app, ready);
      app.clicksIn("runsList", "Sign in and check");

      app.reads("2 accepted");
      app.seesNoMore("Sign in and check");
    }
    assertThat(outcomes("INC-4712")).containsExactly(RowState.JOINED, RowState.JOINED);
    assertThat(acceptedAtTheServer()).containsExactlyElementsOf(namesIn(ready));
    assertThat(calls("accept")).isEqualTo(2);
    assertThat(codeCalls()).as("looked up first").startsWith("introspect");
    assertThat(calls("introspect")).as("each of them").isGreaterThanOrEqualTo(2);
  }

  @Test
  void withTheSessionGoneTooSomebodyAcceptsWithoutLooking() throws Exception {
    List<Coded> ready = invite(northwind, 2);
    try (GuestlistDriver app = window()) {
      keepWithTheSessionGone(app, ready);
      app.clicksIn("runsList", "Accept without looking");
      app.reads("used up by accepting it");
      assertThat(calls("accept")).isZero();
      app.clicksIn("question", "Accept without looking");
      PracticeWorld.until(
          () -> outcomes("INC-4712").equals(List.of(RowState.JOINED, RowState.JOINED)));
    }
    assertThat(acceptedAtTheServer()).containsExactlyElementsOf(namesIn(ready));
    assertThat(calls("introspect")).isZero();
  }

  /// Codes are kept while the line is down; then the line is back and nobody is signed in.
  private void keepWithTheSessionGone(GuestlistDriver app, List<Coded> ready) throws Exception {
    world.stopServer();
    world.workplace().session().probe();
    app.reads("Offline since");
    app.fills("ticket", "INC-4712");
    app.goesTo("codeField");
    app.pastes(mail(ready));
    app.reads("2 codes found");
    app.presses(KeyCode.ENTER);
    app.reads("Keep 2 codes and send later");
    app.presses(KeyCode.CONTROL, KeyCode.ENTER);
    app.reads("Tell the caller: not done yet.");

    world.workplace().session().signOut();
    world.startServer();
    world.control().clearLog();
    world.workplace().session().probe();
    world.workplace().worker().tryNow();
    app.presses(KeyCode.CONTROL, KeyCode.DIGIT4);
    app.reads("Sign in and check");
    assertThat(acceptedAtTheServer()).isEmpty();
  }

  /// Ready, a member already, expired, unknown, used here, another organization: each is told in
  /// words of its own.
  @Test
  void sixThingsThatACodeCanBeAreSixSentences() throws Exception {
    Coded expired = invite(northwind, 1).getFirst();
    world.control().moveClock(Duration.ofHours(73));
    List<Coded> ready = invite(northwind, 3);
    Coded used = invite(northwind, 1).getFirst();
    acceptNow(used.code(), "INC-4600");
    Coded elsewhere = inviteElsewhere();
    String member = ready.get(0).name();
    String joined = ready.get(1).name();
    try (GuestlistDriver app = window()) {
      app.pastes(
          mail(List.of(ready.get(0), ready.get(1), ready.get(2), expired, used))
              + elsewhere.code().reveal()
              + "\n11111111-2222-3333-4444-555555555555");
      app.reads("7 codes found");
      app.presses(KeyCode.ENTER);
      app.reads("Ready 3 · Expired 1 · Unknown 1 · Accepted here before 1 · Other organization 1");
      joinsByAnotherMail(member);
      app.presses(KeyCode.CONTROL, KeyCode.ENTER);
      app.reads("2 joined, 1 was a member already.");

      List<DrawnRow> rows = app.drawnRows("table");
      List<String> sentences =
          List.of(
              sentence(rows, joined, "Joined"),
              sentence(rows, member, "Member already"),
              sentence(rows, expired.name(), "Expired"),
              sentence(rows, "****-5555", "Unknown"),
              sentence(rows, used.name(), "Accepted here before"),
              sentence(rows, elsewhere.name(), "Other organization"));
      assertThat(sentences)
          .containsExactly(
              "'" + joined + "' has joined Northwind.",
              "'" + member + "' is a member of Northwind already. The invitation is cleared.",
              "The invitation has ended. Accepting would only use the code up: ask for a new"
                  + " invitation.",
              "Nobody waits behind this code. It was used already, replaced by a newer invitation,"
                  + " deleted, or mistyped.",
              "This code was accepted here on %s by pat, INC-4600.".formatted(acceptedHere()),
              "Most of this list leads to another organization. Tick it to accept it too.");
      assertThat(sentences.stream().map(one -> one.replace(joined, "X").replace(member, "X")))
          .doesNotHaveDuplicates();
    }
  }

  /// What is said about a code, below the word for its state.
  private static String sentence(List<DrawnRow> rows, String of, String state) {
    List<String> texts =
        rows.stream().map(DrawnRow::texts).filter(it -> it.contains(of)).findFirst().orElseThrow();
    assertThat(texts).contains(state);
    return texts.stream()
        .filter(text -> text.endsWith("."))
        .reduce((one, other) -> one + " " + other)
        .orElseThrow();
  }

  /// Somebody else invited this person too, by the server's mail, and its link is opened now.
  private void joinsByAnotherMail(String person) throws Exception {
    assertThat(world.control().othersInvite("Northwind", List.of(person))).containsExactly(person);
    String link = world.control().mails().getFirst().link();
    try (HttpClient browser = HttpClient.newHttpClient()) {
      HttpResponse<String> page =
          browser.send(
              HttpRequest.newBuilder(URI.create(link)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(page.body()).contains("Invitation accepted");
    }
  }

  /// When the code of ticket INC-4600 was accepted, as the window says moments.
  private String acceptedHere() {
    Instant accepted =
        world.workplace().runs().all().stream()
            .filter(run -> run.ticket().number().equals("INC-4600"))
            .flatMap(run -> world.workplace().runs().rows(run.number()).stream())
            .findFirst()
            .orElseThrow()
            .changed();
    return DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH)
        .format(accepted.atZone(ZoneId.systemDefault()));
  }

  private static String day(Instant at) {
    return DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH)
        .format(at.atZone(ZoneId.systemDefault()));
  }

  private record Coded(String name, ConfirmationCode code, OrganizationId into) {}

  /// What the coordinator's mail holds: the codes in their order.
  ///
  /// @param ended when those that are expired came to their end, by this computer's clock
  private record Received(
      List<Coded> ready, List<Coded> expired, Coded used, Coded elsewhere, Instant ended) {
    List<Coded> all() {
      List<Coded> all = new ArrayList<>(ready);
      all.addAll(expired);
      all.add(used);
      all.add(elsewhere);
      return all;
    }
  }

  /// Twenty-four people who wait, three whose time is over, one who was accepted by somebody else
  /// at this computer, and one of another organization.
  private Received receiveTheMail() throws Exception {
    List<Coded> expired = invite(northwind, 3);
    Instant ended = Instant.now().minus(Duration.ofHours(1));
    world.control().moveClock(Duration.ofHours(73));
    List<Coded> ready = invite(northwind, 24);
    Coded used = invite(northwind, 1).getFirst();
    Coded elsewhere = inviteElsewhere();
    signInAs("ina");
    acceptNow(used.code(), "INC-4600");
    signInAs("pat");
    return new Received(ready, expired, used, elsewhere, ended);
  }

  /// Whoever works here may look codes up and list members, and invites nobody.
  private void becomeTheHelpdesk() throws Exception {
    world.control().takeRight("pat", "Northwind", "internal_org_guest_mgt_invite_add");
    signInAs("pat");
    assertThat(world.workplace().invitations().refresh(northwind)).isEmpty();
  }

  private void signInAs(String account) throws Exception {
    world.workplace().session().signOut();
    world.signIn(account);
    world.workplace().organizations().switchTo(northwind);
  }

  private Coded inviteElsewhere() throws Exception {
    world.workplace().organizations().switchTo(contoso);
    Coded one = invite(contoso, 1).getFirst();
    world.workplace().organizations().switchTo(northwind);
    return one;
  }

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
          new Coded(
              row.target().name(), world.workplace().runs().code(row.id()).orElseThrow(), into));
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

  private static List<String> namesIn(List<Coded> people) {
    return people.stream().map(Coded::name).toList();
  }

  private static String namesOf(List<Coded> people) {
    return String.join(", ", namesIn(people));
  }

  /// Whom this program made members of Northwind, by the server's own account.
  private List<String> acceptedAtTheServer() {
    return world.control().log().effects().stream()
        .filter(effect -> effect.kind() == Effect.Kind.ACCEPTED && effect.request() > 0)
        .filter(effect -> effect.organization().equals(northwind.value()))
        .map(Effect::person)
        .toList();
  }

  private long calls(String what) {
    return codeCalls().stream().filter(what::equals).count();
  }

  /// What the server was asked about codes, in turn: `introspect`, `accept`.
  private List<String> codeCalls() {
    return world.control().log().requests().stream()
        .map(PracticeControl.Request::path)
        .filter(path -> path.contains("/guests/invitation/"))
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .toList();
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
  private String mail(List<Coded> people) {
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
      } else if (i % 3 == 2) {
        text.append(link(people.get(i), i / 3)).append('\n');
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

  /// As the server's mail has it; some servers put other parameters before or after the code.
  private String link(Coded one, int number) {
    String address =
        world.connection().server()
            + "/o/"
            + one.into()
            + "/accountrecoveryendpoint/acceptinvitation.do?";
    String code = "code=" + one.code().reveal();
    return address
        + switch (number % 3) {
          case 0 -> code;
          case 1 -> "callback=https%3A%2F%2Fmyaccount.example%2Ft%2Facme&" + code;
          default -> code + "&tenantDomain=acme&utm_source=mail";
        };
  }

  private static String inGroups(ConfirmationCode code) {
    return code.reveal().replace("-", "").replaceAll("(.{4})(?!$)", "$1 ");
  }
}
