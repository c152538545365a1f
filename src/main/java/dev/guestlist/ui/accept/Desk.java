package dev.guestlist.ui.accept;

import dev.guestlist.model.CodeCheck;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.PastedCodes.Repair;
import dev.guestlist.model.Role;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import dev.guestlist.service.CodeDesk.Gets;
import dev.guestlist.service.CodeDesk.Look;
import dev.guestlist.service.Link;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.RowText;
import dev.guestlist.ui.kit.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The half of accepting that waits for disk and network, with its answers in words. To be used in
/// the background only.
final class Desk {
  private static final Duration REMEMBERED = Duration.ofDays(30);
  private static final int RUNS_LOOKED_THROUGH = 300;

  private final Workplace workplace;
  private final Texts texts;
  private final InstantSource clock;
  private final Ages ages;

  /// What a look at a code brought.
  record Looked(
      CodeState state,
      String person,
      String into,
      String from,
      String gets,
      String note,
      Optional<CodeCheck> check) {}

  /// What became of a code in its run.
  record Progress(RunRow row, String person, String into, String note) {}

  /// How things stand around the list of codes.
  ///
  /// @param canLook whether codes can be looked up now
  /// @param offline whether the reason is the connection
  /// @param band what keeps codes from being looked up; blank when nothing does
  /// @param cannotKeep why codes cannot be kept here; blank when they can
  /// @param today how many were accepted and refused today
  record Situation(
      boolean canLook, boolean offline, String band, String cannotKeep, String today) {}

  Desk(Workplace workplace, Texts texts, InstantSource clock) {
    this.workplace = workplace;
    this.texts = texts;
    this.clock = clock;
    this.ages = new Ages(texts, ZoneId.systemDefault());
  }

  Situation situation() {
    Link link = workplace.session().link();
    boolean canLook = workplace.codes().canLook() && !link.offline();
    String cannotKeep =
        workplace.runs().canKeepCodes()
            ? ""
            : texts.get("accept.cannot-keep", workplace.runs().keyPlace());
    boolean readOnly = workplace.session().connection().settings().readOnly();
    String band = readOnly ? texts.get("accept.band.read-only") : canLook ? "" : band(link);
    String all = band.isEmpty() || cannotKeep.isEmpty() ? band : band + " " + cannotKeep;
    return new Situation(canLook, link.offline(), all, cannotKeep, today());
  }

  private String band(Link link) {
    String host = workplace.session().connection().server().getHost();
    if (link.offline()) {
      return texts.get("accept.band.offline", ages.moment(link.since(), clock.instant()), host);
    }
    return texts.get(
        workplace.session().account().isEmpty()
            ? "accept.band.signed-out"
            : "accept.band.no-right");
  }

  Looked look(ConfirmationCode code, Repair repair) {
    return switch (workplace.codes().look(code)) {
      case Look.Found found -> found(found.check(), found.gets(), repair);
      case Look.Unknown ignored -> nothing(CodeState.UNKNOWN, unknown(code, repair));
      case Look.NotChecked notChecked ->
          nothing(
              CodeState.NOT_CHECKED,
              texts.get(
                  "accept.note.not-checked",
                  ProblemText.of(notChecked.why(), Optional.empty(), texts).title()));
    };
  }

  private static Looked nothing(CodeState state, String note) {
    return new Looked(state, "", "", "", "", note, Optional.empty());
  }

  private Looked found(CodeCheck check, Optional<Gets> gets, Repair repair) {
    boolean pending = check.status() == Invitation.Status.PENDING;
    return new Looked(
        pending ? CodeState.READY : CodeState.EXPIRED,
        check.username(),
        name(check.organization()),
        name(check.parent()),
        pending ? inWords(gets) : "",
        pending ? repaired(repair) : texts.get("accept.note.expired"),
        Optional.of(check));
  }

