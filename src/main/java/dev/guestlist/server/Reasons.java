package dev.guestlist.server;

import dev.guestlist.model.Reason;

/// What the server's codes mean to a person, per endpoint: one number can mean two things at two
/// endpoints, and the single person in an invite answer has codes of their own.
///
/// The codes are those of wso2/identity-api-server `UserInvitationMgtConstants.java` and
/// wso2-extensions/identity-organization-management
/// `organization.user.invitation.management/**/UserInvitationMgtConstants.java`.
final class Reasons {
  private Reasons() {}

  /// Why a whole call was refused.
  static Reason of(Endpoint endpoint, String code, String text) {
    return switch (endpoint) {
      case INVITE ->
          switch (code) {
            case "OUI-60013" -> Reason.UNKNOWN_ROLE;
            case "OUI-60014" -> Reason.UNKNOWN_GROUP;
            // an unknown member of the request: version 7.0.0 does not know `properties`
            case "UE-10000" -> Reason.UNKNOWN_MEMBER;
            default -> Reason.OTHER;
          };
      case DELETE -> code.equals("OUI-60001") ? Reason.INVITATION_GONE : Reason.OTHER;
      case CHECK -> code.equals("OUI-60002") ? Reason.UNKNOWN_CODE : Reason.OTHER;
      case ACCEPT ->
          switch (code) {
            case "OUI-60010" -> Reason.UNKNOWN_CODE;
            case "OUI-60012" -> Reason.ALREADY_MEMBER;
            default -> Reason.OTHER;
          };
      case SWITCH -> ofSwitch(code, text);
      case EXCHANGE, REFRESH, CLIENT_CREDENTIALS, DEVICE_CODE, DEVICE_TOKENS -> ofSignIn(code);
      case DISCOVERY,
          KEYS,
          ROOT,
          SELF,
          METADATA,
          ENTERABLE,
          ORGANIZATIONS,
          ORGANIZATION,
          ROOT_INSIDE,
          ENTERABLE_INSIDE,
          ORGANIZATIONS_INSIDE,
          ORGANIZATION_INSIDE,
          REVOKE,
          USERINFO,
          BREADCRUMB,
          INVITATIONS,
          GROUPS,
          ROLES,
          USERS ->
          Reason.OTHER;
    };
  }

  /// Why one person was not invited, while others of the same call may have been.
  static Reason ofPerson(String code) {
    return switch (code) {
      case "OUI-10011" -> Reason.UNKNOWN_USER;
      case "OUI-10018" -> Reason.ALREADY_INVITED;
      case "OUI-10030" -> Reason.NO_EMAIL;
      case "OUI-10031" -> Reason.NO_CONSOLE_ACCESS;
      case "OUI-10032" -> Reason.ALREADY_MEMBER;
      default -> Reason.OTHER;
    };
  }

  /// A refused switch is told apart by its words: the code and even the status differ between
  /// versions (wso2-extensions/identity-oauth2-grant-organization-switch
  /// `OrganizationSwitchGrant.java`, wso2/product-is issue 28324).
  private static Reason ofSwitch(String code, String text) {
    if (text.contains("User is not allowed to access the organization")) {
      return Reason.NOT_A_MEMBER;
    }
    if (text.contains("not shared the application")) {
      return Reason.NOT_SHARED;
    }
    if (text.contains("deactivated state")) {
      return Reason.ORGANIZATION_DISABLED;
    }
    if (text.contains("Invalid organization id")) {
      return Reason.UNKNOWN_ORGANIZATION;
    }
    if (text.contains("organizations in the same branch")) {
      return Reason.OTHER_BRANCH;
    }
    return grantMissing(code) ? Reason.GRANT_NOT_ENABLED : Reason.OTHER;
  }

  /// Sign-ins are refused in the words of OAuth (RFC 6749 section 5.2, RFC 8628 section 3.5).
  private static Reason ofSignIn(String code) {
    if (code.equals("expired_token")) {
      return Reason.DEVICE_CODE_ENDED;
    }
    return grantMissing(code) ? Reason.GRANT_NOT_ENABLED : Reason.SIGN_IN_REFUSED;
  }

  private static boolean grantMissing(String code) {
    return code.equals("unauthorized_client") || code.equals("unsupported_grant_type");
  }
}
