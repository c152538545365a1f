package dev.guestlist.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Ticket;
import dev.guestlist.practice.PracticeControl;
import dev.guestlist.service.CodeDesk.Look;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Looking codes up at the practice server, one and many.
@Execution(ExecutionMode.CONCURRENT)
class CodeDeskTest {
  private static final ConfirmationCode NOBODYS =
      ConfirmationCode.asGiven("0b0b0b0b-1111-4222-8333-444455556666");

  @TempDir private Path folder;
  private PracticeWorld world;
  private OrganizationId contoso;

  @BeforeEach
  void signIn() throws Exception {
    world = PracticeWorld.signedIn(folder);
    contoso = world.organization("Contoso");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private CodeDesk desk() {
    return world.workplace().codes();
  }

  private List<ConfirmationCode> invited(int count) {
    Run run = world.workplace().runs().invite(contoso, world.people("Contoso", count), false, "");
    List<ConfirmationCode> codes = new ArrayList<>();
    for (RunRow row : world.settled(run)) {
      codes.add(world.workplace().runs().code(row.id()).orElseThrow());
    }
    world.control().clearLog();
    return codes;
  }

  private static List<ConfirmationCode> unknown(int count) {
    List<ConfirmationCode> codes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      codes.add(ConfirmationCode.asGiven("0b0b0b0b-1111-4222-8333-%012d".formatted(i)));
    }
    return codes;
  }

  private List<PracticeControl.Request> looks() {
    return world.control().log().requests().stream()
        .filter(one -> one.path().contains("/invitation/introspect"))
        .toList();
  }

  private Map<ConfirmationCode, Look> look(List<ConfirmationCode> codes) {
    Map<ConfirmationCode, Look> found = new ConcurrentHashMap<>();
    desk().look(codes, (code, look) -> assertThat(found.put(code, look)).isNull());
    return found;
  }

  @Nested
  class OneCode {
    @Test
    void saysWhatItGivesAndHowOldThatKnowledgeIs() {
      ConfirmationCode code = world.mailed("Contoso");
      assertThat(desk().look(code))
          .isInstanceOfSatisfying(Look.Found.class, it -> assertThat(it.gets()).isEmpty());

      Instant before = world.clock().instant();
      assertThat(world.workplace().invitations().refresh(contoso)).isEmpty();

      assertThat(desk().look(code))
          .isInstanceOfSatisfying(
              Look.Found.class,
              it ->
                  assertThat(it.gets().orElseThrow().asOf())
                      .isBetween(before.minusSeconds(1), world.clock().instant()));
    }
  }

  @Nested
  class WithNoOrganizationOpen {
    @BeforeEach
    void readNames() {
      assertThat(world.workplace().organizations().readIndex()).isEmpty();
    }

    private void restart() throws Exception {
      world.restartProgram();
      world.signIn("pat");
      world.control().clearLog();
    }

    private long entered() {
      return world.control().log().requests().stream()
          .filter(one -> one.path().endsWith("/oauth2/token"))
          .count();
    }

    @Test
    void manyLooksEnterOneOnce() throws Exception {
      List<ConfirmationCode> codes = invited(4);
      restart();
      assertThat(world.workplace().session().current()).isEmpty();
      assertThat(desk().canLook()).as("as far as is known").isTrue();

      assertThat(look(codes).values()).hasOnlyElementsOfType(Look.Found.class);
      assertThat(entered()).as("the one that was open last").isEqualTo(1);
    }

    @Test
    void anAccountThatIsLetInNowhereIsToldSoOnce() throws Exception {
      ConfirmationCode code = world.mailed("Contoso");
      restart();
      world.signIn("nul");
      assertThat(desk().look(code)).isInstanceOf(Look.NotChecked.class);
      assertThat(desk().canLook()).isFalse();
      world.control().clearLog();
      assertThat(desk().look(code)).isInstanceOf(Look.NotChecked.class);
      assertThat(world.control().log().requests()).as("not tried again").isEmpty();
    }

