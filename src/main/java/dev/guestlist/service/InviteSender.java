package dev.guestlist.service;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Right;
import dev.guestlist.model.Role;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Username;
import dev.guestlist.model.Wish;
import dev.guestlist.server.InviteAnswer;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.store.CallTable;
import dev.guestlist.store.CallTable.Call;
import dev.guestlist.store.InvitationCache;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.LockedException;
import dev.guestlist.store.RowChange;
import dev.guestlist.store.RunTable;
import dev.guestlist.store.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Invites, for the first time or again. A lost answer is looked up in the list: only an invitation
/// that was not there before the call can be ours, and where that cannot be told, nobody pretends
/// to know.
final class InviteSender implements WishSender {
  /// A lost answer costs at most so many codes.
  private static final int PEOPLE_PER_CALL_WITH_CODES = 10;

  static final int PEOPLE_PER_CALL_WITH_MAIL = 25;

  /// A list younger than this says well enough what was there before a call.
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final ConnectionId connection;
  private final Session session;
  private final Invitations invitations;
  private final InvitationCache cache;
  private final Assignments assignments;
  private final RunTable table;
  private final CallTable calls;
  private final Vault vault;
  private final Settling settling;
  private final InstantSource clock;

  /// Whom rows have invited since the list was read here, by small names, and the row that did.
  private final Map<OrganizationId, Map<String, Long>> sentSince = new ConcurrentHashMap<>();

  /// Answers that this computer could not write down yet, by their calls.
  private final Map<Long, InviteAnswer> unwritten = new ConcurrentHashMap<>();

  InviteSender(
      Session session,
      Invitations invitations,
      Assignments assignments,
      LocalStore store,
      Settling settling,
      InstantSource clock) {
    this.connection = session.connection().id();
    this.session = session;
    this.invitations = invitations;
    this.cache = store.invitations();
    this.assignments = assignments;
    this.table = store.runs();
    this.calls = store.calls();
    this.vault = store.vault();
    this.settling = settling;
    this.clock = clock;
  }

  @Override
  public Sent send(List<RunRow> due) {
    RunRow first = due.getFirst();
    Run run = table.run(first.run()).orElseThrow();
    OrganizationId organization = run.organization().orElseThrow();
    Optional<String> account = session.account();
    boolean serverMails = serverMails(run);
    if (!serverMails && !vault.ready()) {
      // a code that cannot be sealed when it comes is lost
      return Sent.NOTHING;
    }
    List<RunRow> rows = oneCall(due, peoplePerCall(serverMails));
    Target.Person person = person(first);
    OrganizationAccess access;
    Optional<Set<InvitationId>> before;
    try {
      access = session.access(organization);
      before = listedBefore(organization, access, rows);
    } catch (ProblemException e) {
      return notEvenSent(run, e.problem());
    }
    OptionalLong call = settling.leave(rows, before, run.organization(), account);
    if (call.isEmpty()) {
      return Sent.SOMETHING;
    }
    try {
      InviteAnswer answer =
          session
              .pace()
              .timed(
                  Pace.Work.INVITE,
                  rows.size(),
                  () ->
                      session.ask(
                          account,
                          () ->
                              access.invite(
                                  rows.stream().map(row -> person(row).username()).toList(),
                                  person.username().userStore(),
                                  person.roles().stream().map(Role::id).toList(),
                                  person.groups().stream().map(Group::id).toList(),
                                  serverMails)));
      unwritten.put(call.getAsLong(), answer);
      keep(call.getAsLong(), answer, run);
      List<RunRow> open = settleFrom(answer, sent(rows), run);
      unwritten.remove(call.getAsLong());
      return open.size() == rows.size() && !answer.readable() ? Sent.FAULT : Sent.SOMETHING;
    } catch (ProblemException e) {
      if (!asksBecauseGone(rows, e.problem(), run)) {
        settling.failed(rows, e.problem(), run.organization());
      }
      return Sent.isFault(e.problem()) ? Sent.FAULT : Sent.SOMETHING;
    }
  }

