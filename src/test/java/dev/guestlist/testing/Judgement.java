package dev.guestlist.testing;

import static java.util.Objects.requireNonNull;

import dev.guestlist.model.Decision;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.PracticeControl.Log;
import dev.guestlist.testing.Past.Life;
import dev.guestlist.testing.Past.Step;
import dev.guestlist.testing.Past.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Holds what Guestlist says became of every row against what the practice server's own log says
/// really happened. It knows nothing of how Guestlist found its outcomes.
///
/// What may excuse an outcome is looked up in the log too: what others did about the same person
/// while the row was open, and calls that went wrong then. Where a [Diary] was kept, each row must
/// also have an outcome that a [Prediction] from the log alone allows.
///
/// The log must be complete, and nobody whom it is about may have been invited or a member before
/// it began.
public final class Judgement {
  /// One person in one organization: the account name as the server has it.
  public record Who(String organization, String person) {}

  /// A place in the server's log: so many changes and requests were in it, at that server's time.
  public record Moment(int effects, long request, Instant at) {
    /// The end of the log as it is now.
    public static Moment of(Log log, Instant now) {
      long last = log.requests().isEmpty() ? 0 : log.requests().getLast().number();
      return new Moment(log.effects().size(), last, now);
    }
  }

  /// A membership that somebody else ended, and when by the server's clock.
  public record Left(Who who, Instant at) {}

  /// What cannot be expected to be told apart, beyond what the log tells.
  ///
  /// @param cut whether the program was killed while this row was open, so that an answer about it
  ///   may have been lost
  /// @param barred whether the account lacked a right while this row was open
  public record Excuses(Predicate<RunRow> cut, Predicate<RunRow> barred) {
    public static Excuses none() {
      return new Excuses(row -> false, row -> false);
    }

    /// The program was killed at moments that nobody noted.
    public static Excuses forKills() {
      return new Excuses(row -> true, row -> false);
    }
  }

  /// What was done at this computer, as noted by whoever did it.
  ///
  /// @param posted a moment before each run was posted
  /// @param settled a moment after each row had its outcome
  /// @param lost calls that were on their way when the program or the server ended
  /// @param left memberships that others ended
  /// @param asked why rows waited for a decision
  /// @param letGo rows that somebody dropped, by a decision or with their run
  /// @param codes for rows that accept, the invitations that their codes may belong to; none for a
  ///   code that was made up
  /// @param people everybody who has an account in the parent
  /// @param otherGifts organizations whose groups or roles were changed
  public record Diary(
      Map<Long, Moment> posted,
      Map<Long, Moment> settled,
      Set<Long> lost,
      List<Left> left,
      Map<Long, Set<Reason>> asked,
      Set<Long> letGo,
      Map<Long, Set<String>> codes,
      Set<Who> people,
      Set<String> otherGifts) {}

  /// What came of it.
  ///
  /// @param complaints everything that does not agree, in words; empty when all is well
  /// @param certain rows of which only one outcome could be true
  /// @param strict rows that nothing excused: nobody else's doing, no kill, no missing right
  public record Verdict(List<String> complaints, int certain, int strict) {}

  private final Excuses excuses;
  private final Past past;
  private final int before;
  private final Window all;
  private final Optional<Diary> diary;
  private final Map<Long, Run> runs;
  private final List<RunRow> rows;
  private final List<String> complaints = new ArrayList<>();

  private Judgement(
      Log log, int before, Map<Run, List<RunRow>> runs, Excuses excuses, Optional<Diary> diary) {
    this.excuses = excuses;
    this.before = before;
    this.diary = diary;
    this.past =
        new Past(
            log, diary.map(Diary::left).orElse(List.of()), diary.map(Diary::lost).orElse(Set.of()));
    this.all = past.since(before);
    this.runs = runs.keySet().stream().collect(Collectors.toMap(Run::number, run -> run));
    this.rows = runs.values().stream().flatMap(Collection::stream).toList();
  }

