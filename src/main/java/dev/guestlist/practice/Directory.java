package dev.guestlist.practice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who and what there is: organizations, people, and what roles allow.
final class Directory {
  static final String PRIMARY = "PRIMARY";
  static final String CORP = "CORP";

  /// One organization. `open` tells whether the applications are shared with it.
  record Organization(
      String id,
      String name,
      String handle,
      String description,
      Optional<String> parent,
      int depth,
      String lineage,
      Instant created,
      String status,
      boolean open,
      boolean knowsCorp) {
    boolean disabled() {
      return status.equals("DISABLED");
    }

    boolean hasStore(String store) {
      return store.equals(PRIMARY) || (knowsCorp && store.equals(CORP));
    }
  }

  /// A user in one organization. A shared user names the organization that owns the account and the
  /// account itself.
  record Person(
      String id,
      String organization,
      String store,
      String username,
      Optional<String> email,
      String given,
      String family,
      Instant created,
      Optional<String> managedOrg,
      Optional<String> owner,
      Optional<String> sharedType) {
    String account() {
      return owner.orElse(id);
    }

    String accountOrganization() {
      return managedOrg.orElse(organization);
    }

    String qualifiedName() {
      return store.equals(PRIMARY) ? username : store + "/" + username;
    }
  }

  private final Database database;

  Directory(Database database) {
    this.database = database;
  }

  Organization root() {
    return database
        .first("select * from organization where parent is null", Directory::organization)
        .orElseThrow();
  }

  Optional<Organization> organization(String id) {
    return database.first("select * from organization where id = ?", Directory::organization, id);
  }

  Optional<Organization> organizationByHandle(String handle) {
    return database.first(
        "select * from organization where handle = ?", Directory::organization, handle);
  }

  /// Finds an organization by id, handle or name, for the switches of the practice panel.
  Organization organizationCalled(String idHandleOrName) {
    return database
        .first(
            "select * from organization where ? in (id, handle, name)",
            Directory::organization,
            idHandleOrName)
        .orElseThrow(
            () -> new IllegalArgumentException("No organization called " + idHandleOrName + "."));
  }

  List<Organization> organizations() {
    return database.query(
        "select * from organization order by depth, created", Directory::organization);
  }

  boolean hasChildren(String organization) {
    return database.exists("select 1 from organization where parent = ? limit 1", organization);
  }

  Optional<Person> person(String id) {
    return database.first("select * from person where id = ?", Directory::person, id);
  }

  Optional<Person> person(String organization, String store, String username) {
    return database.first(
        "select * from person where organization = ? and store = ? and username = ?",
        Directory::person,
        organization,
        store,
        username);
  }

  /// The account behind a user name and password, among the people of the root.
  Optional<Person> account(String username, String password) {
    return account(root().id(), username, password);
  }

  /// The account behind a user name and password that somebody types at an organization: one that
  /// lives there, or one that is shared with it.
  Optional<Person> account(String organization, String username, String password) {
    return database.first(
        "select home.* from person member join person home"
            + " on home.id = coalesce(member.owner, member.id)"
            + " where member.organization = ? and member.username = ? and home.password = ?",
        Directory::person,
        organization,
        username,
        password);
  }

  /// The organizations that a person may mean by this: one id, one handle, or all of a name.
  List<Organization> organizationsBy(String column, String value) {
    if (!List.of("id", "handle", "name").contains(column)) {
      throw new IllegalArgumentException("no such key " + column);
    }
    return database.query(
        "select * from organization where " + column + " = ?", Directory::organization, value);
  }

  /// How an account appears in an organization: itself at home, its shared user elsewhere.
  Optional<Person> memberIn(String account, String organization) {
    return database.first(
        "select * from person where organization = ? and (id = ? or owner = ?)",
        Directory::person,
        organization,
        account,
        account);
  }

  /// The scopes that an account's roles in this organization allow.
  Set<String> rights(String account, String organization) {
    Optional<Person> member = memberIn(account, organization);
    if (member.isEmpty()) {
      return Set.of();
    }
    Set<String> rights = new HashSet<>();
    database
        .query(
            "select r.scopes from role r join role_member m on m.role = r.id where m.person = ?",
            row -> row.getString(1),
            member.get().id())
        .forEach(scopes -> rights.addAll(Scopes.split(scopes)));
    rights.removeAll(
        database.query(
            "select scope from denied where username = ? and organization = ?",
            row -> row.getString(1),
            member.get().username(),
            organization));
    return rights;
  }

  boolean hasConsoleRole(String person) {
    return database.exists(
        "select 1 from role_member m join role r on r.id = m.role"
            + " where m.person = ? and r.audience_display = 'Console'",
        person);
  }

  static Organization organization(ResultSet row) throws SQLException {
    return new Organization(
        row.getString("id"),
        row.getString("name"),
        row.getString("handle"),
        row.getString("description"),
        Optional.ofNullable(row.getString("parent")),
        row.getInt("depth"),
        row.getString("lineage"),
        Instant.ofEpochMilli(row.getLong("created")),
        row.getString("status"),
        row.getBoolean("shared"),
        row.getBoolean("knows_corp"));
  }

  static Person person(ResultSet row) throws SQLException {
    return new Person(
        row.getString("id"),
        row.getString("organization"),
        row.getString("store"),
        row.getString("username"),
        Optional.ofNullable(row.getString("email")),
        row.getString("given"),
        row.getString("family"),
        Instant.ofEpochMilli(row.getLong("created")),
        Optional.ofNullable(row.getString("managed_org")),
        Optional.ofNullable(row.getString("owner")),
        Optional.ofNullable(row.getString("shared_type")));
  }
}
