package dev.guestlist.ui.invite;

import dev.guestlist.model.Member;
import dev.guestlist.model.PastedPeople.Found;
import dev.guestlist.service.InvitationStatus;
import dev.guestlist.service.Invitations;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What this computer knows about the people of an organization, for a verdict before anything is
/// sent. Taken from the last lists; the server decides.
final class Known {
  static final Known NOTHING = new Known(Map.of(), Set.of());

  private final Map<String, Invitations.Entry> invited;
  private final Set<String> members;

  private Known(Map<String, Invitations.Entry> invited, Set<String> members) {
    this.invited = invited;
    this.members = members;
  }

  static Known of(List<Invitations.Entry> entries, List<Member> members) {
    Map<String, Invitations.Entry> invited = new HashMap<>();
    for (Invitations.Entry entry : entries) {
      if (lives(entry.status())) {
        invited.put(folded(entry.username()), entry);
      }
    }
    Set<String> names = new HashSet<>();
    members.forEach(member -> names.add(folded(member.username())));
    return new Known(invited, names);
  }

  PersonChip judge(Found found, Texts texts, Ages ages, Instant now) {
    if (found.spaced()) {
      return new PersonChip(found, PersonChip.Verdict.SPACED, texts.get("invite.chip.spaced"));
    }
    String name = folded(found.username().name());
    Invitations.Entry entry = invited.get(name);
    if (entry != null && sameStore(found, entry)) {
      Optional<String> left = entry.ends().map(end -> ages.left(end, now));
      return new PersonChip(
          found,
          PersonChip.Verdict.INVITED,
          left.map(text -> texts.get("invite.chip.invited.ends", text))
              .orElseGet(() -> texts.get("invite.chip.invited")));
    }
    if (members.contains(name) && found.username().userStore().isEmpty()) {
      return new PersonChip(found, PersonChip.Verdict.MEMBER, texts.get("invite.chip.member"));
    }
    return new PersonChip(found, PersonChip.Verdict.READY, "");
  }

  /// Whether an invitation stands in the way of a new one.
  private static boolean lives(InvitationStatus status) {
    return switch (status) {
      case PENDING, EXPIRES_SOON, WAITING, SENDING, REPLY_UNKNOWN, CODE_LOST -> true;
      case EXPIRED,
          PROBABLY_EXPIRED,
          NEEDS_DECISION,
          NOT_SENT,
          CANNOT_TELL,
          NO_LONGER_LISTED,
          DELETING,
          JOINED,
          JOINED_STILL_LISTED,
          DELETED_NOT_INVITED,
          REPLACED,
          DELETED_HERE ->
          false;
    };
  }

  /// A list does not name user stores: where the store is not known on both sides, the name counts.
  private static boolean sameStore(Found found, Invitations.Entry entry) {
    return entry.userStore().isEmpty()
        || found.username().userStore().isEmpty()
        || entry.userStore().equals(found.username().userStore());
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
