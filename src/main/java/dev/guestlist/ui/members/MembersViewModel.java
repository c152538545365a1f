package dev.guestlist.ui.members;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.service.ActivityLog;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.FilePicker;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.Reread;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.SearchWords;
import dev.guestlist.ui.kit.TableExport;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
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

/// Who is in the current organization: the list that this computer keeps, at once, then the
/// server's. What is shown stays while it is read again, and when reading fails.
public final class MembersViewModel implements AutoCloseable {
  private final ScreenContext context;
  private final Optional<String> person;
  private final TableExport export;
  private final Background background;
  private final Texts texts;
  private final Ages ages;
  private final Changes.Subscription subscription;

  private final ObservableList<MemberRow> all = FXCollections.observableArrayList();
  private final FilteredList<MemberRow> shown = new FilteredList<>(all);
  private final StringProperty filter = new SimpleStringProperty("");
  private final ObjectProperty<Chip> chip = new SimpleObjectProperty<>(Chip.ALL);
  private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper band = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Band.Kind> bandKind =
      new ReadOnlyObjectWrapper<>(Band.Kind.INFO);
  private final ReadOnlyStringWrapper empty = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper filterHides = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper canTryAgain = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Counts> counts =
      new ReadOnlyObjectWrapper<>(new Counts(0, 0));

  private Optional<OrganizationId> organization = Optional.empty();
  private Optional<Problem> problem = Optional.empty();
  private Optional<MemberList> list = Optional.empty();
  private final Reread<MemberList> members;

  /// What the filter chips let through.
  public enum Chip {
    ALL,
    JOINED,
    MADE_HERE
  }

  /// How many there are of each; all are both together.
  public record Counts(int joined, int madeHere) {
    public int all() {
      return joined + madeHere;
    }
  }

  /// @param files asks where to export to
  /// @param person the username to select at first; empty for nobody
  public MembersViewModel(ScreenContext context, FilePicker files, Optional<String> person) {
    this.person = person;
    this.export = new TableExport(context, files);
    this.context = context;
    this.background = context.background().scope();
    this.texts = context.texts();
    this.ages = new Ages(texts, ZoneId.systemDefault());
    filter.addListener((property, was, is) -> applyFilter());
    chip.addListener((property, was, is) -> applyFilter());
    members =
        Reread.of(
            background,
            () -> MemberList.read(context.workplace(), texts, context.clock()),
            this::take);
    subscription = context.workplace().changes().subscribe(background.onScreen(this::changed));
    members.ask();
  }

  public ObservableList<MemberRow> rows() {
    return shown;
  }

  public StringProperty filterProperty() {
    return filter;
  }

  public ObjectProperty<Chip> chipProperty() {
    return chip;
  }

  public ReadOnlyObjectProperty<Counts> countsProperty() {
    return counts.getReadOnlyProperty();
  }

  public ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  /// How old the list is, and how long.
  public ReadOnlyStringProperty ageProperty() {
    return age.getReadOnlyProperty();
  }

