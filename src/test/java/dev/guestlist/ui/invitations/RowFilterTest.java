package dev.guestlist.ui.invitations;

import static dev.guestlist.ui.invitations.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.service.InvitationStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowFilterTest {
  private final InvitationRow dora =
      row("dora.k")
          .email("Dora@ACME.example")
          .store("CORP")
          .groups("sales", "viewers")
          .roles("Auditor")
          .make();
  private final InvitationRow ed =
      row("ed.m").status(InvitationStatus.EXPIRES_SOON).groups("sales").make();
  private final InvitationRow fay = row("fay.w").status(InvitationStatus.EXPIRED).make();
  private final List<InvitationRow> all = List.of(dora, ed, fay);

  @Test
  void withoutChipAndWordsEveryRowIsShown() {
    assertThat(RowFilter.of(RowChip.ALL, "  ").open()).isTrue();
    assertThat(RowFilter.of(RowChip.ALL, "  ").apply(all)).isSameAs(all);
  }

  @Test
  void findsPersonStoreAddressGroupAndRoleWithoutRegardToCase() {
    for (String typed : List.of("DORA", "corp/d", "acme.EXAMPLE", "viewer", "audit")) {
      assertThat(RowFilter.of(RowChip.ALL, typed).apply(all)).as(typed).containsExactly(dora);
    }
  }

  @Test
  void takesWordsInAnyOrderAndNeedsAllOfThem() {
    assertThat(RowFilter.of(RowChip.ALL, " sales   dora ").apply(all)).containsExactly(dora);
    assertThat(RowFilter.of(RowChip.ALL, "dora sales").apply(all)).containsExactly(dora);
    assertThat(RowFilter.of(RowChip.ALL, "dora marketing").apply(all)).isEmpty();
  }

  @Test
  void aWordDoesNotReachFromOneFieldIntoTheNext() {
    assertThat(RowFilter.of(RowChip.ALL, "viewersauditor").apply(all)).isEmpty();
  }

  @Test
  void chipAndWordsWorkTogether() {
    assertThat(RowFilter.of(RowChip.NEEDS_ATTENTION, "sales").apply(all)).containsExactly(ed);
  }

  @Test
  void theExpiredChipTakesWhatHasProbablyExpiredToo() {
    InvitationRow probably = row("gus.t").status(InvitationStatus.PROBABLY_EXPIRED).make();
    assertThat(RowFilter.of(RowChip.EXPIRED, "").apply(List.of(ed, fay, probably)))
        .containsExactly(fay, probably);
  }

  @Test
  void countsTellWhatEachChipWouldShow() {
    assertThat(TableContents.count(all))
        .containsEntry(RowChip.ALL, 3)
        .containsEntry(RowChip.NEEDS_ATTENTION, 1)
        .containsEntry(RowChip.EXPIRES_SOON, 1)
        .containsEntry(RowChip.EXPIRED, 1)
        .containsEntry(RowChip.WAITING, 0)
        .containsEntry(RowChip.NOT_LISTED, 0);
  }
}
