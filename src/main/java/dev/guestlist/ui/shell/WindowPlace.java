package dev.guestlist.ui.shell;

import dev.guestlist.ui.kit.Remembered;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javafx.stage.Screen;
import javafx.stage.Stage;

/// Where the window was and how large; it is never put where no screen is.
final class WindowPlace {
  private static final String KEY = "window.place";
  private static final String MAXIMIZED = "maximized";

  private final Stage stage;
  private final Remembered remembered;

  WindowPlace(Stage stage, Remembered remembered) {
    this.stage = stage;
    this.remembered = remembered;
  }

  void restore() {
    Optional<String> known = remembered.get(KEY);
    if (known.equals(Optional.of(MAXIMIZED))) {
      stage.setMaximized(true);
      return;
    }
    known
        .flatMap(WindowPlace::numbers)
        .filter(place -> !Screen.getScreensForRectangle(place[0], place[1], place[2], 40).isEmpty())
        .ifPresent(place -> {
          stage.setX(place[0]);
          stage.setY(place[1]);
          stage.setWidth(place[2]);
          stage.setHeight(place[3]);
        });
  }

  void keep() {
    if (stage.isMaximized()) {
      remembered.put(KEY, MAXIMIZED);
    } else if (stage.getWidth() > 0) {
      remembered.put(
          KEY,
          String.format(
              Locale.ROOT,
              "%.0f %.0f %.0f %.0f",
              stage.getX(),
              stage.getY(),
              stage.getWidth(),
              stage.getHeight()));
    }
  }

  private static Optional<double[]> numbers(String text) {
    try {
      double[] place =
          Arrays.stream(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
      return place.length == 4 ? Optional.of(place) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
