package dev.guestlist.practice;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The guests API without its invite call: list, delete, introspect, accept
/// (wso2/identity-api-server `organization.user.invitation.management`).
final class GuestEndpoints {
  /// The body of introspect and accept.
  record CodeBody(@Nullable String confirmationCode) {}

  private static final Pattern FILTER = Pattern.compile("(.*)status eq (PENDING|EXPIRED)");

  private final Database database;
  private final Invitations invitations;
  private final Scenarios scenarios;
  private final PracticeClock clock;

  GuestEndpoints(
      Database database, Invitations invitations, Scenarios scenarios, PracticeClock clock) {
    this.database = database;
    this.invitations = invitations;
    this.scenarios = scenarios;
    this.clock = clock;
  }

  /// All invitations of the organization in one streamed answer; `{}` when there are none.
  Answer list(Call call) {
    refuseUnsupported(call);
    String condition = condition(call.query("filter").orElse(""));
    if (scenarios.nextListIsRefused()) {
      throw Refusal.rest(
          500,
          "OUI-65002",
          "Unable to retrieve the invitations.",
          "Could not retrieve the invitations for the organization.");
    }
    String organization = call.access().organization();
    long now = clock.millis();
    String where = " from invitation where organization = ? and " + condition;
    if (!database.exists("select 1" + where + " limit 1", organization, now)) {
      return Answer.json(200, Map.of());
    }
    return Answer.streamed(Answer.JSON, out -> write(out, "select *" + where, organization, now));
  }

  private static void refuseUnsupported(Call call) {
    call.integer("limit");
    call.integer("offset");
    refuse(call, "limit", "OUI-60004", "Limit param is not supported yet.");
    refuse(call, "offset", "OUI-60005", "Offset param is not supported yet.");
    refuse(call, "sortOrder", "OUI-60006", "Sort order param is not supported yet.");
    // The real text talks about sort order here too.
    refuse(call, "sortBy", "OUI-60007", "Sort order param is not supported yet.");
  }

  private static void refuse(Call call, String parameter, String code, String description) {
    if (call.query(parameter).isPresent()) {
      throw Refusal.rest(400, code, "Unsupported param.", description);
    }
  }

  /// The filter as SQL. Text before the word `status` is let through and filters nothing. Rows are
  /// chosen by the database's UTC clock, while each row's status is told by the server's zone.
  private static String condition(String filter) {
    if (filter.isBlank()) {
      return "? is not null";
    }
    Matcher form = FILTER.matcher(filter);
    if (!form.matches()) {
      throw Refusal.rest(
          400, "OUI-60009", "Invalid filter.", "Provided filter " + filter + " is not valid.");
    }
    if (!Objects.requireNonNull(form.group(1)).isEmpty()) {
      return "? is not null";
    }
    return "PENDING".equals(form.group(2)) ? "expires >= ?" : "expires < ?";
  }

  private void write(OutputStream out, String sql, String organization, long now)
      throws IOException {
    Map<String, Object> roles = new HashMap<>();
    database.query(
        "select * from role where organization = ?",
        row -> roles.put(row.getString("id"), role(row)),
        organization);
    Map<String, Object> groups = new HashMap<>();
    database.query(
        "select id, name from team where organization = ?",
        row ->
            groups.put(
                row.getString(1),
                Json.object("displayName", row.getString(2), "id", row.getString(1))),
        organization);
    try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("invitations");
      database.stream(sql, row -> writeRow(json, row, roles, groups), organization, now);
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private void writeRow(
      JsonGenerator json, ResultSet row, Map<String, Object> roles, Map<String, Object> groups)
      throws SQLException {
    Instant expires = Instant.ofEpochMilli(row.getLong("expires"));
    json.writeStartObject();
    json.writeStringProperty("id", row.getString("id"));
    json.writeStringProperty("username", row.getString("username"));
    json.writeStringProperty("email", row.getString("email"));
    writeKnown(json, "roles", row.getString("roles"), roles);
    writeKnown(json, "groups", row.getString("teams"), groups);
    json.writeStringProperty("status", status(expires));
    json.writeStringProperty(
        "expiredAt", Timestamp.valueOf(invitations.wallClock(expires)).toString());
    json.writeEndObject();
  }

  /// Writes those roles or groups that still exist, and nothing when none does.
  private static void writeKnown(
      JsonGenerator json, String member, String ids, Map<String, Object> known) {
    if (ids.isEmpty()) {
      return;
    }
    List<Object> left =
        Scopes.split(ids).stream()
            .flatMap(id -> Optional.ofNullable(known.get(id)).stream())
            .toList();
    if (!left.isEmpty()) {
      json.writePOJOProperty(member, left);
    }
  }

  private static Map<String, Object> role(ResultSet row) throws SQLException {
    return Json.object(
        "displayName",
        row.getString("name"),
        "id",
        row.getString("id"),
        "audience",
        List.of(
            Json.object(
                "value", row.getString("audience_value"),
                "display", row.getString("audience_display"),
                "type", row.getString("audience_type"))));
  }

  Answer delete(Call call) {
    String id = call.pathValue("id");
    if (!invitations.delete(call.requestNumber(), call.access().organization(), id)) {
      throw Refusal.rest(
          400,
          "OUI-60001",
          "Invalid invitation.",
          "Provided invitation with the id " + id + " is invalid.");
    }
    return Answer.empty(204);
  }

  /// Tells what a code stands for, also one of another organization, and burns nothing.
  Answer introspect(Call call) {
    String code = code(call);
    Invitations.Invitation found =
        invitations
            .byCode(code)
            .orElseThrow(() ->
                Refusal.rest(
                    400,
                    "OUI-60002",
                    "Invalid confirmation code.",
                    "Could not validate the confirmation code " + code + "."));
    return Answer.json(
        200,
        Json.object(
            "confirmationCode", found.code(),
            "username", found.username(),
            "userOrganization", found.parent(),
            "initiatedOrganization", found.organization(),
            "status", status(found.expires())));
  }

  /// Accepts for whoever was invited; nobody is asked who calls.
  Answer accept(Call call) {
    String code = code(call);
    String shown = code.isBlank() ? "%s" : code;
    return switch (invitations.accept(call.requestNumber(), code, scenarios::nextAcceptCrashes)) {
      case JOINED -> Answer.empty(204);
      case NOT_VALID ->
          throw Refusal.rest(
              400,
              "OUI-60010",
              "Invalid confirmation code.",
              "Could not accept the invitation since the confirmation code "
                  + shown
                  + " is not valid.");
      case ALREADY_THERE ->
          throw Refusal.rest(
              400,
              "OUI-60012",
              "Authenticated user exist.",
              "The authenticated user is already available in the organization.");
      case FAILED ->
          throw Refusal.rest(
              500,
              "OUI-65005",
              "Unable to accept the invitation.",
              "Could not accept the invitation.");
    };
  }

  private static String code(Call call) {
    CodeBody body = call.json(CodeBody.class);
    if (body.confirmationCode() == null) {
      throw Refusal.badBody("Property confirmationCode cannot be null.");
    }
    return body.confirmationCode();
  }

  private String status(Instant expires) {
    return invitations.expired(expires) ? "EXPIRED" : "PENDING";
  }
}
