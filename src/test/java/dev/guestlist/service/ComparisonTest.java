package dev.guestlist.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Basis;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Decision;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Role;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Username;
import dev.guestlist.model.Wish;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.RowChange;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What waits, beside lists that this computer has.
@Execution(ExecutionMode.CONCURRENT)
class ComparisonTest {
  private static final OrganizationId CONTOSO = new OrganizationId("o-1");
  private static final Group SALES = new Group("g-1", "sales");
  private static final Group VIEWERS = new Group("g-2", "viewers");
  private static final Role SALES_ROLE = new Role("r-1", "sales", Optional.empty());

  @TempDir private Path folder;
  private PracticeWorld world;
  private ConnectionId connection;
  private Instant now;

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.in(folder);
    connection = world.connection().id();
    now = world.clock().instant();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static Target.Person kim(Optional<String> store, List<Role> roles, Group... groups) {
    return new Target.Person(new Username("kim", store), roles, List.of(groups));
  }

  private static final Target.Person KIM = kim(Optional.empty(), List.of());

  private Invitation listed(String id, Invitation.Status status, Group... groups) {
    Instant ends = status == Invitation.Status.PENDING ? now.plusSeconds(9) : now.minusSeconds(9);
    return new Invitation(
        new InvitationId(id),
        "Kim",
        "kim@acme.example",
        List.of(),
        List.of(groups),
        status,
        Optional.of(ends));
  }

  private void list(Invitation... all) throws Exception {
    now = now.plus(Duration.ofMinutes(1));
    int rows =
        world
            .store()
            .invitations()
            .replaceAll(connection, CONTOSO, to -> List.of(all).forEach(to), now);
    assertThat(rows).isEqualTo(all.length);
  }

  private Comparison comparison(Set<String> members, Optional<Assignments.Choice> gifts) {
    LocalStore store = world.store();
    return new Comparison(store, connection, CONTOSO, List.of("kim"), members, gifts);
  }

  private Comparison comparison() {
    return comparison(Set.of(), Optional.empty());
  }

  private RunRow row(Target target, RowState state, int attempts, int lost) {
    return new RunRow(
        1,
        1,
        0,
        target,
        state,
        attempts,
        now,
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.of(comparison().newest(target)),
        Optional.empty(),
        now,
        lost,
        false);
  }

  private RunRow row(Target target) {
    return row(target, RowState.READY, 0, 0);
  }

  private static Optional<Reason> reason(Optional<RowChange> verdict) {
    return verdict.flatMap(RowChange::reason);
  }

  @Nested
  class WhoHadTwoInvitationsFromTheStart {
    private final InvitationId old = new InvitationId("old");

    @Test
    void hasNoNewerOneForThat() throws Exception {
      list(listed("old", Invitation.Status.EXPIRED), listed("p", Invitation.Status.PENDING));
      RunRow again = row(new Target.Again(old, KIM, Target.Again.Step.DELETE));
      RunRow delete = row(new Target.Listed(old, "kim"));

      assertThat(comparison().verdict(again)).isEmpty();
      assertThat(comparison().verdict(delete)).isEmpty();
      assertThat(comparison().there(again).invitation().orElseThrow().id()).isEqualTo(old);
    }

    @Test
    void hasOneOnceAnotherIsThere() throws Exception {
      list(listed("old", Invitation.Status.EXPIRED), listed("p", Invitation.Status.PENDING));
      RunRow again = row(new Target.Again(old, KIM, Target.Again.Step.DELETE));
      list(listed("old", Invitation.Status.EXPIRED), listed("q", Invitation.Status.PENDING));

      assertThat(reason(comparison().verdict(again))).contains(Reason.CHANGED_MEANWHILE);
      assertThat(comparison().there(again).invitation().orElseThrow().id().value()).isEqualTo("q");
    }

    @Test
    void losesTheOneThatWasMeant() throws Exception {
      list(listed("old", Invitation.Status.EXPIRED), listed("p", Invitation.Status.PENDING));
      RunRow again = row(new Target.Again(old, KIM, Target.Again.Step.DELETE));
      RunRow delete = row(new Target.Listed(old, "kim"));
      list(listed("p", Invitation.Status.PENDING));

      assertThat(reason(comparison().verdict(again))).contains(Reason.INVITATION_GONE);
      assertThat(comparison().verdict(delete).orElseThrow().state()).isEqualTo(RowState.WAS_GONE);
    }
  }

