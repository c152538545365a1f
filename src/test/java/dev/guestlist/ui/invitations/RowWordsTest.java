package dev.guestlist.ui.invitations;

import static dev.guestlist.ui.invitations.Rows.NOW;
import static dev.guestlist.ui.invitations.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.service.InvitationStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowWordsTest {
  private final RowWords words = new RowWords(Rows.TEXTS);

  @Test
  void readsARowOutAsOneSentence() {
    InvitationRow dora =
        row("dora.k")
            .status(InvitationStatus.EXPIRES_SOON)
            .ends(NOW.plus(Duration.ofHours(5).plusMinutes(20)))
            .groups("sales")
            .code(3)
            .make();
    assertThat(words.sentence(dora, NOW))
        .isEqualTo(
            "dora.k, Expires soon, about 5 hours left. Groups: sales. Roles: none. Code: kept"
                + " here.");
  }

  @Test
  void tellsAnEndNoMoreExactlyThanItIsKnown() {
    assertThat(TimeLeft.words(NOW.plus(Duration.ofHours(51)), NOW, Rows.TEXTS))
        .isEqualTo("about 2 days and 3 hours left.");
    assertThat(TimeLeft.words(NOW.plus(Duration.ofHours(25)), NOW, Rows.TEXTS))
        .isEqualTo("about 1 day and 1 hour left.");
    assertThat(TimeLeft.words(NOW.plus(Duration.ofDays(3)), NOW, Rows.TEXTS))
        .isEqualTo("about 3 days left.");
    assertThat(TimeLeft.words(NOW.plusSeconds(20), NOW, Rows.TEXTS))
        .isEqualTo("about 1 minute left.");
    assertThat(TimeLeft.words(NOW.minus(Duration.ofHours(30)), NOW, Rows.TEXTS))
        .isEqualTo("ended 1 day ago.");
  }

  @Test
  void anEndThatMattersNoMoreIsNotShown() {
    InvitationRow joined = row("dora.k").status(InvitationStatus.JOINED).make();
    assertThat(words.cell(RowColumn.ENDS, joined, NOW)).isEqualTo("–");
    assertThat(words.exactEnd(joined)).isEmpty();
  }

  @Test
  void saysOfTheCodeOnlyWhereItIs() {
    assertThat(row("dora.k").code(3).make().code()).isEqualTo("kept here");
    assertThat(row("dora.k").status(InvitationStatus.CODE_LOST).make().code())
        .isEqualTo("never came");
    assertThat(row("dora.k").make().code()).isEqualTo("not known");
  }

  @Test
  void copiesTheShownColumnsWithTheirHeaders() {
    InvitationRow dora = row("dora.k").store("CORP").groups("sales", "view\ters").make();
    InvitationRow ed = row("ed.m").make();
    assertThat(
            words.forClipboard(
                List.of(dora, ed),
                List.of(RowColumn.PERSON, RowColumn.GROUPS, RowColumn.STORE),
                NOW))
        .isEqualTo(
            """
            Person\tGroups\tUser store
            CORP/dora.k\tsales, view ers\tCORP
            ed.m\t\tnot known\
            """);
  }

  @Test
  void sortsByNeedThenByPerson() {
    InvitationRow pending = row("anna").make();
    InvitationRow lost = row("zoe").status(InvitationStatus.CODE_LOST).make();
    InvitationRow soonB = row("bert").status(InvitationStatus.EXPIRES_SOON).make();
    InvitationRow soonA = row("Abel").status(InvitationStatus.EXPIRES_SOON).make();
    assertThat(SortOrder.BY_NEED.sorted(List.of(pending, soonB, soonA, lost)))
        .containsExactly(lost, soonA, soonB, pending);
    assertThat(
            new SortOrder(List.of(new SortOrder.Key(RowColumn.PERSON, false)))
                .sorted(List.of(pending, soonB, soonA, lost)))
        .containsExactly(lost, soonB, pending, soonA);
  }
}
