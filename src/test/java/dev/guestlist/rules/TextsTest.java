package dev.guestlist.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The texts for people and the places that use them belong together.
class TextsTest {
  private static final Path BUNDLE =
      Path.of("src/main/resources/dev/guestlist/ui/messages.properties");
  private static final Path SOURCES = Path.of("src/main/java/dev/guestlist");
  private static final Path LAYOUTS = Path.of("src/main/resources/dev/guestlist/ui");
  private static final Pattern ASKED =
      Pattern.compile("(?:[tT]exts\\(?\\)?\\s*\\.\\s*get|\\btext)\\(\\s*\"([a-z0-9.-]+)\"");
  private static final Pattern LITERAL = Pattern.compile("\"([a-z0-9-]+(?:\\.[a-z0-9-]+)+)\"");
  private static final Pattern IN_LAYOUT = Pattern.compile("\"%([a-z0-9.-]+)\"");
  private static final List<String> BANNED =
      List.of(
          "successfully",
          "oops",
          "please wait",
          "are you sure",
          "operation failed",
          "invalid input",
          "outbox",
          "ledger");

  private final Properties texts = new Properties();

  @BeforeEach
  void read() throws IOException {
    try (Reader reader = Files.newBufferedReader(BUNDLE)) {
      texts.load(reader);
    }
  }

  @Test
  void everyTextThatIsUsedExists() throws IOException {
    Set<String> used = new TreeSet<>(found(SOURCES, ".java", ASKED));
    used.addAll(found(LAYOUTS, ".fxml", IN_LAYOUT));
    used.removeAll(texts.stringPropertyNames());
    assertThat(used).as("used but not in messages.properties").isEmpty();
  }

  @Test
  void everyTextIsUsed() throws IOException {
    Set<String> unused = new TreeSet<>(texts.stringPropertyNames());
    unused.removeAll(found(SOURCES, ".java", ASKED));
    unused.removeAll(found(SOURCES, ".java", LITERAL));
    unused.removeAll(found(LAYOUTS, ".fxml", IN_LAYOUT));
    assertThat(unused).as("in messages.properties but not used").isEmpty();
  }

  @Test
  void whatALayoutShowsIsNoPattern() throws IOException {
    assertThat(found(LAYOUTS, ".fxml", IN_LAYOUT))
        .allSatisfy(
            key -> assertThat(texts.getProperty(key, "")).as("%s", key).doesNotContain("''", "{"));
  }

  @Test
  void noTextIsWrittenTwice() throws IOException {
    Set<String> seen = new TreeSet<>();
    List<String> twice = new ArrayList<>();
    for (String line : Files.readAllLines(BUNDLE)) {
      Matcher key = Pattern.compile("^([a-z0-9.-]+)\\s*=").matcher(line);
      if (key.find() && !seen.add(key.group(1))) {
        twice.add(key.group(1));
      }
    }
    assertThat(twice).isEmpty();
  }

  @Test
  void noTextUsesAPhraseThatSaysNothing() {
    assertThat(texts)
        .allSatisfy((key, text) ->
            assertThat(text.toString().toLowerCase(Locale.ROOT))
                .as("%s", key)
                .doesNotContain(BANNED));
  }

  @Test
  void noLayoutHoldsATextOfItsOwn() throws IOException {
    assertThat(
            found(
                LAYOUTS,
                ".fxml",
                Pattern.compile("(?:text|promptText|accessibleText)=\"([^%$\"][^\"]*)\"")))
        .isEmpty();
  }

  private static Set<String> found(Path folder, String ending, Pattern pattern) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .flatMap(file -> pattern.matcher(read(file)).results())
          .map(match -> match.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
