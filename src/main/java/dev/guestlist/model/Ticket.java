package dev.guestlist.model;

/// What somebody noted about a job of theirs: whose request it was and how sure they are of it.
///
/// @param number of the request in another system; blank when none
/// @param note free text; blank when none
/// @param callerConfirmed whether they made sure that the caller is the person named
public record Ticket(String number, String note, boolean callerConfirmed) {
  /// Nothing was noted.
  public static final Ticket NONE = new Ticket("", "", false);

  public Ticket {
    number = number.strip();
    note = note.strip();
  }

  /// One with nothing but a number, or [#NONE] for a blank one.
  public static Ticket of(String number) {
    return new Ticket(number, "", false);
  }
}
