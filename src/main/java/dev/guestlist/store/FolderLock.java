package dev.guestlist.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// Lets the programs on one folder know of each other, by locks that the operating system takes
/// back when one is killed. The first byte of the file is held by whoever has its turn to open,
/// repair or copy; each program that has the folder open holds one byte after it.
final class FolderLock implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static FolderLock on(Path folder) {
    return new FolderLock(folder, channel(folder, "guestlist.lock"));
  }

  /// The time in which no other program opens, repairs or copies here.
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /// Waits for the turn of the others to end; closing ends this one.
  ///
  /// @throws StoreException when that takes too long
  Turn turn() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<FileLock> lock = attempt(channel, 0, 1);
      if (lock.isPresent()) {
        return () -> release(lock.get());
      }
      if (System.nanoTime() > end) {
        throw new StoreException(
            "Another Guestlist has been opening or repairing the folder "
                + folder
                + " for more than "
                + PATIENCE.toSeconds()
                + " seconds. Nothing was changed; try again once it is done.");
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  /// Whether no other program has the folder open; only to be relied upon during a turn.
  boolean alone() {
    Optional<FileLock> all = attempt(channel, 1, Long.MAX_VALUE - 1);
    all.ifPresent(FolderLock::release);
    return all.isPresent();
  }

  /// Says that this program has the folder open, until it closes or dies.
  void stay() {
    while (attempt(channel, ThreadLocalRandom.current().nextLong(1, 1L << 40), 1).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  /// Tries to become the one program that sends; the lock holds until the channel is closed.
  static Optional<FileChannel> sending(Path folder) {
    FileChannel channel = channel(folder, "sending.lock");
    if (attempt(channel, 0, 1).isPresent()) {
      return Optional.of(channel);
    }
    close(channel);
    return Optional.empty();
  }

  private static FileChannel channel(Path folder, String name) {
    Path file = folder.resolve(name);
    try {
      OwnerOnly.file(file);
      return FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw Failures.unwritable(file, e);
    }
  }

  private static Optional<FileLock> attempt(FileChannel channel, long from, long bytes) {
    try {
      return Optional.ofNullable(channel.tryLock(from, bytes, false));
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException(
          "Files in this folder cannot be locked, which Guestlist needs so that two programs do"
              + " not send the same. Choose a folder on a disk of this computer. Nothing was"
              + " changed.",
          e);
    }
  }

  private static void release(FileLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new StoreException("A lock on the data folder could not be given back.", e);
    }
  }

  static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException("A lock on the data folder could not be given back.", e);
    }
  }

  @Override
  public void close() {
    close(channel);
  }
}
