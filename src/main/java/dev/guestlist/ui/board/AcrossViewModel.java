package dev.guestlist.ui.board;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.ActivityLog;
import dev.guestlist.service.Board;
import dev.guestlist.service.Changes;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.FilePicker;
import dev.guestlist.ui.kit.Reread;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.SearchWords;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
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
  private final Export export;
  private final ObservableList<AcrossRow> all = FXCollections.observableArrayList();
  private final FilteredList<AcrossRow> shown = new FilteredList<>(all);
  private final ObjectProperty<Board.Which> which;
  private final StringProperty filter;
  private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper empty = new ReadOnlyStringWrapper("");
  private Optional<Board.Which> known = Optional.empty();
  private final Reread<Found> people;

  private record Found(Board.Which which, List<AcrossRow> rows) {}

  /// @param files asks where to export to
  /// @param goTo opens a screen of an organization
  /// @param which number is looked into
  /// @param filter what the list is narrowed down to at first; blank for everybody
  public AcrossViewModel(
      ScreenContext context,
      FilePicker files,
      BiConsumer<OrganizationId, Screen> goTo,
      Board.Which which,
      String filter) {
    this.context = context;
    this.goTo = goTo;
    this.which = new SimpleObjectProperty<>(which);
    this.filter = new SimpleStringProperty(filter);
    export = new Export(context, files);
    texts = context.texts();
    ages = new Ages(texts, ZoneId.systemDefault());
    background = context.background().scope();
    this.filter.addListener(typed -> narrow());
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
    Instant now = context.clock().instant();
    return () ->
        new Found(
            wanted,
            context.workplace().board().people(wanted).stream()
                .map(one -> AcrossRow.of(one, ages, now, texts))
                .toList());
  }

  private void take(Found found) {
    if (found.which() == which.get()) {
      known = Optional.of(found.which());
      all.setAll(found.rows());
      narrow();
    }
  }

  private void narrow() {
    SearchWords words = SearchWords.of(filter.get());
    shown.setPredicate(row -> words.in(row.searched()));
    if (known.isEmpty()) {
      return;
    }
    long organizations = shown.stream().map(row -> row.of().organization().id()).distinct().count();
    count.set(texts.get("across.count", shown.size(), organizations));
    empty.set(
        all.isEmpty() ? texts.get("across.empty") : texts.get("across.empty.filter", all.size()));
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
  }
}
