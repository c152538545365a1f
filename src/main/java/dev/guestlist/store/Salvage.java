package dev.guestlist.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Takes over row by row what can still be read of a damaged `guestlist.db`. Rows that break the
/// rules of their table are left behind rather than believed.
final class Salvage {
  private static final int HEADER_BYTES = 100;
  private static final int CHANGE_COUNTER = 24;
  private static final int VERSION_VALID_FOR = 92;
  private static final byte INTERIOR = 5;

  /// So many unreadable places of one table are walked around before the rest is given up.
  private static final int PATIENCE = 5_000;

  private final Statements damaged;
  private final Statements fresh;
  private int patience;

  private Salvage(Statements damaged, Statements fresh) {
    this.damaged = damaged;
    this.fresh = fresh;
  }

  /// Saves what it can and answers how many rows that were.
  ///
  /// @param damaged a copy of the damaged file, which will be changed
  /// @param fresh an empty database, filled in one transaction
  static int rows(Path damaged, Database fresh) {
    int saved = attempt(damaged, fresh);
    if (saved == 0) {
      transplantListOfTables(damaged, fresh.file());
      saved = attempt(damaged, fresh);
    }
    return saved;
  }

  private static int attempt(Path damaged, Database fresh) {
    try (Statements source = Database.connect(damaged)) {
      // one bad cell must not take its whole page along
      source.script("PRAGMA cell_size_check = OFF");
      return fresh.write(target -> new Salvage(source, target).all());
    } catch (SQLException e) {
      return 0;
    }
  }

  /// The first page, with the pages it leads to, holds the list of tables. When only that is lost,
  /// the one of a fresh file fits: both were made by the same steps, so that the tables begin at
  /// the same pages.
  private static void transplantListOfTables(Path damaged, Path fresh) {
    try (FileChannel from = FileChannel.open(fresh, StandardOpenOption.READ);
        FileChannel to =
            FileChannel.open(damaged, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      int pageSize = Short.toUnsignedInt(read(from, 0, HEADER_BYTES).getShort(16));
      ByteBuffer first = read(from, 0, pageSize);
      for (int number : children(first)) {
        long at = (number - 1L) * pageSize;
        write(to, at, read(from, at, pageSize));
      }
      // the two differ: then the size of the file counts, not the one written in the header
      first.putInt(VERSION_VALID_FOR, first.getInt(CHANGE_COUNTER) + 1);
      write(to, 0, first);
    } catch (IOException e) {
      throw Failures.unwritable(damaged, e);
    }
  }

  /// The numbers of the pages that a first page leads to; none while everything fits on it. The
  /// form is that of a table's interior page, see "B-tree Pages" in SQLite's description of its
  /// files.
  private static List<Integer> children(ByteBuffer first) {
    List<Integer> pages = new ArrayList<>();
    if (first.get(HEADER_BYTES) == INTERIOR) {
      int cells = Short.toUnsignedInt(first.getShort(HEADER_BYTES + 3));
      for (int cell = 0; cell < cells; cell++) {
        int at = Short.toUnsignedInt(first.getShort(HEADER_BYTES + 12 + 2 * cell));
        pages.add(first.getInt(at));
      }
      pages.add(first.getInt(HEADER_BYTES + 8));
    }
    return pages;
  }

  private static ByteBuffer read(FileChannel from, long at, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining() && from.read(bytes, at + bytes.position()) >= 0) {
      // until it is full
    }
    return bytes.flip();
  }

  private static void write(FileChannel to, long at, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes, at + bytes.position());
    }
  }

  private int all() throws SQLException {
    fresh.script("PRAGMA defer_foreign_keys = ON");
    List<String> tables =
        fresh.query(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            row -> row.text(1));
    for (String table : tables) {
      copy(table);
    }
    mend();
    int saved = 0;
    for (String table : tables) {
      saved += (int) fresh.number("SELECT count(*) FROM " + table);
    }
    return saved;
  }

  private void copy(String table) throws SQLException {
    List<String> columns = columns(fresh, table);
    List<String> there = damagedColumns(table);
    if (!there.isEmpty()) {
      // an older file lacks what later versions added
      columns = columns.stream().filter(there::contains).toList();
    }
    String names = String.join(", ", columns);
    String places = String.join(", ", Collections.nCopies(columns.size(), "?"));
    String insert = "INSERT OR IGNORE INTO %s (%s) VALUES (%s)".formatted(table, names, places);
    String select =
        "SELECT rowid, %s FROM %s WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
            .formatted(names, table);
    patience = PATIENCE;
    copy(select, insert, columns.size(), 0, last(table));
  }

  private static List<String> columns(Statements s, String table) throws SQLException {
    return s.query("SELECT name FROM pragma_table_info(?)", row -> row.text(1), table);
  }

  private List<String> damagedColumns(String table) {
    try {
      return columns(damaged, table);
    } catch (SQLException e) {
      return List.of();
    }
  }

  private long last(String table) {
    try {
      return damaged.number("SELECT coalesce(max(rowid), 0) FROM " + table);
    } catch (SQLException e) {
      return 1 << 20;
    }
  }

  /// Reads on until something cannot be read, then halves what is left, so that only the rows of
  /// the unreadable pages stay behind.
  private void copy(String select, String insert, int columns, long from, long to)
      throws SQLException {
    if (from > to || patience == 0) {
      return;
    }
    Progress progress = new Progress(insert, columns, from);
    try {
      damaged.each(select, progress, from, to);
      return;
    } catch (SQLException e) {
      if (progress.failed) {
        throw e;
      }
      patience = Failures.missing(e) ? 0 : patience - 1;
    }
    if (from < to) {
      long middle = progress.next + (to - progress.next) / 2;
      boolean halved = middle < to;
      copy(select, insert, columns, progress.next, halved ? middle : to - 1);
      copy(select, insert, columns, halved ? middle + 1 : to, to);
    }
  }

  /// What belongs together and was torn apart.
  private void mend() throws SQLException {
    fresh.update("DELETE FROM run_row WHERE run NOT IN (SELECT number FROM run)");
    fresh.update(
        """
        INSERT INTO call (id, left_at)
        SELECT call, min(changed) FROM run_row
        WHERE call IS NOT NULL AND call NOT IN (SELECT id FROM call) GROUP BY call
        """);
    ConnectionTable.dropNotUnderstood(fresh);
    RunRows.dropNotUnderstood(fresh);
    // numbers may be given out again: a code must never meet another row of its number
    fresh.update(
        """
        DELETE FROM secret
        WHERE (name GLOB 'row/*' AND name NOT IN (SELECT 'row/' || id || '/code' FROM run_row))
          OR (name GLOB 'call/*' AND name NOT IN (SELECT 'call/' || id || '/answer' FROM call))
        """);
  }

  /// Copies row after row and remembers how far it came.
  private final class Progress implements Row.Visitor {
    private final String insert;
    private final int columns;
    private long next;
    private boolean failed;

    Progress(String insert, int columns, long from) {
      this.insert = insert;
      this.columns = columns;
      this.next = from;
    }

    @Override
    public void visit(Row row) throws SQLException {
      long id = row.number(1);
      Object[] values = new Object[columns];
      for (int i = 0; i < columns; i++) {
        values[i] = row.any(i + 2);
      }
      failed = true;
      fresh.update(insert, values);
      failed = false;
      // a damaged tree may give its rows out of order
      next = Math.max(next, id + 1);
    }
  }
}
