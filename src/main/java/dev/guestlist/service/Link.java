package dev.guestlist.service;

import dev.guestlist.model.Problem;
import java.time.Instant;
import java.util.Optional;

/// Whether the server answers.
///
/// @param since when it became so
/// @param problem why it does not answer; empty when it does
/// @param nextTry when it is tried again by itself; empty when nothing is planned
public record Link(
    State state, Instant since, Optional<Problem> problem, Optional<Instant> nextTry) {

  /// How the server answers.
  public enum State {
    /// not asked yet
    UNTRIED,
    ONLINE,
    OFFLINE
  }

  public boolean offline() {
    return state == State.OFFLINE;
  }

  /// Whether somebody chose to work offline: nothing is sent or tried until they go online again.
  public boolean chosen() {
    return problem.orElse(null) instanceof Problem.Unreachable unreachable && unreachable.chosen();
  }
}
