package dev.guestlist.practice;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A refused request, in the shape of the layer that refuses it. The real server has several layers
/// with different shapes (wso2-extensions/identity-carbon-auth-rest `APIErrorResponseHandler` for
/// the front door, wso2/identity-api-server for REST, wso2/charon for SCIM).
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// The codes for trouble inside, by a part of the path; the longer part first.
  private static final SequencedMap<String, String> TROUBLE = new LinkedHashMap<>();

  static {
    TROUBLE.put("/guests/invite", "OUI-65001");
    TROUBLE.put("/guests/invitations/", "OUI-65004");
    TROUBLE.put("/guests/invitations", "OUI-65002");
    TROUBLE.put("/invitation/introspect", "OUI-65003");
    TROUBLE.put("/invitation/accept", "OUI-65005");
  }

  static final String SCIM_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

  private enum Layer {
    FRONT_DOOR,
    REST,
    SCIM,
    OAUTH,
    FRAMEWORK
  }

  private final Layer layer;
  private final int status;
  private final String code;
  private final String text;
  private final String description;

  private Refusal(Layer layer, int status, String code, String text, String description) {
    super(status + " " + code + " " + text, null, false, false);
    this.layer = layer;
    this.status = status;
    this.code = code;
    this.text = text;
    this.description = description;
  }

  /// 400 for a path that cannot be trusted.
  static Refusal badPath() {
    return frontDoor(400, "Bad Request", "The request path is not acceptable.");
  }

  /// 401: no token, a bad one, one of another tenant, or an unknown path.
  static Refusal notSignedIn() {
    return frontDoor(
        401,
        "Unauthorized",
        "Authorization failure. Authorization information was invalid or missing from your request");
  }

  /// 403: a right is missing, or the token is of the other kind.
  static Refusal notAllowed() {
    return frontDoor(
        403,
        "Forbidden",
        "Operation is not permitted. You do not have permissions to make this request.");
  }

  static Refusal frontDoor(int status, String text, String description) {
    return new Refusal(Layer.FRONT_DOOR, status, "", text, description);
  }

  static Refusal rest(int status, String code, String text, String description) {
    return new Refusal(Layer.REST, status, code, text, description);
  }

  /// The 500 with which the endpoint of this path owns up to trouble inside.
  static Refusal trouble(String path) {
    String code = TROUBLE.keySet().stream().filter(path::contains).findFirst().orElse("");
    return rest(
        500,
        TROUBLE.getOrDefault(code, "SE-50000"),
        "Unexpected Processing Error.",
        "The server is in trouble.");
  }

  static Refusal badBody(String description) {
    return rest(400, "UE-10000", "Invalid Request.", description);
  }

  /// An error of the SCIM layer; the type may be empty.
  static Refusal scim(int status, String type, String detail) {
    return new Refusal(Layer.SCIM, status, type, detail, "");
  }

  static Refusal oauth(int status, String error, String description) {
    return new Refusal(Layer.OAUTH, status, error, error, description);
  }

  /// 404, 405, 406 or 415 of the REST framework: no body at all.
  static Refusal framework(int status) {
    return new Refusal(Layer.FRAMEWORK, status, "", "", "");
  }

  /// The answer to send. The front door speaks SCIM's dialect on SCIM paths outside `/o/`, and
  /// writes its numbers as numbers where the layers behind write text.
  Answer answer(String traceId, String host, boolean scimPath) {
    Answer answer =
        switch (layer) {
          case FRONT_DOOR -> frontDoorAnswer(traceId, scimPath);
          case REST -> Answer.json(status, restBody(code, traceId));
          case SCIM -> Answer.scim(status, scimBody());
          case OAUTH ->
              Answer.json(status, Json.object("error_description", description, "error", code))
                  .with("Cache-Control", "no-store")
                  .with("Pragma", "no-cache");
          case FRAMEWORK -> Answer.empty(status);
        };
    if (status == 401) {
      String scheme = layer == Layer.OAUTH ? "Basic" : "Bearer";
      return answer.with("WWW-Authenticate", scheme + " realm=" + host);
    }
    return answer;
  }

  private Answer frontDoorAnswer(String traceId, boolean scimPath) {
    Map<String, Object> body =
        scimPath
            ? Json.object("status", status, "detail", description, "schemas", error())
            : restBody(status, traceId);
    byte[] pretty = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(body);
    return Answer.of(status, Answer.JSON, pretty);
  }

  private Map<String, Object> restBody(Object codeValue, String traceId) {
    return Json.object(
        "code", codeValue, "message", text, "description", description, "traceId", traceId);
  }

  private Map<String, Object> scimBody() {
    @Nullable String type = code.isEmpty() ? null : code;
    return Json.object(
        "schemas", error(), "scimType", type, "detail", text, "status", String.valueOf(status));
  }

  private static List<String> error() {
    return List.of(SCIM_ERROR);
  }
}
