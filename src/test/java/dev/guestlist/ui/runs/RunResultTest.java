package dev.guestlist.ui.runs;

import static dev.guestlist.testing.PracticeWorld.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.runs.RunLine.Action;
import dev.guestlist.ui.runs.RunLine.Card;
import dev.guestlist.ui.runs.RunLine.Offer;
import dev.guestlist.ui.runs.RunLine.Outcomes;
import dev.guestlist.ui.runs.RunLine.Person;
import dev.guestlist.ui.runs.RunLine.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What can be done with runs that move, and with what they came to.
@Execution(ExecutionMode.CONCURRENT)
class RunResultTest {
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
    model =
        new RunsViewModel(
            screen.over(world),
            new RunsViewModel.Ways((to, what) -> {}, () -> {}, () -> {}, screen));
    screen.until(() -> !model.emptyProperty().get().isEmpty());
  }

  @AfterEach
  void close() {
    model.close();
    world.close();
  }

  private Run invite(boolean serverMails, Target.Person... people) {
    return world.workplace().runs().invite(contoso, List.of(people), serverMails, "INC-4711");
  }

  private Optional<Card> find(Run run) {
    return model.lines().stream()
        .filter(line -> line instanceof Card it && it.number() == run.number())
        .map(line -> (Card) line)
        .findFirst();
  }

  private Card in(Section section, Run run) {
    screen.until(() -> find(run).filter(card -> card.section() == section).isPresent());
    return find(run).orElseThrow();
  }

  private Outcomes opened(Run run) {
    model.toggle(in(Section.DONE, run));
    screen.until(() -> model.lines().stream().anyMatch(line -> line instanceof Outcomes));
    return outcomes();
  }

  private Outcomes outcomes() {
    return model.lines().stream()
        .filter(line -> line instanceof Outcomes)
        .map(line -> (Outcomes) line)
        .findFirst()
        .orElseThrow();
  }

  private List<Person> people() {
    return model.lines().stream()
        .filter(line -> line instanceof Person)
        .map(line -> (Person) line)
        .toList();
  }

  private void take(RunLine line, Action action) {
    model.take(
        line,
        line.choices().stream().filter(it -> it.action() == action).findFirst().orElseThrow());
  }

  private String told() {
    int before = screen.told().size();
    screen.until(() -> screen.told().size() > before || before > 0);
    return screen.told().getLast();
  }

  @Test
  void rowsAreNarrowedDownByOutcomeAndByName() {
    Run run = invite(true, world.people("Contoso", 1).getFirst(), person("nobody.at.all"));
    Outcomes outcomes = opened(run);

    assertThat(outcomes.chips())
        .extracting(Offer::label)
        .containsExactly("All 2", "Invited 1", "Not sent 1");
    model.take(outcomes, outcomes.chips().getLast());
    assertThat(people()).extracting(Person::name).containsExactly("nobody.at.all");
    assertThat(outcomes().chips().getLast().chosen()).isTrue();
    model.take(outcomes(), outcomes().chips().getFirst());
    assertThat(people()).hasSize(2);
    model.filterProperty().set("nobody");
    assertThat(people()).extracting(Person::name).containsExactly("nobody.at.all");
  }

  @Test
  void aRefusedRowNamesTheServersCodeInItsDetails() {
    Run run = invite(true, person("nobody.at.all"));
    opened(run);
    Person refused = people().getFirst();

    assertThat(refused.words().details()).startsWith("OUI-10011");
    take(refused, Action.COPY_DETAILS);
    assertThat(screen.copied()).containsExactly(refused.words().details());
  }

  @Test
  void theSummaryIsThreePlainLines() {
    Run run = invite(false, world.people("Contoso", 1).getFirst(), person("nobody.at.all"));
    take(opened(run), Action.SUMMARY);
    screen.until(() -> !screen.copied().isEmpty());

    List<String> lines = screen.copied().getFirst().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .isEqualTo(
            "Run " + run.number() + ": Invite 2 people into Contoso, codes handed over by you");
    assertThat(lines.get(1)).isEqualTo("1 invited, 1 not sent");
    assertThat(lines.get(2)).matches("\\d\\d:\\d\\d to \\d\\d:\\d\\d by pat, INC-4711");
  }

  @Nested
  class Reports {
    private Run run;
    private ConfirmationCode code;
    private final Path csv = Path.of("report.csv");

    @BeforeEach
    void inviteWithACode() {
      run = invite(false, world.people("Contoso", 1).getFirst(), person("=nobody"));
      RunRow row = world.settled(run).getFirst();
      code = world.workplace().runs().code(row.id()).orElseThrow();
    }

    private String written(Action action, String name) throws Exception {
      Path file = folder.resolve(name);
      screen.takes(file);
      take(outcomes(), action);
      told();
      return Files.readString(file);
    }

    @Test
    void haveEveryRowInItsOrderWithoutCodes() throws Exception {
      opened(run);
      String text = written(Action.REPORT_CSV, csv.toString());

      assertThat(text.lines()).hasSize(3);
      assertThat(text.lines().findFirst().orElseThrow())
          .isEqualTo(
              "row,person,user store,groups,roles,outcome,reason,in words,server,time,invitation");
      assertThat(text).contains("INVITED").contains("REFUSED,UNKNOWN_USER").contains("OUI-10011");
      assertThat(text).as("no formula for a spreadsheet").contains(",'=nobody,");
      assertThat(text).doesNotContain(code.reveal());
      assertThat(screen.told().getLast()).startsWith("2 rows are in ");
    }

    @Test
    void haveCodesOnlyWhenThatIsTicked() throws Exception {
      opened(run);
      take(outcomes(), Action.WITH_CODES);
      String text = written(Action.REPORT_JSON, "report.jsonl");

      assertThat(text.lines()).hasSize(2);
      assertThat(text).contains("\"code\":\"" + code.reveal() + "\"");
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        assertThat(
                PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(folder.resolve("report.jsonl"))))
            .isEqualTo("rw-------");
      }
    }

    @Test
    void sayWhenTheFileCannotBeWritten() {
      opened(run);
      screen.takes(folder.resolve("missing").resolve("report.csv"));
      take(outcomes(), Action.REPORT_CSV);

      assertThat(told()).contains("could not be written");
    }
  }

  @Test
  void whatWasNotDoneIsRetriedInANewRun() {
    Run run = invite(true, world.people("Contoso", 1).getFirst(), person("nobody.at.all"));
    take(in(Section.DONE, run), Action.RETRY);

    assertThat(screen.questions().getLast().action()).isEqualTo("Retry 1");
    screen.takeAction();
    screen.until(() ->
        world.workplace().runs().all().size() == 2
            && world.workplace().runs().all().getFirst().done());
    assertThat(world.workplace().runs().all().getFirst().counts())
        .containsOnly(Map.entry(RowState.REFUSED, 1));
  }

  @Test
  void takingBackSaysFirstWhatCanBeDeletedAndWhatStays() {
    List<Target.Person> people = world.people("Contoso", 3);
    Run run = invite(true, people.toArray(Target.Person[]::new));
    world.settled(run);
    PracticeWorld.until(() ->
        world.workplace().runs().rows(run.number()).stream()
            .allMatch(row -> row.invitation().isPresent()));
    world.control().othersDelete("Contoso", 1, List.of(people.getFirst().username().name()));
    world.workplace().invitations().refresh(contoso);
    world.control().clearLog();
    take(in(Section.DONE, run), Action.TAKE_BACK);
    screen.until(() -> !screen.questions().isEmpty());

    assertThat(screen.questions().getLast().text())
        .isEqualTo(
            "2 can be deleted, their codes stop working. 1 is not listed any more: these stay.");
    assertThat(screen.questions().getLast().action()).isEqualTo("Delete 2");
    assertThat(world.control().log().effects()).isEmpty();
    screen.takeAction();
    screen.until(() -> world.workplace().runs().all().size() == 2);
    world.clock().move(Duration.ofSeconds(20));
    world.workplace().worker().tryNow();
    screen.until(() ->
        world.control().log().effects().stream()
                .filter(effect -> effect.kind() == Effect.Kind.DELETED)
                .count()
            == 2);
  }

  @Test
  void aRunIsPausedAndGoesOn() {
    world.control().answerSlowly(Duration.ofMillis(300));
    List<Target.Person> people = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      people.add(person("nobody." + i));
    }
    List<String> said = new ArrayList<>();
    model.saidProperty().addListener((property, was, is) -> said.add(is));
    Run run = invite(true, people.toArray(Target.Person[]::new));
    screen.until(() ->
        find(run)
            .filter(it -> it.choices().stream().anyMatch(o -> o.action() == Action.PAUSE))
            .isPresent());
    assertThat(find(run).orElseThrow().pace()).matches("\\d+ of 60.*");
    take(find(run).orElseThrow(), Action.PAUSE);
    screen.until(() -> find(run).orElseThrow().why().startsWith("Paused."));

    assertThat(find(run).orElseThrow().choices())
        .extracting(Offer::label)
        .containsExactly("Go on", "Stop");
    world.control().allWell();
    take(find(run).orElseThrow(), Action.GO_ON);
    screen.until(() -> find(run).filter(it -> it.section() == Section.DONE).isPresent());
    assertThat(find(run).orElseThrow().counts()).isEqualTo("60 not sent");
    assertThat(said).first().isEqualTo("Run " + run.number() + ", 0 percent.");
    assertThat(said).last().asString().startsWith("Run " + run.number() + ": 60 not sent.");
    assertThat(said).as("not more often than at the quarters and rests").hasSizeLessThan(9);
  }

  @Test
  void thousandsOfRowsAreWordedOnlyWhenTheyAreSeen() {
    world.stopServer();
    world.workplace().session().probe();
    List<Target.Person> people = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      people.add(person("person." + i));
    }
    Run run = invite(true, people.toArray(Target.Person[]::new));
    world.workplace().runs().stop(run.number());
    opened(run);
    List<Person> before = people();

    assertThat(before).hasSize(5000).noneMatch(Person::isWorded);
    before.get(40).words();
    AtomicInteger touched = new AtomicInteger();
    model
        .lines()
        .addListener(
            (ListChangeListener<RunLine>)
                change -> {
                  while (change.next()) {
                    touched.addAndGet(change.getAddedSize() + change.getRemovedSize());
                  }
                });
    Run other = invite(true, person("somebody"));
    in(Section.WAITING, other);

    assertThat(touched.get()).as("lines that were drawn anew").isLessThan(10);
    assertThat(people()).hasSize(5000);
    assertThat(people().get(40)).isSameAs(before.get(40));
    assertThat(people().stream().filter(Person::isWorded)).hasSize(1);
  }
}
