package dev.guestlist.service;

import dev.guestlist.model.CodeCheck;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Right;
import dev.guestlist.model.Role;
import dev.guestlist.server.OrganizationAccess;
import dev.guestlist.store.InvitationCache;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Looks codes up before anybody accepts them: whose they are, where they lead, what they give.
public final class CodeDesk {
  /// How many organizations are tried where none is open, before codes are called uncheckable.
  private static final int PLACES_TO_TRY = 5;

  private final Session session;
  private final Organizations organizations;
  private final InvitationCache cache;
  private final Changes changes;

  /// held while one is entered, so that many looks at once enter it once
  private final Object entering = new Object();

  /// the organizations whose names the server did not give, each in the sign-in of its number; held
  /// while names are read, so that many looks at once read them once
  private final Set<Nameless> nameless = new HashSet<>();

  private record Nameless(int signIn, OrganizationId organization) {}

  /// the sign-in in which no organization was found to look codes up from
  private volatile OptionalInt nowhere = OptionalInt.empty();

  /// What a look brought.
  public sealed interface Look {
    /// Somebody waits behind the code.
    ///
    /// @param gets groups and roles, when the organization's cached list knows the invitation
    record Found(CodeCheck check, Optional<Gets> gets) implements Look {}

    /// The server does not know the code (any more).
    record Unknown() implements Look {}

    /// Nobody could look: signed out, without the right, or without a connection.
    record NotChecked(Problem why) implements Look {}
  }

  /// What an invitation gives, from the list on this computer.
  ///
  /// @param asOf when the server gave that list
  public record Gets(List<Group> groups, List<Role> roles, Instant asOf) {}

  CodeDesk(Session session, Organizations organizations, InvitationCache cache, Changes changes) {
    this.session = session;
    this.organizations = organizations;
    this.cache = cache;
    this.changes = changes;
  }

  /// Whether a look is possible, as far as is known: signed in, and some entered organization gives
  /// the right. Where none does, the first look enters another.
  public boolean canLook() {
    return entered().isPresent()
        || (session.account().isPresent() && !nowhere.equals(OptionalInt.of(session.signIns())));
  }

  /// The organization to look codes up from: any will do in which the account may list invitations.
  /// Where none such was entered since the sign-in, this enters the current one, or else the first
  /// that lets the account in and gives the right, of some that this computer knows, or asks for
  /// now. Empty when none does, and while nobody is signed in.
  ///
  /// @throws ProblemException when the server did not answer, or the session ended
  Optional<OrganizationAccess> from() throws ProblemException {
    synchronized (entering) {
      Optional<OrganizationAccess> known = entered();
      return known.isPresent() || !canLook() ? known : enterSome();
    }
  }

  private Optional<OrganizationAccess> entered() {
    return session.entered().stream().filter(CodeDesk::mayLook).findFirst();
  }

  private static boolean mayLook(OrganizationAccess access) {
    return access.rights().contains(Right.LIST_INVITATIONS);
  }

  private Optional<OrganizationAccess> enterSome() throws ProblemException {
    int now = session.signIns();
    for (OrganizationId place : placesToTry()) {
      try {
        OrganizationAccess access = session.access(place);
        if (mayLook(access)) {
          changes.publish(new Change.SessionChanged());
          return Optional.of(access);
        }
      } catch (ProblemException e) {
        if (!refused(e.problem())) {
          throw e;
        }
      }
    }
    nowhere = OptionalInt.of(now);
    changes.publish(new Change.SessionChanged());
    return Optional.empty();
  }

  private List<OrganizationId> placesToTry() throws ProblemException {
    if (session.current().isEmpty() && organizations.known() == 0) {
      Optional<Problem> unread = organizations.readIndex();
      if (unread.isPresent() && !refused(unread.get())) {
        throw new ProblemException(unread.get());
      }
    }
    return Stream.concat(session.current().stream(), organizations.open())
        .distinct()
        .limit(PLACES_TO_TRY)
        .toList();
  }

  private static boolean refused(Problem problem) {
    return problem instanceof Problem.NotAllowed || problem instanceof Problem.Rejected;
  }

  /// Looks one code up. Read-only: uses nothing up.
  public Look look(ConfirmationCode code) {
    try {
      Optional<OrganizationAccess> access = from();
      if (access.isEmpty()) {
        return new Look.NotChecked(
            session.account().isEmpty()
                ? new Problem.SignedOut()
                : new Problem.NotAllowed("internal_org_guest_mgt_invite_list"));
      }
      CodeCheck check = session.ask(() -> access.get().check(code));
      return new Look.Found(check, gets(check));
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.Rejected rejected
          && rejected.reason() == Reason.UNKNOWN_CODE) {
        return new Look.Unknown();
      }
      return new Look.NotChecked(e.problem());
    }
  }

  /// Looks many codes up, as many at once as the connection allows. Blocks until all are answered;
  /// when its thread is interrupted, no further look begins, no answer is told any more, and it
  /// returns with the thread still marked.
  ///
  /// @param found told each answer as it comes, from background threads, one at a time
  public void look(List<ConfirmationCode> codes, BiConsumer<ConfirmationCode, Look> found) {
    new ManyLooks(this, session, found).look(codes);
  }

  /// Reads the names of the organizations that a code leads to, where they are not known here. What
  /// the server refuses is asked for once in a sign-in, by however many looks at once.
  void learnNames(CodeCheck check) {
    for (OrganizationId id : List.of(check.organization(), check.parent())) {
      if (organizations.find(id).isEmpty()) {
        learnName(new Nameless(session.signIns(), id));
      }
    }
  }

  private void learnName(Nameless one) {
    synchronized (nameless) {
      if (nameless.contains(one) || organizations.find(one.organization()).isPresent()) {
        return;
      }
      if (organizations.readPath(one.organization()).filter(CodeDesk::refused).isPresent()) {
        nameless.add(one);
      }
    }
  }

  private Optional<Gets> gets(CodeCheck check) {
    return cache
        .of(session.connection().id(), check.organization(), List.of(check.username()))
        .stream()
        .filter(row -> row.invitation().status() == Invitation.Status.PENDING)
        .findFirst()
        .map(row -> new Gets(row.invitation().groups(), row.invitation().roles(), row.seen()));
  }
}
