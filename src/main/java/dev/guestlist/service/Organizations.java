package dev.guestlist.service;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.Organization;
import dev.guestlist.model.Organization.Access;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.store.InvitationCache;
import dev.guestlist.store.OrganizationCache;
import dev.guestlist.store.ViewState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The organizations of one connection: the tree, the way to each of them, and the search. Reads
/// what this computer keeps; what is missing or old is read from the server when asked.
public final class Organizations {
  private final ConnectionId connection;
  private final Session session;
  private final OrganizationCache cache;
  private final InvitationCache invitations;
  private final ViewState viewState;
  private final Changes changes;
  private final InstantSource clock;

  /// what the cache holds, arranged for searching; null when it must be arranged anew
  private volatile @Nullable OrganizationIndex index;

  /// One hit of a search, with what helps to tell it from others.
  ///
  /// @param path from the top to this one, both included
  /// @param pending listed invitations when the list was read last; empty when never read
  /// @param readAt when its list of invitations was read last; empty when never
  public record Found(
      Organization organization,
      List<Organization> path,
      Optional<Integer> pending,
      Optional<Instant> readAt,
      boolean pinned) {}

  Organizations(
      Session session,
      OrganizationCache cache,
      InvitationCache invitations,
      ViewState viewState,
      Changes changes,
      InstantSource clock) {
    this.connection = session.connection().id();
    this.session = session;
    this.cache = cache;
    this.invitations = invitations;
    this.viewState = viewState;
    this.changes = changes;
    this.clock = clock;
  }

  public Optional<Organization> find(OrganizationId id) {
    return cache.find(connection, id);
  }

  /// The name for people; the id where no name is known here.
  public String name(OrganizationId id) {
    return find(id).map(Organization::name).orElse(id.value());
  }

  /// The top organization; empty before the first sign-in.
  public Optional<Organization> root() {
    return rootId().flatMap(this::find);
  }

  /// The known children in order of name.
  public List<Organization> children(OrganizationId parent) {
    return index().children().getOrDefault(parent, List.of());
  }

  /// When the children of this parent were read; empty when never.
  public Optional<Instant> childrenReadAt(OrganizationId parent) {
    return cache.childrenReadAt(connection, parent);
  }

  /// From the top down to this one, both included, as far as parents are known.
  public List<Organization> path(OrganizationId id) {
    return index().path(id);
  }

