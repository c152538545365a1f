package dev.guestlist.service;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.store.LocalStore;
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
      LocalStore store, ConnectionId connection, ConfirmationCode code) {
    return store.doneHere().accepted(connection, code).flatMap(row -> told(store, row));
  }

  /// The same for the code of a row, also after that was wiped.
  static Optional<AcceptedBefore> find(LocalStore store, RunRow row) {
    return row.target() instanceof Target.Code
        ? store.doneHere().acceptedBefore(row).flatMap(before -> told(store, before))
        : Optional.empty();
  }

  private static Optional<AcceptedBefore> told(LocalStore store, RunRow row) {
    return store.runs().run(row.run()).map(run -> of(run, row));
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
