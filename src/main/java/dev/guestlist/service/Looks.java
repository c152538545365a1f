package dev.guestlist.service;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One round of look-ups. However many calls are looked up in it, a list is read once.
final class Looks {
  private final Invitations invitations;
  private final Map<OrganizationId, Optional<ProblemException>> read = new HashMap<>();
  private boolean faulty;

  Looks(Invitations invitations) {
    this.invitations = invitations;
  }

  /// Has the list of an organization as it is now.
  ///
  /// @throws ProblemException when it could not be read in this round
  void list(OrganizationId organization) throws ProblemException {
    Optional<ProblemException> failed = read.get(organization);
    if (failed == null) {
      failed = read(organization);
      read.put(organization, failed);
    }
    if (failed.isPresent()) {
      throw failed.get();
    }
  }

  private Optional<ProblemException> read(OrganizationId organization) {
    try {
      invitations.read(organization);
      return Optional.empty();
    } catch (ProblemException e) {
      failed(e.problem());
      return Optional.of(e);
    }
  }

  /// A look that brought no answer.
  void failed(Problem problem) {
    faulty |= WishSender.Sent.isFault(problem);
  }

  /// Whether the server failed at a look, so that nobody knows what becomes of what is sent.
  boolean faulty() {
    return faulty;
  }
}
