package dev.guestlist.practice;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What is switched to go wrong. Each switch belongs to requests whose path contains a text, and
/// goes off after a number of them. Nothing of this outlives a restart.
final class Scenarios {
  /// What happens to a matching request.
  sealed interface Fault {
    /// The connection ends before anything is done.
    record DropBefore() implements Fault {}

    /// Everything is done, then the connection ends without an answer.
    record DropAfter() implements Fault {}

    /// Nothing is done; the server is busy (429 or 503).
    record Busy(int status, OptionalInt retryAfterSeconds) implements Fault {}

    /// Nothing is done; a page of a proxy comes instead.
    record Html(int status) implements Fault {}

    /// Nothing is done; the endpoint's own 500 comes instead.
    record Trouble() implements Fault {}
  }

  private static final class Planned {
    final String method;
    final String pathPart;
    final Fault fault;
    int left;

    Planned(String method, String pathPart, Fault fault, int left) {
      this.method = method;
      this.pathPart = pathPart;
      this.fault = fault;
      this.left = left;
    }
  }

  private final List<Planned> planned = new ArrayList<>();
  private final ArrayDeque<Integer> inviteCrashes = new ArrayDeque<>();
  private volatile Duration delay = Duration.ZERO;
  private volatile int refuseEvery;
  private int listRefusals;
  private int acceptCrashes;

  synchronized void plan(String method, String pathPart, Fault fault, int times) {
    planned.add(new Planned(method, pathPart, fault, times));
  }

  /// Takes the first fault that fits this request.
  synchronized Optional<Fault> next(String method, String path) {
    for (Iterator<Planned> all = planned.iterator(); all.hasNext(); ) {
      Planned one = all.next();
      if ((one.method.isEmpty() || one.method.equals(method)) && path.contains(one.pathPart)) {
        one.left--;
        if (one.left <= 0) {
          all.remove();
        }
        return Optional.of(one.fault);
      }
    }
    return Optional.empty();
  }

  void delay(Duration slow) {
    delay = slow;
  }

  Duration delay() {
    return delay;
  }

  synchronized void crashInviteAfter(int people) {
    inviteCrashes.add(people);
  }

  /// After how many people the invite call that begins now crashes.
  synchronized OptionalInt nextInviteCrash() {
    Integer people = inviteCrashes.poll();
    return people == null ? OptionalInt.empty() : OptionalInt.of(people);
  }

  void refuseEvery(int people) {
    refuseEvery = people;
  }

  int refuseEvery() {
    return refuseEvery;
  }

  synchronized void refuseLists(int times) {
    listRefusals = times;
  }

  synchronized boolean nextListIsRefused() {
    if (listRefusals == 0) {
      return false;
    }
    listRefusals--;
    return true;
  }

  synchronized void crashAccepts(int times) {
    acceptCrashes = times;
  }

  /// Whether the accept that has just made somebody a member crashes now.
  synchronized boolean nextAcceptCrashes() {
    if (acceptCrashes == 0) {
      return false;
    }
    acceptCrashes--;
    return true;
  }

  synchronized void clear() {
    planned.clear();
    inviteCrashes.clear();
    delay = Duration.ZERO;
    refuseEvery = 0;
    listRefusals = 0;
    acceptCrashes = 0;
  }
}
