package dev.guestlist.ui.invitations;

import dev.guestlist.model.Group;
import dev.guestlist.model.Role;
import dev.guestlist.model.Target;
import dev.guestlist.service.InvitationStatus;
import dev.guestlist.service.Invitations.Entry;
import dev.guestlist.ui.kit.StatusText;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// One line of the table with its texts ready to be shown.
///
/// @param person with the user store in front where it is known: `CORP/dora.k`
/// @param look glyph, word and colour of the status
/// @param place the status to sort by: a row that is being deleted stays where it was
/// @param groups their names, separated by commas; blank when there are none
/// @param roles the same
/// @param store the user store, or that it is not known
/// @param code what this computer knows about the code; never the code
/// @param search all that a search looks at, in lower case; the person comes first
public record InvitationRow(
    Entry entry,
    String person,
    StatusText look,
    InvitationStatus place,
    String groups,
    String roles,
    String store,
    String code,
    String search) {

  /// Makes rows of what the service listed, in its order, as things stand now.
  public static List<InvitationRow> all(List<Entry> entries, Instant now, Texts texts) {
    Words words = Words.of(now, texts);
    return entries.stream().map(entry -> of(entry, words)).toList();
  }

  public String key() {
    return entry.key();
  }

  public InvitationStatus status() {
    return entry.status();
  }

  /// Whether there is something on the server that a deletion would take away, and nothing of this
  /// computer is on its way to do so.
  boolean deletable() {
    return entry.invitation().isPresent() && entry.status().standsOnServer();
  }

  /// Whether a new invitation could take the place of this one.
  boolean replaceable() {
    return deletable() && entry.status() != InvitationStatus.JOINED_STILL_LISTED;
  }

  /// Whether the old invitation is gone and the new one is not made.
  boolean half() {
    return entry.status() == InvitationStatus.DELETED_NOT_INVITED;
  }

  /// Who was signed in when it was made here; blank when nobody was, or it was not made here.
  String madeBy() {
    return entry.made().map(made -> made.account()).orElse("");
  }

  /// What was noted when it was made here: ticket and note; blank when nothing was.
  String note() {
    return note(entry);
  }

  /// When it ends, where that still matters.
  Optional<Instant> ends() {
    boolean matters =
        entry.status().standsOnServer() || entry.status() == InvitationStatus.DELETING;
    return matters ? entry.ends() : Optional.empty();
  }

  private static InvitationRow of(Entry entry, Words words) {
    String person =
        entry.userStore().map(store -> store + "/" + entry.username()).orElse(entry.username());
    String groups = entry.groups().stream().map(Group::name).collect(Collectors.joining(", "));
    String roles = entry.roles().stream().map(Role::displayName).collect(Collectors.joining(", "));
    String search =
        String.join("\n", person, entry.email(), groups, roles, note(entry))
            .toLowerCase(Locale.ROOT);
    return new InvitationRow(
        entry,
        person,
        Objects.requireNonNull(words.statuses().get(entry.status())),
        place(entry, words.now()),
        groups,
        roles,
        entry.userStore().orElse(words.unknown()),
        code(entry, words),
        search);
  }

  private static String note(Entry entry) {
    return entry
        .made()
        .map(made -> (made.ticket().number() + ' ' + made.ticket().note()).strip())
        .orElse("");
  }

  private static InvitationStatus place(Entry entry, Instant now) {
    if (entry.status() != InvitationStatus.DELETING || entry.ends().isEmpty()) {
      return entry.status();
    }
    Instant end = entry.ends().get();
    if (!end.isAfter(now)) {
      return InvitationStatus.EXPIRED;
    }
    return end.isBefore(now.plus(InvitationStatus.SOON))
        ? InvitationStatus.EXPIRES_SOON
        : InvitationStatus.PENDING;
  }

  private static String code(Entry entry, Words words) {
    if (entry.codeRow().isPresent()) {
      return words.codeKept();
    }
    if (entry.status() == InvitationStatus.CODE_LOST) {
      return words.codeLost();
    }
    boolean notMadeYet =
        entry.invitation().isEmpty()
            && entry
                .row()
                .filter(row ->
                    row.target() instanceof Target.Person || row.target() instanceof Target.Again)
                .isPresent();
    return notMadeYet ? words.noCodeYet() : words.unknown();
  }

  /// The words that rows share, looked up once for all of them.
  private record Words(
      Instant now,
      Map<InvitationStatus, StatusText> statuses,
      String codeKept,
      String codeLost,
      String noCodeYet,
      String unknown) {
    static Words of(Instant now, Texts texts) {
      Map<InvitationStatus, StatusText> statuses = new EnumMap<>(InvitationStatus.class);
      for (InvitationStatus status : InvitationStatus.values()) {
        statuses.put(status, StatusText.of(status, texts));
      }
      return new Words(
          now,
          statuses,
          texts.get("invitations.code.kept"),
          texts.get("invitations.code.lost"),
          texts.get("invitations.code.none"),
          texts.get("invitations.unknown"));
    }
  }
}
