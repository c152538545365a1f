package dev.guestlist.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs SQL on one connection and keeps each statement prepared. Not safe for several threads:
/// [Database] hands it to one at a time. Arguments may be texts, numbers, booleans, bytes,
/// instants, ids that print themselves, enums, and optionals of these; an empty one is null.
final class Statements implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /// Reads all rows.
  ///
  /// @throws StoreException when one cannot be understood
  <T> List<T> query(String sql, Row.Reader<T> reader, Object... arguments) throws SQLException {
    List<T> found = new ArrayList<>();
    each(sql, row -> found.add(understood(reader, row)), arguments);
    return found;
  }

  /// Shows the rows one after the other.
  void each(String sql, Row.Visitor visitor, Object... arguments) throws SQLException {
    with(
        sql,
        statement -> {
          bind(statement, arguments);
          try (ResultSet results = statement.executeQuery()) {
            Row row = new Row(results);
            while (results.next()) {
              visitor.visit(row);
            }
          }
          return true;
        });
  }

  /// The first row; also for changes that return something.
  ///
  /// @throws StoreException when it cannot be understood
  <T> Optional<T> first(String sql, Row.Reader<T> reader, Object... arguments) throws SQLException {
    return with(
        sql,
        statement -> {
          bind(statement, arguments);
          try (ResultSet results = statement.executeQuery()) {
            return results.next()
                ? Optional.of(understood(reader, new Row(results)))
                : Optional.empty();
          }
        });
  }

  /// A number that is always there: a count, a new id, a pragma.
  long number(String sql, Object... arguments) throws SQLException {
    return first(sql, row -> row.number(1), arguments).orElseThrow();
  }

  /// How many rows it changed.
  int update(String sql, Object... arguments) throws SQLException {
    return with(
        sql,
        statement -> {
          bind(statement, arguments);
          return statement.executeUpdate();
        });
  }

  /// The same change for many.
  void batch(String sql, Iterable<Object[]> many) throws SQLException {
    with(
        sql,
        statement -> {
          for (Object[] arguments : many) {
            bind(statement, arguments);
            statement.addBatch();
          }
          return statement.executeBatch();
        });
  }

  /// Lets go of the statements that are kept ready: some work can only be done while there are
  /// none.
  void release() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    prepared.clear();
  }

  /// Runs a text of one or more statements as it is.
  void script(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private interface Use<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  /// Takes the prepared statement out while it is used. One that failed is not kept: the driver
  /// would refuse to run it again.
  private <T> T with(String sql, Use<T> use) throws SQLException {
    PreparedStatement known = prepared.remove(sql);
    PreparedStatement statement = known == null ? connection.prepareStatement(sql) : known;
    PreparedStatement useless = statement;
    try {
      T result = use.with(statement);
      useless = prepared.put(sql, statement);
      return result;
    } finally {
      if (useless != null) {
        useless.close();
      }
    }
  }

  private static <T> T understood(Row.Reader<T> reader, Row row) throws SQLException {
    try {
      return reader.read(row);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreException(
          "Something in the data folder cannot be understood: a file is damaged. Close Guestlist"
              + " and open it again, then what can be read is saved.",
          e);
    }
  }

  private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      if (argument instanceof Optional<?> optional) {
        if (optional.isEmpty()) {
          statement.setObject(i + 1, null);
          continue;
        }
        argument = optional.get();
      }
      switch (argument) {
        case Integer number -> statement.setInt(i + 1, number);
        case Long number -> statement.setLong(i + 1, number);
        case Boolean flag -> statement.setInt(i + 1, flag ? 1 : 0);
        case Instant moment -> statement.setLong(i + 1, Micros.of(moment));
        case byte[] bytes -> statement.setBytes(i + 1, bytes);
        case Enum<?> name -> statement.setString(i + 1, name.name());
        default -> statement.setString(i + 1, argument.toString());
      }
    }
  }

  @Override
  public void close() throws SQLException {
    try {
      for (PreparedStatement statement : prepared.values()) {
        statement.close();
      }
    } finally {
      connection.close();
    }
  }
}
