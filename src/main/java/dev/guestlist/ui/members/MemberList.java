package dev.guestlist.ui.members;

import dev.guestlist.model.Member;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Right;
import dev.guestlist.model.RunRow;
import dev.guestlist.service.Link;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the member screen shows at one moment, read from what this computer keeps. To be made in
/// the background.
///
/// @param organization its name; blank when no organization is entered
/// @param readAt when the list was read; empty when never
/// @param offlineSince the moment by the clock; empty while the server answers
/// @param signedIn whether somebody is
/// @param mayRead false only when it is known that the account may not
record MemberList(
    Optional<OrganizationId> id,
    String organization,
    String parent,
    List<MemberRow> rows,
    Optional<Instant> readAt,
    Optional<String> offlineSince,
    boolean signedIn,
    boolean mayRead) {
  private static final String USUAL_STORE = "PRIMARY/";

  static MemberList read(Workplace workplace, Texts texts, InstantSource clock) {
    Optional<OrganizationId> current = workplace.session().current();
    Link link = workplace.session().link();
    Ages ages = new Ages(texts, ZoneId.systemDefault());
    Optional<String> offlineSince =
        link.offline() ? Optional.of(ages.moment(link.since(), clock.instant())) : Optional.empty();
    boolean signedIn = workplace.session().account().isPresent();
    if (current.isEmpty()) {
      return new MemberList(
          current, "", "", List.of(), Optional.empty(), offlineSince, signedIn, true);
    }
    OrganizationId id = current.get();
    var listing = workplace.members().list(id);
    Map<OrganizationId, String> names = new HashMap<>();
    List<MemberRow> rows =
        listing.members().stream()
            .map(member ->
                row(
                    member,
                    member
                        .managedBy()
                        .map(
                            owner -> names.computeIfAbsent(owner, workplace.organizations()::name)),
                    invited(
                        Optional.ofNullable(listing.brought().get(member.id())),
                        workplace,
                        ages,
                        clock.instant(),
                        texts),
                    Optional.ofNullable(listing.brought().get(member.id())).map(RunRow::run),
                    texts))
            .toList();
    String parent =
        workplace
            .organizations()
            .find(id)
            .flatMap(one -> one.parent())
            .map(workplace.organizations()::name)
            .orElse("");
    boolean mayRead =
        workplace
            .session()
            .rights(id)
            .map(rights -> rights.contains(Right.LIST_USERS))
            .orElse(true);
    return new MemberList(
        current,
        workplace.organizations().name(id),
        parent,
        rows,
        listing.readAt(),
        offlineSince,
        signedIn,
        mayRead);
  }

  /// Reads the list from the server; the problem when it stays away.
  static Optional<Problem> refresh(Workplace workplace, OrganizationId organization) {
    return workplace.members().refresh(organization);
  }

  /// A group's name; the store that everybody has is left out.
  private static String inShort(String group) {
    return group.startsWith(USUAL_STORE) ? group.substring(USUAL_STORE.length()) : group;
  }

  private static String invited(
      Optional<RunRow> row, Workplace workplace, Ages ages, Instant now, Texts texts) {
    return row.flatMap(one -> workplace.runs().find(one.run()))
        .map(run ->
            texts.get(
                "members.invited",
                Long.toString(run.number()),
                ages.moment(run.posted(), now),
                run.account().isBlank() ? 0 : 1,
                run.account()))
        .orElse("");
  }

  private static MemberRow row(
      Member member, Optional<String> owner, String invited, Optional<Long> run, Texts texts) {
    String origin =
        owner
            .map(name -> texts.get("members.managed-by", name))
            .orElse(texts.get("members.made-here"));
    String groups = String.join(", ", member.groups().stream().map(MemberList::inShort).toList());
    String roles = String.join(", ", member.roles());
    String searched =
        String.join(
                "\n",
                member.username(),
                member.displayName(),
                member.email(),
                groups,
                roles,
                origin,
                invited)
            .toLowerCase(Locale.ROOT);
    return new MemberRow(
        member.id(),
        member.username(),
        member.displayName(),
        member.email(),
        groups,
        roles,
        origin,
        owner.isPresent(),
        invited,
        run,
        searched);
  }
}
