package dev.guestlist.ui.accept;

import dev.guestlist.model.RowState;

/// Where a code of the table stands: what a look at it brought, then what became of it.
public enum CodeState {
  CHECKING("…", "quiet", "accept.state.checking", ""),
  READY("✓", "success", "accept.state.ready", "accept.sum.ready"),
  /// ready, but for another organization than most of the list: the usual mistake
  ELSEWHERE("!", "warning", "accept.state.elsewhere", "accept.sum.elsewhere"),
  EXPIRED("⊘", "quiet-danger", "accept.state.expired", "accept.sum.expired"),
  /// the link that it stood in leads to another server: not looked up until somebody says so
  OTHER_SERVER("!", "warning", "accept.state.other-server", "accept.sum.other-server"),
  UNKNOWN("?", "danger", "accept.state.unknown", "accept.sum.unknown"),
  /// nobody waits behind it any more, because it was accepted on this computer
  ACCEPTED_BEFORE("✓", "neutral", "accept.state.accepted-before", "accept.sum.accepted-before"),
  /// a run of this computer has it already: taken in once is enough
  WAITS_HERE("⇡", "info", "accept.state.waits-here", "accept.sum.waits-here"),
  NOT_CHECKED("–", "neutral", "accept.state.not-checked", "accept.sum.not-checked"),
  KEPT("⇡", "info", "accept.state.kept", "accept.sum.kept"),
  ACCEPTING("⇡", "info", "accept.state.accepting", "accept.sum.accepting"),
  LOOKING("≈", "warning", "accept.state.looking", "accept.sum.looking"),
  DECISION("!", "warning", "accept.state.decision", "accept.sum.decision"),
  JOINED("✓", "success", "accept.state.joined", "accept.sum.joined"),
  MEMBER("✓", "success", "accept.state.member", "accept.sum.member"),
  USER_EXISTS("!", "warning", "accept.state.user-exists", "accept.sum.user-exists"),
  REFUSED("!", "danger", "accept.state.refused", "accept.sum.refused"),
  CANNOT_TELL("?", "warning", "accept.state.cannot-tell", "accept.sum.cannot-tell");

  private final String glyph;
  private final String style;
  private final String key;
  private final String sum;

  CodeState(String glyph, String style, String key, String sum) {
    this.glyph = glyph;
    this.style = style;
    this.key = key;
    this.sum = sum;
  }

  /// What a row of a run means here. A row that was not tried goes back to what it was.
  static CodeState of(RowState state, CodeState before) {
    return switch (state) {
      case READY -> KEPT;
      case SENDING -> ACCEPTING;
      case UNKNOWN -> LOOKING;
      case NEEDS_DECISION -> DECISION;
      case JOINED -> JOINED;
      case ALREADY_MEMBER -> MEMBER;
      case USER_EXISTS -> USER_EXISTS;
      case REFUSED -> REFUSED;
      case NOT_TRIED -> before;
      case CANNOT_TELL -> CANNOT_TELL;
      case INVITED, CODE_LOST, DELETED, NOT_INVITED_AGAIN, WAS_GONE ->
          throw new IllegalStateException("No outcome of an accept row: " + state);
    };
  }

  public String glyph() {
    return glyph;
  }

  /// The style class of its colour.
  public String style() {
    return style;
  }

  /// The key of its word.
  public String key() {
    return key;
  }

  /// The key of how many of a list stand there; blank where that is worth no word.
  String sum() {
    return sum;
  }

  /// Whether somebody waits behind the code, and accepting can go ahead.
  public boolean sendable() {
    return this == READY || this == ELSEWHERE;
  }

  /// Whether the code is on its way or waits on this computer.
  boolean underWay() {
    return this == KEPT || this == ACCEPTING || this == LOOKING;
  }

  /// Whether nothing more happens here: the code need not be held any longer.
  boolean finished() {
    return switch (this) {
      case DECISION, JOINED, MEMBER, USER_EXISTS, REFUSED, CANNOT_TELL -> true;
      case CHECKING,
          READY,
          ELSEWHERE,
          EXPIRED,
          OTHER_SERVER,
          UNKNOWN,
          ACCEPTED_BEFORE,
          WAITS_HERE,
          NOT_CHECKED,
          KEPT,
          ACCEPTING,
          LOOKING ->
          false;
    };
  }

  /// Whether a new list of codes takes its place: it is finished, or will never be sent from here.
  boolean over() {
    return switch (this) {
      case EXPIRED, OTHER_SERVER, UNKNOWN, ACCEPTED_BEFORE, WAITS_HERE, KEPT -> true;
      case CHECKING, READY, ELSEWHERE, NOT_CHECKED, ACCEPTING, LOOKING -> false;
      case DECISION, JOINED, MEMBER, USER_EXISTS, REFUSED, CANNOT_TELL -> true;
    };
  }
}
