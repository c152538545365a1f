package dev.guestlist.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.service.SetUpSheet.Client;
import dev.guestlist.service.SetUpSheet.Feature;
import dev.guestlist.service.SetUpSheet.Grant;
import dev.guestlist.service.SetUpSheet.Role;
import dev.guestlist.service.SetUpSheet.Scope;
import dev.guestlist.service.SetUpSheet.Where;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SetUpSheetTest {
  private static SetUpSheet sheet(SignInWay way, Role role) {
    return SetUpSheet.of(
        new Connection(
            new ConnectionId("c"),
            "Acme",
            Connection.Kind.TEST,
            URI.create("https://id.acme.example"),
            "acme",
            "client-1",
            way,
            2,
            Duration.ofDays(3)),
        role);
  }

  private static List<String> scopes(SignInWay way, Role role) {
    return sheet(way, role).scopes().stream().map(Scope::name).toList();
  }

  @Test
  void aBrowserNeedsAPublicClientWithPkceAndTheAddressWithoutAFixedPort() {
    SetUpSheet sheet = sheet(SignInWay.BROWSER, Role.INVITE);
    assertThat(sheet.client()).isEqualTo(Client.PUBLIC_WITH_PKCE);
    assertThat(sheet.redirects()).containsExactly(URI.create("http://127.0.0.1/callback"));
    assertThat(sheet.grants())
        .containsExactly(Grant.AUTHORIZATION_CODE, Grant.REFRESH_TOKEN, Grant.ORGANIZATION_SWITCH);
    assertThat(sheet.shared()).isTrue();
    assertThat(sheet.rootOrganization()).isEqualTo("acme");
  }

  @Test
  void aCodeOnAnotherDeviceNeedsNoRedirect() {
    SetUpSheet sheet = sheet(SignInWay.DEVICE_CODE, Role.HELPDESK);
    assertThat(sheet.redirects()).isEmpty();
    assertThat(sheet.grants())
        .extracting(Grant::wireName)
        .containsExactly(
            "urn:ietf:params:oauth:grant-type:device_code", "refresh_token", "organization_switch");
  }

  @Test
  void aTechnicalAccountHasASecretAndNoRightThatOnlyUsersHave() {
    SetUpSheet sheet = sheet(SignInWay.TECHNICAL_ACCOUNT, Role.INVITE);
    assertThat(sheet.client()).isEqualTo(Client.CONFIDENTIAL);
    assertThat(sheet.grants()).containsExactly(Grant.CLIENT_CREDENTIALS, Grant.ORGANIZATION_SWITCH);
    assertThat(sheet.scopes()).extracting(Scope::name).doesNotContain("internal_login");
  }

  @Test
  void eachRoleGetsNoMoreThanItNeeds() {
    assertThat(scopes(SignInWay.BROWSER, Role.REVIEW))
        .containsExactly(
            "internal_login",
            "internal_organization_view",
            "internal_org_organization_view",
            "internal_org_guest_mgt_invite_list",
            "internal_org_user_mgt_list");
    assertThat(scopes(SignInWay.BROWSER, Role.HELPDESK))
        .contains("internal_org_guest_mgt_invite_list")
        .doesNotContain(
            "internal_org_guest_mgt_invite_add", "internal_org_guest_mgt_invite_delete");
    assertThat(scopes(SignInWay.BROWSER, Role.INVITE))
        .contains(
            "internal_org_guest_mgt_invite_add",
            "internal_org_guest_mgt_invite_delete",
            "internal_org_group_mgt_view",
            "internal_org_role_mgt_view");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void everyRightSaysWhereItCountsAndWhatFor(Role role) {
    assertThat(sheet(SignInWay.BROWSER, role).scopes())
        .allSatisfy(scope -> {
          assertThat(scope.features()).isNotEmpty();
          Set<Where> expected =
              scope.name().equals("internal_login")
                  ? Set.of(Where.ROOT, Where.ORGANIZATION)
                  : scope.name().startsWith("internal_org_")
                      ? Set.of(Where.ORGANIZATION)
                      : Set.of(Where.ROOT);
          assertThat(scope.where()).isEqualTo(expected);
        });
  }

  @Test
  void invitingAgainNeedsBothToInviteAndToDelete() {
    assertThat(sheet(SignInWay.BROWSER, Role.INVITE).scopes())
        .filteredOn(scope -> scope.features().contains(Feature.INVITE_AGAIN))
        .extracting(Scope::name)
        .containsExactly(
            "internal_org_guest_mgt_invite_add", "internal_org_guest_mgt_invite_delete");
  }
}
