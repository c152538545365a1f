package dev.guestlist.practice;

import java.util.Optional;
import java.util.Set;

/// The organization switch grant: a token of the same application for another organization. The
/// refusals and their order follow wso2-extensions/identity-oauth2-grant-organization-switch
/// `OrganizationSwitchGrant`.
final class OrganizationSwitch {
  private final Directory directory;
  private final Tokens tokens;
  private final PracticeTraits traits;

  OrganizationSwitch(Directory directory, Tokens tokens, PracticeTraits traits) {
    this.directory = directory;
    this.tokens = tokens;
    this.traits = traits;
  }

  Tokens.Access enter(Client client, String token, String organization, Set<String> asked) {
    Directory.Organization target =
        directory.organization(organization).orElseThrow(() -> unknown(organization));
    if (target.disabled() && !traits.isOld()) {
      throw Refusal.oauth(
          400, "invalid_request", "The switching organization is in deactivated state.");
    }
    Tokens.Access from =
        tokens
            .active(token)
            .filter(access -> access.client().equals(client.id()))
            .orElseThrow(() -> invalidGrant("Invalid token received."));
    if (!inBranch(target)) {
      throw invalidGrant(
          "Organization switch is only allowed for the organizations in the same branch.");
    }
    if (!target.open()) {
      throw invalidGrant(
          "Organization switching is not allowed for organizations that have not shared the"
              + " application");
    }
    Optional<Set<String>> rights = Optional.empty();
    if (from.account().isPresent()) {
      if (directory.memberIn(from.account().get(), target.id()).isEmpty()) {
        throw notMember();
      }
      rights = Optional.of(directory.rights(from.account().get(), target.id()));
    }
    Set<String> granted = Scopes.grant(asked, rights, target.parent().isEmpty());
    return tokens.issue(client.id(), from.account(), target.id(), granted);
  }

  private boolean inBranch(Directory.Organization target) {
    return traits
        .applicationOf()
        .flatMap(directory::organization)
        .map(home -> target.lineage().startsWith(home.lineage()))
        .orElse(true);
  }

  /// 7.0 does not look whether the organization exists; nobody is a member of it.
  private Refusal unknown(String organization) {
    return traits.isOld()
        ? serverError()
        : Refusal.oauth(400, "invalid_request", "Invalid organization id: " + organization);
  }

  private Refusal notMember() {
    String text = "User is not allowed to access the organization";
    if (traits.isOld()) {
      return serverError();
    }
    return switch (traits.nonMember()) {
      case INVALID_CLIENT -> Refusal.oauth(401, "invalid_client", text);
      case INVALID_GRANT -> invalidGrant(text);
      case SERVER_ERROR -> serverError();
    };
  }

  private static Refusal serverError() {
    return Refusal.oauth(500, "server_error", "Internal Server Error.");
  }

  private static Refusal invalidGrant(String description) {
    return Refusal.oauth(400, "invalid_grant", description);
  }
}