  @Test
  void whatIsGoneIsAskedAboutBeforeAnythingThatDeletes() throws Exception {
    list(listed("a", Invitation.Status.PENDING));
    Target.Person mine = kim(Optional.empty(), List.of(), SALES);
    RunRow again = row(new Target.Again(new InvitationId("a"), mine, Target.Again.Step.DELETE));
    RunRow invite = row(mine);
    list(listed("b", Invitation.Status.PENDING));
    Comparison there =
        comparison(
            Set.of(),
            Optional.of(new Assignments.Choice(List.of(VIEWERS), List.of(), Optional.of(now))));

    assertThat(reason(there.verdict(again))).contains(Reason.UNKNOWN_GROUP);
    assertThat(reason(there.verdict(invite))).contains(Reason.UNKNOWN_GROUP);
    assertThat(reason(comparison().verdict(again))).contains(Reason.CHANGED_MEANWHILE);
    assertThat(reason(comparison().verdict(invite))).contains(Reason.ALREADY_INVITED);
  }

  @Test
  void onlyTheGroupThatIsGoneIsLeftOutAndNotTheRoleOfItsName() {
    Target.Person mine = kim(Optional.empty(), List.of(SALES_ROLE), SALES, VIEWERS);
    Comparison.Gone gone =
        Comparison.gone(
            mine, new Assignments.Choice(List.of(VIEWERS), List.of(SALES_ROLE), Optional.of(now)));

    assertThat(gone.names()).containsExactly("sales");
    assertThat(gone.without(mine)).isEqualTo(kim(Optional.empty(), List.of(SALES_ROLE), VIEWERS));
  }

  @Test
  void aMemberOfThatNameIsNotTakenForSomebodyOfAnotherUserStore() throws Exception {
    list();
    Comparison there = comparison(Set.of("kim"), Optional.empty());

    assertThat(there.verdict(row(KIM)).orElseThrow().state()).isEqualTo(RowState.ALREADY_MEMBER);
    assertThat(there.verdict(row(kim(Optional.of("CORP"), List.of())))).isEmpty();
  }

  @Test
  void whoeverBecameAMemberIsNotInvitedAgain() throws Exception {
    list(listed("a", Invitation.Status.PENDING));
    Target again = new Target.Again(new InvitationId("a"), KIM, Target.Again.Step.DELETE);
    RunRow row = row(again);

    assertThat(comparison(Set.of("kim"), Optional.empty()).verdict(row).orElseThrow().state())
        .isEqualTo(RowState.ALREADY_MEMBER);
  }

  @Test
  void aCallThatNeverArrivedIsComparedAndOneThatGotLostIsNot() throws Exception {
    list();
    RunRow neverArrived = row(KIM, RowState.READY, 1, 0);
    RunRow lost = row(KIM, RowState.READY, 1, 1);
    list(listed("a", Invitation.Status.PENDING));

    assertThat(reason(comparison().verdict(neverArrived))).contains(Reason.ALREADY_INVITED);
    assertThat(comparison().verdict(lost)).isEmpty();
    assertThat(Review.isJudged(neverArrived)).isTrue();
    assertThat(Review.isJudged(lost)).isFalse();
  }

  @Nested
  class AreAlike {
    private Conflict conflict(Wish wish, String account, Target target) {
      Run run =
          new Run(
              1,
              connection,
              Optional.of(CONTOSO),
              wish,
              account,
              Ticket.NONE,
              now,
              Run.Phase.ACTIVE,
              "",
              Optional.empty(),
              Map.of(RowState.NEEDS_DECISION, 1));
      return new Conflict(
          run,
          row(target, RowState.NEEDS_DECISION, 3, 2),
          Conflict.Kind.NEVER_ARRIVED,
          Optional.of(CONTOSO),
          Basis.NOTHING,
          Basis.NOTHING,
          List.of(),
          Optional.empty(),
          List.of(Decision.TRY_AGAIN, Decision.DISCARD));
    }

    @Test
    void onlyThoseThatWantTheSame() {
      Conflict invite = conflict(new Wish.Invite(true), "pat", KIM);
      Target lee = new Target.Person(new Username("lee", Optional.empty()), List.of(), List.of());
      Target old = new Target.Listed(new InvitationId("a"), "kim");
      Target first = new Target.Again(new InvitationId("a"), KIM, Target.Again.Step.DELETE);
      Target second = new Target.Again(new InvitationId("a"), KIM, Target.Again.Step.INVITE);

      assertThat(invite.alike(conflict(new Wish.Invite(true), "pat", lee))).isTrue();
      assertThat(invite.alike(conflict(new Wish.Delete(), "pat", old))).isFalse();
      assertThat(invite.alike(conflict(new Wish.Invite(false), "pat", lee))).isFalse();
      assertThat(invite.alike(conflict(new Wish.Invite(true), "ina", lee))).isFalse();
      assertThat(
              invite.alike(
                  conflict(new Wish.Invite(true), "pat", kim(Optional.empty(), List.of(), SALES))))
          .isFalse();
      assertThat(
              conflict(new Wish.InviteAgain(true), "pat", first)
                  .alike(conflict(new Wish.InviteAgain(true), "pat", second)))
          .isFalse();
    }
  }
}