  /// The name from this computer, else from the server, else the beginning of its id.
  private String name(OrganizationId id) {
    if (workplace.organizations().find(id).isEmpty()) {
      workplace.organizations().readPath(id);
    }
    return workplace
        .organizations()
        .find(id)
        .map(Organization::name)
        .orElseGet(() ->
            texts.get(
                "accept.organization-unknown",
                id.value().substring(0, Math.min(8, id.value().length()))));
  }

  private String inWords(Optional<Gets> gets) {
    if (gets.isEmpty()) {
      return texts.get("accept.gets.by-invitation");
    }
    List<String> names =
        Stream.concat(
                gets.get().groups().stream().map(Group::name),
                gets.get().roles().stream().map(Role::displayName))
            .toList();
    return names.isEmpty() ? texts.get("accept.gets.nothing") : String.join(", ", names);
  }

  private String repaired(Repair repair) {
    return switch (repair) {
      case NONE -> "";
      case JOINED -> texts.get("accept.note.joined");
      case LETTERS -> texts.get("accept.note.letters");
    };
  }

  /// The likely reason first, when this computer knows one.
  private String unknown(ConfirmationCode code, Repair repair) {
    if (repair == Repair.LETTERS) {
      return texts.get("accept.note.unknown.letters");
    }
    return acceptedBefore(code.lastFour())
        .map(row ->
            texts.get(
                "accept.note.unknown.used-here",
                code.lastFour(),
                ages.moment(row.changed(), clock.instant()),
                row.target().name()))
        .orElseGet(() -> texts.get("accept.note.unknown"));
  }

  private Optional<RunRow> acceptedBefore(String lastFour) {
    Instant since = clock.instant().minus(REMEMBERED);
    return acceptRuns(since)
        .limit(RUNS_LOOKED_THROUGH)
        .flatMap(run -> workplace.runs().rows(run.number()).stream())
        .filter(row -> row.state() == RowState.JOINED || row.state() == RowState.ALREADY_MEMBER)
        .filter(row -> row.target() instanceof Target.Code it && it.lastFour().equals(lastFour))
        .findFirst();
  }

  private String today() {
    ZoneId zone = ZoneId.systemDefault();
    Instant midnight = LocalDate.ofInstant(clock.instant(), zone).atStartOfDay(zone).toInstant();
    int accepted = 0;
    int refused = 0;
    int waiting = 0;
    for (Run run : acceptRuns(midnight).toList()) {
      accepted += run.count(RowState.JOINED) + run.count(RowState.ALREADY_MEMBER);
      refused += run.count(RowState.REFUSED) + run.count(RowState.USER_EXISTS);
      waiting +=
          run.count(RowState.READY)
              + run.count(RowState.SENDING)
              + run.count(RowState.UNKNOWN)
              + run.count(RowState.NEEDS_DECISION);
    }
    return texts.get("accept.today", accepted, refused, waiting);
  }

  private Stream<Run> acceptRuns(Instant since) {
    return workplace.runs().all().stream()
        .filter(run -> run.wish() instanceof Wish.Accept && !run.posted().isBefore(since));
  }

  /// The rows of runs as they stand now.
  List<Progress> progress(Iterable<Long> runs) {
    List<Progress> all = new ArrayList<>();
    for (long run : runs) {
      for (RunRow row : workplace.runs().rows(run)) {
        all.add(progress(row));
      }
    }
    return all;
  }

  private Progress progress(RunRow row) {
    Target.Code target = (Target.Code) row.target();
    Optional<OrganizationId> organization = target.organization();
    String child = organization.map(workplace.organizations()::name).orElse("");
    String parent =
        organization
            .flatMap(workplace.organizations()::find)
            .flatMap(one -> one.parent())
            .map(workplace.organizations()::name)
            .orElse("");
    String note = RowText.of(row, new RowText.Names(child, parent), texts).line();
    return new Progress(row, target.username().orElse(""), child, note);
  }
}
