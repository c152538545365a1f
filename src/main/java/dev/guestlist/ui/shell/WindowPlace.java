package dev.guestlist.ui.shell;

import dev.guestlist.ui.kit.Remembered;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javafx.stage.Screen;
import javafx.stage.Stage;

/// Where the window was and how large; it is never put where no screen is.
final class WindowPlace {
  private static final double GRIP = 80;
  private static final String MAXIMIZED = "maximized";

  private final Stage stage;
  private final Remembered remembered;
  private final String key;

  /// @param key under which the place is remembered
  WindowPlace(Stage stage, Remembered remembered, String key) {
    this.stage = stage;
    this.remembered = remembered;
    this.key = key;
  }

  /// Puts the window where it was.
  ///
  /// @return whether that is known, and still on a screen
  boolean restore() {
    Optional<String> known = remembered.get(key);
    if (known.equals(Optional.of(MAXIMIZED))) {
      stage.setMaximized(true);
      return true;
    }
    Optional<double[]> place = known.flatMap(WindowPlace::numbers).filter(WindowPlace::onAScreen);
    place.ifPresent(at -> {
      stage.setX(at[0]);
      stage.setY(at[1]);
      stage.setWidth(at[2]);
      stage.setHeight(at[3]);
    });
    return place.isPresent();
  }

  /// Whether so much of the upper edge is on one screen that the window can be taken hold of.
  private static boolean onAScreen(double[] place) {
    return Screen.getScreens().stream()
        .map(Screen::getVisualBounds)
        .anyMatch(screen ->
            place[0] + place[2] >= screen.getMinX() + GRIP
                && place[0] <= screen.getMaxX() - GRIP
                && place[1] >= screen.getMinY() - 1
                && place[1] <= screen.getMaxY() - GRIP / 2);
  }

  void keep() {
    if (stage.isMaximized()) {
      remembered.put(key, MAXIMIZED);
    } else if (stage.getWidth() > 0) {
      remembered.put(
          key,
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
