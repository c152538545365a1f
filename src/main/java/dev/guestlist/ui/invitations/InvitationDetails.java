package dev.guestlist.ui.invitations;

import dev.guestlist.model.Activity;
import dev.guestlist.model.Group;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Role;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.service.Assignments;
import dev.guestlist.service.InvitationStatus;
import dev.guestlist.service.Organizations;
import dev.guestlist.service.Runs;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.ActivityText;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.RowText;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puts what is known about invitations into blocks of sentences, in a fixed order.
final class InvitationDetails {
  private final Texts texts;
  private final RowWords words;
  private final Ages ages;

  /// One block.
  ///
  /// @param heading what it is about
  /// @param lines ready to be read and copied; never a code
  /// @param small whether it is small print: ids and the like
  /// @param activity whether there is more to see in the activity
  record Block(String heading, List<String> lines, boolean small, boolean activity) {
    Block(String heading, List<String> lines) {
      this(heading, lines, false, false);
    }

    Block(String heading, List<String> lines, boolean small) {
      this(heading, lines, small, false);
    }

    Block {
      lines = List.copyOf(lines);
    }
  }

  /// What must be looked up on this computer.
  ///
  /// @param name the organization's
  /// @param parent empty when not known here
  /// @param made the row of this computer that made the invitation, and its run
  /// @param maskedCode the end of the code; empty when there is no code here
  /// @param choice the groups and roles that there are, when they were read
  /// @param history what was done about the person in the organization, newest first
  record Facts(
      OrganizationId organization,
      String name,
      Optional<Organization> parent,
      Optional<RunRow> made,
      Optional<Run> run,
      Optional<String> maskedCode,
      Optional<Assignments.Choice> choice,
      List<Activity> history) {

    /// Nothing but the organization: while the rest is being looked up.
    static Facts none(OrganizationId organization) {
      return new Facts(
          organization,
          organization.value(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());
    }

    /// What is so for every row of the organization.
    Facts withoutRow() {
      return new Facts(
          organization,
          name,
          parent,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          choice,
          List.of());
    }

    RowText.Names names() {
      return new RowText.Names(name, parent.map(Organization::name).orElse(""));
    }

    private static boolean made(Target target) {
      return target instanceof Target.Person || target instanceof Target.Again;
    }

    /// Reads the disk: to be called in the background.
    static Facts read(InvitationRow row, OrganizationId organization, Workplace workplace) {
      Organizations organizations = workplace.organizations();
      Runs runs = workplace.runs();
      Optional<RunRow> made =
          row.entry()
              .made()
              .map(how -> how.row())
              .or(() -> row.entry().row().filter(one -> made(one.target())))
              .or(() -> row.entry().codeRow().flatMap(runs::row));
      return new Facts(
          organization,
          organizations.name(organization),
          organizations
              .find(organization)
              .flatMap(Organization::parent)
              .flatMap(organizations::find),
          made,
          made.flatMap(one -> runs.find(one.run())),
          row.entry().codeRow().flatMap(runs::code).map(Object::toString),
          Optional.of(workplace.assignments().of(organization))
              .filter(choice -> choice.readAt().isPresent()),
          workplace.activity().about(organization, row.entry().username()));
    }
  }

  InvitationDetails(Texts texts) {
    this.texts = texts;
    words = new RowWords(texts);
    ages = new Ages(texts, ZoneId.systemDefault());
  }

  /// The blocks of one invitation, without that of its code.
  List<Block> of(InvitationRow row, Facts facts, Instant now) {
    return List.of(
        new Block(texts.get("details.now"), now(row, facts, now)),
        new Block(texts.get("details.gets"), gets(row, facts)),
        new Block(texts.get("details.where"), where(facts), true),
        new Block(texts.get("details.here"), here(row, facts, now)),
        history(facts, now),
        new Block(texts.get("details.technical"), technical(row), true));
  }

  /// How many of several invitations stand where, and what they have in common.
  List<Block> of(List<InvitationRow> rows) {
    Map<InvitationStatus, Integer> counts = new EnumMap<>(InvitationStatus.class);
    Map<InvitationStatus, String> names = new EnumMap<>(InvitationStatus.class);
    for (InvitationRow row : rows) {
      counts.merge(row.status(), 1, Integer::sum);
      names.put(row.status(), row.look().word());
    }
    List<String> lines = new ArrayList<>();
    counts.forEach((status, count) ->
        lines.add(texts.get("details.count", count, names.getOrDefault(status, ""))));
    long codes = rows.stream().filter(row -> row.entry().codeRow().isPresent()).count();
    return List.of(
        new Block(texts.get("details.now"), lines),
        new Block(texts.get("details.code"), List.of(texts.get("details.codes", codes))));
  }

  private List<String> now(InvitationRow row, Facts facts, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(sentence(row, facts, now));
    row.ends()
        .ifPresent(end -> {
          lines.add(
              end.isAfter(now)
                  ? texts.get("details.ends", ages.left(end, now))
                  : texts.get("details.ended", ages.left(end, now)));
          lines.add(words.exactEnd(row));
        });
    return lines;
  }

  /// What this computer did or does about it says more than the list; else the list's own word.
  private String sentence(InvitationRow row, Facts facts, Instant now) {
    return switch (row.status()) {
      case PENDING -> texts.get("details.now.pending", row.person());
      case EXPIRES_SOON -> texts.get("details.now.expires-soon", row.person());
      case EXPIRED -> texts.get("details.now.expired", row.person());
      case PROBABLY_EXPIRED -> texts.get("details.now.probably-expired", row.person());
      case NO_LONGER_LISTED -> texts.get("details.now.no-longer-listed", row.person());
      case JOINED_STILL_LISTED ->
          texts.get("details.now.joined-still-listed", row.person(), seen(row, now));
      case REPLACED -> texts.get("details.now.replaced", row.person());
      case JOINED ->
          row.entry()
              .row()
              .map(own -> RowText.of(own, facts.names(), texts).line())
              .orElseGet(() ->
                  texts.get("details.now.joined", row.person(), facts.name(), seen(row, now)));
      case CODE_LOST,
          DELETED_NOT_INVITED,
          REPLY_UNKNOWN,
          NEEDS_DECISION,
          NOT_SENT,
          CANNOT_TELL,
          WAITING,
          DELETING,
          SENDING,
          DELETED_HERE ->
          row.entry()
              .row()
              .map(own -> RowText.of(own, facts.names(), texts).line())
              .orElse(row.look().word());
    };
  }

  private List<String> gets(InvitationRow row, Facts facts) {
    List<String> lines = new ArrayList<>();
    for (Group group : row.entry().groups()) {
      boolean exists =
          facts.choice().map(Assignments.Choice::groups).stream()
              .allMatch(groups -> groups.stream().anyMatch(one -> one.id().equals(group.id())));
      lines.add(
          exists
              ? texts.get("details.group", group.displayName())
              : texts.get("details.missing", group.displayName()));
    }
    for (Role role : row.entry().roles()) {
      boolean exists =
          facts.choice().map(Assignments.Choice::roles).stream()
              .allMatch(roles -> roles.stream().anyMatch(one -> one.id().equals(role.id())));
      if (!exists) {
        lines.add(texts.get("details.missing", role.displayName()));
        continue;
      }
      lines.add(
          role.audience()
              .map(audience ->
                  switch (audience.kind()) {
                    case ORGANIZATION -> texts.get("details.role.organization", role.displayName());
                    case APPLICATION ->
                        texts.get("details.role.application", role.displayName(), audience.name());
                  })
              .orElseGet(() -> texts.get("details.role", role.displayName())));
    }
    return lines.isEmpty() ? List.of(texts.get("details.gets.nothing")) : lines;
  }

  private String seen(InvitationRow row, Instant now) {
    return row.entry()
        .member()
        .or(() -> row.entry().row().map(RunRow::changed))
        .map(at -> ages.moment(at, now))
        .orElse("");
  }

  private List<String> where(Facts facts) {
    List<String> lines = new ArrayList<>();
    lines.add(
        facts
            .parent()
            .map(parent -> texts.get("details.path", parent.name(), facts.name()))
            .orElse(facts.name()));
    facts
        .parent()
        .ifPresent(
            parent -> lines.add(texts.get("details.id.of", parent.name(), parent.id().value())));
    lines.add(texts.get("details.id.of", facts.name(), facts.organization().value()));
    return lines;
  }

  private List<String> here(InvitationRow row, Facts facts, Instant now) {
    List<String> lines = new ArrayList<>();
    facts
        .run()
        .ifPresentOrElse(
            run ->
                lines.add(
                    run.account().isBlank()
                        ? texts.get("details.run.nobody", number(run), posted(run, now))
                        : texts.get("details.run", number(run), posted(run, now), run.account())),
            () -> lines.add(texts.get("details.here.unknown")));
    facts
        .run()
        .filter(run -> !run.ticket().number().isBlank())
        .ifPresent(run -> lines.add(texts.get("details.ticket", run.ticket().number())));
    lines.add(texts.get("details.store", row.store()));
    return lines;
  }

  private Block history(Facts facts, Instant now) {
    List<String> lines = facts.history().stream().map(line -> historyLine(line, now)).toList();
    return lines.isEmpty()
        ? new Block(texts.get("details.history"), List.of(texts.get("details.history.none")))
        : new Block(texts.get("details.history"), lines, false, true);
  }

  private String historyLine(Activity line, Instant now) {
    ActivityText words = ActivityText.of(line, texts);
    String did =
        words
            .outcome()
            .map(outcome -> texts.get("details.history.outcome", words.what(), outcome.word()))
            .orElse(words.what());
    String by =
        Stream.of(words.run(), line.account())
            .filter(part -> !part.isBlank())
            .collect(Collectors.joining(", "));
    return texts.get("details.history.line", ages.dated(line.at(), now), did, by);
  }

  private static String number(Run run) {
    return Long.toString(run.number());
  }

  private String posted(Run run, Instant now) {
    return ages.moment(run.posted(), now);
  }

  private List<String> technical(InvitationRow row) {
    List<String> lines = new ArrayList<>();
    lines.add(
        row.entry()
            .invitation()
            .map(id -> texts.get("details.id", id.value()))
            .orElseGet(() -> texts.get("details.id.none")));
    if (!row.entry().email().isBlank()) {
      lines.add(texts.get("details.email", row.entry().email()));
    }
    if (!row.entry().serverText().isBlank()) {
      lines.add(texts.get("details.server", row.entry().serverText()));
    }
    return lines;
  }
}