  /// A call with a group or role that does not exist any more invites nobody. Everybody of the run
  /// who was to get it waits for a decision then. The new lists say what is gone; where they cannot
  /// be read, or do not lack it, that is everybody who was to get the same.
  ///
  /// @return whether that was it
  private boolean asksBecauseGone(List<RunRow> rows, Problem problem, Run run) {
    OrganizationId organization = run.organization().orElseThrow();
    if (!(problem instanceof Problem.Rejected why)
        || (why.reason() != Reason.UNKNOWN_GROUP && why.reason() != Reason.UNKNOWN_ROLE)) {
      return false;
    }
    boolean read = assignments.refresh(organization).isEmpty();
    Assignments.Choice there = assignments.of(organization);
    boolean named = read && rows.stream().allMatch(row -> lacks(row, there));
    Set<Long> sent = rows.stream().map(RunRow::id).collect(Collectors.toSet());
    RunRow first = rows.getFirst();
    settling.settle(
        table.rows(run.number()).stream()
            .filter(row ->
                sent.contains(row.id())
                    || (row.state() == RowState.READY
                        && invitesNext(row)
                        && (named ? lacks(row, there) : getsTheSame(row, first, why.reason()))))
            .map(row ->
                RowChange.because(
                    row.id(), RowState.NEEDS_DECISION, why.reason(), why.serverText()))
            .toList(),
        run.organization());
    return true;
  }

  private static boolean getsTheSame(RunRow one, RunRow other, Reason gone) {
    return gone == Reason.UNKNOWN_GROUP
        ? person(one).groups().equals(person(other).groups())
        : person(one).roles().equals(person(other).roles());
  }

  private static boolean lacks(RunRow row, Assignments.Choice there) {
    return !Comparison.gone(person(row), there).isEmpty();
  }

  /// Whether nothing but the invitation is left to be done for a row.
  private static boolean invitesNext(RunRow row) {
    return !(row.target() instanceof Target.Again again)
        || again.step() == Target.Again.Step.INVITE;
  }

  @Override
  public boolean lookUp(Call call, Looks looks) {
    Run run = table.run(call.rows().getFirst().run()).orElseThrow();
    boolean members = lookUpMembers(call, run, looks);
    List<RunRow> open = call.rows().stream().filter(row -> !isMember(row)).toList();
    if (open.stream().allMatch(row -> row.state().settled())) {
      return members;
    }
    Optional<InviteAnswer> answer =
        Optional.ofNullable(unwritten.get(call.id()))
            .or(() -> call.answer().map(InviteAnswer::asItCame));
    if (answer.isPresent()) {
      keep(call.id(), answer.get(), run);
      open = settleFrom(answer.get(), open, run);
      unwritten.remove(call.id());
      if (open.isEmpty()) {
        return members;
      }
    }
    List<RunRow> rows = open;
    OrganizationId organization = run.organization().orElseThrow();
    try {
      looks.list(organization);
    } catch (ProblemException e) {
      return settling.mayNotLook(e.problem(), run, session.account(), rows) && members;
    }
    settling.settle(
        rows.stream().map(row -> found(row, call, organization, run)).toList(), run.organization());
    return members;
  }

  /// Finds out about those who are users of the organization already, where nobody could look when
  /// the server said so.
  ///
  /// @return whether nothing is left to be found out
  private boolean lookUpMembers(Call call, Run run, Looks looks) {
    boolean all = true;
    for (RunRow row : call.rows()) {
      if (row.state() == RowState.UNKNOWN && isMember(row)) {
        Standing standing = standing(row, run, looks);
        if (standing == Standing.NOT_KNOWN_YET) {
          all = false;
        } else {
          settling.settle(List.of(standing.outcome(row, row.serverText())), run.organization());
        }
      }
    }
    return all;
  }

  private static boolean isMember(RunRow row) {
    return row.reason().equals(Optional.of(Reason.ALREADY_MEMBER));
  }

  /// Until this is done the codes of the answer are nowhere else. One without codes need not be
  /// kept: the list tells the same.
  private void keep(long call, InviteAnswer answer, Run run) {
    if (!unwritten.containsKey(call)) {
      return;
    }
    try {
      calls.keepAnswer(call, answer.reveal());
      unwritten.remove(call);
    } catch (LockedException e) {
      if (!serverMails(run)) {
        throw e;
      }
    }
  }