  /// Reads the root, and the children of one parent (the root when empty), from the server.
  ///
  /// @return the problem that kept the server's answer away; what was known stays then
  public Optional<Problem> readChildren(Optional<OrganizationId> parent) {
    try {
      Organization root = readRoot();
      OrganizationId of = parent.orElse(root.id());
      Optional<OrganizationId> asked = of.equals(root.id()) ? Optional.empty() : Optional.of(of);
      List<Organization> children = session.ask(() -> session.server().children(asked));
      List<Organization> placed = children.stream().map(child -> child.withParent(of)).toList();
      cache.replaceChildren(connection, of, placed, clock.instant());
      changed();
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
  }

  /// Reads the names of all organizations below the root, and which of them can be entered. Paths
  /// fill in as parents become known: lists do not carry them.
  public Optional<Problem> readIndex() {
    try {
      readRoot();
      Optional<Problem> every =
          orMissing(() ->
              session
                  .server()
                  .everyOrganization(page -> cache.put(connection, page, clock.instant())));
      Optional<Problem> own =
          orMissing(() ->
              session.server().enterable(page -> cache.put(connection, page, clock.instant())));
      changed();
      // one of the two lists is enough: a technical account has no list of its own
      return every.isPresent() && own.isPresent() ? every : Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
  }

  private interface Reading {
    void all() throws ProblemException;
  }

  /// @return the right that is missing; empty when the list was read
  private Optional<Problem> orMissing(Reading reading) throws ProblemException {
    try {
      session.ask(() -> {
        reading.all();
        return true;
      });
      return Optional.empty();
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.NotAllowed) {
        return Optional.of(e.problem());
      }
      throw e;
    }
  }

  /// Fills in the parents on the way to one organization, where they are not known yet.
  public Optional<Problem> readPath(OrganizationId id) {
    try {
      OrganizationId at = id;
      Set<OrganizationId> seen = new HashSet<>();
      while (seen.add(at)) {
        OrganizationId asked = at;
        Optional<Organization> known = find(at);
        if (rootId().equals(Optional.of(asked))) {
          break;
        }
        Optional<OrganizationId> parent = known.flatMap(Organization::parent);
        if (parent.isEmpty()) {
          Organization read = session.ask(() -> session.server().organization(asked));
          cache.put(connection, List.of(read), clock.instant());
          parent = read.parent();
        }
        if (parent.isEmpty()) {
          break;
        }
        at = parent.get();
      }
      changed();
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
  }

  /// Makes an organization the current one; see [Session#switchTo].
  ///
  /// @throws ProblemException when the server refuses; everything stays where it was
  public void switchTo(OrganizationId id) throws ProblemException {
    try {
      session.switchTo(id);
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.Rejected) {
        cache.setAccess(connection, id, Access.REFUSED);
        changed();
      }
      throw e;
    }
    if (session.rights(id).isPresent()) {
      cache.setAccess(connection, id, Access.ENTERABLE);
    }
    cache.visited(connection, id, clock.instant());
    changed();
  }

  public void pin(OrganizationId id, boolean pinned) {
    cache.pin(connection, id, pinned);
    changed();
  }

  /// Finds organizations by parts of their name, handle, id or path, in any order; small typing
  /// slips are forgiven when nothing else fits. Pinned ones come first, then those visited lately,
  /// then the best match. An empty text gives the pinned ones and the last nine visited.
  ///
  /// @param limit at most so many
  public List<Found> search(String text, int limit) {
    OrganizationIndex index = index();
    Map<OrganizationId, Instant> visits = cache.visits(connection);
    List<OrganizationId> pinned = cache.pinned(connection);
    List<Organization> hits =
        text.isBlank() ? index.lately(visits, pinned) : index.best(text, visits, pinned, limit);
    return found(hits.stream().limit(limit).toList(), index, pinned);
  }

  /// Every organization that is known here, by its path.
  public List<Found> all() {
    OrganizationIndex index = index();
    return found(List.copyOf(index.byId().values()), index, cache.pinned(connection)).stream()
        .sorted(Comparator.comparing(Organizations::pathText, String.CASE_INSENSITIVE_ORDER))
        .toList();
  }

  private static String pathText(Found found) {
    return found.path().stream().map(Organization::name).collect(Collectors.joining(" / "));
  }

  private List<Found> found(
      List<Organization> hits, OrganizationIndex index, List<OrganizationId> pinned) {
    Map<OrganizationId, Map<Invitation.Status, Integer>> counts = invitations.counts(connection);
    return hits.stream()
        .map(hit ->
            new Found(
                hit,
                index.path(hit.id()),
                Optional.ofNullable(counts.get(hit.id()))
                    .map(of -> of.getOrDefault(Invitation.Status.PENDING, 0)),
                invitations.readAt(connection, hit.id()),
                pinned.contains(hit.id())))
        .toList();
  }

  /// Organizations that are not known to refuse the account, the likeliest to let it in first:
  /// those that the server lists as its own, and of these the ones visited last.
  Stream<OrganizationId> open() {
    Map<OrganizationId, Instant> visits = cache.visits(connection);
    return index().byId().values().stream()
        .filter(one -> one.access() != Access.REFUSED)
        .sorted(
            Comparator.comparing((Organization one) -> one.access() != Access.ENTERABLE)
                .thenComparing(
                    one -> visits.getOrDefault(one.id(), Instant.MIN), Comparator.reverseOrder()))
        .map(Organization::id);
  }

  /// How many organizations are known here.
  public int known() {
    return index().byId().size();
  }

  private Organization readRoot() throws ProblemException {
    Organization root = session.ask(() -> session.server().root()).withAccess(Access.ENTERABLE);
    cache.put(connection, List.of(root), clock.instant());
    viewState.put(rootKey(), root.id().value());
    return root;
  }

  private Optional<OrganizationId> rootId() {
    return viewState.get(rootKey()).map(OrganizationId::new);
  }

  private String rootKey() {
    return "root/" + connection.value();
  }

  private OrganizationIndex index() {
    OrganizationIndex known = index;
    if (known == null) {
      known = OrganizationIndex.of(cache.all(connection));
      index = known;
    }
    return known;
  }

  private void changed() {
    index = null;
    changes.publish(new Change.OrganizationsChanged());
  }
}
