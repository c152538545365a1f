package dev.guestlist.service;

import dev.guestlist.model.Problem;
import dev.guestlist.model.RunRow;
import dev.guestlist.store.CallTable.Call;
import java.util.List;

/// How one kind of wish is sent, and what is done when its answer was lost. Two rules stand behind
/// every implementation: never repeat blindly, never burn a code.
sealed interface WishSender permits InviteSender, DeleteSender, InviteAgainSender, AcceptSender {

  /// What came of sending.
  enum Sent {
    /// something became of rows: another round makes sense
    SOMETHING,
    /// nothing could be done with them now
    NOTHING,
    /// the server failed at it, so that it is not asked again at once
    FAULT;

    /// What a problem means that kept a call from leaving.
    static Sent nothingFor(Problem problem) {
      return isFault(problem) ? FAULT : NOTHING;
    }

    /// Whether the server, or something in front of it, failed.
    static boolean isFault(Problem problem) {
      return problem instanceof Problem.ServerFault || problem instanceof Problem.Unreadable;
    }
  }

  /// Sends the first of the due rows, or as many of them as fit into one call, and settles them.
  ///
  /// @param due rows of one lane in their order, never empty
  Sent send(List<RunRow> due);

  /// Finds out what became of a call whose answer never came, or was kept and not settled.
  ///
  /// @param looks the round of look-ups that this is one of
  /// @return whether it is settled now; false when nobody could find out yet
  boolean lookUp(Call call, Looks looks);
}
