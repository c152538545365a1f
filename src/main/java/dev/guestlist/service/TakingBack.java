package dev.guestlist.service;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.store.InvitationCache;
import dev.guestlist.store.LocalStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What of a run that invited can be undone, as far as this computer knows: exactly the invitations
/// that it made and that are listed and pending still.
///
/// @param deletable those that can be deleted
/// @param joined people who have joined since: they stay
/// @param notListed invitations that the last list lacks, or that could not be told from others of
///   the same name
/// @param ended invitations that are listed and have ended
/// @param deletedAlready invitations that were deleted or replaced from here, or are about to be
public record TakingBack(
    List<Runs.ToDelete> deletable, int joined, int notListed, int ended, int deletedAlready) {

  public TakingBack {
    deletable = List.copyOf(deletable);
  }

  /// How many invitations can be deleted.
  public int canBeDeleted() {
    return deletable.size();
  }

  /// Reads what the disk knows of a run.
  static TakingBack of(Run run, Connection connection, LocalStore store) {
    List<RunRow> made =
        store.runs().rows(run.number()).stream()
            .filter(row -> row.state() == RowState.INVITED || row.state() == RowState.CODE_LOST)
            .toList();
    if (made.isEmpty() || run.organization().isEmpty()) {
      return new TakingBack(List.of(), 0, 0, 0, 0);
    }
    OrganizationId organization = run.organization().get();
    List<String> names = made.stream().map(row -> Comparison.name(row.target())).toList();
    Map<String, Invitation> listed =
        store.invitations().of(connection.id(), organization, names).stream()
            .filter(InvitationCache.Cached::listed)
            .map(InvitationCache.Cached::invitation)
            .collect(Collectors.toMap(one -> one.id().value(), Function.identity()));
    Membership members = Membership.of(store, connection, organization);
    return sorted(made, listed, members, store.doneHere().undone(run.number()));
  }

  private static TakingBack sorted(
      List<RunRow> made, Map<String, Invitation> listed, Membership members, Set<Long> undone) {
    List<Runs.ToDelete> deletable = new ArrayList<>();
    int joined = 0;
    int notListed = 0;
    int ended = 0;
    int deletedAlready = 0;
    for (RunRow row : made) {
      Optional<Invitation> now =
          row.invitation().flatMap(id -> Optional.ofNullable(listed.get(id.value())));
      if (undone.contains(row.id())) {
        deletedAlready++;
      } else if (members.since(Comparison.name(row.target()), row.changed()).isPresent()) {
        joined++;
      } else if (now.isEmpty()) {
        notListed++;
      } else if (now.get().status() != Invitation.Status.PENDING) {
        ended++;
      } else {
        deletable.add(new Runs.ToDelete(now.get().id(), now.get().username()));
      }
    }
    return new TakingBack(deletable, joined, notListed, ended, deletedAlready);
  }
}
