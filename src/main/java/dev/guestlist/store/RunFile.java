package dev.guestlist.store;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Group;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Role;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/// Writes what became of the rows of a run into a file: UTF-8, in the order of the run, times with
/// their zone.
public final class RunFile {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String FORMULA_BEGINS = "=+-@\t\r";

  private final Function<RunRow, String> words;
  private final Function<RunRow, Optional<ConfirmationCode>> code;
  private final boolean withCodes;
  private final ZoneId zone;

  /// Writes rows as these functions tell them.
  ///
  /// @param words what became of a row, in a sentence
  /// @param code the code of a row; asked only `withCodes`
  /// @param withCodes whether codes are written; only the owner may read the file then, where the
  ///   file system knows owners
  public RunFile(
      Function<RunRow, String> words,
      Function<RunRow, Optional<ConfirmationCode>> code,
      boolean withCodes,
      ZoneId zone) {
    this.words = words;
    this.code = code;
    this.withCodes = withCodes;
    this.zone = zone;
  }

  /// As a table for other programs. A text that a spreadsheet would take for a formula gets an
  /// apostrophe in front.
  ///
  /// @throws IOException when the file cannot be written; what was there before may be gone
  public void csv(List<RunRow> rows, Path file) throws IOException {
    prepare(file);
    try (CsvWriter csv = CsvWriter.builder().build(file, StandardCharsets.UTF_8)) {
      boolean first = true;
      for (RunRow row : rows) {
        Map<String, String> cells = cells(row);
        if (first) {
          csv.writeRecord(cells.keySet());
          first = false;
        }
        csv.writeRecord(cells.values().stream().map(RunFile::guarded).toList());
      }
    }
  }

  /// One JSON object per line; what a row does not say is left out.
  ///
  /// @throws IOException when the file cannot be written; what was there before may be gone
  public void jsonLines(List<RunRow> rows, Path file) throws IOException {
    prepare(file);
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (RunRow row : rows) {
        Map<String, String> cells = cells(row);
        cells.values().removeIf(String::isEmpty);
        out.write(JSON.writeValueAsString(cells));
        out.write('\n');
      }
    }
  }

  private void prepare(Path file) throws IOException {
    boolean owners =
        Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
    if (withCodes && owners) {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  private Map<String, String> cells(RunRow row) {
    Map<String, String> cells = new LinkedHashMap<>();
    Optional<Target.Person> person =
        switch (row.target()) {
          case Target.Person it -> Optional.of(it);
          case Target.Again it -> Optional.of(it.person());
          case Target.Listed ignored -> Optional.empty();
          case Target.Code ignored -> Optional.empty();
        };
    cells.put("row", Integer.toString(row.position() + 1));
    cells.put("person", person.map(it -> it.username().name()).orElse(row.target().name()));
    cells.put("user store", person.flatMap(it -> it.username().userStore()).orElse(""));
    cells.put(
        "groups",
        person
            .map(it -> String.join("; ", it.groups().stream().map(Group::displayName).toList()))
            .orElse(""));
    cells.put(
        "roles",
        person
            .map(it -> String.join("; ", it.roles().stream().map(Role::displayName).toList()))
            .orElse(""));
    cells.put("outcome", row.state().name());
    cells.put("reason", row.reason().map(Enum::name).orElse(""));
    cells.put("in words", words.apply(row));
    cells.put("server", row.serverText());
    cells.put("time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(row.changed().atZone(zone)));
    cells.put("invitation", row.invitation().map(InvitationId::value).orElse(""));
    if (withCodes) {
      cells.put("code", code.apply(row).map(ConfirmationCode::reveal).orElse(""));
    }
    return cells;
  }

  private static String guarded(String cell) {
    return !cell.isEmpty() && FORMULA_BEGINS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }
}