  /// Everything that does not agree, in words; empty when all is well. Rows that are not settled
  /// are complained about too.
  ///
  /// @param before how many effects were in the log before the first of these runs was posted
  public static List<String> of(Log log, int before, Map<Run, List<RunRow>> runs, Excuses excuses) {
    Judgement judgement = new Judgement(log, before, runs, excuses, Optional.empty());
    judgement.reconcile(runs);
    return judgement.complaints;
  }

  /// The same, and each row's outcome must be one that could be true.
  public static Verdict of(
      Log log, int before, Map<Run, List<RunRow>> runs, Excuses excuses, Diary diary) {
    Judgement judgement = new Judgement(log, before, runs, excuses, Optional.of(diary));
    judgement.reconcile(runs);
    int certain = judgement.predict(diary);
    long strict =
        judgement.rows.stream()
            .filter(row -> !excuses.cut().test(row) && !excuses.barred().test(row))
            .filter(row -> !judgement.touched(row))
            .count();
    return new Verdict(judgement.complaints, certain, (int) strict);
  }

  private void reconcile(Map<Run, List<RunRow>> all) {
    sums(all);
    invitations();
    deletions();
    accepted();
    burntCodes();
  }

  private int predict(Diary known) {
    Prediction prediction = new Prediction(past, rows, runs, excuses, known, this::open);
    int certain = 0;
    for (RunRow row : rows) {
      if (!row.state().settled()) {
        continue;
      }
      Set<Prediction.Outcome> possible = prediction.of(row, open(row));
      certain += possible.size() == 1 ? 1 : 0;
      if (!possible.contains(Prediction.Outcome.of(row))) {
        complain(words(row) + ": can only be " + possible + prediction.story(row, open(row)));
      }
      for (Reason reason : known.asked().getOrDefault(row.id(), Set.of())) {
        if (!prediction.mayAsk(row, reason, open(row))) {
          complain(
              words(row)
                  + ": had no cause to ask because of "
                  + reason
                  + prediction.story(row, open(row)));
        }
      }
    }
    return certain;
  }

  /// The time in which a row was open.
  private Window open(RunRow row) {
    if (diary.isEmpty()) {
      return all;
    }
    Moment from = diary.get().posted().getOrDefault(row.run(), all.from());
    Moment to = diary.get().settled().getOrDefault(row.id(), all.to());
    return new Window(from, to);
  }

  /// Whether somebody else did something about the same person while a row was open.
  private boolean touched(RunRow row) {
    return who(row).filter(who -> past.touched(who, open(row))).isPresent();
  }

  private boolean unread(RunRow row) {
    return excuses.barred().test(row) || past.listUnread(open(row));
  }

  private void sums(Map<Run, List<RunRow>> all) {
    all.forEach((run, its) -> {
      if (run.size() != its.size() || its.isEmpty()) {
        complain("run " + run.number() + " counts " + run.size() + " of " + its.size() + " rows");
      }
      its.stream()
          .filter(row -> !row.state().settled())
          .forEach(row -> complain(words(row) + " has no outcome"));
    });
  }

  /// As many invitations as rows say they made, for everybody.
  private void invitations() {
    Map<Who, List<Life>> made = new LinkedHashMap<>();
    changes(Effect.Kind.INVITED)
        .forEach(step ->
            made.computeIfAbsent(Past.who(step.effect()), of -> new ArrayList<>())
                .add(past.life(step.effect().invitation()).orElseThrow()));
    Map<Who, List<RunRow>> wanted = new LinkedHashMap<>();
    for (RunRow row : rows) {
      if (invites(row)) {
        wanted.computeIfAbsent(who(row).orElseThrow(), of -> new ArrayList<>()).add(row);
      }
    }
    Set<Who> both = new HashSet<>(made.keySet());
    both.addAll(wanted.keySet());
    for (Who who : both) {
      judge(who, made.getOrDefault(who, List.of()), wanted.getOrDefault(who, List.of()));
    }
  }

