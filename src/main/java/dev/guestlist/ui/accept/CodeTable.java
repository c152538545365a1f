package dev.guestlist.ui.accept;

import dev.guestlist.model.CodeCheck;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.PastedCodes.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.collections.ListChangeListener;
import javafx.collections.ModifiableObservableListBase;
import javafx.collections.ObservableList;

/// The codes that were taken in, in their order. Rows are replaced, never changed.
final class CodeTable {
  private static final int A_LIST = 3;

  private final Rows rows = new Rows();
  private final Map<Integer, Integer> places = new HashMap<>();
  private int lastKey;

  /// Rows of which many can change with one word to whoever shows them.
  private static final class Rows extends ModifiableObservableListBase<AcceptRow> {
    private final List<AcceptRow> list = new ArrayList<>();

    void together(Runnable changes) {
      beginChange();
      try {
        changes.run();
      } finally {
        endChange();
      }
    }

    @Override
    public AcceptRow get(int place) {
      return list.get(place);
    }

    @Override
    public int size() {
      return list.size();
    }

    @Override
    protected void doAdd(int place, AcceptRow row) {
      list.add(place, row);
    }

    @Override
    protected AcceptRow doSet(int place, AcceptRow row) {
      return list.set(place, row);
    }

    @Override
    protected AcceptRow doRemove(int place) {
      return list.remove(place);
    }
  }

  CodeTable() {
    rows.addListener(this::findPlaces);
  }

  /// Where each row stands, so that a long table is not walked through for each of its rows.
  private void findPlaces(ListChangeListener.Change<? extends AcceptRow> change) {
    boolean moved = false;
    while (change.next()) {
      moved |= !change.wasReplaced() || change.getRemovedSize() != 1;
    }
    if (moved) {
      places.clear();
      for (int place = 0; place < rows.size(); place++) {
        places.put(rows.get(place).key(), place);
      }
    }
  }

  ObservableList<AcceptRow> rows() {
    return rows;
  }

  /// Adds codes that are not there yet.
  ///
  /// @return their rows
  List<AcceptRow> add(List<Found> codes) {
    Set<ConfirmationCode> known =
        rows.stream().flatMap(row -> row.code().stream()).collect(Collectors.toSet());
    List<AcceptRow> fresh =
        codes.stream().filter(one -> !known.contains(one.code())).map(this::fresh).toList();
    rows.addAll(fresh);
    return fresh;
  }

  private AcceptRow fresh(Found one) {
    return new AcceptRow(
        ++lastKey,
        Optional.of(one.code()),
        one.code().toString(),
        one.repair(),
        one.host(),
        false,
        CodeState.CHECKING,
        "",
        "",
        "",
        "",
        "",
        Optional.empty(),
        Optional.empty());
  }

  /// Replaces many rows; whoever shows them is told once.
  void together(Runnable changes) {
    rows.together(changes);
  }

  /// Changes the row of this key, if it is there.
  void replace(int key, UnaryOperator<AcceptRow> change) {
    Integer place = places.get(key);
    if (place == null) {
      return;
    }
    AcceptRow row = rows.get(place);
    AcceptRow changed = change.apply(row);
    if (!changed.equals(row)) {
      rows.set(place, changed);
    }
  }

  /// Those who are ready, and are not accepted unless somebody ticks them.
  List<AcceptRow> unticked() {
    return all(row -> row.state() == CodeState.READY && !row.ticked());
  }

  /// Those that accepting now would send.
  List<AcceptRow> chosen() {
    return all(row -> row.ticked() && row.state().sendable());
  }

  List<AcceptRow> in(CodeState state) {
    return all(row -> row.state() == state);
  }

  boolean any(Predicate<AcceptRow> which) {
    return rows.stream().anyMatch(which);
  }

  private List<AcceptRow> all(Predicate<AcceptRow> which) {
    return rows.stream().filter(which).toList();
  }

  /// Sets those apart that lead elsewhere than most of a list: the usual mistake. They lose their
  /// tick and stand behind the others.
  void setApart(String note) {
    Map<OrganizationId, Long> sizes =
        rows.stream()
            .filter(row -> row.state().sendable())
            .flatMap(row -> row.check().stream())
            .collect(Collectors.groupingBy(check -> check.organization(), Collectors.counting()));
    long all = sizes.values().stream().mapToLong(Long::longValue).sum();
    sizes.forEach((organization, size) -> {
      if (all >= A_LIST && size * 2 > all) {
        in(CodeState.READY).stream()
            .filter(row -> row.check().filter(it -> leadsTo(it, organization)).isEmpty())
            .forEach(row ->
                replace(row.key(), one -> one.in(CodeState.ELSEWHERE, note).withTick(false)));
      }
    });
    List<AcceptRow> others = all(row -> row.state() != CodeState.ELSEWHERE);
    List<AcceptRow> apart = in(CodeState.ELSEWHERE);
    if (!apart.isEmpty() && !rows.subList(others.size(), rows.size()).equals(apart)) {
      rows.setAll(Stream.concat(others.stream(), apart.stream()).toList());
    }
  }

  private static boolean leadsTo(CodeCheck check, OrganizationId organization) {
    return check.organization().equals(organization);
  }
}
