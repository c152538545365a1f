package dev.guestlist.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/// One SQLite file: one connection that writes and one that reads, each lent to one thread at a
/// time. Readers do not wait for writers. A commit is on the disk before it returns.
final class Database implements AutoCloseable {
  /// What happens inside a transaction.
  interface Work<T> {
    T with(Statements statements) throws SQLException;
  }

  /// What happens inside a transaction and gives nothing back.
  interface Change {
    void with(Statements statements) throws SQLException;
  }

  private final Path file;
  private final Schema schema;
  private final Statements writer;
  private final Statements reader;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();

  private Database(Path file, Schema schema, Statements writer, Statements reader) {
    this.file = file;
    this.schema = schema;
    this.writer = writer;
    this.reader = reader;
  }

  /// Opens the file, makes it where it is missing, checks it, and applies migrations.
  ///
  /// @throws DamagedException when its content cannot be relied upon; it is closed then
  /// @throws StoreException when it cannot be opened for another reason
  static Database open(Path file, Schema schema) throws DamagedException {
    try {
      OwnerOnly.file(file);
    } catch (IOException e) {
      throw Failures.unwritable(file, e);
    }
    schema.refuseForeign(file);
    Statements writer = null;
    Statements reader = null;
    Database opened = null;
    try {
      writer = connect(file);
      if (schema.secrets()) {
        // of a new file only: what its tables are must lie on the first page, see Salvage
        writer.script("PRAGMA page_size = 8192");
      }
      writer.script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
      writer.script(
          schema.secrets()
              ? "PRAGMA secure_delete = ON"
              : "PRAGMA cache_size = -64000; PRAGMA wal_autocheckpoint = 8000;");
      check(writer, schema);
      schema.migrate(file, writer);
      reader = connect(file);
      reader.script("PRAGMA query_only = ON");
      opened = new Database(file, schema, writer, reader);
      return opened;
    } catch (SQLException e) {
      if (Failures.damage(e)) {
        throw new DamagedException(e);
      }
      throw Failures.writing(file, e);
    } finally {
      if (opened == null) {
        closeQuietly(writer);
        closeQuietly(reader);
      }
    }
  }

  /// A connection that trusts nothing in the file and waits for neighbours.
  static Statements connect(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(5_000);
    config.enforceForeignKeys(true);
    config.enableLoadExtension(false);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    Statements statements = new Statements(connection);
    statements.script(
        """
        PRAGMA trusted_schema = OFF;
        PRAGMA cell_size_check = ON;
        PRAGMA cache_size = -16000;
        PRAGMA journal_size_limit = 67108864;
        """);
    return statements;
  }

  /// The small file that cannot be replaced is looked at completely, the other one for its form.
  private static void check(Statements statements, Schema schema)
      throws SQLException, DamagedException {
    String pragma = schema.secrets() ? "integrity_check(1)" : "quick_check(1)";
    String found = statements.first("PRAGMA " + pragma, row -> row.text(1)).orElse("no answer");
    if (!found.equals("ok")) {
      throw new DamagedException(found);
    }
  }

  Path file() {
    return file;
  }

  /// Reads one state of the file, however many queries it takes.
  <T> T read(Work<T> work) {
    return transaction(reading, reader, "BEGIN", work, false);
  }

  /// A number that changes whenever somebody else than the reading connection has written: another
  /// program, or this one.
  long version() {
    return read(s -> s.number("PRAGMA data_version"));
  }

  /// Writes everything or, when it throws, nothing.
  <T> T write(Work<T> work) {
    return transaction(writing, writer, "BEGIN IMMEDIATE", work, true);
  }

  /// Writes everything or, when it throws, nothing.
  void change(Change change) {
    write(statements -> {
      change.with(statements);
      return true;
    });
  }

  /// Leaves nothing of what was deleted in the file, nor beside it, as far as nobody else reads it
  /// just now.
  ///
  /// @param rewrite for a file that does not overwrite what is deleted
  void leaveNoTraces(boolean rewrite) {
    reading.lock();
    writing.lock();
    try {
      reader.release();
      writer.release();
      if (rewrite) {
        writer.script("VACUUM");
      }
      long ignored = writer.number("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      throw Failures.writing(file, e);
    } finally {
      writing.unlock();
      reading.unlock();
    }
  }

  private <T> T transaction(
      ReentrantLock lock, Statements statements, String begin, Work<T> work, boolean writes) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("A transaction is open in this thread already.");
    }
    lock.lock();
    try {
      statements.script(begin);
      try {
        if (writes) {
          schema.refuseNewer(file, statements.number("PRAGMA user_version"));
        }
        T result = work.with(statements);
        statements.script("COMMIT");
        return result;
      } catch (SQLException | RuntimeException e) {
        rollBack(statements, e);
        throw e;
      }
    } catch (SQLException e) {
      throw writes ? Failures.writing(file, e) : Failures.reading(file, e);
    } finally {
      lock.unlock();
    }
  }

  /// SQLite may have done so by itself; what led here is what matters.
  static void rollBack(Statements statements, Exception because) {
    try {
      statements.script("ROLLBACK");
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  private static void closeQuietly(@Nullable Statements statements) {
    if (statements != null) {
      try {
        statements.close();
      } catch (SQLException e) {
        // what made it fail is on its way already
      }
    }
  }

  /// Waits for what is running, then closes.
  @Override
  public void close() {
    reading.lock();
    writing.lock();
    try {
      reader.close();
      writer.close();
    } catch (SQLException e) {
      throw Failures.writing(file, e);
    } finally {
      writing.unlock();
      reading.unlock();
    }
  }
}
