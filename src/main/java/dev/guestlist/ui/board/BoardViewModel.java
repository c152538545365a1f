package dev.guestlist.ui.board;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.service.Board;
import dev.guestlist.service.Changes;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import javafx.beans.property.ObjectProperty;
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
  private final ObservableList<BoardRow> all = FXCollections.observableArrayList();
  private final FilteredList<BoardRow> shown = new FilteredList<>(all);
  private final StringProperty filter = new SimpleStringProperty("");
  private final ObjectProperty<Chip> chip = new SimpleObjectProperty<>(Chip.ALL);
  private final ReadOnlyStringWrapper total = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper empty = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper band = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper reason = new ReadOnlyStringWrapper("");
  private List<Board.Row> rows = List.of();
  private boolean known;
  private boolean reading;
  private boolean again;

  /// Which organizations are shown.
  enum Chip {
    ALL,
    ATTENTION,
    SOON,
    EXPIRED,
    NEVER_READ
  }

  /// @param goTo opens a screen of an organization
  public BoardViewModel(ScreenContext context, BiConsumer<OrganizationId, Screen> goTo) {
    this.context = context;
    this.goTo = goTo;
    texts = context.texts();
    ages = new Ages(texts, ZoneId.systemDefault());
    background = context.background().scope();
    preparing = new Preparing(context, background, this::show);
    filter.addListener(typed -> narrow());
    chip.addListener(chosen -> narrow());
    subscription = context.workplace().changes().subscribe(background.onScreen(change -> read()));
    empty.set(texts.get("board.reading"));
    read();
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

  /// The sums over what is shown, and the oldest list.
  ReadOnlyStringProperty totalProperty() {
    return total.getReadOnlyProperty();
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

  /// Reads these for offline work; all that are shown and can be entered when there are none.
  void prepare(List<BoardRow> chosen) {
    if (reason.get().isEmpty()) {
      preparing.start(toPrepare(chosen));
    }
  }

  /// Which ones [#prepare] would read.
  List<BoardRow> toPrepare(List<BoardRow> chosen) {
    return chosen.isEmpty() ? shown.stream().filter(BoardRow::enterable).toList() : chosen;
  }

  /// Ages are told anew.
  void tick() {
    show();
  }

  private void read() {
    again = reading;
    if (reading) {
      return;
    }
    reading = true;
    background.run(
        context.workplace().board()::rows,
        found -> {
          rows = found;
          known = true;
          reading = false;
          show();
          if (again) {
            read();
          }
        });
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
    String[] words = filter.get().strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
    Chip chosen = chip.get();
    shown.setPredicate(row -> fits(row, chosen) && fits(row, words));
    Instant now = context.clock().instant();
    String oldest =
        shown.stream()
            .flatMap(row -> row.readAt().stream())
            .min(Comparator.naturalOrder())
            .map(at -> texts.get("board.oldest", ages.ago(at, now)))
            .orElse("");
    total.set(
        texts.get(
                "board.total",
                shown.size(),
                sum(BoardRow::pending),
                sum(BoardRow::soon),
                sum(BoardRow::expired),
                sum(BoardRow::attention))
            + oldest);
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

  private static boolean fits(BoardRow row, String[] words) {
    for (String word : words) {
      if (!row.searched().contains(word)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    preparing.cancel();
    subscription.close();
    background.close();
  }
}
