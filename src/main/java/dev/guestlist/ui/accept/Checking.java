package dev.guestlist.ui.accept;

import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Texts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// Looks codes up and brings what came of it into the table. Answers that come close together are
/// shown together, so that a thousand of them do not keep the screen from moving.
final class Checking {
  private final Background background;
  private final Texts texts;
  private final Desk desk;
  private final CodeTable table;
  private final Consumer<String> message;
  private final IntConsumer checked;

  private final ReadOnlyBooleanWrapper checking = new ReadOnlyBooleanWrapper();
  private final Map<Integer, Desk.Looked> arrived = new ConcurrentHashMap<>();
  private final AtomicBoolean showing = new AtomicBoolean();
  private int open;
  private int taken;
  private int asked;
  private int done;

  /// @param message told in one line what goes on
  /// @param checked told when the last check ended, how many codes all of them took
  Checking(
      Background background,
      Texts texts,
      Desk desk,
      CodeTable table,
      Consumer<String> message,
      IntConsumer checked) {
    this.background = background;
    this.texts = texts;
    this.desk = desk;
    this.table = table;
    this.message = message;
    this.checked = checked;
  }

  ReadOnlyBooleanProperty property() {
    return checking.getReadOnlyProperty();
  }

  boolean isOn() {
    return checking.get();
  }

  /// @param hosts where links of this connection lead; codes in other links are not looked up
  void begin(List<AcceptRow> unseen, Set<String> hosts) {
    Map<Boolean, List<AcceptRow>> parts =
        unseen.stream()
            .collect(
                Collectors.partitioningBy(
                    row -> row.host().isEmpty() || hosts.contains(row.host().get())));
    List<AcceptRow> here = parts.getOrDefault(true, List.of());
    for (AcceptRow row : parts.getOrDefault(false, List.of())) {
      table.replace(row.key(), one -> one.as(desk.elsewhere(row.host().orElseThrow())));
    }
    if (open == 0) {
      taken = 0;
      asked = 0;
      done = 0;
    }
    open++;
    taken += unseen.size();
    asked += here.size();
    checking.set(true);
    if (asked > 0) {
      message.accept(texts.get("accept.checking", asked, done));
    }
    background.run(
        () -> {
          try {
            desk.look(here, this::looked);
          } finally {
            background.onScreen(this::ended);
          }
          return true;
        },
        ignored -> {});
  }

  private void ended() {
    show();
    open--;
    if (open == 0) {
      checking.set(false);
      checked.accept(taken);
    }
  }

  /// From another thread.
  private void looked(AcceptRow row, Desk.Looked looked) {
    arrived.put(row.key(), looked);
    if (showing.compareAndSet(false, true)) {
      background.onScreen(this::show);
    }
  }

  private void show() {
    showing.set(false);
    table.together(() -> {
      for (Integer key : List.copyOf(arrived.keySet())) {
        Desk.Looked looked = arrived.remove(key);
        if (looked != null) {
          table.replace(key, one -> one.as(looked));
          done++;
        }
      }
    });
    message.accept(texts.get("accept.checking", asked, done));
  }
}
