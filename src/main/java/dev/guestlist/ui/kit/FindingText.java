package dev.guestlist.ui.kit;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Right;
import dev.guestlist.service.ConnectionTest.Check;
import dev.guestlist.service.ConnectionTest.Result;
import dev.guestlist.service.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a step of the connection test found, in words.
///
/// @param words what is so
/// @param next what to do about it; blank where nothing has to be done
/// @param details codes and ids for whoever runs the server; blank when there are none
public record FindingText(String words, String next, String details) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

  /// The words for a finding.
  ///
  /// @param names what organizations are called
  public static FindingText of(
      Finding finding, Texts texts, Function<OrganizationId, String> names) {
    return switch (finding) {
      case Finding.Reached f ->
          fine(
              f.proxy()
                  .map(proxy -> texts.get("finding.reached.proxy", f.host(), proxy))
                  .orElseGet(() -> texts.get("finding.reached", f.host())));
      case Finding.CertificateValid f -> {
        String until = day(f.certificate().validUntil());
        yield f.endsSoon()
            ? new FindingText(
                texts.get("finding.certificate.soon", until),
                texts.get("finding.certificate.soon.next"),
                "")
            : fine(texts.get("finding.certificate", until, shortName(f.certificate().issuer())));
      }
      case Finding.CertificatePinned f ->
          f.certificate().knownDefault()
              ? new FindingText(
                  texts.get("finding.pinned.default"), texts.get("finding.pinned.default.next"), "")
              : fine(texts.get("finding.pinned", day(f.certificate().validUntil())));
      case Finding.NotEncryptedHere ignored -> fine(texts.get("finding.not-encrypted-here"));
      case Finding.NotTrusted f -> of(ProblemText.of(f.problem(), Optional.empty(), texts));
      case Finding.Discovered f -> fine(texts.get("finding.discovered", f.issuer()));
      case Finding.WrongHostInDiscovery f ->
          new FindingText(
              texts.get("finding.wrong-host", f.stated(), f.typed()),
              texts.get("finding.wrong-host.next"),
              "");
      case Finding.WebPageInsteadOfApi f ->
          new FindingText(
              texts.get("finding.web-page", f.what()), texts.get("finding.web-page.next"), "");
      case Finding.WrongRootOrganization f ->
          new FindingText(
              texts.get("finding.wrong-root", f.typed()), texts.get("finding.wrong-root.next"), "");
      case Finding.NobodySignedIn ignored ->
          new FindingText(texts.get("finding.nobody"), texts.get("finding.nobody.next"), "");
      case Finding.NoOrganization ignored ->
          new FindingText(
              texts.get("finding.no-organization"), texts.get("finding.no-organization.next"), "");
      case Finding.SignedInAs f -> fine(texts.get("finding.signed-in", f.account()));
      case Finding.RootOrganization f -> fine(texts.get("finding.root", f.organization().name()));
      case Finding.RightsGranted f ->
          fine(rights(f.rights(), names.apply(f.organization()), texts));
      case Finding.RightMissing f -> {
        String where = names.apply(f.organization());
        yield new FindingText(
            texts.get("finding.right-missing", right(f.right(), texts), where),
            texts.get("finding.right-missing.next", f.scope(), where),
            f.scope());
      }
      case Finding.NotEntered f -> {
        String where = names.apply(f.organization());
        ProblemText why = ProblemText.of(f.problem(), Optional.of(where), texts);
        yield new FindingText(
            texts.get("finding.not-entered", where, why.sentence()), why.next(), why.details());
      }
      case Finding.Answers f ->
          fine(
              f.rows()
                  .map(rows -> texts.get("finding.answers.rows", rows))
                  .orElseGet(() -> texts.get("finding.answers")));
      case Finding.ClockDifference f -> clock(f.ahead(), texts);
      case Finding.NoClock ignored -> fine(texts.get("finding.no-clock"));
      case Finding.Traits f ->
          fine(
              texts.get(
                  "finding.traits",
                  known(f.properties(), texts),
                  known(f.handles(), texts),
                  known(f.groupPaging(), texts)));
      case Finding.Failed f -> of(ProblemText.of(f.problem(), Optional.empty(), texts));
      case Finding.Needs f -> fine(texts.get("finding.needs", check(f.check(), texts)));
    };
  }

  /// What a step is called.
  public static String check(Check check, Texts texts) {
    return switch (check) {
      case ADDRESS -> texts.get("check.address");
      case CERTIFICATE -> texts.get("check.certificate");
      case DISCOVERY -> texts.get("check.discovery");
      case SIGN_IN -> texts.get("check.sign-in");
      case ROOT_ORGANIZATION -> texts.get("check.root");
      case RIGHTS -> texts.get("check.rights");
      case ORGANIZATIONS -> texts.get("check.organizations");
      case INVITATIONS -> texts.get("check.invitations");
      case GROUPS -> texts.get("check.groups");
      case ROLES -> texts.get("check.roles");
      case MEMBERS -> texts.get("check.members");
      case CLOCK -> texts.get("check.clock");
      case VERSION -> texts.get("check.version");
    };
  }

  /// How a step went, in a word.
  public static String result(Result result, Texts texts) {
    return switch (result) {
      case FINE -> texts.get("result.fine");
      case WARNING -> texts.get("result.warning");
      case FAILED -> texts.get("result.failed");
      case NOT_TRIED -> texts.get("result.not-tried");
    };
  }

  public static String day(Instant moment) {
    return DAY.format(moment.atZone(ZoneId.systemDefault()));
  }

  private static FindingText fine(String words) {
    return new FindingText(words, "", "");
  }

  private static FindingText of(ProblemText problem) {
    return new FindingText(problem.sentence(), problem.next(), problem.details());
  }

  /// The name in a distinguished name.
  private static String shortName(String distinguished) {
    for (String part : distinguished.split(",", -1)) {
      String trimmed = part.strip();
      if (trimmed.regionMatches(true, 0, "CN=", 0, 3)) {
        return trimmed.substring(3);
      }
    }
    return distinguished;
  }

  private static String rights(Set<Right> rights, String where, Texts texts) {
    if (rights.isEmpty()) {
      return texts.get("finding.rights.none", "", where);
    }
    String all =
        rights.stream().sorted().map(r -> right(r, texts)).collect(Collectors.joining(", "));
    return texts.get("finding.rights", all, where);
  }

  /// What people call a right, such as "list invitations".
  public static String right(Right right, Texts texts) {
    return switch (right) {
      case LIST_INVITATIONS -> texts.get("right.list-invitations");
      case INVITE -> texts.get("right.invite");
      case DELETE_INVITATIONS -> texts.get("right.delete-invitations");
      case VIEW_GROUPS -> texts.get("right.view-groups");
      case VIEW_ROLES -> texts.get("right.view-roles");
      case LIST_USERS -> texts.get("right.list-users");
      case VIEW_ORGANIZATIONS -> texts.get("right.view-organizations");
    };
  }

  private static FindingText clock(Duration ahead, Texts texts) {
    long seconds = ahead.abs().toSeconds();
    if (seconds <= 1) {
      return fine(texts.get("finding.clock.level"));
    }
    String amount =
        seconds < 120
            ? texts.get("finding.seconds", seconds)
            : texts.get("finding.minutes", seconds / 60);
    String words =
        ahead.isNegative()
            ? texts.get("finding.clock.behind", amount)
            : texts.get("finding.clock.ahead", amount);
    return new FindingText(words, seconds < 30 ? "" : texts.get("finding.clock.next"), "");
  }

  private static String known(Finding.Known known, Texts texts) {
    return switch (known) {
      case YES -> texts.get("known.yes");
      case NO -> texts.get("known.no");
      case UNKNOWN -> texts.get("known.unknown");
    };
  }
}
