package dev.guestlist.ui.kit;

import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import java.util.Optional;

/// Where one person, invitation or code of a run stands, in a sentence, with the next step. The
/// same everywhere: in the result of inviting, the runs, the table and the accept pane.
///
/// @param next what to do now; blank when there is nothing to do
public record RowText(String sentence, String next) {

  private static final Optional<Reason> GONE = Optional.of(Reason.INVITATION_GONE);

  /// The names that the sentences speak of.
  ///
  /// @param organization where the row leads; blank when that is not known
  /// @param parent whose users are invited; blank when that is not known
  public record Names(String organization, String parent) {}

  /// The sentence of a row.
  public static RowText of(RunRow row, Names names, Texts texts) {
    return of(row.target(), row.state(), row.reason(), row.serverText(), names, texts);
  }

  /// The sentence of something that stands where a row would.
  public static RowText of(
      Target target,
      RowState state,
      Optional<Reason> reason,
      String serverText,
      Names names,
      Texts texts) {
    Writer writer = new Writer(target, serverText, names, texts);
    boolean reasonSaysMore = state == RowState.REFUSED || state == RowState.NEEDS_DECISION;
    if (state == RowState.NOT_INVITED_AGAIN && reason.isPresent()) {
      RowText why = writer.because(reason.get());
      return new RowText(writer.say("row.again.half") + " " + why.sentence(), why.next());
    }
    boolean usedMeanwhile = reason.equals(Optional.of(Reason.UNKNOWN_CODE));
    if (state == RowState.ALREADY_MEMBER && usedMeanwhile) {
      return writer.text("row.accept.used-meanwhile", Writer.NOTHING);
    }
    boolean wasGone = target instanceof Target.Again && reason.equals(GONE);
    if (state == RowState.NEEDS_DECISION && wasGone) {
      return writer.text("row.again.was-gone", "row.next.decide");
    }
    if (reasonSaysMore && reason.isPresent()) {
      return writer.because(reason.get());
    }
    if (state == RowState.USER_EXISTS && reason.equals(Optional.of(Reason.NOT_CHECKED))) {
      boolean whose = target instanceof Target.Code code && code.username().isEmpty();
      return writer.text(
          whose ? "row.user-exists.whose" : "row.user-exists.not-seen", "row.next.same-person");
    }
    if (state == RowState.NOT_TRIED && reason.equals(Optional.of(Reason.NOT_CHECKED))) {
      return writer.text("row.code-missing", "row.next.ask-for-code");
    }
    return switch (target) {
      case Target.Person ignored -> writer.invite(state);
      case Target.Listed ignored -> writer.delete(state);
      case Target.Again again -> writer.again(again.step(), state);
      case Target.Code ignored -> writer.accept(state);
    };
  }

  /// The sentence and the next step as one text.
  public String line() {
    return next.isBlank() ? sentence : sentence + " " + next;
  }

  private record Writer(Target target, String serverText, Names names, Texts texts) {
    private static final String NOTHING = "";

    RowText invite(RowState state) {
      return switch (state) {
        case READY -> text("row.invite.ready", NOTHING);
        case SENDING -> text("row.invite.sending", NOTHING);
        case UNKNOWN -> text("row.invite.unknown", NOTHING);
        case NEEDS_DECISION -> text("row.invite.decision", "row.next.decide");
        case INVITED -> text("row.invite.invited", NOTHING);
        case CODE_LOST -> text("row.invite.code-lost", "row.next.invite-again");
        case DELETED -> text("row.delete.deleted", NOTHING);
        case NOT_INVITED_AGAIN -> text("row.again.half", "row.next.finish");
        case WAS_GONE -> text("row.delete.was-gone", NOTHING);
        case JOINED -> text("row.joined", NOTHING);
        case ALREADY_MEMBER -> text("row.member", NOTHING);
        case USER_EXISTS -> text("row.user-exists", "row.next.same-person");
        case REFUSED -> because(Reason.OTHER);
        case NOT_TRIED -> text("row.invite.not-tried", NOTHING);
        case CANNOT_TELL -> text("row.invite.cannot-tell", "row.next.look-at-list");
      };
    }

    RowText delete(RowState state) {
      return switch (state) {
        case READY -> text("row.delete.ready", NOTHING);
        case SENDING -> text("row.delete.sending", NOTHING);
        case UNKNOWN -> text("row.delete.unknown", NOTHING);
        case NEEDS_DECISION -> text("row.delete.decision", "row.next.decide");
        case INVITED -> text("row.invite.invited", NOTHING);
        case CODE_LOST -> text("row.invite.code-lost", "row.next.invite-again");
        case DELETED -> text("row.delete.deleted", NOTHING);
        case NOT_INVITED_AGAIN -> text("row.again.half", "row.next.finish");
        case WAS_GONE -> text("row.delete.was-gone", NOTHING);
        case JOINED -> text("row.joined", NOTHING);
        case ALREADY_MEMBER -> text("row.member", NOTHING);
        case USER_EXISTS -> text("row.user-exists", "row.next.same-person");
        case REFUSED -> because(Reason.OTHER);
        case NOT_TRIED -> text("row.delete.not-tried", NOTHING);
        case CANNOT_TELL -> text("row.delete.cannot-tell", "row.next.look-at-list");
      };
    }

