package dev.guestlist.practice;

import dev.guestlist.practice.Directory.Organization;
import dev.guestlist.practice.Directory.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The world that the practice server begins with: the same ids and names every time, with ends of
/// invitations counted from now.
final class Seed {
  static final int ORGANIZATIONS = 40;
  static final int INVITATIONS = 300;
  private static final Instant FOUNDED = Instant.parse("2024-03-04T08:00:00.137Z");
  private static final Instant GROWN = Instant.parse("2026-01-05T06:00:00.211Z");
  private static final String CONSOLE = "Console";

  private final SeedRows rows = new SeedRows();
  private final Map<String, Organization> organizations = new LinkedHashMap<>();
  private final Map<String, List<Person>> people = new LinkedHashMap<>();
  private final Map<String, List<String>> groups = new LinkedHashMap<>();
  private final Map<String, List<String>> roles = new LinkedHashMap<>();
  private final Instant now;
  private int created;
  private int invited;

  private Seed(Instant now) {
    this.now = now;
  }

  /// Fills an empty database; more than the usual numbers go into Northwind (invitations) and below
  /// an organization called Branches.
  static void plant(Database database, Instant now, int invitations, int organizations) {
    Seed seed = new Seed(now);
    seed.tree();
    seed.people();
    seed.groups();
    seed.roles();
    seed.accounts();
    seed.members();
    seed.invitations(Math.min(invitations, INVITATIONS));
    seed.moreInvitations(invitations);
    seed.moreOrganizations(organizations - ORGANIZATIONS);
    seed.rows.store(database);
  }

  private void tree() {
    Organization root = organization("ACME", Optional.empty(), "ACTIVE");
    for (List<String> branch : SeedNames.TREE) {
      Organization parent = organization(branch.getFirst(), Optional.of(root), "ACTIVE");
      for (String name : branch.subList(1, branch.size())) {
        String status = name.equals("Old Harbour") ? "DISABLED" : "ACTIVE";
        organization(name, Optional.of(parent), status);
      }
    }
    for (String name : SeedNames.BELOW_RAIL) {
      organization(name, Optional.of(named("Rail")), "ACTIVE");
    }
  }

