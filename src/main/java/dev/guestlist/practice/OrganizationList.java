package dev.guestlist.practice;

import dev.guestlist.practice.Directory.Organization;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One page of organizations, newest first, with the links to the pages beside it. It is the same
/// for the management list and for the list of those one may enter.
final class OrganizationList {
  private static final int DEFAULT_LIMIT = 15;
  private static final int MAX_LIMIT = 100;

  private final Database database;
  private final Directory directory;

  OrganizationList(Database database, Directory directory) {
    this.database = database;
    this.directory = directory;
  }

  /// Reads the page that the call asks for. With an account only organizations in which it is a
  /// member are listed.
  Map<String, Object> page(
      Call call,
      Organization current,
      Optional<String> account,
      String linkPath,
      Function<Organization, Map<String, Object>> item) {
    OrganizationFilter filter = OrganizationFilter.parse(call.query("filter").orElse(""));
    int limit = Math.min(call.integer("limit").orElse(DEFAULT_LIMIT), MAX_LIMIT);
    if (limit < 0) {
      throw Refusal.rest(
          400, "ORG-60025", "Invalid pagination parameters.", "'limit' shouldn't be negative.");
    }
    Optional<String> after = call.query("after").filter(text -> !text.isEmpty());
    Optional<String> before = call.query("before").filter(text -> !text.isEmpty());
    List<Organization> rows = read(call, current, account, filter, after, before, limit + 1);
    if (limit == 0 || rows.isEmpty()) {
      return Map.of();
    }
    boolean more = rows.size() > limit;
    if (more) {
      rows = before.isPresent() ? rows.subList(1, rows.size()) : rows.subList(0, limit);
    }
    List<Map<String, Object>> links = new ArrayList<>();
    if (before.isPresent() || more) {
      String cursor = Cursor.of(rows.getLast().created());
      links.add(link(call, linkPath, limit, "after", cursor, "next"));
    }
    if (after.isPresent() || (before.isPresent() && more)) {
      String cursor = Cursor.of(rows.getFirst().created());
      links.add(link(call, linkPath, limit, "before", cursor, "previous"));
    }
    return Json.object(
        "links", links.isEmpty() ? null : links, "organizations", rows.stream().map(item).toList());
  }

  private List<Organization> read(
      Call call,
      Organization current,
      Optional<String> account,
      OrganizationFilter filter,
      Optional<String> after,
      Optional<String> before,
      int limit) {
    Optional<Organization> base =
        filter.base().isPresent()
            ? filter
                .base()
                .flatMap(directory::organization)
                .filter(one -> one.lineage().startsWith(current.lineage()))
            : Optional.of(current);
    if (base.isEmpty()) {
      return List.of();
    }
    List<String> conditions = new ArrayList<>(filter.conditions());
    List<Object> values = new ArrayList<>(filter.values());
    if (call.query("recursive").filter("true"::equalsIgnoreCase).isPresent()) {
      conditions.add("o.lineage like ? and o.id <> ?");
      values.add(base.get().lineage() + "%");
      values.add(base.get().id());
    } else {
      conditions.add("o.parent = ?");
      values.add(base.get().id());
    }
    account.ifPresent(id -> {
      conditions.add("exists(select 1 from person p where p.owner = ? and p.organization = o.id)");
      values.add(id);
    });
    after.ifPresent(cursor -> {
      conditions.add("o.created < ?");
      values.add(Cursor.millis(cursor));
    });
    before.ifPresent(cursor -> {
      conditions.add("o.created > ?");
      values.add(Cursor.millis(cursor));
    });
    values.add(limit);
    List<Organization> rows =
        database.query(
            "select o.* from organization o where "
                + String.join(" and ", conditions)
                + " order by o.created "
                + (before.isPresent() ? "asc" : "desc")
                + " limit ?",
            Directory::organization,
            values.toArray());
    return before.isPresent() ? rows.reversed() : rows;
  }

  private static Map<String, Object> link(
      Call call, String path, int limit, String name, String cursor, String rel) {
    StringBuilder href = new StringBuilder(path);
    href.append("?limit=").append(limit);
    call.query("recursive").ifPresent(text -> href.append("&recursive=").append(url(text)));
    call.query("filter").ifPresent(text -> href.append("&filter=").append(url(text)));
    href.append('&').append(name).append('=').append(url(cursor));
    return Json.object("href", href.toString(), "rel", rel);
  }

  private static String url(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