    RowText again(Target.Again.Step step, RowState state) {
      boolean half = step == Target.Again.Step.INVITE;
      return switch (state) {
        case READY ->
            half ? text("row.again.half", "row.next.finish") : text("row.again.ready", NOTHING);
        case SENDING -> text(half ? "row.invite.sending" : "row.delete.sending", NOTHING);
        case UNKNOWN -> text(half ? "row.again.unknown" : "row.delete.unknown", NOTHING);
        case NEEDS_DECISION ->
            text(half ? "row.again.half" : "row.again.decision", "row.next.decide");
        case INVITED -> text("row.again.invited", NOTHING);
        case CODE_LOST -> text("row.invite.code-lost", "row.next.invite-again");
        case DELETED -> text("row.delete.deleted", NOTHING);
        case NOT_INVITED_AGAIN -> text("row.again.half", "row.next.finish");
        case WAS_GONE -> text("row.delete.was-gone", NOTHING);
        case JOINED -> text("row.joined", NOTHING);
        case ALREADY_MEMBER -> text("row.member", NOTHING);
        case USER_EXISTS -> text("row.user-exists", "row.next.same-person");
        case REFUSED -> because(Reason.OTHER);
        case NOT_TRIED -> text("row.again.not-tried", NOTHING);
        case CANNOT_TELL ->
            text(
                half ? "row.invite.cannot-tell" : "row.delete.cannot-tell",
                "row.next.look-at-list");
      };
    }

    RowText accept(RowState state) {
      return switch (state) {
        case READY -> text("row.accept.ready", NOTHING);
        case SENDING -> text("row.accept.sending", NOTHING);
        case UNKNOWN -> text("row.accept.unknown", NOTHING);
        case NEEDS_DECISION -> text("row.accept.decision", "row.next.decide");
        case INVITED -> text("row.invite.invited", NOTHING);
        case CODE_LOST -> text("row.invite.code-lost", "row.next.invite-again");
        case DELETED -> text("row.delete.deleted", NOTHING);
        case NOT_INVITED_AGAIN -> text("row.again.half", "row.next.finish");
        case WAS_GONE -> text("row.delete.was-gone", NOTHING);
        case JOINED -> text("row.joined", NOTHING);
        case ALREADY_MEMBER -> text("row.accept.member", NOTHING);
        case USER_EXISTS -> text("row.user-exists", "row.next.same-person");
        case REFUSED -> because(Reason.OTHER);
        case NOT_TRIED -> text("row.accept.not-tried", NOTHING);
        case CANNOT_TELL -> text("row.accept.cannot-tell", "row.next.look-at-members");
      };
    }

    RowText because(Reason reason) {
      return switch (reason) {
        case UNKNOWN_USER ->
            text(
                store().isEmpty() ? "row.unknown-user" : "row.unknown-user.store",
                "row.next.other-store");
        case ALREADY_INVITED -> text("row.already-invited", "row.next.leave-it");
        case NO_EMAIL -> text("row.no-email", "row.next.email");
        case NO_CONSOLE_ACCESS -> text("row.no-console-access", "row.next.console");
        case ALREADY_MEMBER -> text("row.member", NOTHING);
        case UNKNOWN_ROLE -> text("row.unknown-role", "row.next.choose");
        case UNKNOWN_GROUP -> text("row.unknown-group", "row.next.choose");
        case INVITATION_GONE -> text("row.invitation-gone", "row.next.read-again");
        case UNKNOWN_CODE -> text("row.unknown-code", "row.next.code");
        case EXPIRED -> text("row.expired", "row.next.invite-again");
        case NOT_CHECKED -> text("row.not-checked", "row.next.sign-in");
        case OTHER_ORGANIZATION -> text("row.other-organization", "row.next.decide");
        case NEWER_INVITATION -> text("row.newer-invitation", "row.next.decide");
        case CHANGED_MEANWHILE -> text("row.changed-meanwhile", "row.next.decide");
        case TOO_OLD -> text("row.too-old", "row.next.decide");
        case NEVER_ARRIVED -> text("row.never-arrived", "row.next.try-again");
        case NOT_A_MEMBER -> text("row.not-a-member", "row.next.access");
        case NOT_SHARED -> text("row.not-shared", "row.next.application");
        case ORGANIZATION_DISABLED -> text("row.organization-disabled", "row.next.access");
        case UNKNOWN_ORGANIZATION -> text("row.unknown-organization", "row.next.access");
        case OTHER_BRANCH -> text("row.other-branch", "row.next.application");
        case GRANT_NOT_ENABLED -> text("row.grant-not-enabled", "row.next.application");
        case SIGN_IN_REFUSED, SIGN_IN_UNANSWERED, DEVICE_CODE_ENDED, TOKEN_REFUSED ->
            text("row.sign-in-refused", "row.next.sign-in-again");
        case UNKNOWN_MEMBER -> text("row.unknown-member", "row.next.details");
        case OTHER ->
            text(serverText.isBlank() ? "row.refused" : "row.refused.text", "row.next.details");
      };
    }

    RowText text(String sentence, String next) {
      return new RowText(say(sentence), next.isEmpty() ? "" : say(next));
    }

    private String say(String key) {
      return texts.get(key, person(), organization(), parent(), store(), serverText);
    }

    private String person() {
      return invitee().map(person -> person.username().name()).orElse(target.name());
    }

    private String store() {
      return invitee().flatMap(person -> person.username().userStore()).orElse("");
    }

    private Optional<Target.Person> invitee() {
      return switch (target) {
        case Target.Person person -> Optional.of(person);
        case Target.Again again -> Optional.of(again.person());
        case Target.Listed ignored -> Optional.empty();
        case Target.Code ignored -> Optional.empty();
      };
    }

    private String organization() {
      return names.organization().isBlank() ? texts.get("row.the-child") : names.organization();
    }

    private String parent() {
      return names.parent().isBlank() ? texts.get("row.the-parent") : names.parent();
    }
  }
}
