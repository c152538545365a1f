package dev.guestlist.testing;

import static java.util.Objects.requireNonNull;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.PracticeControl.Log;
import dev.guestlist.practice.PracticeControl.Request;
import java.time.Duration;
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
import java.util.stream.Collectors;

/// Holds what Guestlist says became of every row against what the practice server's own log says
/// really happened. It knows nothing of how Guestlist found its outcomes.
///
/// The log must be complete, and nobody whom it is about may have been invited or a member before
/// it began.
public final class Judgement {
  private static final Duration LIFETIME = Duration.ofDays(3);

  /// One person in one organization: the account name as the server has it.
  public record Who(String organization, String person) {}

  /// What cannot be expected to be told apart.
  ///
  /// @param touched somebody else invited, deleted or accepted while rows about them were open
  /// @param unread the list could not be read while rows about them were open
  /// @param killed whether the program was killed, so that answers may have been lost anywhere
  public record Excuses(Set<Who> touched, Set<Who> unread, boolean killed) {
    public static Excuses none() {
      return new Excuses(Set.of(), Set.of(), false);
    }

    public static Excuses forKills() {
      return new Excuses(Set.of(), Set.of(), true);
    }
  }

  private final Excuses excuses;
  private final Map<Long, Request> requests;
  private final List<Effect> history;
  private final List<Effect> effects;
  private final Map<String, List<Effect>> ends;
  private final Map<Long, Run> runs;
  private final List<RunRow> rows;
  private final List<String> complaints = new ArrayList<>();

  private Judgement(Log log, int before, Map<Run, List<RunRow>> runs, Excuses excuses) {
    this.excuses = excuses;
    this.history = log.effects();
    this.effects = history.subList(before, history.size());
    this.requests = log.requests().stream().collect(Collectors.toMap(Request::number, one -> one));
    this.ends =
        history.stream()
            .filter(effect -> effect.kind() != Effect.Kind.INVITED)
            .collect(Collectors.groupingBy(Effect::invitation));
    this.runs = runs.keySet().stream().collect(Collectors.toMap(Run::number, run -> run));
    this.rows = runs.values().stream().flatMap(Collection::stream).toList();
  }

  /// Everything that does not agree, in words; empty when all is well. Rows that are not settled
  /// are complained about too.
  ///
  /// @param before how many effects were in the log before the first of these runs was posted
  public static List<String> of(Log log, int before, Map<Run, List<RunRow>> runs, Excuses excuses) {
    Judgement judgement = new Judgement(log, before, runs, excuses);
    judgement.sums(runs);
    judgement.invitations();
    judgement.deletions();
    judgement.accepted();
    judgement.burntCodes();
    return judgement.complaints;
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
    Map<Who, List<Effect>> made = new LinkedHashMap<>();
    effects.stream()
        .filter(effect -> effect.kind() == Effect.Kind.INVITED && ours(effect))
        .forEach(effect -> made.computeIfAbsent(who(effect), of -> new ArrayList<>()).add(effect));
    Map<Who, List<RunRow>> wanted = new LinkedHashMap<>();
    for (RunRow row : rows) {
      if (invites(row)) {
        wanted.computeIfAbsent(who(row).orElseThrow(), of -> new ArrayList<>()).add(row);
      }
    }
    Set<Who> all = new HashSet<>(made.keySet());
    all.addAll(wanted.keySet());
    for (Who who : all) {
      judge(who, made.getOrDefault(who, List.of()), wanted.getOrDefault(who, List.of()));
    }
  }

  private void judge(Who who, List<Effect> made, List<RunRow> wanted) {
    long said = count(wanted, RowState.INVITED) + count(wanted, RowState.CODE_LOST);
    long unsure = count(wanted, RowState.CANNOT_TELL);
    boolean touched = excuses.touched().contains(who);
    if (made.size() < said && !touched) {
      complain(
          who + ": " + said + " rows say invited, the server made " + made.size() + story(who));
    }
    if (made.size() > said + unsure && !touched) {
      complain(
          who
              + ": the server made "
              + made.size()
              + ", rows tell of "
              + (said + unsure)
              + story(who));
    }
    if (made.size() > wanted.size() && !touched) {
      complain(
          who + ": invited " + made.size() + " times for " + wanted.size() + " rows" + story(who));
    }
    if (unsure > 0 && !touched && !excuses.unread().contains(who)) {
      complain(who + ": nobody had to be unsure about " + story(who));
    }
    long lost = made.stream().filter(effect -> !answered(effect)).count();
    if (count(wanted, RowState.CODE_LOST) > lost && !touched && !excuses.killed()) {
      complain(who + ": a code reads lost, but every answer arrived" + story(who));
    }
    boolean memberOnce =
        history.stream()
            .anyMatch(one -> one.kind() == Effect.Kind.ACCEPTED && who(one).equals(who));
    if (count(wanted, RowState.ALREADY_MEMBER) > 0 && !memberOnce) {
      complain(who + ": never was a member, but a row says so");
    }
    boolean invitedOnce =
        history.stream().anyMatch(one -> one.kind() == Effect.Kind.INVITED && who(one).equals(who));
    for (RunRow row : wanted) {
      if (row.reason().equals(Optional.of(Reason.ALREADY_INVITED)) && !invitedOnce) {
        complain(words(row) + ": nobody ever invited them");
      }
    }
  }

