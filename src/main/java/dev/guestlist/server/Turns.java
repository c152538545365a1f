package dev.guestlist.server;

import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps to the number of calls that a server takes within some time, for each group of its
/// interfaces by itself. Whoever comes too early waits; whoever would wait too long is told so.
final class Turns {
  private static final List<String> GROUPS =
      List.of("/.well-known/", "/api/server/", "/api/users/", "/scim2/", "/oauth2/");

  private final Optional<Limits.Pace> pace;
  private final Duration longest;
  private final Map<String, Deque<Long>> taken = new HashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /// @param longest the longest that one call waits
  Turns(Optional<Limits.Pace> pace, Duration longest) {
    this.pace = pace;
    this.longest = longest;
  }

  /// Waits until this endpoint may be called.
  ///
  /// @throws ProblemException `Busy` at once when that would take too long
  /// @throws IOException when nobody is interested any more
  void take(Endpoint endpoint) throws ProblemException, IOException {
    if (pace.isEmpty()) {
      return;
    }
    long wait = reserve(group(endpoint), pace.get(), System.nanoTime());
    if (wait <= 0) {
      return;
    }
    try {
      if (closed.await(wait, TimeUnit.NANOSECONDS)) {
        throw new IOException("Closed while waiting for a turn.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for a turn.");
    }
  }

  /// Lets go of everybody who waits.
  void close() {
    closed.countDown();
  }

  private synchronized long reserve(String group, Limits.Pace kept, long now)
      throws ProblemException {
    Deque<Long> turns = taken.computeIfAbsent(group, name -> new ArrayDeque<>());
    long turn = now;
    if (turns.size() >= kept.calls()) {
      turn = Math.max(now, turns.getFirst() + kept.within().toNanos());
      Duration wait = Duration.ofNanos(turn - now);
      if (wait.compareTo(longest) > 0) {
        throw new ProblemException(new Problem.Busy(Optional.of(wait)));
      }
      turns.removeFirst();
    }
    turns.addLast(turn);
    return turn - now;
  }

  private static String group(Endpoint endpoint) {
    return GROUPS.stream()
        .filter(group -> (endpoint.template() + "/").contains(group))
        .findFirst()
        .orElse("");
  }
}
