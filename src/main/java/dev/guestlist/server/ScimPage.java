package dev.guestlist.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// A SCIM list. `Resources` is absent when there are no rows.
sealed interface ScimPage<T> {
  /// A hint: some stores count only this page.
  int totalResults();

  List<T> rows();

  record Groups(int totalResults, @JsonProperty("Resources") List<GroupJson> rows)
      implements ScimPage<GroupJson> {}

  record Roles(int totalResults, @JsonProperty("Resources") List<RoleJson> rows)
      implements ScimPage<RoleJson> {}

  record Users(int totalResults, @JsonProperty("Resources") List<MemberJson> rows)
      implements ScimPage<MemberJson> {}
}
