package dev.guestlist.service;

import dev.guestlist.model.Basis;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Decision;
import dev.guestlist.model.Held;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Wish;
import dev.guestlist.store.DecisionTable;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.RowChange;
import dev.guestlist.store.RunTable;
import dev.guestlist.store.RunTable.NewRow;
import dev.guestlist.store.RunTable.NewRun;
import dev.guestlist.store.ViewState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// Everything that people want to change on the server, written down before it is sent. Each method
/// that posts returns once the run is on disk; the [RunWorker] sends it.
public final class Runs {
  private static final String NOBODY = "";

  /// Most lost answers are looked up within seconds.
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ConnectionId connection;
  private final Session session;
  private final RunTable table;
  private final DecisionTable decisions;
  private final LocalStore store;
  private final Changes changes;
  private final InstantSource clock;
  private final Map<Long, DecisionTable.Dropped> dropped = new ConcurrentHashMap<>();

  /// An invitation to delete, and how to name it.
  public record ToDelete(InvitationId invitation, String username) {}

  /// A listed invitation to replace, and whom it invites to what.
  public record ToReplace(InvitationId invitation, Target.Person person) {}

  /// A code to accept, with what a look at it brought, if there was one.
  public record ToAccept(
      ConfirmationCode code, Optional<String> username, Optional<OrganizationId> organization) {}

  /// What another account posted and has not left yet.
  ///
  /// @param account who posted it
  /// @param runs newest first
  /// @param rows how many rows of them wait
  public record OthersWaiting(String account, List<Run> runs, int rows) {}

  Runs(Session session, LocalStore store, Changes changes, InstantSource clock) {
    this.connection = session.connection().id();
    this.session = session;
    this.table = store.runs();
    this.decisions = store.decisions();
    this.store = store;
    this.changes = changes;
    this.clock = clock;
  }

  /// Whether codes that come back can be sealed, and kept after the program closed. When they
  /// cannot, inviting without the server's mail is refused: a code that cannot be kept is not asked
  /// for. Touches no disk.
  public boolean canKeepCodes() {
    return store.vault().durable() && !codesNeedPassphrase();
  }

  /// Whether the vault's passphrase has to be typed in before a code can be sealed. Touches no
  /// disk.
  public boolean codesNeedPassphrase() {
    return store.vault().needsPassphrase();
  }

  /// Where the key of the sealed codes lies, for the person to read.
  public String keyPlace() {
    return store.vault().place();
  }

  /// Posts an invite run. Without a connection or a sign-in it waits and asks before it leaves.
  ///
  /// @throws IllegalArgumentException for an empty list, or codes that could not be kept
  public Run invite(
      OrganizationId organization, List<Target.Person> people, boolean serverMails, String ticket) {
    if (!serverMails && !canKeepCodes()) {
      throw new IllegalArgumentException("Codes cannot be kept on this computer.");
    }
    List<NewRow> rows = withBasis(organization, people);
    return post(
        Optional.of(organization),
        new Wish.Invite(serverMails),
        rows,
        Ticket.of(ticket),
        Duration.ZERO);
  }

  /// Posts a delete run whose rows leave after `grace`; until then [#takeBack] works.
  public Run delete(OrganizationId organization, List<ToDelete> invitations, Duration grace) {
    List<NewRow> rows =
        withBasis(
            organization,
            invitations.stream()
                .map(one -> new Target.Listed(one.invitation(), one.username()))
                .toList());
    return post(Optional.of(organization), new Wish.Delete(), rows, Ticket.NONE, grace);
  }

  /// Posts a run that deletes invitations and invites the same people again; their old codes are
  /// worthless then. Rows leave after `grace`; until then [#takeBack] works.
  ///
  /// @throws IllegalArgumentException for an empty list, or codes that could not be kept
  public Run inviteAgain(
      OrganizationId organization,
      List<ToReplace> invitations,
      boolean serverMails,
      Duration grace) {
    List<Target.Again> rows =
        invitations.stream()
            .map(one -> new Target.Again(one.invitation(), one.person(), Target.Again.Step.DELETE))
            .toList();
    return again(organization, rows, serverMails, grace);
  }

