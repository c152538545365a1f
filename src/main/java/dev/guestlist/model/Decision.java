package dev.guestlist.model;

/// What somebody can decide about a row that waits for a decision.
public enum Decision {
  /// sends it as it is
  TRY_AGAIN,
  /// drops it: nothing is sent
  DISCARD,
  /// leaves an invitation that somebody else made
  KEEP_THEIRS,
  /// deletes an invitation that somebody else made, and invites as this row says
  REPLACE_WITH_MINE,
  /// invites without the groups and roles that do not exist any more
  INVITE_WITHOUT,
  /// invites with another name, user store, groups or roles
  CHANGE,
  /// invites somebody whose former invitation is gone already
  INVITE_ANYWAY,
  /// deletes the newer invitation of the same person too
  DELETE_NEWER,
  /// invites again with what the row says
  USE_MINE,
  /// invites again with what the invitation there has now
  USE_WHAT_IT_HAS,
  /// accepts a code that leads to another organization than the others
  ACCEPT_TOO,
  /// accepts a code that nobody looked up
  ACCEPT_WITHOUT_LOOKING
}
