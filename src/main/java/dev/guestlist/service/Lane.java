package dev.guestlist.service;

import dev.guestlist.model.OrganizationId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows that must leave one after the other, those of one organization or all accepts, and how
/// sending them went so far.
final class Lane {
  private final Optional<OrganizationId> organization;
  private boolean busy;
  private @Nullable Tries rest;

  /// how often in a row the server failed at calls
  private int failures;

  /// whether it failed at the last look as well
  private boolean blind;

  /// @param organization empty for the lane of all accepts
  Lane(Optional<OrganizationId> organization) {
    this.organization = organization;
  }

  Optional<OrganizationId> organization() {
    return organization;
  }

  /// Begins to work it off, unless somebody does.
  ///
  /// @return whether it is the caller's now
  synchronized boolean enter() {
    boolean free = !busy;
    busy = true;
    return free;
  }

  synchronized void leave() {
    busy = false;
  }

  /// Something became of rows.
  synchronized void went() {
    rest = null;
    failures = 0;
  }

  /// Nothing could be done now.
  synchronized void rest(Instant now) {
    rest = Tries.after(rest, now);
  }

  /// The server failed at a call.
  synchronized void failed(Instant now) {
    rest(now);
    failures++;
  }

  /// Forgets that it rests.
  ///
  /// @param afterFailures also where the server failed
  synchronized void wake(boolean afterFailures) {
    if (afterFailures || failures == 0) {
      rest = null;
    }
  }

  synchronized boolean rests(Instant now) {
    return !Tries.due(rest, now);
  }

  synchronized Optional<Instant> restsUntil() {
    return Optional.ofNullable(rest).map(Tries::next);
  }

  synchronized int failures() {
    return failures;
  }

  /// Somebody looked what became of calls.
  ///
  /// @param failed whether the server failed at that too
  synchronized void looked(boolean failed) {
    blind = failed;
  }

  /// There is nothing to look for; whoever works it off may know better.
  synchronized void nothingToLookFor() {
    blind &= busy;
  }

  /// Whether the server failed at the last call and at finding out what became of it: what leaves
  /// now would be one more question.
  synchronized boolean knowsNothing() {
    return failures > 0 && blind;
  }
}
