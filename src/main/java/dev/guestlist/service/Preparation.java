package dev.guestlist.service;

import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Right;
import dev.guestlist.store.OrganizationCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads what is needed for working without a connection: invitations, members, groups and roles of
/// many organizations, one after the other and one call at a time, so that what a person does
/// meanwhile comes through.
public final class Preparation {
  private final Session session;
  private final Invitations invitations;
  private final Members members;
  private final Assignments assignments;
  private final OrganizationCache organizations;

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
  public static final class Hold {
    private boolean paused;
    private boolean stopped;

    public synchronized void pause() {
      paused = true;
    }

    public synchronized void goOn() {
      paused = false;
      notifyAll();
    }

    public synchronized void stop() {
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
  public interface Progress {
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

  /// Reads these organizations and blocks until all are done, it is stopped, or nothing more can be
  /// read because the server went away or the session ended.
  ///
  /// @param hold asked between two calls
  /// @return what became of those that were begun and not stopped, in their order
  public List<Done> run(List<OrganizationId> chosen, Depth depth, Progress progress, Hold hold) {
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