  /// Does the second half of an "invite again" whose first half is done, and nothing for anybody
  /// else: lets its row go on where its run leaves, and writes down a run of its own where that one
  /// waits, or the row is settled.
  ///
  /// @return the run that does; empty when the row does not stand there, or is being finished
  public Optional<Run> finish(RunRow shown) {
    RunRow row = row(shown.id()).orElseThrow();
    Run run = find(row.run()).orElseThrow();
    boolean waits = row.state() == RowState.READY || row.state() == RowState.NEEDS_DECISION;
    if (waits && run.phase() == Run.Phase.ACTIVE) {
      inviteAnyway(row);
      return Optional.of(run);
    }
    if (waits) {
      store
          .calls()
          .settle(List.of(RowChange.to(row.id(), RowState.NOT_INVITED_AGAIN)), clock.instant());
    }
    OrganizationId organization = run.organization().orElseThrow();
    boolean open =
        store.doneHere().recent(connection, organization, clock.instant()).stream()
            .anyMatch(one -> one.id() == row.id() && one.state() == RowState.NOT_INVITED_AGAIN);
    if (!open
        || !(row.target() instanceof Target.Again again)
        || !(run.wish() instanceof Wish.InviteAgain wish)) {
      return Optional.empty();
    }
    return Optional.of(
        again(organization, List.of(again.gone()), wish.serverMails(), Duration.ZERO));
  }

  private Run again(
      OrganizationId organization, List<Target.Again> people, boolean serverMails, Duration grace) {
    if (!serverMails && !canKeepCodes()) {
      throw new IllegalArgumentException("Codes cannot be kept on this computer.");
    }
    List<NewRow> rows = withBasis(organization, people);
    return post(
        Optional.of(organization), new Wish.InviteAgain(serverMails), rows, Ticket.NONE, grace);
  }

  /// Posts an accept run; the codes are sealed with it. Each code is looked up again right before
  /// it is accepted, so that an expired one is not burnt.
  public Run accept(List<ToAccept> codes, Ticket ticket, Duration countdown) {
    return accept(codes, ticket, countdown, Optional.empty());
  }

  /// Posts codes that nobody can look up, because nobody is signed in or the right is missing.
  /// Where they can be looked up by the time they leave, they are.
  public Run acceptWithoutLooking(List<ToAccept> codes, Ticket ticket, Duration countdown) {
    return accept(codes, ticket, countdown, Optional.of(Decision.ACCEPT_WITHOUT_LOOKING));
  }

  private Run accept(
      List<ToAccept> codes, Ticket ticket, Duration countdown, Optional<Decision> decided) {
    Basis seen = new Basis(Optional.of(clock.instant()), Optional.empty());
    List<NewRow> rows =
        codes.stream()
            .map(one ->
                new NewRow(
                    new Target.Code(one.code().lastFour(), one.username(), one.organization()),
                    Optional.of(one.code()),
                    one.organization().map(known -> seen),
                    decided))
            .toList();
    return post(Optional.empty(), new Wish.Accept(), rows, ticket, countdown);
  }

  /// How many codes have which outcome since then, and how many wait, whenever they were taken in.
  public Map<RowState, Integer> codesSince(Instant since) {
    return table.codesSince(connection, since);
  }

  /// Newest first.
  public List<Run> all() {
    return table.runs(connection);
  }

  public Optional<Run> find(long number) {
    return table.run(number);
  }

  public List<RunRow> rows(long run) {
    return table.rows(run);
  }

  /// One row by its key; empty when there is none (any more).
  public Optional<RunRow> row(long id) {
    return table.row(id);
  }

  /// The sealed code of an invitation that was made here; empty when it was wiped or never came,
  /// and while the vault is locked.
  public Optional<ConfirmationCode> code(long row) {
    return store.vault().locked() ? Optional.empty() : table.code(row);
  }

  /// Whether and how this very code was accepted from this computer before; told by the whole code,
  /// also after it was wiped. Empty while the vault is locked.
  public Optional<AcceptedBefore> acceptedBefore(ConfirmationCode code) {
    return AcceptedBefore.find(store, connection, code);
  }

  /// The run that still has to accept this very code, or waits for a decision about it. Empty while
  /// the vault is locked.
  public Optional<Run> waitingFor(ConfirmationCode code) {
    return store.doneHere().waiting(connection, code).flatMap(row -> table.run(row.run()));
  }

  /// Whether and how the code of this row was accepted from this computer by another row: what to
  /// tell about a code that the server refused as unknown.
  public Optional<AcceptedBefore> acceptedBefore(RunRow row) {
    return AcceptedBefore.find(store, row);
  }

