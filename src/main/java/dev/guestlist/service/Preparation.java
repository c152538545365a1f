package dev.guestlist.service;

import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Right;
import dev.guestlist.store.OrganizationCache;
import dev.guestlist.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what is needed for working without a connection: invitations, members, groups and roles of
/// many organizations, one after the other and one call at a time, so that what a person does
/// meanwhile comes through. It goes on in the background, whatever is looked at meanwhile; there is
/// one reading at a time.
public final class Preparation implements AutoCloseable {
  private static final Duration FAREWELL = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(Preparation.class);

  private final Session session;
  private final Invitations invitations;
  private final Members members;
  private final Assignments assignments;
  private final OrganizationCache organizations;
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private Optional<State> state = Optional.empty();
  private Hold hold = new Hold();
  private Optional<Thread> reader = Optional.empty();
  private boolean closed;

  /// A reading, as it stands.
  ///
  /// @param chosen with their names
  /// @param current what is read just now; empty before the first, and at the end
  /// @param done what became of those that were read, in their order
  /// @param running whether it goes on; a paused one does
  public record State(
      Depth depth,
      Map<OrganizationId, String> chosen,
      Optional<OrganizationId> current,
      List<Done> done,
      boolean running,
      boolean paused) {
    private State at(OrganizationId id) {
      return new State(depth, chosen, Optional.of(id), done, running, paused);
    }

    private State with(Done one) {
      List<Done> more = new ArrayList<>(done);
      more.add(one);
      return new State(depth, chosen, current, List.copyOf(more), running, paused);
    }

    private State pausedOrNot(boolean nowPaused) {
      return new State(depth, chosen, current, done, running, nowPaused);
    }

    private State ended() {
      return new State(depth, chosen, Optional.empty(), done, false, false);
    }
  }

  /// What became of one organization.
  public sealed interface Outcome {
    /// Everything that the account may read is here.
    ///
    /// @param invitations whether the account may list them
    /// @param members whether the account may list them
    record Ready(boolean invitations, boolean members) implements Outcome {}

    /// The account cannot enter it.
    record NoAccess(Problem problem) implements Outcome {}

    /// Something could not be read; what was known of it stays.
    record Failed(Problem problem) implements Outcome {}
  }

  /// One organization, done.
  public record Done(OrganizationId organization, Outcome outcome) {}

  /// How much is read of each organization.
  public enum Depth {
    /// the invitations
    INVITATIONS,
    /// everything that is needed for working without a connection
    EVERYTHING
  }

  /// Lets somebody pause and stop the reading. What is asked of the server just then is waited for.
  static final class Hold {
    private boolean paused;
    private boolean stopped;

    synchronized void pause() {
      paused = true;
    }

    synchronized void goOn() {
      paused = false;
      notifyAll();
    }

    synchronized void stop() {
      stopped = true;
      notifyAll();
    }

    /// Waits while it is paused; whether there is to be more.
    private synchronized boolean mayGoOn() {
      try {
        while (paused && !stopped) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      return !stopped;
    }
  }

  /// What is read, step by step.
  interface Progress {
    /// Tells nobody.
    Progress UNWATCHED =
        new Progress() {
          @Override
          public void begun(OrganizationId organization) {}

          @Override
          public void done(Done one) {}
        };

    /// An organization is begun.
    void begun(OrganizationId organization);

    /// An organization is done.
    void done(Done one);
  }

  Preparation(
      Session session,
      Invitations invitations,
      Members members,
      Assignments assignments,
      OrganizationCache organizations) {
    this.session = session;
    this.invitations = invitations;
    this.members = members;
    this.assignments = assignments;
    this.organizations = organizations;
  }

  /// Reads everything of one organization, at once; blocks until that is done.
  public Outcome readNow(OrganizationId organization) {
    return run(List.of(organization), Depth.EVERYTHING, Progress.UNWATCHED, new Hold())
        .getFirst()
        .outcome();
  }

  /// Begins to read these organizations, unless a reading is under way already.
  ///
  /// @param chosen with their names, in the order in which they are read
  public synchronized void start(Map<OrganizationId, String> chosen, Depth depth) {
    if (closed || chosen.isEmpty() || state.filter(State::running).isPresent()) {
      return;
    }
    Map<OrganizationId, String> inOrder = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
    Hold mine = new Hold();
    hold = mine;
    state = Optional.of(new State(depth, inOrder, Optional.empty(), List.of(), true, false));
    reader =
        Optional.of(
            Thread.ofVirtual()
                .name("preparation")
                .start(() -> read(inOrder.keySet(), depth, mine)));
    tell();
  }

