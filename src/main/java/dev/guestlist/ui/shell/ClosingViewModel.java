package dev.guestlist.ui.shell;

import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.service.Runs;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.util.function.BiConsumer;

/// Asks what becomes of runs that are on their way when somebody closes the window.
final class ClosingViewModel {
  private final ScreenContext context;
  private final Background background;
  private final StatusBarViewModel status;
  private final Texts texts;

  ClosingViewModel(ScreenContext context, StatusBarViewModel status) {
    this.context = context;
    this.background = context.background();
    this.status = status;
    this.texts = context.texts();
  }

  /// Whether the window can be closed without a question.
  boolean mayClose() {
    return status.leavingProperty().get() == 0;
  }

  String title() {
    return texts.get("closing.title", status.leavingProperty().get());
  }

  /// Pauses what is on its way, then does `close`; it goes on when somebody says so.
  void pause(Runnable close) {
    each(Runs::pause, close);
  }

  /// Stops what is on its way, then does `close`; what was not sent is not tried.
  void stop(Runnable close) {
    each(Runs::stop, close);
  }

  private void each(BiConsumer<Runs, Long> act, Runnable close) {
    background.run(
        () -> {
          Runs runs = context.workplace().runs();
          runs.all().stream()
              .filter(ClosingViewModel::leaves)
              .forEach(run -> act.accept(runs, run.number()));
          return true;
        },
        done -> close.run());
  }

  static boolean leaves(Run run) {
    return run.phase() == Run.Phase.ACTIVE
        && run.count(RowState.READY) + run.count(RowState.SENDING) > 0;
  }
}
