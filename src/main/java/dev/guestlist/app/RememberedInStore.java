package dev.guestlist.app;

import dev.guestlist.store.ViewState;
import dev.guestlist.ui.kit.Remembered;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Answers from memory and writes behind, in the order of the changes.
final class RememberedInStore implements Remembered, AutoCloseable {
  private final ViewState kept;
  private final Map<String, String> values;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("remembered").factory());

  /// Reads everything at once: to be made before the window opens.
  RememberedInStore(ViewState kept) {
    this.kept = kept;
    this.values = new ConcurrentHashMap<>(kept.all());
  }

  @Override
  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
  }

  @Override
  public void put(String key, String value) {
    String before = values.put(key, value);
    if (!value.equals(before)) {
      writer.execute(() -> kept.put(key, value));
    }
  }

  /// Waits until everything is on disk.
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
