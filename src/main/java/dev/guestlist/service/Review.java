package dev.guestlist.service;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Held;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Right;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.store.DecisionTable;
import dev.guestlist.store.DecisionTable.Judged;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.RowChange;
import dev.guestlist.store.RunTable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares what waits with what is there now, before any of it leaves: the organization is read
/// once, what settles itself is settled, what contradicts the wish waits for a decision, and the
/// rest is clear. What cannot be compared says so, and whoever asked for it decides. Nothing is
/// changed on the server.
final class Review {
  private final ConnectionId connection;
  private final Session session;
  private final Invitations invitations;
  private final Members members;
  private final Assignments assignments;
  private final LocalStore store;
  private final RunTable table;
  private final DecisionTable decisions;
  private final Settling settling;
  private final InstantSource clock;

  /// the lists by which cards were judged last
  private final Map<OrganizationId, Instant> judgedBy = new HashMap<>();

  Review(
      Session session,
      Invitations invitations,
      Members members,
      Assignments assignments,
      LocalStore store,
      Settling settling,
      InstantSource clock) {
    this.connection = session.connection().id();
    this.session = session;
    this.invitations = invitations;
    this.members = members;
    this.assignments = assignments;
    this.store = store;
    this.table = store.runs();
    this.decisions = store.decisions();
    this.settling = settling;
    this.clock = clock;
  }

  /// Compares one waiting run.
  ///
  /// @return whether it was done; false when the server cannot be asked now
  boolean of(Run run) {
    OrganizationId organization = run.organization().orElseThrow();
    List<RunRow> rows = table.rows(run.number()).stream().filter(Review::isJudged).toList();
    Set<Right> rights;
    try {
      rights = session.access(organization).rights();
    } catch (ProblemException e) {
      return cannotEnter(run, e.problem());
    }
    if (!rights.contains(Right.LIST_INVITATIONS)) {
      return reviewed(run, List.of(), Optional.empty());
    }
    try {
      invitations.read(organization);
    } catch (ProblemException e) {
      return unread(run, e.problem());
    }
    Set<String> joined = new HashSet<>();
    boolean invites = rows.stream().anyMatch(row -> InvitationLines.person(row).isPresent());
    if (invites && rights.contains(Right.LIST_USERS)) {
      Optional<Problem> unread = members.refresh(organization);
      if (unread.filter(Review::noAnswer).isPresent()) {
        return false;
      }
      if (unread.isEmpty()) {
        joined.addAll(store.members().managed(connection, organization).keySet());
      }
    }
    Optional<Assignments.Choice> gifts = Optional.empty();
    if (rows.stream().anyMatch(Review::gives)) {
      Optional<Problem> unread = assignments.refresh(organization);
      if (unread.filter(Review::noAnswer).isPresent()) {
        return false;
      }
      gifts = unread.isEmpty() ? Optional.of(assignments.of(organization)) : Optional.empty();
    }
    List<String> names = rows.stream().map(row -> Comparison.name(row.target())).toList();
    Comparison comparison = new Comparison(store, connection, organization, names, joined, gifts);
    return reviewed(run, judged(rows, comparison), Optional.empty());
  }

  /// Cards say what lists say: a card about an organization whose list was read since is judged
  /// anew, by what is on this computer. One whose run still sends is left to that.
  void cardsAnew() {
    Map<Long, List<RunRow>> byRun = new LinkedHashMap<>();
    for (RunRow row : decisions.undecided(connection)) {
      if (isJudged(row)) {
        byRun.computeIfAbsent(row.run(), run -> new ArrayList<>()).add(row);
      }
    }
    Map<OrganizationId, Instant> lists = new HashMap<>();
    byRun.forEach((number, rows) -> {
      Run run = table.run(number).orElseThrow();
      OrganizationId organization = run.organization().orElseThrow();
      Optional<Instant> list = store.invitations().readAt(connection, organization);
      if (list.isEmpty() || sends(run)) {
        return;
      }
      lists.put(organization, list.get());
      List<RunRow> older = rows.stream().filter(row -> row.changed().isBefore(list.get())).toList();
      if (!older.isEmpty() && !list.get().equals(judgedBy.get(organization))) {
        cardsAnew(run, older);
      }
    });
    judgedBy.putAll(lists);
  }

  private void cardsAnew(Run run, List<RunRow> rows) {
    List<String> names = rows.stream().map(row -> Comparison.name(row.target())).toList();
    Comparison here = Comparison.here(store, connection, run.organization().orElseThrow(), names);
    if (decisions.judgedAnew(run.number(), judged(rows, here), clock.instant())) {
      settling.published(run.organization());
    }
  }

  private static boolean sends(Run run) {
    return run.phase() == Run.Phase.ACTIVE
        && run.count(RowState.READY) + run.count(RowState.SENDING) + run.count(RowState.UNKNOWN)
            > 0;
  }

