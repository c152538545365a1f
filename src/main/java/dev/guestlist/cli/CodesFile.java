package dev.guestlist.cli;

import dev.guestlist.ui.kit.Texts;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// A new file with confirmation codes, one person a line: name, tab, code.
final class CodesFile {
  private CodesFile() {}

  /// Before anything is sent: a file that exists is not written over.
  static void refuseExisting(Path file, Texts texts) throws Stop {
    if (Files.exists(file)) {
      throw new Stop(Exit.NOTHING_DONE, texts.get("cli.codes.exists", file));
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder)) {
      throw new Stop(Exit.NOTHING_DONE, texts.get("cli.codes.no-folder", file));
    }
  }

  /// The codes are in the vault already: when this fails, they can still be had there.
  static void write(Path file, List<String> lines, Texts texts) throws Stop {
    try {
      Files.createFile(file, ownerOnly(file));
      Files.write(file, lines, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new Stop(Exit.SOME_REFUSED, texts.get("cli.codes.exists-now", file));
    } catch (IOException e) {
      throw new Stop(
          Exit.SOME_REFUSED,
          texts.get("cli.codes.not-written", file, String.valueOf(e.getMessage())));
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