  /// What rows say they deleted is gone, and what this program deleted is told by a row.
  private void deletions() {
    Set<String> byUs = new HashSet<>();
    effects.stream()
        .filter(effect -> effect.kind() == Effect.Kind.DELETED && ours(effect))
        .forEach(effect -> byUs.add(effect.invitation()));
    Set<String> told = new TreeSet<>();
    Map<String, Integer> claims = new HashMap<>();
    for (RunRow row : rows) {
      Optional<String> id = aboutInvitation(row);
      if (id.isEmpty()) {
        continue;
      }
      boolean gone = ends.containsKey(id.get());
      boolean excused = who(row).filter(excuses.touched()::contains).isPresent();
      boolean claims1 = row.state() == RowState.DELETED || secondStep(row);
      boolean cameLate = row.state() == RowState.WAS_GONE && row.attempts() > 1;
      if (claims1 || cameLate || row.state() == RowState.CANNOT_TELL) {
        told.add(id.get());
      }
      if (row.state() == RowState.DELETED) {
        claims.merge(id.get(), 1, Integer::sum);
      }
      if ((claims1 || row.state() == RowState.WAS_GONE) && !gone) {
        complain(words(row) + ": invitation " + id.get() + " was never deleted");
      }
      boolean endedHere =
          ends.getOrDefault(id.get(), List.of()).stream().anyMatch(Judgement::ours)
              || answerWasLost(id.get());
      if (row.state() == RowState.DELETED && gone && !endedHere && !excused) {
        complain(words(row) + ": somebody else ended invitation " + id.get());
      }
      if (row.state() == RowState.CANNOT_TELL && !excused && !unread(row)) {
        complain(words(row) + ": nobody had to be unsure");
      }
    }
    byUs.removeAll(told);
    byUs.forEach(id -> complain("deleted, and no row tells of it: " + id));
    claims.forEach((id, times) -> {
      boolean triedTwice =
          rows.stream()
              .anyMatch(row ->
                  aboutInvitation(row).equals(Optional.of(id))
                      && (row.attempts() > 1
                          || who(row).filter(excuses.touched()::contains).isPresent()
                          || excuses.killed()));
      if (times > 1 && !triedTwice) {
        complain(times + " rows claim to have deleted " + id);
      }
    });
  }

  /// Whoever joined by this program has a row that says so, and the other way round.
  private void accepted() {
    Map<Who, Long> joined =
        effects.stream()
            .filter(effect -> effect.kind() == Effect.Kind.ACCEPTED && ours(effect))
            .collect(Collectors.groupingBy(Judgement::who, Collectors.counting()));
    Map<Who, Set<String>> told = new HashMap<>();
    Set<Who> unsure = new HashSet<>();
    for (RunRow row : rows) {
      if (!(row.target() instanceof Target.Code code)) {
        continue;
      }
      Optional<Who> who = who(row);
      if (row.state() == RowState.JOINED) {
        if (who.isEmpty()) {
          complain(words(row) + ": joined, but nobody knows where");
        } else {
          told.computeIfAbsent(who.get(), of -> new HashSet<>()).add(code.lastFour());
        }
      }
      if (row.state() == RowState.CANNOT_TELL) {
        who.ifPresent(unsure::add);
        if (who.filter(excuses.touched()::contains).isEmpty() && !unread(row)) {
          complain(words(row) + ": nobody had to be unsure");
        }
      }
    }
    Set<Who> all = new HashSet<>(joined.keySet());
    all.addAll(told.keySet());
    for (Who who : all) {
      long really = joined.getOrDefault(who, 0L);
      int says = told.getOrDefault(who, Set.of()).size();
      if (really != says && !excuses.touched().contains(who) && !unsure.contains(who)) {
        complain(who + ": joined " + really + " times, rows tell of " + says + story(who));
      }
    }
  }

  /// An expired code that is sent is burnt: this program never does that.
  private void burntCodes() {
    Map<String, Instant> born = new HashMap<>();
    for (Effect effect : history) {
      if (effect.kind() == Effect.Kind.INVITED) {
        born.put(effect.invitation(), effect.at());
      }
      if (effect.kind() == Effect.Kind.CLEARED && ours(effect)) {
        Instant since = born.get(effect.invitation());
        if (since == null || !effect.at().isBefore(since.plus(LIFETIME))) {
          complain(who(effect) + ": an expired code was sent and burnt");
        }
      }
    }
  }

  private String story(Who who) {
    return "; effects "
        + effects.stream()
            .filter(one -> who(one).equals(who))
            .map(one -> one.kind() + " by " + one.request() + requestWords(one))
            .toList()
        + "; rows "
        + rows.stream().filter(row -> who(row).equals(Optional.of(who))).map(this::words).toList();
  }

  private String requestWords(Effect effect) {
    Request request = requests.get(effect.request());
    return request == null ? "" : " " + request.status() + " " + request.note();
  }

  private void complain(String what) {
    complaints.add(what);
  }

  private boolean unread(RunRow row) {
    return who(row).filter(excuses.unread()::contains).isPresent();
  }

  /// Whoever gets no answer to a deletion, or is killed before reading it, and then finds nothing
  /// listed cannot know whose doing that is.
  private boolean answerWasLost(String invitation) {
    return excuses.killed()
        || requests.values().stream()
            .filter(one -> one.method().equals("DELETE") && one.path().contains(invitation))
            .noneMatch(one -> one.status() > 0 && one.note().isEmpty());
  }

  private boolean answered(Effect effect) {
    Request request = requests.get(effect.request());
    return request != null && request.status() == 200 && request.note().isEmpty();
  }

  private static boolean ours(Effect effect) {
    return effect.request() > 0;
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

  private static Who who(Effect effect) {
    return new Who(effect.organization(), effect.person());
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
