package dev.guestlist.service;

import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.store.CallTable.Call;
import java.util.List;

/// Replaces invitations: deletes the old one, writes that down, invites. One person after the
/// other, so that as few as possible stand without an invitation when the line breaks.
///
/// Each step is sent and looked up as deleting and inviting are elsewhere; the row knows which of
/// the two left last.
final class InviteAgainSender implements WishSender {
  private final DeleteSender deletes;
  private final InviteSender invites;

  InviteAgainSender(DeleteSender deletes, InviteSender invites) {
    this.deletes = deletes;
    this.invites = invites;
  }

  @Override
  public Sent send(List<RunRow> due) {
    List<RunRow> without =
        due.stream().filter(row -> step(row) == Target.Again.Step.INVITE).toList();
    return without.isEmpty() ? deletes.send(due) : invites.send(without);
  }

  @Override
  public boolean lookUp(Call call, Looks looks) {
    return switch (step(call.rows().getFirst())) {
      case DELETE -> deletes.lookUp(call, looks);
      case INVITE -> invites.lookUp(call, looks);
    };
  }

  private static Target.Again.Step step(RunRow row) {
    return ((Target.Again) row.target()).step();
  }
}
