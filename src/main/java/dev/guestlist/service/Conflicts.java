package dev.guestlist.service;

import dev.guestlist.model.Basis;
import dev.guestlist.model.Decision;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Role;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import dev.guestlist.service.Conflict.Kind;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.RunTable;
import dev.guestlist.store.RunTable.NewRow;
import dev.guestlist.store.RunTable.NewRun;
import dev.guestlist.store.RunTable.RowChange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What waits for a decision, with both sides of it, and the decisions themselves. Every decision
/// is written down in the activity.
public final class Conflicts {
  private final Session session;
  private final RunTable table;
  private final LocalStore store;
  private final Changes changes;
  private final InstantSource clock;

  Conflicts(Session session, LocalStore store, Changes changes, InstantSource clock) {
    this.session = session;
    this.table = store.runs();
    this.store = store;
    this.changes = changes;
    this.clock = clock;
  }

  /// Everything that waits for a decision, oldest first. Reads the disk.
  public List<Conflict> open() {
    Map<Long, Run> runs = new HashMap<>();
    return table.undecided(session.connection().id()).stream()
        .map(row -> of(runs.computeIfAbsent(row.run(), one -> table.run(one).orElseThrow()), row))
        .toList();
  }

  /// One row with both sides of what it waits for. Reads the disk.
  public Conflict of(Run run, RunRow row) {
    Optional<OrganizationId> organization =
        row.target() instanceof Target.Code code ? code.organization() : run.organization();
    String name = Review.name(row);
    Basis now =
        organization
            .map(id ->
                Review.known(store, session.connection().id(), id, List.of(name))
                    .getOrDefault(Review.folded(name), Basis.NOTHING))
            .orElse(Basis.NOTHING);
    Kind kind = kind(row);
    List<String> gone =
        kind == Kind.GIFT_GONE && organization.isPresent()
            ? Review.gone(row, assignments(organization.get()))
            : List.of();
    return new Conflict(
        run,
        row,
        kind,
        organization,
        row.basis().orElse(Basis.NOTHING),
        now,
        gone,
        kind == Kind.CODE_UNKNOWN ? AcceptedBefore.find(table, row) : Optional.empty(),
        decisions(kind));
  }

  private Assignments.Choice assignments(OrganizationId organization) {
    return new Assignments.Choice(
        store.assignments().groups(session.connection().id(), organization),
        store.assignments().roles(session.connection().id(), organization),
        store.assignments().readAt(session.connection().id(), organization));
  }

  private static Kind kind(RunRow row) {
    return switch (row.reason().orElse(Reason.OTHER)) {
      case ALREADY_INVITED -> Kind.INVITED_MEANWHILE;
      case UNKNOWN_GROUP, UNKNOWN_ROLE -> Kind.GIFT_GONE;
      case UNKNOWN_USER -> Kind.PERSON_NOT_FOUND;
      case NEWER_INVITATION -> Kind.NEWER_INVITATION;
      case CHANGED_MEANWHILE -> Kind.CHANGED_MEANWHILE;
      case INVITATION_GONE -> Kind.OLD_ONE_GONE;
      case EXPIRED -> Kind.CODE_EXPIRED;
      case UNKNOWN_CODE -> Kind.CODE_UNKNOWN;
      case OTHER_ORGANIZATION -> Kind.CODE_ELSEWHERE;
      case NOT_CHECKED -> Kind.CODE_NOT_CHECKED;
      case TOO_OLD -> Kind.TOO_OLD;
      case NEVER_ARRIVED -> Kind.NEVER_ARRIVED;
      case NO_EMAIL,
          NO_CONSOLE_ACCESS,
          ALREADY_MEMBER,
          NOT_A_MEMBER,
          NOT_SHARED,
          ORGANIZATION_DISABLED,
          UNKNOWN_ORGANIZATION,
          OTHER_BRANCH,
          GRANT_NOT_ENABLED,
          SIGN_IN_REFUSED,
          SIGN_IN_UNANSWERED,
          DEVICE_CODE_ENDED,
          TOKEN_REFUSED,
          UNKNOWN_MEMBER,
          OTHER ->
          Kind.OTHER;
    };
  }

