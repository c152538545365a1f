package dev.guestlist.ui.runs;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.FilePicker;
import dev.guestlist.ui.kit.Reread;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.runs.ConflictCards.Handling;
import dev.guestlist.ui.runs.LineList.Narrowing;
import dev.guestlist.ui.runs.RunLine.Card;
import dev.guestlist.ui.runs.RunLine.Decide;
import dev.guestlist.ui.runs.RunLine.Offer;
import dev.guestlist.ui.runs.RunList.Snapshot;
import dev.guestlist.ui.runs.RunList.Trouble;
import dev.guestlist.ui.runs.RunList.Wanted;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
  private final LineList arranged;
  private final Acts acts;
  private final Changes.Subscription subscription;

  private final ObservableList<RunLine> lines = FXCollections.observableArrayList();
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper band = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Band.Kind> bandKind =
      new ReadOnlyObjectWrapper<>(Band.Kind.INFO);
  private final ReadOnlyBooleanWrapper canTryNow = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper empty = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper leavesSoon = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper arranging = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper("");

  private final Set<Long> opened = new HashSet<>();
  private final Set<Long> mayWait = new HashSet<>();
  private final Set<String> keptFor = new HashSet<>();
  private final Set<Long> withCodes = new HashSet<>();
  private final Map<Long, RowState> only = new HashMap<>();
  private final Map<Long, Handling> handled = new HashMap<>();
  private final Milestones milestones;
  private Optional<Snapshot> snapshot = Optional.empty();
  private final Reread<Snapshot> runs;

  /// The ways out of this screen.
  ///
  /// @param goTo opens a screen of an organization
  /// @param signIn lets somebody sign in
  /// @param signInAsAnother signs out, and lets somebody else sign in
  /// @param files asks for files
  public record Ways(
      BiConsumer<OrganizationId, Screen> goTo,
      Runnable signIn,
      Runnable signInAsAnother,
      FilePicker files) {}

  public RunsViewModel(ScreenContext context, Ways ways) {
    this.context = context;
    this.background = context.background().scope();
    this.texts = context.texts();
    Ages ages = new Ages(texts, ZoneId.systemDefault());
    this.list = new RunList(context.workplace(), texts, context.clock(), ages);
    this.arranged = new LineList(texts);
    this.milestones = new Milestones(texts);
    RunResult result = new RunResult(context.workplace(), texts, context.clock(), ages);
    this.acts = new Acts(context, background, ways, result, this);
    filter.addListener((property, was, is) -> arrange());
    runs = Reread.prepared(background, this::reading, this::take);
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

  /// Whether lines are being replaced just now: what is selected meanwhile was not chosen.
  ReadOnlyBooleanProperty arrangingProperty() {
    return arranging.getReadOnlyProperty();
  }

  /// How far runs are, for being read out: at the quarters, and when one rests.
  public ReadOnlyStringProperty saidProperty() {
    return said.getReadOnlyProperty();
  }

  /// Opens a run, or closes it.
  public void toggle(Card card) {
    if (!opened.remove(card.number())) {
      opened.add(card.number());
    }
    read();
  }

  /// Does what a button of a line offers.
  public void take(RunLine line, Offer offer) {
    acts.take(line, offer);
  }

  /// Sends what was changed about somebody to invite; for all that are alike where that was chosen.
  public void change(Decide line) {
    acts.change(line);
  }

  /// Puts the changes of a card away.
  public void leaveChange(Decide line) {
    handle(line, now -> new Handling(now.forAll(), false, now.evidence(), Optional.empty()));
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

  // ---------------------------------------------------------------- for what is done here

  Optional<Snapshot> snapshot() {
    return snapshot;
  }

  ConflictCards decisions() {
    return list.decisions();
  }

  boolean withCodes(long run) {
    return withCodes.contains(run);
  }

  void open(List<Long> runs) {
    opened.addAll(runs);
    read();
  }

  void mayWait(long run) {
    mayWait.add(run);
    read();
  }

  void keepFor(String account) {
    keptFor.add(account);
    arrange();
  }

  void narrow(long run, Optional<RowState> to) {
    only.remove(run);
    to.ifPresent(state -> only.put(run, state));
    arrange();
  }

  void switchCodes(long run) {
    if (!withCodes.remove(run)) {
      withCodes.add(run);
    }
    arrange();
  }

  void handle(Decide line, UnaryOperator<Handling> change) {
    long row = line.conflict().row().id();
    handled.put(row, change.apply(handled.getOrDefault(row, Handling.NONE)));
    read();
  }

  /// Reads the runs; news that come in meanwhile make one more reading, however many they are.
  void read() {
    runs.ask();
  }

  private Supplier<Snapshot> reading() {
    Wanted wanted = new Wanted(opened, mayWait, handled);
    return () -> list.read(wanted);
  }

  private void take(Snapshot read) {
    snapshot = Optional.of(read);
    handled.keySet().retainAll(read.conflicts().stream().map(one -> one.row().id()).toList());
    milestones.news(read).ifPresent(said::set);
    arrange();
  }

  private void changed(Change change) {
    switch (change) {
      case Change.RunsChanged ignored -> read();
      case Change.SessionChanged ignored -> read();
      case Change.OrganizationsChanged ignored -> read();
      case Change.InvitationsChanged ignored -> {
        if (snapshot.filter(it -> !it.conflicts().isEmpty()).isPresent()) {
          read();
        }
      }
    }
  }

  private void arrange() {
    snapshot.ifPresent(it -> {
      show(arranged.of(it, new Narrowing(filter.get(), only, withCodes, keptFor)));
      leavesSoon.set(it.entries().stream().anyMatch(entry -> entry.card().leavesSoon()));
      empty.set(texts.get(it.entries().isEmpty() ? "runs.empty" : "runs.empty.filter"));
      band(it);
    });
  }

  /// Replaces only the lines that differ, so that the place in the list is kept, and thousands of
  /// rows that stay as they are cost nothing.
  private void show(List<RunLine> now) {
    arranging.set(true);
    replaceBy(now);
    arranging.set(false);
  }

  private void replaceBy(List<RunLine> now) {
    int both = Math.min(now.size(), lines.size());
    int first = 0;
    while (first < both && now.get(first).equals(lines.get(first))) {
      first++;
    }
    int last = 0;
    while (last < both - first
        && now.get(now.size() - 1 - last).equals(lines.get(lines.size() - 1 - last))) {
      last++;
    }
    List<RunLine> news = new ArrayList<>(now.subList(first, now.size() - last));
    int gone = lines.size() - last - first;
    if (gone == news.size()) {
      for (int place = 0; place < gone; place++) {
        if (!news.get(place).equals(lines.get(first + place))) {
          lines.set(first + place, news.get(place));
        }
      }
    } else {
      lines.remove(first, first + gone);
      lines.addAll(first, news);
    }
  }

  private void band(Snapshot it) {
    switch (it.trouble()) {
      case NONE -> say(Band.Kind.INFO, "");
      case STOPPED -> say(Band.Kind.DANGER, texts.get("runs.band.stopped"));
      case WATCHES ->
          say(Band.Kind.INFO, it.detail().isBlank() ? texts.get("runs.band.watches") : it.detail());
      case OFFLINE -> say(Band.Kind.OFFLINE, texts.get("runs.band.offline", it.detail()));
      case WORKS_OFFLINE ->
          say(Band.Kind.OFFLINE, texts.get("runs.band.works-offline", it.detail()));
      case SIGNED_OUT -> say(Band.Kind.WARNING, texts.get("runs.band.signed-out"));
    }
    canTryNow.set(it.trouble() == Trouble.STOPPED || it.trouble() == Trouble.OFFLINE);
  }

  private void say(Band.Kind kind, String text) {
    bandKind.set(kind);
    band.set(text);
  }
}
