package dev.guestlist.service;

import dev.guestlist.model.Basis;
import dev.guestlist.model.CodeCheck;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Decision;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Member;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Right;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.store.CallTable;
import dev.guestlist.store.CallTable.Call;
import dev.guestlist.store.InvitationCache;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.MemberCache;
import dev.guestlist.store.RowChange;
import dev.guestlist.store.RunTable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Accepts, one code a call. Every code is looked up right before, because accepting an expired one
/// burns it; and it is never sent twice for safety, because a replay looks like a wrong code.
final class AcceptSender implements WishSender {
  /// The server's own "it failed on the way", which comes after it looked whether the person is a
  /// member: whoever is one now has joined by that very call.
  private static final String FAILED_INSIDE = "OUI-65005";

  private final ConnectionId connection;
  private final Session session;
  private final CodeDesk codes;
  private final Invitations invitations;
  private final InvitationCache cache;
  private final MemberCache members;
  private final RunTable table;
  private final CallTable calls;
  private final Settling settling;
  private final InstantSource clock;
  private final Map<Long, Batch> batches = new ConcurrentHashMap<>();

  /// What all codes of a run have in common.
  private record Batch(Instant posted, Optional<OrganizationId> most) {}

  AcceptSender(
      Session session,
      Invitations invitations,
      CodeDesk codes,
      LocalStore store,
      Settling settling,
      InstantSource clock) {
    this.connection = session.connection().id();
    this.session = session;
    this.codes = codes;
    this.invitations = invitations;
    this.cache = store.invitations();
    this.members = store.members();
    this.table = store.runs();
    this.calls = store.calls();
    this.settling = settling;
    this.clock = clock;
  }

  /// Looks all codes of a run up, one a turn, before the first is accepted: one that leads
  /// elsewhere than the others is the usual mistake.
  @Override
  public Sent send(List<RunRow> due) {
    RunRow first = due.getFirst();
    Optional<RunRow> unseen = calls.unseen(first.run(), clock.instant());
    try {
      Optional<OrganizationAccess> desk = codes.from();
      return unseen.isPresent() && desk.isPresent()
          ? learnWhereItLeads(unseen.get(), desk.get())
          : sendOne(first, desk);
    } catch (ProblemException e) {
      return Sent.nothingFor(e.problem());
    }
  }

  private Sent learnWhereItLeads(RunRow row, OrganizationAccess desk) {
    Optional<ConfirmationCode> code = table.code(row.id());
    if (code.isEmpty()) {
      return wiped(row);
    }
    try {
      CodeCheck check = check(desk, code.get());
      RowChange change =
          check.status() == Invitation.Status.EXPIRED
              ? asks(row, Reason.EXPIRED)
              : RowChange.to(row.id(), RowState.READY);
      settle(change.withTarget(target(row, check)), row);
      batches.remove(row.run());
      return Sent.SOMETHING;
    } catch (ProblemException e) {
      return notChecked(row, e.problem());
    }
  }

  private CodeCheck check(OrganizationAccess desk, ConfirmationCode code) throws ProblemException {
    return session.pace().timed(Pace.Work.CHECK, 1, () -> session.ask(() -> desk.check(code)));
  }

  private Sent wiped(RunRow row) {
    settle(RowChange.because(row.id(), RowState.NOT_TRIED, Reason.NOT_CHECKED, ""), row);
    return Sent.SOMETHING;
  }

  private static RowChange asks(RunRow row, Reason reason) {
    return RowChange.because(row.id(), RowState.NEEDS_DECISION, reason, "");
  }

  /// Whether somebody saw whose code it is before it was posted.
  private static boolean lookedAt(RunRow row) {
    return row.basis().isPresent();
  }

  private static Target.Code target(RunRow row) {
    return (Target.Code) row.target();
  }

  /// What keeps a code from being accepted by itself. Whoever let it be tried again knew that it is
  /// old, and not where it leads. A promise is as old as the last word about it.
  private Optional<Reason> doubt(RunRow row) {
    boolean triedAgain = row.decided().equals(Optional.of(Decision.TRY_AGAIN));
    Batch batch = batches.computeIfAbsent(row.run(), this::batch);
    Instant lastWord = row.decided().isPresent() ? row.changed() : batch.posted();
    if (!triedAgain && lastWord.plus(Lanes.SENSIBLE).isBefore(clock.instant())) {
      return Optional.of(Reason.TOO_OLD);
    }
    if (lookedAt(row) || (row.decided().isPresent() && !triedAgain)) {
      return Optional.empty();
    }
    boolean elsewhere =
        target(row).organization().isPresent() && !target(row).organization().equals(batch.most());
    return elsewhere ? Optional.of(Reason.OTHER_ORGANIZATION) : Optional.empty();
  }

