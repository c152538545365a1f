package dev.guestlist.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only publisher: tells everybody who listens what to read again. Listeners are called on the
/// thread that made the change and must return quickly.
public final class Changes {
  private static final Logger log = LoggerFactory.getLogger(Changes.class);

  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

  /// Ends when it is closed.
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  public Subscription subscribe(Consumer<Change> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void publish(Change change) {
    for (Consumer<Change> listener : listeners) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        log.error("A listener failed on {}.", change, e);
      }
    }
  }
}
