package dev.guestlist.model;

import java.util.Locale;

/// Why a run is held, as it is kept with the run: a kind and what belongs to it.
///
/// @param detail the server's code and words, a right, or an account; blank when there is none
public record Held(Kind kind, String detail) {

  /// What holds a run.
  public enum Kind {
    /// nothing
    NOTHING,
    /// posted without a connection or sign-in
    POSTED_OFFLINE,
    /// codes that somebody does not want to leave by themselves
    ASK_FIRST,
    /// the server did not give its list to compare with; the detail is what it said
    NOT_COMPARED,
    /// waited longer than makes sense
    TOO_OLD,
    /// left over by a program that ended
    LEFT_OVER,
    /// a role of the rows does not exist any more; nobody was invited by that call
    ROLE_GONE,
    /// a group of the rows does not exist any more; nobody was invited by that call
    GROUP_GONE,
    /// the account lacks a right; the detail is the scope
    RIGHT_MISSING,
    /// the organization cannot be entered; the detail is a [Reason]
    CANNOT_ENTER,
    /// another account posted it; the detail is that account
    OTHER_ACCOUNT,
    /// the server refused the whole call; the detail is what it said
    REFUSED
  }

  /// Reads what [#toString] wrote; an unknown text is something the server said.
  public static Held parse(String why) {
    if (why.isBlank()) {
      return new Held(Kind.NOTHING, "");
    }
    int blank = why.indexOf(' ');
    String first = blank < 0 ? why : why.substring(0, blank);
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(first.toUpperCase(Locale.ROOT))) {
        return new Held(kind, blank < 0 ? "" : why.substring(blank + 1));
      }
    }
    return new Held(Kind.REFUSED, why);
  }

  @Override
  public String toString() {
    return (kind + " " + detail).strip();
  }
}
