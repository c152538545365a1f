package dev.guestlist.ui.changes;

import dev.guestlist.model.Invitation;
import dev.guestlist.service.History;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.StatusText;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.util.Locale;

/// One line, ready to be shown.
///
/// @param why in words, with its evidence
/// @param searched what the filter looks at, in lower case
record ChangeRow(
    ChangesViewModel.Chip chip,
    StatusText what,
    String person,
    String email,
    String why,
    String searched) {

  static ChangeRow of(History.Changed one, Ages ages, Instant now, Texts texts) {
    StatusText what =
        switch (one.what()) {
          case GONE -> new StatusText("\u2212", texts.get("changes.gone"), "neutral");
          case NEW -> new StatusText("+", texts.get("changes.new"), "info");
          case ENDED -> new StatusText("\u2298", texts.get("changes.ended"), "quiet-danger");
          case PENDING_AGAIN -> new StatusText("\u25cb", texts.get("changes.again"), "neutral");
        };
    ChangesViewModel.Chip chip =
        switch (one.what()) {
          case GONE -> ChangesViewModel.Chip.GONE;
          case NEW -> ChangesViewModel.Chip.NEW;
          case ENDED, PENDING_AGAIN -> ChangesViewModel.Chip.ENDED;
        };
    return row(chip, what, one.invitation(), why(one, ages, now, texts));
  }

  /// A row of the former list itself.
  static ChangeRow then(Invitation one, Ages ages, Texts texts) {
    StatusText what =
        one.status() == Invitation.Status.PENDING
            ? new StatusText("\u25cb", texts.get("changes.was-pending"), "neutral")
            : new StatusText("\u2298", texts.get("changes.was-expired"), "quiet-danger");
    String ends = one.ends().map(end -> texts.get("changes.ends", ages.exact(end))).orElse("");
    return row(ChangesViewModel.Chip.THEN, what, one, ends);
  }

  private static ChangeRow row(
      ChangesViewModel.Chip chip, StatusText what, Invitation one, String why) {
    return new ChangeRow(
        chip,
        what,
        one.username(),
        one.email(),
        why,
        (one.username() + "\n" + one.email() + "\n" + why).toLowerCase(Locale.ROOT));
  }

  private static String why(History.Changed one, Ages ages, Instant now, Texts texts) {
    String at = one.at().map(moment -> ages.moment(moment, now)).orElse("");
    String run = one.run().map(String::valueOf).orElse("");
    String end = one.invitation().ends().map(moment -> ages.moment(moment, now)).orElse("");
    return switch (one.why()) {
      case INVITED_HERE -> texts.get("changes.invited-here", run, at);
      case DELETED_HERE -> texts.get("changes.deleted-here", run, at);
      case JOINED_HERE -> texts.get("changes.joined-here", run, at);
      case AMONG_MEMBERS -> texts.get("changes.among-members");
      case HAD_ENDED -> texts.get("changes.had-ended", end);
      case NOT_KNOWN ->
          switch (one.what()) {
            case NEW -> texts.get("changes.from-elsewhere");
            case GONE ->
                at.isEmpty()
                    ? texts.get("changes.not-known")
                    : texts.get("changes.not-known-since", at);
            case ENDED -> texts.get("changes.ended-at", end);
            case PENDING_AGAIN -> "";
          };
    };
  }
}
