package dev.guestlist.ui.invitations;

import static dev.guestlist.ui.invitations.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Right;
import dev.guestlist.service.InvitationStatus;
import dev.guestlist.service.SessionState;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CommandsTest {
  private SessionState session = new SessionState.SignedIn("anna");
  private boolean offline;
  private Set<Right> rights = EnumSet.allOf(Right.class);
  private int shown = 148;
  private boolean filtered;
  private boolean former;
  private boolean readOnly;

  @Test
  void countsOnlyWhatCanBeDeleted() {
    Commands commands =
        with(
            row("dora.k").make(),
            row("ed.m").status(InvitationStatus.WAITING).notOnServer().make(),
            row("fay.w").status(InvitationStatus.EXPIRED).make());
    assertThat(commands.selected()).isEqualTo("3 of 148 selected");
    assertThat(commands.delete()).isEqualTo(new Commands.Command("Delete 2 invitations", true, ""));
  }

  @Test
  void saysWhenNothingSelectedIsOnTheServer() {
    Commands commands = with(row("ed.m").status(InvitationStatus.NOT_SENT).notOnServer().make());
    assertThat(commands.delete().possible()).isFalse();
    assertThat(commands.delete().reason()).isEqualTo("Nothing to delete on the server.");
  }

  @Test
  void namesTheRightThatIsMissing() {
    rights = EnumSet.of(Right.LIST_INVITATIONS);
    Commands commands = with(row("dora.k").make());
    assertThat(commands.delete().possible()).isFalse();
    assertThat(commands.delete().reason())
        .isEqualTo(
            "Your account may not delete invitations in Northwind. Right needed: delete"
                + " invitations.");
    assertThat(commands.invite().possible()).isFalse();
    assertThat(commands.invite().reason()).contains("Right needed: invite.");
  }

  @Test
  void invitesAgainOnlyWithBothRights() {
    assertThat(with(row("dora.k").make()).again())
        .isEqualTo(new Commands.Command("Invite 1 person again", true, ""));

    rights = EnumSet.of(Right.LIST_INVITATIONS, Right.DELETE_INVITATIONS);
    assertThat(with(row("dora.k").make()).again())
        .isEqualTo(
            new Commands.Command(
                "Invite 1 person again",
                false,
                "Inviting again in Northwind needs two rights: delete invitations, invite. Your"
                    + " account lacks the second."));
  }

  @Test
  void finishesOnlyWhatIsHalfDone() {
    InvitationRow half =
        row("dora.k").status(InvitationStatus.DELETED_NOT_INVITED).notOnServer().make();
    assertThat(with(half).finish())
        .isEqualTo(new Commands.Command("Finish 1 invitation", true, ""));
    assertThat(with(row("ed.m").make()).finish().possible()).isFalse();
  }

  @Test
  void needsASignInUnlessTheWishWaitsAnyway() {
    session = new SessionState.SignedOut(Optional.empty());
    assertThat(with(row("dora.k").make()).delete().reason())
        .isEqualTo("Sign in to delete invitations.");
    offline = true;
    assertThat(with(row("dora.k").make()).delete().possible()).isTrue();
    assertThat(with().invite().possible()).isTrue();
  }

  @Test
  void changesNothingOverAReadOnlyConnection() {
    readOnly = true;
    Commands commands = with(row("dora.k").code(7).make());
    assertThat(commands.delete().possible()).isFalse();
    assertThat(commands.invite().possible()).isFalse();
    assertThat(commands.invite().reason())
        .isEqualTo("This connection is read only (your setting).");
    assertThat(commands.again().possible()).isFalse();
    assertThat(commands.again().reason()).isEqualTo("This connection is read only (your setting).");
    assertThat(commands.copyCodes().possible()).isTrue();
    Commands half = with(row("ed.m").status(InvitationStatus.DELETED_NOT_INVITED).make());
    assertThat(half.finish().possible()).isFalse();
    assertThat(half.finish().reason()).isEqualTo("This connection is read only (your setting).");
  }

  @Test
  void offersOnlyCodesThatLieHere() {
    Commands commands = with(row("dora.k").code(7).make(), row("ed.m").make());
    assertThat(commands.copyCodes()).isEqualTo(new Commands.Command("Copy 1 code", true, ""));
    assertThat(with(row("ed.m").make()).copyCodes().possible()).isFalse();
  }

  @Test
  void saysThatAllThatMatchAreSelected() {
    shown = 2;
    filtered = true;
    assertThat(with(row("dora.k").make(), row("ed.m").make()).selected())
        .isEqualTo("2 selected. All that match the filter.");
    assertThat(with().selected()).isEqualTo("2 of 148 invitations shown");
  }

  @Test
  void changesNothingInTheListOfAFormerDay() {
    former = true;
    Commands commands = with(row("dora.k").make());
    assertThat(commands.delete().possible()).isFalse();
    assertThat(commands.delete().reason()).startsWith("This is the list of a former day.");
    assertThat(commands.again().possible()).isFalse();
    assertThat(commands.copy()).isEqualTo("Copy 1 row");
  }

  @Nested
  class TheNextStep {
    @Test
    void followsTheStatusOfTheOneRow() {
      assertThat(next(InvitationStatus.NO_LONGER_LISTED)).isEqualTo("Find out why");
      assertThat(next(InvitationStatus.PROBABLY_EXPIRED)).isEqualTo("Find out why");
      assertThat(next(InvitationStatus.CANNOT_TELL)).isEqualTo("Find out why");
      assertThat(next(InvitationStatus.JOINED_STILL_LISTED)).isEqualTo("Clear invitation");
      assertThat(next(InvitationStatus.DELETED_NOT_INVITED)).isEqualTo("Finish");
      assertThat(next(InvitationStatus.CODE_LOST)).isEqualTo("Invite again");
      assertThat(next(InvitationStatus.EXPIRED)).isEqualTo("Invite again");
      assertThat(next(InvitationStatus.REPLACED)).isEqualTo("Show the new invitation");
      assertThat(next(InvitationStatus.NEEDS_DECISION)).isEqualTo("Decide");
      assertThat(next(InvitationStatus.PENDING)).isEmpty();
      assertThat(next(InvitationStatus.JOINED)).isEmpty();
    }

    @Test
    void isNoneForSeveralRowsAndForFormerDays() {
      InvitationRow lost = row("hal.o").status(InvitationStatus.CODE_LOST).make();
      assertThat(with(lost, row("ed.m").make()).next()).isEmpty();
      former = true;
      assertThat(with(lost).next()).isEmpty();
    }

    @Test
    void saysWhyItCannotBeDone() {
      rights = EnumSet.complementOf(EnumSet.of(Right.INVITE));
      NextStep finish =
          with(row("hal.o").status(InvitationStatus.DELETED_NOT_INVITED).make())
              .next()
              .orElseThrow();
      assertThat(finish.command().possible()).isFalse();
      assertThat(finish.command().reason()).contains("Right needed: invite.");
    }

    private String next(InvitationStatus status) {
      return with(row("hal.o").status(status).make())
          .next()
          .map(step -> step.command().label())
          .orElse("");
    }
  }

  private Commands with(InvitationRow... selected) {
    return Commands.of(
        new Commands.Facts(
            "Northwind",
            session,
            offline,
            Optional.of(rights),
            List.of(selected),
            shown,
            148,
            filtered,
            readOnly,
            former),
        Rows.TEXTS);
  }
}
