package dev.guestlist.ui.connect;

import dev.guestlist.service.SetUpSheet;
import dev.guestlist.service.SetUpSheet.Feature;
import dev.guestlist.service.SetUpSheet.Role;
import dev.guestlist.service.SetUpSheet.Scope;
import dev.guestlist.service.SetUpSheet.Where;
import dev.guestlist.ui.kit.Texts;
import java.util.stream.Collectors;

/// A set-up sheet as one page of plain text.
final class SheetText {
  private final StringBuilder page = new StringBuilder();
  private final Texts texts;

  private SheetText(Texts texts) {
    this.texts = texts;
  }

  static String of(SetUpSheet sheet, Texts texts) {
    SheetText text = new SheetText(texts);
    text.write(sheet);
    return text.page.toString();
  }

  /// What a role is called.
  static String role(Role role, Texts texts) {
    return switch (role) {
      case REVIEW -> texts.get("sheet.role.review");
      case INVITE -> texts.get("sheet.role.invite");
      case HELPDESK -> texts.get("sheet.role.helpdesk");
    };
  }

  private void write(SetUpSheet sheet) {
    line(texts.get("sheet.head", sheet.server().toString(), sheet.rootOrganization()));
    line(texts.get("sheet.for", role(sheet.role(), texts)));
    gap();
    line(texts.get("sheet.application"));
    indented(
        switch (sheet.client()) {
          case PUBLIC_WITH_PKCE -> texts.get("sheet.client.pkce");
          case PUBLIC -> texts.get("sheet.client.public");
          case CONFIDENTIAL -> texts.get("sheet.client.confidential");
        });
    if (sheet.shared()) {
      indented(texts.get("sheet.shared"));
    }
    gap();
    if (!sheet.redirects().isEmpty()) {
      line(texts.get("sheet.redirects"));
      sheet.redirects().forEach(address -> line("   " + address));
      line("   " + texts.get("sheet.redirects.port"));
      gap();
    }
    line(texts.get("sheet.grants"));
    sheet.grants().forEach(grant -> line("   " + grant.wireName() + "  " + why(grant)));
    gap();
    line(texts.get("sheet.scopes"));
    sheet.scopes().forEach(this::scope);
    gap();
    line(texts.get("sheet.afterwards"));
  }

  private String why(SetUpSheet.Grant grant) {
    return switch (grant) {
      case AUTHORIZATION_CODE -> texts.get("sheet.grant.code");
      case DEVICE_CODE -> texts.get("sheet.grant.device");
      case CLIENT_CREDENTIALS -> texts.get("sheet.grant.client");
      case REFRESH_TOKEN -> texts.get("sheet.grant.refresh");
      case ORGANIZATION_SWITCH -> texts.get("sheet.grant.switch");
    };
  }

  private void scope(Scope scope) {
    line("   " + scope.name());
    String where =
        scope.where().size() == Where.values().length
            ? texts.get("sheet.where.both")
            : scope.where().stream().map(this::where).collect(Collectors.joining(", "));
    String features =
        scope.features().stream().sorted().map(this::feature).collect(Collectors.joining(", "));
    line("      " + texts.get("sheet.scope", where, features));
  }

  private String where(Where where) {
    return switch (where) {
      case ROOT -> texts.get("sheet.where.root");
      case ORGANIZATION -> texts.get("sheet.where.organization");
    };
  }

  private String feature(Feature feature) {
    return switch (feature) {
      case SIGN_IN -> texts.get("sheet.feature.sign-in");
      case FIND_ORGANIZATIONS -> texts.get("sheet.feature.organizations");
      case LIST_INVITATIONS -> texts.get("sheet.feature.list");
      case CHECK_CODES -> texts.get("sheet.feature.check");
      case INVITE -> texts.get("sheet.feature.invite");
      case DELETE_INVITATIONS -> texts.get("sheet.feature.delete");
      case INVITE_AGAIN -> texts.get("sheet.feature.again");
      case CHOOSE_GROUPS -> texts.get("sheet.feature.groups");
      case CHOOSE_ROLES -> texts.get("sheet.feature.roles");
      case SEE_MEMBERS -> texts.get("sheet.feature.members");
    };
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  private void indented(String text) {
    line("   " + text);
  }

  private void gap() {
    page.append('\n');
  }
}