  /// What this program changed since the beginning.
  private List<Step> changes(Effect.Kind kind) {
    return past.steps().stream()
        .skip(before)
        .filter(step -> step.ours() && step.effect().kind() == kind)
        .toList();
  }

  private void judge(Who who, List<Life> made, List<RunRow> wanted) {
    long said = count(wanted, RowState.INVITED) + count(wanted, RowState.CODE_LOST);
    long unsure = count(wanted, RowState.CANNOT_TELL);
    long theirs = made(who, wanted, false);
    long ended = made.stream().filter(life -> endedMeanwhile(life, wanted)).count();
    if (made.size() + theirs < said) {
      complain(
          who + ": " + said + " rows say invited, the server made " + made.size() + story(who));
    }
    if (made.size() > said + unsure + ended) {
      complain(
          who
              + ": the server made "
              + made.size()
              + ", rows tell of "
              + (said + unsure)
              + story(who));
    }
    if (made.size() > wanted.size() + ended) {
      complain(
          who + ": invited " + made.size() + " times for " + wanted.size() + " rows" + story(who));
    }
    for (RunRow row : wanted) {
      if (row.state() == RowState.CANNOT_TELL && !touched(row) && !unread(row)) {
        complain(words(row) + ": nobody had to be unsure" + story(who));
      }
    }
    long lost = made.stream().filter(life -> !past.answered(life.made())).count();
    long codeLost =
        wanted.stream()
            .filter(row -> row.state() == RowState.CODE_LOST && !excuses.cut().test(row))
            .count();
    if (codeLost > lost + theirs) {
      complain(who + ": a code reads lost, but every answer arrived" + story(who));
    }
    boolean memberOnce =
        past.steps().stream()
            .map(Step::effect)
            .anyMatch(one -> Past.joins(one.kind()) && Past.who(one).equals(who));
    if (count(wanted, RowState.ALREADY_MEMBER) > 0 && !memberOnce) {
      complain(who + ": never was a member, but a row says so");
    }
    for (RunRow row : wanted) {
      if (row.reason().equals(Optional.of(Reason.ALREADY_INVITED)) && past.lives(who).isEmpty()) {
        complain(words(row) + ": nobody ever invited them");
      }
    }
  }

  /// How many invitations of somebody others made while one of these rows was open, or we did.
  private long made(Who who, List<RunRow> open, boolean ours) {
    return past.lives(who).stream()
        .filter(life -> life.made().ours() == ours)
        .filter(life -> open.stream().anyMatch(row -> life.madeIn(open(row))))
        .count();
  }

  /// Whether an invitation that was made for one of these rows ended while that row was still open,
  /// by others or by itself. Such a row may rightly invite once more.
  private boolean endedMeanwhile(Life life, List<RunRow> open) {
    return open.stream()
        .map(this::open)
        .filter(life::madeIn)
        .anyMatch(when ->
            life.expiredAt(when.to().at())
                || life.removed()
                    .filter(step -> !step.ours() && when.has(step.place()))
                    .isPresent());
  }