  /// Where most codes of a run and of the others of its ticket lead; nowhere when none has the
  /// majority.
  private Batch batch(long run) {
    Map<OrganizationId, Long> counts =
        table.codesOfTicket(run).stream()
            .flatMap(row -> target(row).organization().stream())
            .collect(Collectors.groupingBy(one -> one, Collectors.counting()));
    long top = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    List<OrganizationId> most =
        counts.entrySet().stream()
            .filter(one -> one.getValue() == top)
            .map(Map.Entry::getKey)
            .toList();
    return new Batch(
        table.run(run).orElseThrow().posted(),
        most.size() == 1 ? Optional.of(most.getFirst()) : Optional.empty());
  }

  /// @param desk where codes can be looked up from; empty where nobody can
  private Sent sendOne(RunRow row, Optional<OrganizationAccess> desk) {
    Optional<String> account = session.account();
    Optional<ConfirmationCode> code = table.code(row.id());
    if (code.isEmpty()) {
      return wiped(row);
    }
    Optional<Reason> doubt = doubt(row);
    if (doubt.isPresent()) {
      settle(asks(row, doubt.get()), row);
      return Sent.SOMETHING;
    }
    if (desk.isEmpty()) {
      if (row.decided().equals(Optional.of(Decision.ACCEPT_WITHOUT_LOOKING))) {
        return accept(row, code.get(), target(row), account);
      }
      if (account.isEmpty() || codes.canLook()) {
        return Sent.NOTHING;
      }
      settle(asks(row, Reason.NOT_CHECKED), row);
      return Sent.SOMETHING;
    }
    CodeCheck check;
    try {
      check = check(desk.get(), code.get());
    } catch (ProblemException e) {
      boolean decided = row.decided().equals(Optional.of(Decision.ACCEPT_WITHOUT_LOOKING));
      if (e.problem() instanceof Problem.NotAllowed && decided) {
        return accept(row, code.get(), target(row), account);
      }
      return notChecked(row, e.problem());
    }
    Target.Code target = target(row, check);
    if (check.status() == Invitation.Status.EXPIRED) {
      settle(asks(row, Reason.EXPIRED).withTarget(target), row);
      return Sent.SOMETHING;
    }
    return accept(row, code.get(), target, account);
  }

  /// Whose code it is, is written down before it leaves: a program that dies meanwhile could not
  /// find out any more, because the server forgets used codes.
  private Sent accept(
      RunRow row, ConfirmationCode code, Target.Code target, Optional<String> account) {
    if (!row.target().equals(target)) {
      settle(RowChange.to(row.id(), RowState.READY).withTarget(target), row);
    }
    if (settling.leave(List.of(row), Optional.empty(), target.organization(), account).isEmpty()) {
      return Sent.SOMETHING;
    }
    try {
      boolean ignored =
          session
              .pace()
              .timed(
                  Pace.Work.ACCEPT,
                  1,
                  () ->
                      session.ask(() -> {
                        session.server().accept(code);
                        return true;
                      }));
      settle(RowChange.to(row.id(), RowState.JOINED).withTarget(target), row);
      dropFromCache(target);
      settling.published(target.organization());
    } catch (ProblemException e) {
      switch (e.problem()) {
        case Problem.Rejected rejected when rejected.reason() == Reason.ALREADY_MEMBER -> {
          settle(memberAlready(row, target, new Looks(invitations)).withTarget(target), row);
          dropFromCache(target);
          settling.published(target.organization());
        }
        case Problem.Rejected rejected
            when rejected.reason() == Reason.UNKNOWN_CODE && target.username().isPresent() ->
            settle(
                RowChange.because(
                        row.id(), RowState.UNKNOWN, Reason.UNKNOWN_CODE, rejected.serverText())
                    .withTarget(target),
                row);
        case Problem.Rejected rejected ->
            settle(
                RowChange.because(
                        row.id(), RowState.REFUSED, rejected.reason(), rejected.serverText())
                    .withTarget(target),
                row);
        case Problem.ServerFault fault when fault.serverCode().equals(FAILED_INSIDE) -> {
          settle(
              RowChange.because(row.id(), RowState.UNKNOWN, Reason.OTHER, fault.serverCode())
                  .withTarget(target),
              row);
          return Sent.FAULT;
        }
        case Problem problem -> {
          settling.failed(List.of(row), problem, target.organization());
          table
              .row(row.id())
              .filter(now -> !now.state().settled())
              .ifPresent(
                  now -> settle(RowChange.to(now.id(), now.state()).withTarget(target), now));
          return Sent.isFault(problem) ? Sent.FAULT : Sent.SOMETHING;
        }
      }
    }
    return Sent.SOMETHING;
  }

