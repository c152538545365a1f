package dev.guestlist.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Reading again what changes while it is read.
class RereadTest {
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final Background background = new Background(work::add, Runnable::run, failures::add);
  private final AtomicInteger now = new AtomicInteger();
  private final List<Integer> shown = new ArrayList<>();

  @Test
  void howeverOftenItIsAskedMeanwhileOneMoreReadFollows() {
    Reread<Integer> reread = Reread.of(background, now::get, shown::add);
    reread.ask();
    for (int i = 1; i <= 5; i++) {
      now.set(i);
      reread.ask();
    }
    assertThat(work).as("never two at once").hasSize(1);

    now.set(0);
    work.remove().run();
    now.set(5);
    work.remove().run();
    assertThat(shown).containsExactly(0, 5);
    assertThat(work).isEmpty();
  }

  @Test
  void whatIsToBeReadIsSaidAnewBeforeEachRead() {
    List<String> prepared = new ArrayList<>();
    Reread<Integer> reread =
        Reread.prepared(
            background,
            () -> {
              int wanted = now.get();
              prepared.add("after " + shown.size());
              return () -> wanted;
            },
            shown::add);
    reread.ask();
    now.set(7);
    reread.ask();
    work.remove().run();
    work.remove().run();
    assertThat(shown).containsExactly(0, 7);
    assertThat(prepared).containsExactly("after 0", "after 1");
  }

  @Test
  void aReadThatFailsIsToldAndTheNextOneIsMade() {
    Reread<Integer> reread =
        Reread.of(
            background,
            () -> {
              if (now.get() == 0) {
                throw new IllegalStateException("The disk does not answer.");
              }
              return now.get();
            },
            shown::add);
    reread.ask();
    reread.ask();
    try {
      work.remove().run();
    } catch (IllegalStateException e) {
      failures.add(e);
    }
    now.set(3);
    work.remove().run();
    assertThat(failures).singleElement().asString().contains("The disk does not answer.");
    assertThat(shown).containsExactly(3);
  }
}
