package dev.guestlist.ui.kit;

import dev.guestlist.model.Problem;
import dev.guestlist.model.Problem.Untrusted.Why;
import dev.guestlist.model.Reason;
import dev.guestlist.model.ServerCertificate;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A problem in words: what happened and what is unharmed, what to do next, and the technical part
/// that can be copied.
///
/// @param title a few words, without a full stop
/// @param sentence what happened, to what, and what is unharmed
/// @param next what to do now
/// @param details codes and ids for whoever runs the server; blank when there are none
public record ProblemText(String title, String sentence, String next, String details) {

  /// The words for a problem.
  ///
  /// @param organization the name of the organization it happened in; empty when in none
  public static ProblemText of(Problem problem, Optional<String> organization, Texts texts) {
    String where = organization.orElseGet(() -> texts.get("problem.here"));
    return switch (problem) {
      case Problem.Unreachable p when p.chosen() ->
          new ProblemText(
              texts.get("problem.offline.title"),
              texts.get("problem.offline"),
              texts.get("problem.offline.next"),
              "");
      case Problem.Unreachable p ->
          new ProblemText(
              texts.get("problem.unreachable.title", p.host()),
              p.mayHaveArrived()
                  ? texts.get("problem.unreachable.no-answer", p.host())
                  : texts.get("problem.unreachable", p.host()),
              texts.get("problem.unreachable.next"),
              "");
      case Problem.Untrusted p ->
          new ProblemText(
              texts.get("problem.untrusted.title"),
              texts.get("problem.untrusted", p.host(), untrusted(p.why(), texts)),
              untrustedNext(p.why(), texts),
              p.certificate().map(ServerCertificate::shownFingerprint).orElse(""));
      case Problem.SignedOut p when p.newTokenRefused() ->
          new ProblemText(
              texts.get("problem.token-refused.title"),
              texts.get("problem.token-refused"),
              texts.get("problem.token-refused.next"),
              "");
      case Problem.SignedOut ignored ->
          new ProblemText(
              texts.get("problem.signed-out.title"),
              texts.get("problem.signed-out"),
              texts.get("problem.signed-out.next"),
              "");
      case Problem.NotAllowed p ->
          new ProblemText(
              texts.get("problem.not-allowed.title"),
              texts.get("problem.not-allowed", right(p.scope(), texts), where),
              texts.get("problem.not-allowed.next", where),
              p.scope());
      case Problem.Rejected p ->
          new ProblemText(
              texts.get("problem.rejected.title"),
              rejected(p, where, texts),
              rejectedNext(p.reason(), where, texts),
              Stream.of(p.serverCode(), p.serverText(), p.trace())
                  .filter(part -> !part.isBlank())
                  .collect(Collectors.joining(" ")));
      case Problem.Busy p ->
          new ProblemText(
              texts.get("problem.busy.title"),
              texts.get("problem.busy"),
              p.retryAfter()
                  .map(wait -> texts.get("problem.busy.next-in", Math.max(1, wait.toSeconds())))
                  .orElseGet(() -> texts.get("problem.busy.next")),
              "");
      case Problem.ServerFault p ->
          new ProblemText(
              texts.get("problem.fault.title"),
              texts.get("problem.fault", p.status()),
              texts.get("problem.fault.next"),
              texts.get("problem.fault.details", p.status(), p.serverCode(), p.trace()).strip());
      case Problem.Unreadable p ->
          new ProblemText(
              texts.get("problem.unreadable.title"),
              texts.get("problem.unreadable", p.what()),
              texts.get("problem.unreadable.next"),
              p.what());
    };
  }

  /// What happened and what to do, as one text.
  public String line() {
    return next.isBlank() ? sentence : sentence + " " + next;
  }

  private static String untrusted(Why why, Texts texts) {
    return switch (why) {
      case UNKNOWN_ISSUER -> texts.get("untrusted.unknown-issuer");
      case OTHER_HOST -> texts.get("untrusted.other-host");
      case EXPIRED -> texts.get("untrusted.expired");
      case NOT_YET_VALID -> texts.get("untrusted.not-yet-valid");
      case CHANGED -> texts.get("untrusted.changed");
      case KNOWN_DEFAULT -> texts.get("untrusted.known-default");
      case UNCHECKABLE -> texts.get("untrusted.uncheckable");
      case NOT_ENCRYPTED -> texts.get("untrusted.not-encrypted");
      case OLD_ENCRYPTION -> texts.get("untrusted.old-encryption");
      case CERTIFICATE_FILE -> texts.get("untrusted.certificate-file");
      case PROXY_REFUSED -> texts.get("untrusted.proxy-refused");
    };
  }

  private static String untrustedNext(Why why, Texts texts) {
    return switch (why) {
      case UNKNOWN_ISSUER,
          OTHER_HOST,
          EXPIRED,
          NOT_YET_VALID,
          CHANGED,
          KNOWN_DEFAULT,
          UNCHECKABLE ->
          texts.get("problem.untrusted.next");
      case NOT_ENCRYPTED -> texts.get("untrusted.next.not-encrypted");
      case OLD_ENCRYPTION -> texts.get("untrusted.next.old-encryption");
      case CERTIFICATE_FILE -> texts.get("untrusted.next.certificate-file");
      case PROXY_REFUSED -> texts.get("untrusted.next.proxy-refused");
    };
  }

