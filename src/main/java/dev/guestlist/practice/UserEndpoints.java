package dev.guestlist.practice;

import dev.guestlist.practice.Directory.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// `/scim2/Users`, read only (wso2-extensions/identity-inbound-provisioning-scim2
/// `SCIMUserManager`). A member from outside carries `managedOrg`.
final class UserEndpoints {
  private static final int MAX_COUNT = 100;
  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final String WSO2 = "urn:scim:wso2:schema";

  private final Database database;
  private final Directory directory;

  UserEndpoints(Database database, Directory directory) {
    this.database = database;
    this.directory = directory;
  }

  /// The users of the organization, 100 at most in one answer.
  Answer list(Call call) {
    ScimList.check(call);
    ScimList.Window window = ScimList.window(call, OptionalInt.of(MAX_COUNT), MAX_COUNT, 404);
    List<Object> values = new ArrayList<>();
    values.add(call.access().organization());
    StringBuilder where = new StringBuilder(" from person p where p.organization = ?");
    call.query("domain")
        .ifPresent(domain -> {
          checkStore(call, domain);
          where.append(" and p.store = ?");
          values.add(domain);
        });
    call.query("filter").ifPresent(filter -> where.append(sql(filter, values)));
    List<Map<String, Object>> rows =
        database
            .query(
                "select p.*" + where + " order by p.store desc, p.username" + window.sql(),
                Directory::person,
                values.toArray())
            .stream()
            .map(person -> row(call, person))
            .toList();
    return ScimList.answer(
        window, database.number("select count(*)" + where, values.toArray()), rows);
  }

  /// One user.
  Answer one(Call call) {
    return directory
        .person(call.pathValue("id"))
        .filter(person -> person.organization().equals(call.access().organization()))
        .map(person -> Answer.scim(200, row(call, person)))
        .orElseThrow(ScimList::notFound);
  }

  private void checkStore(Call call, String domain) {
    if (!directory.organization(call.access().organization()).orElseThrow().hasStore(domain)) {
      throw Refusal.scim(400, "", "Invalid user store domain: " + domain);
    }
  }

  /// In a joined filter the real server stumbles over what it refuses in a single one.
  private static String sql(String filter, List<Object> values) {
    boolean joined = ScimFilter.joins(filter);
    if (ScimFilter.hasOr(filter)) {
      throw Refusal.scim(500, "", "Error while retrieving users for the filter");
    }
    StringBuilder sql = new StringBuilder();
    for (ScimFilter.Expression one : ScimFilter.parse(filter)) {
      sql.append(" and ").append(condition(one, joined, values));
    }
    return sql.toString();
  }

  private static String condition(ScimFilter.Expression one, boolean joined, List<Object> values) {
    String operators = "eq co sw ew";
    return switch (one.attribute()) {
      case "userName" -> byUserName(one, operators, values);
      case "emails", "emails.value" -> ScimFilter.sql(one, "p.email", operators, values);
      case "id" -> ScimFilter.sql(one, "p.id", operators, values);
      case "name.givenName" -> ScimFilter.sql(one, "p.given", operators, values);
      case "name.familyName" -> ScimFilter.sql(one, "p.family", operators, values);
      default ->
          throw joined
              ? Refusal.scim(500, "", "Error while retrieving users for the filter")
              : ScimFilter.invalid("Filter attribute " + one.attribute() + " is not supported.");
    };
  }

  /// A user name may carry its store in front; without one all stores are searched.
  private static String byUserName(
      ScimFilter.Expression one, String operators, List<Object> values) {
    int slash = one.value().indexOf('/');
    if (slash > 0) {
      values.add(one.value().substring(0, slash));
      ScimFilter.Expression rest =
          new ScimFilter.Expression(
              one.attribute(), one.operator(), one.value().substring(slash + 1));
      return "p.store = ? and " + ScimFilter.sql(rest, "p.username", operators, values);
    }
    return ScimFilter.sql(one, "p.username", operators, values);
  }

  private Map<String, Object> row(Call call, Person person) {
    Optional<Map<String, Object>> marks = person.managedOrg().map(org -> marks(person, org));
    List<String> schemas = marks.isPresent() ? List.of(CORE, ENTERPRISE, WSO2) : List.of(CORE);
    String created = person.created().toString();
    return ScimList.onlyWanted(
        call,
        Json.object(
            "schemas",
            schemas,
            "id",
            person.id(),
            "userName",
            person.qualifiedName(),
            "name",
            Json.object("givenName", person.given(), "familyName", person.family()),
            "emails",
            person.email().map(List::of).orElse(null),
            "meta",
            Json.object(
                "created",
                created,
                "lastModified",
                created,
                "location",
                call.linkPrefix() + "/scim2/Users/" + person.id(),
                "resourceType",
                "User"),
            "groups",
            ScimList.wants(call, "groups") ? groups(call, person) : null,
            "roles",
            ScimList.wants(call, "roles") ? roles(call, person) : null,
            ENTERPRISE,
            marks.orElse(null),
            WSO2,
            marks.orElse(null)));
  }

  private static Map<String, Object> marks(Person person, String managedOrg) {
    // The real server writes this boolean as text.
    return Json.object(
        "managedOrg",
        managedOrg,
        "isReadOnlyUser",
        "true",
        "sharedType",
        person.sharedType().orElse("INVITED"));
  }

  private List<Map<String, Object>> groups(Call call, Person person) {
    return database.query(
        "select t.id, t.store, t.name from team_member m join team t on t.id = m.team"
            + " where m.person = ? order by t.name",
        row ->
            Json.object(
                "display", row.getString(2) + "/" + row.getString(3),
                "value", row.getString(1),
                "$ref", call.linkPrefix() + "/scim2/Groups/" + row.getString(1)),
        person.id());
  }

  private List<Map<String, Object>> roles(Call call, Person person) {
    return database.query(
        "select r.* from role_member m join role r on r.id = m.role"
            + " where m.person = ? order by r.number",
        row ->
            Json.object(
                "display", row.getString("name"),
                "value", row.getString("id"),
                "audienceValue", row.getString("audience_value"),
                "audienceDisplay", row.getString("audience_display"),
                "audienceType", row.getString("audience_type"),
                "$ref", call.linkPrefix() + "/scim2/v2/Roles/" + row.getString("id")),
        person.id());
  }
}
