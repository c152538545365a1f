package dev.guestlist.store;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A table that is written into a file, in UTF-8.
///
/// @param columns their names
/// @param rows one text for each column; blank where nothing is known
public record TableFile(List<String> columns, List<List<String>> rows) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String FORMULA_BEGINS = "=+-@\t\r";

  public TableFile {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /// As a table for other programs. A text that a spreadsheet would take for a formula gets an
  /// apostrophe in front.
  ///
  /// @throws IOException when the file cannot be written; what was there before may be gone
  public void csv(Path file) throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(file, StandardCharsets.UTF_8)) {
      csv.writeRecord(columns);
      for (List<String> row : rows) {
        csv.writeRecord(row.stream().map(TableFile::guarded).toList());
      }
    }
  }

  /// One JSON object per line; what a row does not say is left out.
  ///
  /// @throws IOException when the file cannot be written; what was there before may be gone
  public void jsonLines(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (List<String> row : rows) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          if (!row.get(i).isEmpty()) {
            cells.put(columns.get(i), row.get(i));
          }
        }
        out.write(JSON.writeValueAsString(cells));
        out.write('\n');
      }
    }
  }

  static String guarded(String cell) {
    return !cell.isEmpty() && FORMULA_BEGINS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }
}
