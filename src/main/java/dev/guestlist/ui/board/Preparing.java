package dev.guestlist.ui.board;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.Preparation;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// Reading organizations for offline work: how far it is, and what came of each.
final class Preparing {
  private final ScreenContext context;
  private final Background background;
  private final Texts texts;
  private final Runnable changed;
  private final Map<OrganizationId, String> outcomes = new HashMap<>();
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyDoubleWrapper part = new ReadOnlyDoubleWrapper();
  private final ReadOnlyStringWrapper line = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper paused = new ReadOnlyBooleanWrapper();
  private Preparation.Hold hold = new Preparation.Hold();

  /// @param changed told when an outcome is new
  Preparing(ScreenContext context, Background background, Runnable changed) {
    this.context = context;
    this.background = background;
    this.texts = context.texts();
    this.changed = changed;
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
    if (running.get() || rows.isEmpty()) {
      return;
    }
    Map<OrganizationId, String> names = new HashMap<>();
    rows.forEach(row -> names.put(row.id(), row.name()));
    List<OrganizationId> chosen = rows.stream().map(BoardRow::id).toList();
    Preparation.Hold mine = new Preparation.Hold();
    hold = mine;
    paused.set(false);
    outcomes.clear();
    running.set(true);
    part.set(0);
    changed.run();
    Preparation.Progress progress =
        new Preparation.Progress() {
          private int begun;

          @Override
          public void begun(OrganizationId id) {
            int number = ++begun;
            background.onScreen(() -> {
              part.set((number - 1.0) / chosen.size());
              line.set(
                  texts.get("board.preparing", names.getOrDefault(id, ""), number, chosen.size()));
            });
          }

          @Override
          public void done(Preparation.Done one) {
            background.onScreen(() -> {
              String name = names.getOrDefault(one.organization(), "");
              outcomes.put(one.organization(), words(one.outcome(), depth, name));
              changed.run();
            });
          }
        };
    background.run(
        () -> context.workplace().preparation().run(chosen, depth, progress, mine),
        done -> ended(done, depth, chosen.size()));
  }

  /// Ends it after what is asked of the server just now.
  void stop() {
    hold.stop();
  }

  /// Pauses it after what is asked of the server just now, or lets it go on.
  void pauseOrGoOn() {
    paused.set(!paused.get());
    if (paused.get()) {
      hold.pause();
    } else {
      hold.goOn();
    }
  }

  private void ended(List<Preparation.Done> done, Preparation.Depth depth, int of) {
    int ready = 0;
    int closed = 0;
    int failed = 0;
    for (Preparation.Done one : done) {
      switch (one.outcome()) {
        case Preparation.Outcome.Ready ignored -> ready++;
        case Preparation.Outcome.NoAccess ignored -> closed++;
        case Preparation.Outcome.Failed ignored -> failed++;
      }
    }
    running.set(false);
    paused.set(false);
    String key =
        switch (depth) {
          case INVITATIONS -> "board.read-again.done";
          case EVERYTHING -> "board.prepared";
        };
    line.set(texts.get(key, ready, closed, failed, of - done.size()));
    changed.run();
  }

  private String words(Preparation.Outcome outcome, Preparation.Depth depth, String name) {
    return switch (outcome) {
      case Preparation.Outcome.Ready ready ->
          switch (depth) {
            case INVITATIONS ->
                texts.get(ready.invitations() ? "board.list-read" : "board.list-read.no-right");
            case EVERYTHING -> readyFor(ready);
          };
      case Preparation.Outcome.NoAccess ignored -> texts.get("organization.no-access");
      case Preparation.Outcome.Failed failed ->
          ProblemText.of(failed.problem(), Optional.of(name), texts).title();
    };
  }

  private String readyFor(Preparation.Outcome.Ready ready) {
    if (ready.invitations()) {
      return texts.get(ready.members() ? "board.ready" : "board.ready.no-members");
    }
    return texts.get(ready.members() ? "board.ready.no-invitations" : "board.ready.roles-only");
  }
}
