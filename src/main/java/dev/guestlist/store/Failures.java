package dev.guestlist.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/// Says in words what a failing disk or file means. Never contains a value of a row.
final class Failures {
  private Failures() {}

  static StoreException reading(Path file, SQLException cause) {
    return new StoreException(file + " could not be read: " + why(cause) + ".", cause);
  }

  static StoreException writing(Path file, SQLException cause) {
    return new StoreException(
        file + " could not be written: " + why(cause) + ". Nothing was changed or sent.", cause);
  }

  /// A file or folder that cannot be made or written.
  static StoreException unwritable(Path path, IOException cause) {
    String why =
        switch (cause) {
          case AccessDeniedException ignored -> "access is denied";
          case FileSystemException e when e.getReason() != null -> e.getReason();
          default -> String.valueOf(cause.getMessage());
        };
    return new StoreException(
        path
            + " could not be written: "
            + why
            + ". Guestlist needs a folder that it can write to. Nothing was changed or sent.",
        cause);
  }

  /// Whether the file's content is at fault, not the disk or a neighbour.
  static boolean damage(SQLException e) {
    return code(e) == SQLiteErrorCode.SQLITE_CORRUPT || code(e) == SQLiteErrorCode.SQLITE_NOTADB;
  }

  /// Whether the statement does not fit the file, for example because a table is not there.
  static boolean missing(SQLException e) {
    return code(e) == SQLiteErrorCode.SQLITE_ERROR;
  }

  static String why(SQLException e) {
    return switch (code(e)) {
      case SQLITE_BUSY, SQLITE_LOCKED -> "another program has held it for more than 5 seconds";
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> "it is write-protected";
      case SQLITE_IOERR -> "the disk reports an error";
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          "it is damaged; close Guestlist and open it again, then what can be read is saved";
      case SQLITE_FULL -> "the disk is full";
      case SQLITE_CANTOPEN -> "it cannot be opened";
      default -> String.valueOf(e.getMessage());
    };
  }

  /// SQLite's own code, without what the extended codes add.
  private static SQLiteErrorCode code(SQLException e) {
    return SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
  }
}