  private Organization organization(String name, Optional<Organization> parent, String status) {
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
            FOUNDED.plus(Duration.ofHours(11).plusMillis(7).multipliedBy(created++)),
            status,
            !name.equals("Northgate"),
            !name.equals("Tailspin"));
    rows.organization(one);
    organizations.put(name, one);
    return one;
  }

  private Organization named(String name) {
    return Optional.ofNullable(organizations.get(name)).orElseThrow();
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
    person("Northwind", Directory.PRIMARY, "olga.own", "Olga", "Own", true);
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

  private void person(
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
    rows.person(one, null);
    people(organization).add(one);
  }

  private List<Person> people(String organization) {
    return people.computeIfAbsent(organization, key -> new ArrayList<>());
  }

  private void groups() {
    int others = 0;
    for (Organization one : organizations.values()) {
      int count =
          switch (one.name()) {
            case "Northwind" -> 90;
            case "Contoso" -> 30;
            case "Partners" -> 12;
            case "ACME" -> 10;
            case "Fabrikam", "Northgate" -> 0;
            default -> others++ < 24 ? 2 : 1;
          };
      List<String> made = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        made.add(rows.group(one, SeedNames.group(i), one.created().plusSeconds(30L * i)));
      }
      groups.put(one.name(), made);
    }
  }

  private void roles() {
    for (Organization one : organizations.values()) {
      if (one.name().equals("Northgate")) {
        continue;
      }
      List<String> made = new ArrayList<>();
      if (one.parent().isPresent()) {
        made.add(rows.role(one, "Member", ""));
      }
      if (one.name().equals("Northwind")) {
        for (String name : List.of("Viewer", "Auditor", "Team lead")) {
          made.add(rows.role(one, name, ""));
        }
        made.add(rows.role(one, "Auditor", "Billing"));
        made.add(rows.role(one, "Accountant", "Billing"));
        made.add(rows.role(one, "Invoice clerk", "Billing"));
        made.add(rows.role(one, "Reader", "Wiki"));
        made.add(rows.role(one, "Editor", "Wiki"));
        made.add(rows.role(one, "Planner", "Shifts"));
        made.add(rows.role(one, "Dispatcher", "Shifts"));
        made.add(rows.role(one, "Support agent", "Helpdesk"));
        made.add(rows.role(one, "Console viewer", CONSOLE));
      }
      if (one.name().equals("Contoso")) {
        made.add(rows.role(one, "Auditor", ""));
        made.add(rows.role(one, "Auditor", "Billing"));
        made.add(rows.role(one, "Accountant", "Billing"));
        made.add(rows.role(one, "Reader", "Wiki"));
      }
      if (one.name().equals("Partners")) {
        made.add(rows.role(one, "Viewer", ""));
        made.add(rows.role(one, "Auditor", "Billing"));
      }
      if (Set.of("ACME", "Partners", "Northwind", "Contoso").contains(one.name())) {
        rows.role(one, "Administrator", CONSOLE);
      }
      roles.put(one.name(), made);
    }
    String console = SeedRows.id("role", "partners/" + CONSOLE + "/Administrator");
    rows.hasRole(SeedRows.id("person", "partners/PRIMARY/con.s"), console);
  }

  /// The accounts: at home in the root, shared into every organization that is open.
  private void accounts() {
    Organization root = named("ACME");
    for (Account account : Account.ALL) {
      Person home = shared(root, account, Optional.empty());
      rows.person(home, account.password());
      for (Organization one : organizations.values()) {
        if (!one.open()) {
          continue;
        }
        Person member = one.equals(root) ? home : shared(one, account, Optional.of(home));
        if (!one.equals(root)) {
          rows.person(member, null);
        }
        if (!account.scopes().isEmpty()) {
          rows.hasRole(
              member.id(),
              rows.role(
                  one,
                  account.roleName(),
                  Client.DESKTOP.name(),
                  one.equals(root) ? account.scopesAtRoot() : account.scopes()));
        }
      }
    }
    rows.hasRole(
        SeedRows.id("person", "partners/PRIMARY/pat"),
        SeedRows.id("role", "partners/" + CONSOLE + "/Administrator"));
  }

  private static Person shared(Organization one, Account account, Optional<Person> home) {
    return new Person(
        SeedRows.id("person", one.handle() + "/PRIMARY/" + account.username()),
        one.id(),
        Directory.PRIMARY,
        account.username(),
        Optional.of(account.username() + "@acme.example"),
        account.given(),
        "Practice",
        one.created().plusSeconds(5L + Account.ALL.indexOf(account)),
        home.map(Person::organization),
        home.map(Person::id),
        home.map(person -> "SHARED"));
  }

  /// People who joined before: of Partners in Northwind and Contoso, and one of ACME in Partners.
  private void members() {
    Person oli =
        people("Partners").stream()
            .filter(one -> one.username().equals("oli.e"))
            .findFirst()
            .orElseThrow();
    join("Northwind", oli, 0);
    join("Partners", people("ACME").getFirst(), 1);
    for (int i = 100; i < 124; i++) {
      join("Northwind", people("Partners").get(i), i);
    }
    for (int i = 130; i < 138; i++) {
      join("Contoso", people("Partners").get(i), i);
    }
  }

  private void join(String organization, Person account, int number) {
    Organization child = named(organization);
    Person member =
        new Person(
            SeedRows.id("person", child.handle() + "/PRIMARY/" + account.username()),
            child.id(),
            Directory.PRIMARY,
            account.username(),
            account.email(),
            account.given(),
            account.family(),
            now.minus(Duration.ofDays(3L + number)),
            Optional.of(account.organization()),
            Optional.of(account.id()),
            Optional.of("INVITED"));
    rows.person(member, null);
    rows.hasRole(member.id(), pick(roles, organization, 0));
    rows.inGroup(member.id(), pick(groups, organization, number));
    rows.inGroup(member.id(), pick(groups, organization, number + 1));
  }

  private static String pick(Map<String, List<String>> all, String organization, int number) {
    List<String> of = all.getOrDefault(organization, List.of());
    return of.get(number % of.size());
  }

  private void invitations(int limit) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("Northwind", 144);
    counts.put("Contoso", 39);
    counts.put("Partners", 30);
    counts.put("North Sea Ltd", 20);
    counts.put("Alpine Steel", 12);
    counts.put("Northern Rail", 12);
    counts.put("Adatum", 10);
    counts.put("North Harbour", 10);
    counts.put("Ports", 10);
    counts.put("Payroll", 8);
    for (String name : List.of("ed.m", "gus.t", "hal.o")) {
      special("Northwind", Directory.PRIMARY, name, Duration.ofHours(5), limit);
    }
    special("Northwind", Directory.CORP, "dora.k", Duration.ofHours(51), limit);
    special("Contoso", Directory.PRIMARY, "fay.w", Duration.ofHours(-30), limit);
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      Organization child = named(entry.getKey());
      List<Person> candidates = child.depth() == 1 ? people("ACME") : people(parentName(child));
      // The members of Northwind at 110 to 112 are listed still, though they have joined.
      int next = child.name().equals("Northwind") ? 110 : 150;
      for (int i = 0; i < entry.getValue() && invited < limit; i++) {
        if (child.name().equals("Northwind") && i == 3) {
          next = 200;
        }
        // The people of CORP come last; one in nine is taken from there.
        Person person = candidates.get(candidates.size() - 2 - i);
        while (i % 9 != 8 || person.store().equals(Directory.PRIMARY) || isSkipped(person)) {
          person = candidates.get(next++ % candidates.size());
          if (!isSkipped(person)) {
            break;
          }
        }
        invite(child, person, ends(i), i);
      }
    }
  }

  /// Nobody without e-mail, and none of those who have an invitation or a story of their own.
  private static boolean isSkipped(Person person) {
    return person.email().isEmpty()
        || Set.of("ed.m", "gus.t", "hal.o", "dora.k", "fay.w", "oli.e", "may.c")
            .contains(person.username());
  }

  private String parentName(Organization child) {
    return organizations.values().stream()
        .filter(one -> child.parent().equals(Optional.of(one.id())))
        .map(Organization::name)
        .findFirst()
        .orElseThrow();
  }

  private void special(
      String organization, String store, String username, Duration ends, int limit) {
    if (invited < limit) {
      Person person =
          people("Partners").stream()
              .filter(one -> one.store().equals(store) && one.username().equals(username))
              .findFirst()
              .orElseThrow();
      invite(named(organization), person, ends, 3);
    }
  }

  /// One in twelve is over, one in thirty or so ends today, the others in the next three days.
  private static Duration ends(int index) {
    if (index % 12 == 4) {
      return Duration.ofHours(-(1 + index % 40)).minusSeconds(index);
    }
    return index % 31 == 6
        ? Duration.ofHours(2 + index % 18).plusSeconds(index)
        : Duration.ofHours(25 + index * 7L % 46).plusSeconds(index);
  }

  private void invite(Organization child, Person person, Duration ends, int index) {
    invited++;
    String key = child.handle() + "/" + person.qualifiedName();
    Set<String> withGroups = index % 3 == 2 ? Set.of() : Set.of(pick(groups, child.name(), index));
    if (index % 20 == 7) {
      // A group that was deleted after the invitation was made.
      withGroups = Set.of(SeedRows.id("group", "gone"), pick(groups, child.name(), index));
    }
    Invitations.Invitation one =
        new Invitations.Invitation(
            SeedRows.id("invitation", key),
            child.id(),
            child.parent().orElseThrow(),
            person.username(),
            person.store(),
            person.email().orElseThrow(),
            SeedRows.id("code", key),
            now.plus(ends).plusMillis(137),
            index % 2 == 0 ? Set.of(pick(roles, child.name(), index)) : Set.of(),
            withGroups);
    rows.invitation(one);
    if (child.name().equals("Northwind") && index >= 20 && index < 33) {
      rows.mail(one);
    }
  }

  /// Fills Northwind up to the given number, with people of Partners made for it.
  private void moreInvitations(int total) {
    for (int i = 148; total > INVITATIONS && i < total; i++) {
      String username = "guest.%06d".formatted(i);
      person("Partners", Directory.PRIMARY, username, "Guest", "No " + i, true);
      invite(named("Northwind"), people("Partners").getLast(), ends(i), 100 + i);
    }
  }

  /// Branches below districts, a hundred in each; Pat may enter them all.
  private void moreOrganizations(int count) {
    if (count <= 0) {
      return;
    }
    Organization top = grown("Branches", named("ACME"), 0);
    Organization district = top;
    for (int i = 1; i < count; i++) {
      district = i % 100 == 1 ? grown("District %03d".formatted(i / 100 + 1), top, i) : district;
      if (i % 100 != 1) {
        grown("Branch %05d".formatted(i), district, i);
      }
    }
  }

  private Organization grown(String name, Organization parent, int number) {
    String handle = name.toLowerCase(Locale.ROOT).replace(' ', '-');
    String id = SeedRows.id("organization", handle);
    Organization one =
        new Organization(
            id,
            name,
            handle,
            name + ", part of " + parent.name(),
            Optional.of(parent.id()),
            parent.depth() + 1,
            parent.lineage() + id + "/",
            GROWN.plusMillis(61_003L * number),
            "ACTIVE",
            true,
            true);
    rows.organization(one);
    Person home = shared(named("ACME"), Account.PAT, Optional.empty());
    Person member = shared(one, Account.PAT, Optional.of(home));
    rows.person(member, null);
    rows.hasRole(
        member.id(),
        rows.role(one, Account.PAT.roleName(), Client.DESKTOP.name(), Account.PAT.scopes()));
    return one;
  }
}
