package dev.guestlist.ui.invitations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// By which columns the rows are ordered, the most important one first; equal rows are ordered by
/// person.
record SortOrder(List<Key> keys) {
  static final SortOrder BY_NEED = new SortOrder(List.of(new Key(RowColumn.STATUS, true)));

  /// One column and its direction.
  record Key(RowColumn column, boolean ascending) {
    Comparator<InvitationRow> comparator() {
      return ascending ? column.order() : column.order().reversed();
    }
  }

  SortOrder {
    keys = List.copyOf(keys);
  }

  /// A new list in this order.
  List<InvitationRow> sorted(List<InvitationRow> rows) {
    List<InvitationRow> sorted = new ArrayList<>(rows);
    sorted.sort(
        keys.stream()
            .map(Key::comparator)
            .reduce(Comparator::thenComparing)
            .map(order -> order.thenComparing(RowColumn.PERSON.order()))
            .orElse(RowColumn.PERSON.order()));
    return sorted;
  }
}
