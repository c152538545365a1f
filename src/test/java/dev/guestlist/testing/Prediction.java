package dev.guestlist.testing;

import static java.util.Objects.requireNonNull;

import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.testing.Judgement.Diary;
import dev.guestlist.testing.Judgement.Excuses;
import dev.guestlist.testing.Judgement.Who;
import dev.guestlist.testing.Past.Life;
import dev.guestlist.testing.Past.Window;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Which outcomes of a row can be true, worked out from what the server did while the row was open.
/// An outcome is possible when something in the log, or in the diary of what people did here,
/// brings it about; where nothing does, it is a lie.
final class Prediction {
  /// When a code counts as old, by this computer's clock.
  private static final Duration OLD = Duration.ofDays(14);

  /// A state, and for refusals the reason that makes it what it is.
  record Outcome(RowState state, Optional<Reason> reason) {
    static Outcome of(RunRow row) {
      boolean refusal = row.state() == RowState.REFUSED;
      return new Outcome(row.state(), refusal ? row.reason() : Optional.empty());
    }

    @Override
    public String toString() {
      return state + reason.map(why -> " " + why).orElse("");
    }
  }

  /// The outcomes gathered so far.
  private static final class Possible {
    private final Set<Outcome> outcomes = new LinkedHashSet<>();

    void is(RowState state, boolean when) {
      if (when) {
        outcomes.add(new Outcome(state, Optional.empty()));
      }
    }

    void isRefused(Reason reason, boolean when) {
      if (when) {
        outcomes.add(new Outcome(RowState.REFUSED, Optional.of(reason)));
      }
    }
  }

  private final Past past;
  private final List<RunRow> rows;
  private final Map<Long, Run> runs;
  private final Excuses excuses;
  private final Diary diary;
  private final Function<RunRow, Window> open;

  /// @param open the time in which a row was open
  Prediction(
      Past past,
      List<RunRow> rows,
      Map<Long, Run> runs,
      Excuses excuses,
      Diary diary,
      Function<RunRow, Window> open) {
    this.past = past;
    this.rows = rows;
    this.runs = runs;
    this.excuses = excuses;
    this.diary = diary;
    this.open = open;
  }

  /// Everything that may have become of a row that was open in this time.
  Set<Outcome> of(RunRow row, Window when) {
    Possible may = new Possible();
    may.is(RowState.NOT_TRIED, diary.letGo().contains(row.id()));
    switch (row.target()) {
      case Target.Person person -> {
        Who who = in(row, person.name());
        invited(row, who, when, may);
        may.isRefused(Reason.ALREADY_INVITED, waited(row, who, Optional.empty(), when));
        may.isRefused(Reason.UNKNOWN_USER, !diary.people().contains(who));
      }
      case Target.Listed listed -> deleted(row, listed.invitation().value(), when, may);
      case Target.Again again -> {
        String former = again.replaces().value();
        Who who = in(row, again.name());
        alreadyMember(row, who, when, may);
        if (past.isRemoved(former, when.to())) {
          invited(row, who, when, may);
          may.is(
              RowState.NOT_INVITED_AGAIN,
              diary.letGo().contains(row.id())
                  || waited(row, who, Optional.of(former), when)
                  || !diary.people().contains(who));
        }
        may.is(
            RowState.WAS_GONE,
            diary.letGo().contains(row.id()) && goneWithoutUs(row, former, when));
        may.is(RowState.CANNOT_TELL, unsureOfDeletion(row, former, when));
      }
      case Target.Code ignored -> accepted(row, when, may);
    }
    return may.outcomes;
  }

  /// An invitation is made once, and known by its answer; without one by a list.
  private void invited(RunRow row, Who who, Window when, Possible may) {
    List<Life> made = past.lives(who).stream().filter(life -> life.madeIn(when)).toList();
    boolean ours = made.stream().anyMatch(life -> life.made().ours());
    boolean theirs = made.stream().anyMatch(life -> !life.made().ours());
    boolean wentWrong = cut(row) || past.inviteWentWrong(when);
    boolean unanswered =
        made.stream().anyMatch(life -> life.made().ours() && !past.answered(life.made()));
    boolean taken = theirs && wentWrong;
    may.is(RowState.INVITED, ours || taken);
    may.is(RowState.CODE_LOST, wantsCodes(row) && (unanswered || (ours && cut(row)) || taken));
    may.is(RowState.CANNOT_TELL, wentWrong && (theirs || past.listUnread(when) || barred(row)));
    alreadyMember(row, who, when, may);
  }

