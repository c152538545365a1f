package dev.guestlist.ui.invitations;

import dev.guestlist.model.Right;
import dev.guestlist.service.SessionState;
import dev.guestlist.ui.kit.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What can be done, in words: with the selected rows, and with the organization. A command that
/// cannot run says why in its reason.
///
/// @param selected how many rows are selected, of how many
/// @param copy what copying would copy
/// @param next what the status of the one selected row suggests
record Commands(
    String selected,
    Command delete,
    Command again,
    Command finish,
    Command copyCodes,
    String copy,
    Command invite,
    Optional<NextStep> next) {

  /// One command.
  ///
  /// @param label what the button says
  /// @param reason why it cannot run now; blank when it can, or when the label says it already
  record Command(String label, boolean possible, String reason) {}

  /// What is known.
  ///
  /// @param organization its name
  /// @param readOnly whether the person turned changes off for this connection
  /// @param shown how many rows the filter shows, of `all`
  /// @param filtered whether the filter hides any
  /// @param former whether the list of a former day is looked at
  record Facts(
      String organization,
      SessionState session,
      boolean offline,
      Optional<Set<Right>> rights,
      List<InvitationRow> selected,
      int shown,
      int all,
      boolean filtered,
      boolean readOnly,
      boolean former) {

    /// Without a connection a wish waits here until it can be sent; with one, somebody must be
    /// signed in.
    boolean nobodyToSend() {
      return !offline && session instanceof SessionState.SignedOut;
    }

    boolean lacks(Right right) {
      return rights.filter(granted -> !granted.contains(right)).isPresent();
    }
  }

  static Commands of(Facts facts, Texts texts) {
    int selected = facts.selected().size();
    Commands without =
        new Commands(
            selected(facts, texts),
            delete(facts, texts),
            again(facts, texts),
            finish(facts, texts),
            copyCodes(facts, texts),
            texts.get("invitations.bulk.copy", selected),
            invite(facts, texts),
            Optional.empty());
    return without.with(NextStep.of(facts, without, texts));
  }

  private Commands with(Optional<NextStep> newNext) {
    return new Commands(selected, delete, again, finish, copyCodes, copy, invite, newNext);
  }

  private static String selected(Facts facts, Texts texts) {
    int selected = facts.selected().size();
    if (selected == 0) {
      return facts.filtered()
          ? texts.get("invitations.bulk.filtered", facts.shown(), facts.all())
          : texts.get("invitations.bulk.rows", facts.all());
    }
    if (selected > 1 && selected == facts.shown()) {
      return facts.filtered()
          ? texts.get("invitations.bulk.all.matching", selected)
          : texts.get("invitations.bulk.all", selected);
    }
    return texts.get("invitations.bulk.selected", selected, facts.all());
  }

  private static Command delete(Facts facts, Texts texts) {
    int deletable = (int) facts.selected().stream().filter(InvitationRow::deletable).count();
    String label = texts.get("invitations.bulk.delete", deletable);
    if (facts.former()) {
      return new Command(label, false, texts.get("invitations.former.reason"));
    }
    if (facts.readOnly()) {
      return new Command(label, false, texts.get("read-only.reason"));
    }
    if (facts.lacks(Right.DELETE_INVITATIONS)) {
      return new Command(
          label, false, texts.get("invitations.delete.no.right", facts.organization()));
    }
    if (facts.nobodyToSend()) {
      return new Command(label, false, texts.get("invitations.delete.signed.out"));
    }
    if (deletable == 0 && !facts.selected().isEmpty()) {
      return new Command(label, false, texts.get("invitations.delete.nothing"));
    }
    return new Command(label, deletable > 0, "");
  }

  /// Deleting without being able to invite would leave people without an invitation: both rights
  /// are needed before anything is offered.
  private static Command again(Facts facts, Texts texts) {
    int going = (int) facts.selected().stream().filter(InvitationRow::replaceable).count();
    String label = texts.get("invitations.bulk.again", going);
    if (facts.former()) {
      return new Command(label, false, "");
    }
    if (facts.readOnly()) {
      return new Command(label, false, texts.get("read-only.reason"));
    }
    boolean notDelete = facts.lacks(Right.DELETE_INVITATIONS);
    boolean notInvite = facts.lacks(Right.INVITE);
    if (notDelete || notInvite) {
      int missing = notDelete && notInvite ? 2 : notDelete ? 0 : 1;
      return new Command(
          label, false, texts.get("invitations.again.no.right", missing, facts.organization()));
    }
    if (facts.nobodyToSend()) {
      return new Command(label, false, texts.get("invitations.again.signed.out"));
    }
    return new Command(label, going > 0, "");
  }

  private static Command finish(Facts facts, Texts texts) {
    int half = (int) facts.selected().stream().filter(InvitationRow::half).count();
    String label = texts.get("invitations.bulk.finish", half);
    if (half > 0 && facts.readOnly()) {
      return new Command(label, false, texts.get("read-only.reason"));
    }
    if (half > 0 && facts.lacks(Right.INVITE)) {
      return new Command(
          label, false, texts.get("invitations.invite.no.right", facts.organization()));
    }
    if (half > 0 && facts.nobodyToSend()) {
      return new Command(label, false, texts.get("invitations.again.signed.out"));
    }
    return new Command(label, half > 0 && !facts.former(), "");
  }

  private static Command copyCodes(Facts facts, Texts texts) {
    int kept =
        (int) facts.selected().stream().filter(row -> row.entry().codeRow().isPresent()).count();
    return new Command(texts.get("invitations.bulk.codes", kept), kept > 0, "");
  }

  private static Command invite(Facts facts, Texts texts) {
    String label = texts.get("invitations.invite");
    if (facts.readOnly()) {
      return new Command(label, false, texts.get("read-only.reason"));
    }
    if (facts.lacks(Right.INVITE)) {
      return new Command(
          label, false, texts.get("invitations.invite.no.right", facts.organization()));
    }
    if (facts.nobodyToSend()) {
      return new Command(label, false, texts.get("invitations.invite.signed.out"));
    }
    return new Command(label, true, "");
  }
}
