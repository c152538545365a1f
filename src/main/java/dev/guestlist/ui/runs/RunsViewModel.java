package dev.guestlist.ui.runs;

import dev.guestlist.model.RunRow;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Runs;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.runs.RunLine.Card;
import dev.guestlist.ui.runs.RunLine.Offer;
import dev.guestlist.ui.runs.RunLine.Person;
import dev.guestlist.ui.runs.RunLine.Section;
import dev.guestlist.ui.runs.RunList.Entry;
import dev.guestlist.ui.runs.RunList.Snapshot;
import dev.guestlist.ui.runs.RunList.Trouble;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Everything that was asked of the server from this computer: what needs a decision, waits, is on
/// its way, and is done. Opened runs show their rows below them.
public final class RunsViewModel implements AutoCloseable {
  private final ScreenContext context;
  private final Background background;
  private final Texts texts;
  private final RunList list;
  private final Changes.Subscription subscription;

  private final ObservableList<RunLine> lines = FXCollections.observableArrayList();
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper band = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Band.Kind> bandKind =
      new ReadOnlyObjectWrapper<>(Band.Kind.INFO);
  private final ReadOnlyBooleanWrapper canTryNow = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper empty = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper leavesSoon = new ReadOnlyBooleanWrapper();

  private final Set<Long> opened = new HashSet<>();
  private final Set<Long> closed = new HashSet<>();
  private Optional<Snapshot> snapshot = Optional.empty();
  private boolean reading;
  private boolean again;

  public RunsViewModel(ScreenContext context) {
    this.context = context;
    this.background = context.background().scope();
    this.texts = context.texts();
    this.list = new RunList(context.workplace(), texts, context.clock());
    filter.addListener((property, was, is) -> arrange());
    subscription = context.workplace().changes().subscribe(background.onScreen(this::changed));
    read();
  }

  public ObservableList<RunLine> lines() {
    return lines;
  }

  public StringProperty filterProperty() {
    return filter;
  }

