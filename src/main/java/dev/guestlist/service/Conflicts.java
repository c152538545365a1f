package dev.guestlist.service;

import dev.guestlist.model.Basis;
import dev.guestlist.model.Decision;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Right;
import dev.guestlist.model.Role;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import dev.guestlist.service.Conflict.Kind;
import dev.guestlist.store.DecisionTable;
import dev.guestlist.store.DecisionTable.Judged;
import dev.guestlist.store.DecisionTable.Ruling;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.RowChange;
import dev.guestlist.store.RunTable;
import dev.guestlist.store.RunTable.NewRow;
import dev.guestlist.store.RunTable.NewRun;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What waits for a decision, with both sides of it, and the decisions themselves. Every decision
/// is written down in the activity.
public final class Conflicts {
  private final Session session;
  private final Invitations invitations;
  private final ServerZone zone;
  private final RunTable table;
  private final DecisionTable decisions;
  private final LocalStore store;
  private final Changes changes;
  private final InstantSource clock;

  Conflicts(
      Session session,
      Invitations invitations,
      ServerZone zone,
      LocalStore store,
      Changes changes,
      InstantSource clock) {
    this.session = session;
    this.invitations = invitations;
    this.zone = zone;
    this.table = store.runs();
    this.decisions = store.decisions();
    this.store = store;
    this.changes = changes;
    this.clock = clock;
  }

  /// Everything that waits for a decision of whoever is signed in, oldest first; of everybody while
  /// nobody is. Reads the disk.
  public List<Conflict> open() {
    Map<Long, Run> runs = new HashMap<>();
    return decisions.undecided(session.connection().id()).stream()
        .map(row -> of(runs.computeIfAbsent(row.run(), one -> table.run(one).orElseThrow()), row))
        .filter(one -> isOurs(one.run()))
        .toList();
  }

  private boolean isOurs(Run run) {
    return session.account().isEmpty()
        || run.account().isBlank()
        || session.account().equals(Optional.of(run.account()));
  }

  /// One row with both sides of what it waits for. Reads the disk.
  public Conflict of(Run run, RunRow row) {
    Optional<OrganizationId> organization =
        row.target() instanceof Target.Code code ? code.organization() : run.organization();
    Optional<Comparison> here = organization.map(id -> here(id, row));
    Kind kind = kind(row);
    return new Conflict(
        run,
        row,
        kind,
        organization,
        corrected(row.basis().orElse(Basis.NOTHING)),
        corrected(here.map(one -> one.there(row)).orElse(Basis.NOTHING)),
        kind == Kind.GIFT_GONE
            ? here.map(one -> one.gone(row).names()).orElse(List.of())
            : List.of(),
        kind == Kind.CODE_UNKNOWN ? AcceptedBefore.find(store, row) : Optional.empty(),
        isOurs(run) ? decisions(kind) : List.of());
  }

  private Comparison here(OrganizationId organization, RunRow row) {
    return Comparison.here(
        store, session.connection().id(), organization, List.of(Comparison.name(row.target())));
  }

