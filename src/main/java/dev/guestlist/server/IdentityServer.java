package dev.guestlist.server;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Connection;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One identity server with one root organization: what can be asked of it without being inside a
/// child organization.
public final class IdentityServer implements AutoCloseable {

  public IdentityServer(Connection connection, TokenStore tokens, InstantSource clock) {
    throw new UnsupportedOperationException();
  }

  /// The top organization: where the signed-in account lives.
  public Organization root() throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// The immediate children of `parent`, or of the root when it is empty; pages are followed and
  /// repeated rows dropped. Every item has its parent set.
  public List<Organization> children(Optional<OrganizationId> parent) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// Every organization below the root, page by page, without parents.
  public void everyOrganization(Consumer<List<Organization>> page) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// Every organization below the root that the account may switch into, page by page.
  public void enterable(Consumer<List<Organization>> page) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// One organization with its parent. `ORG-60064` (not below the root, or not existing) is
  /// `Rejected`.
  public Organization organization(OrganizationId id) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// Switches into a child: takes a kept token, or asks for one of its own.
  ///
  /// @throws ProblemException `Rejected` with NOT_A_MEMBER, NOT_SHARED or ORGANIZATION_DISABLED,
  ///   told apart by the server's description; nothing that was entered before is touched
  public OrganizationAccess enter(OrganizationId organization) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /// Accepts an invitation by its code. Needs no sign-in and uses the code up: an expired code and
  /// one of a member are deleted by the server. Never repeated by this class.
  ///
  /// @throws ProblemException `Rejected(UNKNOWN_CODE)`, `Rejected(ALREADY_MEMBER)`, or whatever
  ///   kept the answer away
  public void accept(ConfirmationCode code) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
