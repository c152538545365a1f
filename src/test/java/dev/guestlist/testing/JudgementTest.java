package dev.guestlist.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Username;
import dev.guestlist.model.Wish;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.PracticeControl.Log;
import dev.guestlist.practice.PracticeControl.Request;
import dev.guestlist.testing.Judgement.Diary;
import dev.guestlist.testing.Judgement.Excuses;
import dev.guestlist.testing.Judgement.Moment;
import dev.guestlist.testing.Judgement.Verdict;
import dev.guestlist.testing.Judgement.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Judges the judge: days written by hand, with one defect each, and nothing else said about them.
class JudgementTest {
  private static final String ORGANIZATION = "northwind";
  private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");
  private static final Duration LIFETIME = Duration.ofDays(3);

  private final List<Request> requests = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();

  /// How many of the effects were there before the runs that are judged.
  private int formerEffects;

  private final Map<Run, List<RunRow>> runs = new LinkedHashMap<>();
  private final Map<Long, Moment> posted = new HashMap<>();
  private final Map<Long, Moment> settled = new HashMap<>();
  private final Map<Long, Set<String>> codes = new HashMap<>();
  private final Set<Long> letGo = new HashSet<>();
  private Instant now = BEGIN;
  private long lastRow;

  // what the server did

  private long call(String method, String path, int status, String note) {
    now = now.plusSeconds(1);
    long number = requests.size() + 1;
    requests.add(new Request(number, now, method, path, status, note));
    return number;
  }

  private long inviteCall() {
    return call("POST", "/t/acme/o/api/server/v1/guests/invite", 200, "");
  }

  private long deleteCall(String invitation, int status) {
    return call("DELETE", "/t/acme/o/api/server/v1/guests/invitations/" + invitation, status, "");
  }

  private long acceptCall(int status) {
    return call("POST", "/t/acme/o/api/server/v1/guests/invitation/accept", status, "");
  }

  private void effect(long request, Effect.Kind kind, String person, String invitation) {
    effects.add(new Effect(now, request, kind, ORGANIZATION, person, invitation));
  }

  /// Somebody was invited long before these runs.
  private void invitedBefore(String person, String invitation) {
    effect(0, Effect.Kind.INVITED, person, invitation);
  }

  // what Guestlist says

  private Moment moment() {
    return new Moment(effects.size(), requests.size(), now);
  }

  /// A run of one row that was posted at `from` and is settled now.
  private RunRow row(Wish wish, Moment from, Target target, RowState state, Reason... reason) {
    long number = runs.size() + 1;
    long id = ++lastRow;
    RunRow row =
        new RunRow(
            id,
            number,
            0,
            target,
            state,
            1,
            BEGIN,
            reason.length == 0 ? Optional.empty() : Optional.of(reason[0]),
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            BEGIN,
            0,
            false);
    runs.put(run(number, wish, List.of(row)), List.of(row));
    posted.put(number, from);
    settled.put(id, moment());
    return row;
  }

  private static Run run(long number, Wish wish, List<RunRow> rows) {
    Map<RowState, Integer> counts = new EnumMap<>(RowState.class);
    rows.forEach(row -> counts.merge(row.state(), 1, Integer::sum));
    return new Run(
        number,
        new ConnectionId("practice"),
        wish instanceof Wish.Accept
            ? Optional.empty()
            : Optional.of(new OrganizationId(ORGANIZATION)),
        wish,
        "pat",
        Ticket.NONE,
        BEGIN,
        Run.Phase.ACTIVE,
        "",
        Optional.empty(),
        counts);
  }

  private RunRow invite(Moment from, String person, RowState state, Reason... reason) {
    Target target = new Target.Person(new Username(person, Optional.empty()), List.of(), List.of());
    return row(new Wish.Invite(false), from, target, state, reason);
  }

  private RunRow delete(Moment from, String person, String invitation, RowState state) {
    Target target = new Target.Listed(new InvitationId(invitation), person);
    return row(new Wish.Delete(), from, target, state);
  }

