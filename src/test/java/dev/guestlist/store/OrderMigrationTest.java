package dev.guestlist.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file of the version before rows waited for earlier ones that have not left.
class OrderMigrationTest {
  @TempDir private Path folder;

  @Test
  void findsEarlierRowsThatHaveNotLeftByTheirPerson() throws Exception {
    open();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP INDEX run_row_unsettled");
      statement.execute(
          "CREATE INDEX run_row_unsettled ON run_row (username COLLATE NOCASE)"
              + " WHERE state IN ('SENDING', 'UNKNOWN', 'NEEDS_DECISION')");
      statement.execute("ALTER TABLE run DROP COLUMN compare");
      statement.execute("PRAGMA user_version = 4");
    }

    open();

    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet plan =
            statement.executeQuery(
                "EXPLAIN QUERY PLAN SELECT 1 FROM run_row open"
                    + " WHERE open.state IN ('READY', 'SENDING', 'UNKNOWN', 'NEEDS_DECISION')"
                    + " AND open.username = 'ann' COLLATE NOCASE")) {
      assertThat(plan.next()).isTrue();
      assertThat(plan.getString("detail")).contains("run_row_unsettled");
    }
  }

  private void open() {
    LocalStore.open(folder, KeyFile.in(folder), () -> Sample.NOW).close();
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("guestlist.db"));
  }
}
