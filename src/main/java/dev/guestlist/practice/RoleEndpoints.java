package dev.guestlist.practice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// `/scim2/v2/Roles`, read only (wso2-extensions/identity-inbound-provisioning-scim2
/// `SCIMRoleManagerV2`).
final class RoleEndpoints {
  private static final int DEFAULT_COUNT = 15;
  private static final int MAX_COUNT = 100;

  private final Database database;

  RoleEndpoints(Database database) {
    this.database = database;
  }

  /// The roles of the organization: 15 unless more are asked for, 100 at most.
  Answer list(Call call) {
    ScimList.check(call);
    ScimList.Window window = ScimList.window(call, OptionalInt.of(DEFAULT_COUNT), MAX_COUNT, 404);
    List<Object> values = new ArrayList<>();
    values.add(call.access().organization());
    StringBuilder where = new StringBuilder(" from role r where r.organization = ?");
    call.query("filter").ifPresent(filter -> where.append(sql(filter, values)));
    List<Map<String, Object>> rows =
        database.query(
            "select r.*" + where + " order by r.number" + window.sql(),
            row -> row(call, row),
            values.toArray());
    return ScimList.answer(
        window, database.number("select count(*)" + where, values.toArray()), rows);
  }

  /// One role.
  Answer one(Call call) {
    return database
        .first(
            "select r.* from role r where r.organization = ? and r.id = ?",
            row -> row(call, row),
            call.access().organization(),
            call.pathValue("id"))
        .map(row -> Answer.scim(200, row))
        .orElseThrow(ScimList::notFound);
  }

  private static String sql(String filter, List<Object> values) {
    if (ScimFilter.hasOr(filter)) {
      throw ScimFilter.invalid("Complex filter operator 'or' is not supported.");
    }
    StringBuilder sql = new StringBuilder();
    for (ScimFilter.Expression one : ScimFilter.parse(filter)) {
      String column =
          switch (one.attribute()) {
            case "displayName" -> "r.name";
            case "audience.value" -> "r.audience_value";
            case "audience.type" -> "r.audience_type";
            default ->
                throw ScimFilter.invalid(
                    "Filtering based on attribute: " + one.attribute() + " is not supported.");
          };
      sql.append(" and ").append(ScimFilter.sql(one, column, "eq ne co sw ew", values));
    }
    return sql.toString();
  }

  private Map<String, Object> row(Call call, ResultSet row) throws SQLException {
    String id = row.getString("id");
    return ScimList.onlyWanted(
        call,
        Json.object(
            "audience",
                Json.object(
                    "value", row.getString("audience_value"),
                    "display", row.getString("audience_display"),
                    "type", row.getString("audience_type")),
            "meta", Json.object("location", call.linkPrefix() + "/scim2/v2/Roles/" + id),
            "displayName", row.getString("name"),
            "id", id,
            "users", ScimList.wants(call, "users") ? users(call, id) : null,
            "permissions",
                ScimList.wants(call, "permissions") ? permissions(row.getString("scopes")) : null,
            "schemas", List.of("urn:ietf:params:scim:schemas:extension:2.0:Role")));
  }

  private List<Map<String, Object>> users(Call call, String role) {
    return database.query(
        "select p.id, p.username from role_member m join person p on p.id = m.person"
            + " where m.role = ? order by p.username",
        row ->
            Json.object(
                "value", row.getString(1),
                "display", row.getString(2),
                "$ref", call.linkPrefix() + "/scim2/Users/" + row.getString(1)),
        role);
  }

  private static List<Map<String, Object>> permissions(String scopes) {
    return Scopes.split(scopes).stream()
        .map(scope -> Json.object("value", scope, "display", scope))
        .toList();
  }
}
