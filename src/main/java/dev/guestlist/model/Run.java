package dev.guestlist.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One job: what somebody wanted to change, written down before the first call left.
///
/// @param number grows; people see it as "run 41"
/// @param organization empty for accept runs: their rows learn it from the check
/// @param account who was signed in when it was posted; only the same account sends it
/// @param ticket what the person noted about it
/// @param why why it is held, in the words of the problem; blank while it is not
/// @param reviewed when its waiting rows were compared with what is there now; empty when never
/// @param counts how many rows stand in which state; states without rows are absent
public record Run(
    long number,
    ConnectionId connection,
    Optional<OrganizationId> organization,
    Wish wish,
    String account,
    Ticket ticket,
    Instant posted,
    Phase phase,
    String why,
    Optional<Instant> reviewed,
    Map<RowState, Integer> counts) {

  /// Whether the run as a whole may send.
  public enum Phase {
    /// its rows leave as they become due
    ACTIVE,
    /// posted without a connection, or left over by a program that ended: asks before it sends
    ASKS,
    /// the server refused a whole call; waits until somebody changes something and says go on
    HELD,
    /// paused by a person; goes on when somebody says so, also after the program started anew
    PAUSED,
    /// stopped by a person; rows that were not sent are not tried
    STOPPED
  }

  public Run {
    counts = Map.copyOf(counts);
  }

  public int count(RowState state) {
    return counts.getOrDefault(state, 0);
  }

  public int size() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// How many rows have their outcome.
  public int settled() {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().settled())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /// Whether every row has its outcome.
  public boolean done() {
    return settled() == size();
  }
}
