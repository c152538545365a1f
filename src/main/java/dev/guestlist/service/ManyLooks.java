package dev.guestlist.service;

import dev.guestlist.model.CodeCheck;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Problem;
import dev.guestlist.service.CodeDesk.Look;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks at many codes at once, and keeps to the pace that the server asked for meanwhile.
final class ManyLooks {
  /// How often a code is looked up anew because the server asked for patience.
  private static final int PATIENCE = 3;

  private static final int MOST_WAITS = 20;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final CodeDesk desk;
  private final Session session;
  private final BiConsumer<ConfirmationCode, Look> found;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Object telling = new Object();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  /// what would keep every other code from being looked up too
  private volatile Optional<Look> hopeless = Optional.empty();

  ManyLooks(CodeDesk desk, Session session, BiConsumer<ConfirmationCode, Look> found) {
    this.desk = desk;
    this.session = session;
    this.found = found;
  }

  void look(List<ConfirmationCode> codes) {
    Queue<ConfirmationCode> left = new ConcurrentLinkedQueue<>(codes);
    int atOnce = Math.min(session.connection().requestsAtOnce(), codes.size());
    List<Thread> lookers =
        Stream.generate(() -> Thread.ofVirtual().name("look").unstarted(() -> lookAt(left)))
            .limit(atOnce)
            .toList();
    lookers.forEach(Thread::start);
    try {
      for (Thread looker : lookers) {
        looker.join();
      }
    } catch (InterruptedException e) {
      // a call on its way is let end: breaking it off would look like a lost connection
      synchronized (telling) {
        stopped.countDown();
      }
      Thread.currentThread().interrupt();
    }
    RuntimeException thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }

  private void lookAt(Queue<ConfirmationCode> left) {
    try {
      ConfirmationCode code = left.poll();
      while (code != null && !stopped()) {
        tell(code, patiently(code));
        code = left.poll();
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
      stopped.countDown();
    }
  }

  private void tell(ConfirmationCode code, Look look) {
    synchronized (telling) {
      if (!stopped()) {
        found.accept(code, look);
      }
    }
  }

  /// Waits for the turn, and looks again where the server only asked for patience.
  private Look patiently(ConfirmationCode code) {
    Look look = lookAt(code);
    for (int again = 0; again < PATIENCE && busy(look) && !stopped(); again++) {
      look = lookAt(code);
    }
    return look;
  }

  private Look lookAt(ConfirmationCode code) {
    awaitTurn();
    Look look = hopeless.orElseGet(() -> desk.look(code));
    if (concernsAll(look)) {
      hopeless = Optional.of(look);
    }
    if (look instanceof Look.Found(CodeCheck check, Optional<CodeDesk.Gets> ignored)) {
      desk.learnNames(check);
    }
    return look;
  }

  private static boolean busy(Look look) {
    return look instanceof Look.NotChecked(Problem why) && why instanceof Problem.Busy;
  }

  private static boolean concernsAll(Look look) {
    return look instanceof Look.NotChecked(Problem why)
        && switch (why) {
          case Problem.Unreachable ignored -> true;
          case Problem.Untrusted ignored -> true;
          case Problem.SignedOut ignored -> true;
          case Problem.NotAllowed ignored -> true;
          case Problem.Rejected ignored -> false;
          case Problem.Busy ignored -> false;
          case Problem.ServerFault ignored -> false;
          case Problem.Unreadable ignored -> false;
        };
  }

  private void awaitTurn() {
    Duration wait = session.pace().take();
    for (int time = 0; time < MOST_WAITS && !wait.isZero() && !stopped(); time++) {
      await(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
      wait = session.pace().take();
    }
  }

  private void await(Duration wait) {
    try {
      boolean ignored = stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts a look.", e);
    }
  }

  private boolean stopped() {
    return stopped.getCount() == 0;
  }
}
