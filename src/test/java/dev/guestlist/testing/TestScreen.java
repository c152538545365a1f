package dev.guestlist.testing;

import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.FilePicker;
import dev.guestlist.ui.kit.Navigator;
import dev.guestlist.ui.kit.Remembered;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The window's thread without a window: work runs on other threads, its results wait here until
/// the test lets them in. What a screen asks of the window is written down.
public final class TestScreen implements Dialogs, Navigator, Remembered, FilePicker {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private final Map<String, String> remembered = new ConcurrentHashMap<>();
  private final List<String> copied = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final List<Question> questions = new ArrayList<>();
  private final List<Screen> shown = new ArrayList<>();
  private final List<URI> opened = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private boolean failuresExpected;
  private Optional<Path> file = Optional.empty();
  private Optional<Runnable> answer = Optional.empty();
  private Optional<Runnable> way = Optional.empty();

  /// A context whose results come in during [#until] only.
  public ScreenContext over(PracticeWorld world) {
    return over(world.workplace(), world);
  }

  public ScreenContext over(Workplace workplace, PracticeWorld world) {
    Background background =
        new Background(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()),
            queue::add,
            this::failed);
    return new ScreenContext(
        workplace, background, this, this, Texts.english(), world.clock(), this);
  }

  private void failed(Throwable failure) {
    if (!failuresExpected) {
      throw new AssertionError(failure);
    }
    failures.add(failure);
  }

  /// From now on a failure that a screen does not expect is written down and ends no test.
  public void expectsFailures() {
    failuresExpected = true;
  }

  /// What screens did not expect, and the window would show.
  public List<Throwable> failures() {
    return failures;
  }

  /// Lets results in until something is so.
  public void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        Runnable next = queue.poll(5, TimeUnit.MILLISECONDS);
        if (next != null) {
          next.run();
        }
        if (System.nanoTime() > end) {
          throw new AssertionError("Did not happen within " + PATIENCE.toSeconds() + " s.");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void confirm(Question question, Runnable confirmed) {
    questions.add(question);
    answer = Optional.of(confirmed);
  }

  /// The person takes the action of the last question.
  public void takeAction() {
    answer.orElseThrow().run();
    answer = Optional.empty();
  }

  @Override
  public void copy(String text) {
    copied.add(text);
  }

  @Override
  public void copySecret(String secret) {
    secrets.add(secret);
  }

  @Override
  public void tell(String line) {
    told.add(line);
  }

  @Override
  public void tell(String line, String action, Runnable taken) {
    told.add(line);
    way = Optional.of(taken);
  }

  /// The person follows the way that the last line showed.
  public void takeWay() {
    way.orElseThrow().run();
  }

  @Override
  public void open(URI link) {
    opened.add(link);
  }

  @Override
  public void show(Screen screen) {
    shown.add(screen);
  }

  @Override
  public void closePanel() {}

  @Override
  public Optional<String> get(String key) {
    return Optional.ofNullable(remembered.get(key));
  }

  @Override
  public void put(String key, String value) {
    remembered.put(key, value);
  }

  public List<String> copied() {
    return copied;
  }

  public List<String> secrets() {
    return secrets;
  }

  public List<String> told() {
    return told;
  }

  public List<Question> questions() {
    return questions;
  }

  @Override
  public void open(String title, Sort sort, Consumer<Path> chosen) {
    file.ifPresent(chosen);
  }

  @Override
  public void save(String title, Sort sort, String name, Consumer<Path> chosen) {
    file.ifPresent(chosen);
  }

  /// The file that the person takes whenever one is asked for.
  public void takes(Path taken) {
    file = Optional.of(taken);
  }

  /// The addresses that a browser was asked to open.
  public List<URI> opened() {
    return opened;
  }

  public List<Screen> shown() {
    return shown;
  }
}
