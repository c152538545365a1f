package dev.guestlist.store;

import static dev.guestlist.store.Sample.NOW;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A store with its tables of runs, and what their tests do all the time.
abstract class RunsInAStore {
  static final Instant LATER = NOW.plusSeconds(60);

  @TempDir Path folder;
  LocalStore store;
  RunTable runs;
  CallTable calls;
  DecisionTable decisions;
  DoneHere doneHere;

  @BeforeEach
  void open() {
    store = Sample.open(folder);
    runs = store.runs();
    calls = store.calls();
    decisions = store.decisions();
    doneHere = store.doneHere();
  }

  @AfterEach
  void close() {
    store.close();
  }

  void reopen() {
    store.close();
    open();
  }

  Run invite(String... names) {
    return runs.post(Sample.invite(Run.Phase.ACTIVE, NOW, names));
  }

  long row(Run run, int position) {
    return runs.rows(run.number()).get(position).id();
  }

  List<Long> ids(Run run) {
    return runs.rows(run.number()).stream().map(RunRow::id).toList();
  }

  RowState state(long row) {
    return runs.row(row).orElseThrow().state();
  }

  void settle(long row, RowState state) {
    calls.settle(List.of(RowChange.to(row, state)), LATER);
  }

  List<RunRow> due(ConnectionId connection, Instant now) {
    return calls.dueRuns(connection, now, Optional.empty()).stream()
        .flatMap(run -> calls.due(run, now, Optional.empty(), 1000).stream())
        .toList();
  }
}