  private Basis corrected(Basis basis) {
    return new Basis(basis.asOf(), basis.invitation().map(zone::corrected));
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

  /// Decides about one row, or about all that are alike. Where that sends something, what is there
  /// is looked at once more: a row that would ask something else by now is left, and its card says
  /// what. Asks the server.
  ///
  /// @return how many rows still waited and were decided about
  /// @throws IllegalArgumentException for a decision that one of them does not offer, and for
  ///   [Decision#CHANGE], which needs to know to what: see [#change]
  public int decide(Collection<Conflict> alike, Decision decision) {
    if (decision == Decision.CHANGE
        || !alike.stream().allMatch(one -> one.choices().contains(decision))) {
      throw new IllegalArgumentException("Not offered: " + decision);
    }
    boolean sends = decision != Decision.DISCARD && decision != Decision.KEEP_THEIRS;
    Map<Long, List<Conflict>> byRun = new LinkedHashMap<>();
    for (Conflict one : sends ? stillSo(alike) : alike) {
      byRun.computeIfAbsent(one.row().run(), run -> new ArrayList<>()).add(one);
    }
    int decided = 0;
    for (List<Conflict> some : byRun.values()) {
      List<RowChange> rows = some.stream().map(one -> next(one, change(one, decision))).toList();
      decided +=
          write(
              some.getFirst().run(),
              rows,
              new Ruling(decision, "", account()),
              waited -> instead(some, waited, decision));
    }
    if (decided < alike.size()) {
      changes.publish(new Change.RunsChanged());
    }
    return decided;
  }

  /// Invites with another name, user store, groups or roles, unless the card would say something
  /// else by now. Asks the server.
  ///
  /// @return whether the row still waited, for the same reason
  public boolean change(Conflict conflict, Target.Person person) {
    return change(Map.of(conflict, person)) > 0;
  }

  /// The same for several at once.
  ///
  /// @return how many rows still waited, for the same reason
  public int change(Map<Conflict, Target.Person> people) {
    int changed = 0;
    for (Conflict conflict : stillSo(people.keySet())) {
      Target.Person person =
          people.entrySet().stream()
              .filter(one -> one.getKey().row().id() == conflict.row().id())
              .map(Map.Entry::getValue)
              .findFirst()
              .orElseThrow();
      RowChange row = ready(conflict).withTarget(changed(conflict.row().target(), person));
      changed +=
          write(
              conflict.run(),
              List.of(next(conflict, row)),
              new Ruling(Decision.CHANGE, words(person), account()),
              DecisionTable.Instead.NONE);
    }
    if (changed < people.size()) {
      changes.publish(new Change.RunsChanged());
    }
    return changed;
  }

  /// "CORP/kim, sales, Auditor".
  private static String words(Target.Person person) {
    return Stream.of(
            Stream.of(person.username().qualified()),
            person.groups().stream().map(Group::name),
            person.roles().stream().map(Role::displayName))
        .flatMap(names -> names)
        .collect(Collectors.joining(", "));
  }

  private static Target changed(Target target, Target.Person person) {
    return target instanceof Target.Again again
        ? new Target.Again(again.replaces(), person, again.step())
        : person;
  }

  /// Those of these that ask the same after what is there was read once more, as far as it can be.
  private List<Conflict> stillSo(Collection<Conflict> shown) {
    shown.stream()
        .filter(one -> !(one.row().target() instanceof Target.Code))
        .flatMap(one -> one.organization().stream())
        .distinct()
        .filter(this::mayBeRead)
        .forEach(invitations::refresh);
    List<Conflict> same = new ArrayList<>();
    for (Conflict one : shown) {
      Optional<RunRow> row =
          table.row(one.row().id()).filter(it -> it.state() == RowState.NEEDS_DECISION);
      if (row.isEmpty() || isAskedAnew(one.run(), row.get())) {
        continue;
      }
      Conflict now = of(table.run(row.get().run()).orElseThrow(), row.get());
      if (now.asksTheSame(one)) {
        same.add(now);
      }
    }
    return same;
  }

  private boolean mayBeRead(OrganizationId organization) {
    return session.ready()
        && session
            .rights(organization)
            .filter(rights -> rights.contains(Right.LIST_INVITATIONS))
            .isPresent();
  }

  /// Lets a card say what stands against its row by now.
  ///
  /// @return whether that is something else than it said
  private boolean isAskedAnew(Run run, RunRow row) {
    if (run.organization().isEmpty() || !Review.isJudged(row)) {
      return false;
    }
    List<Judged> anew = Review.judged(List.of(row), here(run.organization().get(), row));
    return !anew.isEmpty() && decisions.judgedAnew(run.number(), anew, clock.instant());
  }

  /// What a row comes to that would leave now: something else may stand against what was decided.
  private RowChange next(Conflict conflict, RowChange decided) {
    RunRow row = conflict.row();
    if (decided.state() != RowState.READY || conflict.run().organization().isEmpty()) {
      return decided;
    }
    Target target = decided.target().orElse(row.target());
    return here(conflict.run().organization().get(), row)
        .verdict(row, target)
        .filter(one -> one.state() == RowState.NEEDS_DECISION)
        .filter(one -> !one.reason().equals(row.reason()))
        .map(one -> one.target().isPresent() ? one : one.withTarget(target))
        .orElse(decided);
  }

  /// What can be found out about a code that the server does not know (any more). Asks the server
  /// whether the person is a member.
  ///
  /// @throws IllegalArgumentException when the row is not about a code
  public CodeEvidence why(Conflict conflict) {
    if (!(conflict.row().target() instanceof Target.Code)) {
      throw new IllegalArgumentException("Not about a code.");
    }
    return CodeEvidence.find(session, store, conflict.row());
  }

  /// Lets the waiting codes of a run be accepted without being looked up; that needs no sign-in.
  public void acceptWithoutLooking(long run) {
    decisions.acceptWithoutLooking(run, account(), clock.instant());
    published(table.run(run));
  }

  /// Compares what waits with the server once more.
  public void lookAgain(long run) {
    decisions.forgetReview(run);
    published(table.run(run));
  }

  private int write(Run run, List<RowChange> rows, Ruling ruling, DecisionTable.Instead instead) {
    int decided = decisions.decide(rows, ruling, instead, clock.instant()).rows();
    // what was decided goes on, unless something else of its run still has to be let go, or what is
    // there cannot be compared with now
    table
        .run(run.number())
        .filter(now -> now.phase() == Run.Phase.ASKS && decidedOnly(now))
        .filter(now -> session.ready() || now.wish() instanceof Wish.Accept)
        .ifPresent(now -> decisions.setPhase(now.number(), Run.Phase.ACTIVE, ""));
    published(Optional.of(run));
    return decided;
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
                  ready(conflict).withTarget(changed(row.target(), without(conflict, person))))
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

  /// Without what is known to be gone; where the server did not say what it is, without all of its
  /// kind.
  private Target.Person without(Conflict conflict, Target.Person person) {
    Comparison.Gone gone =
        conflict
            .organization()
            .map(id -> here(id, conflict.row()).gone(conflict.row()))
            .orElse(Comparison.Gone.NOTHING);
    if (!gone.isEmpty()) {
      return gone.without(person);
    }
    return conflict.row().reason().equals(Optional.of(Reason.UNKNOWN_ROLE))
        ? new Target.Person(person.username(), List.of(), person.groups())
        : new Target.Person(person.username(), person.roles(), List.of());
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
  ///
  /// @param waited the rows that really still waited
  private Optional<NewRun> instead(List<Conflict> some, Set<Long> waited, Decision decision) {
    Run run = some.getFirst().run();
    if (decision != Decision.REPLACE_WITH_MINE || !(run.wish() instanceof Wish.Invite wish)) {
      return Optional.empty();
    }
    List<NewRow> rows = new ArrayList<>();
    for (Conflict one : some) {
      if (!waited.contains(one.row().id())) {
        continue;
      }
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
                owner.isBlank() || !session.ready() ? Run.Phase.ASKS : Run.Phase.ACTIVE,
                clock.instant(),
                rows));
  }
}
