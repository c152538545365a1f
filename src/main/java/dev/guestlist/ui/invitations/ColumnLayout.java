package dev.guestlist.ui.invitations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How somebody arranged the table: columns from left to right, and the order of the rows. Kept as
/// one line of text, for example `PERSON:180:shown EMAIL:190:hidden|STATUS:up`.
record ColumnLayout(List<Place> places, SortOrder order) {

  /// One column.
  ///
  /// @param width in pixels at the usual text size
  record Place(RowColumn column, double width, boolean shown) {}

  ColumnLayout {
    places = List.copyOf(places);
  }

  static ColumnLayout standard() {
    return new ColumnLayout(
        Arrays.stream(RowColumn.values())
            .map(column -> new Place(column, column.width(), column.shown()))
            .toList(),
        SortOrder.BY_NEED);
  }

  List<RowColumn> shownColumns() {
    return places.stream().filter(Place::shown).map(Place::column).toList();
  }

  /// Shows or hides a column.
  ColumnLayout with(RowColumn column, boolean shown) {
    return new ColumnLayout(
        places.stream()
            .map(
                place -> place.column() == column ? new Place(column, place.width(), shown) : place)
            .toList(),
        order);
  }

  /// Orders by a column; the other way round when it is the one that orders already.
  ColumnLayout sortedBy(RowColumn column) {
    boolean ascending = !order.keys().equals(List.of(new SortOrder.Key(column, true)));
    return new ColumnLayout(places, new SortOrder(List.of(new SortOrder.Key(column, ascending))));
  }

  /// Moves a column over its shown neighbour; nothing happens at the edge.
  ///
  /// @param direction -1 to the left, 1 to the right
  ColumnLayout moved(RowColumn column, int direction) {
    List<RowColumn> shown = shownColumns();
    int at = shown.indexOf(column);
    int to = at + direction;
    if (at < 0 || to < 0 || to >= shown.size()) {
      return this;
    }
    List<Place> moved = new ArrayList<>(places);
    int from = indexOf(column);
    int neighbour = indexOf(shown.get(to));
    moved.add(neighbour, moved.remove(from));
    return new ColumnLayout(moved, order);
  }

  private int indexOf(RowColumn column) {
    return places.stream().map(Place::column).toList().indexOf(column);
  }

  String asText() {
    return places.stream()
            .map(place ->
                place.column()
                    + ":"
                    + Math.round(place.width())
                    + (place.shown() ? ":shown" : ":hidden"))
            .collect(Collectors.joining(" "))
        + "|"
        + order.keys().stream()
            .map(key -> key.column() + (key.ascending() ? ":up" : ":down"))
            .collect(Collectors.joining(" "));
  }

  /// Reads what [#asText] wrote. What cannot be read is left out, and columns that are missing
  /// follow at their usual width, so that an older text still serves.
  static ColumnLayout parse(String text) {
    String[] halves = text.split("\\|", -1);
    List<Place> places = new ArrayList<>();
    Set<RowColumn> missing = EnumSet.allOf(RowColumn.class);
    for (String part : halves[0].split(" ", -1)) {
      place(part.split(":", -1))
          .filter(place -> missing.remove(place.column()))
          .ifPresent(places::add);
    }
    boolean anyShown = places.stream().anyMatch(Place::shown);
    if (!anyShown) {
      return standard();
    }
    missing.forEach(column -> places.add(new Place(column, column.width(), column.shown())));
    List<SortOrder.Key> keys = new ArrayList<>();
    for (String part : halves.length < 2 ? new String[0] : halves[1].split(" ", -1)) {
      String[] key = part.split(":", -1);
      column(key[0])
          .ifPresent(column ->
              keys.add(new SortOrder.Key(column, key.length < 2 || !key[1].equals("down"))));
    }
    return new ColumnLayout(places, new SortOrder(keys));
  }

  private static Optional<Place> place(String[] parts) {
    if (parts.length != 3 || !parts[1].matches("\\d{1,4}")) {
      return Optional.empty();
    }
    return column(parts[0])
        .map(column ->
            new Place(column, Math.max(40, Integer.parseInt(parts[1])), parts[2].equals("shown")));
  }

  private static Optional<RowColumn> column(String name) {
    return Arrays.stream(RowColumn.values())
        .filter(column -> column.name().equals(name))
        .findFirst();
  }
}