  /// Takes a run back while its grace lasts.
  ///
  /// @return whether it was in time; nothing was sent then
  public boolean takeBack(long run) {
    boolean inTime = decisions.takeBack(run, clock.instant());
    changed(run);
    return inTime;
  }

  /// What of a run that invited can be deleted again, and what stays and why, as the last lists of
  /// invitations and members say; reading them before makes it exact.
  ///
  /// @throws java.util.NoSuchElementException when there is no such run
  public TakingBack previewTakeBack(long run) {
    return TakingBack.of(find(run).orElseThrow(), session.connection(), store);
  }

  /// Posts a run that deletes everything that [#previewTakeBack] says can be deleted. Its rows
  /// leave after `grace`.
  ///
  /// @return empty when there is nothing to delete
  public Optional<Run> takeBackSent(long run, Duration grace) {
    List<ToDelete> invitations = previewTakeBack(run).deletable();
    return invitations.isEmpty()
        ? Optional.empty()
        : find(run)
            .flatMap(Run::organization)
            .map(organization -> delete(organization, invitations, grace));
  }

  /// For how many rows of a finished run [#retry] would want the same.
  public int notServed(long run) {
    return table.notServed(run).size();
  }

  /// Posts a run that wants the same for those whom a finished run did not serve: the refused and
  /// the ones that were not tried. Codes are not accepted again this way.
  ///
  /// @return empty when the run is not finished, was about codes, or served everybody
  /// @throws IllegalArgumentException when it asks for codes and these could not be kept
  public Optional<Run> retry(long number) {
    Run run = find(number).orElseThrow();
    if (!run.done() || run.organization().isEmpty()) {
      return Optional.empty();
    }
    OrganizationId organization = run.organization().get();
    List<Target> rows = table.notServed(number).stream().map(RunRow::target).toList();
    boolean codes =
        switch (run.wish()) {
          case Wish.Invite(boolean mails) -> !mails;
          case Wish.InviteAgain(boolean mails) -> !mails;
          case Wish.Delete() -> false;
          case Wish.Accept() -> false;
        };
    if (codes && !canKeepCodes()) {
      throw new IllegalArgumentException("Codes cannot be kept on this computer.");
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            post(
                run.organization(),
                run.wish(),
                withBasis(organization, rows),
                run.ticket(),
                Duration.ZERO));
  }

  /// Lets a run rest after the calls that are on their way, until [#goOn]; also across a restart.
  /// What became of lost calls is looked up all the same.
  ///
  /// @return whether it was leaving; one that asks, is held or stopped is left as it is
  public boolean pause(long run) {
    boolean paused = decisions.pause(run);
    changed(run);
    return paused;
  }

  /// Lets a run go on that asked, was held or paused. What was never compared with the server since
  /// it waited, is compared first, and asks then.
  public void goOn(long run) {
    decisions.goOn(run, me(), clock.instant());
    changed(run);
  }

  /// Ends a run: what was not sent is not tried. What is on its way is still looked after. As long
  /// as the program runs, [#pickUp] takes that back.
  public void stop(long run) {
    decisions.drop(run, me(), clock.instant()).ifPresent(dropped -> this.dropped.put(run, dropped));
    changed(run);
  }

  /// Gives up finding out what became of rows of a run whose answers were lost: nobody can tell.
  public void stopLooking(long run) {
    store.calls().stopLooking(run, clock.instant());
    changed(run);
  }

  /// How many rows of a run have been looked up for so long that it may never be known what became
  /// of them.
  public int lookedUpLong(long run) {
    return store.calls().lookedUpSince(run, clock.instant().minus(LONG));
  }

  /// Whether [#pickUp] has something to take back.
  public boolean canPickUp(long run) {
    return dropped.containsKey(run);
  }

  /// Takes a [#stop] back: what was dropped waits again.
  ///
  /// @return how many rows; none when the run was not stopped by this program
  public int pickUp(long run) {
    DecisionTable.Dropped what = dropped.remove(run);
    int rows = what == null ? 0 : decisions.pickUp(what, me(), clock.instant());
    changed(run);
    return rows;
  }

