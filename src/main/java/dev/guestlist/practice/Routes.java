package dev.guestlist.practice;

import static dev.guestlist.practice.Route.accept;
import static dev.guestlist.practice.Route.child;
import static dev.guestlist.practice.Route.either;
import static dev.guestlist.practice.Route.local;
import static dev.guestlist.practice.Route.open;

import java.util.List;

/// The route table: everything this server answers, with the scope it takes. Scopes are written as
/// in a child organization; at the root `internal_org_x` is `internal_x`.
record Routes(
    SignInPage signIn,
    TokenEndpoint oauth,
    Discovery discovery,
    DevicePage device,
    SessionEndpoints sessions,
    InviteEndpoint invite,
    GuestEndpoints guests,
    MailLink mailLink,
    OrganizationEndpoints organizations,
    GroupEndpoints groups,
    RoleEndpoints roles,
    UserEndpoints users,
    UserStoreEndpoints userStores,
    Inbox inbox,
    ScenarioEndpoints practice,
    TraitEndpoints traits) {
  List<Route> table() {
    String guest = "/api/server/v1/guests";
    String organization = "/api/server/v1/organizations";
    String me = "/api/users/v1/me/organizations";
    String stores = "/api/server/v1/userstores";
    String mail = "/o/{organization}/accountrecoveryendpoint/acceptinvitation.do";
    return List.of(
        open("GET", "/oauth2/token/.well-known/openid-configuration", discovery::document),
        open("GET", "/oauth2/jwks", discovery::keys),
        open("GET", "/oauth2/authorize", signIn::show),
        open("POST", "/oauth2/authorize", signIn::signIn),
        open("POST", "/oauth2/token", oauth::token),
        open("POST", "/oauth2/device_authorize", device::authorize),
        open("GET", "/authenticationendpoint/device.do", device::show),
        open("POST", "/authenticationendpoint/device.do", device::signIn),
        open("POST", "/oauth2/revoke", sessions::revoke),
        open("GET", "/oauth2/userinfo", sessions::userInfo),
        local("GET", "/authenticationendpoint/oauth2_error.do", signIn::showError),
        //
        child("POST", guest + "/invite", Scopes.INVITE, invite::invite),
        child("GET", guest + "/invitations", Scopes.LIST_INVITATIONS, guests::list),
        child("DELETE", guest + "/invitations/{id}", Scopes.DELETE_INVITATIONS, guests::delete),
        child(
            "POST", guest + "/invitation/introspect", Scopes.LIST_INVITATIONS, guests::introspect),
        accept("POST", guest + "/invitation/accept", guests::accept),
        local("GET", mail, mailLink::open),
        local("HEAD", mail, mailLink::look),
        //
        either("GET", organization, Scopes.ORGANIZATIONS, organizations::list),
        either("GET", organization + "/self", Scopes.ORGANIZATIONS, organizations::self),
        either("GET", organization + "/metadata", Scopes.ORGANIZATIONS, organizations::metadata),
        either("GET", organization + "/{id}", Scopes.ORGANIZATIONS, organizations::one),
        either("GET", me, Scopes.LOGIN, organizations::mine),
        either("GET", me + "/root", Scopes.LOGIN, organizations::myRoot),
        either("GET", me + "/root/descendants", Scopes.LOGIN, organizations::myPath),
        //
        either("GET", "/scim2/Groups", Scopes.GROUPS, groups::list),
        either("GET", "/scim2/Groups/{id}", Scopes.GROUPS, groups::one),
        either("GET", "/scim2/v2/Roles", Scopes.ROLES, roles::list),
        either("GET", "/scim2/v2/Roles/{id}", Scopes.ROLES, roles::one),
        either("GET", "/scim2/Users", Scopes.USERS, users::list),
        either("GET", "/scim2/Users/{id}", Scopes.ONE_USER, users::one),
        either("GET", stores, Scopes.USER_STORES, userStores::list),
        either("GET", stores + "/primary", Scopes.USER_STORES, userStores::primary),
        //
        local("GET", "/inbox", inbox::page),
        local("GET", "/inbox.json", inbox::json),
        local("POST", "/practice/slow", practice::slow),
        local("POST", "/practice/drop", practice::drop),
        local("POST", "/practice/busy", practice::busy),
        local("POST", "/practice/html", practice::html),
        local("POST", "/practice/trouble", practice::trouble),
        local("POST", "/practice/crash-accepts", practice::crashAccepts),
        local("POST", "/practice/add-group", practice::addGroup),
        local("POST", "/practice/remove-member", practice::removeMember),
        local("POST", "/practice/crash-invite", practice::crashInvite),
        local("POST", "/practice/refuse-people", practice::refusePeople),
        local("POST", "/practice/refuse-lists", practice::refuseLists),
        local("POST", "/practice/all-well", practice::allWell),
        local("POST", "/practice/end-sessions", practice::endSessions),
        local("POST", "/practice/take-right", practice::takeRight),
        local("POST", "/practice/give-right", practice::giveRight),
        local("POST", "/practice/remove-group", practice::removeGroup),
        local("POST", "/practice/remove-role", practice::removeRole),
        local("POST", "/practice/move-clock", practice::moveClock),
        local("POST", "/practice/access-lifetime", traits::accessLifetime),
        local("POST", "/practice/device-codes", traits::deviceCodes),
        local("POST", "/practice/turn-grant-off", traits::turnGrantOff),
        local("POST", "/practice/published-address", traits::publishedAddress),
        local("POST", "/practice/non-members", traits::nonMembers),
        local("POST", "/practice/application-of", traits::applicationOf),
        local("POST", "/practice/version", traits::version),
        local("POST", "/practice/change-certificate", traits::changeCertificate),
        local("POST", "/practice/limit", traits::limit),
        local("POST", "/practice/others", practice::others),
        local("POST", "/practice/reset", practice::reset),
        local("GET", "/practice/log", practice::log));
  }
}
