package dev.guestlist.ui.shell;

import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Organizations;
import dev.guestlist.service.People;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.StatusText;
import dev.guestlist.ui.kit.Texts;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The palette: finds organizations by what is typed, actions after `>`, people after `@`. All of
/// it from what this computer keeps, so also without a connection.
final class PaletteViewModel implements AutoCloseable {
  private static final int MOST = 50;
  private static final int MOST_ACTIONS_BESIDE = 4;
  private static final int MOST_WAYS = 12;

  private final Workplace workplace;
  private final Organizations organizations;
  private final ScreenContext context;
  private final Texts texts;
  private final Background background;
  private final Ages ages;
  private final Supplier<List<Action>> actions;
  private final Consumer<OrganizationId> go;
  private final BiConsumer<OrganizationId, Screen> goTo;
  private final Runnable close;
  private final StringProperty query = new SimpleStringProperty("");
  private final ObservableList<PaletteRow> rows = FXCollections.observableArrayList();
  private final IntegerProperty selected = new SimpleIntegerProperty(-1);
  private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper nothing = new ReadOnlyStringWrapper("");
  private final AtomicInteger searches = new AtomicInteger();
  private final Changes.Subscription subscription;

  /// what the lines that are shown were found by
  private String shownFor = "";

  /// What picking a line of the palette does to the window.
  ///
  /// @param go to an organization, staying in the same area
  /// @param goTo to a screen of an organization
  /// @param close the palette
  record Ways(
      Consumer<OrganizationId> go, BiConsumer<OrganizationId, Screen> goTo, Runnable close) {}

  private record Answer(
      List<PaletteRow> rows, String count, String nothing, List<OrganizationId> withoutWay) {
    Answer(List<PaletteRow> rows, String count, String nothing) {
      this(rows, count, nothing, List.of());
    }
  }

  PaletteViewModel(ScreenContext context, Supplier<List<Action>> actions, Ways ways) {
    this.context = context;
    this.actions = actions;
    this.go = ways.go();
    this.goTo = ways.goTo();
    this.close = ways.close();
    workplace = context.workplace();
    organizations = workplace.organizations();
    texts = context.texts();
    background = context.background().scope();
    ages = new Ages(texts, ZoneId.systemDefault());
    query.addListener((property, was, is) -> search());
    subscription = workplace.changes().subscribe(background.onScreen(this::changed));
    search();
  }

  StringProperty queryProperty() {
    return query;
  }

  ObservableList<PaletteRow> rows() {
    return rows;
  }

  /// Which line is chosen; -1 when there is none.
  IntegerProperty selectedProperty() {
    return selected;
  }

  /// How many of how many, in words.
  ReadOnlyStringProperty countProperty() {
    return count.getReadOnlyProperty();
  }

  /// What to say when nothing was found; blank when something was.
  ReadOnlyStringProperty nothingProperty() {
    return nothing.getReadOnlyProperty();
  }

  void move(int by) {
    if (!rows.isEmpty()) {
      selected.set(Math.floorMod(selected.get() + by, rows.size()));
    }
  }

  /// Does what the chosen line offers.
  void pick() {
    pick(selected.get());
  }

  /// Does what a line offers; nothing when there is none, or it cannot be done.
  void pick(int index) {
    if (index >= 0 && index < rows.size() && rows.get(index).possible()) {
      close.run();
      rows.get(index).pick().run();
    }
  }

  /// Pins the chosen organization, or takes its pin away.
  void pin() {
    if (selected.get() < 0 || selected.get() >= rows.size()) {
      return;
    }
    PaletteRow row = rows.get(selected.get());
    row.organization()
        .ifPresent(id ->
            background.run(
                () -> {
                  organizations.pin(id, !row.pinned());
                  return true;
                },
                ignored -> search()));
  }

