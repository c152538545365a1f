package dev.guestlist.server;

import dev.guestlist.model.CodeCheck;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Member;
import dev.guestlist.model.Organization;
import dev.guestlist.model.Organization.Access;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Right;
import dev.guestlist.model.Role;
import dev.guestlist.model.Username;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Inside one child organization, with the token that is bound to it.
///
/// A call that lacks its scope throws `NotAllowed` with that scope; a refused token is renewed once
/// by itself. `{o}` stands for `/t/{root}/o`: the organization is not in the address.
public final class OrganizationAccess {
  private final OrganizationId organization;
  private final Http http;
  private final Bearer bearer;
  private volatile Optional<Boolean> knowsProperties = Optional.empty();

  OrganizationAccess(OrganizationId organization, Http http, Bearer bearer) {
    this.organization = organization;
    this.http = http;
    this.bearer = bearer;
  }

  public OrganizationId organization() {
    return organization;
  }

  /// What the account may really do here, read from the granted scopes.
  public Set<Right> rights() {
    return bearer.kept().map(Tokens::rights).orElse(Set.of());
  }

  /// All invitations, parsed as a stream: any number passes through bounded memory.
  ///
  /// `GET {o}/api/server/v1/guests/invitations`, scope `internal_org_guest_mgt_invite_list`, never
  /// with parameters: the server refuses them or breaks on them. Expired ones are listed, accepted
  /// ones are not. (wso2/identity-api-server `GuestApiServiceCore.java`)
  ///
  /// @throws ProblemException also after some were handed on; these are then not the whole list
  public void invitations(Consumer<Invitation> each) throws ProblemException {
    ask(
        Call.of(Endpoint.INVITATIONS),
        answer -> InvitationStream.read(answer, http.limits(), each));
  }

  /// Invites people of one user store with the same roles and groups. Sent once, whatever happens.
  ///
  /// `POST {o}/api/server/v1/guests/invite`, scope `internal_org_guest_mgt_invite_add`. Only one
  /// answer is followed by another call: a version that does not know `properties` refuses the
  /// whole request unread, and when the server is to mail anyway it gets the request without them
  /// (7.0.0; wso2/docs-is `organization-user-invitation.yaml`).
  ///
  /// @param userStore empty for the server's default store
  /// @return the answer as it came; see [InviteAnswer#results]
  /// @throws ProblemException `Rejected` with UNKNOWN_ROLE, UNKNOWN_GROUP or UNKNOWN_MEMBER: nobody
  ///   was invited
  public InviteAnswer invite(
      List<Username> people,
      Optional<String> userStore,
      List<String> roleIds,
      List<String> groupIds,
      boolean serverMails)
      throws ProblemException {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("usernames", people.stream().map(Username::name).toList());
    userStore.ifPresent(store -> request.put("userDomain", store));
    if (!roleIds.isEmpty()) {
      request.put("roles", roleIds);
    }
    if (!groupIds.isEmpty()) {
      request.put("groups", groupIds);
    }
    Map<String, Object> plain = Map.copyOf(request);
    request.put("properties", List.of(new Property(serverMails)));
    try {
      InviteAnswer answer = invite(request);
      knowsProperties = Optional.of(true);
      return answer;
    } catch (ProblemException e) {
      boolean unknownMember =
          e.problem() instanceof Problem.Rejected rejected
              && rejected.reason() == Reason.UNKNOWN_MEMBER;
      if (unknownMember) {
        knowsProperties = Optional.of(false);
      }
      if (serverMails && unknownMember) {
        return invite(plain);
      }
      throw e;
    }
  }

  /// Whether the server can invite without mail and give codes away; empty before the first
  /// invitation from here. Version 7.0.0 cannot.
  public Optional<Boolean> knowsProperties() {
    return knowsProperties;
  }

  private InviteAnswer invite(Map<String, Object> request) throws ProblemException {
    return InviteAnswer.asItCame(ask(Call.of(Endpoint.INVITE).json(request), Answer::jsonText));
  }

  /// The one property that the server reads; it must be a text.
  private record Property(String key, String value) {
    Property(boolean serverMails) {
      this("manageNotificationsInternally", String.valueOf(serverMails));
    }
  }

  /// Deletes one invitation. Deleting twice is `Rejected(INVITATION_GONE)`.
  ///
  /// `DELETE {o}/api/server/v1/guests/invitations/{id}`, scope
  /// `internal_org_guest_mgt_invite_delete`; 204, or 400 `OUI-60001` also for an invitation of
  /// another organization.
  public void delete(InvitationId id) throws ProblemException {
    ask(Call.of(Endpoint.DELETE).place("id", id.value()), Answer::nothing);
  }

