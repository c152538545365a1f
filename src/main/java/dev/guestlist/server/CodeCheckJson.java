package dev.guestlist.server;

import dev.guestlist.model.CodeCheck;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;

/// What introspection says about a code. The code itself is in the answer too and is not kept.
///
/// @param userOrganization the parent
/// @param initiatedOrganization the child
record CodeCheckJson(
    String username, String userOrganization, String initiatedOrganization, String status) {
  CodeCheck toModel() throws ProblemException {
    if (username.isBlank() || userOrganization.isBlank() || initiatedOrganization.isBlank()) {
      throw new ProblemException(
          new Problem.Unreadable("an answer without the person or the organizations of the code"));
    }
    return new CodeCheck(
        username,
        new OrganizationId(initiatedOrganization),
        new OrganizationId(userOrganization),
        InvitationJson.status(status));
  }
}
