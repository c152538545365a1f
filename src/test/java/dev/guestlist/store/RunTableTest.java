package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.CODE;
import static dev.guestlist.store.Sample.NORTHWIND;
import static dev.guestlist.store.Sample.NOW;
import static dev.guestlist.store.Sample.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.InvitationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class RunTableTest extends RunsInAStore {
  @Test
  void writesTheRunDownAsItWasAsked() {
    Run posted = invite("CORP/dora.k", "bob");
    reopen();

    assertThat(runs.run(posted.number())).contains(posted);
    assertThat(posted.counts()).isEqualTo(Map.of(RowState.READY, 2));
    assertThat(posted.wish()).isEqualTo(new Wish.Invite(false));
    assertThat(posted.organization()).contains(NORTHWIND);
    assertThat(posted.account()).isEqualTo("kim");
    assertThat(posted.ticket().number()).isEqualTo("INC-7");
    assertThat(posted.posted()).isEqualTo(NOW);
    assertThat(posted.why()).isEmpty();
    assertThat(runs.rows(posted.number()))
        .extracting(RunRow::target)
        .containsExactly(Sample.person("CORP/dora.k"), Sample.person("bob"));
    assertThat(runs.rows(posted.number())).extracting(RunRow::position).containsExactly(0, 1);
  }

  @Test
  void keepsEveryKindOfTarget() {
    Target listed = new Target.Listed(new InvitationId("i-1"), "bob");
    Target code = new Target.Code("0a93", Optional.of("bob"), Optional.of(NORTHWIND));
    Run delete = runs.post(one(new Wish.Delete(), listed));
    Run accept = runs.post(one(new Wish.Accept(), code));
    Run mailed = runs.post(one(new Wish.Invite(true), Sample.person("bob")));
    reopen();

    assertThat(runs.rows(delete.number())).extracting(RunRow::target).containsExactly(listed);
    assertThat(runs.rows(accept.number())).extracting(RunRow::target).containsExactly(code);
    assertThat(runs.runs(ACME)).containsExactly(mailed, accept, delete);
    assertThat(runs.runs(OTHER)).isEmpty();
    assertThat(mailed.wish()).isEqualTo(new Wish.Invite(true));
  }

  @Test
  void sealsCodesInTheSameTransaction() {
    Run run = runs.post(Sample.accept(NOW, CODE));
    reopen();

    assertThat(runs.code(row(run, 0))).contains(CODE);
    runs.wipeCode(row(run, 0));
    assertThat(runs.code(row(run, 0))).isEmpty();
  }

  @Test
  void refusesARunOfNobody() {
    assertThatThrownBy(() -> invite()).isInstanceOf(IllegalArgumentException.class);
    assertThat(runs.runs(ACME)).isEmpty();
  }

  private RunTable.NewRun one(Wish wish, Target target) {
    return Sample.run(
        wish, Run.Phase.ACTIVE, NOW, List.of(new RunTable.NewRow(target, Optional.empty())));
  }
}
