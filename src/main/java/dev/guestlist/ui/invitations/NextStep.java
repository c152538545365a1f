package dev.guestlist.ui.invitations;

import dev.guestlist.service.InvitationStatus;
import dev.guestlist.ui.kit.Texts;
import java.util.List;
import java.util.Optional;

/// What is to be done next about one invitation, as its status suggests.
///
/// @param command its label, and why it cannot run now
record NextStep(Kind kind, Commands.Command command) {

  /// What can be done.
  enum Kind {
    FIND_OUT("details.find"),
    CLEAR("details.next.clear"),
    FINISH("details.next.finish"),
    INVITE_AGAIN("details.next.invite-again"),
    SHOW_NEW("details.next.show-new"),
    DECIDE("details.next.decide");

    private final String key;

    Kind(String key) {
      this.key = key;
    }
  }

  /// The next step of the selected row; empty when none or several are selected, when there is
  /// nothing to be done, and in the list of a former day.
  static Optional<NextStep> of(Commands.Facts facts, Commands commands, Texts texts) {
    List<InvitationRow> rows = facts.selected();
    return rows.size() == 1 && !facts.former()
        ? kind(rows.getFirst().status())
            .map(kind -> new NextStep(kind, command(kind, commands, texts)))
        : Optional.empty();
  }

  private static Optional<Kind> kind(InvitationStatus status) {
    return switch (status) {
      case NO_LONGER_LISTED, PROBABLY_EXPIRED, CANNOT_TELL -> Optional.of(Kind.FIND_OUT);
      case JOINED_STILL_LISTED -> Optional.of(Kind.CLEAR);
      case DELETED_NOT_INVITED -> Optional.of(Kind.FINISH);
      case CODE_LOST, EXPIRED -> Optional.of(Kind.INVITE_AGAIN);
      case REPLACED -> Optional.of(Kind.SHOW_NEW);
      case NEEDS_DECISION -> Optional.of(Kind.DECIDE);
      case REPLY_UNKNOWN,
          NOT_SENT,
          EXPIRES_SOON,
          WAITING,
          DELETING,
          SENDING,
          PENDING,
          JOINED,
          DELETED_HERE ->
          Optional.empty();
    };
  }

  private static Commands.Command command(Kind kind, Commands commands, Texts texts) {
    Commands.Command of =
        switch (kind) {
          case FIND_OUT, SHOW_NEW, DECIDE -> new Commands.Command("", true, "");
          case CLEAR -> commands.delete();
          case FINISH -> commands.finish();
          case INVITE_AGAIN -> commands.again();
        };
    return new Commands.Command(texts.get(kind.key), of.possible(), of.reason());
  }
}
