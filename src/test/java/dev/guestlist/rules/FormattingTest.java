package dev.guestlist.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Every source file looks the way google-java-format writes it.
///
/// It runs here and not in a Maven plugin because the formatter reads sources with the compiler of
/// the JVM it runs in: Maven may run on an older one than the sources need, tests never do. `mvn
/// test -Dtest=FormattingTest -Dguestlist.format=write` rewrites the files.
@Execution(ExecutionMode.CONCURRENT)
class FormattingTest {
  private final Formatter formatter = new Formatter();

  @Test
  void everySourceFileIsFormatted() throws Exception {
    boolean write = "write".equals(System.getProperty("guestlist.format"));
    List<Path> unformatted = new ArrayList<>();
    for (Path file : sources()) {
      String before = Files.readString(file);
      String after = format(file, before);
      if (before.equals(after)) {
        continue;
      }
      if (write) {
        Files.writeString(file, after);
      } else {
        unformatted.add(file);
      }
    }
    assertThat(unformatted)
        .as("not formatted; mvn test -Dtest=FormattingTest -Dguestlist.format=write mends them")
        .isEmpty();
  }

  private String format(Path file, String source) {
    try {
      String ordered = ImportOrderer.reorderImports(source, Style.GOOGLE);
      return formatter.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
    } catch (FormatterException e) {
      throw new AssertionError(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Path> sources() throws IOException {
    try (var files = Files.walk(Path.of("src"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
