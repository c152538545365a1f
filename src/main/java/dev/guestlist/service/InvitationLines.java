package dev.guestlist.service;

import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.MadeHere;
import dev.guestlist.model.Role;
import dev.guestlist.model.RowState;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.service.Invitations.Entry;
import dev.guestlist.store.InvitationCache.Cached;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts the server's list and what runs of this computer do about it into the lines of one table.
final class InvitationLines {
  private final Known known;
  private final Instant now;
  private final Map<String, RunRow> latest = new HashMap<>();
  private final Map<InvitationId, RunRow> codes = new HashMap<>();
  private final Map<InvitationId, RunRow> about = new LinkedHashMap<>();
  private final List<RunRow> unlisted = new ArrayList<>();
  private final Set<Long> sealed = new HashSet<>();
  private final Set<InvitationId> codesLost = new HashSet<>();

  /// What this computer knows beside the server's list.
  ///
  /// @param rows rows of runs about this organization, oldest first
  /// @param withCode rows with a sealed code
  /// @param made how invitations were made here, however long ago
  /// @param ahead by how much the ends that the server wrote are ahead of this computer's clock
  /// @param readAt when the list was read last; empty when never
  record Known(
      List<RunRow> rows,
      List<RunRow> withCode,
      Map<InvitationId, MadeHere> made,
      Membership members,
      Duration ahead,
      Optional<Instant> readAt) {}

  InvitationLines(Known known, Instant now) {
    this.known = known;
    this.now = now;
    for (RunRow row : known.withCode()) {
      sealed.add(row.id());
      row.invitation().ifPresent(id -> codes.put(id, row));
    }
    for (RunRow row : known.rows()) {
      latest.put(key(row.target().name()), row);
      if (row.state() == RowState.CODE_LOST) {
        row.invitation().ifPresent(codesLost::add);
      }
    }
    for (RunRow row : known.rows()) {
      Optional<InvitationId> id = invitationOf(row);
      if (id.isPresent()) {
        about.put(id.get(), row);
      } else if (!row.state().settled() || isLatest(row)) {
        unlisted.add(row);
      }
    }
  }

  List<Entry> of(List<Cached> cached) {
    List<Entry> lines = new ArrayList<>();
    Set<String> listed = new HashSet<>();
    for (Cached one : cached) {
      if (one.listed()) {
        listed.add(key(one.invitation().username()));
      }
      Optional<RunRow> row = Optional.ofNullable(about.remove(one.invitation().id()));
      lines.add(listed(one, row));
    }
    for (RunRow row : unlisted) {
      own(row, listed).ifPresent(lines::add);
    }
    for (RunRow row : about.values()) {
      own(row, listed).ifPresent(lines::add);
    }
    for (RunRow row : known.rows()) {
      replaced(row).ifPresent(lines::add);
    }
    return lines;
  }

  private Entry listed(Cached cached, Optional<RunRow> row) {
    Invitation invitation = cached.invitation();
    Optional<RunRow> codeRow = Optional.ofNullable(codes.get(invitation.id()));
    Optional<MadeHere> made = Optional.ofNullable(known.made().get(invitation.id()));
    Optional<Instant> ends = invitation.ends().map(end -> end.minus(known.ahead()));
    Optional<Instant> member =
        known.members().since(invitation.username(), made.map(one -> one.row().changed()), ends);
    InvitationStatus status =
        InvitationStatus.of(
            new InvitationStatus.Facts(
                invitation.status(),
                ends,
                cached.listed(),
                cached.seen(),
                row.filter(InvitationLines::speaks),
                codesLost.contains(invitation.id()),
                member.isPresent()),
            now);
    boolean contradicted =
        invitation.status() == Invitation.Status.PENDING
            && ends.filter(end -> !end.isAfter(cached.seen())).isPresent();
    return new Entry(
        invitation.id().value(),
        invitation.username(),
        invitation.email(),
        status,
        contradicted ? Optional.empty() : ends,
        invitation.groups(),
        invitation.roles(),
        made.map(MadeHere::row).or(() -> row).flatMap(InvitationLines::storeOf),
        Optional.of(invitation.id()),
        row,
        made,
        member,
        codeRow.map(RunRow::id),
        row.filter(r -> r.state() == RowState.READY).map(RunRow::notBefore),
        row.flatMap(RunRow::reason),
        row.map(RunRow::serverText).orElse(""));
  }

