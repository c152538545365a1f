package dev.guestlist.practice;

import java.util.List;

/// An account that can sign in. It lives in the root; what it may do in a child organization comes
/// from the role of the Guestlist application that it has there. The rights are the same in words.
record Account(
    String username, String given, String roleName, List<String> rights, List<String> scopes) {
  static final Account PAT =
      new Account(
          "pat",
          "Pat",
          "Guest administrator",
          List.of("invite", "list", "delete", "groups", "roles", "users", "user stores"),
          Scopes.IN_CHILD);
  static final Account INA =
      new Account(
          "ina",
          "Ina",
          "Guest inviter",
          List.of("invite", "list", "groups", "roles"),
          List.of(
              Scopes.ORGANIZATIONS,
              Scopes.INVITE,
              Scopes.LIST_INVITATIONS,
              Scopes.GROUPS,
              Scopes.ROLES));
  static final Account LIS =
      new Account(
          "lis",
          "Lis",
          "Guest reader",
          List.of("list"),
          List.of(Scopes.ORGANIZATIONS, Scopes.LIST_INVITATIONS));
  static final Account NUL = new Account("nul", "Nul", "", List.of(), List.of());
  static final List<Account> ALL = List.of(PAT, INA, LIS, NUL);

  String password() {
    return "practice-" + username;
  }

  List<String> scopesAtRoot() {
    return scopes.stream().map(Scopes::atRoot).filter(Scopes.AT_ROOT::contains).toList();
  }
}
