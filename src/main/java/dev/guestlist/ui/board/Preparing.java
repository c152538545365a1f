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
import java.util.concurrent.atomic.AtomicBoolean;
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
  private AtomicBoolean cancelled = new AtomicBoolean();

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

  Optional<String> outcome(OrganizationId id) {
    return Optional.ofNullable(outcomes.get(id));
  }

  void start(List<BoardRow> rows) {
    if (running.get() || rows.isEmpty()) {
      return;
    }
    Map<OrganizationId, String> names = new HashMap<>();
    rows.forEach(row -> names.put(row.id(), row.name()));
    List<OrganizationId> chosen = rows.stream().map(BoardRow::id).toList();
    AtomicBoolean stop = new AtomicBoolean();
    cancelled = stop;
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
              outcomes.put(one.organization(), words(one.outcome(), name));
              changed.run();
            });
          }
        };
    background.run(
        () -> context.workplace().preparation().run(chosen, progress, stop),
        done -> ended(done, chosen.size()));
  }

  void cancel() {
    cancelled.set(true);
  }

  private void ended(List<Preparation.Done> done, int of) {
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
    line.set(texts.get("board.prepared", ready, closed, failed, of - done.size()));
    changed.run();
  }

  private String words(Preparation.Outcome outcome, String name) {
    return switch (outcome) {
      case Preparation.Outcome.Ready ready ->
          texts.get(
              ready.invitations() && ready.members()
                  ? "board.ready"
                  : ready.invitations()
                      ? "board.ready.no-members"
                      : ready.members() ? "board.ready.no-invitations" : "board.ready.roles-only");
      case Preparation.Outcome.NoAccess ignored -> texts.get("organization.no-access");
      case Preparation.Outcome.Failed failed ->
          ProblemText.of(failed.problem(), Optional.of(name), texts).title();
    };
  }
}
