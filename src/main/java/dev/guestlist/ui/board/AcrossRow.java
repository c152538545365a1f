package dev.guestlist.ui.board;

import dev.guestlist.service.Board;
import dev.guestlist.service.InvitationStatus;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.StatusText;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.util.Locale;

/// Somebody in an organization, ready to be shown.
///
/// @param ends what is left, or how long ago it was; blank when not known
/// @param searched what the filter looks at, in lower case
record AcrossRow(Board.Person of, StatusText look, String ends, String searched) {

  static AcrossRow of(Board.Person of, Ages ages, Instant now, Texts texts) {
    StatusText look = StatusText.of(of.entry().status(), texts);
    String ends = of.entry().ends().map(end -> ages.left(end, now)).orElse("");
    String searched =
        String.join(
            "\n", of.entry().username(), of.entry().email(), of.organization().name(), look.word());
    return new AcrossRow(of, look, ends, searched.toLowerCase(Locale.ROOT));
  }

  String person() {
    return of.entry().username();
  }

  String email() {
    return of.entry().email();
  }

  String organization() {
    return of.organization().name();
  }

  InvitationStatus status() {
    return of.entry().status();
  }

  /// For sorting; what has no end comes last.
  Instant end() {
    return of.entry().ends().orElse(Instant.MAX);
  }
}
