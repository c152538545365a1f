package dev.guestlist.ui.invitations;

import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.History;
import dev.guestlist.service.InvitationStatus;
import dev.guestlist.service.Invitations;
import dev.guestlist.service.Organizations;
import dev.guestlist.ui.kit.ScreenContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The list as this computer keeps it, read in one go and made ready to be shown.
///
/// @param name the organization's
/// @param parent the name of its parent; empty when not known here
/// @param grace the newest deletion that can be taken back
/// @param turnsAt the next moment at which some status changes by itself; empty when none does
/// @param days the former days whose lists are kept, newest first
/// @param step from the last of them to this list; empty when there is none
/// @param zone in which the server seems to write its times, when that is to be asked
record KeptList(
    List<InvitationRow> rows,
    Map<RowChip, Integer> counts,
    Optional<Instant> readAt,
    String name,
    Optional<String> parent,
    Optional<Deletion.Grace> grace,
    Optional<Instant> turnsAt,
    List<History.Day> days,
    Optional<History.Step> step,
    Optional<ZoneOffset> zone) {

  /// Reads the disk: to be called in the background.
  static KeptList read(ScreenContext context, OrganizationId organization) {
    Instant now = context.clock().instant();
    Invitations.Asking asking = context.workplace().invitations().listAsking(organization);
    Invitations.Listing listing = asking.listing();
    Organizations organizations = context.workplace().organizations();
    List<InvitationRow> rows = InvitationRow.all(listing.entries(), now, context.texts());
    return new KeptList(
        rows,
        TableContents.count(rows),
        listing.readAt(),
        organizations.name(organization),
        organizations.find(organization).flatMap(Organization::parent).map(organizations::name),
        Deletion.grace(rows),
        rows.stream()
            .flatMap(row -> turn(row).stream())
            .filter(turn -> turn.isAfter(now))
            .min(Comparator.naturalOrder()),
        context.workplace().history().days(organization),
        context.workplace().history().lastStep(organization),
        asking.zone());
  }

  /// Reads the list of a former day, with the words of that day: to be called in the background.
  static KeptList former(ScreenContext context, OrganizationId organization, History.Day day) {
    Invitations.Listing listing = context.workplace().history().listing(organization, day);
    Organizations organizations = context.workplace().organizations();
    List<InvitationRow> rows = InvitationRow.all(listing.entries(), day.readAt(), context.texts());
    return new KeptList(
        rows,
        TableContents.count(rows),
        listing.readAt(),
        organizations.name(organization),
        organizations.find(organization).flatMap(Organization::parent).map(organizations::name),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<Instant> turn(InvitationRow row) {
    return switch (row.status()) {
      case PENDING -> row.entry().ends().map(end -> end.minus(InvitationStatus.SOON));
      case EXPIRES_SOON -> row.entry().ends();
      case DELETING -> row.entry().leavesAt();
      case CODE_LOST,
          DELETED_NOT_INVITED,
          JOINED_STILL_LISTED,
          REPLACED,
          REPLY_UNKNOWN,
          NEEDS_DECISION,
          NOT_SENT,
          CANNOT_TELL,
          EXPIRED,
          PROBABLY_EXPIRED,
          NO_LONGER_LISTED,
          WAITING,
          SENDING,
          JOINED,
          DELETED_HERE ->
          Optional.empty();
    };
  }
}
