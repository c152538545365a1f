package dev.guestlist.ui.accept;

import dev.guestlist.model.CodeCheck;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.Invitations;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// When invitations end, from the lists on this computer: a look at a code does not say it. To be
/// used in the background only.
final class Ends {
  private final Invitations invitations;

  /// Whose invitation, and into which organization.
  record Whose(OrganizationId organization, String person) {
    static Whose of(CodeCheck check) {
      return new Whose(check.organization(), check.username());
    }
  }

  Ends(Invitations invitations) {
    this.invitations = invitations;
  }

  /// The end of each, as far as it is known.
  Map<Whose, Instant> of(Set<Whose> wanted) {
    Map<Whose, Instant> found = new HashMap<>();
    for (OrganizationId organization :
        wanted.stream().map(Whose::organization).collect(Collectors.toSet())) {
      for (Invitations.Entry entry : invitations.list(organization).entries()) {
        Whose whose = new Whose(organization, entry.username());
        if (wanted.contains(whose)) {
          entry.ends().ifPresent(end -> found.put(whose, end));
        }
      }
    }
    return found;
  }
}
