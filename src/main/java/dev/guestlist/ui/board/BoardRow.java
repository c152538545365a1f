package dev.guestlist.ui.board;

import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.Board;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// One line of the board, ready to be shown.
///
/// @param way the path above it; blank while it is not known
/// @param counts empty when its list was never read
/// @param age how old its list is, or that there is none
/// @param note what came of preparing it, or why it cannot be entered; blank when nothing
/// @param searched what the filter looks at, in lower case
record BoardRow(
    OrganizationId id,
    String name,
    String way,
    Optional<Board.Counts> counts,
    Optional<Integer> members,
    Optional<Instant> readAt,
    String age,
    String note,
    boolean enterable,
    String searched) {

  /// @param outcome what came of preparing it; empty when that was not asked for
  static BoardRow of(Board.Row row, Optional<String> outcome, Ages ages, Instant now, Texts texts) {
    Organization organization = row.organization();
    String way =
        row.path().stream()
            .filter(above -> !above.id().equals(organization.id()))
            .map(Organization::name)
            .collect(Collectors.joining(" / "));
    boolean refused = organization.access() == Organization.Access.REFUSED;
    String note =
        outcome.orElseGet(() ->
            !organization.active()
                ? texts.get("organization.disabled")
                : refused ? texts.get("organization.no-access") : "");
    return new BoardRow(
        organization.id(),
        organization.name(),
        way,
        row.counts(),
        row.members(),
        row.readAt(),
        row.readAt().map(at -> ages.ago(at, now)).orElseGet(() -> texts.get("board.never")),
        note,
        organization.active() && !refused,
        (organization.name() + " " + way).toLowerCase(Locale.ROOT));
  }

  int attention() {
    return counts.map(Board.Counts::attention).orElse(0);
  }

  int soon() {
    return counts.map(Board.Counts::soon).orElse(0);
  }

  int expired() {
    return counts.map(Board.Counts::expired).orElse(0);
  }

  int pending() {
    return counts.map(Board.Counts::pending).orElse(0);
  }
}
