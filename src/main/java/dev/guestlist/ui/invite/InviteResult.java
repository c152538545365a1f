package dev.guestlist.ui.invite;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Held;
import dev.guestlist.model.PastedPeople;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Wish;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Runs;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Reread;
import dev.guestlist.ui.kit.RowText;
import dev.guestlist.ui.kit.RunWords;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.StatusText;
import dev.guestlist.ui.kit.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What became of everybody in one invite run, followed until every row is settled.
final class InviteResult implements AutoCloseable {
  private final ScreenContext context;
  private final Background background;
  private final Runs runs;
  private final RunWords words;
  private final long number;
  private final RowText.Names names;
  private final Reread<News> outcome;
  private final Changes.Subscription subscription;
  private final ObservableList<Line> lines = FXCollections.observableArrayList();
  private final ReadOnlyStringWrapper headline = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper held = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper mayGoOn = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper codes = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper again = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper done = new ReadOnlyBooleanWrapper();

  /// One person.
  ///
  /// @param lastFour of the code that is sealed here; blank when there is none
  record Line(
      RunRow row, String person, StatusText look, String sentence, String next, String lastFour) {}

  private record News(Run run, List<RunRow> rows, List<String> lastFours) {}

  InviteResult(ScreenContext context, Run run, String organization, String parent) {
    this.context = context;
    this.background = context.background().scope();
    this.runs = context.workplace().runs();
    this.words = new RunWords(context.texts());
    this.number = run.number();
    this.names = new RowText.Names(organization, parent);
    this.outcome = Reread.of(background, this::read, this::show);
    this.subscription = context.workplace().changes().subscribe(background.onScreen(this::heard));
    outcome.ask();
  }

  ObservableList<Line> lines() {
    return lines;
  }

  /// "2 invited, 1 not sent."
  ReadOnlyStringProperty headlineProperty() {
    return headline.getReadOnlyProperty();
  }

  /// Why the run does not go on; blank while it does.
  ReadOnlyStringProperty heldProperty() {
    return held.getReadOnlyProperty();
  }

  /// Whether [#goOn] can be said here. What asks is compared with the server first, and asked about
  /// among the runs.
  ReadOnlyBooleanProperty mayGoOnProperty() {
    return mayGoOn.getReadOnlyProperty();
  }

  /// What is said about the codes that came back; blank when none did.
  ReadOnlyStringProperty codesProperty() {
    return codes.getReadOnlyProperty();
  }

  /// What the button says that takes refused people up again; blank when nobody was refused.
  ReadOnlyStringProperty againProperty() {
    return again.getReadOnlyProperty();
  }

  ReadOnlyBooleanProperty doneProperty() {
    return done.getReadOnlyProperty();
  }

  void copyCode(Line line) {
    reveal(line, context.dialogs()::copySecret);
  }

  void reveal(Line line, Consumer<String> shown) {
    background.run(
        () -> runs.code(line.row().id()).map(ConfirmationCode::reveal).orElse(""), shown);
  }

  /// Person and code of everybody, one a line, separated by a tab.
  void copyAllCodes() {
    background.run(
        () -> {
          List<String> all = new ArrayList<>();
          for (RunRow row : runs.rows(number)) {
            runs.code(row.id())
                .ifPresent(code -> all.add(row.target().name() + "\t" + code.reveal()));
          }
          return String.join("\n", all);
        },
        context.dialogs()::copySecret);
  }

  /// Lets a held run go on.
  void goOn() {
    background.run(
        () -> {
          runs.goOn(number);
          return true;
        },
        ignored -> {});
  }

  /// The people who were refused, to be looked at again.
  List<PastedPeople.Found> refused() {
    return lines.stream()
        .filter(line -> line.row().state() == RowState.REFUSED)
        .map(line -> new PastedPeople.Found(line.person(), Optional.empty(), false))
        .toList();
  }

  private void heard(Change change) {
    if (change instanceof Change.RunsChanged) {
      outcome.ask();
    }
  }

  private News read() {
    List<RunRow> rows = runs.rows(number);
    List<String> lastFours =
        rows.stream()
            .map(row -> runs.code(row.id()).map(ConfirmationCode::lastFour).orElse(""))
            .toList();
    return new News(runs.find(number).orElseThrow(), rows, lastFours);
  }

  private void show(News news) {
    Texts texts = context.texts();
    Wish wish = news.run().wish();
    List<Line> now = new ArrayList<>();
    int withCode = 0;
    for (int i = 0; i < news.rows().size(); i++) {
      RunRow row = news.rows().get(i);
      RowText text = RowText.of(row, names, texts);
      String lastFour = news.lastFours().get(i);
      withCode += lastFour.isBlank() ? 0 : 1;
      now.add(
          new Line(
              row,
              row.target().name(),
              words.word(row.state(), wish),
              text.sentence(),
              text.next(),
              lastFour));
    }
    if (!now.equals(lines)) {
      lines.setAll(now);
    }
    headline.set(words.counts(news.run()) + ".");
    boolean stands = news.run().phase() == Run.Phase.HELD || news.run().phase() == Run.Phase.ASKS;
    mayGoOn.set(news.run().phase() == Run.Phase.HELD && !news.run().done());
    held.set(
        stands && !news.run().done() ? words.why(heldBy(news.run()), names.organization()) : "");
    codes.set(withCode == 0 ? "" : texts.get("invite.result.codes", withCode, runs.keyPlace()));
    int refused = refused().size();
    again.set(refused == 0 ? "" : texts.get("invite.result.again", refused));
    done.set(news.run().done());
  }

  private static Held heldBy(Run run) {
    Held held = Held.parse(run.why());
    return held.kind() == Held.Kind.NOTHING ? new Held(Held.Kind.POSTED_OFFLINE, "") : held;
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
  }
}
