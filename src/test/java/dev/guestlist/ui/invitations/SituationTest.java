package dev.guestlist.ui.invitations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Problem;
import dev.guestlist.model.Right;
import dev.guestlist.service.Link;
import dev.guestlist.service.SessionState;
import dev.guestlist.ui.invitations.Situation.Content;
import dev.guestlist.ui.invitations.Situation.Facts;
import dev.guestlist.ui.invitations.Situation.Notice;
import dev.guestlist.ui.invitations.Situation.Step;
import dev.guestlist.ui.invitations.Situation.Tone;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SituationTest {
  private static final Problem UNREACHABLE = new Problem.Unreachable("id.acme.example", false);
  private static final Problem FAULT = new Problem.ServerFault(500, "", "");

  private boolean loaded = true;
  private boolean reading;
  private SessionState session = new SessionState.SignedIn("anna");
  private Link.State link = Link.State.ONLINE;
  private Set<Right> rights = EnumSet.allOf(Right.class);
  private Optional<String> zone = Optional.empty();
  private Optional<String> asOf = Optional.empty();
  private Optional<Problem> why = Optional.empty();
  private Optional<Problem> problem = Optional.empty();
  private Optional<String> readAt = Optional.of("10:02");
  private int rows = 148;
  private int shown = 148;

  @Test
  void rowsStandAloneWhenAllIsWell() {
    assertThat(situation()).isEqualTo(new Situation(new Content.Rows(), Optional.empty()));
  }

  @Test
  void aRowThatIsReadAgainStays() {
    reading = true;
    assertThat(situation().content()).isEqualTo(new Content.Rows());
  }

  @Test
  void anEmptyListSaysSoAndOffersToInvite() {
    rows = 0;
    shown = 0;
    assertThat(situation().content())
        .isEqualTo(
            new Content.Message(
                "Nobody is invited into Northwind at the moment.", Optional.of(Step.INVITE)));
  }

  @Test
  void aFilterThatFindsNothingIsNamed() {
    shown = 0;
    assertThat(situation().content())
        .isEqualTo(
            new Content.Message(
                "148 invitations, none match: Expired, “dora”.", Optional.of(Step.CLEAR_FILTER)));
  }

  @Test
  void aReadThatFailsKeepsTheLastListAndSaysFromWhen() {
    problem = Optional.of(FAULT);
    assertThat(situation())
        .isEqualTo(
            new Situation(
                new Content.Rows(),
                Optional.of(
                    new Notice(
                        Tone.WARNING,
                        "Could not read the list: The server failed. Showing 148 rows from 10:02.",
                        Optional.of(Step.TRY_AGAIN)))));
  }

  @Test
  void offlineIsSaidWithTheAgeOfTheList() {
    problem = Optional.of(UNREACHABLE);
    link = Link.State.OFFLINE;
    session = new SessionState.SignedOut(Optional.empty());
    assertThat(situation().notice())
        .contains(
            new Notice(
                Tone.OFFLINE, "Offline. List from 10:02, 148 rows.", Optional.of(Step.TRY_AGAIN)));
  }

  @Test
  void workingOfflineByChoiceOffersNoTry() {
    link = Link.State.OFFLINE;
    why = Optional.of(new Problem.Unreachable("id.acme.example", false, true));
    assertThat(situation().notice())
        .contains(
            new Notice(Tone.OFFLINE, "Offline. List from 10:02, 148 rows.", Optional.empty()));

    readAt = Optional.empty();
    rows = 0;
    assertThat(situation().content())
        .isEqualTo(
            new Content.Message(
                "This list was never read on this computer. Go online to read it.",
                Optional.empty()));
  }

  @Test
  void anEndedSessionLeavesTheList() {
    session = new SessionState.SignedOut(Optional.of(new Problem.SignedOut()));
    assertThat(situation().content()).isEqualTo(new Content.Rows());
    assertThat(notice()).startsWith("Your session ended. List from 10:02, 148 rows.");
  }

  @Test
  void aRightTakenAwayLeavesTheList() {
    rights = EnumSet.of(Right.INVITE);
    assertThat(situation().content()).isEqualTo(new Content.Rows());
    assertThat(notice()).contains("Right needed: list invitations.");
    assertThat(situation().notice().flatMap(Notice::step)).contains(Step.COPY_FOR_ADMINISTRATOR);
  }

  @Nested
  class NeverRead {
    NeverRead() {
      readAt = Optional.empty();
      rows = 0;
      shown = 0;
    }

    @Test
    void showsOutlinesWhileItIsRead() {
      reading = true;
      assertThat(situation()).isEqualTo(new Situation(new Content.Outlines(), Optional.empty()));
    }

    @Test
    void showsOutlinesBeforeThisComputerWasAsked() {
      loaded = false;
      assertThat(situation().content()).isEqualTo(new Content.Outlines());
    }

    @Test
    void saysOfflineThatNothingIsKept() {
      link = Link.State.OFFLINE;
      assertThat(message()).startsWith("This list was never read on this computer");
    }

    @Test
    void namesTheRightThatIsMissing() {
      rights = EnumSet.noneOf(Right.class);
      assertThat(situation().content())
          .isEqualTo(
              new Content.Message(
                  "Your account may not list invitations in Northwind. Right needed: list"
                      + " invitations.",
                  Optional.of(Step.COPY_FOR_ADMINISTRATOR)));
    }

    @Test
    void asksForASignIn() {
      session = new SessionState.SignedOut(Optional.empty());
      assertThat(message()).contains("Sign in to read it.");
    }

    @Test
    void isNeverShownAsAnEmptyListWhenReadingFailed() {
      problem = Optional.of(FAULT);
      assertThat(message()).isEqualTo("Could not read the list: The server failed.");
    }

    @Test
    void showsWhatWasDoneFromHere() {
      rows = 2;
      shown = 2;
      link = Link.State.OFFLINE;
      assertThat(situation().content()).isEqualTo(new Content.Rows());
      assertThat(notice()).startsWith("This list was never read on this computer.");
    }
  }

  private String message() {
    return situation().content() instanceof Content.Message message ? message.text() : "";
  }

  @Test
  void proposesTheZoneThatTheServerSeemsToWriteOnceNothingElseIsTheMatter() {
    readAt = Optional.of("10:02");
    rows = 148;
    shown = 148;
    zone = Optional.of("UTC+5:30");
    Notice proposal = situation().notice().orElseThrow();
    assertThat(proposal.text())
        .isEqualTo("This server seems to write times in UTC+5:30. Use that?");
    assertThat(proposal.step()).contains(Step.USE_ZONE);
    assertThat(proposal.other()).contains(Step.KEEP_ZONE);

    problem = Optional.of(FAULT);
    assertThat(situation().notice().orElseThrow().step()).contains(Step.TRY_AGAIN);
  }

  @Test
  void aFormerListSaysSoAndLeadsBackToTheNewest() {
    asOf = Optional.of("12 Nov 09:30");
    Notice notice = situation().notice().orElseThrow();
    assertThat(notice.tone()).isEqualTo(Situation.Tone.PAST);
    assertThat(notice.text()).startsWith("The list as of 12 Nov 09:30, ").endsWith("only.");
    assertThat(notice.step()).contains(Step.NEWEST);
    assertThat(notice.other()).contains(Step.WHAT_CHANGED);
    rows = 0;
    assertThat(situation().content())
        .isEqualTo(
            new Content.Message(
                "Nobody was invited into Northwind on that day.", Optional.of(Step.NEWEST)));
  }

  private String notice() {
    return situation().notice().map(Notice::text).orElse("");
  }

  private Situation situation() {
    return Situation.of(
        new Facts(
            "Northwind",
            loaded,
            reading,
            session,
            new Link(link, Instant.EPOCH, why, Optional.empty()),
            Optional.of(rights),
            problem,
            "The server failed.",
            readAt,
            rows,
            shown,
            "Expired, “dora”",
            zone,
            asOf),
        Rows.TEXTS);
  }
}