  /// Lets the waiting codes of a run ask before they leave, or leave by themselves again once they
  /// can be looked up.
  public void askFirst(long run, boolean asks) {
    String why = new Held(Held.Kind.ASK_FIRST, "").toString();
    boolean ignored = decisions.askFirst(run, asks, why, me(), clock.instant());
    changed(run);
  }

  private String me() {
    return session.account().orElse(NOBODY);
  }

  /// The earlier run that has to be settled first, because all that is left of this one is about
  /// people of it; empty when something of this one may leave, and when nothing is left.
  public OptionalLong waitsFor(long run) {
    return store.calls().waitsFor(run);
  }

  /// What waits on this computer and was posted by other accounts than the one that is signed in.
  /// Empty while nobody is.
  public List<OthersWaiting> othersWaiting() {
    Optional<String> me = session.account();
    if (me.isEmpty()) {
      return List.of();
    }
    Map<String, List<Run>> others = new LinkedHashMap<>();
    for (Run run : all()) {
      if (!run.account().equals(NOBODY) && !run.account().equals(me.get()) && waits(run)) {
        others.computeIfAbsent(run.account(), account -> new ArrayList<>()).add(run);
      }
    }
    return others.entrySet().stream()
        .map(of ->
            new OthersWaiting(
                of.getKey(),
                List.copyOf(of.getValue()),
                of.getValue().stream().mapToInt(Runs::waitingRows).sum()))
        .toList();
  }

  private static boolean waits(Run run) {
    return run.phase() != Run.Phase.STOPPED && waitingRows(run) > 0;
  }

  private static int waitingRows(Run run) {
    return run.count(RowState.READY) + run.count(RowState.NEEDS_DECISION);
  }

  private List<Run> waitingOf(String account) {
    return all().stream().filter(run -> run.account().equals(account) && waits(run)).toList();
  }

  /// Everything that waits and that `account` posted belongs to whoever is signed in now. Codes
  /// leave in that name; anything else is compared with the server first, and asks. Rows that
  /// needed a decision still do.
  ///
  /// @throws IllegalStateException when nobody is signed in
  public void sendAsMe(String account) {
    String me = session.account().orElseThrow(() -> new IllegalStateException("Nobody is."));
    for (Run run : waitingOf(account)) {
      decisions.handOver(run.number(), me, clock.instant());
      changed(run);
    }
  }

  /// Drops everything that waits and that `account` posted: it is not tried. What is on its way is
  /// still looked after.
  public void discardOf(String account) {
    waitingOf(account).forEach(run -> stop(run.number()));
  }

  /// What was typed and not sent yet, kept for the next time.
  public ViewState remembered() {
    return store.viewState();
  }

  /// Rows that know what was known of their people when they were posted.
  private List<NewRow> withBasis(OrganizationId organization, List<? extends Target> targets) {
    Comparison known = Review.known(store, connection, organization, targets);
    return targets.stream()
        .map(one ->
            new NewRow(one, Optional.empty(), Optional.of(known.newest(one)), Optional.empty()))
        .toList();
  }

  private void inviteAnyway(RunRow row) {
    DecisionTable.Decided ignored =
        decisions.decide(
            List.of(RowChange.to(row.id(), RowState.READY).notBefore(clock.instant())),
            new DecisionTable.Ruling(Decision.INVITE_ANYWAY, "", me()),
            DecisionTable.Instead.NONE,
            clock.instant());
    changed(row.run());
  }

  private Run post(
      Optional<OrganizationId> organization,
      Wish wish,
      List<NewRow> rows,
      Ticket ticket,
      Duration grace) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("A run needs at least one row.");
    }
    boolean leavesByItself = session.ready() || wish instanceof Wish.Accept;
    Instant now = clock.instant();
    Run run =
        table.post(
            new NewRun(
                connection,
                organization,
                wish,
                session.account().orElse(NOBODY),
                ticket,
                leavesByItself ? Run.Phase.ACTIVE : Run.Phase.ASKS,
                now.plus(grace),
                rows));
    if (!leavesByItself) {
      decisions.setPhase(
          run.number(), Run.Phase.ASKS, new Held(Held.Kind.POSTED_OFFLINE, "").toString());
    }
    changed(run);
    return run;
  }

  private void changed(long number) {
    find(number).ifPresent(this::changed);
  }

  private void changed(Run run) {
    run.organization()
        .ifPresent(organization -> changes.publish(new Change.InvitationsChanged(organization)));
    changes.publish(new Change.RunsChanged());
  }
}
