package dev.guestlist.practice;

import dev.guestlist.practice.Directory.Organization;
import dev.guestlist.practice.Directory.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The seeded organizations and the people who are at home in them, as far as they are made.
final class SeedWorld {
  private static final Instant FOUNDED = Instant.parse("2024-03-04T08:00:00.137Z");

  /// An account that lives in Northwind and signs in there directly, not at the root.
  static final String CHILD_ACCOUNT = "olga.own";

  final SeedRows rows = new SeedRows();
  final Map<String, List<String>> groups = new LinkedHashMap<>();
  final Map<String, List<String>> roles = new LinkedHashMap<>();
  private final Map<String, Organization> organizations = new LinkedHashMap<>();
  private final Map<String, List<Person>> people = new LinkedHashMap<>();
  private int created;

  SeedWorld() {
    tree();
    people();
  }

  private void tree() {
    Organization root = founded("ACME", Optional.empty(), "ACTIVE");
    for (List<String> branch : SeedNames.TREE) {
      Organization parent = founded(branch.getFirst(), Optional.of(root), "ACTIVE");
      for (String name : branch.subList(1, branch.size())) {
        String status = name.equals("Old Harbour") ? "DISABLED" : "ACTIVE";
        founded(name, Optional.of(parent), status);
      }
    }
    for (String name : SeedNames.BELOW_RAIL) {
      founded(name, Optional.of(named("Rail")), "ACTIVE");
    }
  }

  /// The founders are eleven hours apart.
  private Organization founded(String name, Optional<Organization> parent, String status) {
    Duration after = Duration.ofHours(11).plusMillis(7).multipliedBy(created++);
    return organization(name, parent, status, FOUNDED.plus(after));
  }

  /// Makes an organization; nobody else may have been made in the same instant.
  Organization organization(
      String name, Optional<Organization> parent, String status, Instant made) {
    String handle = name.toLowerCase(Locale.ROOT).replace(' ', '-');
    String id = SeedRows.id("organization", handle);
    Organization one =
        new Organization(
            id,
            name,
            handle,
            parent.map(above -> name + ", part of " + above.name()).orElse("The whole of " + name),
            parent.map(Organization::id),
            parent.map(above -> above.depth() + 1).orElse(0),
            parent.map(Organization::lineage).orElse("/") + id + "/",
            made,
            status,
            !name.equals("Northgate"),
            !name.equals("Tailspin"));
    rows.organization(one);
    organizations.put(name, one);
    return one;
  }

  private void people() {
    person("Partners", Directory.PRIMARY, "amy", "Amy", "Abel", true);
    person("Partners", Directory.PRIMARY, "bob", "Bob", "Berg", true);
    person("Partners", Directory.PRIMARY, "con.s", "Con", "Stein", true);
    person("Partners", Directory.PRIMARY, "fay.w", "Fay", "Weber", true);
    crowd("Partners", Directory.PRIMARY, 1296);
    crowd("Partners", Directory.CORP, 499);
    person("Partners", Directory.CORP, "dora.k", "Dora", "Kaur", true);
    person("ACME", Directory.PRIMARY, "shay.s", "Shay", "Stein", true);
    crowd("ACME", Directory.PRIMARY, 1199);
    crowd("ACME", Directory.CORP, 400);
    crowd("Suppliers", Directory.PRIMARY, 600);
    crowd("Ports", Directory.PRIMARY, 300);
    crowd("Retail", Directory.PRIMARY, 300);
    crowd("Services", Directory.PRIMARY, 200);
    crowd("Rail", Directory.PRIMARY, 197);
    person("Northwind", Directory.PRIMARY, CHILD_ACCOUNT, "Olga", "Own", true);
    person("Northwind", Directory.PRIMARY, "omar.own", "Omar", "Own", true);
    // The same name as somebody of Partners, and somebody else.
    person("Northwind", Directory.PRIMARY, "zoe.c", "Zoe", "Clark", true);
  }

  /// So many people with names in turn. Some have no e-mail address; nobody in Partners is called
  /// kim.a.
  private void crowd(String organization, String store, int count) {
    int made = 0;
    for (int i = 0; made < count; i++) {
      String username = SeedNames.username(organization, i);
      if (organization.equals("Partners") && username.equals("kim.a")) {
        continue;
      }
      boolean email = made % 41 != 40 && !username.equals("lee.b");
      String given = SeedNames.capital(SeedNames.given(i));
      person(organization, store, username, given, SeedNames.family(i), email);
      made++;
    }
  }

  void person(
      String organization,
      String store,
      String username,
      String given,
      String family,
      boolean email) {
    Organization home = named(organization);
    boolean primary = store.equals(Directory.PRIMARY);
    String mailHost = (primary ? "" : "corp.") + home.handle() + ".example";
    Person one =
        new Person(
            SeedRows.id("person", home.handle() + "/" + store + "/" + username),
            home.id(),
            store,
            username,
            email ? Optional.of(username + "@" + mailHost) : Optional.empty(),
            given,
            family,
            home.created().plusSeconds(60L * (people(organization).size() + 1)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    rows.person(one, username.equals(CHILD_ACCOUNT) ? "practice-" + username : null);
    people(organization).add(one);
  }

  Collection<Organization> organizations() {
    return organizations.values();
  }

  Organization named(String name) {
    return Optional.ofNullable(organizations.get(name)).orElseThrow();
  }

  Organization parentOf(Organization child) {
    return organizations.values().stream()
        .filter(one -> child.parent().equals(Optional.of(one.id())))
        .findFirst()
        .orElseThrow();
  }

  /// The people at home in an organization, those of CORP last.
  List<Person> people(String organization) {
    return people.computeIfAbsent(organization, key -> new ArrayList<>());
  }

  Person person(String organization, String store, String username) {
    return people(organization).stream()
        .filter(one -> one.store().equals(store) && one.username().equals(username))
        .findFirst()
        .orElseThrow();
  }

  /// One of the groups or roles of an organization, in turn.
  static String pick(Map<String, List<String>> all, String organization, int number) {
    List<String> of = all.getOrDefault(organization, List.of());
    return of.get(number % of.size());
  }
}