  private void alreadyMember(RunRow row, Who who, Window when, Possible may) {
    boolean member = past.wasMember(who, when);
    may.is(RowState.ALREADY_MEMBER, member);
    may.is(
        RowState.USER_EXISTS,
        member && (past.membersUnread(when) || past.left(who, when) > 0 || barred(row)));
  }

  /// Whether another invitation of somebody waited at some moment than the one to replace, and than
  /// what this row alone can have made.
  private boolean waited(RunRow row, Who who, Optional<String> former, Window when) {
    return past.lives(who).stream()
        .filter(life -> !former.equals(Optional.of(life.id())) && life.livedIn(when))
        .anyMatch(life -> !life.made().ours() || !life.madeIn(when) || byOthers(life, row, who));
  }

  /// Whether another invitation of somebody was there at some moment, also one that had ended.
  private boolean listed(Who who, Optional<String> former, Window when) {
    return past.lives(who).stream()
        .filter(life -> !former.equals(Optional.of(life.id())))
        .anyMatch(
            life -> life.made().place() < when.to().effects() && !life.removedBefore(when.from()));
  }

  private boolean byOthers(Life life, RunRow row, Who who) {
    return rows.stream()
        .filter(other -> other.id() != row.id() && !(other.target() instanceof Target.Code))
        .filter(other -> Judgement.who(run(other), other).equals(Optional.of(who)))
        .anyMatch(other -> life.madeIn(open.apply(other)));
  }

  /// A deletion is ours when the server says so, or when it went wrong and the invitation is gone.
  private void deleted(RunRow row, String id, Window when, Possible may) {
    boolean gone = past.isRemoved(id, when.to());
    may.is(RowState.DELETED, deletedByUs(id, when) || (gone && deleteWentWrong(row, id, when)));
    may.is(RowState.WAS_GONE, goneWithoutUs(row, id, when));
    may.is(RowState.CANNOT_TELL, unsureOfDeletion(row, id, when));
  }

  private boolean deletedByUs(String id, Window when) {
    return past.life(id)
        .flatMap(Life::removed)
        .filter(step -> step.effect().kind() == Effect.Kind.DELETED)
        .filter(step -> step.ours() && when.has(step.place()))
        .isPresent();
  }

  private boolean deleteWentWrong(RunRow row, String id, Window when) {
    return cut(row) || past.deleteWentWrong(id, when);
  }

  /// Whether an invitation is gone that somebody else may have ended, or another row.
  private boolean goneWithoutUs(RunRow row, String id, Window when) {
    boolean alone = rows.stream().filter(other -> isAbout(other, id)).count() == 1;
    return past.isRemoved(id, when.to())
        && (!deletedByUs(id, when) || !alone || deleteWentWrong(row, id, when));
  }

  private boolean unsureOfDeletion(RunRow row, String id, Window when) {
    return (cut(row) || past.deleteLeft(id, when)) && mayNotRead(row, when);
  }

  private boolean mayNotRead(RunRow row, Window when) {
    return barred(row) || past.forbade(when);
  }

  private static boolean isAbout(RunRow row, String id) {
    return switch (row.target()) {
      case Target.Listed listed -> listed.invitation().value().equals(id);
      case Target.Again again -> again.replaces().value().equals(id);
      case Target.Person ignored -> false;
      case Target.Code ignored -> false;
    };
  }

  /// A code is good while its invitation waits, and nothing after that.
  private void accepted(RunRow row, Window when, Possible may) {
    List<Life> behind = behind(row);
    for (Life life : behind) {
      Who who = Past.who(life.made().effect());
      boolean joinedHere =
          past.about(who, when, Effect.Kind.ACCEPTED, Effect.Kind.HALF_ACCEPTED).stream()
              .anyMatch(step -> step.ours() && step.effect().invitation().equals(life.id()));
      boolean joinedMeanwhile =
          past.about(who, when, Effect.Kind.ACCEPTED).stream().anyMatch(step -> !step.ours());
      boolean unanswered = cut(row) || past.acceptWentWrong(when);
      may.is(
          RowState.JOINED,
          joinedHere || joinedMeanwhile || (unanswered && past.wasMember(who, when)));
      alreadyMember(row, who, when, may);
    }
    may.isRefused(Reason.UNKNOWN_CODE, isUnknown(behind, when));
    may.is(RowState.CANNOT_TELL, mayNotRead(row, when));
  }

