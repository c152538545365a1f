package dev.guestlist.model;

/// Why the server said no, as far as the person can act on it.
public enum Reason {
  /// no user of that name in the parent's user store
  UNKNOWN_USER,
  /// an unexpired invitation exists already; for a row that waits: made by somebody else meanwhile
  ALREADY_INVITED,
  /// the person's profile has no e-mail address; one is needed even when no mail is sent
  NO_EMAIL,
  /// a Console role was asked for, but the person cannot use the Console in the parent
  NO_CONSOLE_ACCESS,
  /// a user of that name exists in the child already
  ALREADY_MEMBER,
  /// a role does not exist in the child; nobody was invited by that call
  UNKNOWN_ROLE,
  /// a group does not exist in the child; nobody was invited by that call
  UNKNOWN_GROUP,
  /// the server does not know that invitation (any more), or it belongs to another organization
  INVITATION_GONE,
  /// used, deleted, replaced, expired or mistyped: the server does not tell these apart
  UNKNOWN_CODE,
  /// the invitation behind the code has ended; accepting it would only burn the code
  EXPIRED,
  /// nobody could look the code up before accepting it: signed out, or the right is missing
  NOT_CHECKED,
  /// leads to another organization than the other codes of its run
  OTHER_ORGANIZATION,
  /// the same person has a newer invitation than the one that was to be deleted
  NEWER_INVITATION,
  /// what the person was invited to has changed since the run was posted
  CHANGED_MEANWHILE,
  /// waited longer than makes sense
  TOO_OLD,
  /// sent several times and never found on the server
  NEVER_ARRIVED,
  /// the organization cannot be entered: no membership there
  NOT_A_MEMBER,
  /// the organization cannot be entered: the application is not shared with it
  NOT_SHARED,
  /// the organization is disabled
  ORGANIZATION_DISABLED,
  /// the server knows no organization of that id
  UNKNOWN_ORGANIZATION,
  /// the organization cannot be entered: it is not below the application's organization
  OTHER_BRANCH,
  /// the application is not allowed to get tokens in this way
  GRANT_NOT_ENABLED,
  /// name or password, client or code was refused at sign-in
  SIGN_IN_REFUSED,
  /// the browser's answer did not come in time
  SIGN_IN_UNANSWERED,
  /// nobody typed the code in before it ended
  DEVICE_CODE_ENDED,
  /// an access token from somewhere else has ended, or was made for another server
  TOKEN_REFUSED,
  /// the server does not know a member of the request: an older version
  UNKNOWN_MEMBER,
  /// anything else; the server's own text says more
  OTHER
}
