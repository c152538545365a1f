package dev.guestlist.store;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Role;
import dev.guestlist.model.Run;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.model.Username;
import dev.guestlist.model.Wish;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the tests of this folder speak about.
final class Sample {
  static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  static final ConnectionId ACME = new ConnectionId("acme");
  static final ConnectionId OTHER = new ConnectionId("other");
  static final OrganizationId NORTHWIND = new OrganizationId("org-northwind");
  static final OrganizationId CONTOSO = new OrganizationId("org-contoso");
  static final ConfirmationCode CODE =
      ConfirmationCode.asGiven("8a1c7e52-3f0d-4b6a-9e21-5d7c4f8b0a93");

  static final Role EDITOR =
      new Role(
          "role-1",
          "editor",
          Optional.of(new Role.Audience("app-1", "Notes", Role.Audience.Kind.APPLICATION)));
  static final Role PLAIN = new Role("role-2", "plain", Optional.empty());
  static final Group STAFF = new Group("group-1", "PRIMARY/staff");

  private Sample() {}

  static LocalStore open(Path folder) {
    return open(folder, NOW);
  }

  static LocalStore open(Path folder, Instant now) {
    return LocalStore.open(folder, KeyFile.in(folder), InstantSource.fixed(now));
  }

  static Connection connection(String id) {
    return new Connection(
        new ConnectionId(id),
        "Acme test",
        Connection.Kind.TEST,
        URI.create("https://id.example.com:9443"),
        "acme",
        "client",
        Connection.SignInWay.BROWSER,
        2,
        Duration.ofDays(3));
  }

  static Organization organization(String id) {
    return new Organization(
        new OrganizationId(id),
        "Name of " + id,
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        Organization.Access.UNKNOWN);
  }

  static Invitation invitation(String id, String username) {
    return new Invitation(
        new InvitationId(id),
        username,
        username + "@example.com",
        List.of(EDITOR, PLAIN),
        List.of(STAFF),
        Invitation.Status.PENDING,
        Optional.of(NOW.plusSeconds(3600)));
  }

  static Target.Person person(String name) {
    return new Target.Person(Username.parse(name), List.of(EDITOR, PLAIN), List.of(STAFF));
  }

  static RunTable.NewRun invite(Run.Phase phase, Instant notBefore, String... names) {
    return run(
        new Wish.Invite(false),
        phase,
        notBefore,
        Arrays.stream(names)
            .map(name -> new RunTable.NewRow(person(name), Optional.empty()))
            .toList());
  }

  static RunTable.NewRun accept(Instant notBefore, ConfirmationCode... codes) {
    return run(
        new Wish.Accept(),
        Run.Phase.ACTIVE,
        notBefore,
        Arrays.stream(codes)
            .map(code ->
                new RunTable.NewRow(
                    new Target.Code(code.lastFour(), Optional.empty(), Optional.empty()),
                    Optional.of(code)))
            .toList());
  }

  static RunTable.NewRun run(
      Wish wish, Run.Phase phase, Instant notBefore, List<RunTable.NewRow> rows) {
    return new RunTable.NewRun(
        ACME,
        wish instanceof Wish.Accept ? Optional.empty() : Optional.of(NORTHWIND),
        wish,
        "kim",
        Ticket.of("INC-7"),
        phase,
        notBefore,
        rows);
  }
}
