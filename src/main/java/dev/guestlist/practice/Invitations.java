package dev.guestlist.practice;

import dev.guestlist.practice.PracticeControl.Effect.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Invitations as the real server keeps them: pending or expired while they exist, gone when they
/// are accepted or deleted.
final class Invitations {
  static final Duration LIFETIME = Duration.ofDays(3);

  /// One stored invitation. The moment of its end is what was meant; what the server makes of it
  /// depends on its time zone.
  record Invitation(
      String id,
      String organization,
      String parent,
      String username,
      String store,
      String email,
      String code,
      Instant expires,
      Set<String> roles,
      Set<String> groups) {}

  /// How an attempt to accept ended.
  enum Accepted {
    JOINED,
    /// Unknown, used, deleted or expired; an expired one is deleted by the attempt.
    NOT_VALID,
    /// The user name exists in the organization; the invitation is deleted by the attempt.
    ALREADY_THERE,
    /// The user is gone from the parent, or the rest failed after the user had joined.
    FAILED
  }

  private final Database database;
  private final Directory directory;
  private final Journal journal;
  private final PracticeClock clock;
  private final ZoneId zone;

  Invitations(
      Database database, Directory directory, Journal journal, PracticeClock clock, ZoneId zone) {
    this.database = database;
    this.directory = directory;
    this.journal = journal;
    this.clock = clock;
    this.zone = zone;
  }

  Optional<Invitation> byCode(String code) {
    return database.first("select * from invitation where code = ?", Invitations::invitation, code);
  }

  List<Invitation> of(String organization) {
    return database.query(
        "select * from invitation where organization = ? order by id",
        Invitations::invitation,
        organization);
  }

  /// The stored end as UTC wall clock. The server reads this text back as its own local time, which
  /// is right only where local time is UTC.
  LocalDateTime wallClock(Instant expires) {
    return LocalDateTime.ofInstant(expires, ZoneOffset.UTC);
  }

  boolean expired(Instant expires) {
    return wallClock(expires).atZone(zone).toInstant().isBefore(clock.instant());
  }

  boolean hasActive(String organization, String parent, String store, String username) {
    return database
        .query(
            "select expires from invitation where organization = ? and username = ?"
                + " and store = ? and parent = ?",
            row -> Instant.ofEpochMilli(row.getLong(1)),
            organization,
            username,
            store,
            parent)
        .stream()
        .anyMatch(expires -> !expired(expires));
  }

  /// Stores a new invitation and, if wanted, its mail, in one transaction.
  Invitation add(
      long request,
      Directory.Organization child,
      Directory.Person person,
      Set<String> roles,
      Set<String> groups,
      boolean mail) {
    Instant now = clock.instant();
    Invitation made =
        new Invitation(
            UUID.randomUUID().toString(),
            child.id(),
            child.parent().orElseThrow(),
            person.username(),
            person.store(),
            person.email().orElseThrow(),
            UUID.randomUUID().toString(),
            now.plus(LIFETIME),
            roles,
            groups);
    return database.inTransaction(() -> {
      store(made);
      if (mail) {
        database.update(
            "insert into mail(recipient, person, organization, code, sent)"
                + " values(?, ?, ?, ?, ?)",
            made.email(),
            made.username(),
            made.organization(),
            made.code(),
            now.toEpochMilli());
      }
      journal.effect(request, Kind.INVITED, made.organization(), made.username(), made.id());
      return made;
    });
  }

  private void store(Invitation made) {
    database.update(
        "insert into invitation values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made.id(),
        made.organization(),
        made.parent(),
        made.username(),
        made.store(),
        made.email(),
        made.code(),
        made.expires().toEpochMilli(),
        String.join(" ", made.roles()),
        String.join(" ", made.groups()));
  }

  /// Deletes an invitation of this organization; false when it has none with this id.
  boolean delete(long request, String organization, String id) {
    return database.inTransaction(() -> {
      Optional<Invitation> found =
          database.first(
              "select * from invitation where id = ? and organization = ?",
              Invitations::invitation,
              id,
              organization);
      found.ifPresent(one -> remove(request, Kind.DELETED, one));
      return found.isPresent();
    });
  }

  /// Accepts by code, with everything that destroys on the way.
  Accepted accept(long request, String code) {
    return accept(request, code, () -> false);
  }

  /// The same; where it crashes, the user has joined without roles and groups, and the invitation
  /// stays.
  Accepted accept(long request, String code, BooleanSupplier crashes) {
    return database.inTransaction(() -> {
      Optional<Invitation> found = byCode(code);
      if (found.isEmpty()) {
        return Accepted.NOT_VALID;
      }
      Invitation invitation = found.get();
      if (expired(invitation.expires())) {
        remove(request, Kind.CLEARED, invitation);
        return Accepted.NOT_VALID;
      }
      if (directory
          .person(invitation.organization(), Directory.PRIMARY, invitation.username())
          .isPresent()) {
        remove(request, Kind.CLEARED, invitation);
        return Accepted.ALREADY_THERE;
      }
      Optional<Directory.Person> account =
          directory.person(invitation.parent(), invitation.store(), invitation.username());
      if (account.isEmpty()) {
        return Accepted.FAILED;
      }
      if (crashes.getAsBoolean()) {
        share(invitation, account.get());
        note(request, Kind.HALF_ACCEPTED, invitation);
        return Accepted.FAILED;
      }
      join(invitation, account.get());
      remove(request, Kind.ACCEPTED, invitation);
      return Accepted.JOINED;
    });
  }

  /// Shares the account into the child and gives it those roles and groups that still exist.
  private void join(Invitation invitation, Directory.Person account) {
    String member = share(invitation, account);
    for (String role : invitation.roles()) {
      database.update(
          "insert into role_member select id, ? from role where id = ? and organization = ?",
          member,
          role,
          invitation.organization());
    }
    for (String group : invitation.groups()) {
      database.update(
          "insert into team_member select id, ? from team where id = ? and organization = ?",
          member,
          group,
          invitation.organization());
    }
  }

  /// The new member's id.
  private String share(Invitation invitation, Directory.Person account) {
    String member = UUID.randomUUID().toString();
    database.update(
        "insert into person values(?, ?, ?, ?, ?, ?, ?, ?, null, ?, ?, 'INVITED')",
        member,
        invitation.organization(),
        Directory.PRIMARY,
        account.username(),
        account.email().orElse(null),
        account.given(),
        account.family(),
        clock.millis(),
        account.accountOrganization(),
        account.account());
    return member;
  }

  private void remove(long request, Kind kind, Invitation invitation) {
    database.update("delete from invitation where id = ?", invitation.id());
    note(request, kind, invitation);
  }

  private void note(long request, Kind kind, Invitation invitation) {
    journal.effect(
        request, kind, invitation.organization(), invitation.username(), invitation.id());
  }

  private static Invitation invitation(ResultSet row) throws SQLException {
    return new Invitation(
        row.getString("id"),
        row.getString("organization"),
        row.getString("parent"),
        row.getString("username"),
        row.getString("store"),
        row.getString("email"),
        row.getString("code"),
        Instant.ofEpochMilli(row.getLong("expires")),
        Scopes.split(row.getString("roles")),
        Scopes.split(row.getString("teams")));
  }
}
