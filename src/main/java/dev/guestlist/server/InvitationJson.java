package dev.guestlist.server;

import dev.guestlist.model.Invitation;
import dev.guestlist.model.Invitation.Status;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Optional;

/// An item of the invitation list.
///
/// @param expiredAt text of a `java.sql.Timestamp`: UTC by the clock, without saying so
record InvitationJson(
    String id,
    String username,
    String email,
    List<RoleJson> roles,
    List<GroupJson> groups,
    String status,
    String expiredAt) {
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  /// @throws ProblemException `Unreadable` rather than a row that is hidden or wrong
  Invitation toModel() throws ProblemException {
    if (id.isBlank() || username.isBlank()) {
      throw new ProblemException(
          new Problem.Unreadable("a list of invitations with a row without an id or a name"));
    }
    return new Invitation(
        new InvitationId(id),
        username,
        email,
        roles.stream().map(RoleJson::toModel).toList(),
        groups.stream().map(GroupJson::toModel).toList(),
        status(status),
        ends());
  }

  static Status status(String text) throws ProblemException {
    return switch (text) {
      case "PENDING" -> Status.PENDING;
      case "EXPIRED" -> Status.EXPIRED;
      default ->
          throw new ProblemException(
              new Problem.Unreadable("an invitation with a status that is not known here"));
    };
  }

  /// The end is an estimate anyway; one that cannot be read hides no row.
  private Optional<Instant> ends() {
    // version 7.0's own description promises an ISO time; neither form needs guessing
    String text = expiredAt.strip().replace('T', ' ');
    String local = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
    try {
      return Optional.of(LocalDateTime.parse(local, TIMESTAMP).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
