package dev.guestlist.practice;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The practice server's own SQLite file: one writing connection behind a lock, and a fresh reading
/// connection for answers that are too large to hold.
final class Database implements AutoCloseable {
  /// Turns the current row into a value.
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// Takes the current row of a long answer.
  interface RowSink {
    void take(ResultSet row) throws SQLException, IOException;
  }

  private final String url;
  private final Connection connection;
  private final ReentrantLock lock = new ReentrantLock();

  private final FileChannel lockFile;

  private Database(String url, Connection connection, FileChannel lockFile) {
    this.url = url;
    this.connection = connection;
    this.lockFile = lockFile;
  }

  static Database open(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel lockFile = lock(folder);
    String url = "jdbc:sqlite:" + folder.resolve("practice.db");
    try {
      Database database = new Database(url, DriverManager.getConnection(url), lockFile);
      database.runScript("pragma journal_mode = wal; pragma synchronous = normal;");
      database.runScript(resource("schema.sql"));
      return database;
    } catch (SQLException e) {
      lockFile.close();
      throw new IOException("The practice server's data in " + folder + " cannot be opened.", e);
    }
  }

  /// One server at a time uses a folder; the operating system lets go when the process ends.
  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel = FileChannel.open(folder.resolve("practice.lock"), CREATE, WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by another server of this very process: the same news.
    }
    channel.close();
    throw new IOException("Another practice server uses the folder " + folder + ".");
  }

  static String resource(String name) {
    try (var in = Database.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void runScript(String script) {
    lock.lock();
    try (var statement = connection.createStatement()) {
      for (String part : script.split(";", -1)) {
        if (!part.isBlank()) {
          statement.execute(part);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }

  <T> List<T> query(String sql, Row<T> row, @Nullable Object... values) {
    lock.lock();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      List<T> found = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          found.add(row.read(result));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }

  <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... values) {
    return query(sql, row, values).stream().findFirst();
  }

  boolean exists(String sql, @Nullable Object... values) {
    return !query(sql, row -> true, values).isEmpty();
  }

  long number(String sql, @Nullable Object... values) {
    return first(sql, row -> row.getLong(1), values).orElse(0L);
  }

  int update(String sql, @Nullable Object... values) {
    lock.lock();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }

  /// Inserts many rows through one prepared statement; call it inside a transaction.
  void insertAll(String sql, Iterable<@Nullable Object[]> rows) {
    lock.lock();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (@Nullable Object[] row : rows) {
        bind(statement, row);
        statement.executeUpdate();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }

  /// Runs the work as one transaction; a call inside another one joins it.
  <T> T inTransaction(Supplier<T> work) {
    lock.lock();
    try {
      if (!connection.getAutoCommit()) {
        return work.get();
      }
      connection.setAutoCommit(false);
      try {
        T value = work.get();
        connection.commit();
        return value;
      } catch (RuntimeException | Error e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }

  /// Reads row by row on a connection of its own, so a slow reader holds up nobody.
  void stream(String sql, RowSink sink, @Nullable Object... values) throws IOException {
    try (Connection reading = DriverManager.getConnection(url);
        PreparedStatement statement = reading.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          sink.take(result);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  Optional<String> setting(String name) {
    return first("select value from setting where name = ?", row -> row.getString(1), name);
  }

  void keepSetting(String name, String value) {
    update("insert or replace into setting(name, value) values(?, ?)", name, value);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      connection.close();
      lockFile.close();
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }
}
