package dev.guestlist.ui.invitations;

import dev.guestlist.service.InvitationStatus;
import dev.guestlist.ui.kit.Background;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The rows of the table: all of them, and those shown, ordered and filtered. The work is done in
/// the background; of several wishes that overtake each other only the last one shows.
final class TableContents {
  private final Background background;
  private final ReadOnlyObjectWrapper<List<InvitationRow>> shown =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<Map<RowChip, Integer>> counts =
      new ReadOnlyObjectWrapper<>(Map.of());
  private List<InvitationRow> all = List.of();
  private SortOrder order = SortOrder.BY_NEED;
  private RowFilter filter = RowFilter.NONE;
  private int edition;
  private Sorted sorted = new Sorted(edition, order, all);
  private int wishes;

  /// All rows in one order, kept because most wishes change the filter only.
  ///
  /// @param edition which reading they come from
  private record Sorted(int edition, SortOrder order, List<InvitationRow> rows) {
    Sorted with(int newest, List<InvitationRow> all, SortOrder wanted) {
      boolean same = edition == newest && order.equals(wanted);
      return same ? this : new Sorted(newest, wanted, wanted.sorted(all));
    }
  }

  private record Arranged(Sorted sorted, List<InvitationRow> shown) {}

  TableContents(Background background) {
    this.background = background;
  }

  /// A list that is replaced, never changed; one with the same rows stays.
  ReadOnlyObjectProperty<List<InvitationRow>> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /// How many rows each chip takes, whatever is searched for.
  ReadOnlyObjectProperty<Map<RowChip, Integer>> countsProperty() {
    return counts.getReadOnlyProperty();
  }

  List<InvitationRow> all() {
    return all;
  }

  RowFilter filter() {
    return filter;
  }

  void show(List<InvitationRow> rows, Map<RowChip, Integer> newCounts) {
    all = rows;
    edition++;
    counts.set(newCounts);
    arrange();
  }

  void filter(RowFilter wanted) {
    if (!wanted.equals(filter)) {
      filter = wanted;
      arrange();
    }
  }

  void order(SortOrder wanted) {
    if (!wanted.equals(order)) {
      order = wanted;
      arrange();
    }
  }

  static Map<RowChip, Integer> count(List<InvitationRow> rows) {
    Map<InvitationStatus, int[]> perStatus = new EnumMap<>(InvitationStatus.class);
    for (InvitationRow row : rows) {
      perStatus.computeIfAbsent(row.status(), status -> new int[1])[0]++;
    }
    Map<RowChip, Integer> counts = new EnumMap<>(RowChip.class);
    for (RowChip chip : RowChip.values()) {
      counts.put(
          chip,
          perStatus.entrySet().stream()
              .filter(status -> chip.takes(status.getKey()))
              .mapToInt(status -> status.getValue()[0])
              .sum());
    }
    return counts;
  }

  private void arrange() {
    wishes++;
    int wish = wishes;
    List<InvitationRow> rows = all;
    int newest = edition;
    SortOrder wantedOrder = order;
    RowFilter wantedFilter = filter;
    Sorted known = sorted;
    List<InvitationRow> before = shown.get();
    background.run(
        () -> {
          Sorted inOrder = known.with(newest, rows, wantedOrder);
          List<InvitationRow> matching = wantedFilter.apply(inOrder.rows());
          return new Arranged(inOrder, matching.equals(before) ? before : matching);
        },
        arranged -> {
          if (wish == wishes) {
            sorted = arranged.sorted();
            shown.set(arranged.shown());
          }
        });
  }
}