  /// The invitations that the code of a row may belong to.
  private List<Life> behind(RunRow row) {
    return diary.codes().getOrDefault(row.id(), Set.of()).stream()
        .flatMap(id -> past.life(id).stream())
        .toList();
  }

  private static boolean isUnknown(List<Life> behind, Window when) {
    return behind.isEmpty() || behind.stream().anyMatch(life -> life.removedBefore(when.to()));
  }

  /// Whether a row had cause to wait for a decision with this reason.
  boolean mayAsk(RunRow row, Reason reason, Window when) {
    List<Life> behind = behind(row);
    Optional<Who> who = who(row, behind);
    Optional<String> former = former(row);
    return switch (reason) {
      case EXPIRED -> behind.stream().anyMatch(life -> life.expiredAt(when.to().at()));
      case UNKNOWN_CODE -> isUnknown(behind, when);
      case OTHER_ORGANIZATION ->
          rows.stream()
                  .filter(other -> other.run() == row.run())
                  .flatMap(other -> behind(other).stream())
                  .map(life -> life.made().effect().organization())
                  .distinct()
                  .count()
              > 1;
      case TOO_OLD -> run(row).posted().plus(OLD).isBefore(row.changed());
      case NOT_CHECKED -> mayNotRead(row, when);
      case ALREADY_INVITED -> who.filter(one -> waited(row, one, former, when)).isPresent();
      case INVITATION_GONE -> former.filter(id -> past.isRemoved(id, when.to())).isPresent();
      case NEWER_INVITATION -> who.filter(one -> waited(row, one, former, when)).isPresent();
      case CHANGED_MEANWHILE ->
          who.filter(one -> listed(one, former, when)).isPresent()
              || diary.otherGifts().contains(organization(row));
      case UNKNOWN_GROUP, UNKNOWN_ROLE -> diary.otherGifts().contains(organization(row));
      case UNKNOWN_USER -> who.filter(one -> !diary.people().contains(one)).isPresent();
      case NEVER_ARRIVED ->
          cut(row)
              || past.inviteWentWrong(when)
              || past.acceptWentWrong(when)
              || former.filter(id -> past.deleteWentWrong(id, when)).isPresent();
      case NO_EMAIL,
          NO_CONSOLE_ACCESS,
          ALREADY_MEMBER,
          NOT_A_MEMBER,
          NOT_SHARED,
          ORGANIZATION_DISABLED,
          UNKNOWN_ORGANIZATION,
          OTHER_BRANCH,
          GRANT_NOT_ENABLED,
          SIGN_IN_REFUSED,
          SIGN_IN_UNANSWERED,
          DEVICE_CODE_ENDED,
          TOKEN_REFUSED,
          UNKNOWN_MEMBER,
          OTHER ->
          false;
    };
  }

  /// What happened to the people of a row meanwhile, in words.
  String story(RunRow row, Window when) {
    Optional<Who> who = who(row, behind(row));
    return "; open from "
        + when.from()
        + " to "
        + when.to()
        + "; "
        + who.map(one -> past.lives(one) + " " + past.story(one, when)).orElse("nobody is known")
        + (diary.asked().containsKey(row.id()) ? "; asked " + diary.asked().get(row.id()) : "");
  }

  private Optional<Who> who(RunRow row, List<Life> behind) {
    return behind.stream()
        .map(life -> Past.who(life.made().effect()))
        .findFirst()
        .or(() -> Judgement.who(run(row), row));
  }

  private static Optional<String> former(RunRow row) {
    return switch (row.target()) {
      case Target.Listed listed -> Optional.of(listed.invitation().value());
      case Target.Again again -> Optional.of(again.replaces().value());
      case Target.Person ignored -> Optional.empty();
      case Target.Code ignored -> Optional.empty();
    };
  }

  private boolean cut(RunRow row) {
    return excuses.cut().test(row);
  }

  private boolean barred(RunRow row) {
    return excuses.barred().test(row);
  }

  private boolean wantsCodes(RunRow row) {
    return switch (run(row).wish()) {
      case Wish.Invite(boolean serverMails) -> !serverMails;
      case Wish.InviteAgain(boolean serverMails) -> !serverMails;
      case Wish.Delete() -> false;
      case Wish.Accept() -> false;
    };
  }

  private Who in(RunRow row, String person) {
    return new Who(organization(row), person);
  }

  private String organization(RunRow row) {
    return run(row).organization().map(one -> one.value()).orElse("");
  }

  private Run run(RunRow row) {
    return requireNonNull(runs.get(row.run()));
  }
}
