package dev.guestlist.ui.accept;

import dev.guestlist.model.RowState;

/// Where a code of the table stands: what a look at it brought, then what became of it.
public enum CodeState {
  CHECKING("…", "quiet", "accept.state.checking"),
  READY("✓", "success", "accept.state.ready"),
  /// ready, but for another organization than most of the list: the usual mistake
  ELSEWHERE("!", "warning", "accept.state.elsewhere"),
  EXPIRED("⊘", "quiet-danger", "accept.state.expired"),
  UNKNOWN("?", "danger", "accept.state.unknown"),
  NOT_CHECKED("–", "neutral", "accept.state.not-checked"),
  KEPT("⇡", "info", "accept.state.kept"),
  ACCEPTING("⇡", "info", "accept.state.accepting"),
  LOOKING("≈", "warning", "accept.state.looking"),
  DECISION("!", "warning", "accept.state.decision"),
  JOINED("✓", "success", "accept.state.joined"),
  MEMBER("✓", "success", "accept.state.member"),
  USER_EXISTS("!", "warning", "accept.state.user-exists"),
  REFUSED("!", "danger", "accept.state.refused"),
  CANNOT_TELL("?", "warning", "accept.state.cannot-tell");

  private final String glyph;
  private final String style;
  private final String key;

  CodeState(String glyph, String style, String key) {
    this.glyph = glyph;
    this.style = style;
    this.key = key;
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
      case CHECKING, READY, ELSEWHERE, EXPIRED, UNKNOWN, NOT_CHECKED, KEPT, ACCEPTING, LOOKING ->
          false;
    };
  }

  /// Whether a new list of codes takes its place: it is finished, or will never be sent from here.
  boolean over() {
    return finished() || this == EXPIRED || this == UNKNOWN || this == KEPT;
  }
}
