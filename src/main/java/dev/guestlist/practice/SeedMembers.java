package dev.guestlist.practice;

import dev.guestlist.practice.Directory.Organization;
import dev.guestlist.practice.Directory.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who belongs where in the seeded world: groups, roles, the accounts and those who joined before.
final class SeedMembers {
  private static final String CONSOLE = "Console";

  private final SeedWorld world;
  private final SeedRows rows;
  private final Instant now;

  SeedMembers(SeedWorld world, Instant now) {
    this.world = world;
    this.rows = world.rows;
    this.now = now;
  }

  void plant() {
    groups();
    roles();
    accounts();
    members();
  }

  private void groups() {
    int others = 0;
    for (Organization one : world.organizations()) {
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
      world.groups.put(one.name(), made);
    }
  }

  private void roles() {
    for (Organization one : world.organizations()) {
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
      world.roles.put(one.name(), made);
    }
    String console = SeedRows.id("role", "partners/" + CONSOLE + "/Administrator");
    rows.hasRole(SeedRows.id("person", "partners/PRIMARY/con.s"), console);
  }

  /// The accounts: at home in the root, shared into every organization that is open.
  private void accounts() {
    Organization root = world.named("ACME");
    for (Account account : Account.ALL) {
      Person home = shared(root, account, Optional.empty());
      rows.person(home, account.password());
      for (Organization one : world.organizations()) {
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
    rows.hasRole(
        world.person("Northwind", Directory.PRIMARY, SeedWorld.CHILD_ACCOUNT).id(),
        SeedRows.id("role", "northwind/" + Client.DESKTOP.name() + "/" + Account.PAT.roleName()));
  }

  /// Makes Pat an administrator of one more organization.
  void letPatIn(Organization one) {
    Person home = shared(world.named("ACME"), Account.PAT, Optional.empty());
    Person member = shared(one, Account.PAT, Optional.of(home));
    rows.person(member, null);
    rows.hasRole(
        member.id(),
        rows.role(one, Account.PAT.roleName(), Client.DESKTOP.name(), Account.PAT.scopes()));
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
    join("Northwind", world.person("Partners", Directory.PRIMARY, "oli.e"), 0);
    join("Partners", world.people("ACME").getFirst(), 1);
    for (int i = 100; i < 124; i++) {
      join("Northwind", world.people("Partners").get(i), i);
    }
    for (int i = 130; i < 138; i++) {
      join("Contoso", world.people("Partners").get(i), i);
    }
  }

  private void join(String organization, Person account, int number) {
    Organization child = world.named(organization);
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
    rows.hasRole(member.id(), SeedWorld.pick(world.roles, organization, 0));
    rows.inGroup(member.id(), SeedWorld.pick(world.groups, organization, number));
    rows.inGroup(member.id(), SeedWorld.pick(world.groups, organization, number + 1));
  }
}
