package dev.guestlist.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Target;
import dev.guestlist.model.Username;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowTextTest {
  private static final RowText.Names NAMES = new RowText.Names("Northwind", "Partners");
  private static final Target KIM =
      new Target.Person(Username.parse("CORP/kim.a"), List.of(), List.of());
  private static final Target ED = new Target.Listed(new InvitationId("1"), "ed.m");
  private static final Target CODE =
      new Target.Code("4f1c", Optional.of("dora.k"), Optional.empty());
  private static final Target UNKNOWN_CODE =
      new Target.Code("4f1c", Optional.empty(), Optional.empty());

  private static RowText say(Target target, RowState state, Optional<Reason> reason, String words) {
    return RowText.of(target, state, reason, words, NAMES, Texts.english());
  }

  @ParameterizedTest
  @EnumSource(RowState.class)
  void everyStateOfEveryKindIsASentence(RowState state) {
    for (Target target : List.of(KIM, ED, CODE, UNKNOWN_CODE)) {
      RowText text = say(target, state, Optional.empty(), "");
      assertThat(text.sentence()).matches("['*A-Z].*\\.").doesNotContain("{");
      assertThat(text.next()).matches("([A-Z].*\\.)?").doesNotContain("{");
    }
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonNamesThePersonAndTheNextStep(Reason reason) {
    RowText text = say(KIM, RowState.REFUSED, Optional.of(reason), "OUI-1: no");
    assertThat(text.sentence()).isNotBlank().doesNotContain("{");
    if (reason != Reason.ALREADY_MEMBER) {
      assertThat(text.next()).matches("[A-Z].*\\.").doesNotContain("{");
    }
  }

  @Test
  void anUnknownUserIsNamedWithParentAndStore() {
    assertThat(say(KIM, RowState.REFUSED, Optional.of(Reason.UNKNOWN_USER), "").sentence())
        .isEqualTo("No user 'kim.a' in Partners (user store CORP).");
  }

  @Test
  void aRefusalWithoutAKnownReasonShowsTheServersWords() {
    assertThat(say(ED, RowState.REFUSED, Optional.empty(), "OUI-7: it's {odd}").sentence())
        .isEqualTo("The server refused 'ed.m': \"OUI-7: it's {odd}\"");
  }

  @Test
  void aCodeNobodyLookedUpIsNamedByItsEndOnly() {
    assertThat(say(UNKNOWN_CODE, RowState.READY, Optional.empty(), "").sentence())
        .contains("****-4f1c");
  }

  @Test
  void aDecisionSaysWhyItIsNeeded() {
    assertThat(say(CODE, RowState.NEEDS_DECISION, Optional.of(Reason.EXPIRED), "").line())
        .isEqualTo(
            "The invitation of 'dora.k' has ended. Accepting it would only use the code up."
                + " Invite again to get a new code.");
  }

  @Test
  void withoutNamesTheSentencesStayWhole() {
    RowText text =
        RowText.of(
            CODE,
            RowState.JOINED,
            Optional.empty(),
            "",
            new RowText.Names("", ""),
            Texts.english());
    assertThat(text.sentence()).isEqualTo("'dora.k' has joined the organization.");
  }
}
