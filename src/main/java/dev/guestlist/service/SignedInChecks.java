package dev.guestlist.service;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Right;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.server.Scopes;
import dev.guestlist.service.ConnectionTest.Check;
import dev.guestlist.service.ConnectionTest.Line;
import dev.guestlist.service.ConnectionTest.Result;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/// The checks that need somebody signed in: root organization, rights in the current organization,
/// and each interface that is used there. The session itself is left as it is.
final class SignedInChecks {
  private final Connection connection;
  private final Session session;
  private final Consumer<Line> each;
  private Optional<Boolean> handles = Optional.empty();
  private Optional<Boolean> groupPaging = Optional.empty();
  private Optional<Boolean> properties = Optional.empty();

  SignedInChecks(Connection connection, Session session, Consumer<Line> each) {
    this.connection = connection;
    this.session = session;
    this.each = each;
  }

  private interface Question<T> {
    T ask() throws ProblemException;
  }

  /// Hands on all lines but the last.
  ///
  /// @return the line about the server's version, which comes last of all
  Line run() {
    Optional<Organization> root = signIn();
    if (root.isEmpty()) {
      Finding needs = new Finding.Needs(Check.SIGN_IN);
      notTried(EnumSet.range(Check.ROOT_ORGANIZATION, Check.MEMBERS), needs);
      return notTried(Check.VERSION, needs);
    }
    handles = root.get().handle().map(handle -> true);
    line(Check.ROOT_ORGANIZATION, Duration.ZERO, new Finding.RootOrganization(root.get()));
    Optional<OrganizationAccess> access = rights();
    check(Check.ORGANIZATIONS, this::organizations, Finding.Failed::new);
    access.ifPresentOrElse(
        this::inside,
        () ->
            notTried(
                EnumSet.range(Check.INVITATIONS, Check.MEMBERS),
                session.current().isEmpty()
                    ? new Finding.NoOrganization()
                    : new Finding.Needs(Check.RIGHTS)));
    return line(
        Check.VERSION,
        Result.FINE,
        Duration.ZERO,
        new Finding.Traits(
            Finding.Known.of(properties),
            Finding.Known.of(handles),
            Finding.Known.of(groupPaging)));
  }

  private Optional<Organization> signIn() {
    long start = System.nanoTime();
    try {
      Organization root = session.server().root();
      line(Check.SIGN_IN, passed(start), new Finding.SignedInAs(session.account().orElse("")));
      return Optional.of(root);
    } catch (ProblemException e) {
      // tokens of one root organization are refused at another
      Finding why =
          e.problem() instanceof Problem.SignedOut && session.account().isPresent()
              ? new Finding.WrongRootOrganization(connection.rootOrganization())
              : new Finding.Failed(e.problem());
      each.accept(line(Check.SIGN_IN, Result.FAILED, passed(start), why));
      return Optional.empty();
    }
  }

  /// Enters the current organization and says what the account may do there.
  private Optional<OrganizationAccess> rights() {
    Optional<OrganizationId> current = session.current();
    if (current.isEmpty()) {
      each.accept(notTried(Check.RIGHTS, new Finding.NoOrganization()));
      return Optional.empty();
    }
    OrganizationId here = current.get();
    long start = System.nanoTime();
    try {
      OrganizationAccess access = session.access(here);
      Set<Right> granted = access.rights();
      line(Check.RIGHTS, passed(start), new Finding.RightsGranted(here, Set.copyOf(granted)));
      for (Right right : Right.values()) {
        if (!granted.contains(right)) {
          Finding missing = new Finding.RightMissing(here, right, Scopes.of(right));
          each.accept(line(Check.RIGHTS, Result.WARNING, Duration.ZERO, missing));
        }
      }
      return Optional.of(access);
    } catch (ProblemException e) {
      each.accept(
          line(
              Check.RIGHTS,
              Result.FAILED,
              passed(start),
              new Finding.NotEntered(here, e.problem())));
      return Optional.empty();
    }
  }

  private Finding organizations() throws ProblemException {
    Optional<Organization> any = session.server().anyOrganization();
    if (any.isPresent()) {
      handles = Optional.of(any.get().handle().isPresent());
    }
    return new Finding.Answers(Optional.empty());
  }

  private void inside(OrganizationAccess access) {
    properties = access.knowsProperties();
    with(
        access,
        Right.LIST_INVITATIONS,
        Check.INVITATIONS,
        () -> {
          AtomicInteger rows = new AtomicInteger();
          access.invitations(row -> rows.incrementAndGet());
          return new Finding.Answers(Optional.of(rows.get()));
        });
    with(
        access,
        Right.VIEW_GROUPS,
        Check.GROUPS,
        () -> {
          groupPaging = access.pagesGroups();
          return new Finding.Answers(Optional.empty());
        });
    with(
        access,
        Right.VIEW_ROLES,
        Check.ROLES,
        () -> new Finding.Answers(Optional.of(access.roles().size())));
    with(
        access,
        Right.LIST_USERS,
        Check.MEMBERS,
        () -> {
          // one user is enough; their list may be of any length
          var _ = access.member(session.account().orElse(""));
          return new Finding.Answers(Optional.empty());
        });
  }

  private void with(
      OrganizationAccess access, Right right, Check check, Question<Finding> question) {
    Finding missing = new Finding.RightMissing(access.organization(), right, Scopes.of(right));
    if (access.rights().contains(right)) {
      // a token keeps the rights that it was given, while the server may have taken one away
      check(
          check,
          question,
          problem -> problem instanceof Problem.NotAllowed ? missing : new Finding.Failed(problem));
    } else {
      each.accept(notTried(check, missing));
    }
  }

  private void check(
      Check check, Question<Finding> question, Function<Problem, Finding> wentWrong) {
    long start = System.nanoTime();
    try {
      Finding found = question.ask();
      line(check, passed(start), found);
    } catch (ProblemException e) {
      each.accept(line(check, Result.FAILED, passed(start), wentWrong.apply(e.problem())));
    }
  }

  private void notTried(Set<Check> checks, Finding why) {
    checks.forEach(check -> each.accept(notTried(check, why)));
  }

  private static Line notTried(Check check, Finding why) {
    return line(check, Result.NOT_TRIED, Duration.ZERO, why);
  }

  private void line(Check check, Duration took, Finding finding) {
    each.accept(line(check, Result.FINE, took, finding));
  }

  private static Line line(Check check, Result result, Duration took, Finding finding) {
    return new Line(check, result, took, finding);
  }

  private static Duration passed(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
