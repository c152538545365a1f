package dev.guestlist.service;

import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How fast runs may ask one server: at full speed until it asks for patience or answers much more
/// slowly than usual; then with fewer people in a call and pauses between calls, and step by step
/// back to full speed once it answers well. Kept while the program runs.
public final class Pace {
  /// The slowest is one person a call and a call in sixteen seconds.
  private static final int MOST_STEPS = 6;

  private static final Duration SHORTEST_GAP = Duration.ofMillis(250);
  private static final int GOOD_ANSWERS_FOR_A_STEP = 3;

  /// So long after the last trouble nothing is known of the server any more.
  private static final Duration FORGOTTEN = Duration.ofMinutes(2);

  /// An answer within this time is never called slow.
  private static final Duration NEVER_SLOW = Duration.ofSeconds(2);

  /// An answer of a kind that nothing is known of yet is slow from here on.
  private static final Duration SURELY_SLOW = Duration.ofSeconds(20);

  private static final double TIMES_AS_LONG = 3;

  /// What a call costs besides its people, in people.
  private static final int PEOPLE_A_CALL_COSTS = 4;

  private final Changes changes;
  private final InstantSource clock;
  private final Map<Work, Double> usual = new EnumMap<>(Work.class);
  private int steps;
  private int good;
  private Instant next = Instant.MIN;
  private Instant lastTrouble = Instant.MIN;
  private @Nullable Slowness slowness;

  /// Why runs are slower than they could be.
  ///
  /// @param times how often that happened since then
  /// @param until when the next call leaves at the earliest, when that is known and to come
  public record Slowness(Kind kind, int times, Instant since, Optional<Instant> until) {
    /// What the server did last.
    public enum Kind {
      /// it answered that too many calls came (429)
      TOO_MANY,
      /// it answered that it has too much to do (503)
      OVERLOADED,
      /// its answers take much longer than before
      SLOW_ANSWERS,
      /// it, or something in front of it, failed (5xx, or an answer that cannot be read)
      FAILS
    }
  }

  /// Calls whose times can be compared with each other.
  enum Work {
    INVITE,
    DELETE,
    CHECK,
    ACCEPT
  }

  Pace(Changes changes, InstantSource clock) {
    this.changes = changes;
    this.clock = clock;
  }

  /// Empty at full speed.
  synchronized Optional<Slowness> slowness() {
    forget();
    return Optional.ofNullable(slowness)
        .map(now ->
            new Slowness(
                now.kind(),
                now.times(),
                now.since(),
                Optional.of(next).filter(moment -> moment.isAfter(clock.instant()))));
  }

  /// How many people one call may name.
  ///
  /// @param most at full speed
  synchronized int people(int most) {
    forget();
    return Math.max(1, most >> steps);
  }

  /// Takes the turn for a call, or tells how long there is none; zero: it is taken.
  synchronized Duration take() {
    forget();
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return Duration.between(now, next);
    }
    next = now.plus(gap());
    return Duration.ZERO;
  }

  /// Lets the next call leave at once.
  synchronized void tryNow() {
    next = Instant.MIN;
  }

  /// Makes a call of a run and looks at how long it took.
  <T> T timed(Work work, int people, Session.Call<T> call) throws ProblemException {
    long began = System.nanoTime();
    try {
      T answer = call.make();
      took(work, people, Duration.ofNanos(System.nanoTime() - began));
      return answer;
    } catch (ProblemException e) {
      failed(e.problem(), work, people, Duration.ofNanos(System.nanoTime() - began));
      throw e;
    }
  }

  /// A refusal is an answer like others. One that never came tells something by its time alone.
  private void failed(Problem problem, Work work, int people, Duration time) {
    boolean answered =
        switch (problem) {
          case Problem.Rejected ignored -> true;
          case Problem.NotAllowed ignored -> true;
          case Problem.Unreachable ignored -> false;
          case Problem.Untrusted ignored -> false;
          case Problem.SignedOut ignored -> false;
          case Problem.Busy ignored -> false;
          case Problem.ServerFault ignored -> false;
          case Problem.Unreadable ignored -> false;
        };
    if (answered) {
      took(work, people, time);
    } else if (time.compareTo(SURELY_SLOW) >= 0) {
      slower(Slowness.Kind.SLOW_ANSWERS, Optional.empty());
    }
  }

  /// The server asked for patience.
  void busy(Problem.Busy problem) {
    Slowness.Kind kind =
        switch (problem.why()) {
          case TOO_MANY -> Slowness.Kind.TOO_MANY;
          case OVERLOADED -> Slowness.Kind.OVERLOADED;
        };
    slower(kind, problem.retryAfter());
  }

  /// An answer came after this time.
  void took(Work work, int people, Duration time) {
    if (isSlow(work, people, time)) {
      slower(Slowness.Kind.SLOW_ANSWERS, Optional.empty());
    } else {
      faster();
    }
  }

  private synchronized boolean isSlow(Work work, int people, Duration time) {
    double share = time.toNanos() / (double) (people + PEOPLE_A_CALL_COSTS);
    Double before = usual.get(work);
    boolean slow =
        time.compareTo(NEVER_SLOW) >= 0
            && (before == null ? time.compareTo(SURELY_SLOW) >= 0 : share > TIMES_AS_LONG * before);
    // a server that stays slow is taken as it is, after a while
    double weight = before == null ? 1 : slow ? 0.05 : 0.2;
    usual.put(work, before == null ? share : before + weight * (share - before));
    return slow;
  }

  private void slower(Slowness.Kind kind, Optional<Duration> wait) {
    synchronized (this) {
      forget();
      Instant now = clock.instant();
      steps = Math.min(steps + 1, MOST_STEPS);
      good = 0;
      Instant earliest = now.plus(wait.orElse(gap()));
      next = earliest.isAfter(next) ? earliest : next;
      lastTrouble = next;
      slowness =
          slowness == null
              ? new Slowness(kind, 1, now, Optional.empty())
              : new Slowness(kind, slowness.times() + 1, slowness.since(), Optional.empty());
    }
    changes.publish(new Change.RunsChanged());
  }

  private void faster() {
    synchronized (this) {
      if (steps == 0 || ++good < GOOD_ANSWERS_FOR_A_STEP) {
        return;
      }
      good = 0;
      steps--;
      if (steps > 0) {
        return;
      }
      fullSpeed();
    }
    changes.publish(new Change.RunsChanged());
  }

  private void forget() {
    if (steps > 0 && clock.instant().isAfter(lastTrouble.plus(FORGOTTEN))) {
      fullSpeed();
    }
  }

  private void fullSpeed() {
    steps = 0;
    good = 0;
    slowness = null;
    next = Instant.MIN;
  }

  private Duration gap() {
    return steps == 0 ? Duration.ZERO : SHORTEST_GAP.multipliedBy(1L << steps);
  }
}