  /// What is typed while the organizations are still being read finds them as they come.
  private void changed(Change change) {
    switch (change) {
      case Change.OrganizationsChanged ignored -> search(false);
      case Change.InvitationsChanged ignored -> {}
      case Change.SessionChanged ignored -> {}
      case Change.RunsChanged ignored -> {}
    }
  }

  private void search() {
    search(true);
  }

  private void search(boolean findWays) {
    String typed = query.get();
    int search = searches.incrementAndGet();
    List<Action> offered = actions.get();
    if (typed.startsWith(">")) {
      show(search, doing(typed.substring(1), offered), false);
      return;
    }
    background.run(
        () -> typed.startsWith("@") ? ofPeople(typed.substring(1)) : places(typed, offered),
        answer -> show(search, answer, findWays));
  }

  private void show(int search, Answer answer, boolean findWays) {
    if (search != searches.get()) {
      return;
    }
    // what is chosen stays chosen, whatever comes above it; the first line, which nobody need have
    // chosen, until something else is typed
    boolean chosen = selected.get() > 0 || query.get().equals(shownFor);
    Optional<PaletteRow> before =
        chosen && selected.get() >= 0 && selected.get() < rows.size()
            ? Optional.of(rows.get(selected.get()))
            : Optional.empty();
    shownFor = query.get();
    rows.setAll(answer.rows());
    count.set(answer.count());
    nothing.set(answer.nothing());
    int again =
        IntStream.range(0, rows.size())
            .filter(row -> before.filter(rows.get(row)::isLike).isPresent())
            .findFirst()
            .orElse(0);
    selected.set(rows.isEmpty() ? -1 : again);
    if (findWays) {
      findWays(search, answer.withoutWay());
    }
  }

  private Answer places(String typed, List<Action> offered) {
    List<PaletteRow> all = new ArrayList<>();
    List<Organizations.Found> found = organizations.search(typed, MOST);
    for (Organizations.Found one : found) {
      String heading =
          one.pinned()
              ? texts.get("palette.pinned")
              : texts.get(typed.isBlank() ? "palette.recent" : "palette.places");
      all.add(place(one, typed).under(heading));
    }
    if (typed.isBlank() && found.size() < 5) {
      Set<OrganizationId> shown =
          found.stream().map(one -> one.organization().id()).collect(Collectors.toSet());
      organizations.root().stream()
          .flatMap(root -> organizations.children(root.id()).stream())
          .filter(child -> !shown.contains(child.id()))
          .limit(MOST)
          .map(child -> plain(child).under(texts.get("palette.below-root")))
          .forEach(all::add);
    }
    int places = all.size();
    if (typed.strip().length() > 1) {
      doing(typed, offered).rows().stream()
          .limit(MOST_ACTIONS_BESIDE)
          .map(row -> row.under(texts.get("palette.actions")))
          .forEach(all::add);
    }
    return new Answer(
        headed(all),
        texts.get("palette.count", places, organizations.known()),
        all.isEmpty() ? noPlace(typed) : "",
        found.stream()
            .filter(one -> one.path().size() == 1)
            .map(one -> one.organization().id())
            .filter(id -> !organizations.root().map(Organization::id).equals(Optional.of(id)))
            .limit(MOST_WAYS)
            .toList());
  }

  private String noPlace(String typed) {
    return typed.isBlank()
        ? texts.get("palette.nothing-known")
        : texts.get("palette.nothing", typed.strip());
  }

  private PaletteRow place(Organizations.Found found, String typed) {
    Organization organization = found.organization();
    String age =
        found
            .readAt()
            .map(at -> texts.get("palette.read", ages.ago(at, context.clock().instant())))
            .orElse("");
    String pending =
        found
            .readAt()
            .flatMap(at -> found.pending())
            .map(number -> texts.get("palette.pending", number))
            .orElse("");
    return new PaletteRow(
        "",
        PaletteRow.mark(organization.name(), typed),
        way(found.path()),
        access(organization).orElse(pending),
        age,
        true,
        found.pinned(),
        Optional.of(organization.id()),
        () -> go.accept(organization.id()));
  }

