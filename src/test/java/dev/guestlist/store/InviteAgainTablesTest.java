package dev.guestlist.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.InvitationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Username;
import dev.guestlist.model.Wish;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InviteAgainTablesTest {
  @TempDir private Path folder;

  @Test
  void runsOfAnOlderFileAreAllThereAndNewOnesGoOnCounting() throws Exception {
    Files.createDirectories(folder);
    Schema before =
        new Schema("guestlist.db", "main", List.of("001-first.sql", "002-connections.sql"), true);
    try (Database old = Database.open(folder.resolve("guestlist.db"), before)) {
      old.change(s -> {
        s.update(
            """
            INSERT INTO run VALUES (7, 'practice', 'northwind', 'INVITE_WITH_CODES', 'pat', 'INC-1',
              1000, 'STOPPED', '')
            """);
        s.update("INSERT INTO call VALUES (3, 1000, '[]')");
        s.update(
            """
            INSERT INTO run_row (id, run, position, target, username, user_store, gifts, state,
              attempts, not_before, grace_over, reason, server_text, invitation, changed, call)
            VALUES (21, 7, 0, 'PERSON', 'dora.k', 'CORP', '[[],[]]', 'INVITED', 1,
              1000, 1, NULL, '', 'inv-1', 2000, 3)
            """);
      });
    }

    try (LocalStore store = Sample.open(folder)) {
      assertThat(store.notices()).isEmpty();
      Run run = store.runs().run(7).orElseThrow();
      assertThat(run.ticket().number()).isEqualTo("INC-1");
      RunRow row = store.runs().rows(7).getFirst();
      assertThat(row.id()).isEqualTo(21);
      assertThat(row.state()).isEqualTo(RowState.INVITED);
      assertThat(row.invitation()).contains(new InvitationId("inv-1"));
      assertThat(row.target().name()).isEqualTo("CORP/dora.k");

      Target.Again again =
          new Target.Again(
              new InvitationId("inv-1"),
              new Target.Person(new Username("dora.k", Optional.of("CORP")), List.of(), List.of()),
              Target.Again.Step.DELETE);
      Run next =
          store
              .runs()
              .post(
                  new RunTable.NewRun(
                      run.connection(),
                      run.organization(),
                      new Wish.InviteAgain(false),
                      "pat",
                      Ticket.NONE,
                      Run.Phase.ACTIVE,
                      row.changed(),
                      List.of(new RunTable.NewRow(again, Optional.empty()))));
      assertThat(next.number()).isEqualTo(8);
      assertThat(next.wish()).isEqualTo(new Wish.InviteAgain(false));
      RunRow posted = store.runs().rows(8).getFirst();
      assertThat(posted.id()).isEqualTo(22);
      assertThat(posted.target()).isEqualTo(again);
    }
  }
}