  /// Looks a code up without using it up. Answers for codes of every organization.
  ///
  /// `POST {o}/api/server/v1/guests/invitation/introspect`, scope
  /// `internal_org_guest_mgt_invite_list`.
  ///
  /// @throws ProblemException `Rejected(UNKNOWN_CODE)` when nobody is waiting behind it
  public CodeCheck check(ConfirmationCode code) throws ProblemException {
    Call call =
        Call.of(Endpoint.CHECK)
            .json(Map.of("confirmationCode", code.reveal()))
            .hiding(code.reveal());
    return ask(call, answer -> answer.json(CodeCheckJson.class)).toModel();
  }

  /// All groups.
  ///
  /// `GET {o}/scim2/Groups`, scope `internal_org_group_mgt_view`, in one call: before 7.2 the
  /// server does not page, after it does not have to. (wso2-extensions/
  /// identity-inbound-provisioning-scim2 `SCIMUserManager.java`)
  public List<Group> groups() throws ProblemException {
    Call call = Call.of(Endpoint.GROUPS).query("excludedAttributes", "members,roles");
    ScimPage.Groups page = ask(call, answer -> answer.json(ScimPage.Groups.class));
    return page.rows().stream().map(GroupJson::toModel).toList();
  }

  /// Whether groups come in pages: asks for one. Empty where there are fewer than two.
  ///
  /// `GET {o}/scim2/Groups?startIndex=1&count=1`; before 7.2 the server gives all of them.
  public Optional<Boolean> pagesGroups() throws ProblemException {
    Call call =
        Call.of(Endpoint.GROUPS)
            .query("excludedAttributes", "members,roles")
            .query("startIndex", "1")
            .query("count", "1");
    ScimPage.Groups page = ask(call, answer -> answer.json(ScimPage.Groups.class));
    int rows = page.rows().size();
    if (rows > 1) {
      return Optional.of(false);
    }
    return page.totalResults() > rows ? Optional.of(true) : Optional.empty();
  }

  /// All roles, page by page.
  ///
  /// `GET {o}/scim2/v2/Roles`, scope `internal_org_role_mgt_view`. (the same, `SCIMRoleManagerV2`)
  public List<Role> roles() throws ProblemException {
    Call call =
        Call.of(Endpoint.ROLES)
            .query(
                "excludedAttributes", "users,groups,permissions,associatedApplications,properties");
    List<Role> roles = new ArrayList<>();
    ScimPages.each(
        RoleJson::id,
        from -> ask(from.of(call), answer -> answer.json(ScimPage.Roles.class)),
        page -> page.forEach(role -> roles.add(role.toModel())));
    return roles;
  }

  /// All users of this organization, page by page.
  ///
  /// `GET {o}/scim2/Users`, scope `internal_org_user_mgt_list`. Those who came from outside carry
  /// `managedOrg`. (the same, `UserResource.java`)
  public void members(Consumer<List<Member>> page) throws ProblemException {
    ScimPages.each(
        MemberJson::id,
        from -> ask(from.of(Call.of(Endpoint.USERS)), answer -> answer.json(ScimPage.Users.class)),
        rows -> page.accept(rows.stream().map(MemberJson::toModel).toList()));
  }

  /// The user of that name here; empty when there is none.
  ///
  /// `GET {o}/scim2/Users?filter=userName eq "…"`, scope `internal_org_user_mgt_list`.
  public Optional<Member> member(String username) throws ProblemException {
    String quoted = "\"" + username.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    Call call =
        Call.of(Endpoint.USERS).query("filter", "userName eq " + quoted).query("count", "1");
    return ask(call, answer -> answer.json(ScimPage.Users.class)).rows().stream()
        .filter(user -> user.isCalled(username))
        .findFirst()
        .map(MemberJson::toModel);
  }

  /// From the account's home organization down to this one.
  ///
  /// `GET {o}/api/users/v1/me/organizations/root/descendants`, scope `internal_login`. Slow in deep
  /// trees. (wso2/identity-api-user `UserOrganizationService.java`)
  public List<Organization> breadcrumb() throws ProblemException {
    OrganizationJson[] steps =
        ask(Call.of(Endpoint.BREADCRUMB), answer -> answer.json(OrganizationJson[].class));
    List<Organization> path = new ArrayList<>();
    for (OrganizationJson step : steps) {
      Organization here = step.toModel(Access.UNKNOWN);
      path.add(path.isEmpty() ? here : here.withParent(path.getLast().id()));
    }
    return path;
  }

  private <T> T ask(Call call, Reading<T> reading) throws ProblemException {
    return bearer.use(tokens -> http.send(call, tokens, reading));
  }
}
