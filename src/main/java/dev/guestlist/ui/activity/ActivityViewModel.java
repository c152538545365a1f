package dev.guestlist.ui.activity;

import dev.guestlist.model.Activity;
import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.ActivityLog;
import dev.guestlist.service.Changes;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.FilePicker;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What was done from this computer: searched, narrowed down, and written into files.
public final class ActivityViewModel implements AutoCloseable {
  private static final int PAGE = 500;

  private final ScreenContext context;
  private final ActivityLog log;
  private final FilePicker files;
  private final Texts texts;
  private final Ages ages;
  private final Background background;
  private final Changes.Subscription subscription;
  private final ObservableList<ActivityRow> rows = FXCollections.observableArrayList();
  private final ObservableList<Choice<ConnectionId>> connections =
      FXCollections.observableArrayList();
  private final ObservableList<Choice<OrganizationId>> organizations =
      FXCollections.observableArrayList();
  private final StringProperty text = new SimpleStringProperty("");
  private final ObjectProperty<Choice<Activity.Kind>> kind;
  private final ObjectProperty<Choice<ConnectionId>> connection;
  private final ObjectProperty<Choice<OrganizationId>> organization;
  private final ObjectProperty<Optional<LocalDate>> day =
      new SimpleObjectProperty<>(Optional.empty());
  private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper empty = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper more = new ReadOnlyBooleanWrapper();
  private int searches;

  /// Something to narrow down to; without a value it is everything.
  record Choice<T>(Optional<T> value, String name) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Found(List<ActivityRow> rows, int count, int all) {}

  /// @param files asks where to export to
  /// @param search what is searched for at first; blank for everything
  public ActivityViewModel(ScreenContext context, FilePicker files, String search) {
    this.context = context;
    text.set(search);
    this.files = files;
    log = context.workplace().activity();
    texts = context.texts();
    ages = new Ages(texts, ZoneId.systemDefault());
    background = context.background().scope();
    kind = new SimpleObjectProperty<>(everything("activity.all-kinds"));
    connection = new SimpleObjectProperty<>(everything("activity.all-connections"));
    organization = new SimpleObjectProperty<>(everything("activity.all-organizations"));
    connections.add(connection.get());
    organizations.add(organization.get());
    text.addListener(changed -> search());
    kind.addListener(changed -> search());
    organization.addListener(changed -> search());
    day.addListener(changed -> search());
    connection.addListener((property, was, is) -> {
      organization.set(organizations.getFirst());
      readOrganizations(is.value().orElseGet(this::here));
      search();
    });
    subscription = context.workplace().changes().subscribe(background.onScreen(change -> search()));
    empty.set(texts.get("activity.reading"));
    background.run(log::connections, this::offer);
    readOrganizations(here());
    search();
  }

  ObservableList<ActivityRow> rows() {
    return rows;
  }

  List<Choice<Activity.Kind>> kinds() {
    List<Choice<Activity.Kind>> kinds = new ArrayList<>();
    kinds.add(kind.get());
    for (Activity.Kind one : Activity.Kind.values()) {
      kinds.add(new Choice<>(Optional.of(one), word(one)));
    }
    return kinds;
  }

  ObservableList<Choice<ConnectionId>> connections() {
    return connections;
  }

  ObservableList<Choice<OrganizationId>> organizations() {
    return organizations;
  }

  StringProperty textProperty() {
    return text;
  }

  ObjectProperty<Choice<Activity.Kind>> kindProperty() {
    return kind;
  }

  ObjectProperty<Choice<ConnectionId>> connectionProperty() {
    return connection;
  }

  ObjectProperty<Choice<OrganizationId>> organizationProperty() {
    return organization;
  }

  /// The one day that is shown; empty for all days.
  ObjectProperty<Optional<LocalDate>> dayProperty() {
    return day;
  }

  ReadOnlyStringProperty countProperty() {
    return count.getReadOnlyProperty();
  }

