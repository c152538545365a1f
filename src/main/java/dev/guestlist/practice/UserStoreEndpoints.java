package dev.guestlist.practice;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The user stores of an organization (wso2/identity-api-server `userstore`). PRIMARY is not in the
/// list.
final class UserStoreEndpoints {
  private final Directory directory;

  UserStoreEndpoints(Directory directory) {
    this.directory = directory;
  }

  Answer list(Call call) {
    refuse(call, "limit", "SUS-65005");
    refuse(call, "offset", "SUS-65005");
    refuse(call, "filter", "SUS-65006");
    refuse(call, "sort", "SUS-65007");
    boolean corp =
        directory.organization(call.access().organization()).orElseThrow().hasStore(Directory.CORP);
    return Answer.json(200, corp ? List.of(store(call)) : List.of());
  }

  Answer primary(Call call) {
    return Answer.json(
        200,
        Json.object(
            "name",
            Directory.PRIMARY,
            "enabled",
            true,
            "description",
            "The user store every organization has.",
            "isLocal",
            true,
            "typeName",
            "UniqueIDJDBCUserStoreManager"));
  }

  private static Map<String, Object> store(Call call) {
    String id =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Directory.CORP.getBytes(StandardCharsets.UTF_8));
    return Json.object(
        "id",
        id,
        "name",
        Directory.CORP,
        "enabled",
        true,
        "description",
        "People of the company directory.",
        "isLocal",
        true,
        "self",
        call.linkPrefix() + "/api/server/v1/userstores/" + id,
        "typeName",
        "UniqueIDJDBCUserStoreManager");
  }

  private static void refuse(Call call, String parameter, String code) {
    if (call.query(parameter).isPresent()) {
      throw Refusal.rest(
          501, code, "Not Implemented.", "The parameter " + parameter + " is not supported.");
    }
  }
}