  private PaletteRow plain(Organization organization) {
    return new PaletteRow(
        "",
        List.of(new PaletteRow.Piece(organization.name(), false)),
        way(organizations.path(organization.id())),
        access(organization).orElse(""),
        "",
        true,
        false,
        Optional.of(organization.id()),
        () -> go.accept(organization.id()));
  }

  private Optional<String> access(Organization organization) {
    if (!organization.active()) {
      return Optional.of(texts.get("organization.disabled"));
    }
    return organization.access() == Organization.Access.REFUSED
        ? Optional.of(texts.get("organization.no-access"))
        : Optional.empty();
  }

  private Answer doing(String typed, List<Action> offered) {
    List<PaletteRow> found =
        offered.stream()
            .filter(action -> hasAll(action.title(), typed))
            .map(action ->
                new PaletteRow(
                    "",
                    PaletteRow.mark(action.title(), typed),
                    "",
                    action.reason().orElse(""),
                    action.key(),
                    action.reason().isEmpty(),
                    false,
                    Optional.empty(),
                    action.run()))
            .toList();
    return new Answer(
        found,
        texts.get("palette.count-actions", found.size(), offered.size()),
        found.isEmpty() ? texts.get("palette.no-action", typed.strip()) : "");
  }

  /// One line for each place: the same name may be invited here and a member there.
  private Answer ofPeople(String typed) {
    People.Found people = workplace.people().find(typed, MOST);
    List<PaletteRow> found =
        people.people().stream()
            .flatMap(person -> person.places().stream().map(place -> row(person, place, typed)))
            .toList();
    return new Answer(
        found,
        people.all() > people.people().size()
            ? texts.get("palette.count-first-people", people.people().size(), people.all())
            : texts.get("palette.count-people", people.all()),
        found.isEmpty() ? texts.get("palette.no-person", typed.strip()) : "");
  }

  private PaletteRow row(People.Person person, People.Place place, String typed) {
    String word =
        place
            .status()
            .map(status -> StatusText.of(status, texts).word())
            .orElseGet(() -> texts.get("palette.member"));
    Optional<String> name = Optional.of(person.username());
    Screen screen =
        place.status().isPresent() ? new Screen.Invitations(name) : new Screen.Members(name);
    return new PaletteRow(
        "",
        PaletteRow.mark(person.username(), typed),
        texts.get("palette.person-in", word, organizations.name(place.organization())),
        "",
        person.also(),
        true,
        false,
        Optional.empty(),
        () -> goTo.accept(place.organization(), screen));
  }

  private static boolean hasAll(String text, String typed) {
    String lower = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(typed.strip().toLowerCase(Locale.ROOT).split("\\s+", -1))
        .allMatch(lower::contains);
  }

  /// Leaves a heading only where it changes.
  private static List<PaletteRow> headed(List<PaletteRow> all) {
    List<PaletteRow> headed = new ArrayList<>();
    String above = "";
    for (PaletteRow row : all) {
      headed.add(row.heading().equals(above) ? row.under("") : row);
      above = row.heading();
    }
    return headed;
  }

  /// The way to an organization without itself; blank while its parents are not known.
  private static String way(List<Organization> path) {
    return path.stream()
        .limit(Math.max(0, path.size() - 1))
        .map(Organization::name)
        .collect(Collectors.joining(" / "));
  }

  /// Lists of names carry no parents: for those that are shown they are read from the server, and
  /// stay known from then on.
  private void findWays(int search, List<OrganizationId> without) {
    if (without.isEmpty() || !workplace.session().ready()) {
      return;
    }
    background.run(
        () -> {
          for (OrganizationId id : without) {
            if (search != searches.get() || organizations.readPath(id).isPresent()) {
              return false;
            }
          }
          return true;
        },
        found -> {
          if (found && search == searches.get()) {
            search(false);
          }
        });
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
  }
}
