package dev.guestlist.ui.connect;

import dev.guestlist.model.KeyPlace;
import dev.guestlist.service.VaultKey;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Remembered;
import dev.guestlist.ui.kit.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Hides codes and secrets: at once, or after a while without use. Lists stay readable, and what
/// was started goes on.
public final class LockViewModel implements AutoCloseable {
  static final int USUAL_MINUTES = 15;
  static final int MOST_MINUTES = 480;
  private static final String MINUTES = "secrets.lock-after";

  private final VaultKey key;
  private final Background background;
  private final Remembered remembered;
  private final InstantSource clock;
  private final Texts texts;
  private final ReadOnlyBooleanWrapper locked = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper needsPassphrase = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
  private final StringProperty passphrase = new SimpleStringProperty("");
  private Instant lastUse;
  private boolean busy;

  private record State(boolean locked, boolean passphrase) {}

  public LockViewModel(
      VaultKey key,
      Background background,
      Remembered remembered,
      InstantSource clock,
      Texts texts) {
    this.key = key;
    this.background = background.scope();
    this.remembered = remembered;
    this.clock = clock;
    this.texts = texts;
    lastUse = clock.instant();
    read();
  }

  /// Whether codes and secrets are hidden.
  public ReadOnlyBooleanProperty lockedProperty() {
    return locked.getReadOnlyProperty();
  }

  /// Whether unlocking asks for the passphrase.
  public ReadOnlyBooleanProperty needsPassphraseProperty() {
    return needsPassphrase.getReadOnlyProperty();
  }

  /// Why the last try to unlock did not work; blank when nothing has to be said.
  public ReadOnlyStringProperty noteProperty() {
    return note.getReadOnlyProperty();
  }

  /// The passphrase as it is typed.
  public StringProperty passphraseProperty() {
    return passphrase;
  }

  /// After how many minutes without use it locks by itself; 0 for never.
  public int minutes() {
    return remembered
        .get(MINUTES)
        .filter(text -> text.matches("[0-9]{1,3}"))
        .map(Integer::valueOf)
        .orElse(USUAL_MINUTES);
  }

  void setMinutes(int minutes) {
    remembered.put(MINUTES, Integer.toString(minutes));
  }

  /// Somebody pressed a key or moved the mouse.
  public void used() {
    lastUse = clock.instant();
  }

  /// Looks whether nobody used the window for long enough; to be called every few seconds.
  public void tick() {
    int minutes = minutes();
    boolean idle =
        minutes > 0
            && Duration.between(lastUse, clock.instant()).compareTo(Duration.ofMinutes(minutes))
                >= 0;
    if (idle && !locked.get()) {
      lock();
    }
  }

  /// Hides codes and secrets now.
  public void lock() {
    work(() -> {
      key.lock();
      return state();
    });
  }

  /// Shows them again, with the typed passphrase where one is needed.
  public void unlock() {
    char[] typed = passphrase.get().toCharArray();
    passphrase.set("");
    work(() -> {
      boolean opened = key.unlock(typed.length == 0 ? Optional.empty() : Optional.of(typed));
      State now = state();
      return opened ? now : new State(true, now.passphrase());
    });
  }

  /// Reads again how things stand, after the key was moved.
  public void read() {
    work(this::state);
  }

  private State state() {
    return new State(key.locked(), key.place() == KeyPlace.PASSPHRASE);
  }

  private void work(Background.Work<State> work) {
    if (busy) {
      return;
    }
    busy = true;
    boolean wasLocked = locked.get();
    background.runToEnd(
        work,
        now -> {
          lastUse = clock.instant();
          needsPassphrase.set(now.passphrase());
          locked.set(now.locked());
          note.set(wasLocked && now.locked() ? texts.get("lock.wrong") : "");
        },
        () -> busy = false);
  }

  @Override
  public void close() {
    background.close();
  }
}
