package dev.guestlist.ui.accept;

import dev.guestlist.model.CodeCheck;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Connection;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.PastedCodes;
import dev.guestlist.model.PastedCodes.Repair;
import dev.guestlist.model.Right;
import dev.guestlist.model.Role;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.service.CodeDesk.Gets;
import dev.guestlist.service.CodeDesk.Look;
import dev.guestlist.service.Link;
import dev.guestlist.service.MailFiles;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.accept.Ends.Whose;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.RowText;
import dev.guestlist.ui.kit.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The half of accepting that waits for disk and network, with its answers in words. To be used in
/// the background only.
final class Desk {
  private static final Pattern HOST = Pattern.compile("^https?://([^/:?#]+)");

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
  /// @param signedOut whether nobody is signed in
  /// @param band what keeps codes from being looked up; blank when nothing does
  /// @param cannotKeep why codes cannot be kept here; blank when they can
  /// @param today how many were accepted and refused today
  /// @param hosts where links of this connection lead
  record Situation(
      boolean canLook,
      boolean offline,
      boolean signedOut,
      String band,
      String cannotKeep,
      String today,
      Set<String> hosts) {}

  Desk(Workplace workplace, Texts texts, InstantSource clock) {
    this.workplace = workplace;
    this.texts = texts;
    this.clock = clock;
    this.ages = new Ages(texts, ZoneId.systemDefault());
  }

  Situation situation() {
    Link link = workplace.session().link();
    boolean canLook = workplace.codes().canLook() && !link.offline();
    String cannotKeep = workplace.runs().canKeepCodes() ? "" : cannotKeep();
    boolean readOnly = workplace.session().connection().settings().readOnly();
    String band = readOnly ? texts.get("accept.band.read-only") : canLook ? "" : band(link);
    String all = band.isEmpty() || cannotKeep.isEmpty() ? band : band + " " + cannotKeep;
    boolean signedOut = workplace.session().account().isEmpty();
    return new Situation(canLook, link.offline(), signedOut, all, cannotKeep, today(), hosts());
  }

  private String cannotKeep() {
    return workplace.runs().codesNeedPassphrase()
        ? texts.get("accept.cannot-keep.locked")
        : texts.get("accept.cannot-keep", workplace.runs().keyPlace());
  }

  private String band(Link link) {
    String host = workplace.session().connection().server().getHost();
    if (link.chosen()) {
      return texts.get("accept.band.chosen", ages.moment(link.since(), clock.instant()));
    }
    if (link.offline()) {
      return texts.get("accept.band.offline", ages.moment(link.since(), clock.instant()), host);
    }
    return texts.get(
        workplace.session().account().isEmpty()
            ? "accept.band.signed-out"
            : "accept.band.no-right");
  }

  /// Looks codes up, several at once, and tells each as it comes, from other threads. Those that
  /// wait here already are not looked up again.
  void look(List<AcceptRow> rows, BiConsumer<AcceptRow, Looked> told) {
    Map<ConfirmationCode, AcceptRow> byCode = new LinkedHashMap<>();
    for (AcceptRow row : rows) {
      ConfirmationCode code = row.code().orElseThrow();
      workplace
          .runs()
          .waitingFor(code)
          .ifPresentOrElse(
              run -> told.accept(row, waitsHere(run)), () -> byCode.putIfAbsent(code, row));
    }
    workplace
        .codes()
        .look(
            List.copyOf(byCode.keySet()),
            (code, look) -> {
              AcceptRow row = Objects.requireNonNull(byCode.get(code));
              told.accept(row, looked(row, code, look));
            });
  }

  private Looked looked(AcceptRow row, ConfirmationCode code, Look look) {
    return switch (look) {
      case Look.Found found -> found(found.check(), found.gets(), row.repair());
      case Look.Unknown ignored ->
          before(code).orElseGet(() -> nothing(CodeState.UNKNOWN, unknown(row.repair())));
      case Look.NotChecked notChecked ->
          before(code)
              .orElseGet(() ->
                  nothing(
                      CodeState.NOT_CHECKED,
                      texts.get(
                          "accept.note.not-checked",
                          ProblemText.of(notChecked.why(), Optional.empty(), texts).title())));
    };
  }

  private Looked waitsHere(Run run) {
    String since = ages.moment(run.posted(), clock.instant());
    String ticket = run.ticket().number();
    return nothing(
        CodeState.WAITS_HERE,
        ticket.isBlank()
            ? texts.get("accept.note.waits-here", since)
            : texts.get("accept.note.waits-here.ticket", since, ticket));
  }

  /// What a link that leads to another server says instead of being looked up.
  Looked elsewhere(String host) {
    return nothing(
        CodeState.OTHER_SERVER,
        texts.get("accept.note.other-server", host, workplace.session().connection().name()));
  }