  private RunRow accept(
      Moment from, String person, String invitation, RowState state, Reason... reason) {
    Target target =
        new Target.Code("c0de", Optional.of(person), Optional.of(new OrganizationId(ORGANIZATION)));
    RunRow row = row(new Wish.Accept(), from, target, state, reason);
    codes.put(row.id(), Set.of(invitation));
    return row;
  }

  private Verdict verdict() {
    return Judgement.of(
        new Log(requests, effects),
        formerEffects,
        runs,
        Excuses.none(),
        new Diary(
            posted,
            settled,
            Set.of(),
            List.of(),
            Map.of(),
            letGo,
            codes,
            Set.of("amy", "bob", "cat").stream()
                .map(name -> new Who(ORGANIZATION, name))
                .collect(Collectors.toSet()),
            Set.of()));
  }

  private List<String> complaints() {
    return verdict().complaints();
  }

  @Test
  void aDayOnWhichEverythingIsToldAsItWasBringsNoComplaint() {
    invitedBefore("bob", "b1");
    invitedBefore("cat", "c1");
    Moment morning = moment();
    effect(inviteCall(), Effect.Kind.INVITED, "amy", "a1");
    invite(morning, "amy", RowState.INVITED);
    inviteCall();
    invite(morning, "bob", RowState.REFUSED, Reason.ALREADY_INVITED);
    inviteCall();
    invite(morning, "nobody", RowState.REFUSED, Reason.UNKNOWN_USER);
    effect(deleteCall("b1", 204), Effect.Kind.DELETED, "bob", "b1");
    delete(morning, "bob", "b1", RowState.DELETED);
    effect(acceptCall(204), Effect.Kind.ACCEPTED, "cat", "c1");
    accept(morning, "cat", "c1", RowState.JOINED);
    Moment noon = moment();
    accept(noon, "cat", "c1", RowState.ALREADY_MEMBER, Reason.UNKNOWN_CODE);
    letGo.add(invite(noon, "bob", RowState.NOT_TRIED).id());

    assertThat(complaints()).isEmpty();
    assertThat(verdict().strict()).isEqualTo(7);
    assertThat(verdict().certain()).isPositive();
  }

  @Test
  void twoInvitationsForOneRowAreComplainedAbout() {
    Moment from = moment();
    effect(inviteCall(), Effect.Kind.INVITED, "amy", "a1");
    effect(inviteCall(), Effect.Kind.INVITED, "amy", "a2");
    invite(from, "amy", RowState.INVITED);

    assertThat(complaints())
        .hasSize(2)
        .anyMatch(one -> one.contains("invited 2 times for 1 rows"))
        .anyMatch(one -> one.contains("the server made 2, rows tell of 1"));
  }

  @Test
  void twoInvitationsForOneRowAreNotExcusedByWhatOthersDidOtherwise() {
    invitedBefore("amy", "a0");
    Moment from = moment();
    effect(0, Effect.Kind.DELETED, "amy", "a0");
    effect(inviteCall(), Effect.Kind.INVITED, "amy", "a1");
    effect(inviteCall(), Effect.Kind.INVITED, "amy", "a2");
    invite(from, "amy", RowState.INVITED);

    assertThat(complaints()).anyMatch(one -> one.contains("invited 2 times for 1 rows"));
  }

  @Test
  void aSecondInvitationIsRightWhereOthersEndedTheFirst() {
    Moment from = moment();
    long lost = call("POST", "/t/acme/o/api/server/v1/guests/invite", 200, "done, then dropped");
    effect(lost, Effect.Kind.INVITED, "amy", "a1");
    effect(0, Effect.Kind.DELETED, "amy", "a1");
    effect(inviteCall(), Effect.Kind.INVITED, "amy", "a2");
    invite(from, "amy", RowState.INVITED);

    assertThat(complaints()).isEmpty();
  }

  @Test
  void aBurntCodeIsComplainedAbout() {
    invitedBefore("amy", "a1");
    now = now.plus(LIFETIME);
    Moment from = moment();
    effect(acceptCall(400), Effect.Kind.CLEARED, "amy", "a1");
    accept(from, "amy", "a1", RowState.REFUSED, Reason.UNKNOWN_CODE);

    assertThat(complaints())
        .singleElement()
        .asString()
        .contains("an expired code was sent and burnt");
  }

