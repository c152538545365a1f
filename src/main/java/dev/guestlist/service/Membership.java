package dev.guestlist.service;

import dev.guestlist.model.Connection;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.store.LocalStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Who is known to have been a member of an organization, managed from outside, and when that was
/// seen last: in the member list, by a look at one name, or because a code was accepted here.
///
/// The server invites no member (wso2-extensions/identity-organization-management,
/// `InvitationCoreServiceImpl`). So a membership says something about an invitation only when it
/// was seen after the invitation was made.
record Membership(Map<String, Instant> seen, Duration lifetime) {

  /// Reads the disk.
  static Membership of(LocalStore store, Connection connection, OrganizationId organization) {
    Map<String, Instant> seen =
        new HashMap<>(store.members().managed(connection.id(), organization));
    store
        .doneHere()
        .joined(connection.id(), organization)
        .forEach((name, at) -> seen.merge(name, at, Membership::later));
    return new Membership(seen, connection.lifetime());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /// When somebody of this name was seen as a member after a moment; empty when never since then.
  Optional<Instant> since(String username, Instant moment) {
    return Optional.ofNullable(seen.get(username.toLowerCase(Locale.ROOT)))
        .filter(at -> at.isAfter(moment));
  }

  /// When an invitation was made: known for those made here, else worked out from its end.
  ///
  /// @param here when it was made, if that was here
  /// @param ends when it ends on this computer's clock
  Optional<Instant> made(Optional<Instant> here, Optional<Instant> ends) {
    return here.or(() -> ends.map(end -> end.minus(lifetime)));
  }

  /// When the person of an invitation was seen as a member since it was made; empty when never, and
  /// when nobody can say when it was made.
  Optional<Instant> since(String username, Optional<Instant> here, Optional<Instant> ends) {
    return made(here, ends).flatMap(moment -> since(username, moment));
  }
}
