package dev.guestlist.server;

import java.util.List;

/// Everything that is asked of a server: verb, path, the scope it needs, and what is expected.
/// `{root}` is the root organization's handle. Paths with `/o/` speak of the organization that the
/// token is bound to; it is not in the address.
enum Endpoint {
  DISCOVERY(
      "GET",
      "t/{root}/oauth2/token/.well-known/openid-configuration",
      "",
      "the server's description of its sign-in"),
  KEYS("GET", "t/{root}/oauth2/jwks", "", "the server's signing keys"),
  EXCHANGE("POST", "t/{root}/oauth2/token", "", "tokens"),
  CLIENT_CREDENTIALS("POST", "t/{root}/oauth2/token", "", "tokens"),
  REFRESH("POST", "t/{root}/oauth2/token", "", "tokens"),
  SWITCH("POST", "t/{root}/oauth2/token", "", "tokens"),
  DEVICE_CODE("POST", "t/{root}/oauth2/device_authorize", "", "a code for another device"),
  DEVICE_TOKENS("POST", "t/{root}/oauth2/token", "", "tokens"),
  REVOKE("POST", "t/{root}/oauth2/revoke", "", "a plain yes"),
  USERINFO("GET", "t/{root}/oauth2/userinfo", "openid", "who is signed in"),

  ROOT(
      "GET",
      "t/{root}/api/users/v1/me/organizations/root",
      Scopes.LOGIN,
      "the account's organization"),
  SELF(
      "GET",
      "t/{root}/api/server/v1/organizations/self",
      Scopes.VIEW_ORGANIZATIONS_AT_ROOT,
      "the root organization"),
  METADATA(
      "GET",
      "t/{root}/api/server/v1/organizations/metadata",
      Scopes.VIEW_ORGANIZATIONS_AT_ROOT,
      "the root organization"),
  ENTERABLE(
      "GET", "t/{root}/api/users/v1/me/organizations", Scopes.LOGIN, "a list of organizations"),
  ORGANIZATIONS(
      "GET",
      "t/{root}/api/server/v1/organizations",
      Scopes.VIEW_ORGANIZATIONS_AT_ROOT,
      "a list of organizations"),
  ORGANIZATION(
      "GET",
      "t/{root}/api/server/v1/organizations/{id}",
      Scopes.VIEW_ORGANIZATIONS_AT_ROOT,
      "an organization"),
  ROOT_INSIDE(
      "GET",
      "t/{root}/o/api/users/v1/me/organizations/root",
      Scopes.LOGIN,
      "the account's organization"),
  ENTERABLE_INSIDE(
      "GET", "t/{root}/o/api/users/v1/me/organizations", Scopes.LOGIN, "a list of organizations"),
  ORGANIZATIONS_INSIDE(
      "GET",
      "t/{root}/o/api/server/v1/organizations",
      Scopes.VIEW_ORGANIZATIONS,
      "a list of organizations"),
  ORGANIZATION_INSIDE(
      "GET",
      "t/{root}/o/api/server/v1/organizations/{id}",
      Scopes.VIEW_ORGANIZATIONS,
      "an organization"),
  BREADCRUMB(
      "GET",
      "t/{root}/o/api/users/v1/me/organizations/root/descendants",
      Scopes.LOGIN,
      "the path to the organization"),

  INVITATIONS(
      "GET",
      "t/{root}/o/api/server/v1/guests/invitations",
      Scopes.LIST_INVITATIONS,
      "a list of invitations"),
  INVITE(
      "POST",
      "t/{root}/o/api/server/v1/guests/invite",
      Scopes.INVITE,
      "the outcomes of the invitations"),
  DELETE(
      "DELETE",
      "t/{root}/o/api/server/v1/guests/invitations/{id}",
      Scopes.DELETE_INVITATIONS,
      "a plain yes"),
  CHECK(
      "POST",
      "t/{root}/o/api/server/v1/guests/invitation/introspect",
      Scopes.LIST_INVITATIONS,
      "what is known about the code"),
  ACCEPT("POST", "t/{root}/o/api/server/v1/guests/invitation/accept", "", "a plain yes"),

  GROUPS("GET", "t/{root}/o/scim2/Groups", Scopes.VIEW_GROUPS, "a list of groups"),
  ROLES("GET", "t/{root}/o/scim2/v2/Roles", Scopes.VIEW_ROLES, "a list of roles"),
  USERS("GET", "t/{root}/o/scim2/Users", Scopes.LIST_USERS, "a list of users");

  private final String verb;
  private final String path;
  private final String scope;
  private final String expected;

  Endpoint(String verb, String path, String scope, String expected) {
    this.verb = verb;
    this.path = path;
    this.scope = scope;
    this.expected = expected;
  }

  String verb() {
    return verb;
  }

  /// The path with its places left open: the only form that may be logged.
  String template() {
    return "/" + path;
  }

  List<String> segments() {
    return List.of(path.split("/"));
  }

  /// The scope that a token needs here; blank where no token is needed.
  String scope() {
    return scope;
  }

  /// What a good answer brings, in words that follow "instead of".
  String expected() {
    return expected;
  }

  /// The same question as a token of an organization may ask it; itself where there is none.
  Endpoint inside() {
    return switch (this) {
      case ROOT -> ROOT_INSIDE;
      case ENTERABLE -> ENTERABLE_INSIDE;
      case ORGANIZATIONS -> ORGANIZATIONS_INSIDE;
      case ORGANIZATION -> ORGANIZATION_INSIDE;
      case DISCOVERY,
          KEYS,
          EXCHANGE,
          CLIENT_CREDENTIALS,
          REFRESH,
          SWITCH,
          DEVICE_CODE,
          DEVICE_TOKENS,
          REVOKE,
          USERINFO,
          SELF,
          METADATA,
          ROOT_INSIDE,
          ENTERABLE_INSIDE,
          ORGANIZATIONS_INSIDE,
          ORGANIZATION_INSIDE,
          BREADCRUMB,
          INVITATIONS,
          INVITE,
          DELETE,
          CHECK,
          ACCEPT,
          GROUPS,
          ROLES,
          USERS ->
          this;
    };
  }

  /// Whether it may be sent again without changing anything.
  boolean reads() {
    return verb.equals("GET");
  }

  /// Whether the answer may be of any length, because it is read as a stream.
  boolean streams() {
    return this == INVITATIONS;
  }
}
