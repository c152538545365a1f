package dev.guestlist.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/// One of the two databases, and the numbered SQL files that made it what it is.
///
/// @param resources the folder of the SQL files, beside this class
/// @param migrations in their order; the number of the last one is the version of a file
/// @param secrets whether deleted bytes are overwritten, and its small content checked completely
record Schema(String fileName, String resources, List<String> migrations, boolean secrets) {
  static final Schema CACHE =
      new Schema(
          "cache.db",
          "cache",
          List.of("001-first.sql", "002-history.sql", "003-members-seen.sql"),
          false);
  static final Schema MAIN =
      new Schema(
          "guestlist.db",
          "main",
          List.of(
              "001-first.sql",
              "002-connections.sql",
              "003-activity.sql",
              "004-invite-again.sql",
              "005-order.sql",
              "006-compare.sql",
              "007-forget.sql"),
          true);

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int USER_VERSION = 60;

  /// Shorter files hold no database.
  private static final int HEADER_BYTES = 512;

  Path file(Path folder) {
    return folder.resolve(fileName);
  }

  int version() {
    return migrations.size();
  }

  /// Looks at the file's header as plain bytes: SQLite would leave its mark by opening it.
  ///
  /// @throws StoreException when a newer Guestlist wrote it
  void refuseNewer(Path folder) {
    Path file = file(folder);
    byte[] header = header(file);
    if (isDatabase(header)) {
      refuseNewer(file, ByteBuffer.wrap(header).getInt(USER_VERSION));
    }
  }

  /// Refuses what SQLite would take for an empty file and write over.
  void refuseForeign(Path file) throws DamagedException {
    byte[] header = header(file);
    if (header.length > 0 && !isDatabase(header)) {
      throw new DamagedException("it does not begin as a database does");
    }
  }

  private static boolean isDatabase(byte[] header) {
    return header.length == HEADER_BYTES
        && Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /// The first bytes of the file, as far as there are any.
  private static byte[] header(Path file) {
    if (!Files.isRegularFile(file)) {
      return new byte[0];
    }
    try (InputStream content = Files.newInputStream(file)) {
      return content.readNBytes(HEADER_BYTES);
    } catch (IOException e) {
      throw new StoreException(
          file + " could not be read: " + e.getMessage() + ". Nothing was changed.", e);
    }
  }

  void refuseNewer(Path file, long found) {
    if (found > version()) {
      throw new StoreException(
          file
              + " was written by a newer Guestlist: it has version "
              + found
              + ", this program reads up to version "
              + version()
              + ". The file was left as it is. Start the newer Guestlist, or choose another data"
              + " folder.");
    }
  }

  /// Applies what the file does not have yet, in one transaction. The new version is in the header
  /// afterwards, not only in the log beside the file: older programs look there.
  ///
  /// @param statements outside any transaction
  void migrate(Path file, Statements statements) throws SQLException, DamagedException {
    statements.script("BEGIN IMMEDIATE");
    try {
      int found = (int) statements.number("PRAGMA user_version");
      refuseNewer(file, found);
      if (found < 0
          || (found == 0 && statements.number("SELECT count(*) FROM sqlite_schema") > 0)) {
        throw new DamagedException("its version number is gone");
      }
      for (String migration : migrations.subList(found, version())) {
        statements.script(text(migration));
      }
      if (found < version()) {
        statements.script("PRAGMA user_version = " + version());
      }
      statements.script("COMMIT");
      if (found < version()) {
        statements.script("PRAGMA wal_checkpoint(TRUNCATE)");
      }
    } catch (SQLException | DamagedException | RuntimeException e) {
      Database.rollBack(statements, e);
      throw e;
    }
  }

  private String text(String migration) {
    try (InputStream resource = Schema.class.getResourceAsStream(resources + "/" + migration)) {
      if (resource == null) {
        throw new IllegalStateException("The program lacks its file " + migration + ".");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
