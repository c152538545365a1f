package dev.guestlist.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvitationStatusTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final Instant SEEN = NOW.minus(Duration.ofHours(2));

  /// What the list says, in how many hours it ends, and what is known beside that.
  @ParameterizedTest
  @CsvSource({
    "PENDING, 48, true, false, false, PENDING",
    "PENDING, 23, true, false, false, EXPIRES_SOON",
    "PENDING, 24, true, false, false, PENDING",
    "PENDING, -1, true, false, false, PROBABLY_EXPIRED",
    // it had passed when the server said PENDING: the server's word stands
    "PENDING, -3, true, false, false, PENDING",
    "PENDING, , true, false, false, PENDING",
    "EXPIRED, 48, true, false, false, EXPIRED",
    "PENDING, 48, true, true, false, CODE_LOST",
    "PENDING, 48, true, false, true, JOINED_STILL_LISTED",
    "EXPIRED, -9, true, false, true, JOINED_STILL_LISTED",
    "PENDING, 48, false, false, true, JOINED",
    "PENDING, 48, false, false, false, NO_LONGER_LISTED",
    "EXPIRED, -9, false, true, false, NO_LONGER_LISTED",
  })
  void followsTheListAndWhatIsKnown(
      Invitation.Status status,
      Integer endsIn,
      boolean listed,
      boolean codeLost,
      boolean member,
      InvitationStatus expected) {
    Optional<Instant> ends =
        Optional.ofNullable(endsIn).map(hours -> NOW.plus(Duration.ofHours(hours)));
    assertThat(
            InvitationStatus.of(
                new InvitationStatus.Facts(
                    status, ends, listed, SEEN, Optional.empty(), codeLost, member),
                NOW))
        .isEqualTo(expected);
  }

  /// What a row of this computer is about, and where it stands.
  @ParameterizedTest
  @CsvSource({
    "INVITE, READY, WAITING",
    "INVITE, SENDING, SENDING",
    "INVITE, UNKNOWN, REPLY_UNKNOWN",
    "INVITE, NEEDS_DECISION, NEEDS_DECISION",
    "INVITE, INVITED, PENDING",
    "INVITE, CODE_LOST, CODE_LOST",
    "INVITE, REFUSED, NOT_SENT",
    "INVITE, CANNOT_TELL, CANNOT_TELL",
    "DELETE, SENDING, DELETING",
    "DELETE, DELETED, DELETED_HERE",
    "DELETE, WAS_GONE, NO_LONGER_LISTED",
    "AGAIN_DELETE, READY, WAITING",
    "AGAIN_DELETE, SENDING, SENDING",
    "AGAIN_DELETE, UNKNOWN, REPLY_UNKNOWN",
    "AGAIN_INVITE, READY, DELETED_NOT_INVITED",
    "AGAIN_INVITE, NEEDS_DECISION, DELETED_NOT_INVITED",
    "AGAIN_INVITE, UNKNOWN, REPLY_UNKNOWN",
    "AGAIN_INVITE, NOT_INVITED_AGAIN, DELETED_NOT_INVITED",
    "AGAIN_INVITE, CODE_LOST, CODE_LOST",
    "ACCEPT, JOINED, JOINED",
    "ACCEPT, ALREADY_MEMBER, JOINED",
  })
  void followsWhatThisComputerDid(String kind, RowState state, InvitationStatus expected) {
    assertThat(InvitationStatus.of(row(target(kind), state, Optional.empty(), NOW), NOW))
        .isEqualTo(expected);
  }

  @Test
  void aDeletionInItsGraceIsDeleting() {
    Target target = target("DELETE");
    RunRow row = row(target, RowState.READY, Optional.empty(), NOW.plusSeconds(8));
    assertThat(InvitationStatus.of(row, NOW)).isEqualTo(InvitationStatus.DELETING);
  }

  @Test
  void whatWasGoneBeforeItWasReplacedWasNotDeletedHere() {
    RunRow row =
        row(
            target("AGAIN_INVITE"),
            RowState.NEEDS_DECISION,
            Optional.of(Reason.INVITATION_GONE),
            NOW);
    assertThat(InvitationStatus.of(row, NOW)).isEqualTo(InvitationStatus.NEEDS_DECISION);
  }

  @Test
  void whoJoinedHereAndIsListedSinceIsStillListed() {
    RunRow own = row(target("ACCEPT"), RowState.JOINED, Optional.empty(), NOW);
    InvitationStatus.Facts facts =
        new InvitationStatus.Facts(
            Invitation.Status.PENDING,
            Optional.empty(),
            true,
            NOW.plusSeconds(60),
            Optional.of(own),
            false,
            false);
    assertThat(InvitationStatus.of(facts, NOW.plusSeconds(90)))
        .isEqualTo(InvitationStatus.JOINED_STILL_LISTED);
  }

  private static Target target(String kind) {
    InvitationId id = new InvitationId("inv-1");
    Target.Person person =
        new Target.Person(new Username("dora.k", Optional.empty()), List.of(), List.of());
    return switch (kind) {
      case "INVITE" -> person;
      case "DELETE" -> new Target.Listed(id, "dora.k");
      case "AGAIN_DELETE" -> new Target.Again(id, person, Target.Again.Step.DELETE);
      case "AGAIN_INVITE" -> new Target.Again(id, person, Target.Again.Step.INVITE);
      default -> new Target.Code("9abc", Optional.of("dora.k"), Optional.empty());
    };
  }

  private static RunRow row(
      Target target, RowState state, Optional<Reason> reason, Instant notBefore) {
    return new RunRow(
        1,
        1,
        0,
        target,
        state,
        1,
        notBefore,
        reason,
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        NOW,
        0,
        false);
  }
}