  /// What is the matter; blank when nothing is.
  public ReadOnlyStringProperty bandProperty() {
    return band.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Band.Kind> bandKindProperty() {
    return bandKind.getReadOnlyProperty();
  }

  /// Whether reading again may help against what the band says.
  public ReadOnlyBooleanProperty canTryAgainProperty() {
    return canTryAgain.getReadOnlyProperty();
  }

  /// Why the table has no rows.
  public ReadOnlyStringProperty emptyProperty() {
    return empty.getReadOnlyProperty();
  }

  /// Whether there are rows that the filter does not let through, and none that it does.
  public ReadOnlyBooleanProperty filterHidesProperty() {
    return filterHides.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty readingProperty() {
    return reading.getReadOnlyProperty();
  }

  /// Whom to select when the first rows are shown; empty for nobody.
  Optional<String> person() {
    return person;
  }

  /// Opens what was done by the run that invited a member.
  void openRun(MemberRow row) {
    row.run().ifPresent(run -> context.navigator().show(new Screen.Activity("run " + run)));
  }

  /// Writes the members that are shown into a file that the person chooses.
  void export(ActivityLog.Format format) {
    organization.ifPresent(id -> {
      Set<String> ids = shown.stream().map(MemberRow::id).collect(Collectors.toSet());
      export.ask(
          "guestlist-members",
          format,
          background,
          file -> context.workplace().members().export(id, ids, format, file));
    });
  }

  /// Reads the list from the server.
  public void refresh() {
    organization.ifPresent(id -> {
      if (reading.get()) {
        return;
      }
      reading.set(true);
      describe();
      background.runToEnd(
          () -> MemberList.refresh(context.workplace(), id),
          met -> {
            if (organization.equals(Optional.of(id))) {
              problem = met;
            }
          },
          () -> {
            reading.set(false);
            members.ask();
          });
    });
  }

  public void clearFilter() {
    filter.set("");
    chip.set(Chip.ALL);
  }

  /// Says the age of the list anew; to be called every minute.
  public void tick() {
    describe();
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
  }

  private void changed(Change change) {
    switch (change) {
      case Change.InvitationsChanged it -> {
        if (organization.equals(Optional.of(it.organization()))) {
          members.ask();
        }
      }
      case Change.SessionChanged ignored -> members.ask();
      case Change.OrganizationsChanged ignored -> members.ask();
      case Change.RunsChanged ignored -> {}
    }
  }

  private void take(MemberList read) {
    boolean other = !read.id().equals(organization);
    organization = read.id();
    problem = other ? Optional.empty() : problem;
    list = Optional.of(read);
    if (!all.equals(read.rows())) {
      all.setAll(read.rows());
    }
    int joined = (int) read.rows().stream().filter(MemberRow::joined).count();
    counts.set(new Counts(joined, read.rows().size() - joined));
    describe();
    boolean askServer = read.signedIn() && read.offlineSince().isEmpty() && read.mayRead();
    if (other && askServer) {
      refresh();
    }
  }

  private void applyFilter() {
    SearchWords words = SearchWords.of(filter.get());
    Chip only = chip.get();
    shown.setPredicate(row ->
        switch (only) {
              case ALL -> true;
              case JOINED -> row.joined();
              case MADE_HERE -> !row.joined();
            }
            && words.in(row.searched()));
    describe();
  }

  /// Says in words how things stand.
  private void describe() {
    list.ifPresent(it -> {
      Instant now = context.clock().instant();
      title.set(texts.get("members.title", it.organization()));
      age.set(
          it.readAt()
              .map(at -> texts.get("members.age", ages.ago(at, now), it.rows().size()))
              .orElse(texts.get(reading.get() ? "members.reading" : "members.never-read")));
      filterHides.set(shown.isEmpty() && !all.isEmpty());
      empty.set(emptyText(it));
      band(it);
    });
  }

  private String emptyText(MemberList it) {
    if (it.id().isEmpty()) {
      return texts.get("members.empty.no-organization");
    }
    if (!all.isEmpty()) {
      return texts.get("members.empty.filter", all.size());
    }
    if (reading.get()) {
      return texts.get("members.empty.reading");
    }
    return it.readAt().isPresent()
        ? texts.get("members.empty", it.organization())
        : texts.get("members.empty.never-read", it.organization());
  }

  private void band(MemberList it) {
    String readAt = it.readAt().map(at -> ages.moment(at, context.clock().instant())).orElse("");
    boolean known = it.readAt().isPresent();
    List<Object> words = List.of(it.organization(), it.offlineSince().orElse(""), readAt);
    if (it.offlineSince().isPresent()) {
      show(Band.Kind.OFFLINE, known ? "members.band.offline" : "members.band.offline.never", words);
    } else if (!it.signedIn()) {
      show(
          Band.Kind.WARNING,
          known ? "members.band.signed-out" : "members.band.signed-out.never",
          words);
    } else if (!it.mayRead()) {
      show(Band.Kind.WARNING, "members.band.no-right", words);
    } else if (problem.isPresent()) {
      String line = ProblemText.of(problem.get(), Optional.of(it.organization()), texts).sentence();
      bandKind.set(Band.Kind.DANGER);
      band.set(known ? texts.get("members.band.stays", line, readAt) : line);
    } else {
      band.set("");
    }
    boolean chosen = context.workplace().session().link().chosen();
    canTryAgain.set(
        !band.get().isEmpty() && it.signedIn() && it.mayRead() && !reading.get() && !chosen);
  }

  private void show(Band.Kind kind, String key, List<Object> words) {
    bandKind.set(kind);
    band.set(texts.get(key, words.toArray()));
  }
}
