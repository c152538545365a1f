package dev.guestlist.service;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Right;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.store.RowChange;

/// Who the user is of whom the server says only that the name is taken: the person who was meant,
/// or somebody of the same name who was made in the child organization.
enum Standing {
  /// the account lives in the parent: a member already
  MANAGED,
  /// an account of the child's own
  MADE_THERE,
  /// the account that is signed in may not look
  NOBODY_MAY_LOOK,
  /// no answer came, or the server failed
  NOT_KNOWN_YET;

  /// @param run whoever posted it may be let in where another account is not
  /// @param looks told what kept the server from answering
  static Standing of(
      Session session, Run run, OrganizationId organization, String name, Looks looks) {
    Standing notAllowed = Settling.isOf(run, session.account()) ? NOBODY_MAY_LOOK : NOT_KNOWN_YET;
    try {
      OrganizationAccess access = session.access(organization);
      if (!access.rights().contains(Right.LIST_USERS)) {
        return notAllowed;
      }
      boolean managed =
          session
              .ask(() -> access.member(name))
              .filter(member -> member.managedBy().isPresent())
              .isPresent();
      return managed ? MANAGED : MADE_THERE;
    } catch (ProblemException e) {
      looks.failed(e.problem());
      boolean saidNo =
          e.problem() instanceof Problem.NotAllowed || e.problem() instanceof Problem.Rejected;
      return saidNo ? notAllowed : NOT_KNOWN_YET;
    }
  }

  /// What it means for a row. Where it is not known yet, the row says what is to be looked up.
  RowChange outcome(RunRow row, String serverText) {
    RowState state =
        switch (this) {
          case MANAGED -> RowState.ALREADY_MEMBER;
          case MADE_THERE, NOBODY_MAY_LOOK -> RowState.USER_EXISTS;
          case NOT_KNOWN_YET -> RowState.UNKNOWN;
        };
    Reason reason = this == NOBODY_MAY_LOOK ? Reason.NOT_CHECKED : Reason.ALREADY_MEMBER;
    return RowChange.because(row.id(), state, reason, serverText);
  }
}