  /// What a comparison has a say in: what may leave, and what an earlier comparison kept.
  static boolean isJudged(RunRow row) {
    return switch (row.state()) {
      case READY -> row.lost() == 0;
      case NEEDS_DECISION -> row.lost() == 0 && row.reason().filter(Review::compares).isPresent();
      case SENDING,
          UNKNOWN,
          INVITED,
          CODE_LOST,
          DELETED,
          NOT_INVITED_AGAIN,
          WAS_GONE,
          JOINED,
          ALREADY_MEMBER,
          USER_EXISTS,
          REFUSED,
          NOT_TRIED,
          CANNOT_TELL ->
          false;
    };
  }

  private static boolean compares(Reason reason) {
    return reason == Reason.ALREADY_INVITED
        || reason == Reason.UNKNOWN_GROUP
        || reason == Reason.UNKNOWN_ROLE
        || reason == Reason.NEWER_INVITATION
        || reason == Reason.CHANGED_MEANWHILE;
  }

  /// What changes of these rows: one that asks already for the same reason stays as it is.
  static List<Judged> judged(List<RunRow> rows, Comparison comparison) {
    List<Judged> judged = new ArrayList<>();
    for (RunRow row : rows) {
      RowChange change =
          comparison.verdict(row).orElseGet(() -> RowChange.to(row.id(), RowState.READY));
      boolean named = !comparison.gone(row).isEmpty();
      boolean refused = isGift(row.reason()) && !named && !row.serverText().isBlank();
      boolean same = change.state() == row.state() && change.reason().equals(row.reason());
      if (change.state() == RowState.READY ? row.state() != RowState.READY && !refused : !same) {
        judged.add(new Judged(row, change));
      }
    }
    return judged;
  }

  private static boolean isGift(Optional<Reason> reason) {
    return reason.equals(Optional.of(Reason.UNKNOWN_GROUP))
        || reason.equals(Optional.of(Reason.UNKNOWN_ROLE));
  }

  private static boolean gives(RunRow row) {
    return InvitationLines.person(row)
        .filter(person -> !person.roles().isEmpty() || !person.groups().isEmpty())
        .isPresent();
  }

  private boolean reviewed(Run run, List<Judged> rows, Optional<Held> why) {
    decisions.reviewed(run.number(), rows, why.map(Held::toString), clock.instant());
    settling.published(run.organization());
    return true;
  }

  private boolean cannotEnter(Run run, Problem problem) {
    return switch (problem) {
      case Problem.Rejected rejected -> held(run, Settling.held(rejected));
      case Problem.NotAllowed notAllowed -> held(run, Settling.held(notAllowed));
      case Problem.ServerFault ignored -> unread(run, problem);
      case Problem.Unreadable ignored -> unread(run, problem);
      case Problem.Unreachable ignored -> false;
      case Problem.Untrusted ignored -> false;
      case Problem.SignedOut ignored -> false;
      case Problem.Busy ignored -> false;
    };
  }

  private boolean held(Run run, Held why) {
    settling.hold(run.number(), why, run.organization());
    return true;
  }

  /// A server that answers, and does not give its list: what waits stays in the hands of whoever
  /// asked for it.
  private boolean unread(Run run, Problem problem) {
    return switch (problem) {
      case Problem.Rejected one ->
          notCompared(run, (one.serverCode() + " " + one.serverText()).strip());
      case Problem.NotAllowed one -> notCompared(run, one.scope());
      case Problem.ServerFault one ->
          notCompared(run, (one.status() + " " + one.serverCode()).strip());
      case Problem.Unreadable one -> notCompared(run, one.what());
      case Problem.Unreachable ignored -> false;
      case Problem.Untrusted ignored -> false;
      case Problem.SignedOut ignored -> false;
      case Problem.Busy ignored -> false;
    };
  }

  private boolean notCompared(Run run, String why) {
    return reviewed(run, List.of(), Optional.of(new Held(Held.Kind.NOT_COMPARED, why)));
  }

  private static boolean noAnswer(Problem problem) {
    return switch (problem) {
      case Problem.Unreachable ignored -> true;
      case Problem.Untrusted ignored -> true;
      case Problem.SignedOut ignored -> true;
      case Problem.Busy ignored -> true;
      case Problem.Rejected ignored -> false;
      case Problem.NotAllowed ignored -> false;
      case Problem.ServerFault ignored -> false;
      case Problem.Unreadable ignored -> false;
    };
  }

  /// What is known now of the people of some targets, as a row keeps it.
  static Comparison known(
      LocalStore store,
      ConnectionId connection,
      OrganizationId organization,
      List<? extends Target> targets) {
    return Comparison.here(
        store, connection, organization, targets.stream().map(Comparison::name).toList());
  }
}
