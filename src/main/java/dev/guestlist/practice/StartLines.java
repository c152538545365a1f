package dev.guestlist.practice;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Works the start line out from what the database says now.
final class StartLines {
  private static final int PEOPLE = 8;
  private static final String INVITABLE =
      "select username from person p where p.organization = ? and p.store = 'PRIMARY'"
          + " and p.email is not null and p.managed_org is null"
          + " and not exists(select 1 from person m where m.organization = ?"
          + " and m.store = 'PRIMARY' and m.username = p.username)"
          + " and not exists(select 1 from invitation i where i.organization = ?"
          + " and i.username = p.username) order by p.created limit "
          + PEOPLE;

  private final Database database;
  private final Directory directory;

  StartLines(Database database, Directory directory) {
    this.database = database;
    this.directory = directory;
  }

  StartLine at(URI baseUrl, Optional<String> certificate) {
    // Most organizations of a large tree have a parent where nobody is at home.
    Set<String> homes =
        Set.copyOf(
            database.query(
                "select distinct organization from person where managed_org is null",
                row -> row.getString(1)));
    List<StartLine.Place> places = new ArrayList<>();
    for (Directory.Organization one : directory.organizations()) {
      one.parent()
          .ifPresent(parent ->
              places.add(
                  new StartLine.Place(
                      one.id(),
                      one.name(),
                      parent,
                      homes.contains(parent) ? invitable(one) : List.of())));
    }
    return new StartLine(
        baseUrl.toString(),
        directory.root().handle(),
        Client.DESKTOP.id(),
        Client.TECHNICAL.id(),
        Client.TECHNICAL.secret().orElseThrow(),
        Account.ALL.stream()
            .map(one -> new StartLine.Account(one.username(), one.password(), one.rights()))
            .toList(),
        places,
        baseUrl + "/inbox",
        certificate);
  }

  /// Some users of the parent who can be invited into an organization that can be entered.
  List<String> invitable(Directory.Organization child) {
    return child.open() && !child.disabled()
        ? database.query(
            INVITABLE,
            row -> row.getString(1),
            child.parent().orElseThrow(),
            child.id(),
            child.id())
        : List.of();
  }
}