  /// The reading that is under way, or else the last one; empty before the first.
  public synchronized Optional<State> state() {
    return state;
  }

  /// Pauses it after what is asked of the server just now, or lets it go on.
  public void pauseOrGoOn() {
    synchronized (this) {
      if (state.filter(State::running).isEmpty()) {
        return;
      }
      boolean pause = !state.get().paused();
      if (pause) {
        hold.pause();
      } else {
        hold.goOn();
      }
      state = state.map(before -> before.pausedOrNot(pause));
    }
    tell();
  }

  /// Ends it after what is asked of the server just now.
  public synchronized void stop() {
    hold.stop();
  }

  /// Tells whenever the state has changed, on the thread that changed it.
  public Changes.Subscription watch(Runnable watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  /// Ends it, and waits a little for what is asked of the server just now.
  @Override
  public void close() {
    Optional<Thread> last;
    synchronized (this) {
      closed = true;
      hold.stop();
      last = reader;
    }
    try {
      if (last.isPresent()) {
        boolean ignored = last.get().join(FAREWELL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(Collection<OrganizationId> chosen, Depth depth, Hold mine) {
    try {
      run(
          List.copyOf(chosen),
          depth,
          new Progress() {
            @Override
            public void begun(OrganizationId organization) {
              change(before -> before.at(organization));
            }

            @Override
            public void done(Done one) {
              change(before -> before.with(one));
            }
          },
          mine);
    } catch (StoreException e) {
      // this computer cannot write: what was not read is told as not begun
      log.error("The reading of many organizations ended.", e);
    } finally {
      change(State::ended);
    }
  }

  private void change(UnaryOperator<State> how) {
    synchronized (this) {
      state = state.map(how);
    }
    tell();
  }

  private void tell() {
    watchers.forEach(Runnable::run);
  }

  /// Reads these organizations and blocks until all are done, it is stopped, or nothing more can be
  /// read because the server went away or the session ended.
  ///
  /// @param hold asked between two calls
  /// @return what became of those that were begun and not stopped, in their order
  List<Done> run(List<OrganizationId> chosen, Depth depth, Progress progress, Hold hold) {
    List<Done> all = new ArrayList<>();
    for (OrganizationId id : chosen) {
      if (!hold.mayGoOn()) {
        break;
      }
      progress.begun(id);
      Optional<Outcome> outcome = prepare(id, depth, hold);
      if (outcome.isEmpty()) {
        break;
      }
      Done done = new Done(id, outcome.get());
      all.add(done);
      progress.done(done);
      if (outcome.get() instanceof Outcome.Failed failed && endsAll(failed.problem())) {
        break;
      }
    }
    return List.copyOf(all);
  }

  /// Empty when it was stopped on the way.
  private Optional<Outcome> prepare(OrganizationId id, Depth depth, Hold hold) {
    try {
      session.access(id);
      organizations.setAccess(session.connection().id(), id, Organization.Access.ENTERABLE);
    } catch (ProblemException e) {
      boolean refused =
          e.problem() instanceof Problem.Rejected || e.problem() instanceof Problem.NotAllowed;
      if (!refused) {
        return Optional.of(new Outcome.Failed(e.problem()));
      }
      organizations.setAccess(session.connection().id(), id, Organization.Access.REFUSED);
      return Optional.of(new Outcome.NoAccess(e.problem()));
    }
    Set<Right> rights = session.rights(id).orElse(Set.of());
    List<Step> steps = new ArrayList<>();
    if (rights.contains(Right.LIST_INVITATIONS)) {
      steps.add(invitations::refresh);
    }
    if (depth == Depth.EVERYTHING) {
      if (rights.contains(Right.LIST_USERS)) {
        steps.add(members::refresh);
      }
      steps.add(assignments::refresh);
    }
    for (Step step : steps) {
      session.letOthersFirst();
      if (!hold.mayGoOn()) {
        return Optional.empty();
      }
      Optional<Problem> problem = step.read(id);
      if (problem.isPresent() && !(problem.get() instanceof Problem.NotAllowed)) {
        return Optional.of(new Outcome.Failed(problem.get()));
      }
    }
    return Optional.of(
        new Outcome.Ready(
            rights.contains(Right.LIST_INVITATIONS), rights.contains(Right.LIST_USERS)));
  }

  private interface Step {
    Optional<Problem> read(OrganizationId organization);
  }

  private static boolean endsAll(Problem problem) {
    return problem instanceof Problem.Unreachable
        || problem instanceof Problem.Untrusted
        || problem instanceof Problem.SignedOut;
  }
}
