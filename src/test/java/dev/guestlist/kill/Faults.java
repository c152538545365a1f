package dev.guestlist.kill;

import dev.guestlist.practice.PracticeControl;
import dev.guestlist.practice.PracticeControl.Log;
import dev.guestlist.practice.PracticeControl.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/// Switches faults on at the practice server, one kind after the other in random order, and tells
/// from its log which of them really struck. None of them keeps a list from being read or takes a
/// right away, so that none excuses a row that cannot tell.
final class Faults {
  /// What goes wrong.
  enum Kind {
    /// the work is done, and its answer never arrives
    ANSWER_LOST,
    /// the request never gets there
    REQUEST_LOST,
    /// 429 or 503
    BUSY,
    /// an invite call ends with 500 after some of its people
    INVITE_CRASHED,
    /// every answer takes longer
    SLOW
  }

  private static final String INVITE = "/guests/invite";
  private static final List<String> OTHERS =
      List.of("/guests/invitations/", "/guests/invitation/accept", "/guests/invitation/introspect");

  private final PracticeControl control;
  private final Random random;
  private final List<Kind> order = new ArrayList<>(Arrays.asList(Kind.values()));
  private final Map<Kind, Integer> on = new EnumMap<>(Kind.class);
  private int number;
  private int slowSince = -1;
  private int slowRequests;

  Faults(PracticeControl control, Random random) {
    this.control = control;
    this.random = random;
    Collections.shuffle(order, random);
  }

  /// Switches the next one on; what has not struck yet stays on.
  void switchOneOn() {
    Kind kind = order.get(number++ % order.size());
    int times = 1 + random.nextInt(2);
    switch (kind) {
      case ANSWER_LOST -> path(times, control::dropAfterWork);
      case REQUEST_LOST -> path(times, control::dropBeforeWork);
      case BUSY ->
          path(
              times,
              (path, count) ->
                  control.beBusy(path, random.nextBoolean() ? 429 : 503, count, OptionalInt.of(1)));
      case INVITE_CRASHED -> control.crashInviteAfter(random.nextInt(4));
      case SLOW -> {
        slowSince = control.log().requests().size();
        control.answerSlowly(Duration.ofMillis(20 + random.nextInt(150)));
      }
    }
    on.merge(kind, 1, Integer::sum);
  }

  private interface AtPath {
    void plan(String path, int times);
  }

  /// Once at an invite call, which takes the most care and comes most often, and somewhere else.
  private void path(int times, AtPath fault) {
    fault.plan(INVITE, 1);
    fault.plan(OTHERS.get(random.nextInt(OTHERS.size())), times);
  }

  /// Answers take their usual time again.
  void slowNoMore() {
    if (slowSince >= 0) {
      slowRequests += control.log().requests().size() - slowSince;
      slowSince = -1;
      control.answerSlowly(Duration.ZERO);
    }
  }

  /// How often each kind was switched on.
  Map<Kind, Integer> on() {
    return on;
  }

  /// How many requests each kind really struck; none where it is not in the map.
  Map<Kind, Integer> struck(Log log) {
    Map<Kind, Integer> struck = new EnumMap<>(Kind.class);
    if (slowRequests > 0) {
      struck.put(Kind.SLOW, slowRequests);
    }
    for (Request request : log.requests()) {
      if (request.note().startsWith("done, then dropped")) {
        struck.merge(Kind.ANSWER_LOST, 1, Integer::sum);
      } else if (request.note().startsWith("dropped before")) {
        struck.merge(Kind.REQUEST_LOST, 1, Integer::sum);
      } else if (request.status() == 429 || request.status() == 503) {
        struck.merge(Kind.BUSY, 1, Integer::sum);
      } else if (request.status() == 500 && request.path().endsWith(INVITE)) {
        struck.merge(Kind.INVITE_CRASHED, 1, Integer::sum);
      }
    }
    return struck;
  }
}
