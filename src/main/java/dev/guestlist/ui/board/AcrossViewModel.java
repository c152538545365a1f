package dev.guestlist.ui.board;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.ActivityLog;
import dev.guestlist.service.Board;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Link;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.FilePicker;
import dev.guestlist.ui.kit.Reread;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.SearchWords;
import dev.guestlist.ui.kit.TableExport;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/// Everybody whom a number of the board counts, in all organizations, from what this computer
/// keeps.
public final class AcrossViewModel implements AutoCloseable {
  private final ScreenContext context;
  private final Texts texts;
  private final Ages ages;
  private final Background background;
  private final Changes.Subscription subscription;
  private final BiConsumer<OrganizationId, Screen> goTo;
  private final TableExport export;
  private final ObservableList<AcrossRow> all = FXCollections.observableArrayList();
  private final FilteredList<AcrossRow> shown = new FilteredList<>(all);
  private final ObjectProperty<Board.Which> which;
  private final ReadOnlyObjectWrapper<Optional<OrganizationId>> only;
  private final ReadOnlyStringWrapper onlyName = new ReadOnlyStringWrapper("");
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper empty = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper band = new ReadOnlyStringWrapper("");
  private Optional<Found> known = Optional.empty();
  private final Reread<Found> people;

  /// @param lists when each list that was looked through was read
  /// @param onlyName the name of the one organization; blank where there is none
  private record Found(
      Board.Which which,
      List<AcrossRow> rows,
      Map<OrganizationId, Instant> lists,
      String onlyName) {}

  /// @param files asks where to export to
  /// @param goTo opens a screen of an organization
  /// @param which number is looked into
  /// @param only the organization that the list is narrowed down to at first; empty for all
  public AcrossViewModel(
      ScreenContext context,
      FilePicker files,
      BiConsumer<OrganizationId, Screen> goTo,
      Board.Which which,
      Optional<OrganizationId> only) {
    this.context = context;
    this.goTo = goTo;
    this.which = new SimpleObjectProperty<>(which);
    this.only = new ReadOnlyObjectWrapper<>(only);
    export = new TableExport(context, files);
    texts = context.texts();
    ages = new Ages(texts, ZoneId.systemDefault());
    background = context.background().scope();
    filter.addListener(typed -> narrow());
    people = Reread.prepared(background, this::reading, this::take);
    this.which.addListener(chosen -> people.ask());
    subscription =
        context.workplace().changes().subscribe(background.onScreen(change -> people.ask()));
    empty.set(texts.get("across.reading"));
    people.ask();
  }

  FilteredList<AcrossRow> rows() {
    return shown;
  }

  ObjectProperty<Board.Which> whichProperty() {
    return which;
  }

  StringProperty filterProperty() {
    return filter;
  }

  /// The name of the one organization that is shown; blank while all are.
  ReadOnlyStringProperty onlyNameProperty() {
    return onlyName.getReadOnlyProperty();
  }

  /// Shows all organizations.
  void showAll() {
    only.set(Optional.empty());
    onlyName.set("");
    narrow();
  }

  /// How old the oldest of the lists is that were looked through; blank when there is none.
  ReadOnlyStringProperty ageProperty() {
    return age.getReadOnlyProperty();
  }

  /// That the server does not answer; blank while it does.
  ReadOnlyStringProperty bandProperty() {
    return band.getReadOnlyProperty();
  }

  /// Ages are told anew; to be called every minute.
  void tick() {
    people.ask();
  }

  /// How many people are shown, of how many organizations.
  ReadOnlyStringProperty countProperty() {
    return count.getReadOnlyProperty();
  }

  /// What to say when nobody is shown.
  ReadOnlyStringProperty emptyProperty() {
    return empty.getReadOnlyProperty();
  }

  /// Opens the organization with this person selected.
  void open(AcrossRow row) {
    goTo.accept(row.of().organization().id(), new Screen.Invitations(Optional.of(row.person())));
  }

  /// Back to the numbers.
  void back() {
    context.navigator().show(new Screen.Board());
  }

  /// Writes what is shown into a file that the person chooses.
  void export(ActivityLog.Format format) {
    List<Board.Person> people = shown.stream().map(AcrossRow::of).toList();
    export.ask(
        "guestlist-people",
        format,
        background,
        file -> context.workplace().board().exportPeople(people, format, file));
  }

  private Supplier<Found> reading() {
    Board.Which wanted = which.get();
    Optional<OrganizationId> one = only.get();
    Instant now = context.clock().instant();
    return () -> {
      Board.People found = context.workplace().board().people(wanted);
      Map<OrganizationId, Instant> lists = new HashMap<>();
      for (Board.Row row : found.organizations()) {
        row.readAt().ifPresent(at -> lists.put(row.organization().id(), at));
      }
      return new Found(
          wanted,
          found.people().stream().map(person -> AcrossRow.of(person, ages, now, texts)).toList(),
          lists,
          one.map(context.workplace().organizations()::name).orElse(""));
    };
  }

  private void take(Found found) {
    if (found.which() == which.get()) {
      known = Optional.of(found);
      onlyName.set(only.get().isPresent() ? found.onlyName() : "");
      all.setAll(found.rows());
      narrow();
    }
  }

  private void narrow() {
    SearchWords words = SearchWords.of(filter.get());
    Optional<OrganizationId> one = only.get();
    shown.setPredicate(row ->
        one.map(row.of().organization().id()::equals).orElse(true) && words.in(row.searched()));
    if (known.isEmpty()) {
      return;
    }
    describe(known.get());
    long organizations = shown.stream().map(row -> row.of().organization().id()).distinct().count();
    count.set(texts.get("across.count", shown.size(), organizations));
    long there =
        all.stream()
            .filter(row -> one.isEmpty() || one.get().equals(row.of().organization().id()))
            .count();
    empty.set(there == 0 ? texts.get("across.empty") : texts.get("across.empty.filter", there));
  }

  private void describe(Found found) {
    Instant now = context.clock().instant();
    age.set(
        found.lists().entrySet().stream()
            .filter(list -> only.get().map(list.getKey()::equals).orElse(true))
            .map(Map.Entry::getValue)
            .min(Comparator.naturalOrder())
            .map(at -> texts.get("board.oldest", ages.ago(at, now)))
            .orElse(""));
    Link link = context.workplace().session().link();
    band.set(
        link.offline() ? texts.get("across.band.offline", ages.moment(link.since(), now)) : "");
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
  }
}
