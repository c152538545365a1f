package dev.guestlist.ui.board;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.service.ActivityLog;
import dev.guestlist.service.Board;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Preparation;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Background;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
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

/// Every organization of the connection in one table, from what this computer keeps.
public final class BoardViewModel implements AutoCloseable {
  private final ScreenContext context;
  private final Texts texts;
  private final Ages ages;
  private final Background background;
  private final Changes.Subscription subscription;
  private final BiConsumer<OrganizationId, Screen> goTo;
  private final Preparing preparing;
  private final TableExport export;
  private final ObservableList<BoardRow> all = FXCollections.observableArrayList();
  private final FilteredList<BoardRow> shown = new FilteredList<>(all);
  private final StringProperty filter = new SimpleStringProperty("");
  private final ObjectProperty<Chip> chip = new SimpleObjectProperty<>(Chip.ALL);
  private final ReadOnlyObjectWrapper<Totals> totals =
      new ReadOnlyObjectWrapper<>(new Totals("", new Board.Counts(0, 0, 0, 0), ""));
  private final ReadOnlyStringWrapper empty = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper band = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper reason = new ReadOnlyStringWrapper("");
  private List<Board.Row> rows = List.of();
  private boolean known;

  /// What stands below the table.
  ///
  /// @param oldest the age of the oldest list; blank when none was read
  record Totals(String size, Board.Counts counts, String oldest) {}

  /// Which organizations are shown.
  enum Chip {
    ALL,
    ATTENTION,
    SOON,
    EXPIRED,
    NEVER_READ
  }

  /// @param files asks where to export to
  /// @param goTo opens a screen of an organization
  public BoardViewModel(
      ScreenContext context, FilePicker files, BiConsumer<OrganizationId, Screen> goTo) {
    this.context = context;
    export = new TableExport(context, files);
    this.goTo = goTo;
    texts = context.texts();
    ages = new Ages(texts, ZoneId.systemDefault());
    background = context.background().scope();
    preparing = new Preparing(context, background, this::show);
    filter.addListener(typed -> narrow());
    chip.addListener(chosen -> narrow());
    Reread<List<Board.Row>> board =
        Reread.of(background, context.workplace().board()::rows, this::take);
    subscription =
        context.workplace().changes().subscribe(background.onScreen(change -> board.ask()));
    empty.set(texts.get("board.reading"));
    board.ask();
  }

  FilteredList<BoardRow> rows() {
    return shown;
  }

  Preparing preparing() {
    return preparing;
  }

  StringProperty filterProperty() {
    return filter;
  }

  ObjectProperty<Chip> chipProperty() {
    return chip;
  }

  /// The sums over what is shown.
  ReadOnlyObjectProperty<Totals> totalsProperty() {
    return totals.getReadOnlyProperty();
  }

  /// What to say when no row is shown.
  ReadOnlyStringProperty emptyProperty() {
    return empty.getReadOnlyProperty();
  }

  /// That the server does not answer; blank while it does.
  ReadOnlyStringProperty bandProperty() {
    return band.getReadOnlyProperty();
  }

  /// Why nothing can be read from the server now; blank when it can.
  ReadOnlyStringProperty reasonProperty() {
    return reason.getReadOnlyProperty();
  }

  /// Opens the invitations of an organization.
  void open(BoardRow row) {
    goTo.accept(row.id(), new Screen.Invitations());
  }

  /// Opens everybody whom a number counts: of one organization, or of all.
  void people(Board.Which which, Optional<BoardRow> of) {
    context.navigator().show(new Screen.Across(which, of.map(BoardRow::id)));
  }

  /// Reads these; all that are shown and can be entered when there are none.
  void read(List<BoardRow> chosen, Preparation.Depth depth) {
    if (reason.get().isEmpty()) {
      preparing.start(toRead(chosen), depth);
    }
  }

  /// Writes the numbers of what is shown into a file that the person chooses.
  void export(ActivityLog.Format format) {
    Set<OrganizationId> ids = shown.stream().map(BoardRow::id).collect(Collectors.toSet());
    List<Board.Row> chosen =
        rows.stream().filter(row -> ids.contains(row.organization().id())).toList();
    export.ask(
        "guestlist-organizations",
        format,
        background,
        file -> context.workplace().board().exportNumbers(chosen, format, file));
  }

  /// Which ones [#read] would read.
  List<BoardRow> toRead(List<BoardRow> chosen) {
    return chosen.isEmpty() ? shown.stream().filter(BoardRow::enterable).toList() : chosen;
  }

  /// Ages are told anew.
  void tick() {
    show();
  }

  private void take(List<Board.Row> found) {
    rows = found;
    known = true;
    show();
  }

  private void show() {
    Instant now = context.clock().instant();
    all.setAll(
        rows.stream()
            .map(row ->
                BoardRow.of(row, preparing.outcome(row.organization().id()), ages, now, texts))
            .toList());
    var session = context.workplace().session();
    boolean signedIn = session.account().isPresent();
    band.set(
        session.link().offline()
            ? texts.get("board.band.offline", ages.moment(session.link().since(), now))
            : "");
    reason.set(
        !signedIn
            ? texts.get("board.reason.signed-out")
            : session.link().offline() ? offline(session.link().problem()) : "");
    narrow();
  }

  private String offline(Optional<Problem> problem) {
    return problem
        .map(p -> ProblemText.of(p, Optional.empty(), texts).title())
        .orElseGet(() -> texts.get("board.reason.offline"));
  }

  private void narrow() {
    SearchWords words = SearchWords.of(filter.get());
    Chip chosen = chip.get();
    shown.setPredicate(row -> fits(row, chosen) && words.in(row.searched()));
    Instant now = context.clock().instant();
    String age =
        shown.stream()
            .flatMap(row -> row.readAt().stream())
            .min(Comparator.naturalOrder())
            .map(at -> texts.get("board.oldest", ages.ago(at, now)))
            .orElse("");
    totals.set(
        new Totals(
            texts.get("board.total", shown.size()),
            new Board.Counts(
                sum(BoardRow::pending),
                sum(BoardRow::soon),
                sum(BoardRow::expired),
                sum(BoardRow::attention)),
            age));
    if (known) {
      empty.set(
          all.isEmpty()
              ? texts.get("board.empty")
              : filter.get().isBlank()
                  ? texts.get("board.empty.chip")
                  : texts.get("board.empty.filter", all.size()));
    }
  }

  private int sum(ToIntFunction<BoardRow> count) {
    return shown.stream().mapToInt(count).sum();
  }

  private static boolean fits(BoardRow row, Chip chip) {
    return switch (chip) {
      case ALL -> true;
      case ATTENTION -> row.attention() > 0;
      case SOON -> row.soon() > 0;
      case EXPIRED -> row.expired() > 0;
      case NEVER_READ -> row.readAt().isEmpty();
    };
  }

  @Override
  public void close() {
    preparing.close();
    subscription.close();
    background.close();
  }
}
