package dev.guestlist.practice;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Collects the rows of the seeded world by table, and stores them in one go.
final class SeedRows {
  private final Map<String, List<@Nullable Object[]>> rows = new LinkedHashMap<>();
  private int roles;

  /// The same name always gets the same id.
  static String id(String kind, String key) {
    return UUID.nameUUIDFromBytes((kind + ":" + key).getBytes(StandardCharsets.UTF_8)).toString();
  }

  void organization(Directory.Organization one) {
    add(
        "insert into organization values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        one.id(),
        one.name(),
        one.handle(),
        one.description(),
        one.parent().orElse(null),
        one.depth(),
        one.lineage(),
        one.created().toEpochMilli(),
        one.status(),
        one.open(),
        one.knowsCorp());
  }

  void person(Directory.Person one, @Nullable String password) {
    add(
        "insert into person values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        one.id(),
        one.organization(),
        one.store(),
        one.username(),
        one.email().orElse(null),
        one.given(),
        one.family(),
        one.created().toEpochMilli(),
        password,
        one.managedOrg().orElse(null),
        one.owner().orElse(null),
        one.sharedType().orElse(null));
  }

  String group(Directory.Organization organization, String name, Instant created) {
    String id = id("group", organization.handle() + "/" + name);
    add(
        "insert into team values(?, ?, ?, ?, ?)",
        id,
        organization.id(),
        Directory.PRIMARY,
        name,
        created.toEpochMilli());
    return id;
  }

  /// A role whose audience is the organization itself, or an application by its name.
  String role(Directory.Organization organization, String name, String application) {
    return role(organization, name, application, List.of());
  }

  String role(
      Directory.Organization organization, String name, String application, List<String> scopes) {
    String id = id("role", organization.handle() + "/" + application + "/" + name);
    boolean own = application.isEmpty();
    add(
        "insert into role values(?, ?, ?, ?, ?, ?, ?, ?)",
        ++roles,
        id,
        organization.id(),
        name,
        own ? "organization" : "application",
        own ? organization.id() : id("application", organization.handle() + "/" + application),
        own ? organization.name() : application,
        String.join(" ", scopes));
    return id;
  }

  void hasRole(String person, String role) {
    add("insert into role_member values(?, ?)", role, person);
  }

  void inGroup(String person, String group) {
    add("insert into team_member values(?, ?)", group, person);
  }

  void invitation(Invitations.Invitation one) {
    add(
        "insert into invitation values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        one.id(),
        one.organization(),
        one.parent(),
        one.username(),
        one.store(),
        one.email(),
        one.code(),
        one.expires().toEpochMilli(),
        String.join(" ", one.roles()),
        String.join(" ", one.groups()));
  }

  void mail(Invitations.Invitation one) {
    add(
        "insert into mail(recipient, person, organization, code, sent) values(?, ?, ?, ?, ?)",
        one.email(),
        one.username(),
        one.organization(),
        one.code(),
        one.expires().minus(Invitations.LIFETIME).toEpochMilli());
  }

  private void add(String sql, @Nullable Object... values) {
    rows.computeIfAbsent(sql, key -> new ArrayList<>()).add(values);
  }

  void store(Database database) {
    database.inTransaction(() -> {
      rows.forEach(database::insertAll);
      return rows.size();
    });
  }
}
