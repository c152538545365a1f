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

  <T> List<T> query(String sql, Row.Reader<T> reader, Object... arguments) throws SQLException {
    List<T> found = new ArrayList<>();
    each(sql, row -> found.add(reader.read(row)), arguments);
    return found;
  }

  void each(String sql, Row.Visitor visitor, Object... arguments) throws SQLException {
    try (ResultSet results = bound(sql, arguments).executeQuery()) {
      Row row = new Row(results);
      while (results.next()) {
        visitor.visit(row);
      }
    }
  }

  /// The first row; also for changes that return something.
  <T> Optional<T> first(String sql, Row.Reader<T> reader, Object... arguments) throws SQLException {
    try (ResultSet results = bound(sql, arguments).executeQuery()) {
      return results.next() ? Optional.of(reader.read(new Row(results))) : Optional.empty();
    }
  }

  /// A number that is always there: a count, a new id, a pragma.
  long number(String sql, Object... arguments) throws SQLException {
    return first(sql, row -> row.number(1), arguments).orElseThrow();
  }

  /// How many rows it changed.
  int update(String sql, Object... arguments) throws SQLException {
    return bound(sql, arguments).executeUpdate();
  }

  /// The same change for many.
  void batch(String sql, Iterable<Object[]> many) throws SQLException {
    PreparedStatement statement = prepare(sql);
    for (Object[] arguments : many) {
      bind(statement, arguments);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  /// Runs a text of one or more statements as it is.
  void script(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private PreparedStatement bound(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = prepare(sql);
    bind(statement, arguments);
    return statement;
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known != null) {
      return known;
    }
    PreparedStatement statement = connection.prepareStatement(sql);
    prepared.put(sql, statement);
    return statement;
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
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    connection.close();
  }
}
