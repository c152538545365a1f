package dev.guestlist.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.guestlist.model.Group;
import dev.guestlist.model.Member;
import dev.guestlist.model.OrganizationId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A SCIM user. Groups are shown without the user store in front of their names.
///
/// @param emails texts, or objects with a `value`
/// @param enterprise where the mark of a user from outside stands in every version
/// @param wso2 where it stands too from version 7.1 on
record MemberJson(
    String id,
    String userName,
    String displayName,
    Optional<Name> name,
    List<JsonNode> emails,
    List<Reference> groups,
    List<Reference> roles,
    @JsonProperty("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
        Optional<Marks> enterprise,
    @JsonProperty("urn:scim:wso2:schema") Optional<Marks> wso2) {

  record Name(String formatted, String givenName, String familyName) {
    String shown() {
      return formatted.isBlank() ? (givenName + " " + familyName).strip() : formatted;
    }
  }

  record Reference(String value, String display) {
    String shown() {
      return display.isBlank() ? value : display;
    }
  }

  record Marks(String managedOrg) {}

  Member toModel() {
    return new Member(
        id,
        userName,
        displayName.isBlank() ? name.map(Name::shown).orElse("") : displayName,
        emails.stream().map(MemberJson::address).filter(it -> !it.isBlank()).findFirst().orElse(""),
        Stream.of(enterprise, wso2)
            .flatMap(Optional::stream)
            .map(Marks::managedOrg)
            .filter(it -> !it.isBlank())
            .findFirst()
            .map(OrganizationId::new),
        groups.stream().map(group -> new Group(group.value(), group.shown()).name()).toList(),
        roles.stream().map(Reference::shown).toList());
  }

  private static String address(JsonNode email) {
    JsonNode text = email.isObject() ? email.path("value") : email;
    return text.isString() ? text.asString() : "";
  }

  /// Whether this is the user of that name: a store in front of the name and case do not matter.
  boolean isCalled(String wanted) {
    return userName.equalsIgnoreCase(wanted)
        || userName.substring(userName.indexOf('/') + 1).equalsIgnoreCase(wanted);
  }
}
