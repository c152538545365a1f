package dev.guestlist.service;

import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.store.InvitationHistory;
import dev.guestlist.store.InvitationHistory.Difference;
import dev.guestlist.store.LocalStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Lists of former days, and what changed since. All of it from what this computer keeps.
public final class History {
  private static final Comparator<Changed> ORDER =
      Comparator.comparing(Changed::what)
          .thenComparing(one -> one.invitation().username(), String.CASE_INSENSITIVE_ORDER);

  private final Connection of;
  private final ConnectionId connection;
  private final LocalStore store;
  private final ServerZone zone;
  private final InstantSource clock;

  /// A list of a former day.
  ///
  /// @param list names it, as long as it is kept
  /// @param size how many invitations it had
  public record Day(long list, Instant readAt, int size) {}

  /// How an invitation differs from the former day.
  public enum What {
    GONE,
    NEW,
    ENDED,
    /// pending again, because somebody moved the end or the clock
    PENDING_AGAIN
  }

  /// Why, as far as this computer knows.
  public enum Why {
    INVITED_HERE,
    DELETED_HERE,
    JOINED_HERE,
    /// somebody of that name, whose account lives in another organization, is among the members
    AMONG_MEMBERS,
    /// its end had come before it went
    HAD_ENDED,
    NOT_KNOWN
  }

  /// One difference.
  ///
  /// @param invitation as it is now; as it was, when it is gone
  /// @param at when that was done here, or when a list contained it last; empty when neither is
  ///   known
  /// @param run what did it, when this computer did
  public record Changed(
      What what, Invitation invitation, Why why, Optional<Instant> at, Optional<Long> run) {}

  /// From a former day to the newest list.
  ///
  /// @param more how many more invitations are listed now; negative when they are fewer
  public record Step(Day day, int more) {}

  /// What a former day and the newest list have to do with each other.
  ///
  /// @param newest when the newest list was read
  /// @param same how many are in both and did not change
  public record Comparison(Day day, Instant newest, List<Changed> changes, int same) {}

  History(Connection of, LocalStore store, ServerZone zone, InstantSource clock) {
    this.of = of;
    this.connection = of.id();
    this.store = store;
    this.zone = zone;
    this.clock = clock;
  }

  /// The days before the newest list, newest first; 30 days back at most.
  public List<Day> days(OrganizationId organization) {
    return store.history().kept(connection, organization).stream()
        .map(kept -> new Day(kept.list(), kept.readAt(), kept.size()))
        .toList();
  }

  /// What changed between a day and the newest list: what is gone first, then in order of username.
  public Comparison since(OrganizationId organization, Day day) {
    Instant now = clock.instant();
    Instant there = now.plus(zone.ahead());
    List<Difference> differences =
        store.history().since(connection, organization, kept(day), there);
    Evidence evidence = new Evidence(organization, day.readAt());
    List<Changed> changes = new ArrayList<>();
    int differing = 0;
    for (Difference difference : differences) {
      changes.add(evidence.explain(corrected(difference), now));
      if (difference.now().isPresent()) {
        differing++;
      }
    }
    changes.sort(ORDER);
    int size = size(organization);
    Instant newest = store.invitations().readAt(connection, organization).orElse(day.readAt());
    return new Comparison(day, newest, List.copyOf(changes), size - differing);
  }

  /// The list as it was on that day, in order of username.
  public List<Invitation> asOf(OrganizationId organization, Day day) {
    List<Invitation> list =
        new ArrayList<>(store.history().asOf(connection, organization, kept(day)));
    list.replaceAll(zone::corrected);
    list.sort(Comparator.comparing(Invitation::username, String.CASE_INSENSITIVE_ORDER));
    return List.copyOf(list);
  }

  /// The list as it was on that day, with the words of that moment: what ended soon then ends soon
  /// in it. What runs of this computer did is not in it.
  public Invitations.Listing listing(OrganizationId organization, Day day) {
    List<Invitations.Entry> entries =
        asOf(organization, day).stream().map(one -> entry(one, day.readAt())).toList();
    return new Invitations.Listing(entries, Optional.of(day.readAt()));
  }

  /// The former day that is nearest to the newest list, and how many invitations more than then are
  /// listed now; empty while there is no former day.
  public Optional<Step> lastStep(OrganizationId organization) {
    return days(organization).stream()
        .findFirst()
        .map(day -> new Step(day, size(organization) - day.size()));
  }

  private Difference corrected(Difference difference) {
    return new Difference(
        difference.before().map(zone::corrected),
        difference.now().map(zone::corrected),
        difference.seen());
  }

