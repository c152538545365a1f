package dev.guestlist.ui.changes;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.service.History;
import dev.guestlist.service.Link;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Reread;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.SearchWords;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/// What changed in the current organization between a former day and the newest list, and that
/// former list itself. All of it from what this computer keeps.
public final class ChangesViewModel implements AutoCloseable {
  private final ScreenContext context;
  private final History history;
  private final OrganizationId organization;
  private final Optional<Instant> since;
  private final Texts texts;
  private final Ages ages;
  private final Background background;
  private final Reread<Days> kept;
  private final Changes.Subscription subscription;
  private final ObservableList<DayChoice> days = FXCollections.observableArrayList();
  private final ObjectProperty<Optional<DayChoice>> day =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObservableList<ChangeRow> all = FXCollections.observableArrayList();
  private final FilteredList<ChangeRow> shown = new FilteredList<>(all);
  private final StringProperty filter = new SimpleStringProperty("");
  private final ObjectProperty<Chip> chip = new SimpleObjectProperty<>(Chip.ALL);
  private final ReadOnlyObjectWrapper<Map<Chip, Integer>> counts =
      new ReadOnlyObjectWrapper<>(Map.of());
  private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper band = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper empty = new ReadOnlyStringWrapper("");
  private Optional<Instant> readAt = Optional.empty();
  private int reads;

  /// Which lines are shown.
  enum Chip {
    ALL,
    GONE,
    NEW,
    ENDED,
    /// the former list itself
    THEN
  }

  /// A day to compare with.
  record DayChoice(History.Day day, String name) {
    @Override
    public String toString() {
      return name;
    }
  }

  /// @param readAt when the newest list was read
  private record Days(String organization, List<DayChoice> days, Optional<Instant> readAt) {}

  private record Found(List<ChangeRow> rows, String summary) {}

  /// @param since when the list to compare with was read; empty for the newest one
  public ChangesViewModel(ScreenContext context, Optional<Instant> since) {
    this.context = context;
    this.since = since;
    history = context.workplace().history();
    organization = context.workplace().session().current().orElseThrow();
    texts = context.texts();
    ages = new Ages(texts, ZoneId.systemDefault());
    background = context.background().scope();
    filter.addListener(typed -> narrow());
    chip.addListener(chosen -> narrow());
    day.addListener(chosen -> compare());
    kept = Reread.of(background, this::read, this::take);
    subscription = context.workplace().changes().subscribe(background.onScreen(this::changed));
    empty.set(texts.get("changes.reading"));
    kept.ask();
  }

  ObservableList<DayChoice> days() {
    return days;
  }

  ObjectProperty<Optional<DayChoice>> dayProperty() {
    return day;
  }

  FilteredList<ChangeRow> rows() {
    return shown;
  }

  StringProperty filterProperty() {
    return filter;
  }

  ObjectProperty<Chip> chipProperty() {
    return chip;
  }

  ReadOnlyObjectProperty<Map<Chip, Integer>> countsProperty() {
    return counts.getReadOnlyProperty();
  }

  ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  /// What changed, in numbers; blank while there is nothing to compare.
  ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  /// How old the newest list is; blank when there is none.
  ReadOnlyStringProperty ageProperty() {
    return age.getReadOnlyProperty();
  }

  /// That the server does not answer, and how old what is shown is; blank while it does.
  ReadOnlyStringProperty bandProperty() {
    return band.getReadOnlyProperty();
  }

  /// Ages are told anew; to be called every minute.
  void tick() {
    Instant now = context.clock().instant();
    age.set(readAt.map(at -> texts.get("changes.age", ages.ago(at, now))).orElse(""));
    Link link = context.workplace().session().link();
    band.set(
        link.offline() && readAt.isPresent()
            ? texts.get(
                "changes.band.offline",
                ages.moment(link.since(), now),
                ages.moment(readAt.get(), now))
            : "");
  }