  /// A right in words, by the name that the server gives it; that name itself where it is unknown.
  private static String right(String scope, Texts texts) {
    String name = scope.toLowerCase(Locale.ROOT);
    if (name.endsWith("guest_mgt_invite_list")) {
      return texts.get("right.list-invitations");
    }
    if (name.endsWith("guest_mgt_invite_add")) {
      return texts.get("right.invite");
    }
    if (name.endsWith("guest_mgt_invite_delete")) {
      return texts.get("right.delete-invitations");
    }
    if (name.contains("group_mgt")) {
      return texts.get("right.view-groups");
    }
    if (name.contains("role_mgt")) {
      return texts.get("right.view-roles");
    }
    if (name.contains("user_mgt")) {
      return texts.get("right.list-users");
    }
    if (name.contains("organization")) {
      return texts.get("right.view-organizations");
    }
    return name.isBlank() ? texts.get("right.unknown") : scope;
  }

  private static String rejected(Problem.Rejected problem, String where, Texts texts) {
    return switch (problem.reason()) {
      case UNKNOWN_USER -> texts.get("rejected.unknown-user");
      case ALREADY_INVITED -> texts.get("rejected.already-invited");
      case NO_EMAIL -> texts.get("rejected.no-email");
      case NO_CONSOLE_ACCESS -> texts.get("rejected.no-console-access");
      case ALREADY_MEMBER -> texts.get("rejected.already-member", where);
      case UNKNOWN_ROLE -> texts.get("rejected.unknown-role", where);
      case UNKNOWN_GROUP -> texts.get("rejected.unknown-group", where);
      case INVITATION_GONE -> texts.get("rejected.invitation-gone", where);
      case UNKNOWN_CODE -> texts.get("rejected.unknown-code");
      case EXPIRED -> texts.get("rejected.expired");
      case NOT_CHECKED -> texts.get("rejected.not-checked");
      case OTHER_ORGANIZATION -> texts.get("rejected.other-organization");
      case NEWER_INVITATION -> texts.get("rejected.newer-invitation");
      case CHANGED_MEANWHILE -> texts.get("rejected.changed-meanwhile");
      case TOO_OLD -> texts.get("rejected.too-old");
      case NEVER_ARRIVED -> texts.get("rejected.never-arrived");
      case NOT_A_MEMBER -> texts.get("rejected.not-a-member", where);
      case NOT_SHARED -> texts.get("rejected.not-shared", where);
      case ORGANIZATION_DISABLED -> texts.get("rejected.organization-disabled", where);
      case UNKNOWN_ORGANIZATION -> texts.get("rejected.unknown-organization", where);
      case OTHER_BRANCH -> texts.get("rejected.other-branch", where);
      case GRANT_NOT_ENABLED -> texts.get("rejected.grant-not-enabled");
      case SIGN_IN_REFUSED -> texts.get("rejected.sign-in-refused");
      case SIGN_IN_UNANSWERED -> texts.get("rejected.sign-in-unanswered");
      case DEVICE_CODE_ENDED -> texts.get("rejected.device-code-ended");
      case TOKEN_REFUSED -> texts.get("rejected.token-refused");
      case UNKNOWN_MEMBER -> texts.get("rejected.unknown-member");
      case OTHER ->
          problem.serverText().isBlank()
              ? texts.get("rejected.other")
              : texts.get("rejected.other.text", problem.serverText());
    };
  }

  private static String rejectedNext(Reason reason, String where, Texts texts) {
    return switch (reason) {
      case UNKNOWN_USER -> texts.get("rejected.next.spelling");
      case ALREADY_INVITED -> texts.get("rejected.next.delete-first");
      case NO_EMAIL -> texts.get("rejected.next.email");
      case NO_CONSOLE_ACCESS -> texts.get("rejected.next.console");
      case UNKNOWN_ROLE, UNKNOWN_GROUP -> texts.get("rejected.next.choose");
      case EXPIRED -> texts.get("rejected.next.invite-again");
      case UNKNOWN_CODE -> texts.get("rejected.next.code");
      case NOT_CHECKED -> texts.get("rejected.next.sign-in");
      case NOT_A_MEMBER -> texts.get("rejected.next.member", where);
      case NOT_SHARED -> texts.get("rejected.next.share", where);
      case ORGANIZATION_DISABLED -> texts.get("rejected.next.enable", where);
      case UNKNOWN_ORGANIZATION -> texts.get("rejected.next.tree");
      case OTHER_BRANCH -> texts.get("rejected.next.branch", where);
      case GRANT_NOT_ENABLED -> texts.get("rejected.next.grant");
      case SIGN_IN_UNANSWERED -> texts.get("rejected.next.unanswered");
      case DEVICE_CODE_ENDED -> texts.get("rejected.next.new-code");
      case TOKEN_REFUSED -> texts.get("rejected.next.token");
      case SIGN_IN_REFUSED -> texts.get("rejected.next.credentials");
      case ALREADY_MEMBER,
          INVITATION_GONE,
          OTHER_ORGANIZATION,
          NEWER_INVITATION,
          CHANGED_MEANWHILE,
          TOO_OLD ->
          texts.get("rejected.next.read-again");
      case NEVER_ARRIVED -> texts.get("rejected.next.try-again");
      case UNKNOWN_MEMBER, OTHER -> texts.get("rejected.next.details");
    };
  }
}
