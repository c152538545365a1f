package dev.guestlist.ui.kit;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;

/// How windows look: light or dark, by the system or by choice, and how large text is. Dresses
/// every scene it was given, again whenever the look changes. To be used on the JavaFX thread.
public final class Theme {
  /// How high text of the usual size is, in pixels: what widths that grow with it start from.
  public static final double TEXT_PIXELS = 13;

  private static final String LOOK = "theme.look";
  private static final String SIZE = "theme.text-size";
  private static final List<Integer> PERCENT = List.of(80, 100, 125, 150, 175, 200);
  private static final double ICON_PIXELS = 16;

  private final Remembered remembered;
  private final List<Scene> scenes = new ArrayList<>();
  private Look look;
  private int percent;

  /// Who decides between light and dark.
  public enum Look {
    SYSTEM,
    LIGHT,
    DARK
  }

  /// Begins with what was chosen last time; with the system's look when nothing was.
  public Theme(Remembered remembered) {
    this.remembered = remembered;
    this.look = remembered.get(LOOK).flatMap(Theme::lookNamed).orElse(Look.SYSTEM);
    this.percent = remembered.get(SIZE).flatMap(Theme::sizeOf).orElse(100);
    Platform.getPreferences().colorSchemeProperty().addListener((scheme, was, is) -> dressAll());
  }

  /// Dresses a scene, now and whenever the look changes. Its popups follow it.
  public void apply(Scene scene) {
    scenes.add(scene);
    dress(scene);
  }

  /// Stops following the look.
  public void forget(Scene scene) {
    scenes.remove(scene);
  }

  public void followSystem() {
    choose(Look.SYSTEM);
  }

  public void light() {
    choose(Look.LIGHT);
  }

  public void dark() {
    choose(Look.DARK);
  }

  /// From light to dark or back; from then on by choice.
  public void toggle() {
    choose(isDark() ? Look.LIGHT : Look.DARK);
  }

  public boolean isDark() {
    return switch (look) {
      case LIGHT -> false;
      case DARK -> true;
      case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
    };
  }

  /// One step larger, up to double size.
  public void larger() {
    size(PERCENT.stream().filter(step -> step > percent).findFirst().orElse(percent));
  }

  /// One step smaller.
  public void smaller() {
    size(PERCENT.reversed().stream().filter(step -> step < percent).findFirst().orElse(percent));
  }

  public void normalSize() {
    size(100);
  }

  /// How large text is, 100 being the usual.
  public int percent() {
    return percent;
  }

  private void choose(Look newLook) {
    look = newLook;
    remembered.put(LOOK, newLook.name().toLowerCase(Locale.ROOT));
    dressAll();
  }

  private void size(int newPercent) {
    percent = newPercent;
    remembered.put(SIZE, Integer.toString(newPercent));
    dressAll();
  }

  private void dressAll() {
    scenes.forEach(this::dress);
  }

  /// Popups take the stylesheets of the scene that they belong to, not the classes of its root:
  /// that is why dark and size are stylesheets.
  private void dress(Scene scene) {
    boolean dark = isDark();
    List<String> sheets = new ArrayList<>();
    sheets.add(sheet("theme.css"));
    if (dark) {
      sheets.add(sheet("dark.css"));
    }
    sheets.add(sheet("screens.css"));
    if (percent != 100) {
      sheets.add(sizeSheet());
    }
    scene.getPreferences().setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT);
    scene.setUserAgentStylesheet(
        dark
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
    scene.getStylesheets().setAll(sheets);
  }

  private String sizeSheet() {
    String rules =
        String.format(
            Locale.ROOT,
            ".root { -fx-font-size: %.1fpx; } .ikonli-font-icon { -fx-icon-size: %.0fpx; }",
            TEXT_PIXELS * percent / 100,
            ICON_PIXELS * percent / 100);
    return "data:text/css;base64,"
        + Base64.getEncoder().encodeToString(rules.getBytes(StandardCharsets.UTF_8));
  }

  private static String sheet(String name) {
    return Objects.requireNonNull(
            Theme.class.getResource("/dev/guestlist/ui/" + name), () -> name + " is missing")
        .toExternalForm();
  }

  private static Optional<Look> lookNamed(String name) {
    return Arrays.stream(Look.values())
        .filter(one -> one.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private static Optional<Integer> sizeOf(String text) {
    return PERCENT.stream().filter(step -> step.toString().equals(text)).findFirst();
  }
}
