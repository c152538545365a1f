package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// One reading of the list from the server: whether it goes on, and what is said about it. The
/// longer it takes, the more is said.
final class Reading {
  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final Duration COUNTED = Duration.ofSeconds(4);
  private static final Duration SLOW = Duration.ofSeconds(15);

  private final Texts texts;
  private final ReadOnlyBooleanWrapper going = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
  private Optional<Instant> began = Optional.empty();

  Reading(Texts texts) {
    this.texts = texts;
  }

  ReadOnlyBooleanProperty goingProperty() {
    return going.getReadOnlyProperty();
  }

  /// Blank during the first second.
  ReadOnlyStringProperty textProperty() {
    return text.getReadOnlyProperty();
  }

  boolean going() {
    return going.get();
  }

  void begin(Instant now) {
    began = Optional.of(now);
    going.set(true);
    tick(now);
  }

  void end() {
    began = Optional.empty();
    going.set(false);
    text.set("");
  }

  void tick(Instant now) {
    text.set(began.map(start -> say(Duration.between(start, now))).orElse(""));
  }

  private String say(Duration soFar) {
    if (soFar.compareTo(QUIET) < 0) {
      return "";
    }
    if (soFar.compareTo(COUNTED) < 0) {
      return texts.get("invitations.reading");
    }
    return soFar.compareTo(SLOW) < 0
        ? texts.get("invitations.reading.seconds", soFar.toSeconds())
        : texts.get("invitations.reading.slow", soFar.toMinutes(), soFar.toSecondsPart());
  }
}
