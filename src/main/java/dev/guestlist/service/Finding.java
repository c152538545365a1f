package dev.guestlist.service;

import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Right;
import dev.guestlist.model.ServerCertificate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What one line of a connection test found out: facts, to be put into words by whoever shows them.
public sealed interface Finding {

  /// A connection to the host stands.
  ///
  /// @param proxy host and port of the proxy that led there
  record Reached(String host, Optional<String> proxy) implements Finding {}

  /// Signed by somebody whom this connection trusts, for this host, and in date.
  ///
  /// @param endsSoon whether it ends within a month
  record CertificateValid(ServerCertificate certificate, boolean endsSoon) implements Finding {}

  /// The one that this connection accepts. Its dates and names were not judged;
  /// [ServerCertificate#knownDefault] says whether pinning it is worth anything.
  record CertificatePinned(ServerCertificate certificate) implements Finding {}

  /// Plain http to this computer itself: nothing leaves it, so nothing needs to be encrypted.
  record NotEncryptedHere() implements Finding {}

  /// Why nothing is sent there, and the certificate, when one was shown.
  record NotTrusted(Problem.Untrusted problem) implements Finding {}

  /// The server describes its sign-in as it should.
  record Discovered(String issuer) implements Finding {}

  /// The server gives other hosts for itself than the one that was typed. Sign-in keeps to the
  /// typed one.
  record WrongHostInDiscovery(String stated, String typed) implements Finding {}

  /// Something answers there, but not an identity server: a proxy, a portal, or a website.
  ///
  /// @param what what came, as in `Problem.Unreadable`
  record WebPageInsteadOfApi(String what) implements Finding {}

  /// The server has no such root organization, or does not take its tokens there.
  record WrongRootOrganization(String typed) implements Finding {}

  /// Nobody is signed in, so this cannot be tried.
  record NobodySignedIn() implements Finding {}

  /// No organization is entered, so this cannot be tried.
  record NoOrganization() implements Finding {}

  record SignedInAs(String account) implements Finding {}

  /// The organization at the top, as the server sees it.
  record RootOrganization(Organization organization) implements Finding {}

  /// What the account may do in the organization.
  record RightsGranted(OrganizationId organization, Set<Right> rights) implements Finding {}

  /// One right that the account does not have in the organization.
  ///
  /// @param scope its name on the server
  record RightMissing(OrganizationId organization, Right right, String scope) implements Finding {}

  /// The organization cannot be entered.
  record NotEntered(OrganizationId organization, Problem problem) implements Finding {}

  /// The interface answers.
  ///
  /// @param rows how many rows it gave; empty where only one was asked for
  record Answers(Optional<Integer> rows) implements Finding {}

  /// How far the server's clock is ahead of this computer's; negative when it is behind. Good to
  /// about a second.
  record ClockDifference(Duration ahead) implements Finding {}

  /// The server's answers carry no time.
  record NoClock() implements Finding {}

  /// What this server can do, found out by looking at its answers.
  ///
  /// @param properties whether an invitation can be made without mail, with its code in the answer;
  ///   known once somebody was invited from here
  /// @param handles whether organizations have handles, from version 7.2 on
  /// @param groupPaging whether groups come in pages, from version 7.2 on; unknown where there are
  ///   fewer than two
  record Traits(Known properties, Known handles, Known groupPaging) implements Finding {}

  /// Whether something is so.
  enum Known {
    YES,
    NO,
    UNKNOWN;

    static Known of(Optional<Boolean> answer) {
      return answer.map(yes -> yes ? YES : NO).orElse(UNKNOWN);
    }
  }

  /// It went wrong.
  record Failed(Problem problem) implements Finding {}

  /// Not tried, because this did not go well before.
  record Needs(ConnectionTest.Check check) implements Finding {}
}
