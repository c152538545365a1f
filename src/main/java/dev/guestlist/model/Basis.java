package dev.guestlist.model;

import java.time.Instant;
import java.util.Optional;

/// What was known about the person of a row: when somebody asked for something, or now.
///
/// @param asOf when the list was read last; empty when it never was
/// @param invitation the newest one listed then; empty when there was none
public record Basis(Optional<Instant> asOf, Optional<Invitation> invitation) {
  /// Nothing was known.
  public static final Basis NOTHING = new Basis(Optional.empty(), Optional.empty());
}
