package dev.guestlist.ui.invitations;

import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.Navigator;
import dev.guestlist.ui.kit.Remembered;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A window that writes down what screens ask of it. Its screen's thread is the thread of the test,
/// which works off what the background brings whenever it waits for something.
final class RecordedWindow implements Dialogs, Navigator, Remembered {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  final List<Question> questions = new ArrayList<>();
  final List<String> copies = new ArrayList<>();
  final List<String> secrets = new ArrayList<>();
  final List<String> lines = new ArrayList<>();
  final List<Screen> screens = new ArrayList<>();
  final Map<String, String> remembered = new HashMap<>();
  private final LinkedBlockingQueue<Runnable> screen = new LinkedBlockingQueue<>();
  private Runnable confirmed = () -> {};

  /// What a view model gets when this window stands over that world.
  ScreenContext over(PracticeWorld world) {
    return new ScreenContext(
        world.workplace(),
        new Background(
            work -> Thread.ofVirtual().start(work),
            screen::add,
            failure -> {
              throw new AssertionError("Nobody expected this.", failure);
            }),
        this,
        this,
        Texts.english(),
        world.clock(),
        this);
  }

  /// Works off what comes to the screen's thread until something is so.
  void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Did not happen within 20 s.");
      }
      try {
        Runnable next = screen.poll(10, TimeUnit.MILLISECONDS);
        if (next != null) {
          next.run();
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /// Takes the action of the last question.
  void confirm() {
    confirmed.run();
  }

  @Override
  public void confirm(Question question, Runnable action) {
    questions.add(question);
    confirmed = action;
  }

  @Override
  public void copy(String text) {
    copies.add(text);
  }

  @Override
  public void copySecret(String secret) {
    secrets.add(secret);
  }

  @Override
  public void tell(String line) {
    lines.add(line);
  }

  @Override
  public void open(URI link) {
    throw new AssertionError("Invitations open no links.");
  }

  @Override
  public void show(Screen asked) {
    screens.add(asked);
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
}
