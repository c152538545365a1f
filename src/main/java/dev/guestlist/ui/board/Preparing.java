package dev.guestlist.ui.board;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Preparation;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.PreparationText;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// Looks on while organizations are read for offline work: how far that is, and what came of each.
/// The reading itself goes on when nobody looks.
final class Preparing implements AutoCloseable {
  private final Preparation preparation;
  private final Texts texts;
  private final Runnable changed;
  private final Changes.Subscription subscription;
  private final Map<OrganizationId, String> outcomes = new HashMap<>();
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyDoubleWrapper part = new ReadOnlyDoubleWrapper();
  private final ReadOnlyStringWrapper line = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper paused = new ReadOnlyBooleanWrapper();

  /// @param changed told when something is new
  Preparing(ScreenContext context, Background background, Runnable changed) {
    this.preparation = context.workplace().preparation();
    this.texts = context.texts();
    this.changed = changed;
    preparation.state().ifPresent(this::take);
    subscription = preparation.watch(() -> background.onScreen(this::show));
  }

  ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /// From 0 to 1.
  ReadOnlyDoubleProperty partProperty() {
    return part.getReadOnlyProperty();
  }

  /// What is read now, or what came of it; blank before the first time.
  ReadOnlyStringProperty lineProperty() {
    return line.getReadOnlyProperty();
  }

  ReadOnlyBooleanProperty pausedProperty() {
    return paused.getReadOnlyProperty();
  }

  Optional<String> outcome(OrganizationId id) {
    return Optional.ofNullable(outcomes.get(id));
  }

  void start(List<BoardRow> rows, Preparation.Depth depth) {
    Map<OrganizationId, String> chosen = new LinkedHashMap<>();
    rows.forEach(row -> chosen.put(row.id(), row.name()));
    preparation.start(chosen, depth);
    show();
  }

  /// Ends it after what is asked of the server just now.
  void stop() {
    preparation.stop();
  }

  /// Pauses it after what is asked of the server just now, or lets it go on.
  void pauseOrGoOn() {
    preparation.pauseOrGoOn();
    show();
  }

  private void show() {
    preparation.state().ifPresent(this::take);
    changed.run();
  }

  private void take(Preparation.State state) {
    outcomes.clear();
    state
        .done()
        .forEach(
            one -> outcomes.put(one.organization(), PreparationText.outcome(one, state, texts)));
    running.set(state.running());
    paused.set(state.paused());
    part.set((double) state.done().size() / state.chosen().size());
    line.set(PreparationText.line(state, texts));
  }

  @Override
  public void close() {
    subscription.close();
  }
}
