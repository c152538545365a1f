package dev.guestlist.model;

/// What somebody can decide about everything that waits of a run.
public enum RunDecision {
  /// lets go what asked
  SEND,
  /// lets go on what was paused
  GO_ON,
  /// tries again what was held
  TRY_AGAIN,
  /// takes over what another account posted
  SEND_AS_ME,
  /// drops what has not left
  DROP,
  /// takes that back
  PICK_UP,
  /// lets codes ask before they leave
  ASK_FIRST,
  /// lets codes leave by themselves
  BY_ITSELF
}
