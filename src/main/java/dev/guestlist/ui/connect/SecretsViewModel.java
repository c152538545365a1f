package dev.guestlist.ui.connect;

import dev.guestlist.model.KeyPlace;
import dev.guestlist.service.VaultKey;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Texts;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;

/// Where the key of the vault lies, moving it, and when it locks.
public final class SecretsViewModel implements AutoCloseable {
  static final int SHORTEST_PASSPHRASE = 8;

  private final VaultKey key;
  private final LockViewModel lock;
  private final Texts texts;
  private final Background background;
  private final Runnable close;
  private final ReadOnlyObjectWrapper<List<VaultKey.Choice>> choices =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ObjectProperty<Optional<KeyPlace>> wanted =
      new SimpleObjectProperty<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<KeyPlace>> place =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final StringProperty passphrase = new SimpleStringProperty("");
  private final StringProperty again = new SimpleStringProperty("");
  private final StringProperty minutes = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ObservableValue<String> reason;

  private record Standing(KeyPlace place, List<VaultKey.Choice> choices) {}

  public SecretsViewModel(
      VaultKey key, LockViewModel lock, Background background, Texts texts, Runnable close) {
    this.key = key;
    this.lock = lock;
    this.background = background.scope();
    this.texts = texts;
    this.close = close;
    minutes.set(Integer.toString(lock.minutes()));
    minutes.addListener((property, was, is) -> takeMinutes(is));
    reason =
        Bindings.createStringBinding(
            this::whyNotNow, wanted, place, passphrase, again, busy, lock.lockedProperty());
    read("");
  }

  /// Every place that could hold the key, with the reason where it cannot.
  public ReadOnlyObjectProperty<List<VaultKey.Choice>> choicesProperty() {
    return choices.getReadOnlyProperty();
  }

  /// Where the key lies; empty until that was read.
  public ReadOnlyObjectProperty<Optional<KeyPlace>> placeProperty() {
    return place.getReadOnlyProperty();
  }

  /// Where it should lie.
  public ObjectProperty<Optional<KeyPlace>> wantedProperty() {
    return wanted;
  }

  public StringProperty passphraseProperty() {
    return passphrase;
  }

  /// The passphrase a second time.
  public StringProperty againProperty() {
    return again;
  }

  /// After how many minutes without use it locks, as typed; 0 for never.
  public StringProperty minutesProperty() {
    return minutes;
  }

  /// What came of the last change; blank when there was none.
  public ReadOnlyStringProperty noteProperty() {
    return note.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /// Why the key cannot be moved now; blank when it can.
  public ObservableValue<String> reason() {
    return reason;
  }

  LockViewModel lock() {
    return lock;
  }

  /// Moves the key to the wanted place.
  public void move() {
    if (!whyNotNow().isEmpty()) {
      return;
    }
    KeyPlace to = wanted.get().orElseThrow();
    Optional<char[]> typed =
        to == KeyPlace.PASSPHRASE ? Optional.of(passphrase.get().toCharArray()) : Optional.empty();
    busy.set(true);
    note.set("");
    background.run(
        () -> {
          try {
            key.moveTo(to, typed);
            return texts.get("secrets.moved", name(to));
          } catch (RuntimeException e) {
            return texts.get("secrets.not-moved", String.valueOf(e.getMessage()));
          }
        },
        said -> {
          busy.set(false);
          passphrase.set("");
          again.set("");
          lock.read();
          read(said);
        });
  }

  void lockNow() {
    lock.lock();
    close.run();
  }

  void done() {
    close.run();
  }

  String name(KeyPlace of) {
    return switch (of) {
      case KEYCHAIN -> texts.get("secrets.keychain");
      case PASSPHRASE -> texts.get("secrets.passphrase");
      case KEY_FILE -> texts.get("secrets.file");
      case UNTIL_CLOSED -> texts.get("secrets.until-closed");
    };
  }

  /// What speaks for and against a place.
  String sentence(KeyPlace of) {
    return switch (of) {
      case KEYCHAIN -> texts.get("secrets.keychain.text");
      case PASSPHRASE -> texts.get("secrets.passphrase.text");
      case KEY_FILE -> texts.get("secrets.file.text");
      case UNTIL_CLOSED -> texts.get("secrets.until-closed.text");
    };
  }

  private String whyNotNow() {
    if (busy.get() || wanted.get().isEmpty()) {
      return texts.get("secrets.reading");
    }
    if (lock.lockedProperty().get()) {
      return texts.get("secrets.reason.locked");
    }
    boolean withPassphrase = wanted.get().get() == KeyPlace.PASSPHRASE;
    if (wanted.get().equals(place.get()) && !(withPassphrase && !passphrase.get().isEmpty())) {
      return texts.get("secrets.reason.there");
    }
    if (withPassphrase && passphrase.get().length() < SHORTEST_PASSPHRASE) {
      return texts.get("secrets.reason.short", SHORTEST_PASSPHRASE);
    }
    if (withPassphrase && !passphrase.get().equals(again.get())) {
      return texts.get("secrets.reason.again");
    }
    return "";
  }

  private void read(String said) {
    background.run(
        () -> new Standing(key.place(), key.choices()),
        now -> {
          choices.set(now.choices());
          place.set(Optional.of(now.place()));
          wanted.set(Optional.of(now.place()));
          note.set(said);
        });
  }

  private void takeMinutes(String typed) {
    if (typed.strip().matches("[0-9]{1,3}")) {
      lock.setMinutes(Math.min(Integer.parseInt(typed.strip()), LockViewModel.MOST_MINUTES));
    }
  }

  @Override
  public void close() {
    background.close();
  }
}
