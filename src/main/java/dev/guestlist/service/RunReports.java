package dev.guestlist.service;

import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.store.RunFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/// Writes what became of the rows of a run into files.
public final class RunReports {
  private final Runs runs;
  private final ActivityLog activity;

  RunReports(Runs runs, ActivityLog activity) {
    this.runs = runs;
    this.activity = activity;
  }

  /// Writes all rows of a run, in their order, and a line about that into the activity.
  ///
  /// @param words what became of a row, in a sentence
  /// @param withCodes whether kept codes are written too
  /// @return how many rows were written
  /// @throws IOException when the file cannot be written
  public int write(
      Run run,
      ActivityLog.Format format,
      boolean withCodes,
      Function<RunRow, String> words,
      Path file)
      throws IOException {
    List<RunRow> rows = runs.rows(run.number());
    RunFile out = new RunFile(words, row -> runs.code(row.id()), withCodes, ZoneId.systemDefault());
    switch (format) {
      case CSV -> out.csv(rows, file);
      case JSON_LINES -> out.jsonLines(rows, file);
    }
    activity.exported(run.organization(), file, rows.size());
    return rows.size();
  }
}
