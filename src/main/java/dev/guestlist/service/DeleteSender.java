package dev.guestlist.service;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.store.CallTable.Call;
import dev.guestlist.store.InvitationCache;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.RowChange;
import dev.guestlist.store.RunTable;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Deletes, one invitation a call. "Not there" is believed once a list read in the same
/// organization lacks it too: the server says the same of an invitation of another organization.
/// Where the same person is to be invited again, the row goes on to that step.
final class DeleteSender implements WishSender {
  private final ConnectionId connection;
  private final Session session;
  private final InvitationCache cache;
  private final RunTable table;
  private final Settling settling;
  private final InstantSource clock;

  DeleteSender(Session session, LocalStore store, Settling settling, InstantSource clock) {
    this.connection = session.connection().id();
    this.session = session;
    this.cache = store.invitations();
    this.table = store.runs();
    this.settling = settling;
    this.clock = clock;
  }

  @Override
  public Sent send(List<RunRow> due) {
    RunRow row = due.getFirst();
    Run run = table.run(row.run()).orElseThrow();
    OrganizationId organization = run.organization().orElseThrow();
    InvitationId invitation = invitation(row);
    Optional<String> account = session.account();
    OrganizationAccess access;
    try {
      access = session.access(organization);
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.Rejected rejected) {
        settling.hold(run.number(), Settling.held(rejected), run.organization());
        return Sent.SOMETHING;
      }
      if (e.problem() instanceof Problem.NotAllowed notAllowed) {
        settling.hold(run.number(), Settling.held(notAllowed), run.organization());
        return Sent.SOMETHING;
      }
      return Sent.nothingFor(e.problem());
    }
    if (settling.leave(List.of(row), Optional.empty(), run.organization(), account).isEmpty()) {
      return Sent.SOMETHING;
    }
    try {
      boolean ignored =
          session
              .pace()
              .timed(
                  Pace.Work.DELETE,
                  1,
                  () ->
                      session.ask(
                          account,
                          () -> {
                            access.delete(invitation);
                            return true;
                          }));
      cache.remove(connection, organization, List.of(invitation));
      settling.settle(List.of(deleted(row)), run.organization());
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.Rejected rejected
          && rejected.reason() == Reason.INVITATION_GONE) {
        settling.settle(
            List.of(
                RowChange.because(
                    row.id(), RowState.UNKNOWN, Reason.INVITATION_GONE, rejected.serverText())),
            run.organization());
      } else {
        settling.failed(List.of(row), e.problem(), run.organization());
      }
      return Sent.isFault(e.problem()) ? Sent.FAULT : Sent.SOMETHING;
    }
    return Sent.SOMETHING;
  }

  @Override
  public boolean lookUp(Call call, Looks looks) {
    Run run = table.run(call.rows().getFirst().run()).orElseThrow();
    OrganizationId organization = run.organization().orElseThrow();
    try {
      looks.list(organization);
    } catch (ProblemException e) {
      return settling.mayNotLook(e.problem(), run, session.account(), call.rows());
    }
    settling.settle(
        call.rows().stream().map(row -> found(row, organization)).toList(), run.organization());
    return true;
  }

  private RowChange found(RunRow row, OrganizationId organization) {
    InvitationId invitation = invitation(row);
    boolean serverSaysGone = row.reason().equals(Optional.of(Reason.INVITATION_GONE));
    boolean listed =
        cache.of(connection, organization, List.of(row.target().name())).stream()
            .anyMatch(cached -> cached.listed() && cached.invitation().id().equals(invitation));
    if (listed) {
      return serverSaysGone
          ? RowChange.because(row.id(), RowState.REFUSED, Reason.INVITATION_GONE, row.serverText())
          : settling.again(row);
    }
    cache.remove(connection, organization, List.of(invitation));
    // a row leaves again only after a list still had its invitation, so whoever ended it since
    // then, it was not an earlier call of this row
    return serverSaysGone ? wasGone(row) : deleted(row);
  }

  private RowChange deleted(RunRow row) {
    return row.target() instanceof Target.Again again
        ? RowChange.to(row.id(), RowState.READY).withTarget(again.gone()).notBefore(clock.instant())
        : RowChange.to(row.id(), RowState.DELETED);
  }

  /// Somebody may have accepted it, or deleted it for a reason: who wants to invite again decides.
  private static RowChange wasGone(RunRow row) {
    return row.target() instanceof Target.Again again
        ? RowChange.because(
                row.id(), RowState.NEEDS_DECISION, Reason.INVITATION_GONE, row.serverText())
            .withTarget(again.gone())
        : RowChange.to(row.id(), RowState.WAS_GONE);
  }

  private static InvitationId invitation(RunRow row) {
    return switch (row.target()) {
      case Target.Listed listed -> listed.invitation();
      case Target.Again again -> again.replaces();
      case Target.Person ignored -> throw new IllegalArgumentException("Nothing to delete.");
      case Target.Code ignored -> throw new IllegalArgumentException("Nothing to delete.");
    };
  }
}