  /// What is the matter with sending as a whole; blank when nothing is.
  public ReadOnlyStringProperty bandProperty() {
    return band.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Band.Kind> bandKindProperty() {
    return bandKind.getReadOnlyProperty();
  }

  /// Whether trying at once may help against what the band says.
  public ReadOnlyBooleanProperty canTryNowProperty() {
    return canTryNow.getReadOnlyProperty();
  }

  /// Why there are no lines.
  public ReadOnlyStringProperty emptyProperty() {
    return empty.getReadOnlyProperty();
  }

  /// While this is true, [#tick] is to be called every second: something leaves soon.
  public ReadOnlyBooleanProperty leavesSoonProperty() {
    return leavesSoon.getReadOnlyProperty();
  }

  /// Opens a run, or closes it.
  public void toggle(Card card) {
    opened.remove(card.number());
    closed.remove(card.number());
    (card.open() ? closed : opened).add(card.number());
    read();
  }

  /// Does what a button of a line offers.
  public void take(RunLine line, Offer offer) {
    switch (line) {
      case RunLine.Heading ignored -> {}
      case Card card -> take(card, offer);
      case Person person -> take(person.row(), offer);
    }
  }

  private void take(Card card, Offer offer) {
    long run = card.number();
    switch (offer.action()) {
      case SEND, GO_ON -> act(runs -> runs.goOn(run));
      case STOP -> act(runs -> runs.stop(run));
      case DROP ->
          context
              .dialogs()
              .confirm(
                  new Dialogs.Question(
                      texts.get("runs.drop.title", run, card.title()),
                      texts.get("runs.drop.text"),
                      offer.label(),
                      texts.get("runs.drop.keep")),
                  () -> act(runs -> runs.stop(run)));
      case UNDO ->
          background.run(
              () -> context.workplace().runs().takeBack(run),
              inTime -> {
                if (!inTime) {
                  context.dialogs().tell(texts.get("runs.undo.late", run));
                }
              });
      case TRY_AGAIN, DROP_ROW, COPY_CODE ->
          throw new IllegalArgumentException("Not for a run: " + offer.action());
    }
  }

  private void take(RunRow row, Offer offer) {
    switch (offer.action()) {
      case TRY_AGAIN -> act(runs -> runs.tryAgain(row));
      case DROP_ROW -> act(runs -> runs.drop(row));
      case COPY_CODE ->
          background.run(
              () -> context.workplace().runs().code(row.id()),
              code -> {
                code.ifPresent(it -> context.dialogs().copySecret(it.reveal()));
                context
                    .dialogs()
                    .tell(
                        texts.get(
                            code.isPresent() ? "runs.copied" : "runs.no-code",
                            row.target().name()));
              });
      case SEND, GO_ON, STOP, DROP, UNDO ->
          throw new IllegalArgumentException("Not for a row: " + offer.action());
    }
  }

  /// Tries the server and everything that waits at once.
  public void tryNow() {
    background.run(
        () -> {
          context.workplace().worker().tryNow();
          return true;
        },
        done -> read());
  }

  /// Counts down what leaves soon.
  public void tick() {
    read();
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
  }

  private interface Act {
    void on(Runs runs);
  }

  private void act(Act act) {
    background.run(
        () -> {
          act.on(context.workplace().runs());
          return true;
        },
        done -> read());
  }

  private void changed(Change change) {
    switch (change) {
      case Change.RunsChanged ignored -> read();
      case Change.SessionChanged ignored -> read();
      case Change.OrganizationsChanged ignored -> read();
      case Change.InvitationsChanged ignored -> {}
    }
  }

  /// Reads the runs; news that come in meanwhile make one more reading, however many they are.
  private void read() {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    Set<Long> open = Set.copyOf(opened);
    Set<Long> shut = Set.copyOf(closed);
    background.run(
        () -> {
          try {
            return list.read(open, shut);
          } finally {
            background.onScreen(() -> reading = false);
          }
        },
        read -> {
          snapshot = Optional.of(read);
          arrange();
          if (again) {
            again = false;
            read();
          }
        });
  }

  private void arrange() {
    snapshot.ifPresent(it -> {
      List<RunLine> now = new ArrayList<>();
      for (Section section : Section.values()) {
        List<Entry> fitting =
            it.entries().stream()
                .filter(entry -> entry.card().section() == section && fits(entry))
                .toList();
        if (!fitting.isEmpty()) {
          now.add(new RunLine.Heading(section, heading(section, fitting.size())));
        }
        for (Entry entry : fitting) {
          now.add(entry.card());
          now.addAll(entry.rows());
        }
      }
      show(now);
      leavesSoon.set(it.entries().stream().anyMatch(entry -> entry.card().leavesSoon()));
      empty.set(texts.get(it.entries().isEmpty() ? "runs.empty" : "runs.empty.filter"));
      band(it);
    });
  }

  /// Replaces only the lines that differ, so that the place in the list is kept.
  private void show(List<RunLine> now) {
    int same = Math.min(now.size(), lines.size());
    for (int place = 0; place < same; place++) {
      if (!now.get(place).equals(lines.get(place))) {
        lines.set(place, now.get(place));
      }
    }
    if (lines.size() > same) {
      lines.remove(same, lines.size());
    }
    lines.addAll(now.subList(same, now.size()));
  }

  private boolean fits(Entry entry) {
    Card card = entry.card();
    String searched =
        String.join(
                "\n",
                texts.get("runs.number", card.number()),
                card.title(),
                card.about(),
                card.counts(),
                String.join("\n", entry.rows().stream().map(Person::name).toList()))
            .toLowerCase(Locale.ROOT);
    return List.of(filter.get().strip().toLowerCase(Locale.ROOT).split("\\s+")).stream()
        .allMatch(searched::contains);
  }

  private String heading(Section section, int count) {
    return switch (section) {
      case DECISION -> texts.get("runs.section.decision", count);
      case WAITING -> texts.get("runs.section.waiting", count);
      case RUNNING -> texts.get("runs.section.running", count);
      case DONE -> texts.get("runs.section.done", count);
    };
  }

  private void band(Snapshot it) {
    switch (it.trouble()) {
      case NONE -> say(Band.Kind.INFO, "");
      case STOPPED -> say(Band.Kind.DANGER, texts.get("runs.band.stopped"));
      case WATCHES -> say(Band.Kind.INFO, texts.get("runs.band.watches"));
      case OFFLINE -> say(Band.Kind.OFFLINE, texts.get("runs.band.offline", it.detail()));
      case SIGNED_OUT -> say(Band.Kind.WARNING, texts.get("runs.band.signed-out"));
    }
    canTryNow.set(it.trouble() == Trouble.STOPPED || it.trouble() == Trouble.OFFLINE);
  }

  private void say(Band.Kind kind, String text) {
    bandKind.set(kind);
    band.set(text);
  }
}
