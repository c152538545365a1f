package dev.guestlist.server;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.guestlist.model.Role;
import dev.guestlist.model.Role.Audience;
import java.util.List;
import java.util.Optional;

/// A role, in lists of roles and inside invitations.
///
/// @param audience an object in SCIM, an array with one object in the guests API
record RoleJson(
    String id,
    String displayName,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<AudienceJson> audience) {

  record AudienceJson(String value, String display, String type) {
    Optional<Audience> toModel() {
      return switch (type) {
        case "organization" ->
            Optional.of(new Audience(value, display, Audience.Kind.ORGANIZATION));
        case "application" -> Optional.of(new Audience(value, display, Audience.Kind.APPLICATION));
        default -> Optional.empty();
      };
    }
  }

  Role toModel() {
    return new Role(id, displayName, audience.stream().findFirst().flatMap(AudienceJson::toModel));
  }
}
