package dev.guestlist.server;

import dev.guestlist.model.CodeCheck;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Member;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Right;
import dev.guestlist.model.Role;
import dev.guestlist.model.Username;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Inside one child organization, with the token that is bound to it.
public final class OrganizationAccess {

  public OrganizationId organization() {
    throw new UnsupportedOperationException();
  }

  /// What the account may really do here, read from the granted scopes.
  public Set<Right> rights() {
    throw new UnsupportedOperationException();
  }

  /// All invitations, parsed as a stream: any number passes through bounded memory.
  public void invitations(Consumer<Invitation> each) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// Invites people of one user store with the same roles and groups. Sent once, whatever happens.
  ///
  /// @param userStore empty for the server's default store
  /// @return the answer as it came; see [InviteAnswer#results]
  public InviteAnswer invite(
      List<Username> people,
      Optional<String> userStore,
      List<String> roleIds,
      List<String> groupIds,
      boolean serverMails)
      throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// Deletes one invitation. Deleting twice is `Rejected(INVITATION_GONE)`.
  public void delete(InvitationId id) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// Looks a code up without using it up. Answers for codes of every organization.
  ///
  /// @throws ProblemException `Rejected(UNKNOWN_CODE)` when nobody is waiting behind it
  public CodeCheck check(ConfirmationCode code) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// All groups.
  public List<Group> groups() throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// All roles, page by page.
  public List<Role> roles() throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// All users of this organization, page by page.
  public void members(Consumer<List<Member>> page) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// The user of that name here; empty when there is none.
  public Optional<Member> member(String username) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// From the account's home organization down to this one.
  public List<Organization> breadcrumb() throws ProblemException {
    throw new UnsupportedOperationException();
  }
}