  /// What the list says about one row of a call whose answer was lost.
  private RowChange found(RunRow row, Call call, OrganizationId organization, Run run) {
    Username who = person(row).username();
    List<Invitation> pending =
        cache.of(connection, organization, List.of(who.name())).stream()
            .filter(InvitationCache.Cached::listed)
            .map(InvitationCache.Cached::invitation)
            .filter(invitation -> invitation.status() == Invitation.Status.PENDING)
            .toList();
    if (call.before().isEmpty()) {
      return pending.isEmpty() ? settling.again(row) : RowChange.to(row.id(), RowState.CANNOT_TELL);
    }
    Set<InvitationId> before = call.before().get();
    List<Invitation> fresh =
        pending.stream().filter(invitation -> !before.contains(invitation.id())).toList();
    boolean sameNameTwice =
        call.rows().stream()
                .filter(other -> person(other).username().name().equalsIgnoreCase(who.name()))
                .count()
            > 1;
    if (fresh.size() > 1 || (sameNameTwice && !fresh.isEmpty())) {
      return RowChange.to(row.id(), RowState.CANNOT_TELL);
    }
    if (fresh.size() == 1) {
      boolean serverMails = serverMails(run);
      return RowChange.to(row.id(), serverMails ? RowState.INVITED : RowState.CODE_LOST)
          .withInvitation(fresh.getFirst().id());
    }
    boolean othersInvitation = !pending.isEmpty();
    return othersInvitation
        ? RowChange.because(row.id(), refused(row), Reason.ALREADY_INVITED, row.serverText())
        : settling.again(row);
  }

  /// Settles person by person. An answer that cannot be read, or that lacks somebody, leaves
  /// unknown rows: the list decides about them.
  ///
  /// @return the rows that the answer did not settle
  private List<RunRow> settleFrom(InviteAnswer answer, List<RunRow> rows, Run run) {
    List<InviteAnswer.Result> left;
    try {
      left = new ArrayList<>(answer.results());
    } catch (ProblemException e) {
      settling.settle(Settling.unknown(rows), run.organization());
      return rows;
    }
    List<RowChange> rowChanges = new ArrayList<>();
    List<RunRow> open = new ArrayList<>();
    for (RunRow row : rows) {
      Optional<InviteAnswer.Result> result =
          left.stream()
              .filter(one -> one.username().equals(person(row).username().name()))
              .findFirst();
      result.ifPresent(left::remove);
      RowChange change =
          result
              .map(one -> outcome(row, one, rows.size() > 1, run))
              .orElseGet(() -> RowChange.to(row.id(), RowState.UNKNOWN));
      rowChanges.add(change);
      boolean member = change.reason().equals(Optional.of(Reason.ALREADY_MEMBER));
      if (change.state() == RowState.UNKNOWN && !member) {
        open.add(row);
      }
    }
    settling.settle(rowChanges, run.organization());
    return open;
  }

  private RowChange outcome(RunRow row, InviteAnswer.Result result, boolean amongOthers, Run run) {
    boolean serverMails = serverMails(run);
    if (result.refused().isEmpty()) {
      if (result.code().isPresent()) {
        return RowChange.to(row.id(), RowState.INVITED).withCode(result.code().get());
      }
      return RowChange.to(row.id(), serverMails ? RowState.INVITED : RowState.CODE_LOST);
    }
    Reason reason = result.refused().get();
    if (reason == Reason.UNKNOWN_USER && amongOthers && !row.alone()) {
      return settling.alone(row, result.serverText());
    }
    // a call that was put off, or that deleted the former invitation, invited nobody
    boolean perhapsOurs = reason == Reason.ALREADY_INVITED && row.lost() > 0;
    // whoever put it here is not in front of it any more: they may name somebody else
    boolean waited = reason == Reason.UNKNOWN_USER && run.reviewed().isPresent();
    RowState state =
        perhapsOurs ? RowState.UNKNOWN : waited ? RowState.NEEDS_DECISION : refused(row);
    if (reason == Reason.ALREADY_MEMBER) {
      Standing standing = standing(row, run, new Looks(invitations));
      return standing.outcome(row, result.serverText());
    }
    return RowChange.because(row.id(), state, reason, result.serverText());
  }

  private Standing standing(RunRow row, Run run, Looks looks) {
    return Standing.of(
        session, run, run.organization().orElseThrow(), person(row).username().name(), looks);
  }

  private int peoplePerCall(boolean serverMails) {
    return session
        .pace()
        .people(serverMails ? PEOPLE_PER_CALL_WITH_MAIL : PEOPLE_PER_CALL_WITH_CODES);
  }

