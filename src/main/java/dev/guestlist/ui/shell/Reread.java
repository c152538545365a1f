package dev.guestlist.ui.shell;

import dev.guestlist.ui.kit.Background;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Reads something again when asked, never twice at once: requests that come while a read is under
/// way become one more read after it. To be asked on the screen's thread.
final class Reread<T> {
  private final Background background;
  private final Supplier<T> read;
  private final Consumer<T> show;
  private boolean reading;
  private boolean again;

  private record Outcome<T>(Optional<T> value, Optional<RuntimeException> failure) {}

  Reread(Background background, Supplier<T> read, Consumer<T> show) {
    this.background = background;
    this.read = read;
    this.show = show;
  }

  void ask() {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    background.run(this::readNow, this::done);
  }

  private Outcome<T> readNow() {
    try {
      return new Outcome<>(Optional.of(read.get()), Optional.empty());
    } catch (RuntimeException e) {
      return new Outcome<>(Optional.empty(), Optional.of(e));
    }
  }

  private void done(Outcome<T> outcome) {
    reading = false;
    if (again) {
      again = false;
      ask();
    }
    outcome.value().ifPresent(show);
    if (outcome.failure().isPresent()) {
      throw outcome.failure().get();
    }
  }
}
