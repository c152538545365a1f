package dev.guestlist.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// One copy of `guestlist.db` a day (UTC), the newest seven; complete databases that can be opened.
final class DailyCopies {
  private static final int KEPT = 7;
  private static final String PREFIX = "guestlist-";

  private final Path folder;

  DailyCopies(Path dataFolder) {
    this.folder = dataFolder.resolve("copies");
  }

  /// Newest first.
  List<Path> all() throws IOException {
    return named(PREFIX + "????-??-??.db");
  }

  /// Makes the copy of this day if there is none; during a turn of the [FolderLock].
  void copy(Path file, Instant now) {
    Path copy = folder.resolve(PREFIX + LocalDate.ofInstant(now, ZoneOffset.UTC) + ".db");
    if (Files.exists(copy)) {
      return;
    }
    Path part = copy.resolveSibling(copy.getFileName() + ".part");
    try {
      OwnerOnly.folder(folder);
      for (Path left : named("*.part*")) {
        Files.delete(left);
      }
      write(file, part);
      Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
      OwnerOnly.settle(folder);
      List<Path> copies = all();
      for (Path old : copies.subList(Math.min(KEPT, copies.size()), copies.size())) {
        Files.delete(old);
      }
    } catch (IOException e) {
      throw Failures.unwritable(copy, e);
    }
  }

  /// Makes one of now in the place of all; during a turn of the [FolderLock].
  void renew(Path file, Instant now) {
    try {
      for (Path copy : named("*")) {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw Failures.unwritable(folder, e);
    }
    copy(file, now);
  }

  /// The file itself stays open for others meanwhile.
  private static void write(Path file, Path part) throws IOException {
    OwnerOnly.file(part);
    try (Statements statements = Database.connect(file)) {
      statements.script("PRAGMA synchronous = FULL");
      statements.update("VACUUM INTO ?", part.toAbsolutePath());
    } catch (SQLException e) {
      Files.deleteIfExists(part);
      throw new StoreException(
          "The daily copy of "
              + file
              + " could not be written: "
              + Failures.why(e)
              + ". The file itself and older copies are unharmed.",
          e);
    }
  }

  private List<Path> named(String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder, pattern)) {
        files.forEach(found::add);
      }
    }
    found.sort(Comparator.reverseOrder());
    return found;
  }
}
