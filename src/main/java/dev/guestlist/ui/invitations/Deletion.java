package dev.guestlist.ui.invitations;

import dev.guestlist.model.Connection;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.service.InvitationStatus;
import dev.guestlist.service.Runs;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.ScreenContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Deleting invitations with time to think again: rows leave after a few seconds, and until then
/// they can be taken back. Many rows, or a production server, ask first.
final class Deletion {
  private static final Duration GRACE = Duration.ofSeconds(8);
  private static final int WITHOUT_ASKING = 10;
  private static final int NAMED = 3;

  private final ScreenContext context;
  private final Background background;
  private final OrganizationId organization;
  private final Supplier<List<InvitationRow>> current;

  /// A deletion that can still be taken back.
  record Grace(long run, int rows, Instant leavesAt) {}

  Deletion(
      ScreenContext context,
      Background background,
      OrganizationId organization,
      Supplier<List<InvitationRow>> current) {
    this.context = context;
    this.background = background;
    this.organization = organization;
    this.current = current;
  }

  /// Deletes those of the rows that can be deleted.
  ///
  /// @param name the organization's, for the question
  void delete(List<InvitationRow> rows, String name) {
    List<InvitationRow> going = rows.stream().filter(InvitationRow::deletable).toList();
    if (going.isEmpty()) {
      return;
    }
    boolean production =
        context.workplace().session().connection().kind() == Connection.Kind.PRODUCTION;
    if (production || going.size() > WITHOUT_ASKING) {
      context.dialogs().confirm(question(going, name), () -> confirmed(going, name));
    } else {
      post(going);
    }
  }

  /// Takes a deletion back, if it is not too late.
  void undo(Grace grace) {
    background.run(
        () -> context.workplace().runs().takeBack(grace.run()),
        inTime -> {
          if (!inTime) {
            context.dialogs().tell(context.texts().get("invitations.undo.late", grace.rows()));
          }
        });
  }

  /// The newest deletion of this computer that can be taken back.
  static Optional<Grace> grace(List<InvitationRow> rows) {
    return rows.stream()
        .filter(row -> row.status() == InvitationStatus.DELETING)
        .flatMap(row -> row.entry().row().stream())
        .filter(row -> row.state() == RowState.READY)
        .collect(Collectors.groupingBy(row -> row.run()))
        .entrySet()
        .stream()
        .max(Comparator.comparing(run -> run.getKey()))
        .map(run ->
            new Grace(run.getKey(), run.getValue().size(), run.getValue().getFirst().notBefore()));
  }

  /// The list may have been read again while the question stood: what is deleted is what was named.
  private void confirmed(List<InvitationRow> named, String name) {
    Set<String> keys = named.stream().map(InvitationRow::key).collect(Collectors.toSet());
    List<InvitationRow> still =
        current.get().stream().filter(row -> keys.contains(row.key()) && row.deletable()).toList();
    if (still.size() == named.size()) {
      post(still);
    } else if (!still.isEmpty()) {
      context.dialogs().confirm(question(still, name), () -> confirmed(still, name));
    }
  }

  private void post(List<InvitationRow> rows) {
    List<Runs.ToDelete> invitations =
        rows.stream()
            .map(row ->
                new Runs.ToDelete(row.entry().invitation().orElseThrow(), row.entry().username()))
            .toList();
    background.run(
        () -> context.workplace().runs().delete(organization, invitations, GRACE), run -> {});
  }

  private Dialogs.Question question(List<InvitationRow> rows, String name) {
    int others = Math.max(0, rows.size() - NAMED);
    String people =
        rows.stream().limit(NAMED).map(InvitationRow::person).collect(Collectors.joining(", "));
    return new Dialogs.Question(
        context.texts().get("invitations.delete.question", rows.size(), name),
        context.texts().get("invitations.delete.text", rows.size(), people, others),
        context.texts().get("invitations.delete.action", rows.size()),
        context.texts().get("invitations.delete.keep", rows.size()));
  }
}
