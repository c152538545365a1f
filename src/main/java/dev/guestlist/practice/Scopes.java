package dev.guestlist.practice;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The rights this server knows, and how a wish for scopes becomes a grant.
final class Scopes {
  static final String ORGANIZATIONS = "internal_org_organization_view";
  static final String INVITE = "internal_org_guest_mgt_invite_add";
  static final String LIST_INVITATIONS = "internal_org_guest_mgt_invite_list";
  static final String DELETE_INVITATIONS = "internal_org_guest_mgt_invite_delete";
  static final String GROUPS = "internal_org_group_mgt_view";
  static final String ROLES = "internal_org_role_mgt_view";
  static final String USERS = "internal_org_user_mgt_list";
  static final String ONE_USER = "internal_org_user_mgt_view";
  static final String USER_STORES = "internal_org_userstore_view";
  static final String LOGIN = "internal_login";

  /// Everything the applications are authorized for in a child organization.
  static final List<String> IN_CHILD =
      List.of(
          ORGANIZATIONS,
          INVITE,
          LIST_INVITATIONS,
          DELETE_INVITATIONS,
          GROUPS,
          ROLES,
          USERS,
          ONE_USER,
          USER_STORES);

  /// The same at the root, where invitations do not exist.
  static final List<String> AT_ROOT =
      List.of(ORGANIZATIONS, GROUPS, ROLES, USERS, ONE_USER, USER_STORES).stream()
          .map(Scopes::atRoot)
          .toList();

  private static final Set<String> OPEN_ID = Set.of("openid", "profile", "email");

  private Scopes() {}

  /// `internal_org_x` is called `internal_x` at the root.
  static String atRoot(String scope) {
    return scope.replace("internal_org_", "internal_");
  }

  static Set<String> split(String scopes) {
    Set<String> all = new TreeSet<>(Arrays.asList(scopes.split(" ", -1)));
    all.remove("");
    return all;
  }

  /// What is granted. Anything unknown or not allowed is dropped without a word; `SYSTEM` stands
  /// for everything allowed. `rights` is empty for an application without a user, whose limit is
  /// its own authorization.
  static Set<String> grant(Set<String> asked, Optional<Set<String>> rights, boolean root) {
    boolean system = asked.contains("SYSTEM");
    Set<String> granted = new TreeSet<>();
    for (String scope : root ? AT_ROOT : IN_CHILD) {
      boolean wanted = system || asked.contains(scope);
      if (wanted && rights.map(allowed -> allowed.contains(scope)).orElse(true)) {
        granted.add(scope);
      }
    }
    if (rights.isPresent()) {
      asked.stream().filter(OPEN_ID::contains).forEach(granted::add);
      if (system || asked.contains(LOGIN)) {
        granted.add(LOGIN);
      }
    }
    return granted;
  }
}