  /// What to say when no line is shown.
  ReadOnlyStringProperty emptyProperty() {
    return empty.getReadOnlyProperty();
  }

  /// Puts title and numbers on the clipboard.
  void copy() {
    String since = day.get().map(DayChoice::name).orElse("");
    context.dialogs().copy(texts.get("changes.copied", title.get(), since, summary.get()));
    context.dialogs().tell(texts.get("changes.copy.done"));
  }

  private void changed(Change change) {
    if (change.equals(new Change.InvitationsChanged(organization))) {
      kept.ask();
    }
    if (change instanceof Change.SessionChanged) {
      tick();
    }
  }

  private Days read() {
    Instant now = context.clock().instant();
    return new Days(
        context.workplace().organizations().name(organization),
        history.days(organization).stream().map(one -> choice(one, now)).toList(),
        context.workplace().invitations().readAt(organization));
  }

  private void take(Days found) {
    title.set(texts.get("changes.title", found.organization()));
    readAt = found.readAt();
    tick();
    boolean same = days.equals(found.days());
    Optional<Long> before = day.get().map(one -> one.day().list());
    if (!same) {
      days.setAll(found.days());
    }
    Optional<DayChoice> next =
        days.stream()
            .filter(one -> before.equals(Optional.of(one.day().list())))
            .findFirst()
            .or(() ->
                days.stream()
                    .filter(one -> since.equals(Optional.of(one.day().readAt())))
                    .findFirst())
            .or(() -> days.stream().findFirst());
    if (next.equals(day.get())) {
      compare();
    } else {
      day.set(next);
    }
  }

  private DayChoice choice(History.Day one, Instant now) {
    return new DayChoice(
        one, texts.get("changes.day-of", ages.moment(one.readAt(), now), one.size()));
  }

  private void compare() {
    int read = ++reads;
    if (day.get().isEmpty()) {
      show(new Found(List.of(), ""));
      return;
    }
    History.Day with = day.get().get().day();
    Instant now = context.clock().instant();
    background.run(
        () -> find(with, now),
        found -> {
          if (read == reads) {
            show(found);
          }
        });
  }

  private Found find(History.Day with, Instant now) {
    History.Comparison comparison = history.since(organization, with);
    List<ChangeRow> rows = new java.util.ArrayList<>();
    comparison.changes().forEach(one -> rows.add(ChangeRow.of(one, ages, now, texts)));
    history.asOf(organization, with).forEach(one -> rows.add(ChangeRow.then(one, ages, texts)));
    String line =
        texts.get(
            "changes.summary",
            count(comparison, History.What.NEW),
            count(comparison, History.What.GONE),
            count(comparison, History.What.ENDED),
            comparison.same(),
            ages.moment(comparison.newest(), now));
    return new Found(rows, line);
  }

  private static long count(History.Comparison comparison, History.What what) {
    return comparison.changes().stream().filter(one -> one.what() == what).count();
  }

  private void show(Found found) {
    all.setAll(found.rows());
    summary.set(found.summary());
    Map<Chip, Integer> numbers = new EnumMap<>(Chip.class);
    for (ChangeRow row : found.rows()) {
      numbers.merge(row.chip(), 1, Integer::sum);
      if (row.chip() != Chip.THEN) {
        numbers.merge(Chip.ALL, 1, Integer::sum);
      }
    }
    counts.set(numbers);
    narrow();
  }

  private void narrow() {
    SearchWords words = SearchWords.of(filter.get());
    Chip chosen = chip.get();
    shown.setPredicate(row -> fits(row, chosen) && words.in(row.searched()));
    empty.set(
        days.isEmpty()
            ? texts.get("changes.empty.no-day")
            : filter.get().isBlank()
                ? texts.get("changes.empty")
                : texts.get("changes.empty.filter"));
  }

  private static boolean fits(ChangeRow row, Chip chip) {
    return chip == Chip.ALL ? row.chip() != Chip.THEN : row.chip() == chip;
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
  }
}
