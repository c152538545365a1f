package dev.guestlist.practice;

import java.util.Optional;
import java.util.Set;

/// The organization switch grant: a token of the same application for another organization. The
/// refusals and their order follow wso2-extensions/identity-oauth2-grant-organization-switch
/// `OrganizationSwitchGrant`.
final class OrganizationSwitch {
  private final Directory directory;
  private final Tokens tokens;

  OrganizationSwitch(Directory directory, Tokens tokens) {
    this.directory = directory;
    this.tokens = tokens;
  }

  Tokens.Access enter(Client client, String token, String organization, Set<String> asked) {
    Directory.Organization target =
        directory
            .organization(organization)
            .orElseThrow(() ->
                Refusal.oauth(400, "invalid_request", "Invalid organization id: " + organization));
    if (target.disabled()) {
      throw Refusal.oauth(
          400, "invalid_request", "The switching organization is in deactivated state.");
    }
    Tokens.Access from =
        tokens
            .active(token)
            .filter(access -> access.client().equals(client.id()))
            .orElseThrow(() -> Refusal.oauth(400, "invalid_grant", "Invalid token received."));
    if (!target.open()) {
      throw Refusal.oauth(
          400,
          "invalid_grant",
          "Organization switching is not allowed for organizations that have not shared the"
              + " application");
    }
    Optional<Set<String>> rights = Optional.empty();
    if (from.account().isPresent()) {
      if (directory.memberIn(from.account().get(), target.id()).isEmpty()) {
        throw Refusal.oauth(
            401, "invalid_client", "User is not allowed to access the organization");
      }
      rights = Optional.of(directory.rights(from.account().get(), target.id()));
    }
    Set<String> granted = Scopes.grant(asked, rights, target.parent().isEmpty());
    return tokens.issue(client.id(), from.account(), target.id(), granted);
  }
}
