package dev.guestlist.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// Lays SQLite's native part into the data folder once, where every start finds it. The driver
/// would copy it into the system's temporary folder at each start, and a program that is killed
/// leaves its megabyte there.
final class NativeLibrary {
  private static final String PLACE = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";

  private NativeLibrary() {}

  /// Tells the driver where to look. Where this fails the driver goes its own way, which works too;
  /// a place that was set from outside stays.
  static void prepare(Path folder) {
    if (System.getProperty(PLACE) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream shipped = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (shipped == null) {
        return;
      }
      Path place = folder.resolve("native").resolve(SQLiteJDBCLoader.getVersion());
      OwnerOnly.folder(place);
      lay(shipped.readAllBytes(), place, name);
      System.setProperty(NAME, name);
      System.setProperty(PLACE, place.toAbsolutePath().toString());
    } catch (IOException e) {
      // the driver's own way
    }
  }

  private static void lay(byte[] library, Path place, String name) throws IOException {
    Path file = place.resolve(name);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), library)) {
      return;
    }
    Path fresh = place.resolve(name + "." + ProcessHandle.current().pid());
    Files.deleteIfExists(fresh);
    OwnerOnly.write(fresh, library);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