  /// What to say when no line is shown.
  ReadOnlyStringProperty emptyProperty() {
    return empty.getReadOnlyProperty();
  }

  /// Whether there are older lines than the ones shown.
  ReadOnlyBooleanProperty moreProperty() {
    return more.getReadOnlyProperty();
  }

  void showMore() {
    search(rows.size() + PAGE);
  }

  /// Writes all lines that fit, not only those shown, into a file that the person chooses.
  void export(ActivityLog.Format format) {
    boolean csv = format == ActivityLog.Format.CSV;
    String ending = csv ? "csv" : "jsonl";
    Activity.Filter wanted = filter();
    files.save(
        texts.get("activity.export.title"),
        new FilePicker.Sort(
            texts.get(csv ? "activity.csv" : "activity.json-lines"), List.of("*." + ending)),
        "guestlist-activity." + ending,
        file -> background.run(() -> write(wanted, format, file), context.dialogs()::tell));
  }

  private String write(Activity.Filter wanted, ActivityLog.Format format, Path file) {
    try {
      return texts.get("activity.written", log.export(wanted, format, file), file.toString());
    } catch (IOException e) {
      return texts.get("activity.not-written", file.toString(), String.valueOf(e.getMessage()));
    }
  }

  private void search() {
    search(PAGE);
  }

  private void search(int limit) {
    int search = ++searches;
    Instant now = context.clock().instant();
    Activity.Filter wanted = filter();
    background.run(
        () -> {
          List<ActivityRow> found =
              log.find(wanted, Long.MAX_VALUE, limit).stream()
                  .map(line -> ActivityRow.of(line, ages, now, texts))
                  .toList();
          return new Found(found, log.count(wanted), log.count(Activity.Filter.EVERYTHING));
        },
        found -> {
          if (search == searches) {
            show(found);
          }
        });
  }

  private void show(Found found) {
    if (!rows.equals(found.rows())) {
      rows.setAll(found.rows());
    }
    more.set(found.count() > found.rows().size());
    count.set(
        texts.get("activity.count", found.count(), found.all())
            + (more.get() ? texts.get("activity.shown", found.rows().size()) : ""));
    empty.set(
        found.all() == 0
            ? texts.get("activity.empty")
            : texts.get("activity.empty.filter", found.all()));
  }

  private Activity.Filter filter() {
    ZoneId zone = ZoneId.systemDefault();
    Choice<Activity.Kind> chosen = kind.get();
    return new Activity.Filter(
        text.get(),
        connection.get().value(),
        organization.get().value(),
        chosen.value().map(Set::of).orElse(Set.of()),
        day.get().map(date -> date.atStartOfDay(zone).toInstant()),
        day.get().map(date -> date.plusDays(1).atStartOfDay(zone).toInstant()));
  }

  private void offer(List<Connection> known) {
    known.forEach(one -> connections.add(new Choice<>(Optional.of(one.id()), one.name())));
  }

  private void readOrganizations(ConnectionId of) {
    background.run(
        () ->
            log.organizations(of).stream()
                .map(id ->
                    new Choice<>(Optional.of(id), context.workplace().organizations().name(id)))
                .sorted((a, b) -> a.name().compareToIgnoreCase(b.name()))
                .toList(),
        found -> {
          organizations.remove(1, organizations.size());
          organizations.addAll(found);
        });
  }

  private ConnectionId here() {
    return context.workplace().session().connection().id();
  }

  private <T> Choice<T> everything(String key) {
    return new Choice<>(Optional.empty(), texts.get(key));
  }

  private String word(Activity.Kind one) {
    return texts.get(
        switch (one) {
          case SIGNED_IN -> "activity.signed-in";
          case SIGNED_OUT -> "activity.signed-out";
          case LIST_READ -> "activity.kind.list-read";
          case RUN_POSTED -> "activity.kind.run-posted";
          case ROW_DONE -> "activity.kind.row-done";
          case DECIDED -> "activity.kind.decided";
          case EXPORTED -> "activity.exported";
        });
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
  }
}