  /// What rows say they deleted is gone, and what this program deleted is told by a row.
  private void deletions() {
    Set<String> byUs = new HashSet<>();
    changes(Effect.Kind.DELETED).forEach(step -> byUs.add(step.effect().invitation()));
    Set<String> told = new TreeSet<>();
    Map<String, List<RunRow>> claims = new HashMap<>();
    for (RunRow row : rows) {
      Optional<String> id = aboutInvitation(row);
      if (id.isEmpty()) {
        continue;
      }
      Optional<Step> end = past.life(id.get()).flatMap(Life::removed);
      boolean says = row.state() == RowState.DELETED || secondStep(row);
      boolean cameLate = row.state() == RowState.WAS_GONE && row.attempts() > 1;
      if (says || cameLate || row.state() == RowState.CANNOT_TELL) {
        told.add(id.get());
      }
      if (row.state() == RowState.DELETED) {
        claims.computeIfAbsent(id.get(), of -> new ArrayList<>()).add(row);
      }
      if ((says || row.state() == RowState.WAS_GONE) && end.isEmpty()) {
        complain(words(row) + ": invitation " + id.get() + " was never deleted");
      }
      boolean endedHere =
          end.filter(Step::ours).isPresent()
              || past.deleteWentWrong(id.get(), open(row))
              || excuses.cut().test(row);
      if (row.state() == RowState.DELETED && end.isPresent() && !endedHere) {
        complain(words(row) + ": somebody else ended invitation " + id.get());
      }
      if (row.state() == RowState.CANNOT_TELL && !touched(row) && !unread(row)) {
        complain(words(row) + ": nobody had to be unsure");
      }
    }
    byUs.removeAll(told);
    byUs.forEach(id -> complain("deleted, and no row tells of it: " + id));
    claims.forEach((id, claiming) -> {
      boolean answerLost =
          claiming.stream()
              .anyMatch(row ->
                  row.attempts() > 1
                      || excuses.cut().test(row)
                      || past.deleteWentWrong(id, open(row)));
      if (claiming.size() > 1 && !answerLost) {
        complain(claiming.size() + " rows claim to have deleted " + id);
      }
    });
  }

  /// Whoever joined by this program has a row that says so, and the other way round.
  private void accepted() {
    Map<Who, List<Step>> joined = new HashMap<>();
    for (Step step : past.steps().subList(before, past.steps().size())) {
      if (step.ours() && Past.joins(step.effect().kind())) {
        joined.computeIfAbsent(Past.who(step.effect()), of -> new ArrayList<>()).add(step);
      }
    }
    Map<Who, List<RunRow>> codes = new HashMap<>();
    for (RunRow row : rows) {
      if (!(row.target() instanceof Target.Code)) {
        continue;
      }
      who(row).ifPresent(who -> codes.computeIfAbsent(who, of -> new ArrayList<>()).add(row));
      if (row.state() == RowState.JOINED && who(row).isEmpty()) {
        complain(words(row) + ": joined, but nobody knows where");
      }
      if (row.state() == RowState.CANNOT_TELL && !touched(row) && !unread(row)) {
        complain(words(row) + ": nobody had to be unsure");
      }
    }
    Set<Who> both = new HashSet<>(joined.keySet());
    both.addAll(codes.keySet());
    for (Who who : both) {
      judgeJoined(who, joined.getOrDefault(who, List.of()), codes.getOrDefault(who, List.of()));
    }
  }

  private void judgeJoined(Who who, List<Step> really, List<RunRow> codes) {
    List<RunRow> joined = codes.stream().filter(row -> row.state() == RowState.JOINED).toList();
    long says =
        joined.stream().map(row -> ((Target.Code) row.target()).lastFour()).distinct().count();
    long byOthers =
        codes.stream()
            .flatMap(row -> past.about(who, open(row), Effect.Kind.ACCEPTED).stream())
            .filter(step -> !step.ours())
            .distinct()
            .count();
    // "a member already" that never arrived cannot be told from "joined": both leave a member
    long unheard =
        changes(Effect.Kind.CLEARED).stream()
            .filter(step -> Past.who(step.effect()).equals(who))
            .filter(step -> past.answerLost(step) || codes.stream().anyMatch(excuses.cut()))
            .count();
    // nor can who joined by a call that failed, where the server had kept the code of a member
    boolean failed = joined.stream().anyMatch(row -> past.acceptWentWrong(open(row)));
    long halfBefore =
        past.steps().subList(0, before).stream()
            .filter(step -> failed && step.effect().kind() == Effect.Kind.HALF_ACCEPTED)
            .filter(step -> Past.who(step.effect()).equals(who))
            .count();
    if (says > really.size() + byOthers + unheard + halfBefore) {
      complain(who + ": joined " + really.size() + " times, rows tell of " + says + story(who));
    }
    long ended = codes.stream().mapToLong(row -> past.left(who, open(row))).max().orElse(0);
    long halfKnown =
        really.stream()
            .filter(step -> step.effect().kind() == Effect.Kind.HALF_ACCEPTED)
            .filter(step -> past.answerLost(step) || codes.stream().anyMatch(this::blind))
            .count();
    if (really.size() > says + count(codes, RowState.CANNOT_TELL) + ended + halfKnown) {
      complain(who + ": joined " + really.size() + " times, rows tell of " + says + story(who));
    }
  }

