package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.CODE;
import static dev.guestlist.store.Sample.CONTOSO;
import static dev.guestlist.store.Sample.NORTHWIND;
import static dev.guestlist.store.Sample.NOW;
import static dev.guestlist.store.Sample.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.InvitationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class DoneHereTest extends RunsInAStore {
  @Test
  void recentAreOpenRowsAndThoseSettledSince() {
    Run run = invite("ann", "bob", "cleo");
    calls.settle(List.of(RowChange.to(row(run, 0), RowState.INVITED)), NOW);
    calls.settle(List.of(RowChange.to(row(run, 1), RowState.REFUSED)), LATER);

    assertThat(doneHere.recent(ACME, NORTHWIND, NOW))
        .extracting(RunRow::position)
        .containsExactly(1, 2);
    assertThat(doneHere.recent(ACME, NORTHWIND, Instant.MIN)).hasSize(3);
    assertThat(doneHere.recent(OTHER, NORTHWIND, Instant.MIN)).isEmpty();
  }

  @Test
  void onlyTheLastInvitationOfAPersonMayStillLearnItsId() {
    long first = row(invite("bob"), 0);
    settle(first, RowState.INVITED);
    assertThat(mayLearn()).containsExactly(first);

    Target listed = new Target.Listed(new InvitationId("i-1"), "Bob");
    Run delete =
        runs.post(
            Sample.run(
                new Wish.Delete(),
                Run.Phase.ACTIVE,
                NOW,
                List.of(new RunTable.NewRow(listed, Optional.empty()))));
    assertThat(mayLearn()).as("nothing came of it yet").containsExactly(first);
    calls.settle(List.of(RowChange.to(row(delete, 0), RowState.DELETED)), LATER.plusSeconds(1));
    assertThat(mayLearn()).as("the one it made is gone").isEmpty();

    long second = row(invite("bob"), 0);
    calls.settle(List.of(RowChange.to(second, RowState.INVITED)), LATER.plusSeconds(2));
    assertThat(mayLearn()).containsExactly(second);
    doneHere.learnInvitations(Map.of(second, new InvitationId("i-2")));
    assertThat(mayLearn()).isEmpty();
  }

  private List<Long> mayLearn() {
    return doneHere.withoutInvitation(ACME, NORTHWIND, NOW).stream().map(RunRow::id).toList();
  }

  @Test
  void withCodeAreInvitationsFromHere() {
    Run run = invite("ann", "bob");
    calls.settle(
        List.of(
            RowChange.to(row(run, 0), RowState.INVITED).withCode(CODE),
            RowChange.to(row(run, 1), RowState.CODE_LOST)),
        NOW);
    Run accept = runs.post(Sample.accept(NOW, CODE));
    Target leads = new Target.Code("0a93", Optional.empty(), Optional.of(NORTHWIND));
    calls.settle(List.of(RowChange.to(row(accept, 0), RowState.READY).withTarget(leads)), NOW);

    assertThat(doneHere.withCode(ACME, NORTHWIND))
        .extracting(RunRow::id)
        .containsExactly(row(run, 0));
    assertThat(doneHere.withCode(ACME, CONTOSO)).isEmpty();
  }
}
