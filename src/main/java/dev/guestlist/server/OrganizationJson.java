package dev.guestlist.server;

import dev.guestlist.model.Organization;
import dev.guestlist.model.Organization.Access;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import java.util.List;
import java.util.Optional;

/// An organization in any of its shapes: item of a list, alone, or step of a path.
///
/// @param orgHandle from version 7.2 on, like `hasChildren`
/// @param status absent in paths
/// @param parent absent in lists and for the top
record OrganizationJson(
    String id,
    String name,
    String orgHandle,
    String status,
    Optional<Boolean> hasChildren,
    Optional<Parent> parent) {

  record Parent(String id) {}

  /// A page of a list. Both members are absent when nothing was found.
  record Page(List<Link> links, List<OrganizationJson> organizations) {}

  /// Where the next or previous page is. Only its cursor is of use: the address may be one that the
  /// server itself does not serve (wso2/identity-api-user `UserOrganizationService.java`).
  record Link(String href, String rel) {}

  Organization toModel(Access access) throws ProblemException {
    if (id.isBlank()) {
      throw new ProblemException(new Problem.Unreadable("an organization without an id"));
    }
    return new Organization(
        new OrganizationId(id),
        name.isBlank() ? id : name,
        Optional.of(orgHandle).filter(handle -> !handle.isBlank()),
        parent.map(Parent::id).filter(it -> !it.isBlank()).map(OrganizationId::new),
        status.isBlank() || status.equals("ACTIVE"),
        hasChildren,
        access);
  }
}