  /// Whether a row says more about a listed invitation than the list: an invitation made here is
  /// simply listed now, a deletion that was refused or dropped leaves it as it was, and what was
  /// gone before somebody here could delete it went in a way that nobody knows.
  private static boolean speaks(RunRow row) {
    return switch (row.state()) {
      case READY, SENDING, UNKNOWN, NEEDS_DECISION, DELETED, JOINED, ALREADY_MEMBER -> true;
      case WAS_GONE,
          INVITED,
          CODE_LOST,
          USER_EXISTS,
          REFUSED,
          NOT_TRIED,
          CANNOT_TELL,
          NOT_INVITED_AGAIN ->
          false;
    };
  }

  /// A line for something that the server does not list: a wish that waits, was refused, or did
  /// away with what was listed.
  private Optional<Entry> own(RunRow row, Set<String> listed) {
    if (!hasLine(row, listed)) {
      return Optional.empty();
    }
    Optional<Target.Person> person = person(row);
    List<Group> groups = person.map(Target.Person::groups).orElse(List.of());
    List<Role> roles = person.map(Target.Person::roles).orElse(List.of());
    return Optional.of(
        line(
            "row-" + row.id(),
            row,
            InvitationStatus.of(row, now),
            groups,
            roles,
            sealed.contains(row.id())));
  }

  private boolean hasLine(RunRow row, Set<String> listed) {
    return switch (row.state()) {
      case READY, SENDING, UNKNOWN, NEEDS_DECISION -> true;
      case INVITED, CODE_LOST ->
          known.readAt().filter(read -> read.isAfter(row.changed())).isEmpty();
      case NOT_TRIED, WAS_GONE -> false;
      case DELETED, NOT_INVITED_AGAIN, JOINED, ALREADY_MEMBER ->
          isLatest(row) && !listed.contains(key(username(row))) && named(row);
      case USER_EXISTS, REFUSED, CANNOT_TELL ->
          row.target() instanceof Target.Person || row.target() instanceof Target.Again;
    };
  }

  /// The line of an invitation that a newer one replaced from here.
  private Optional<Entry> replaced(RunRow row) {
    boolean invited = row.state() == RowState.INVITED || row.state() == RowState.CODE_LOST;
    boolean old = !row.changed().isAfter(now.minus(Invitations.KEPT_IN_TABLE));
    if (old || !invited || !(row.target() instanceof Target.Again again)) {
      return Optional.empty();
    }
    return Optional.of(
        line(
            "replaced-" + row.id(),
            row,
            InvitationStatus.REPLACED,
            again.person().groups(),
            again.person().roles(),
            false));
  }

  private Entry line(
      String key,
      RunRow row,
      InvitationStatus status,
      List<Group> groups,
      List<Role> roles,
      boolean withCode) {
    return new Entry(
        key,
        username(row),
        "",
        status,
        Optional.empty(),
        groups,
        roles,
        storeOf(row),
        status == InvitationStatus.REPLACED ? Optional.empty() : row.invitation(),
        Optional.of(row),
        row.invitation().flatMap(id -> Optional.ofNullable(known.made().get(id))),
        Optional.empty(),
        withCode ? Optional.of(row.id()) : Optional.empty(),
        row.state() == RowState.READY ? Optional.of(row.notBefore()) : Optional.empty(),
        row.reason(),
        row.serverText());
  }

  private boolean isLatest(RunRow row) {
    return row.equals(latest.get(key(row.target().name())));
  }

  /// An accepted code may never have said whose it was.
  private static boolean named(RunRow row) {
    return !(row.target() instanceof Target.Code code) || code.username().isPresent();
  }

  private static String username(RunRow row) {
    return person(row).map(one -> one.username().name()).orElse(row.target().name());
  }

  private static String key(String username) {
    return username.toLowerCase(Locale.ROOT);
  }

  /// The invitation that a row is about now.
  private static Optional<InvitationId> invitationOf(RunRow row) {
    return switch (row.target()) {
      case Target.Listed listed -> Optional.of(listed.invitation());
      case Target.Again again ->
          again.step() == Target.Again.Step.DELETE
              ? Optional.of(again.replaces())
              : row.invitation();
      case Target.Person ignored -> row.invitation();
      case Target.Code ignored -> row.invitation();
    };
  }

  static Optional<Target.Person> person(RunRow row) {
    return switch (row.target()) {
      case Target.Person person -> Optional.of(person);
      case Target.Again again -> Optional.of(again.person());
      case Target.Listed ignored -> Optional.empty();
      case Target.Code ignored -> Optional.empty();
    };
  }

  private static Optional<String> storeOf(RunRow row) {
    return person(row).flatMap(person -> person.username().userStore());
  }
}
