package dev.guestlist.store;

import dev.guestlist.model.SendingProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A note in the data folder of which program sends, for the people at the others. The lock decides
/// who sends; a note without a lock is an old one.
final class SendingNote {
  private static final Logger log = LoggerFactory.getLogger(SendingNote.class);
  private static final int LINES = 4;

  private final Path file;

  SendingNote(Path folder) {
    this.file = folder.resolve("sending.txt");
  }

  /// Says that it is this program. Sending does not depend on it.
  ///
  /// @param connection the name of the connection it sends for; blank as long as it has none open
  void write(Instant since, String connection) {
    String text =
        String.join(
            "\n",
            Long.toString(ProcessHandle.current().pid()),
            since.toString(),
            System.getProperty("user.name", ""),
            computer(),
            connection.replaceAll("\\R", " "));
    Path fresh = file.resolveSibling("sending.new");
    try {
      Files.deleteIfExists(fresh);
      OwnerOnly.write(fresh, text.getBytes(StandardCharsets.UTF_8));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      log.warn("Others cannot be told who sends: {}", e.toString());
    }
  }

  /// Empty when there is none that can be understood.
  Optional<SendingProgram> read() {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      return lines.size() < LINES - 1
          ? Optional.empty()
          : Optional.of(
              new SendingProgram(
                  Long.parseLong(lines.get(0)),
                  lines.size() < LINES ? "" : lines.get(3),
                  lines.get(2),
                  Instant.parse(lines.get(1)),
                  lines.size() <= LINES ? "" : lines.get(LINES)));
    } catch (IOException | NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /// This program sends no more.
  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("An old note of who sends stays: {}", e.toString());
    }
  }

  private static String computer() {
    return Stream.of("COMPUTERNAME", "HOSTNAME")
        .map(System::getenv)
        .filter(name -> name != null && !name.isBlank())
        .findFirst()
        .orElseGet(SendingNote::ownName);
  }

  private static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }
}
