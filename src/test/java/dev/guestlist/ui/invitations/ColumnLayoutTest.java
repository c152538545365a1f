package dev.guestlist.ui.invitations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnLayoutTest {
  private final ColumnLayout standard = ColumnLayout.standard();

  @Test
  void isReadBackAsItWasWritten() {
    ColumnLayout arranged =
        standard
            .with(RowColumn.EMAIL, true)
            .with(RowColumn.CODE, false)
            .moved(RowColumn.STATUS, 1)
            .sortedBy(RowColumn.ENDS)
            .sortedBy(RowColumn.ENDS);
    assertThat(ColumnLayout.parse(arranged.asText())).isEqualTo(arranged);
    assertThat(arranged.order().keys()).containsExactly(new SortOrder.Key(RowColumn.ENDS, false));
  }

  @Test
  void keepsWhatItUnderstandsOfATextFromAnotherVersion() {
    ColumnLayout read = ColumnLayout.parse("STATUS:200:shown MOOD:90:shown PERSON:x:shown|MOOD:up");
    assertThat(read.places().getFirst())
        .isEqualTo(new ColumnLayout.Place(RowColumn.STATUS, 200, true));
    assertThat(read.places())
        .extracting(ColumnLayout.Place::column)
        .containsExactlyInAnyOrder(RowColumn.values());
    assertThat(read.order().keys()).isEmpty();
  }

  @Test
  void isTheUsualOneWhenNothingWouldShow() {
    assertThat(ColumnLayout.parse("")).isEqualTo(standard);
    assertThat(ColumnLayout.parse("PERSON:100:hidden|")).isEqualTo(standard);
  }

  @Test
  void movesOverHiddenColumnsAndStopsAtTheEdge() {
    ColumnLayout moved = standard.moved(RowColumn.PERSON, 1);
    assertThat(moved.shownColumns()).startsWith(RowColumn.STATUS, RowColumn.PERSON);
    assertThat(moved.moved(RowColumn.STATUS, -1)).isEqualTo(moved);
  }

  @Test
  void ordersByNeedUnlessAskedOtherwise() {
    assertThat(standard.order().keys())
        .isEqualTo(List.of(new SortOrder.Key(RowColumn.STATUS, true)));
  }
}
