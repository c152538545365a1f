package dev.guestlist.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where Guestlist keeps its files: said with `--data`, or with `GUESTLIST_HOME`, or where the
/// system keeps such things.
final class DataFolder {
  private DataFolder() {}

  static Path choose(Optional<Path> said, Map<String, String> environment, String system) {
    Path folder =
        said.or(() -> path(environment, "GUESTLIST_HOME"))
            .orElseGet(() -> ofTheSystem(environment, system));
    return folder.toAbsolutePath().normalize();
  }

  private static Path ofTheSystem(Map<String, String> environment, String system) {
    Path home = Path.of(System.getProperty("user.home"));
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return path(environment, "LOCALAPPDATA")
          .orElse(home.resolve("AppData/Local"))
          .resolve("Guestlist");
    }
    if (name.startsWith("mac")) {
      return home.resolve("Library/Application Support/Guestlist");
    }
    return path(environment, "XDG_DATA_HOME")
        .filter(Path::isAbsolute)
        .orElse(home.resolve(".local/share"))
        .resolve("guestlist");
  }

  private static Optional<Path> path(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
