package dev.guestlist.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Makes files and folders that nobody but their owner can read, from their first moment on. Where
/// the system has no such permissions, the folder's own rights have to do.
final class OwnerOnly {
  private OwnerOnly() {}

  /// Makes the folder and what is missing above it.
  static void folder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, attributes(folder, "rwx------"));
    }
  }

  /// Makes an empty file unless there is one.
  static void file(Path file) throws IOException {
    try {
      Files.createFile(file, attributes(file, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      // as it should be
    }
  }

  /// Makes a new file and waits until its bytes are on the disk.
  static void write(Path file, byte[] bytes) throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, attributes(file, "rw-------"))) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /// Copies into a new file and waits until its bytes are on the disk.
  static void copy(Path from, Path to) throws IOException {
    write(to, new byte[0]);
    try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel target = FileChannel.open(to, StandardOpenOption.WRITE)) {
      long at = 0;
      while (at < source.size()) {
        at += source.transferTo(at, source.size() - at, target);
      }
      target.force(true);
    }
  }

  /// Waits until the names in a folder are on the disk, where the system can do that.
  static void settle(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot, and does not need it
    }
  }

  /// Takes other people's rights away from a file that came from elsewhere.
  static void restrict(Path file) throws IOException {
    if (posix(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    return posix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