  /// Whether nobody could see from here whether the person of a code has joined.
  private boolean blind(RunRow row) {
    return excuses.cut().test(row) || excuses.barred().test(row);
  }

  /// An expired code that is sent is burnt: this program never does that, unless somebody wanted it
  /// accepted without a look.
  private void burntCodes() {
    for (Step step : changes(Effect.Kind.CLEARED)) {
      Effect effect = step.effect();
      Optional<Life> life = past.life(effect.invitation());
      boolean wanted =
          rows.stream()
              .anyMatch(row ->
                  row.decided().equals(Optional.of(Decision.ACCEPT_WITHOUT_LOOKING))
                      && who(row).filter(Past.who(effect)::equals).isPresent());
      if (!wanted && life.filter(one -> !one.expiredAt(effect.at())).isEmpty()) {
        complain(Past.who(effect) + ": an expired code was sent and burnt");
      }
    }
  }

  private String story(Who who) {
    return "; effects "
        + past.story(who, all)
        + "; rows "
        + rows.stream().filter(row -> who(row).equals(Optional.of(who))).map(this::words).toList();
  }

  private void complain(String what) {
    complaints.add(what);
  }

  private static long count(List<RunRow> rows, RowState state) {
    return rows.stream().filter(row -> row.state() == state).count();
  }

  private boolean invites(RunRow row) {
    return switch (run(row).wish()) {
      case Wish.Invite ignored -> true;
      case Wish.InviteAgain ignored -> true;
      case Wish.Delete ignored -> false;
      case Wish.Accept ignored -> false;
    };
  }

  private static boolean secondStep(RunRow row) {
    return row.target() instanceof Target.Again again
        && again.step() == Target.Again.Step.INVITE
        && row.state() != RowState.WAS_GONE;
  }

  private static Optional<String> aboutInvitation(RunRow row) {
    return switch (row.target()) {
      case Target.Listed listed -> Optional.of(listed.invitation().value());
      case Target.Again again -> Optional.of(again.replaces().value());
      case Target.Person ignored -> Optional.empty();
      case Target.Code ignored -> Optional.empty();
    };
  }

  /// Empty for a code that was never looked up.
  private Optional<Who> who(RunRow row) {
    return who(run(row), row);
  }

  /// Whom a row is about; empty for a code that was never looked up.
  public static Optional<Who> who(Run run, RunRow row) {
    return switch (row.target()) {
      case Target.Code(var ignored, var username, var organization) ->
          username.flatMap(
              name -> organization.map(OrganizationId::value).map(id -> new Who(id, name)));
      case Target.Person person -> Optional.of(in(run, person.name()));
      case Target.Again again -> Optional.of(in(run, again.name()));
      case Target.Listed listed -> Optional.of(in(run, listed.name()));
    };
  }

  private static Who in(Run run, String person) {
    return new Who(run.organization().orElseThrow().value(), person);
  }

  private Run run(RunRow row) {
    return requireNonNull(runs.get(row.run()));
  }

  private String words(RunRow row) {
    return "row "
        + row.id()
        + " of run "
        + row.run()
        + " ("
        + run(row).wish()
        + ", "
        + row.target().name()
        + ", "
        + row.state()
        + row.reason().map(why -> " " + why).orElse("")
        + ", left "
        + row.attempts()
        + " times)";
  }
}
