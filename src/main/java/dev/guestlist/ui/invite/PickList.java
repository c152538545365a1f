package dev.guestlist.ui.invite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// A list to choose from, with a search, and what was chosen. Something chosen that the server does
/// not offer any more stays chosen and is marked, until it is taken out.
final class PickList {
  /// Something that can be chosen.
  ///
  /// @param section what it belongs to, for example an application; blank when there are none
  /// @param gone whether the server does not offer it any more
  record Item(String id, String name, String section, boolean gone) {
    private boolean fits(List<String> words) {
      String text = (name + " " + section).toLowerCase(Locale.ROOT);
      return words.stream().allMatch(text::contains);
    }
  }

  private final StringProperty search = new SimpleStringProperty("");
  private final ObservableList<Item> shown = FXCollections.observableArrayList();
  private final ObservableList<Item> chosen = FXCollections.observableArrayList();
  private final Map<String, Item> offered = new LinkedHashMap<>();

  PickList() {
    search.addListener((property, was, is) -> filter());
  }

  StringProperty searchProperty() {
    return search;
  }

  /// What the search leaves, in the order it was offered.
  ObservableList<Item> shown() {
    return shown;
  }

  ObservableList<Item> chosen() {
    return chosen;
  }

  boolean isChosen(Item item) {
    return chosen.stream().anyMatch(one -> one.id().equals(item.id()));
  }

  boolean somethingIsGone() {
    return chosen.stream().anyMatch(Item::gone);
  }

  int size() {
    return offered.size();
  }

  void toggle(Item item) {
    if (!chosen.removeIf(one -> one.id().equals(item.id()))) {
      chosen.add(item);
    }
  }

  void choose(List<String> ids) {
    ids.stream()
        .map(offered::get)
        .filter(java.util.Objects::nonNull)
        .filter(item -> !isChosen(item))
        .forEach(chosen::add);
  }

  /// Takes what is offered now.
  void offer(List<Item> items) {
    offered.clear();
    items.forEach(item -> offered.put(item.id(), item));
    List<Item> still = new ArrayList<>();
    for (Item item : chosen) {
      still.add(
          Optional.ofNullable(offered.get(item.id()))
              .orElseGet(() -> new Item(item.id(), item.name(), item.section(), true)));
    }
    if (!still.equals(chosen)) {
      chosen.setAll(still);
    }
    filter();
  }

  private void filter() {
    String text = search.get().strip().toLowerCase(Locale.ROOT);
    List<String> words = text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    shown.setAll(offered.values().stream().filter(item -> item.fits(words)).toList());
  }
}
