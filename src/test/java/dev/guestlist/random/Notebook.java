package dev.guestlist.random;

import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.practice.PracticeControl.Log;
import dev.guestlist.practice.PracticeControl.Request;
import dev.guestlist.testing.Judgement.Diary;
import dev.guestlist.testing.Judgement.Excuses;
import dev.guestlist.testing.Judgement.Left;
import dev.guestlist.testing.Judgement.Moment;
import dev.guestlist.testing.Judgement.Who;
import dev.guestlist.testing.Past;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was done at this computer and when, as far as the judge cannot know it from the server's
/// log: what was asked for, when it was posted and seen settled, what was decided, what was on its
/// way when something ended.
final class Notebook {
  /// What a posted run was asked to do: whom each row is about, in order.
  private record Asked(List<String> whom, List<Optional<Long>> codesOf) {}

  private final Map<Long, Asked> asked = new HashMap<>();
  private final List<String> replaced = new ArrayList<>();
  private final Map<Long, Moment> posted = new HashMap<>();
  private final Map<Long, Moment> settled = new HashMap<>();
  private final Map<Long, String> organizations = new HashMap<>();
  private final Map<Long, RunRow> outcomes = new HashMap<>();
  private final Map<Long, Set<Reason>> reasons = new HashMap<>();
  private final Map<Long, Optional<Long>> codesOf = new HashMap<>();
  private final Set<Long> letGo = new HashSet<>();
  private final Set<Long> cut = new HashSet<>();
  private final Set<Long> barred = new HashSet<>();
  private final Set<Long> lost = new HashSet<>();
  private final List<Left> left = new ArrayList<>();
  private final Set<String> otherGifts = new HashSet<>();
  private final Set<Long> unfinished = new HashSet<>();
  private final List<String> complaints = new ArrayList<>();

  /// A run was posted for these.
  void posted(Run run, List<? extends Target> targets) {
    asked.put(run.number(), new Asked(targets.stream().map(Notebook::whom).toList(), List.of()));
  }

  /// Codes were posted that belong to invitations which these rows made; nobody's row for a code
  /// that was made up.
  void posted(Run run, List<? extends Target> targets, List<Optional<Long>> madeBy) {
    asked.put(run.number(), new Asked(targets.stream().map(Notebook::whom).toList(), madeBy));
  }

  /// Somebody decided about a row that waited.
  ///
  /// @param lets whether the row ends by it
  /// @param instead whether another run is posted in its place
  void decided(RunRow row, boolean lets, boolean instead) {
    asksFor(row);
    if (lets) {
      letGo.add(row.id());
    }
    if (instead) {
      replaced.add(row.target().name());
    }
  }

  private void asksFor(RunRow row) {
    row.reason()
        .ifPresent(why -> reasons.computeIfAbsent(row.id(), of -> new HashSet<>()).add(why));
  }

  /// Somebody stopped a run, or took it back.
  void dropped(List<RunRow> rows) {
    rows.stream().filter(row -> !row.state().settled()).forEach(row -> letGo.add(row.id()));
  }

  /// The program is about to die while these rows are open.
  void killed(List<RunRow> open) {
    open.stream().filter(row -> !row.state().settled()).forEach(row -> cut.add(row.id()));
  }

  /// A row left while the line was down, or went down.
  void cut(RunRow row) {
    cut.add(row.id());
  }

  /// Calls that were on their way when something ended: those without an answer before, and those
  /// that came after.
  void lost(Log before, Log after) {
    long last = before.requests().isEmpty() ? 0 : before.requests().getLast().number();
    before.requests().stream()
        .filter(request -> request.status() == 0 && request.note().isEmpty())
        .forEach(request -> lost.add(request.number()));
    after.requests().stream()
        .mapToLong(Request::number)
        .filter(number -> number > last)
        .forEach(lost::add);
  }

  void left(Who who, Instant at) {
    left.add(new Left(who, at));
  }

  void otherGifts(String organization) {
    otherGifts.add(organization);
  }

