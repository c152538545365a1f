package dev.guestlist.service;

import dev.guestlist.model.Held;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.store.CallTable;
import dev.guestlist.store.DecisionTable;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.RowChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Writes down what became of rows, and tells those who watch, after the commit.
final class Settling {
  /// How often a lost row goes back to the queue before somebody has to look at it.
  static final int MOST_TIMES_BACK = 2;

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final CallTable calls;
  private final DecisionTable decisions;
  private final Changes changes;
  private final InstantSource clock;

  Settling(LocalStore store, Changes changes, InstantSource clock) {
    this.calls = store.calls();
    this.decisions = store.decisions();
    this.changes = changes;
    this.clock = clock;
  }

  void settle(List<RowChange> rows, Optional<OrganizationId> organization) {
    calls.settle(rows, clock.instant());
    published(organization);
  }

  /// Marks rows as on their way, committed: only then may the call leave.
  ///
  /// @param account in whose name the call leaves; empty for nobody's
  /// @return the id of the call; empty when somebody took a row back in this very moment, or
  ///   another account than theirs is signed in by now
  OptionalLong leave(
      List<RunRow> rows,
      Optional<Set<InvitationId>> before,
      Optional<OrganizationId> organization,
      Optional<String> account) {
    List<Long> ids = rows.stream().map(RunRow::id).toList();
    Instant now = clock.instant();
    try {
      long call =
          account.isPresent()
              ? calls.sending(ids, before, account.get(), now)
              : calls.sending(ids, before, now);
      published(organization);
      return OptionalLong.of(call);
    } catch (IllegalStateException e) {
      return OptionalLong.empty();
    }
  }

  /// What a look means that the server refused: nobody can tell what became of the rows, unless
  /// another account than theirs looked. Whoever posted them may be let in.
  ///
  /// @return whether that settled them
  boolean mayNotLook(Problem refused, Run run, Optional<String> account, List<RunRow> rows) {
    boolean saidNo = refused instanceof Problem.NotAllowed || refused instanceof Problem.Rejected;
    if (!saidNo || !isOf(run, account)) {
      return false;
    }
    settle(
        rows.stream().map(row -> RowChange.to(row.id(), RowState.CANNOT_TELL)).toList(),
        run.organization());
    return true;
  }

  /// Whether a run was posted by this account, or by nobody.
  static boolean isOf(Run run, Optional<String> account) {
    return run.account().isBlank() || account.equals(Optional.of(run.account()));
  }

  void published(Optional<OrganizationId> organization) {
    organization.ifPresent(id -> changes.publish(new Change.InvitationsChanged(id)));
    changes.publish(new Change.RunsChanged());
  }

  /// Rows go back to the queue, or to a person when they left too often.
  RowChange again(RunRow row) {
    return row.lost() >= MOST_TIMES_BACK
        ? RowChange.because(row.id(), RowState.NEEDS_DECISION, Reason.NEVER_ARRIVED, "")
        : RowChange.to(row.id(), RowState.READY)
            .notBefore(clock.instant())
            .back(RowChange.Back.LOST);
  }

  /// A person whom the server did not find beside others is asked for once more, alone.
  RowChange alone(RunRow row, String serverText) {
    return RowChange.because(row.id(), RowState.READY, Reason.UNKNOWN_USER, serverText)
        .notBefore(clock.instant())
        .back(RowChange.Back.ALONE);
  }

  /// What a call that brought no outcome means for its rows: back to the queue when the server did
  /// nothing for certain, unknown when it may have, and the run held when the server said no.
  ///
  /// @param rows as they were before the call: their attempts do not count it yet
  void failed(List<RunRow> rows, Problem problem, Optional<OrganizationId> organization) {
    Instant now = clock.instant();
    RunRow first = rows.getFirst();
    switch (problem) {
      case Problem.Busy busy -> {
        Duration pause = busy.retryAfter().orElse(pause(first.attempts()));
        settle(ready(rows, now.plus(pause)), organization);
      }
      case Problem.Unreachable unreachable when !unreachable.mayHaveArrived() ->
          settle(ready(rows, now), organization);
      case Problem.Untrusted ignored -> settle(ready(rows, now), organization);
      case Problem.SignedOut ignored -> settle(ready(rows, now), organization);
      case Problem.NotAllowed notAllowed -> {
        settle(ready(rows, now), organization);
        hold(first.run(), held(notAllowed), organization);
      }
      case Problem.Rejected rejected -> {
        settle(ready(rows, now), organization);
        hold(first.run(), held(rejected), organization);
      }
      case Problem.Unreachable ignored -> settle(unknown(rows), organization);
      case Problem.ServerFault ignored -> settle(unknown(rows), organization);
      case Problem.Unreadable ignored -> settle(unknown(rows), organization);
    }
  }

  /// A run is held. Where the reason is about the account or the organization, so is everything of
  /// its kind that waits there.
  void hold(long run, Held why, Optional<OrganizationId> organization) {
    decisions.setPhase(run, Run.Phase.HELD, why.toString());
    boolean holdsOthers =
        switch (why.kind()) {
          case CANNOT_ENTER, RIGHT_MISSING, REFUSED -> true;
          case NOTHING,
              POSTED_OFFLINE,
              ASK_FIRST,
              NOT_COMPARED,
              TOO_OLD,
              LEFT_OVER,
              ROLE_GONE,
              GROUP_GONE,
              OTHER_ACCOUNT ->
              false;
        };
    if (holdsOthers) {
      decisions.holdAlike(run, why.toString());
    }
    published(organization);
  }

  static Held held(Problem.NotAllowed notAllowed) {
    return new Held(Held.Kind.RIGHT_MISSING, notAllowed.scope());
  }

  static Held held(Problem.Rejected rejected) {
    return switch (rejected.reason()) {
      case UNKNOWN_ROLE -> new Held(Held.Kind.ROLE_GONE, rejected.serverText());
      case UNKNOWN_GROUP -> new Held(Held.Kind.GROUP_GONE, rejected.serverText());
      case NOT_A_MEMBER,
          NOT_SHARED,
          ORGANIZATION_DISABLED,
          UNKNOWN_ORGANIZATION,
          OTHER_BRANCH,
          GRANT_NOT_ENABLED ->
          new Held(Held.Kind.CANNOT_ENTER, rejected.reason().name());
      case UNKNOWN_USER,
          ALREADY_INVITED,
          NO_EMAIL,
          NO_CONSOLE_ACCESS,
          ALREADY_MEMBER,
          INVITATION_GONE,
          UNKNOWN_CODE,
          EXPIRED,
          NOT_CHECKED,
          OTHER_ORGANIZATION,
          NEWER_INVITATION,
          CHANGED_MEANWHILE,
          TOO_OLD,
          NEVER_ARRIVED,
          SIGN_IN_REFUSED,
          SIGN_IN_UNANSWERED,
          DEVICE_CODE_ENDED,
          TOKEN_REFUSED,
          UNKNOWN_MEMBER,
          OTHER ->
          new Held(
              Held.Kind.REFUSED, (rejected.serverCode() + " " + rejected.serverText()).strip());
    };
  }

  static Duration pause(int attempts) {
    Duration pause = Duration.ofSeconds(1L << Math.clamp(attempts, 0, 6));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private static List<RowChange> ready(List<RunRow> rows, Instant notBefore) {
    return rows.stream()
        .map(row -> RowChange.to(row.id(), RowState.READY).notBefore(notBefore))
        .toList();
  }

  static List<RowChange> unknown(List<RunRow> rows) {
    return rows.stream().map(row -> RowChange.to(row.id(), RowState.UNKNOWN)).toList();
  }
}