  @Test
  void whoeverNeverJoinedHasNotJoined() {
    invitedBefore("amy", "a1");
    Moment from = moment();
    acceptCall(204);
    accept(from, "amy", "a1", RowState.JOINED);

    assertThat(complaints())
        .hasSize(2)
        .anyMatch(one -> one.contains("joined 0 times, rows tell of 1"))
        .anyMatch(one -> one.contains("JOINED") && one.contains("can only be []"));
  }

  @Test
  void whetherSomebodyWasAMemberBeforeCannotBeToldWhereTheAnswerWasLost() {
    invitedBefore("amy", "a0");
    effect(0, Effect.Kind.ACCEPTED, "amy", "a0");
    invitedBefore("amy", "a1");
    Moment from = moment();
    long lost = call("POST", "/t/acme/o/api/server/v1/guests/invitation/accept", 400, "dropped");
    effect(lost, Effect.Kind.CLEARED, "amy", "a1");
    accept(from, "amy", "a1", RowState.JOINED);

    assertThat(complaints()).isEmpty();
  }

  @Test
  void whoeverWasAMemberHalfwayBeforeMayHaveJoinedByACallThatFailed() {
    invitedBefore("amy", "a1");
    effect(acceptCall(500), Effect.Kind.HALF_ACCEPTED, "amy", "a1");
    formerEffects = effects.size();
    Moment from = moment();
    acceptCall(500);
    accept(from, "amy", "a1", RowState.JOINED);

    assertThat(complaints()).isEmpty();
  }

  @Test
  void whoeverWasAMemberHalfwayBeforeDidNotJoinByACallThatWasAnswered() {
    invitedBefore("amy", "a1");
    effect(acceptCall(500), Effect.Kind.HALF_ACCEPTED, "amy", "a1");
    formerEffects = effects.size();
    Moment from = moment();
    effect(acceptCall(400), Effect.Kind.CLEARED, "amy", "a1");
    accept(from, "amy", "a1", RowState.JOINED);

    assertThat(complaints()).anyMatch(one -> one.contains("joined 0 times, rows tell of 1"));
  }

  @Test
  void whoeverJoinedAndIsNotToldOfIsComplainedAbout() {
    invitedBefore("amy", "a1");
    Moment from = moment();
    effect(acceptCall(204), Effect.Kind.ACCEPTED, "amy", "a1");
    accept(from, "amy", "a1", RowState.REFUSED, Reason.UNKNOWN_CODE);

    assertThat(complaints()).singleElement().asString().contains("joined 1 times, rows tell of 0");
  }

  @Test
  void whatLivesWasNotDeleted() {
    invitedBefore("amy", "a1");
    Moment from = moment();
    deleteCall("a1", 204);
    delete(from, "amy", "a1", RowState.DELETED);

    assertThat(complaints())
        .hasSize(2)
        .anyMatch(one -> one.contains("invitation a1 was never deleted"))
        .anyMatch(one -> one.contains("can only be []"));
  }

  @Test
  void whatSomebodyElseDeletedIsNotOurs() {
    invitedBefore("amy", "a1");
    Moment from = moment();
    effect(0, Effect.Kind.DELETED, "amy", "a1");
    deleteCall("a1", 400);
    delete(from, "amy", "a1", RowState.DELETED);

    assertThat(complaints())
        .hasSize(2)
        .anyMatch(one -> one.contains("somebody else ended invitation a1"))
        .anyMatch(one -> one.contains("can only be [WAS_GONE]"));
  }

  @Test
  void aDeletionThatNoRowTellsOfIsComplainedAbout() {
    invitedBefore("amy", "a1");
    Moment from = moment();
    effect(deleteCall("a1", 204), Effect.Kind.DELETED, "amy", "a1");
    letGo.add(delete(from, "amy", "a1", RowState.NOT_TRIED).id());

    assertThat(complaints()).singleElement().asString().contains("no row tells of it: a1");
  }