  /// The hosts that links of this connection lead to.
  private Set<String> hosts() {
    Connection connection = workplace.session().connection();
    Set<String> hosts = new HashSet<>();
    String server = connection.server().getHost();
    hosts.add(server);
    if (server.endsWith(".asgardeo.io")) {
      hosts.add(server.replaceFirst("^api\\.", "accounts."));
    }
    connection
        .settings()
        .acceptLink()
        .map(HOST::matcher)
        .ifPresent(link -> {
          if (link.find()) {
            hosts.add(link.group(1).toLowerCase(Locale.ROOT));
          }
        });
    return hosts;
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

  /// The name as this computer knows it, else the beginning of its id.
  private String name(OrganizationId id) {
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
    String what = names.isEmpty() ? texts.get("accept.gets.nothing") : String.join(", ", names);
    return texts.get("accept.gets", what, ages.moment(gets.get().asOf(), clock.instant()));
  }

  private String repaired(Repair repair) {
    return switch (repair) {
      case NONE -> "";
      case JOINED -> texts.get("accept.note.joined");
      case LETTERS -> texts.get("accept.note.letters");
    };
  }

  /// The four possible reasons, and the likely one where the letters were a guess.
  private String unknown(Repair repair) {
    return texts.get(
        repair == Repair.LETTERS ? "accept.note.unknown.letters" : "accept.note.unknown");
  }

  /// That this computer accepted the code, when, by whom and for whom.
  private Optional<Looked> before(ConfirmationCode code) {
    return workplace
        .runs()
        .acceptedBefore(code)
        .map(it -> {
          String into = it.organization().map(this::name).orElse("");
          String when = ages.dated(it.when(), clock.instant());
          String by = it.account().isBlank() ? texts.get("accept.somebody") : it.account();
          String note =
              it.ticket().isBlank()
                  ? texts.get("accept.note.before", when, by)
                  : texts.get("accept.note.before.ticket", when, by, it.ticket());
          return new Looked(
              CodeState.ACCEPTED_BEFORE, it.person(), into, "", "", note, Optional.empty());
        });
  }

  private String today() {
    ZoneId zone = ZoneId.systemDefault();
    Instant midnight = LocalDate.ofInstant(clock.instant(), zone).atStartOfDay(zone).toInstant();
    Map<RowState, Integer> codes = workplace.runs().codesSince(midnight);
    return texts.get(
        "accept.today",
        sum(codes, Set.of(RowState.JOINED, RowState.ALREADY_MEMBER)),
        sum(codes, Set.of(RowState.REFUSED, RowState.USER_EXISTS)),
        sum(
            codes,
            Set.of(RowState.READY, RowState.SENDING, RowState.UNKNOWN, RowState.NEEDS_DECISION)));
  }

  private static int sum(Map<RowState, Integer> counts, Set<RowState> states) {
    return states.stream().mapToInt(state -> counts.getOrDefault(state, 0)).sum();
  }

  /// The codes of a text; of the source of mails also where their parts are encoded.
  PastedCodes codesIn(String text) {
    return MailFiles.codesIn(text);
  }

  /// What stands in files.
  ///
  /// @param unread names of those that cannot be read
  record FilesText(String text, List<String> unread) {}

  /// The text of files, one after the other: saved mails, or any text.
  FilesText textOf(List<Path> files) {
    StringBuilder text = new StringBuilder();
    List<String> unread = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        text.append(MailFiles.text(in.readNBytes(MailFiles.MOST_BYTES))).append('\n');
      } catch (IOException e) {
        unread.add(String.valueOf(file.getFileName()));
      }
    }
    return new FilesText(text.toString(), unread);
  }

  /// What to send to somebody who can invite these people again, whose codes have ended: one text,
  /// a line for each organization.
  String request(List<AcceptRow> expired) {
    Map<Whose, Instant> ends =
        new Ends(workplace.invitations())
            .of(expired.stream().map(Desk::whose).collect(Collectors.toSet()));
    return expired.stream()
        .collect(
            Collectors.groupingBy(
                row -> whose(row).organization(), LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(rows -> request(rows, ends))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private String request(List<AcceptRow> rows, Map<Whose, Instant> ends) {
    String names = rows.stream().map(AcceptRow::person).collect(Collectors.joining(", "));
    Instant now = clock.instant();
    List<Instant> known =
        rows.stream()
            .flatMap(row -> Stream.ofNullable(ends.get(whose(row))))
            .filter(end -> !end.isAfter(now))
            .sorted()
            .toList();
    String days =
        known.stream().map(end -> ages.day(end, now)).distinct().collect(Collectors.joining(", "));
    String ended =
        known.size() == rows.size()
            ? texts.get("accept.request.ended", rows.size(), days)
            : texts.get("accept.request.ended.some-day", rows.size());
    return texts.get("accept.request", names, rows.getFirst().into(), ended);
  }

  private static Whose whose(AcceptRow row) {
    return Whose.of(row.check().orElseThrow());
  }

  /// Whether this account is known to be allowed to invite into an organization.
  boolean mayInvite(OrganizationId organization) {
    return workplace
        .session()
        .rights(organization)
        .filter(rights -> rights.contains(Right.INVITE))
        .isPresent();
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