  /// Looks at a run after a step: whether all its rows are there and about whom they were asked
  /// for, which of them have an outcome, and that none has lost one.
  ///
  /// @param now empty while the server's log cannot be read; what is settled by then is written
  ///   down at the next look
  /// @param lacksRights whether the account lacked a right at some moment of the step
  void look(Run run, List<RunRow> rows, Moment before, Optional<Moment> now, boolean lacksRights) {
    if (posted.putIfAbsent(run.number(), before) == null) {
      run.organization().ifPresent(one -> organizations.put(run.number(), one.value()));
      begin(run, rows);
    }
    List<String> wanted = asked.getOrDefault(run.number(), new Asked(List.of(), List.of())).whom();
    List<String> kept = rows.stream().map(row -> whom(row.target())).toList();
    if (!wanted.equals(kept)) {
      complaints.add("run " + run.number() + " was for " + wanted + " and is for " + kept);
    }
    int counted = run.counts().values().stream().mapToInt(Integer::intValue).sum();
    if (counted != wanted.size()) {
      complaints.add(
          "run " + run.number() + " counts " + counted + " of " + wanted.size() + " rows");
    }
    boolean open = false;
    for (RunRow row : rows) {
      if (row.state() == RowState.NEEDS_DECISION) {
        asksFor(row);
      }
      if (lacksRights && !settled.containsKey(row.id())) {
        barred.add(row.id());
      }
      if (row.state().settled() && now.isPresent() && !settled.containsKey(row.id())) {
        settled.put(row.id(), now.get());
        outcomes.put(row.id(), row);
      }
      open |= !settled.containsKey(row.id());
    }
    if (open) {
      unfinished.add(run.number());
    } else {
      unfinished.remove(run.number());
    }
  }

  /// The first look at a run. One that nobody here posted stands in the place of rows that wanted
  /// to invite somebody whom others invited.
  private void begin(Run run, List<RunRow> rows) {
    if (!asked.containsKey(run.number())) {
      List<String> names = rows.stream().map(row -> row.target().name()).toList();
      if (names.stream().allMatch(replaced::remove)) {
        posted(run, rows.stream().map(RunRow::target).toList());
      } else {
        complaints.add("nobody asked for run " + run.number() + " about " + names);
      }
    }
    Asked what = asked.get(run.number());
    for (int i = 0; what != null && i < what.codesOf().size() && i < rows.size(); i++) {
      codesOf.put(rows.get(i).id(), what.codesOf().get(i));
    }
  }

  boolean isNew(Run run) {
    return !posted.containsKey(run.number());
  }

  boolean isUnfinished(Run run) {
    return unfinished.contains(run.number());
  }

  /// Runs that were asked for and that nobody can find.
  List<String> missing(Set<Long> found) {
    return asked.keySet().stream()
        .filter(run -> !found.contains(run))
        .map(run -> "run " + run + " is gone")
        .toList();
  }

  List<String> complaints() {
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  Map<Long, RunRow> outcomes() {
    return outcomes;
  }

  boolean waitedFor(RunRow row, Reason reason) {
    return reasons.getOrDefault(row.id(), Set.of()).contains(reason);
  }

  Excuses excuses() {
    return new Excuses(row -> cut.contains(row.id()), row -> barred.contains(row.id()));
  }

  /// @param people everybody who has an account in the parent
  Diary diary(Log log, Set<Who> people) {
    Map<Long, Set<String>> codes = new HashMap<>();
    codesOf.forEach(
        (row, madeBy) -> codes.put(row, madeBy.map(maker -> made(maker, log)).orElse(Set.of())));
    return new Diary(posted, settled, lost, left, reasons, letGo, codes, people, otherGifts);
  }

  /// The invitations that a row may have made.
  private Set<String> made(long row, Log log) {
    RunRow maker = outcomes.get(row);
    Moment from = maker == null ? null : posted.get(maker.run());
    Moment to = settled.get(row);
    if (maker == null || from == null || to == null) {
      return Set.of();
    }
    String organization = organizations.getOrDefault(maker.run(), "");
    return Past.made(log, new Who(organization, maker.target().name()), from, to);
  }

  private static String whom(Target target) {
    return switch (target) {
      case Target.Person person -> person.name();
      case Target.Listed listed -> listed.invitation().value();
      case Target.Again again -> again.replaces().value();
      case Target.Code code -> code.lastFour();
    };
  }
}
