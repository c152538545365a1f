package dev.guestlist.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/// A program of its own that holds a database file until a line comes in: what a backup program or
/// a curious person with a database browser does. Argument: the file.
final class HoldingProgram {
  private HoldingProgram() {}

  public static void main(String[] arguments) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + Path.of(arguments[0]));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 20000");
      statement.execute("BEGIN EXCLUSIVE");
      System.out.println("held");
      System.out.flush();
      int ignored = System.in.read();
      statement.execute("ROLLBACK");
    }
  }
}