  @Test
  void aRowWithoutAnOutcomeIsComplainedAbout() {
    invite(moment(), "amy", RowState.UNKNOWN);

    assertThat(complaints()).singleElement().asString().contains("has no outcome");
  }

  @Test
  void aMissingRowIsComplainedAbout() {
    Moment from = moment();
    effect(inviteCall(), Effect.Kind.INVITED, "amy", "a1");
    RunRow row = invite(from, "amy", RowState.INVITED);
    runs.clear();
    runs.put(run(1, new Wish.Invite(false), List.of(row, row)), List.of(row));

    assertThat(complaints()).containsExactly("run 1 counts 2 of 1 rows");
  }

  @Test
  void whoeverWasFreeAllTheTimeCannotHaveBeenInvitedAlready() {
    Moment from = moment();
    inviteCall();
    invite(from, "amy", RowState.REFUSED, Reason.ALREADY_INVITED);

    assertThat(complaints())
        .hasSize(2)
        .anyMatch(one -> one.contains("nobody ever invited them"))
        .anyMatch(one -> one.contains("REFUSED ALREADY_INVITED") && one.contains("can only be []"));
  }

  @Test
  void anInvitationThatEndedLongBeforeRefusesNobody() {
    invitedBefore("amy", "a1");
    now = now.plus(LIFETIME).plusSeconds(1);
    Moment from = moment();
    inviteCall();
    invite(from, "amy", RowState.REFUSED, Reason.ALREADY_INVITED);

    assertThat(complaints()).singleElement().asString().contains("can only be []");
  }

  @Test
  void whoeverHasAnAccountIsNotUnknown() {
    Moment from = moment();
    inviteCall();
    invite(from, "amy", RowState.REFUSED, Reason.UNKNOWN_USER);

    assertThat(complaints()).singleElement().asString().contains("can only be []");
  }

  @Test
  void whatNobodyLetGoWasTried() {
    invite(moment(), "amy", RowState.NOT_TRIED);

    assertThat(complaints()).singleElement().asString().contains("NOT_TRIED");
  }

  @Test
  void aCodeThatArrivedIsNotLost() {
    Moment from = moment();
    effect(inviteCall(), Effect.Kind.INVITED, "amy", "a1");
    invite(from, "amy", RowState.CODE_LOST);

    assertThat(complaints())
        .hasSize(2)
        .anyMatch(one -> one.contains("a code reads lost, but every answer arrived"))
        .anyMatch(one -> one.contains("can only be [INVITED]"));
  }

  @Test
  void aCodeWhoseAnswerNeverArrivedIsLost() {
    Moment from = moment();
    long lost = call("POST", "/t/acme/o/api/server/v1/guests/invite", 200, "done, then dropped");
    effect(lost, Effect.Kind.INVITED, "amy", "a1");
    invite(from, "amy", RowState.CODE_LOST);

    assertThat(complaints()).isEmpty();
  }

  @Test
  void nobodyIsUnsureWithoutACause() {
    Moment from = moment();
    effect(inviteCall(), Effect.Kind.INVITED, "amy", "a1");
    invite(from, "amy", RowState.CANNOT_TELL);

    assertThat(complaints())
        .hasSize(2)
        .anyMatch(one -> one.contains("nobody had to be unsure"))
        .anyMatch(one -> one.contains("can only be [INVITED]"));
  }

  @Test
  void aCodeThatIsGoodAllTheTimeIsNotUnknown() {
    invitedBefore("amy", "a1");
    Moment from = moment();
    accept(from, "amy", "a1", RowState.REFUSED, Reason.UNKNOWN_CODE);

    assertThat(complaints()).singleElement().asString().contains("can only be []");
  }

  @Test
  void whoeverWasNeverAMemberIsNone() {
    Moment from = moment();
    inviteCall();
    invite(from, "amy", RowState.ALREADY_MEMBER, Reason.ALREADY_MEMBER);

    assertThat(complaints())
        .hasSize(2)
        .anyMatch(one -> one.contains("never was a member"))
        .anyMatch(one -> one.contains("can only be []"));
  }
}
