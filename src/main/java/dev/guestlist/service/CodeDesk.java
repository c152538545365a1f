package dev.guestlist.service;

import dev.guestlist.model.CodeCheck;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Role;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.store.InvitationCache;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Looks codes up before anybody accepts them: whose they are, where they lead, what they give.
public final class CodeDesk {
  private final Session session;
  private final InvitationCache cache;

  /// What a look brought.
  public sealed interface Look {
    /// Somebody waits behind the code.
    ///
    /// @param gets groups and roles, when the organization's cached list knows the invitation
    record Found(CodeCheck check, Optional<Gets> gets) implements Look {}

    /// The server does not know the code (any more).
    record Unknown() implements Look {}

    /// Nobody could look: signed out, without the right, or without a connection.
    record NotChecked(Problem why) implements Look {}
  }

  /// What an invitation gives, from the list on this computer.
  ///
  /// @param asOf when the server gave that list
  public record Gets(List<Group> groups, List<Role> roles, Instant asOf) {}

  CodeDesk(Session session, InvitationCache cache) {
    this.session = session;
    this.cache = cache;
  }

  /// Whether a look is possible now, as far as is known: signed in, and some entered organization
  /// gives the right. Where none was entered yet, the first look enters one.
  public boolean canLook() {
    return session.mayLookUp();
  }

  /// Looks one code up. Read-only: uses nothing up.
  public Look look(ConfirmationCode code) {
    try {
      Optional<OrganizationAccess> access = session.desk();
      if (access.isEmpty()) {
        return new Look.NotChecked(
            session.account().isEmpty()
                ? new Problem.SignedOut()
                : new Problem.NotAllowed("internal_org_guest_mgt_invite_list"));
      }
      CodeCheck check = session.ask(() -> access.get().check(code));
      return new Look.Found(check, gets(check));
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.Rejected rejected
          && rejected.reason() == Reason.UNKNOWN_CODE) {
        return new Look.Unknown();
      }
      return new Look.NotChecked(e.problem());
    }
  }

  /// Looks many codes up, as many at once as the connection allows. Blocks until all are answered;
  /// when its thread is interrupted, no further look begins, no answer is told any more, and it
  /// returns with the thread still marked.
  ///
  /// @param found told each answer as it comes, from background threads, one at a time
  public void look(List<ConfirmationCode> codes, BiConsumer<ConfirmationCode, Look> found) {
    new ManyLooks(this, session, found).look(codes);
  }

  private Optional<Gets> gets(CodeCheck check) {
    return cache
        .of(session.connection().id(), check.organization(), List.of(check.username()))
        .stream()
        .filter(row -> row.invitation().status() == Invitation.Status.PENDING)
        .findFirst()
        .map(row -> new Gets(row.invitation().groups(), row.invitation().roles(), row.seen()));
  }
}
