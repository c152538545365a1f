package dev.guestlist.store;

import dev.guestlist.model.Basis;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Lists that lie in one column, as JSON. A group is `[id, name]`, a role `[id, name]` or `[id,
/// name, audience id, audience name, audience kind]`. What was known of a person is `[as of]` or
/// `[as of, invitation, status, end, roles, groups]`.
final class JsonText {
  private static final JsonMapper JSON = new JsonMapper();

  private JsonText() {}

  /// What somebody gets with an invitation; in lists that every copy shares.
  record Gifts(List<Role> roles, List<Group> groups) {}

  static String list(Collection<?> values) {
    return JSON.writeValueAsString(
        values.stream().map(v -> v instanceof Number ? v : v.toString()).toList());
  }

  static List<String> strings(String json) {
    return List.of(read(json, String[].class));
  }

  static String roles(List<Role> roles) {
    return JSON.writeValueAsString(roles.stream().map(JsonText::cells).toList());
  }

  static List<Role> roles(String json) {
    return Arrays.stream(read(json, String[][].class)).map(JsonText::role).toList();
  }

  static String groups(List<Group> groups) {
    return JSON.writeValueAsString(groups.stream().map(JsonText::cells).toList());
  }

  static List<Group> groups(String json) {
    return Arrays.stream(read(json, String[][].class)).map(JsonText::group).toList();
  }

  static String gifts(List<Role> roles, List<Group> groups) {
    return "[" + roles(roles) + "," + groups(groups) + "]";
  }

  static Gifts gifts(String json) {
    String[][][] both = read(json, String[][][].class);
    return new Gifts(
        List.copyOf(Arrays.stream(both[0]).map(JsonText::role).toList()),
        List.copyOf(Arrays.stream(both[1]).map(JsonText::group).toList()));
  }

  static String basis(Basis basis) {
    List<Object> cells = new ArrayList<>();
    cells.add(basis.asOf().map(Instant::toString).orElse(""));
    basis
        .invitation()
        .ifPresent(it ->
            cells.addAll(
                List.of(
                    it.id().value(),
                    it.status().name(),
                    it.ends().map(Instant::toString).orElse(""),
                    roles(it.roles()),
                    groups(it.groups()))));
    return JSON.writeValueAsString(cells);
  }

  /// @param username whom the row is about
  static Basis basis(String json, String username) {
    String[] cells = read(json, String[].class);
    if (cells.length == 1) {
      return new Basis(moment(cells[0]), Optional.empty());
    }
    Invitation invitation =
        new Invitation(
            new InvitationId(cells[1]),
            username,
            "",
            roles(cells[4]),
            groups(cells[5]),
            Invitation.Status.valueOf(cells[2]),
            moment(cells[3]));
    return new Basis(moment(cells[0]), Optional.of(invitation));
  }

  private static Optional<Instant> moment(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }

  private static List<String> cells(Role role) {
    List<String> cells = new ArrayList<>(List.of(role.id(), role.displayName()));
    role.audience().ifPresent(a -> cells.addAll(List.of(a.id(), a.name(), a.kind().name())));
    return cells;
  }

  private static Role role(String[] cells) {
    return new Role(
        cells[0],
        cells[1],
        cells.length == 2
            ? Optional.empty()
            : Optional.of(
                new Role.Audience(cells[2], cells[3], Role.Audience.Kind.valueOf(cells[4]))));
  }

  private static List<String> cells(Group group) {
    return List.of(group.id(), group.displayName());
  }

  private static Group group(String[] cells) {
    return new Group(cells[0], cells[1]);
  }

  private static <T> T read(String json, Class<T> type) {
    return JSON.readValue(json, type);
  }
}
