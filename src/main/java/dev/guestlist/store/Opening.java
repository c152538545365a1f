package dev.guestlist.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// Opens the files of one folder and repairs what is damaged; during a turn of the [FolderLock].
final class Opening {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// A database file never comes alone.
  private static final List<String> PARTS = List.of("", "-wal", "-shm");

  private final Path folder;
  private final FolderLock lock;
  private final InstantSource clock;
  private final List<LocalStore.Notice> notices = new ArrayList<>();

  Opening(Path folder, FolderLock lock, InstantSource clock) {
    this.folder = folder;
    this.lock = lock;
    this.clock = clock;
  }

  /// Makes the folder where it is missing.
  static void prepare(Path folder) {
    try {
      OwnerOnly.folder(folder);
    } catch (FileAlreadyExistsException e) {
      throw new StoreException(
          e.getFile() + " is a file. Guestlist needs a folder there. Nothing was changed.", e);
    } catch (IOException e) {
      throw Failures.unwritable(folder, e);
    }
  }

  List<LocalStore.Notice> notices() {
    return List.copyOf(notices);
  }

  Database cache() {
    Path file = Schema.CACHE.file(folder);
    try {
      return Database.open(file, Schema.CACHE);
    } catch (DamagedException e) {
      refuseWhileInUse(file, e);
    }
    try {
      Path to = asideOf(file);
      for (String part : PARTS) {
        if (Files.exists(beside(file, part))) {
          Files.move(beside(file, part), beside(to, part));
        }
      }
      dropFormerCaches(to);
      notices.add(new LocalStore.Notice.CacheSetAside(to));
      return Database.open(file, Schema.CACHE);
    } catch (IOException e) {
      throw Failures.unwritable(file, e);
    } catch (DamagedException e) {
      throw damagedAgain(file, e);
    }
  }

  Database main() {
    Path file = Schema.MAIN.file(folder);
    try {
      refuseEmptied(file);
      return understood(Database.open(file, Schema.MAIN));
    } catch (DamagedException e) {
      refuseWhileInUse(file, e);
    }
    try {
      Path to = asideOf(file);
      int rows = repair(file, to);
      notices.add(new LocalStore.Notice.MainFileSaved(to, rows, new DailyCopies(folder).all()));
      return understood(Database.open(file, Schema.MAIN));
    } catch (IOException e) {
      throw Failures.unwritable(file, e);
    } catch (DamagedException e) {
      throw damagedAgain(file, e);
    }
  }

  /// Builds a file of what can be saved, and only then sets the damaged one aside: whoever is
  /// killed in between finds the damaged one again.
  private int repair(Path file, Path to) throws IOException, DamagedException {
    Path workshop = folder.resolve("repair");
    clear(workshop);
    OwnerOnly.folder(workshop);
    Path damaged = workshop.resolve("damaged.db");
    Path fresh = workshop.resolve("fresh.db");
    for (String part : List.of("", "-wal")) {
      if (Files.exists(beside(file, part))) {
        OwnerOnly.copy(beside(file, part), beside(damaged, part));
        OwnerOnly.copy(beside(file, part), beside(to, part));
      }
    }
    int rows;
    try (Database database = Database.open(fresh, Schema.MAIN)) {
      rows = Salvage.rows(damaged, database);
    }
    OwnerOnly.settle(folder);
    Files.deleteIfExists(beside(file, "-wal"));
    Files.deleteIfExists(beside(file, "-shm"));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    OwnerOnly.settle(folder);
    clear(workshop);
    return rows;
  }

  /// An empty file is new, unless there was something to copy on a former day.
  private void refuseEmptied(Path file) throws DamagedException {
    try {
      if (Files.exists(file) && Files.size(file) == 0 && !new DailyCopies(folder).all().isEmpty()) {
        throw new DamagedException("it is empty");
      }
    } catch (IOException e) {
      throw Failures.unwritable(file, e);
    }
  }

  /// Checks the few values whose form no rule of a table can check.
  private static Database understood(Database main) throws DamagedException {
    try {
      return main.read(s -> {
        ConnectionTable.understand(s);
        RunRows.understand(s);
        return main;
      });
    } catch (StoreException e) {
      main.close();
      if (e.getCause() instanceof SQLException) {
        throw e;
      }
      throw new DamagedException(e);
    }
  }

  /// Another program would go on writing into the file that is moved away under it.
  private void refuseWhileInUse(Path file, DamagedException e) {
    if (!lock.alone()) {
      throw new StoreException(
          file
              + " is damaged, and another Guestlist has it open. Close that one, then open this one"
              + " again: what can be read is saved then. Nothing was changed.",
          e);
    }
  }

  private static StoreException damagedAgain(Path file, DamagedException e) {
    return new StoreException(
        file
            + " is damaged, and so is the new file that was made in its place. The disk may be"
            + " failing; choose another data folder. The damaged file was kept beside it.",
        e);
  }

  private Path asideOf(Path file) {
    String name = file.getFileName() + ".damaged-" + STAMP.format(clock.instant());
    Path to = file.resolveSibling(name);
    for (int more = 2; Files.exists(to); more++) {
      to = file.resolveSibling(name + "-" + more);
    }
    return to;
  }

  /// Of caches that were set aside, the newest is enough.
  private void dropFormerCaches(Path newest) throws IOException {
    String prefix = Schema.CACHE.fileName() + ".damaged-";
    try (var files = Files.newDirectoryStream(folder, prefix + "*")) {
      for (Path file : files) {
        if (!file.toString().startsWith(newest.toString())) {
          Files.delete(file);
        }
      }
    }
  }

  private static void clear(Path workshop) throws IOException {
    if (Files.isDirectory(workshop)) {
      try (var files = Files.newDirectoryStream(workshop)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(workshop);
    }
  }

  private static Path beside(Path file, String part) {
    return file.resolveSibling(file.getFileName() + part);
  }
}
