package dev.guestlist.store;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.guestlist.model.Activity;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/// Writes lines about what was done into a file: UTF-8, times with their zone, newest line first.
public final class ActivityFile {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> COLUMNS =
      List.of(
          "time",
          "connection",
          "organization",
          "action",
          "account",
          "person",
          "wish",
          "outcome",
          "reason",
          "detail",
          "run",
          "ticket",
          "note",
          "caller confirmed");

  private final ActivityTable table;
  private final Function<Activity, String> connectionName;
  private final Function<Activity, String> organizationName;
  private final ZoneId zone;

  /// Writes lines of this table.
  ///
  /// @param connectionName how people call the connection of a line
  /// @param organizationName how people call its organization; asked only where there is one
  public ActivityFile(
      ActivityTable table,
      Function<Activity, String> connectionName,
      Function<Activity, String> organizationName,
      ZoneId zone) {
    this.table = table;
    this.connectionName = connectionName;
    this.organizationName = organizationName;
    this.zone = zone;
  }

  /// As a table for other programs. A text that a spreadsheet would take for a formula gets an
  /// apostrophe in front.
  ///
  /// @return how many lines were written
  /// @throws IOException when the file cannot be written; what was there before may be gone
  public int csv(Activity.Filter filter, Path file) throws IOException {
    AtomicInteger lines = new AtomicInteger();
    try (CsvWriter csv = CsvWriter.builder().build(file, StandardCharsets.UTF_8)) {
      csv.writeRecord(COLUMNS);
      table.each(
          filter,
          line -> {
            csv.writeRecord(cells(line).values().stream().map(TableFile::guarded).toList());
            lines.incrementAndGet();
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return lines.get();
  }

  /// One JSON object per line; what a line does not say is left out.
  ///
  /// @return how many lines were written
  /// @throws IOException when the file cannot be written; what was there before may be gone
  public int jsonLines(Activity.Filter filter, Path file) throws IOException {
    AtomicInteger lines = new AtomicInteger();
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      table.each(
          filter,
          line -> {
            Map<String, String> cells = cells(line);
            cells.values().removeIf(String::isEmpty);
            try {
              out.write(JSON.writeValueAsString(cells));
              out.write('\n');
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            lines.incrementAndGet();
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return lines.get();
  }

  private Map<String, String> cells(Activity line) {
    List<String> values = new ArrayList<>();
    values.add(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(line.at().atZone(zone)));
    values.add(connectionName.apply(line));
    values.add(line.organization().isPresent() ? organizationName.apply(line) : "");
    values.add(line.kind().name());
    values.add(line.account());
    values.add(line.person());
    values.add(text(line.wish().map(RunRows::text)));
    values.add(text(line.outcome()));
    values.add(text(line.reason()));
    values.add(line.detail());
    values.add(text(line.run()));
    values.add(line.ticket().number());
    values.add(line.ticket().note());
    values.add(line.ticket().callerConfirmed() ? "yes" : "");
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      cells.put(COLUMNS.get(i), values.get(i));
    }
    return cells;
  }

  private static String text(Optional<?> value) {
    return value.map(Object::toString).orElse("");
  }
}