  @Override
  public boolean lookUp(Call call, Looks looks) {
    RunRow row = call.rows().getFirst();
    if (row.reason().equals(Optional.of(Reason.ALREADY_MEMBER))) {
      RowChange change = memberAlready(row, target(row), looks);
      if (change.state().settled()) {
        settle(change, row);
      }
      return change.state().settled();
    }
    Optional<ConfirmationCode> code = table.code(row.id());
    if (code.isEmpty()) {
      settle(RowChange.to(row.id(), RowState.CANNOT_TELL), row);
      return true;
    }
    try {
      Optional<OrganizationAccess> desk = codes.from();
      if (desk.isEmpty()) {
        return nobodyMayLook(row);
      }
      CodeCheck check = session.ask(() -> desk.get().check(code.get()));
      Target.Code target = target(row, check);
      RowChange change;
      if (joinedHalfWay(row, check)) {
        change = RowChange.to(row.id(), RowState.JOINED);
      } else if (check.status() == Invitation.Status.PENDING) {
        change = settling.again(row);
      } else {
        change = RowChange.because(row.id(), RowState.NEEDS_DECISION, Reason.EXPIRED, "");
      }
      settle(change.withTarget(target), row);
      return true;
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.NotAllowed) {
        settle(RowChange.to(row.id(), RowState.CANNOT_TELL), row);
        return true;
      }
      boolean usedUp =
          e.problem() instanceof Problem.Rejected rejected
              && rejected.reason() == Reason.UNKNOWN_CODE;
      if (usedUp) {
        return usedUpMeanwhile(row, looks);
      }
      looks.failed(e.problem());
      return mayNotLook(e.problem(), row);
    }
  }

  private boolean mayNotLook(Problem refused, RunRow row) {
    Run run = table.run(row.run()).orElseThrow();
    return settling.mayNotLook(refused, run, session.account(), List.of(row));
  }

  /// Whether the person joined by a call that failed afterwards. The invitation stays then, and
  /// sending it again would only burn it.
  private boolean joinedHalfWay(RunRow row, CodeCheck check) throws ProblemException {
    if (!row.serverText().equals(FAILED_INSIDE)) {
      return false;
    }
    OrganizationAccess access = session.access(check.organization());
    return access.rights().contains(Right.LIST_USERS)
        && session
            .ask(() -> access.member(check.username()))
            .filter(member -> member.managedBy().isPresent())
            .isPresent();
  }

  /// What became of the call can be told by a look only.
  private boolean nobodyMayLook(RunRow row) {
    return session.account().isPresent()
        && !codes.canLook()
        && mayNotLook(new Problem.NotAllowed(""), row);
  }

  /// The code is used up: by us, when the person is a member that the parent manages; otherwise the
  /// server does not tell used, deleted, replaced and expired apart.
  private boolean usedUpMeanwhile(RunRow row, Looks looks) {
    Target.Code target = (Target.Code) row.target();
    if (target.username().isEmpty() || target.organization().isEmpty()) {
      settle(RowChange.to(row.id(), RowState.CANNOT_TELL), row);
      return true;
    }
    try {
      OrganizationAccess access = session.access(target.organization().get());
      Optional<Member> member = session.ask(() -> access.member(target.username().get()));
      boolean joined = member.filter(one -> one.managedBy().isPresent()).isPresent();
      dropFromCache(target);
      settle(
          joined
              ? RowChange.to(row.id(), RowState.JOINED)
              : RowChange.because(
                  row.id(), RowState.REFUSED, Reason.UNKNOWN_CODE, row.serverText()),
          row);
      return true;
    } catch (ProblemException e) {
      looks.failed(e.problem());
      return mayNotLook(e.problem(), row);
    }
  }

  /// "Already a member" is only joining when the account is managed by the parent: a user of the
  /// same name may have been made in the child.
  private RowChange memberAlready(RunRow row, Target.Code target, Looks looks) {
    Run run = table.run(row.run()).orElseThrow();
    boolean known = target.organization().isPresent() && target.username().isPresent();
    Standing standing =
        known
            ? Standing.of(session, run, target.organization().get(), target.username().get(), looks)
            : Standing.NOBODY_MAY_LOOK;
    return standing.outcome(row, "");
  }

  /// Whether the person of a code that nobody waits behind any more has joined since it was looked
  /// up: the server says so, or the list that was read on this computer since then.
  private boolean joinedMeanwhile(RunRow row) {
    Target.Code target = target(row);
    if (target.username().isEmpty() || target.organization().isEmpty()) {
      return false;
    }
    OrganizationId organization = target.organization().get();
    String person = target.username().get();
    try {
      OrganizationAccess access = session.access(organization);
      if (access.rights().contains(Right.LIST_USERS)) {
        return session
            .ask(() -> access.member(person))
            .filter(one -> one.managedBy().isPresent())
            .isPresent();
      }
    } catch (ProblemException e) {
      // then what is known here has to do
    }
    Instant seen = row.basis().flatMap(Basis::asOf).orElse(row.changed());
    return Optional.ofNullable(
            members.managed(connection, organization).get(Comparison.folded(person)))
        .filter(read -> read.isAfter(seen))
        .isPresent();
  }

  private Sent notChecked(RunRow row, Problem problem) {
    switch (problem) {
      case Problem.Rejected rejected
          when rejected.reason() == Reason.UNKNOWN_CODE && joinedMeanwhile(row) -> {
        dropFromCache(target(row));
        settle(
            RowChange.because(
                row.id(), RowState.ALREADY_MEMBER, Reason.UNKNOWN_CODE, rejected.serverText()),
            row);
      }
      case Problem.Rejected rejected
          when rejected.reason() == Reason.UNKNOWN_CODE && !lookedAt(row) ->
          settle(
              RowChange.because(
                  row.id(), RowState.NEEDS_DECISION, Reason.UNKNOWN_CODE, rejected.serverText()),
              row);
      case Problem.Rejected rejected ->
          settle(
              RowChange.because(
                  row.id(), RowState.REFUSED, rejected.reason(), rejected.serverText()),
              row);
      case Problem.NotAllowed ignored ->
          settle(RowChange.because(row.id(), RowState.NEEDS_DECISION, Reason.NOT_CHECKED, ""), row);
      case Problem.Busy busy ->
          settle(
              RowChange.to(row.id(), RowState.READY)
                  .notBefore(
                      clock
                          .instant()
                          .plus(busy.retryAfter().orElse(Settling.pause(row.attempts())))),
              row);
      case Problem.ServerFault ignored -> {
        return laterAgain(row);
      }
      case Problem.Unreadable ignored -> {
        return laterAgain(row);
      }
      case Problem.Unreachable ignored -> {
        return Sent.NOTHING;
      }
      case Problem.Untrusted ignored -> {
        return Sent.NOTHING;
      }
      case Problem.SignedOut ignored -> {
        return Sent.NOTHING;
      }
    }
    return Sent.SOMETHING;
  }

  /// Looking did no harm, so it can be tried again after a while.
  private Sent laterAgain(RunRow row) {
    settle(RowChange.to(row.id(), RowState.READY).notBefore(clock.instant().plusSeconds(30)), row);
    return Sent.FAULT;
  }

  private void dropFromCache(Target.Code target) {
    if (target.organization().isEmpty() || target.username().isEmpty()) {
      return;
    }
    List<InvitationId> pending =
        cache.of(connection, target.organization().get(), List.of(target.username().get())).stream()
            .map(InvitationCache.Cached::invitation)
            .filter(invitation -> invitation.status() == Invitation.Status.PENDING)
            .map(Invitation::id)
            .toList();
    if (pending.size() == 1) {
      cache.remove(connection, target.organization().get(), pending);
    }
  }

  private void settle(RowChange change, RunRow row) {
    Optional<OrganizationId> organization =
        change
            .target()
            .or(() -> Optional.of(row.target()))
            .flatMap(target -> ((Target.Code) target).organization());
    settling.settle(List.of(change), organization);
  }

  private static Target.Code target(RunRow row, CodeCheck check) {
    return new Target.Code(
        ((Target.Code) row.target()).lastFour(),
        Optional.of(check.username()),
        Optional.of(check.organization()));
  }
}
