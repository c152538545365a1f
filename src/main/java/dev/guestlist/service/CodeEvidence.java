package dev.guestlist.service;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Right;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.RunTable;
import java.util.Optional;

/// What can be found out about a code that the server does not know (any more).
///
/// @param accepted how it was accepted from this computer
/// @param person whose code it was; empty when nobody knows
/// @param organization where it led; empty when nobody knows
/// @param made the row of this computer that made its invitation
/// @param ended the row of this computer that deleted or replaced that invitation
/// @param member whether the person is a member there by now, managed from outside; empty when the
///   members may not be asked for, or cannot be now
public record CodeEvidence(
    Optional<AcceptedBefore> accepted,
    Optional<String> person,
    Optional<OrganizationId> organization,
    Optional<RunRow> made,
    Optional<RunRow> ended,
    Optional<Boolean> member) {

  /// Asks the server for the member.
  static CodeEvidence find(Session session, LocalStore store, RunRow row) {
    ConnectionId connection = session.connection().id();
    RunTable table = store.runs();
    Optional<ConfirmationCode> code =
        store.vault().locked() ? Optional.empty() : table.code(row.id());
    Optional<RunRow> made = code.flatMap(one -> store.doneHere().madeWith(connection, one));
    Optional<AcceptedBefore> accepted = AcceptedBefore.find(store, row);
    Target.Code target = (Target.Code) row.target();
    Optional<String> person =
        target.username().or(() -> made.map(one -> Comparison.name(one.target())));
    Optional<OrganizationId> organization =
        target
            .organization()
            .or(() -> made.flatMap(one -> table.run(one.run())).flatMap(run -> run.organization()))
            .or(() -> accepted.flatMap(AcceptedBefore::organization));
    Optional<InvitationId> invitation = made.flatMap(RunRow::invitation);
    Optional<RunRow> ended =
        person.isEmpty() || organization.isEmpty()
            ? Optional.empty()
            : store.doneHere().ended(connection, organization.get(), person.get(), invitation);
    return new CodeEvidence(
        accepted,
        person,
        organization,
        made,
        ended.filter(one -> made.isEmpty() || one.changed().isAfter(made.get().changed())),
        person.isEmpty() || organization.isEmpty()
            ? Optional.empty()
            : member(session, organization.get(), person.get()));
  }

  private static Optional<Boolean> member(
      Session session, OrganizationId organization, String person) {
    if (!session.ready()) {
      return Optional.empty();
    }
    try {
      OrganizationAccess access = session.access(organization);
      return access.rights().contains(Right.LIST_USERS)
          ? Optional.of(
              session
                  .ask(() -> access.member(person))
                  .filter(one -> one.managedBy().isPresent())
                  .isPresent())
          : Optional.empty();
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }
}
