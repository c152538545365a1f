package dev.guestlist.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.service.Pace.Slowness;
import dev.guestlist.service.Pace.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaceTest {
  private Instant now = Instant.parse("2026-03-02T10:00:00Z");
  private final InstantSource clock = () -> now;
  private final Changes changes = new Changes();
  private final Pace pace = new Pace(changes, clock);

  @Test
  void isFullSpeedUntilSomethingHappens() {
    assertThat(pace.people(25)).isEqualTo(25);
    assertThat(pace.take()).isZero();
    assertThat(pace.take()).isZero();
    assertThat(pace.slowness()).isEmpty();
  }

  @Test
  void waitsAsLongAsTheServerAsks() {
    pace.busy(busy(Problem.Busy.Cause.TOO_MANY, 7));

    assertThat(pace.take()).isEqualTo(Duration.ofSeconds(7));
    pass(Duration.ofSeconds(6));
    assertThat(pace.take()).isEqualTo(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    assertThat(pace.take()).isZero();
  }

  @Test
  void neverWaitsShorterThanWasAskedBefore() {
    pace.busy(busy(Problem.Busy.Cause.OVERLOADED, 30));
    pace.busy(busy(Problem.Busy.Cause.OVERLOADED, 1));

    assertThat(pace.take()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void halvesThePeopleOfACallAtEveryTroubleDownToOne() {
    pace.busy(busy(Problem.Busy.Cause.TOO_MANY, 1));
    assertThat(pace.people(25)).isEqualTo(12);
    assertThat(pace.people(10)).isEqualTo(5);
    for (int i = 0; i < 20; i++) {
      pace.busy(busy(Problem.Busy.Cause.TOO_MANY, 1));
    }
    assertThat(pace.people(25)).isEqualTo(1);
    assertThat(pace.people(1)).isEqualTo(1);
  }

  @Test
  void leavesAPauseBetweenCallsWhileItIsSlow() {
    pace.busy(busy(Problem.Busy.Cause.TOO_MANY, 0));

    assertThat(pace.take()).isZero();
    assertThat(pace.take()).isPositive();
  }

  @Test
  void saysWhatHappenedHowOftenAndSinceWhen() {
    Instant began = now;
    pace.busy(busy(Problem.Busy.Cause.TOO_MANY, 3));
    pass(Duration.ofSeconds(10));
    pace.busy(busy(Problem.Busy.Cause.OVERLOADED, 5));

    assertThat(pace.slowness())
        .contains(
            new Slowness(
                Slowness.Kind.OVERLOADED, 2, began, Optional.of(now.plus(Duration.ofSeconds(5)))));
    pass(Duration.ofSeconds(5));
    assertThat(pace.slowness().orElseThrow().until()).isEmpty();
  }

  @Test
  void speedsUpStepByStepAfterGoodAnswers() {
    pace.busy(busy(Problem.Busy.Cause.TOO_MANY, 1));
    pace.busy(busy(Problem.Busy.Cause.TOO_MANY, 1));
    answers(3, Duration.ofMillis(80));
    assertThat(pace.people(25)).isEqualTo(12);
    assertThat(pace.slowness()).isPresent();

    answers(3, Duration.ofMillis(80));
    assertThat(pace.people(25)).isEqualTo(25);
    assertThat(pace.slowness()).isEmpty();
    assertThat(pace.take()).isZero();
    assertThat(pace.take()).isZero();
  }

  @Test
  void isFullSpeedAgainAWhileAfterTheLastTrouble() {
    pace.busy(busy(Problem.Busy.Cause.TOO_MANY, 60));
    pass(Duration.ofSeconds(61));
    assertThat(pace.slowness()).isPresent();
    pass(Duration.ofSeconds(121));

    assertThat(pace.slowness()).isEmpty();
    assertThat(pace.people(25)).isEqualTo(25);
  }

  @Test
  void learnsNothingFromAnswersThatNeverCame() {
    answers(5, Duration.ofMillis(800));
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() ->
              pace.timed(
                  Work.DELETE,
                  1,
                  () -> {
                    throw new ProblemException(new Problem.Unreachable("localhost", true));
                  }))
          .isInstanceOf(ProblemException.class);
    }
    answers(1, Duration.ofMillis(2100));

    assertThat(pace.slowness()).isEmpty();
  }

  @Test
  void slowsDownWhenAnswersTakeMuchLongerThanBefore() {
    answers(5, Duration.ofMillis(400));
    assertThat(pace.slowness()).isEmpty();
    answers(1, Duration.ofSeconds(9));

    assertThat(pace.slowness().orElseThrow().kind()).isEqualTo(Slowness.Kind.SLOW_ANSWERS);
    assertThat(pace.people(25)).isEqualTo(12);
  }

  @Test
  void doesNotCallShortAnswersSlowHoweverShortTheOthersWere() {
    answers(5, Duration.ofMillis(10));
    answers(5, Duration.ofMillis(1900));

    assertThat(pace.slowness()).isEmpty();
  }

  @Test
  void comparesTimesByTheNumberOfPeople() {
    pace.took(Work.INVITE, 1, Duration.ofMillis(700));
    pace.took(Work.INVITE, 25, Duration.ofSeconds(3));

    assertThat(pace.slowness()).isEmpty();
  }

  @Test
  void takesAServerThatStaysSlowAsItIs() {
    answers(5, Duration.ofMillis(800));
    answers(60, Duration.ofSeconds(4));

    assertThat(pace.slowness()).isEmpty();
  }

  @Test
  void tellsThoseWhoWatchWhenItBeginsAndEnds() {
    int[] told = {0};
    try (Changes.Subscription ignored = changes.subscribe(change -> told[0]++)) {
      pace.busy(busy(Problem.Busy.Cause.TOO_MANY, 1));
      assertThat(told[0]).isEqualTo(1);
      answers(3, Duration.ofMillis(50));
      assertThat(told[0]).isEqualTo(2);
      answers(10, Duration.ofMillis(50));
      assertThat(told[0]).isEqualTo(2);
    }
  }

  private void answers(int times, Duration each) {
    for (int i = 0; i < times; i++) {
      pace.took(Work.DELETE, 1, each);
    }
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static Problem.Busy busy(Problem.Busy.Cause why, int seconds) {
    return new Problem.Busy(why, Optional.of(Duration.ofSeconds(seconds)));
  }
}
