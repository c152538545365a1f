package dev.guestlist.practice;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which organization somebody signs in to: the root, or with `fidp=OrganizationSSO` the one that
/// `orgId`, `orgHandle` or `org` (its name) asks for (wso2/docs-is
/// `en/includes/guides/organization-management/organization-login`).
final class DirectEntry {
  /// The answer to which organization.
  sealed interface Target {
    /// This one.
    record Found(Directory.Organization organization) implements Target {}

    /// No hint was given, so the person has to say.
    record Open() implements Target {}

    /// It does not exist, or cannot be entered.
    record Refused(String text) implements Target {}
  }

  private static final Map<String, String> COLUMNS =
      Map.of("orgId", "id", "orgHandle", "handle", "org", "name");

  private final Directory directory;

  DirectEntry(Directory directory) {
    this.directory = directory;
  }

  /// What the address asks for.
  Target of(Call call) {
    if (call.query("fidp").filter("OrganizationSSO"::equals).isEmpty()) {
      return new Target.Found(directory.root());
    }
    for (String hint : List.of("orgId", "orgHandle", "org")) {
      Optional<String> value = call.query(hint).filter(text -> !text.isEmpty());
      if (value.isPresent()) {
        return entering(
            directory.organizationsBy(
                Optional.ofNullable(COLUMNS.get(hint)).orElseThrow(), value.get()));
      }
    }
    return new Target.Open();
  }

  /// The organization that the person typed, by name or handle.
  Target typed(String text) {
    List<Directory.Organization> named = directory.organizationsBy("name", text);
    return entering(named.isEmpty() ? directory.organizationsBy("handle", text) : named);
  }

  private static Target entering(List<Directory.Organization> found) {
    if (found.size() != 1) {
      return new Target.Refused("The organization is not known.");
    }
    Directory.Organization one = found.getFirst();
    if (one.disabled()) {
      return new Target.Refused("The organization is in deactivated state.");
    }
    return one.open()
        ? new Target.Found(one)
        : new Target.Refused("The application is not shared with the organization.");
  }
}