  private static List<Decision> decisions(Kind kind) {
    return switch (kind) {
      case INVITED_MEANWHILE -> List.of(Decision.KEEP_THEIRS, Decision.REPLACE_WITH_MINE);
      case GIFT_GONE -> List.of(Decision.CHANGE, Decision.INVITE_WITHOUT, Decision.DISCARD);
      case PERSON_NOT_FOUND -> List.of(Decision.CHANGE, Decision.DISCARD);
      case NEWER_INVITATION -> List.of(Decision.KEEP_THEIRS, Decision.DELETE_NEWER);
      case CHANGED_MEANWHILE ->
          List.of(Decision.KEEP_THEIRS, Decision.USE_MINE, Decision.USE_WHAT_IT_HAS);
      case OLD_ONE_GONE -> List.of(Decision.INVITE_ANYWAY, Decision.DISCARD);
      case CODE_EXPIRED, CODE_UNKNOWN -> List.of(Decision.DISCARD);
      case CODE_ELSEWHERE -> List.of(Decision.ACCEPT_TOO, Decision.DISCARD);
      case CODE_NOT_CHECKED ->
          List.of(Decision.TRY_AGAIN, Decision.ACCEPT_WITHOUT_LOOKING, Decision.DISCARD);
      case TOO_OLD, NEVER_ARRIVED, OTHER -> List.of(Decision.TRY_AGAIN, Decision.DISCARD);
    };
  }

  /// Decides about one row, or about all that are alike.
  ///
  /// @return how many rows still waited and were decided about
  /// @throws IllegalArgumentException for a decision that one of them does not offer, and for
  ///   [Decision#CHANGE], which needs to know to what: see [#change]
  public int decide(Collection<Conflict> alike, Decision decision) {
    if (decision == Decision.CHANGE
        || !alike.stream().allMatch(one -> one.choices().contains(decision))) {
      throw new IllegalArgumentException("Not offered: " + decision);
    }
    Map<Long, List<Conflict>> byRun = new LinkedHashMap<>();
    alike.forEach(one -> byRun.computeIfAbsent(one.row().run(), run -> new ArrayList<>()).add(one));
    int decided = 0;
    for (List<Conflict> some : byRun.values()) {
      List<RowChange> rows = some.stream().map(one -> change(one, decision)).toList();
      decided += write(some.getFirst().run(), rows, decision, instead(some, decision));
    }
    return decided;
  }

  /// Invites with another name, user store, groups or roles.
  ///
  /// @return whether the row still waited
  public boolean change(Conflict conflict, Target.Person person) {
    RowChange row = ready(conflict).withTarget(changed(conflict.row().target(), person));
    return write(conflict.run(), List.of(row), Decision.CHANGE, Optional.empty()) > 0;
  }

  private static Target changed(Target target, Target.Person person) {
    return target instanceof Target.Again again
        ? new Target.Again(again.replaces(), person, again.step())
        : person;
  }

  /// Lets the waiting codes of a run be accepted without being looked up; that needs no sign-in.
  public void acceptWithoutLooking(long run) {
    table.acceptWithoutLooking(run, account(), clock.instant());
    published(table.run(run));
  }

  /// Compares what waits with the server once more.
  public void lookAgain(long run) {
    table.forgetReview(run);
    published(table.run(run));
  }

  private int write(Run run, List<RowChange> rows, Decision decision, Optional<NewRun> instead) {
    List<Long> ids = rows.stream().map(RowChange::row).toList();
    int before = (int) ids.stream().filter(this::waits).count();
    table.decide(rows, decision, account(), instead, clock.instant());
    // what was decided goes on, unless something else of its run still has to be let go
    table
        .run(run.number())
        .filter(now -> now.phase() == Run.Phase.ASKS && decidedOnly(now))
        .ifPresent(now -> table.setPhase(now.number(), Run.Phase.ACTIVE, ""));
    published(Optional.of(run));
    return before;
  }

  private boolean waits(long row) {
    return table.row(row).filter(one -> one.state() == RowState.NEEDS_DECISION).isPresent();
  }

  private boolean decidedOnly(Run run) {
    return table.rows(run.number()).stream()
        .filter(row -> row.state() == RowState.READY)
        .allMatch(row -> row.decided().isPresent());
  }

  private void published(Optional<Run> run) {
    run.flatMap(Run::organization)
        .ifPresent(one -> changes.publish(new Change.InvitationsChanged(one)));
    changes.publish(new Change.RunsChanged());
  }

  private String account() {
    return session.account().orElse("");
  }

