package dev.guestlist.server;

import dev.guestlist.model.Problem;
import dev.guestlist.model.Right;
import java.util.EnumSet;
import java.util.Set;

/// The scopes this program asks for, and the rights they give. The server drops the ones that it
/// does not grant without a word (wso2-extensions/identity-inbound-auth-oauth
/// `DefaultOAuth2ScopeValidator`), so only the scopes of an answer count.
public final class Scopes {
  /// The me calls, below the root and inside an organization alike.
  public static final String LOGIN = "internal_login";

  /// The list of organizations, with the root's token.
  public static final String VIEW_ORGANIZATIONS_AT_ROOT = "internal_organization_view";

  static final String VIEW_ORGANIZATIONS = "internal_org_organization_view";
  static final String INVITE = "internal_org_guest_mgt_invite_add";
  static final String LIST_INVITATIONS = "internal_org_guest_mgt_invite_list";
  static final String DELETE_INVITATIONS = "internal_org_guest_mgt_invite_delete";
  static final String VIEW_GROUPS = "internal_org_group_mgt_view";
  static final String VIEW_ROLES = "internal_org_role_mgt_view";
  static final String LIST_USERS = "internal_org_user_mgt_list";

  /// What a person's sign-in at the root asks for.
  static final String ROOT = "openid profile " + LOGIN + " " + VIEW_ORGANIZATIONS_AT_ROOT;

  /// What an OpenID provider knows that has never heard of the others.
  static final String OPENID = "openid profile";

  /// What a switch into an organization asks for.
  static final String ORGANIZATION =
      String.join(
          " ",
          LOGIN,
          VIEW_ORGANIZATIONS,
          INVITE,
          LIST_INVITATIONS,
          DELETE_INVITATIONS,
          VIEW_GROUPS,
          VIEW_ROLES,
          LIST_USERS);

  /// What a person's sign-in directly into an organization asks for.
  static final String INTO_ORGANIZATION = OPENID + " " + ORGANIZATION;

  /// Whatever the application is authorized for: what a technical account asks for.
  static final String EVERYTHING = "SYSTEM";

  private Scopes() {}

  /// The name of a right on the server.
  public static String of(Right right) {
    return switch (right) {
      case LIST_INVITATIONS -> LIST_INVITATIONS;
      case INVITE -> INVITE;
      case DELETE_INVITATIONS -> DELETE_INVITATIONS;
      case VIEW_GROUPS -> VIEW_GROUPS;
      case VIEW_ROLES -> VIEW_ROLES;
      case LIST_USERS -> LIST_USERS;
      case VIEW_ORGANIZATIONS -> VIEW_ORGANIZATIONS;
    };
  }

  /// Whether somebody was turned away because of the scopes that were asked for. The server itself
  /// drops what it does not know, but other OpenID providers refuse it (RFC 6749 section 5.2): they
  /// are asked once more, for [#OPENID] alone.
  static boolean refused(Problem problem) {
    return problem instanceof Problem.Rejected rejected
        && rejected.serverCode().equals("invalid_scope");
  }

  static Set<Right> rights(Set<String> scopes) {
    EnumSet<Right> rights = EnumSet.noneOf(Right.class);
    for (Right right : Right.values()) {
      if (scopes.contains(of(right))) {
        rights.add(right);
      }
    }
    return rights;
  }
}
