package dev.guestlist.model;

/// Where a row of a run stands. Written to disk before it is shown or acted upon.
public enum RowState {
  /// not sent; leaves when it is due and the server can be reached
  READY(false),
  /// about to be sent or on its way: after a crash nobody knows whether the call arrived
  SENDING(false),
  /// no answer that can be relied upon; being looked up before anything is sent again
  UNKNOWN(false),
  /// waits for a person to decide
  NEEDS_DECISION(false),

  /// invited; its code, if one was asked for, is sealed on this computer
  INVITED(true),
  /// invited, but its code never reached this computer
  CODE_LOST(true),
  /// deleted by this row
  DELETED(true),
  /// its invitation was deleted by this row, and the new one was refused or stopped
  NOT_INVITED_AGAIN(true),
  /// was gone already
  WAS_GONE(true),
  /// the person has joined
  JOINED(true),
  /// the person was a member already, managed by the parent
  ALREADY_MEMBER(true),
  /// a user of that name exists in the child, made there
  USER_EXISTS(true),
  /// the server said no; the reason says why
  REFUSED(true),
  /// stopped or dropped before it was sent
  NOT_TRIED(true),
  /// nobody can find out any more
  CANNOT_TELL(true);

  private final boolean settled;

  RowState(boolean settled) {
    this.settled = settled;
  }

  /// Whether this is an outcome: nothing more happens to the row.
  public boolean settled() {
    return settled;
  }
}
