package dev.guestlist.practice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// `/scim2/Groups`, read only (wso2-extensions/identity-inbound-provisioning-scim2
/// `SCIMUserManager`).
final class GroupEndpoints {
  private final Database database;

  GroupEndpoints(Database database) {
    this.database = database;
  }

  /// The groups of the organization, in no useful order; without `count` all of them.
  Answer list(Call call) {
    ScimList.check(call);
    ScimList.Window window = ScimList.window(call, OptionalInt.empty(), Integer.MAX_VALUE, 500);
    List<Object> values = new ArrayList<>();
    values.add(call.access().organization());
    StringBuilder where = new StringBuilder(" from team t where t.organization = ?");
    call.query("domain")
        .ifPresent(domain -> {
          where.append(" and t.store = ?");
          values.add(domain);
        });
    call.query("filter").ifPresent(filter -> where.append(" and ").append(sql(filter, values)));
    List<Map<String, Object>> rows =
        database.query(
            "select t.*" + where + " order by t.id" + window.sql(),
            row -> row(call, row),
            values.toArray());
    return ScimList.answer(
        window, database.number("select count(*)" + where, values.toArray()), rows);
  }

  /// One group.
  Answer one(Call call) {
    return database
        .first(
            "select t.* from team t where t.organization = ? and t.id = ?",
            row -> row(call, row),
            call.access().organization(),
            call.pathValue("id"))
        .map(row -> Answer.scim(200, row))
        .orElseThrow(ScimList::notFound);
  }

  private static String sql(String filter, List<Object> values) {
    if (ScimFilter.joins(filter) || ScimFilter.hasOr(filter)) {
      throw Refusal.scim(501, "", "Complex filters are not supported for groups");
    }
    ScimFilter.Expression one = ScimFilter.parse(filter).getFirst();
    String operators = "eq co sw ew ge le";
    return switch (one.attribute()) {
      case "displayName" -> byName(one, operators, values);
      case "id" -> ScimFilter.sql(one, "t.id", operators, values);
      case "members.value" ->
          "exists(select 1 from team_member m where m.team = t.id and "
              + ScimFilter.sql(one, "m.person", operators, values)
              + ")";
      case "members.display" ->
          "exists(select 1 from team_member m join person p on p.id = m.person where m.team = t.id"
              + " and "
              + ScimFilter.sql(one, "p.username", operators, values)
              + ")";
      default -> throw ScimFilter.invalid("Filter attribute " + one.attribute() + " is not known.");
    };
  }

  /// A name may carry its store in front.
  private static String byName(ScimFilter.Expression one, String operators, List<Object> values) {
    int slash = one.value().indexOf('/');
    if (slash > 0) {
      values.add(one.value().substring(0, slash));
      ScimFilter.Expression rest =
          new ScimFilter.Expression(
              one.attribute(), one.operator(), one.value().substring(slash + 1));
      return "t.store = ? and " + ScimFilter.sql(rest, "t.name", operators, values);
    }
    return ScimFilter.sql(one, "t.name", operators, values);
  }

  private Map<String, Object> row(Call call, ResultSet row) throws SQLException {
    String id = row.getString("id");
    String created = Instant.ofEpochMilli(row.getLong("created")).toString();
    return ScimList.onlyWanted(
        call,
        Json.object(
            "id",
            id,
            "displayName",
            row.getString("store") + "/" + row.getString("name"),
            "meta",
            Json.object(
                "created",
                created,
                "lastModified",
                created,
                "location",
                call.linkPrefix() + "/scim2/Groups/" + id,
                "resourceType",
                "Group"),
            "members",
            ScimList.wants(call, "members") ? members(call, id) : null,
            "schemas",
            List.of("urn:ietf:params:scim:schemas:core:2.0:Group")));
  }

  private List<Map<String, Object>> members(Call call, String group) {
    return database.query(
        "select p.id, p.username from team_member m join person p on p.id = m.person"
            + " where m.team = ? order by p.username",
        row ->
            Json.object(
                "value", row.getString(1),
                "display", row.getString(2),
                "$ref", call.linkPrefix() + "/scim2/Users/" + row.getString(1)),
        group);
  }
}
