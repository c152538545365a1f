package dev.guestlist.service;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.store.RunTable;
import java.time.Instant;
import java.util.Optional;

/// That a code was accepted from this computer, and for whom.
///
/// @param when it was accepted
/// @param account who was signed in when it was taken in; blank when nobody was
/// @param person whose code it was; its last four characters where that was never known
/// @param organization where it led; empty where that was never known
/// @param ticket number of the request; blank when none
public record AcceptedBefore(
    Instant when,
    String account,
    String person,
    Optional<OrganizationId> organization,
    String ticket) {

  static Optional<AcceptedBefore> find(
      RunTable table, ConnectionId connection, ConfirmationCode code) {
    return table.accepted(connection, code).flatMap(row -> told(table, row));
  }

  /// The same for the code of a row, also after that was wiped.
  static Optional<AcceptedBefore> find(RunTable table, RunRow row) {
    return row.target() instanceof Target.Code
        ? table.acceptedBefore(row).flatMap(before -> told(table, before))
        : Optional.empty();
  }

  private static Optional<AcceptedBefore> told(RunTable table, RunRow row) {
    return table.run(row.run()).map(run -> of(run, row));
  }

  private static AcceptedBefore of(Run run, RunRow row) {
    return new AcceptedBefore(
        row.changed(),
        run.account(),
        row.target().name(),
        row.target() instanceof Target.Code code ? code.organization() : Optional.empty(),
        run.ticket().number());
  }
}
