package dev.guestlist.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.PastedPeople.Found;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastedPeopleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "amy",
        "  amy  ",
        "\"amy\"",
        "'amy'",
        "amy,",
        "\tamy\n\n",
        "\u200bamy\u200d",
        "\ufeffamy",
        "\u202eamy\u202c",
        "\u00a0amy",
        "a\u00admy"
      })
  void findsTheOneNameInWhateverStandsAroundIt(String text) {
    assertThat(names(text)).containsExactly("amy");
  }

  @Test
  void splitsListsOfEveryKind() {
    assertThat(names("amy, bob;carl\tdora\nerin\r\nfay")) //
        .containsExactly("amy", "bob", "carl", "dora", "erin", "fay");
  }

  @Test
  void takesTheAddressOutOfAMailHeaderAndKeepsTheName() {
    PastedPeople pasted =
        PastedPeople.find("To: \"Kaur, Dora\" <dora@x.example>, Ed M <ed@x.example>");

    assertThat(pasted.people())
        .containsExactly(
            new Found("dora@x.example", Optional.of("Kaur, Dora"), false),
            new Found("ed@x.example", Optional.of("Ed M"), false));
  }

  @Test
  void keepsANameWithASpaceAsTextToCorrect() {
    assertThat(PastedPeople.find("gus t\namy").people())
        .extracting(Found::text, Found::spaced)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("gus t", true),
            org.assertj.core.groups.Tuple.tuple("amy", false));
  }

  @Test
  void mergesNamesThatDifferInCaseOnlyAndSaysSo() {
    PastedPeople pasted = PastedPeople.find("Amy\namy\nCORP/amy\ncorp/AMY");

    assertThat(pasted.people()).extracting(Found::text).containsExactly("Amy", "CORP/amy");
    assertThat(pasted.merged()).isEqualTo(2);
  }

  @Test
  void sendsNamesAsTyped() {
    assertThat(names("Dora.K@Partners.Example")).containsExactly("Dora.K@Partners.Example");
  }

  @Test
  void findsTenPeopleAmongTwelveNamesAHeaderAndAnEmptyLine() {
    PastedPeople pasted =
        PastedPeople.find(
            """
            To: "Ann Abel" <ann@x.example>
            bob
            carl

            dora
            erin
            fay
            bob
            gus
            hal
            ida
            jan
            DORA
            """);

    assertThat(pasted.people()).hasSize(10);
    assertThat(pasted.merged()).isEqualTo(2);
  }

  @Test
  void keepsAnApostropheInsideANameAndALoneQuote() {
    assertThat(names("sean.o'neil\n\"amy")).containsExactly("sean.o'neil", "\"amy");
  }

  @Test
  void findsNobodyInNothing() {
    assertThat(PastedPeople.find(" \n,;\t\u200b\n").people()).isEmpty();
  }

  @Test
  void readsAMegabyteOfNamesQuickly() {
    PastedPeople pasted = PastedPeople.find("somebody.with.a.long.name,".repeat(40_000));

    assertThat(pasted.people()).hasSize(1);
    assertThat(pasted.merged()).isEqualTo(39_999);
  }

  private static List<String> names(String text) {
    return PastedPeople.find(text).people().stream().map(Found::text).toList();
  }
}
