package dev.guestlist.store;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Runs, their rows and the calls that left for them. Every method is one committed transaction.
public final class RunTable {

  /// A run to be written down.
  ///
  /// @param notBefore the moment from which its rows may leave: grace and countdown
  public record NewRun(
      ConnectionId connection,
      Optional<OrganizationId> organization,
      Wish wish,
      String account,
      String ticket,
      Run.Phase phase,
      Instant notBefore,
      List<NewRow> rows) {}

  /// A row to be written down; a code is sealed in the same transaction.
  public record NewRow(Target target, Optional<ConfirmationCode> code) {}

  /// A call that was about to leave, and what is known of it.
  ///
  /// @param before invitations of the same people that were listed before the call left; empty
  ///   optional when the list was not known then
  /// @param answer the answer as it came, where one was kept
  public record Call(
      long id,
      List<RunRow> rows,
      Instant left,
      Optional<Set<InvitationId>> before,
      Optional<String> answer) {}

  /// What becomes of one row. Empty optionals leave the kept value as it is, except `reason` and
  /// `serverText`, which are always written.
  ///
  /// @param code sealed in the same transaction
  public record RowChange(
      long row,
      RowState state,
      Optional<Reason> reason,
      String serverText,
      Optional<InvitationId> invitation,
      Optional<ConfirmationCode> code,
      Optional<Instant> notBefore,
      Optional<Target> target) {

    public static RowChange to(long row, RowState state) {
      return new RowChange(
          row,
          state,
          Optional.empty(),
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    public static RowChange because(long row, RowState state, Reason reason, String serverText) {
      return new RowChange(
          row,
          state,
          Optional.of(reason),
          serverText,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    public RowChange withInvitation(InvitationId id) {
      return new RowChange(
          row, state, reason, serverText, Optional.of(id), code, notBefore, target);
    }

    public RowChange withCode(ConfirmationCode newCode) {
      return new RowChange(
          row, state, reason, serverText, invitation, Optional.of(newCode), notBefore, target);
    }

    public RowChange withTarget(Target newTarget) {
      return new RowChange(
          row, state, reason, serverText, invitation, code, notBefore, Optional.of(newTarget));
    }

    public RowChange notBefore(Instant moment) {
      return new RowChange(
          row, state, reason, serverText, invitation, code, Optional.of(moment), target);
    }
  }

  public Run post(NewRun run) {
    throw new UnsupportedOperationException();
  }

  /// Newest first.
  public List<Run> runs(ConnectionId connection) {
    throw new UnsupportedOperationException();
  }

  public Optional<Run> run(long number) {
    throw new UnsupportedOperationException();
  }

  /// In their order.
  public List<RunRow> rows(long run) {
    throw new UnsupportedOperationException();
  }

  public Optional<RunRow> row(long id) {
    throw new UnsupportedOperationException();
  }

  /// Rows of this organization that are not settled, or were settled after `since`; what the table
  /// shows beside the list. Accept rows are there once their check said where they lead.
  public List<RunRow> recent(ConnectionId connection, OrganizationId organization, Instant since) {
    throw new UnsupportedOperationException();
  }

  /// Rows that invited somebody into this organization from here and have a sealed code.
  public List<RunRow> withCode(ConnectionId connection, OrganizationId organization) {
    throw new UnsupportedOperationException();
  }

  /// READY rows of ACTIVE runs that may leave at `now`, in the order of posting.
  public List<RunRow> due(ConnectionId connection, Instant now) {
    throw new UnsupportedOperationException();
  }

  /// The moment when the next READY row of an ACTIVE run may leave; empty when there is none.
  public Optional<Instant> nextDue(ConnectionId connection) {
    throw new UnsupportedOperationException();
  }

  /// Marks rows as on their way, counts an attempt, and commits: only then may the call leave.
  ///
  /// @return the id of the call
  /// @throws IllegalStateException when one of the rows is not READY (any more)
  public long sending(List<Long> rows, Optional<Set<InvitationId>> before, Instant now) {
    throw new UnsupportedOperationException();
  }

  /// Seals an answer as it came and commits, before anybody parses it.
  public void keepAnswer(long call, String answer) {
    throw new UnsupportedOperationException();
  }

  /// Writes what became of rows. Settled rows are never changed again. When all rows of a call are
  /// settled or READY, its kept answer is wiped. Codes of JOINED and ALREADY_MEMBER rows are wiped.
  public void settle(Collection<RowChange> changes, Instant now) {
    throw new UnsupportedOperationException();
  }

  /// Calls with a row that is SENDING or UNKNOWN, oldest first.
  public List<Call> openCalls(ConnectionId connection) {
    throw new UnsupportedOperationException();
  }

  public void setPhase(long run, Run.Phase phase, String why) {
    throw new UnsupportedOperationException();
  }

  /// READY rows become NOT_TRIED, those that ask too; the run is STOPPED. Rows on their way stay.
  public void stop(long run, Instant now) {
    throw new UnsupportedOperationException();
  }

  /// Ends the grace of a run: takes its READY rows back as NOT_TRIED, if none has left yet.
  ///
  /// @return whether it was in time
  public boolean takeBack(long run, Instant now) {
    throw new UnsupportedOperationException();
  }

  /// The sealed code of a row; empty when there is none, or it was wiped.
  public Optional<ConfirmationCode> code(long row) {
    throw new UnsupportedOperationException();
  }

  public void wipeCode(long row) {
    throw new UnsupportedOperationException();
  }

  /// Called by the program that sends, before it sends: SENDING rows that a former program left
  /// become UNKNOWN; ACTIVE runs with READY rows become ASKS, except accept runs whose rows were
  /// due already; a grace that was running when the program died asks too.
  public void recover(Instant now) {
    throw new UnsupportedOperationException();
  }
}
