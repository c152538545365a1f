package dev.guestlist.store;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Target;
import java.time.Instant;
import java.util.Optional;

/// What becomes of one row. Empty optionals leave the kept value as it is, except `reason` and
/// `serverText`, which are always written.
///
/// @param code sealed in the same transaction
public record RowChange(
    long row,
    RowState state,
    Optional<Reason> reason,
    String serverText,
    Optional<InvitationId> invitation,
    Optional<ConfirmationCode> code,
    Optional<Instant> notBefore,
    Optional<Target> target,
    Optional<Back> back) {
  /// Why a row goes back to the queue, where that is to be remembered.
  public enum Back {
    /// its call was lost, and the server did not do it
    LOST,
    /// it goes once more, in a call of its own after all others
    ALONE
  }

  /// The state, without a reason.
  public static RowChange to(long row, RowState state) {
    return new RowChange(
        row,
        state,
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// The state, and why; the text is the server's, blank when there is none.
  public static RowChange because(long row, RowState state, Reason reason, String serverText) {
    return new RowChange(
        row,
        state,
        Optional.of(reason),
        serverText,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// With the invitation that the row made.
  public RowChange withInvitation(InvitationId id) {
    return new RowChange(
        row, state, reason, serverText, Optional.of(id), code, notBefore, target, back);
  }

  /// With the code that came back, to be sealed.
  public RowChange withCode(ConfirmationCode newCode) {
    return new RowChange(
        row, state, reason, serverText, invitation, Optional.of(newCode), notBefore, target, back);
  }

  /// With what is known of its target by now, or its next step.
  public RowChange withTarget(Target newTarget) {
    return new RowChange(
        row, state, reason, serverText, invitation, code, notBefore, Optional.of(newTarget), back);
  }

  /// With the moment before which the row must not leave.
  public RowChange notBefore(Instant moment) {
    return new RowChange(
        row, state, reason, serverText, invitation, code, Optional.of(moment), target, back);
  }

  /// With the reason why the row goes back to the queue.
  public RowChange back(Back why) {
    return new RowChange(
        row, state, reason, serverText, invitation, code, notBefore, target, Optional.of(why));
  }
}