  private RowChange change(Conflict conflict, Decision decision) {
    RunRow row = conflict.row();
    return switch (decision) {
      case TRY_AGAIN, INVITE_ANYWAY, ACCEPT_TOO, ACCEPT_WITHOUT_LOOKING -> ready(conflict);
      case DISCARD -> discarded(row);
      case KEEP_THEIRS ->
          RowChange.because(
              row.id(), RowState.NOT_TRIED, row.reason().orElse(Reason.ALREADY_INVITED), "");
      case REPLACE_WITH_MINE ->
          pending(conflict).isPresent()
              ? RowChange.because(row.id(), RowState.NOT_TRIED, Reason.ALREADY_INVITED, "")
              : ready(conflict);
      case INVITE_WITHOUT ->
          InvitationLines.person(row)
              .map(person ->
                  ready(conflict)
                      .withTarget(changed(row.target(), without(person, conflict.gone()))))
              .orElseGet(() -> ready(conflict));
      case DELETE_NEWER ->
          pending(conflict)
              .map(newer ->
                  ready(conflict).withTarget(new Target.Listed(newer.id(), row.target().name())))
              .orElseGet(() -> RowChange.to(row.id(), RowState.WAS_GONE));
      case USE_MINE ->
          InvitationLines.person(row)
              .map(person -> ready(conflict).withTarget(replacing(conflict, person)))
              .orElseThrow();
      case USE_WHAT_IT_HAS ->
          InvitationLines.person(row)
              .map(person -> ready(conflict).withTarget(replacing(conflict, has(conflict, person))))
              .orElseThrow();
      case CHANGE -> throw new IllegalArgumentException("Changed to what?");
    };
  }

  private RowChange ready(Conflict conflict) {
    return RowChange.to(conflict.row().id(), RowState.READY).notBefore(clock.instant());
  }

  /// What the server refused stays refused.
  private static RowChange discarded(RunRow row) {
    Optional<Reason> reason = row.reason();
    boolean refused =
        reason.equals(Optional.of(Reason.UNKNOWN_CODE))
            || reason.equals(Optional.of(Reason.UNKNOWN_USER));
    boolean half =
        row.target() instanceof Target.Again again && again.step() == Target.Again.Step.INVITE;
    return refused
        ? RowChange.because(
            row.id(),
            half ? RowState.NOT_INVITED_AGAIN : RowState.REFUSED,
            reason.get(),
            row.serverText())
        : RowChange.to(row.id(), RowState.NOT_TRIED);
  }

  private static Optional<Invitation> pending(Conflict conflict) {
    return conflict.now().invitation().filter(one -> one.status() == Invitation.Status.PENDING);
  }

  private static Target.Person without(Target.Person person, List<String> gone) {
    return new Target.Person(
        person.username(),
        person.roles().stream().filter(role -> !gone.contains(role.displayName())).toList(),
        person.groups().stream().filter(group -> !gone.contains(group.name())).toList());
  }

  private static Target.Person has(Conflict conflict, Target.Person person) {
    List<Role> roles = conflict.now().invitation().map(Invitation::roles).orElse(person.roles());
    List<Group> groups =
        conflict.now().invitation().map(Invitation::groups).orElse(person.groups());
    return new Target.Person(person.username(), roles, groups);
  }

  private static Target replacing(Conflict conflict, Target.Person person) {
    Target.Again again = (Target.Again) conflict.row().target();
    return new Target.Again(
        conflict.now().invitation().map(Invitation::id).orElse(again.replaces()),
        person,
        Target.Again.Step.DELETE);
  }

  /// The run that replaces what somebody else made, in place of rows that only wanted to invite. It
  /// belongs to whoever posted them.
  private Optional<NewRun> instead(List<Conflict> some, Decision decision) {
    Run run = some.getFirst().run();
    if (decision != Decision.REPLACE_WITH_MINE || !(run.wish() instanceof Wish.Invite wish)) {
      return Optional.empty();
    }
    List<NewRow> rows = new ArrayList<>();
    for (Conflict one : some) {
      Optional<Invitation> theirs = pending(one);
      Optional<Target.Person> mine = InvitationLines.person(one.row());
      if (theirs.isPresent() && mine.isPresent()) {
        Target again = new Target.Again(theirs.get().id(), mine.get(), Target.Again.Step.DELETE);
        rows.add(
            new NewRow(again, Optional.empty(), Optional.of(one.now()), Optional.of(decision)));
      }
    }
    String owner = run.account().isBlank() ? account() : run.account();
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new NewRun(
                run.connection(),
                run.organization(),
                new Wish.InviteAgain(wish.serverMails()),
                owner,
                run.ticket(),
                owner.isBlank() ? Run.Phase.ASKS : Run.Phase.ACTIVE,
                clock.instant(),
                rows));
  }
}
