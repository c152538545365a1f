package dev.guestlist.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;

/// A data folder whose `guestlist.db` can be made to fail as a disk would: SQLite itself refuses
/// then, with its own codes, also where the tests run as a user whom permissions do not bind.
public final class FaultyDisk {
  /// what runs write into
  private static final List<String> TABLES = List.of("run", "call", "run_row", "activity");

  private final LocalStore store;
  private final Statements writer;

  private FaultyDisk(LocalStore store, Statements writer) {
    this.store = store;
    this.writer = writer;
  }

  public static FaultyDisk open(Path folder, InstantSource clock) {
    Statements[] writer = new Statements[1];
    LocalStore store =
        LocalStore.open(
            folder,
            main -> {
              main.change(statements -> writer[0] = statements);
              return KeyPlaces.fixed(main, folder, KeyFile.in(folder));
            },
            clock);
    return new FaultyDisk(store, writer[0]);
  }

  public LocalStore store() {
    return store;
  }

  /// The disk is full but for so many pages.
  public void fill(int pagesLeft) {
    try {
      run("PRAGMA max_page_count = " + (writer.number("PRAGMA page_count") + pagesLeft));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The disk is full to the last byte: also what would fit into pages that are there cannot be
  /// written, because the log of changes cannot grow either. Here every change of a table asks for
  /// pages that there are not.
  public void fillUp() {
    fill(0);
    for (String table : TABLES) {
      for (String change : List.of("INSERT", "UPDATE", "DELETE")) {
        run(
            "CREATE TEMP TRIGGER full_%s_%s AFTER %s ON main.%s BEGIN"
                    .formatted(table, change, change, table)
                + " INSERT INTO view_state VALUES ('full', hex(zeroblob(100000))); END");
      }
    }
  }

  /// There is room again.
  public void makeRoom() {
    for (String table : TABLES) {
      for (String change : List.of("INSERT", "UPDATE", "DELETE")) {
        run("DROP TRIGGER IF EXISTS temp.full_%s_%s".formatted(table, change));
      }
    }
    run("PRAGMA max_page_count = 1000000");
  }

  /// Nothing can be written any more.
  public void protect() {
    run("PRAGMA query_only = ON");
  }

  /// Everything can be written again.
  public void unprotect() {
    run("PRAGMA query_only = OFF");
  }

  private void run(String pragma) {
    try {
      // a pragma with a value answers with a row
      long ignored = pragma.contains("max_page") ? writer.number(pragma) : 0;
      if (!pragma.contains("max_page")) {
        writer.script(pragma);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What SQLite says about a file of the folder when it looks at all of it.
  public static String integrity(Path folder, String file) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("PRAGMA integrity_check")) {
      return found.getString(1);
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