  private int size(OrganizationId organization) {
    return store
        .invitations()
        .counts(connection)
        .getOrDefault(organization, Map.of())
        .values()
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  private static Invitations.Entry entry(Invitation one, Instant then) {
    InvitationStatus status =
        InvitationStatus.of(
            new InvitationStatus.Facts(
                one.status(), one.ends(), true, then, Optional.empty(), false, false),
            then);
    return new Invitations.Entry(
        one.id().value(),
        one.username(),
        one.email(),
        status,
        one.ends(),
        one.groups(),
        one.roles(),
        Optional.empty(),
        Optional.of(one.id()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "");
  }

  private static InvitationHistory.Kept kept(Day day) {
    return new InvitationHistory.Kept(day.list(), day.readAt(), day.size());
  }

  /// What this computer knows about the reasons.
  private final class Evidence {
    private final Map<InvitationId, RunRow> made = new HashMap<>();
    private final Map<InvitationId, RunRow> deleted = new HashMap<>();
    private final Map<String, RunRow> joined = new HashMap<>();
    private final Membership members;

    Evidence(OrganizationId organization, Instant since) {
      for (RunRow row : store.doneHere().recent(connection, organization, since)) {
        if (row.state().settled()) {
          learn(row);
        }
      }
      members = Membership.of(store, of, organization);
    }

    private void learn(RunRow row) {
      switch (row.target()) {
        case Target.Person ignored -> row.invitation().ifPresent(id -> made.put(id, row));
        case Target.Listed listed -> {
          if (row.state() == RowState.DELETED) {
            deleted.put(listed.invitation(), row);
          }
        }
        case Target.Again again -> {
          if (again.step() == Target.Again.Step.INVITE
              && !row.reason().equals(Optional.of(Reason.INVITATION_GONE))) {
            deleted.put(again.replaces(), row);
          }
          row.invitation().ifPresent(id -> made.put(id, row));
        }
        case Target.Code code -> {
          if (row.state() == RowState.JOINED) {
            code.username().ifPresent(name -> joined.put(folded(name), row));
          }
        }
      }
    }

    Changed explain(Difference difference, Instant now) {
      Optional<Invitation> newest = difference.now();
      if (newest.isEmpty()) {
        return gone(difference.before().orElseThrow(), difference.seen(), now);
      }
      Invitation invitation = newest.get();
      if (difference.before().isEmpty()) {
        return of(
                What.NEW,
                invitation,
                Why.INVITED_HERE,
                Optional.ofNullable(made.get(invitation.id())))
            .orElseGet(() -> unexplained(What.NEW, invitation));
      }
      boolean wasPending = difference.before().get().status() == Invitation.Status.PENDING;
      boolean over =
          invitation.status() == Invitation.Status.EXPIRED
              || invitation.ends().filter(end -> !end.isAfter(now)).isPresent();
      return unexplained(wasPending && over ? What.ENDED : What.PENDING_AGAIN, invitation);
    }

    /// A row that vanished proves nothing by itself.
    private Changed gone(Invitation before, Optional<Instant> seen, Instant now) {
      String name = folded(before.username());
      return of(What.GONE, before, Why.DELETED_HERE, Optional.ofNullable(deleted.get(before.id())))
          .or(() -> of(What.GONE, before, Why.JOINED_HERE, Optional.ofNullable(joined.get(name))))
          .orElseGet(
              () -> new Changed(What.GONE, before, whyGone(before, now), seen, Optional.empty()));
    }

    private Why whyGone(Invitation before, Instant now) {
      Optional<Instant> here = Optional.ofNullable(made.get(before.id())).map(RunRow::changed);
      if (members.since(before.username(), here, before.ends()).isPresent()) {
        return Why.AMONG_MEMBERS;
      }
      boolean ended =
          before.status() == Invitation.Status.EXPIRED
              || before.ends().filter(end -> end.isBefore(now)).isPresent();
      return ended ? Why.HAD_ENDED : Why.NOT_KNOWN;
    }

    private Optional<Changed> of(What what, Invitation invitation, Why why, Optional<RunRow> row) {
      return row.map(
          r -> new Changed(what, invitation, why, Optional.of(r.changed()), Optional.of(r.run())));
    }

    private Changed unexplained(What what, Invitation invitation) {
      return new Changed(what, invitation, Why.NOT_KNOWN, Optional.empty(), Optional.empty());
    }

    private static String folded(String name) {
      return name.toLowerCase(Locale.ROOT);
    }
  }
}
