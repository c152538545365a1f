package dev.guestlist.practice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// What all SCIM lists of this server have in common (wso2/charon `ListedResource`,
/// `ResourceManagerUtil`).
final class ScimList {
  private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

  /// The rows that a call asks for, and nothing left to page when `count` is 0 or negative.
  record Window(int startIndex, OptionalInt count) {
    boolean isEmpty() {
      return count.isPresent() && count.getAsInt() == 0;
    }

    String sql() {
      return " limit " + count.orElse(-1) + " offset " + (startIndex - 1);
    }
  }

  private ScimList() {}

  /// Refuses what no list does: sorting, and an `Accept` that needs to be weighed.
  static void check(Call call) {
    if (call.query("sortBy").isPresent() || call.query("sortOrder").isPresent()) {
      throw Refusal.scim(501, "", "Sorting is not supported");
    }
    Set<String> known = Set.of(Answer.SCIM, Answer.JSON, "application/*", "*/*");
    boolean acceptable =
        call.header("Accept")
            .map(accept ->
                Arrays.stream(accept.split(",", -1)).map(String::strip).anyMatch(known::contains))
            .orElse(true);
    if (!acceptable) {
      throw Refusal.framework(406);
    }
  }

  /// Reads `startIndex` and `count`; without `count` the given one holds, none meaning all.
  static Window window(Call call, OptionalInt defaultCount, int maximum, int statusOfBadNumber) {
    int start = integer(call, "startIndex", statusOfBadNumber).orElse(1);
    OptionalInt asked = integer(call, "count", statusOfBadNumber);
    OptionalInt count =
        asked.isPresent()
            ? OptionalInt.of(Math.min(Math.max(asked.getAsInt(), 0), maximum))
            : defaultCount;
    return new Window(Math.max(start, 1), count);
  }

  private static OptionalInt integer(Call call, String name, int statusOfBadNumber) {
    Optional<String> text = call.query(name).filter(value -> !value.isEmpty());
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(text.get()));
    } catch (NumberFormatException e) {
      throw statusOfBadNumber == 500
          ? Refusal.scim(500, "", "For input string: \"" + text.get() + "\"")
          : Refusal.framework(statusOfBadNumber);
    }
  }

  static Answer answer(Window window, long total, List<Map<String, Object>> rows) {
    return Answer.scim(
        200,
        Json.object(
            "totalResults", window.isEmpty() ? 0 : total,
            "startIndex", window.startIndex(),
            "itemsPerPage", rows.size(),
            "schemas", List.of(LIST),
            "Resources", rows.isEmpty() ? null : rows));
  }

  /// Which members of a row are wanted: those asked for by `attributes`, without those of
  /// `excludedAttributes`. Id and schemas always come.
  static boolean wants(Call call, String member) {
    Set<String> excluded = names(call, "excludedAttributes");
    Set<String> included = names(call, "attributes");
    String name = member.toLowerCase(Locale.ROOT);
    boolean asked =
        included.isEmpty()
            || included.stream()
                .anyMatch(one -> one.equals(name) || one.startsWith(name + ".") || isIn(one, name));
    return asked && !excluded.contains(name);
  }

  /// An attribute of an extension is asked for as `urn:...:attribute`.
  private static boolean isIn(String asked, String extension) {
    return extension.startsWith("urn:") && asked.startsWith(extension + ":");
  }

  private static Set<String> names(Call call, String parameter) {
    Set<String> names = new TreeSet<>();
    for (String name : call.query(parameter).orElse("").split(",", -1)) {
      names.add(name.strip().toLowerCase(Locale.ROOT));
    }
    names.remove("");
    return names;
  }

  static Map<String, Object> onlyWanted(Call call, Map<String, Object> row) {
    List<String> members = new ArrayList<>(row.keySet());
    for (String member : members) {
      if (!member.equals("id") && !member.equals("schemas") && !wants(call, member)) {
        row.remove(member);
      }
    }
    return row;
  }

  static Refusal notFound() {
    return Refusal.scim(404, "", "Specified resource (e.g., User) or endpoint does not exist.");
  }
}
