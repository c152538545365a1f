package dev.guestlist.service;

import dev.guestlist.model.RunRow;
import dev.guestlist.store.RunTable.Call;
import java.util.List;

/// How one kind of wish is sent, and what is done when its answer was lost. Two rules stand behind
/// every implementation: never repeat blindly, never burn a code.
sealed interface WishSender permits InviteSender, DeleteSender, InviteAgainSender, AcceptSender {

  /// Sends the first of the due rows, or as many of them as fit into one call, and settles them.
  ///
  /// @param due rows of one lane in their order, never empty
  /// @return whether another round makes sense; false when nothing could be done with them now
  boolean send(List<RunRow> due);

  /// Finds out what became of a call whose answer never came, or was kept and not settled.
  ///
  /// @return whether it is settled now; false when nobody could find out yet
  boolean lookUp(Call call);
}
