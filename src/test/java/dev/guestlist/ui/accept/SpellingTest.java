package dev.guestlist.ui.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.ui.kit.Texts;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Codes as they are read out over the phone.
class SpellingTest {
  private static final String CODE = "9b2e77c1-0a4d-4c1e-8f00-3d21b7e54f1c";
  private final Texts texts = Texts.english();

  private Spelling in(Spelling.Alphabet alphabet) {
    return new Spelling(texts.get(alphabet.key()));
  }

  @Test
  void aCodeIsReadInEightGroupsOfFour() {
    assertThat(in(Spelling.Alphabet.NATO).of(CODE))
        .extracting(Spelling.Group::characters)
        .containsExactly("9b2e", "77c1", "0a4d", "4c1e", "8f00", "3d21", "b7e5", "4f1c");
  }

  @Test
  void eachCharacterHasItsWord() {
    assertThat(in(Spelling.Alphabet.NATO).of("9b2e 0fad"))
        .extracting(Spelling.Group::spoken)
        .containsExactly("nine Bravo two Echo", "zero Foxtrot Alfa Delta");
    assertThat(in(Spelling.Alphabet.GERMAN).of("5fd0"))
        .extracting(Spelling.Group::spoken)
        .containsExactly("f\u00fcnf Frankfurt D\u00fcsseldorf null");
  }

  @Test
  void theBeginningOfACodeIsReadAsFarAsItGoes() {
    assertThat(in(Spelling.Alphabet.NATO).of("9B2E 7"))
        .extracting(Spelling.Group::characters)
        .containsExactly("9b2e", "7");
  }

  @Test
  void aCharacterWithoutAWordIsSaidAsItIs() {
    assertThat(in(Spelling.Alphabet.NATO).of("1\u00e4"))
        .extracting(Spelling.Group::spoken)
        .containsExactly("one \u00e4");
  }

  @Test
  void anAlphabetNeedsAWordForEachCharacter() {
    assertThatThrownBy(() -> new Spelling("zero one")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aGroupDoesNotTellItselfToALog() {
    assertThat(in(Spelling.Alphabet.NATO).of(CODE).toString())
        .doesNotContain("9b2e", "Bravo", "4f1c");
  }

  @Test
  void whatStandsInTheFieldIsReadBack() {
    assertThat(SpellingPopup.codeOf("9b2e 77", Optional.empty())).contains("9b2e 77");
    assertThat(SpellingPopup.codeOf("Hello, it is " + CODE + ". Regards", Optional.empty()))
        .contains(CODE);
    assertThat(SpellingPopup.codeOf("Hello", Optional.empty())).isEmpty();
    assertThat(SpellingPopup.codeOf("", Optional.empty())).isEmpty();
  }
}