    @Test
    void keptCodesAreAcceptedAllTheSame() throws Exception {
      Run kept = keptOffline();
      restart();
      assertThat(world.settled(kept)).extracting(RunRow::state).containsOnly(RowState.JOINED);
    }
  }

  private Run keptOffline() throws Exception {
    ConfirmationCode code = world.mailed("Contoso");
    world.stopServer();
    world.workplace().session().probe();
    Run kept =
        world
            .workplace()
            .runs()
            .accept(
                List.of(new Runs.ToAccept(code, Optional.empty(), Optional.empty())),
                Ticket.of("INC-9"),
                Duration.ZERO);
    world.startServer();
    return kept;
  }

  @Test
  void keptCodesAreAcceptedThoughThisComputerHasNeverReadTheNamesOfOrganizations()
      throws Exception {
    assertThat(world.workplace().organizations().known()).isZero();
    Run kept = keptOffline();
    world.restartProgram();
    world.signIn("pat");
    assertThat(world.settled(kept)).extracting(RunRow::state).containsOnly(RowState.JOINED);
  }

  @Test
  void keptCodesAreAskedAboutWhereNoNameMayBeRead() throws Exception {
    Run kept = keptOffline();
    world.restartProgram();
    world.signIn("nul");
    world.workplace().runs().sendAsMe("pat");
    assertThat(world.settled(kept))
        .extracting(RunRow::state, RunRow::reason)
        .containsOnly(tuple(RowState.NEEDS_DECISION, Optional.of(Reason.NOT_CHECKED)));
  }

  @Test
  void anOrganizationThatGivesNoRightIsLeftForOneThatDoes() throws Exception {
    ConfirmationCode code = world.mailed("Contoso");
    assertThat(world.workplace().organizations().readIndex()).isEmpty();
    OrganizationId root = world.workplace().organizations().root().orElseThrow().id();
    world.restartProgram();
    world.signIn("pat");
    world.workplace().organizations().switchTo(root);
    assertThat(desk().look(code)).isInstanceOf(Look.Found.class);
    assertThat(world.workplace().session().current()).contains(root);
  }

  @Nested
  class ManyCodes {
    @Test
    void areEachAnsweredOnce() {
      List<ConfirmationCode> codes = new ArrayList<>(invited(3));
      codes.add(NOBODYS);

      Map<ConfirmationCode, Look> found = look(codes);

      assertThat(found).hasSize(4);
      assertThat(found.get(NOBODYS)).isInstanceOf(Look.Unknown.class);
      assertThat(codes.subList(0, 3))
          .allSatisfy(code -> assertThat(found.get(code)).isInstanceOf(Look.Found.class));
      assertThat(looks()).hasSize(4);
    }

    @Test
    void learnTheNamesOfTheirOrganizationsOnce() {
      List<ConfirmationCode> codes = invited(6);
      assertThat(look(codes).values()).hasOnlyElementsOfType(Look.Found.class);
      assertThat(world.workplace().organizations().name(contoso)).isEqualTo("Contoso");
      assertThat(nameReads()).hasSizeLessThanOrEqualTo(3);

      world.control().clearLog();
      assertThat(look(codes).values()).hasOnlyElementsOfType(Look.Found.class);
      assertThat(nameReads()).isEmpty();
    }

    @Test
    void whoseOrganizationsMayNotBeReadAreNotEachAskedForInVain() {
      List<ConfirmationCode> codes = invited(8);
      world.control().takeRight("pat", "ACME", "internal_org_organization_view");

      assertThat(look(codes).values()).hasOnlyElementsOfType(Look.Found.class);
      assertThat(look(codes).values()).hasOnlyElementsOfType(Look.Found.class);

      assertThat(world.workplace().organizations().find(contoso)).isEmpty();
      assertThat(nameReads()).as("child and parent, once").hasSizeBetween(1, 2);
      assertThat(looks()).hasSize(16);
    }

