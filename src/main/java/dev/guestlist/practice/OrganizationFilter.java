package dev.guestlist.practice;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The filter of the organization lists, turned into SQL over the alias `o`
/// (wso2/identity-organization-management-core `filter/*`).
final class OrganizationFilter {
  private static final Pattern OR_NOT =
      Pattern.compile("\\s(or|not)\\s|^not\\s", Pattern.CASE_INSENSITIVE);
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");
  private static final Pattern AND =
      Pattern.compile("\\sand\\s(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PART =
      Pattern.compile("\\s*(\\S+)\\s+(\\S+)(?:\\s+(.+))?", Pattern.DOTALL);
  private static final Map<String, String> COLUMNS =
      Map.of(
          "id", "o.id",
          "name", "o.name",
          "description", "o.description",
          "created", "o.created",
          "lastModified", "o.created",
          "status", "o.status",
          "parentId", "o.parent");
  private static final Map<String, String> OPERATORS =
      Map.of("eq", "=", "ge", ">=", "le", "<=", "gt", ">", "lt", "<");

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private Optional<String> base = Optional.empty();
  private boolean attributes;

  private OrganizationFilter() {}

  /// Reads a filter, or refuses it with the code of the real server.
  static OrganizationFilter parse(String text) {
    OrganizationFilter filter = new OrganizationFilter();
    if (text.isBlank()) {
      return filter;
    }
    if (OR_NOT.matcher(QUOTED.matcher(text).replaceAll("x")).find()) {
      throw Refusal.rest(
          400,
          "ORG-60024",
          "Unsupported filter.",
          "The complex query used for filtering is not supported.");
    }
    for (String part : AND.split(text, -1)) {
      filter.add(part);
    }
    return filter;
  }

  private void add(String part) {
    Matcher form = PART.matcher(part);
    if (!form.matches()) {
      throw unreadable();
    }
    String attribute = String.valueOf(form.group(1));
    String operator = String.valueOf(form.group(2)).toLowerCase(Locale.ROOT);
    boolean ignored = operator.equals("ne") || operator.equals("pr");
    boolean known =
        ignored || OPERATORS.containsKey(operator) || List.of("co", "sw", "ew").contains(operator);
    if (!known) {
      throw Refusal.rest(
          400,
          "ORG-60059",
          "Unsupported filter operation.",
          "The filter operation '" + operator + "' is not supported.");
    }
    if (!attribute.startsWith("attributes.") && !COLUMNS.containsKey(attribute)) {
      throw Refusal.rest(
          400,
          "ORG-60023",
          "Unsupported filter attribute.",
          "The filter attribute '" + attribute + "' is not supported.");
    }
    if (ignored) {
      return;
    }
    String value = value(Optional.ofNullable(form.group(3)).orElseThrow(this::unreadable));
    if (attribute.startsWith("attributes.")) {
      // No organization of this server has attributes.
      attributes = true;
      conditions.add("0");
    } else if (attribute.equals("created") || attribute.equals("lastModified")) {
      addTime(operator, value);
    } else if (attribute.equals("parentId") && operator.equals("eq")) {
      base = Optional.of(value);
    } else {
      addText(String.valueOf(COLUMNS.get(attribute)), operator, value);
    }
  }

  private void addText(String column, String operator, String value) {
    switch (operator) {
      case "co" -> condition(column + " like ?", "%" + value + "%");
      case "sw" -> condition(column + " like ?", value + "%");
      case "ew" -> condition(column + " like ?", "%" + value);
      case "eq" -> condition(column + " like ?", value);
      default -> condition(column + " " + OPERATORS.get(operator) + " ?", value);
    }
  }

  private void addTime(String operator, String value) {
    String compare = OPERATORS.get(operator);
    if (compare == null) {
      throw Refusal.rest(
          400,
          "ORG-60072",
          "Unsupported filter operation.",
          "The filter operation '" + operator + "' is not supported for time attributes.");
    }
    try {
      condition("o.created " + compare + " ?", Cursor.millis(Timestamp.valueOf(value)));
    } catch (IllegalArgumentException e) {
      throw Refusal.rest(
          400,
          "ORG-60071",
          "Invalid time format.",
          "The time must be written as yyyy-mm-dd hh:mm:ss[.f].");
    }
  }

  private void condition(String sql, Object value) {
    conditions.add(sql);
    values.add(value);
  }

  /// Quotes are taken off; outside of them special characters are dropped.
  private static String value(String raw) {
    String text = raw.strip();
    if (text.length() >= 2
        && (text.startsWith("\"") || text.startsWith("'"))
        && text.endsWith(text.substring(0, 1))) {
      return text.substring(1, text.length() - 1);
    }
    return text.replaceAll("[^\\p{L}\\p{N} %_.:@-]", "");
  }

  private Refusal unreadable() {
    return Refusal.rest(
        400,
        "ORG-60022",
        "Unable to retrieve organizations.",
        "Invalid format used for filtering.");
  }

  /// The organization whose children are asked for instead of the current one's.
  Optional<String> base() {
    return base;
  }

  /// Whether rows show their attributes.
  boolean showsAttributes() {
    return attributes;
  }

  List<String> conditions() {
    return conditions;
  }

  List<Object> values() {
    return values;
  }
}
