package dev.guestlist.store;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A program of its own that writes until it is killed, and notes each commit once it returned.
/// Arguments: the data folder and the file for the notes.
final class WritingProgram {
  private WritingProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path notes = Path.of(arguments[1]);
    LocalStore store = LocalStore.open(folder, KeyFile.in(folder), InstantSource.system());
    if (!store.claimSending()) {
      throw new IllegalStateException("Somebody else sends.");
    }
    store.calls().recover(Sample.NOW);
    Thread lists = Thread.ofVirtual().start(() -> readLists(store));
    while (lists.isAlive()) {
      Run run = store.runs().post(Sample.invite(Run.Phase.ACTIVE, Sample.NOW, "ann", "bob"));
      note(notes, "posted " + run.number());
      List<Long> rows = store.runs().rows(run.number()).stream().map(r -> r.id()).toList();
      long call = store.calls().sending(rows, Optional.of(Set.of()), Sample.NOW);
      note(notes, "sending " + rows.getFirst());
      String code = UUID.randomUUID().toString();
      store.calls().keepAnswer(call, code);
      note(notes, "answer " + call + " " + code);
      store
          .calls()
          .settle(
              List.of(
                  RowChange.to(rows.getFirst(), RowState.INVITED)
                      .withCode(ConfirmationCode.asGiven(code)),
                  RowChange.to(rows.getLast(), RowState.REFUSED)),
              Sample.NOW);
      note(notes, "settled " + rows.getFirst() + " " + code);
    }
    throw new IllegalStateException("The lists ended.");
  }

  private static void readLists(LocalStore store) {
    try {
      for (int list = 0; ; list++) {
        String prefix = "list" + list % 2 + "-";
        store
            .invitations()
            .replaceAll(
                Sample.ACME,
                Sample.NORTHWIND,
                each -> {
                  for (int i = 0; i < 5_000; i++) {
                    each.accept(Sample.invitation(prefix + i, "user" + i));
                  }
                },
                Sample.NOW);
      }
    } catch (ProblemException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void note(Path notes, String line) throws java.io.IOException {
    Files.writeString(
        notes,
        line + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
