package dev.guestlist.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// The row that a query stands on. Columns are named by their place, from 1.
final class Row {
  /// What one row means.
  interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  /// What to do with one row.
  interface Visitor {
    void visit(Row row) throws SQLException;
  }

  private final ResultSet results;

  Row(ResultSet results) {
    this.results = results;
  }

  /// A column that is never null.
  String text(int column) throws SQLException {
    return results.getString(column);
  }

  Optional<String> optionalText(int column) throws SQLException {
    return Optional.ofNullable(results.getString(column));
  }

  long number(int column) throws SQLException {
    return results.getLong(column);
  }

  boolean flag(int column) throws SQLException {
    return results.getInt(column) != 0;
  }

  Optional<Boolean> optionalFlag(int column) throws SQLException {
    boolean value = results.getInt(column) != 0;
    return results.wasNull() ? Optional.empty() : Optional.of(value);
  }

  Instant instant(int column) throws SQLException {
    return Micros.instant(results.getLong(column));
  }

  Optional<Instant> optionalInstant(int column) throws SQLException {
    long value = results.getLong(column);
    return results.wasNull() ? Optional.empty() : Optional.of(Micros.instant(value));
  }

  byte[] bytes(int column) throws SQLException {
    return results.getBytes(column);
  }

  /// Whatever lies there, in a form that can be written again.
  Optional<Object> any(int column) throws SQLException {
    return Optional.ofNullable(results.getObject(column));
  }
}
