package dev.guestlist.store;

import dev.guestlist.model.KeyPlace;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Keeps the key in a file beside the database, readable by its owner only: the weaker place, for
/// whoever copies the folder has both.
public final class KeyFile implements KeyStorage {
  private static final int BYTES = 32;

  private final Path folder;
  private final Path file;

  private KeyFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("vault.key");
  }

  /// The key file of a data folder, `vault.key`; nothing is read or made yet.
  public static KeyFile in(Path folder) {
    return new KeyFile(folder);
  }

  @Override
  public boolean present() {
    return Files.exists(file);
  }

  @Override
  public byte[] key() {
    try {
      if (!Files.exists(file)) {
        make();
      }
      OwnerOnly.restrict(file);
      byte[] key = Files.readAllBytes(file);
      if (key.length != BYTES) {
        throw new StoreException(
            "The key file "
                + file
                + " is damaged: it has "
                + key.length
                + " bytes instead of "
                + BYTES
                + ". Sealed codes and sign-ins cannot be opened without it. Put the file back from"
                + " a copy. Nothing was changed.");
      }
      return key;
    } catch (IOException e) {
      throw new StoreException(
          "The key file "
              + file
              + " could not be read or made: "
              + e.getMessage()
              + ". Without it no code can be sealed or opened. Nothing was changed.",
          e);
    }
  }

  /// The file appears complete or not at all; of two programs at once, the first one wins.
  private void make() throws IOException {
    SecureRandom random = new SecureRandom();
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    byte[] suffix = new byte[4];
    random.nextBytes(suffix);
    OwnerOnly.folder(folder);
    Path fresh = file.resolveSibling("vault.key." + HexFormat.of().formatHex(suffix));
    try {
      OwnerOnly.write(fresh, key);
      try {
        Files.createLink(file, fresh);
      } catch (UnsupportedOperationException e) {
        Files.move(fresh, file);
      }
      OwnerOnly.settle(folder);
    } catch (FileAlreadyExistsException e) {
      // the other program's key is the key
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  @Override
  public void forget() {
    try {
      Files.deleteIfExists(file);
      OwnerOnly.settle(folder);
    } catch (IOException e) {
      throw new StoreException(
          "The key file "
              + file
              + " could not be removed: "
              + e.getMessage()
              + ". It opens nothing any more.",
          e);
    }
  }

  @Override
  public KeyPlace kind() {
    return KeyPlace.KEY_FILE;
  }

  @Override
  public String place() {
    return "a key file in the data folder";
  }
}