  /// Rows that can go into one call: same run, store, roles and groups as the first, and no name
  /// twice.
  private static List<RunRow> oneCall(List<RunRow> due, int most) {
    RunRow first = due.getFirst();
    if (alone(first)) {
      return List.of(first);
    }
    Target.Person like = person(first);
    List<RunRow> rows = new ArrayList<>();
    for (RunRow row : due) {
      if (row.run() != first.run() || alone(row)) {
        continue;
      }
      Target.Person person = person(row);
      boolean fits =
          person.username().userStore().equals(like.username().userStore())
              && person.roles().equals(like.roles())
              && person.groups().equals(like.groups());
      boolean twice =
          rows.stream()
              .anyMatch(other ->
                  person(other).username().name().equalsIgnoreCase(person.username().name()));
      if (fits && !twice) {
        rows.add(row);
      }
      if (rows.size() == most) {
        break;
      }
    }
    return rows;
  }

  /// Whether somebody is asked for in a call of their own: the server fails at the whole call where
  /// it fails at one of its people.
  private static boolean alone(RunRow row) {
    return row.alone() || row.lost() > 0;
  }

  /// Invitations of these people that are listed before the call leaves; empty when the list may
  /// not be read, or the server fails to read it.
  private Optional<Set<InvitationId>> listedBefore(
      OrganizationId organization, OrganizationAccess access, List<RunRow> rows)
      throws ProblemException {
    if (!access.rights().contains(Right.LIST_INVITATIONS)) {
      return Optional.empty();
    }
    if (!knowsWhatWasThere(organization, rows)) {
      try {
        readAnew(organization);
      } catch (ProblemException e) {
        if (e.problem() instanceof Problem.ServerFault
            || e.problem() instanceof Problem.Unreadable) {
          return Optional.empty();
        }
        throw e;
      }
    }
    Map<String, Long> since = sentSince.computeIfAbsent(organization, of -> new HashMap<>());
    rows.forEach(row -> since.put(folded(row), row.id()));
    List<String> names = rows.stream().map(row -> person(row).username().name()).toList();
    return Optional.of(
        cache.of(connection, organization, names).stream()
            .map(cached -> cached.invitation().id())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /// Whether the list that was read last is good enough to tell our invitations from others: young,
  /// read since the run was posted, and no other row has invited one of these people since. A row
  /// that leaves again needs no new list: what a late answer of the server made is its own.
  private boolean knowsWhatWasThere(OrganizationId organization, List<RunRow> rows) {
    Map<String, Long> since = sentSince.get(organization);
    Instant posted = table.run(rows.getFirst().run()).orElseThrow().posted();
    Instant young = clock.instant().minus(FRESH);
    return since != null
        && invitations
            .readAt(organization)
            .filter(read -> read.isAfter(young) && !read.isBefore(posted))
            .isPresent()
        && rows.stream().allMatch(row -> since.getOrDefault(folded(row), row.id()) == row.id());
  }

  private void readAnew(OrganizationId organization) throws ProblemException {
    invitations.read(organization);
    sentSince.put(organization, new HashMap<>());
  }

  private static String folded(RunRow row) {
    return person(row).username().name().toLowerCase(Locale.ROOT);
  }

  private Sent notEvenSent(Run run, Problem problem) {
    if (problem instanceof Problem.Rejected rejected) {
      settling.hold(run.number(), Settling.held(rejected), run.organization());
      return Sent.SOMETHING;
    }
    if (problem instanceof Problem.NotAllowed notAllowed) {
      settling.hold(run.number(), Settling.held(notAllowed), run.organization());
      return Sent.SOMETHING;
    }
    return Sent.nothingFor(problem);
  }

  /// Rows as they are once the call has left: with that attempt counted.
  private List<RunRow> sent(List<RunRow> rows) {
    return rows.stream().map(row -> table.row(row.id()).orElseThrow()).toList();
  }

  private static Target.Person person(RunRow row) {
    return switch (row.target()) {
      case Target.Person person -> person;
      case Target.Again again -> again.person();
      case Target.Listed ignored -> throw new IllegalArgumentException("Nobody to invite.");
      case Target.Code ignored -> throw new IllegalArgumentException("Nobody to invite.");
    };
  }

  /// A refusal leaves somebody who was invited before without an invitation.
  private static RowState refused(RunRow row) {
    return row.target() instanceof Target.Again ? RowState.NOT_INVITED_AGAIN : RowState.REFUSED;
  }

  private static boolean serverMails(Run run) {
    return switch (run.wish()) {
      case Wish.Invite(boolean mails) -> mails;
      case Wish.InviteAgain(boolean mails) -> mails;
      case Wish.Delete() -> throw new IllegalArgumentException("Deletions send no mail.");
      case Wish.Accept() -> throw new IllegalArgumentException("Accepting sends no mail.");
    };
  }
}
