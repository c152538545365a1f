package dev.guestlist.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One line about something that was done from this computer. Others may have acted too. Lines are
/// never changed, and carry no secrets.
///
/// @param id grows
/// @param organization empty where it is about the connection as a whole
/// @param account who was signed in; blank when nobody was
/// @param person whom it is about; blank when nobody in particular
/// @param wish what was asked for; empty where nothing on the server was to change
/// @param outcome what became of a row of a run; empty for other lines
/// @param detail the server's words, how many rows, or a file; blank when there is nothing to add
/// @param ticket what the person noted about the run; [Ticket#NONE] for lines about no run
public record Activity(
    long id,
    Instant at,
    ConnectionId connection,
    Optional<OrganizationId> organization,
    Kind kind,
    String account,
    String person,
    Optional<Wish> wish,
    Optional<RowState> outcome,
    Optional<Reason> reason,
    String detail,
    Optional<Long> run,
    Ticket ticket) {

  /// The same, done by somebody else.
  public Activity by(String other) {
    return new Activity(
        id,
        at,
        connection,
        organization,
        kind,
        other,
        person,
        wish,
        outcome,
        reason,
        detail,
        run,
        ticket);
  }

  /// What was done.
  public enum Kind {
    SIGNED_IN,
    SIGNED_OUT,
    LIST_READ,
    RUN_POSTED,
    ROW_DONE,
    /// somebody decided about a row that waited, or about a whole run; the detail is the [Decision]
    /// and to what, or "RUN", the [RunDecision] and whose run it was or how many rows
    DECIDED,
    EXPORTED
  }

  /// Which lines are wanted; everything that is empty leaves nothing out.
  ///
  /// @param text words that must all be found in person, account, ticket, note, detail or run; "run
  ///   3" is that one run
  /// @param from the first moment
  /// @param until the first moment no more
  public record Filter(
      String text,
      Optional<ConnectionId> connection,
      Optional<OrganizationId> organization,
      Set<Kind> kinds,
      Optional<Instant> from,
      Optional<Instant> until) {
    public static final Filter EVERYTHING =
        new Filter(
            "", Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Optional.empty());

    public Filter {
      kinds = Set.copyOf(kinds);
    }

    /// The words of the text, in lower case.
    public List<String> words() {
      return text.isBlank()
          ? List.of()
          : List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    }
  }
}