    private List<PracticeControl.Request> nameReads() {
      return world.control().log().requests().stream()
          .filter(one -> one.path().contains("/organizations/"))
          .toList();
    }

    @Test
    void noneAsksNothing() {
      assertThat(look(List.of())).isEmpty();
      assertThat(looks()).isEmpty();
    }

    @Test
    void areAskedAsManyAtOnceAsTheConnectionAllowsAndToldOneAfterTheOther() {
      world.control().answerSlowly(Duration.ofMillis(60));
      AtomicInteger telling = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      List<String> threads = Collections.synchronizedList(new ArrayList<>());

      desk()
          .look(
              unknown(10),
              (code, look) -> {
                most.accumulateAndGet(telling.incrementAndGet(), Math::max);
                threads.add(Long.toString(Thread.currentThread().threadId()));
                telling.decrementAndGet();
              });

      assertThat(most).hasValue(1);
      assertThat(threads).hasSize(10);
      assertThat(List.copyOf(new HashSet<>(threads)))
          .as("as many threads as requests at once")
          .hasSize(world.connection().requestsAtOnce())
          .doesNotContain(Long.toString(Thread.currentThread().threadId()));
    }

    @Test
    void areAskedForAgainWhenTheServerWantsPatience() {
      List<ConfirmationCode> codes = invited(3);
      world.control().beBusy("/invitation/introspect", 429, 2, OptionalInt.of(1));

      Map<ConfirmationCode, Look> found = look(codes);

      assertThat(found.values()).hasSize(3).allMatch(Look.Found.class::isInstance);
    }

    @Test
    void withoutAConnectionAreNotEachTriedInVain() {
      world.stopServer();

      Map<ConfirmationCode, Look> found = look(unknown(30));

      assertThat(found).hasSize(30);
      assertThat(found.values())
          .allSatisfy(look ->
              assertThat(look)
                  .isInstanceOfSatisfying(
                      Look.NotChecked.class,
                      it -> assertThat(it.why()).isInstanceOf(Problem.Unreachable.class)));
    }

    @Test
    void signedOutAreNotSentAtAll() {
      world.workplace().session().signOut();
      world.control().clearLog();

      assertThat(look(unknown(5)).values())
          .hasSize(5)
          .allMatch(
              look -> look instanceof Look.NotChecked it && it.why() instanceof Problem.SignedOut);
      assertThat(looks()).isEmpty();
    }

    @Test
    void stopWhenTheThreadIsInterruptedAndTheConnectionIsNotTakenForLost() throws Exception {
      world.control().answerSlowly(Duration.ofMillis(100));
      CountDownLatch first = new CountDownLatch(1);
      AtomicInteger told = new AtomicInteger();
      AtomicBoolean stillMarked = new AtomicBoolean();
      Thread looker =
          Thread.ofVirtual()
              .start(() -> {
                desk()
                    .look(
                        unknown(200),
                        (code, look) -> {
                          told.incrementAndGet();
                          first.countDown();
                        });
                stillMarked.set(Thread.currentThread().isInterrupted());
              });
      assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();

      looker.interrupt();
      assertThat(looker.join(Duration.ofSeconds(20))).isTrue();

      int then = told.get();
      assertThat(stillMarked).isTrue();
      assertThat(then).isLessThan(200);
      assertThat(desk().look(NOBODYS)).isInstanceOf(Look.Unknown.class);
      assertThat(told).as("nothing is told after it returned").hasValue(then);
      assertThat(world.workplace().session().link().offline()).isFalse();
      assertThat(looks()).hasSizeLessThan(200);
    }

    @Test
    void aFailureOfTheListenerReachesTheCaller() {
      assertThatThrownBy(() ->
              desk()
                  .look(
                      unknown(3),
                      (code, look) -> {
                        throw new IllegalStateException("full");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("full");
    }
  }
}
