package dev.guestlist.ui.kit;

import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.service.Change;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.application.Platform;

/// Takes work off the screen's thread and brings its result back there. Once closed, late results
/// are dropped: a screen closes its own.
public final class Background implements AutoCloseable {
  private final Executor workers;
  private final Executor screen;
  private final Consumer<Throwable> unexpected;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Something that may wait for disk or network.
  public interface Work<T> {
    T run() throws ProblemException;
  }

  /// Something that may wait and brings nothing back.
  public interface Task {
    void run() throws ProblemException;
  }

  public Background(Executor workers, Executor screen, Consumer<Throwable> unexpected) {
    this.workers = workers;
    this.screen = screen;
    this.unexpected = unexpected;
  }

  /// Virtual threads for the work, the JavaFX thread for the results.
  ///
  /// @param unexpected told, on the screen's thread, of what nobody expected: a bug or a failing
  ///   disk
  public static Background threads(Consumer<Throwable> unexpected) {
    return new Background(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("work-", 0).factory()),
        Platform::runLater,
        unexpected);
  }

  /// Does everything at once on the calling thread: for tests without a toolkit.
  public static Background immediate() {
    return new Background(
        Runnable::run,
        Runnable::run,
        failure -> {
          throw new IllegalStateException(failure);
        });
  }

  /// One for a screen, to be closed with it.
  public Background scope() {
    return new Background(workers, screen, unexpected);
  }

  /// Runs `work`, then hands its result, or the problem it met, back on the screen's thread.
  public <T> void run(Work<T> work, Consumer<? super T> done, Consumer<Problem> failed) {
    workers.execute(() -> {
      try {
        T result = work.run();
        onScreen(() -> done.accept(result));
      } catch (ProblemException e) {
        onScreen(() -> failed.accept(e.problem()));
      } catch (RuntimeException | Error e) {
        onScreen(() -> unexpected.accept(e));
      }
    });
  }

  /// Runs work that meets no problem it could tell.
  public <T> void run(Work<T> work, Consumer<? super T> done) {
    run(
        work,
        done,
        problem -> unexpected.accept(new IllegalStateException("Not answered: " + problem)));
  }

  /// Runs work that meets no problem it could tell, and something after it that comes in any case,
  /// also when the work failed in a way that nobody expected: so nothing stays marked as under way.
  public <T> void runToEnd(Work<T> work, Consumer<? super T> done, Runnable ended) {
    workers.execute(() -> {
      Runnable outcome = outcome(work, done);
      onScreen(() -> {
        try {
          outcome.run();
        } finally {
          ended.run();
        }
      });
    });
  }

  private <T> Runnable outcome(Work<T> work, Consumer<? super T> done) {
    try {
      T result = work.run();
      return () -> done.accept(result);
    } catch (ProblemException | RuntimeException | Error e) {
      return () -> unexpected.accept(e);
    }
  }

  /// Runs work without a result.
  public void run(Task task, Runnable done, Consumer<Problem> failed) {
    run(
        () -> {
          task.run();
          return true;
        },
        ignored -> done.run(),
        failed);
  }

  /// Runs something on the screen's thread, unless this was closed meanwhile.
  public void onScreen(Runnable action) {
    screen.execute(() -> {
      if (!closed.get()) {
        action.run();
      }
    });
  }

  /// Wraps a listener so that it is called on the screen's thread.
  public Consumer<Change> onScreen(Consumer<Change> listener) {
    return change -> onScreen(() -> listener.accept(change));
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
