package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.ProblemException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The newest list of invitations per organization.
public final class InvitationCache {

  /// A list that arrives piece by piece, for example from the network.
  public interface Source {
    void sendTo(Consumer<Invitation> each) throws ProblemException;
  }

  /// One cached row.
  ///
  /// @param listed false when the last list did not contain it any more and nobody here deleted it
  /// @param seen when a list contained it last
  public record Cached(Invitation invitation, boolean listed, Instant seen) {}

  /// Reads the whole source into a staging table and then swaps, in one transaction; memory stays
  /// bounded. Rows that vanished stay as not listed, unless they were taken out by [#remove].
  ///
  /// @return how many rows the new list has
  /// @throws ProblemException when the source fails; the old list is untouched then
  public int replaceAll(
      ConnectionId connection, OrganizationId organization, Source source, Instant readAt)
      throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// All rows of one organization, the listed ones first, otherwise in order of username.
  public List<Cached> all(ConnectionId connection, OrganizationId organization) {
    throw new UnsupportedOperationException();
  }

  /// The listed rows of these usernames, without regard to case.
  public List<Cached> of(
      ConnectionId connection, OrganizationId organization, Collection<String> usernames) {
    throw new UnsupportedOperationException();
  }

  /// When the list was read last; empty when never.
  public Optional<Instant> readAt(ConnectionId connection, OrganizationId organization) {
    throw new UnsupportedOperationException();
  }

  /// Listed rows per status and organization, for the switcher; organizations never read are
  /// absent.
  public Map<OrganizationId, Map<Invitation.Status, Integer>> counts(ConnectionId connection) {
    throw new UnsupportedOperationException();
  }

  /// Takes rows out because they were deleted or accepted from here.
  public void remove(
      ConnectionId connection, OrganizationId organization, Collection<InvitationId> ids) {
    throw new UnsupportedOperationException();
  }
}
