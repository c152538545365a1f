package dev.guestlist.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/// Text can be read and glyphs can be seen, in light and in dark.
class ThemeContrastTest {
  private static final Pattern COLOUR = Pattern.compile("(-g-[a-z-]+):\\s*#([0-9a-f]{6});");
  private static final List<String> GROUNDS =
      List.of("-g-surface", "-g-raised", "-g-overlay", "-g-hover", "-g-selected");
  private static final List<String> ROLES = List.of("success", "warning", "danger", "info");

  @Test
  void textIsReadableInLight() throws IOException {
    assertReadable(names("theme.css"));
  }

  @Test
  void textIsReadableInTheDark() throws IOException {
    Map<String, String> names = names("theme.css");
    names.putAll(names("dark.css"));
    assertReadable(names);
  }

  @Test
  void theDarkGivesEveryNameAValueAndNoOther() throws IOException {
    assertThat(names("dark.css").keySet()).isEqualTo(names("theme.css").keySet());
  }

  private static void assertReadable(Map<String, String> names) {
    SoftAssertions all = new SoftAssertions();
    for (String ground : GROUNDS) {
      atLeast(4.5, "-g-text", ground, names, all);
      atLeast(4.5, "-g-quiet", ground, names, all);
      atLeast(4.5, "-g-accent", ground, names, all);
      for (String role : ROLES) {
        atLeast(4.5, "-g-" + role, ground, names, all);
      }
      for (String kind : List.of("practice", "test", "production")) {
        atLeast(3, "-g-kind-" + kind, ground, names, all);
      }
      atLeast(3, "-g-line", ground, names, all);
    }
    for (String role : ROLES) {
      atLeast(4.5, "-g-" + role, "-g-" + role + "-soft", names, all);
      atLeast(4.5, "-g-text", "-g-" + role + "-soft", names, all);
    }
    for (String kind : List.of("practice", "test", "production")) {
      atLeast(4.5, "-g-kind-" + kind, "-g-kind-" + kind + "-soft", names, all);
    }
    atLeast(4.5, "-g-on-accent", "-g-accent", names, all);
    atLeast(4.5, "-g-on-accent", "-g-accent-strong", names, all);
    atLeast(4.5, "-g-on-danger", "-g-danger", names, all);
    atLeast(4.5, "-g-on-danger", "-g-danger-strong", names, all);
    atLeast(4.5, "-g-text", "-g-mark", names, all);
    all.assertAll();
  }

  private static void atLeast(
      double ratio, String front, String back, Map<String, String> names, SoftAssertions all) {
    all.assertThat(
            contrast(names.getOrDefault(front, "888888"), names.getOrDefault(back, "888888")))
        .as("%s on %s", front, back)
        .isGreaterThanOrEqualTo(ratio);
  }

  private static Map<String, String> names(String sheet) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Theme.class.getResourceAsStream("/dev/guestlist/ui/" + sheet))) {
      Map<String, String> names = new HashMap<>();
      Matcher colour = COLOUR.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      while (colour.find()) {
        names.put(colour.group(1), colour.group(2));
      }
      return names;
    }
  }

  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String hex) {
    return 0.2126 * channel(hex, 0) + 0.7152 * channel(hex, 2) + 0.0722 * channel(hex, 4);
  }

  private static double channel(String hex, int at) {
    double value = Integer.parseInt(hex.substring(at, at + 2), 16) / 255.0;
    return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
