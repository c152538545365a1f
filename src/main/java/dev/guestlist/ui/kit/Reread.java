package dev.guestlist.ui.kit;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Reads something again when asked, never twice at once, so that an older answer never comes after
/// a newer one: requests that come while a read is under way become one more read after it. To be
/// asked on the screen's thread.
public final class Reread<T> {
  private final Background background;
  private final Supplier<Supplier<T>> prepare;
  private final Consumer<T> show;
  private boolean reading;
  private boolean again;

  private record Outcome<T>(Optional<T> value, Optional<RuntimeException> failure) {}

  private Reread(Background background, Supplier<Supplier<T>> prepare, Consumer<T> show) {
    this.background = background;
    this.prepare = prepare;
    this.show = show;
  }

  /// A read that needs to know nothing of the screen.
  ///
  /// @param read reads, in the background
  /// @param show takes what was read, on the screen's thread
  public static <T> Reread<T> of(Background background, Supplier<T> read, Consumer<T> show) {
    return new Reread<>(background, () -> read, show);
  }

  /// A read that needs to know something of the screen.
  ///
  /// @param prepare says on the screen's thread, before each read, what is to be read in the
  ///   background
  public static <T> Reread<T> prepared(
      Background background, Supplier<Supplier<T>> prepare, Consumer<T> show) {
    return new Reread<>(background, prepare, show);
  }

  /// Reads, now or once more after the read that is under way.
  public void ask() {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    Supplier<T> read = prepare.get();
    background.run(() -> outcome(read), this::done);
  }

  private Outcome<T> outcome(Supplier<T> read) {
    try {
      return new Outcome<>(Optional.of(read.get()), Optional.empty());
    } catch (RuntimeException e) {
      return new Outcome<>(Optional.empty(), Optional.of(e));
    }
  }

  private void done(Outcome<T> outcome) {
    reading = false;
    try {
      outcome.value().ifPresent(show);
    } finally {
      if (again) {
        again = false;
        ask();
      }
    }
    if (outcome.failure().isPresent()) {
      throw outcome.failure().get();
    }
  }
}
