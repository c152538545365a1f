package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.CODE;
import static dev.guestlist.store.Sample.NORTHWIND;
import static dev.guestlist.store.Sample.NOW;
import static dev.guestlist.store.Sample.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.Activity;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Ticket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityTableTest {
  private static final Activity.Filter ALL = Activity.Filter.EVERYTHING;
  private static final ConfirmationCode OTHER_CODE =
      ConfirmationCode.asGiven("77aa12f0-5f5f-4d3b-9c2d-aa01bb020e9d");

  @TempDir Path folder;
  private LocalStore store;
  private ActivityTable activity;

  @BeforeEach
  void open() {
    store = Sample.open(folder);
    activity = store.activity();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Activity.Filter text(String text) {
    return new Activity.Filter(
        text, Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Optional.empty());
  }

  private static Activity.Filter kinds(Activity.Kind... kinds) {
    return new Activity.Filter(
        "", Optional.empty(), Optional.empty(), Set.of(kinds), Optional.empty(), Optional.empty());
  }

  private List<String> people(Activity.Filter filter) {
    return activity.find(filter, Long.MAX_VALUE, 100).stream().map(Activity::person).toList();
  }

  private void signedIn(String account) {
    activity.add(NOW, OTHER, Optional.empty(), Activity.Kind.SIGNED_IN, account, "");
  }

  private long settledRun() {
    Run run = store.runs().post(Sample.invite(Run.Phase.ACTIVE, NOW, "Ann", "ben", "Öznur"));
    List<RunRow> rows = store.runs().rows(run.number());
    store
        .calls()
        .settle(
            List.of(
                RowChange.to(rows.get(0).id(), RowState.INVITED),
                RowChange.because(
                    rows.get(1).id(), RowState.REFUSED, Reason.NO_EMAIL, "OUI-10010 No e-mail.")),
            NOW.plusSeconds(5));
    return run.number();
  }

  @Test
  void aRunAndItsOutcomesAreWrittenByTheTransactionsThatWriteTheRun() {
    long number = settledRun();
    store.decisions().stop(number, NOW.plusSeconds(9));
    List<Activity> lines = activity.find(ALL, Long.MAX_VALUE, 100);
    assertThat(lines)
        .extracting(line -> line.kind() + " " + line.person() + " " + line.outcome().orElse(null))
        .containsExactly(
            "ROW_DONE Öznur NOT_TRIED",
            "ROW_DONE ben REFUSED",
            "ROW_DONE Ann INVITED",
            "RUN_POSTED  null");
    assertThat(lines.get(1).reason()).contains(Reason.NO_EMAIL);
    assertThat(lines.get(1).detail()).isEqualTo("OUI-10010 No e-mail.");
    assertThat(lines).allMatch(line -> line.run().equals(Optional.of(number)));
    assertThat(lines).allMatch(line -> line.organization().equals(Optional.of(NORTHWIND)));
    assertThat(lines).allMatch(line -> line.account().equals("kim"));
    assertThat(lines.getLast().detail()).isEqualTo("3");
  }

  @Test
  void aRowThatIsSettledTwiceIsWrittenOnce() {
    Run run = store.runs().post(Sample.invite(Run.Phase.ACTIVE, NOW, "ann"));
    long row = store.runs().rows(run.number()).getFirst().id();
    store.calls().settle(List.of(RowChange.to(row, RowState.UNKNOWN)), NOW);
    store.calls().settle(List.of(RowChange.to(row, RowState.INVITED)), NOW);
    store.calls().settle(List.of(RowChange.to(row, RowState.REFUSED)), NOW);
    assertThat(activity.find(kinds(Activity.Kind.ROW_DONE), Long.MAX_VALUE, 9))
        .extracting(Activity::outcome)
        .containsExactly(Optional.of(RowState.INVITED));
  }

  @Test
  void noCodeIsEverWritten() throws Exception {
    Run run = store.runs().post(Sample.accept(NOW, CODE));
    long row = store.runs().rows(run.number()).getFirst().id();
    store.calls().settle(List.of(RowChange.to(row, RowState.JOINED)), NOW);
    Path file = folder.resolve("out.csv");
    exporter().csv(ALL, file);
    assertThat(Files.readString(file))
        .contains("****-" + CODE.lastFour())
        .doesNotContain(CODE.reveal());
  }

  @Test
  void isFoundByEveryFilter() {
    settledRun();
    signedIn("kim");
    assertThat(people(text("ANN"))).containsExactly("Ann");
    assertThat(people(text("öZNUR"))).isEmpty();
    assertThat(people(text("e-mail ben"))).containsExactly("ben");
    assertThat(people(text("inc-7 run 1"))).hasSize(3);
    assertThat(people(text("%"))).isEmpty();
    assertThat(people(kinds(Activity.Kind.SIGNED_IN))).containsExactly("");
    assertThat(
            activity.count(
                new Activity.Filter(
                    "",
                    Optional.of(ACME),
                    Optional.of(NORTHWIND),
                    Set.of(),
                    Optional.of(NOW.plusSeconds(1)),
                    Optional.of(NOW.plusSeconds(60)))))
        .isEqualTo(2);
    assertThat(activity.organizations(ACME)).containsExactly(NORTHWIND);
    assertThat(activity.organizations(OTHER)).isEmpty();
  }

  @Test
  void goesOnWhereThePageBeforeEnded() {
    for (int i = 0; i < 5; i++) {
      signedIn("user" + i);
    }
    List<Activity> first = activity.find(ALL, Long.MAX_VALUE, 2);
    List<Activity> second = activity.find(ALL, first.getLast().id(), 9);
    assertThat(first).extracting(Activity::account).containsExactly("user4", "user3");
    assertThat(second).extracting(Activity::account).containsExactly("user2", "user1", "user0");
  }

  @Test
  void cannotBeChangedOrTakenOut() throws Exception {
    signedIn("kim");
    store.close();
    try (Database main = Database.open(folder.resolve("guestlist.db"), Schema.MAIN)) {
      assertThatThrownBy(() -> main.change(s -> s.update("UPDATE activity SET account = 'x'")))
          .hasStackTraceContaining("What was done is not changed.");
      assertThatThrownBy(() -> main.change(s -> s.update("DELETE FROM activity")))
          .hasStackTraceContaining("What was done is not taken out.");
    }
    open();
    assertThat(activity.find(ALL, Long.MAX_VALUE, 9)).hasSize(1);
  }

  private ActivityFile exporter() {
    return new ActivityFile(activity, line -> "Acme", line -> "North, wind", ZoneOffset.ofHours(2));
  }

  @Test
  void isWrittenAsATableInWhichNothingIsAFormula() throws Exception {
    settledRun();
    signedIn("=cmd|' /C calc'!A0");
    Path file = folder.resolve("out.csv");
    assertThat(exporter().csv(ALL, file)).isEqualTo(4);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.getFirst())
        .isEqualTo(
            "time,connection,organization,action,account,person,wish,outcome,reason,detail,run,"
                + "ticket,note,caller confirmed");
    assertThat(lines.get(1))
        .isEqualTo("2026-03-02T12:00:00+02:00,Acme,,SIGNED_IN,'=cmd|' /C calc'!A0,,,,,,,,,");
    assertThat(lines.get(2))
        .isEqualTo(
            "2026-03-02T12:00:05+02:00,Acme,\"North, wind\",ROW_DONE,kim,ben,INVITE_WITH_CODES,"
                + "REFUSED,NO_EMAIL,OUI-10010 No e-mail.,1,INC-7,,");
  }

  @Test
  void aCodeThatWasAcceptedOrRefusedSaysForWhichTicketAndWhetherTheCallerWasConfirmed()
      throws Exception {
    Ticket ticket = new Ticket("INC-4711", "Caller: D. Kern", true);
    RunTable.NewRun asked = Sample.accept(NOW, CODE, OTHER_CODE);
    Run run =
        store
            .runs()
            .post(
                new RunTable.NewRun(
                    asked.connection(),
                    asked.organization(),
                    asked.wish(),
                    asked.account(),
                    ticket,
                    asked.phase(),
                    asked.notBefore(),
                    asked.rows()));
    List<RunRow> rows = store.runs().rows(run.number());
    store
        .calls()
        .settle(
            List.of(
                RowChange.to(rows.get(0).id(), RowState.JOINED),
                RowChange.because(rows.get(1).id(), RowState.REFUSED, Reason.UNKNOWN_CODE, "no")),
            NOW);

    assertThat(store.runs().run(run.number()).orElseThrow().ticket()).isEqualTo(ticket);
    for (String words : List.of("inc-4711", "d. kern")) {
      assertThat(activity.find(filter(words), Long.MAX_VALUE, 9))
          .as(words)
          .hasSize(3)
          .allSatisfy(line -> assertThat(line.ticket()).isEqualTo(ticket));
    }
    Path file = folder.resolve("out.csv");
    assertThat(exporter().csv(filter("inc-4711"), file)).isEqualTo(3);
    assertThat(Files.readAllLines(file).subList(1, 4))
        .allSatisfy(line -> assertThat(line).endsWith(",INC-4711,Caller: D. Kern,yes"));
  }

  private static Activity.Filter filter(String words) {
    return new Activity.Filter(
        words, Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Optional.empty());
  }

  @Test
  void isWrittenAsJsonLinesWithoutWhatIsEmpty() throws Exception {
    signedIn("=kim \"the\" first");
    Path file = folder.resolve("out.jsonl");
    assertThat(exporter().jsonLines(ALL, file)).isEqualTo(1);
    assertThat(Files.readString(file))
        .isEqualTo(
            "{\"time\":\"2026-03-02T12:00:00+02:00\",\"connection\":\"Acme\","
                + "\"action\":\"SIGNED_IN\",\"account\":\"=kim \\\"the\\\" first\"}\n");
  }
}
