package dev.guestlist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.guestlist.model.PastedCodes.Almost;
import dev.guestlist.model.PastedCodes.Found;
import dev.guestlist.model.PastedCodes.Repair;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class PastedCodesTest {
  private static final String A = "9b2e77c1-0a4d-4c1e-8f00-3d21b7e54f1c";
  private static final String B = "77aa12f0-5f5f-4d3b-9c2d-aa01bb020e9d";
  private static final String C = "3d00beef-1234-4abc-8def-0123456789ab";
  private static final String ORGANIZATION = "10084a8d-113f-4211-a0d5-efe36b082211";
  private static final String LINK_FIRST = "https://h.example/?code=" + A + "\n" + A;
  private static final String LINK =
      "https://localhost:9443/o/"
          + ORGANIZATION
          + "/accountrecoveryendpoint/acceptinvitation.do?code=";

  private static List<String> codes(String text) {
    return PastedCodes.find(text).codes().stream().map(found -> found.code().reveal()).toList();
  }

  private static Found only(String text) {
    PastedCodes found = PastedCodes.find(text);
    assertThat(found.codes()).as(text).hasSize(1);
    assertThat(found.almost()).as(text).isEmpty();
    return found.codes().getFirst();
  }

  private static String without(String code, int place) {
    return new StringBuilder(code).deleteCharAt(place).toString();
  }

  @Nested
  class OneCode {
    @ParameterizedTest
    @ValueSource(
        strings = {
          A,
          "  " + A + "\n",
          "9B2E77C1-0A4D-4C1E-8F00-3D21B7E54F1C",
          "9b2e77c10a4d4c1e8f003d21b7e54f1c",
          "9b2e 77c1 0a4d 4c1e 8f00 3d21 b7e5 4f1c",
          "9b2e77c1 0a4d 4c1e 8f00 3d21b7e54f1c",
          "9b2e-77c1-0a4d-4c1e-8f00-3d21-b7e5-4f1c",
          "9b2e77c1 - 0a4d - 4c1e - 8f00 - 3d21b7e54f1c",
          "9b2e77c1\u20110a4d\u20114c1e\u20118f00\u20113d21b7e54f1c",
          "9b2e77c1–0a4d–4c1e–8f00–3d21b7e54f1c",
          "9b2e\u00a077c1\u00a00a4d\u00a04c1e\u00a08f00\u00a03d21\u00a0b7e5\u00a04f1c",
          "9b2e77c1-\u200b0a4d-\u200b4c1e-\u200b8f00-\u200b3d21b7e54f1c",
          "9b 2e 77 c1 0a 4d 4c 1e 8f 00 3d 21 b7 e5 4f 1c",
          "9b2e77 c10a4d 4c1e8f 003d21 b7e54f 1c",
          "9b2e77c1-0a4d4c1e8f00-3d21b7e54f1c",
          "\"" + A + "\"",
          "{" + A + "}",
          "<" + A + ">",
          "Code: " + A + ".",
          "code " + A + ", thanks",
          "code 9b2e 77c1 0a4d 4c1e 8f00 3d21 b7e5 4f1c",
          "face 9b2e 77c1 0a4d 4c1e 8f00 3d21 b7e5 4f1c",
          "face " + A,
          "a " + A + " I",
          "cafe\n" + A,
          A + "\nface",
          "urn:uuid:" + A,
          "９ｂ２ｅ７７ｃ１－０ａ４ｄ－４ｃ１ｅ－８ｆ００－３ｄ２１ｂ７ｅ５４ｆ１ｃ",
          "９Ｂ２Ｅ 77c1 0a4d 4c1e 8f00 3d21 b7e5 4f1c",
          "9b2e77c1\u20150a4d\uFF0D4c1e\uFE588f00\u22123d21b7e54f1c",
          "\u200e" + A + "\u200f",
          "\u202a9b2e77c1-0a4d\u202c-4c1e-8f00-3d21b7e54f1c",
          "9b2e77c1&shy;-0a4d-4c1e&#45;8f00-3d21b7e54f1c",
          "9b2e77c1=E2=80=910a4d=E2=80=914c1e=e2=80=918f00=E2=80=913d21b7e54f1c",
          "9b2e=C2=A077c1=E2=80=AF0a4d 4c1e 8f00 3d21 b7e5 4f1c",
          "9b2e77c1%E2%80%910a4d%E2%80%914c1e%E2%80%918f00%E2%80%913d21b7e54f1c",
          "| " + A + " |",
        })
    void isReadInAnyForm(String text) {
      Found found = only(text);

      assertThat(found.code().reveal()).isEqualTo(A);
      assertThat(found.repair()).isEqualTo(Repair.NONE);
      assertThat(found.host()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "9b2e77c1-0a4d-4c1e-\n8f00-3d21b7e54f1c",
          "9b2e77c1-0a4d-4c1e\n-8f00-3d21b7e54f1c",
          "9b2e77c1-0a4d-4c1e-8f00-3d21\r\nb7e54f1c",
          "> 9b2e77c1-0a4d-4c1e-8f00\n> -3d21b7e54f1c",
          ">> 9b2e77c1-0a\n>> 4d-4c1e-8f00-3d21b7e54f1c and more",
          "9b2e77c10a4d4c1e\n8f003d21b7e54f1c",
          "9b2e 77c1 0a4d 4c1e\n8f00 3d21 b7e5 4f1c",
          "9b2e77c1-0a4d-4c1e-8f00-3d21b7e54f1\nc",
          "9b2e77c1\n0a4d\n4c1e\n8f00\n3d21b7e54f1c",
          "9b2e77c1-0a4d-4c\n\t1e-8f00-3d21b7e54f1c",
          "9b2e77c1-0a4d-4c\n\u00a01e-8f00-3d21b7e54f1c",
          "9b2e77c1-0a4d-4c \n1e-8f00-3d21b7e54f1c",
          "9b2e77c1-0a4d-4c\t\r\n  1e-8f00-3d21b7e54f1c",
          "> 9b2e77c1-0a4d-4c\n> 1e-8f00-3d21b7e54f1c",
          "| 9b2e77c1-0a4d-4c\n| 1e-8f00-3d21b7e54f1c",
          "> > 9b2e77c1-0a4d-4c\n> > 1e-8f00-3d21b7e54f1c",
          "<p>9b2e77c1-0a4d-4c<br>1e-8f00-3d21b7e54f1c</p>",
          "<p>9b2e77c1-0a4d-4c<BR />\n1e-8f00-3d21b7e54f1c</p>",
        })
    void isJoinedWhenALineBreakStandsInside(String text) {
      Found found = only(text);

      assertThat(found.code().reveal()).isEqualTo(A);
      assertThat(found.repair()).isEqualTo(Repair.JOINED);
      assertThat(PastedCodes.find(text).repaired()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "9b2e77cl-Oa4d-4c1e-8fOO-3d21b7e54f1c",
          "9b2e77cI-oa4d-4cle-8fo0-3d2Ib7e54flc",
          "9b2e77clOa4d4c1e8f003d21b7e54f1c",
          "9b2e 77cl Oa4d 4c1e 8fOO 3d21 b7e5 4f1c",
        })
    void isCorrectedWhereALetterLooksLikeADigit(String text) {
      Found found = only(text);

      assertThat(found.code().reveal()).isEqualTo(A);
      assertThat(found.repair()).isEqualTo(Repair.LETTERS);
    }
  }

  /// A number beside a code in groups has the form of a group too.
  @Nested
  class ANumberBeside {
    private static final String FOURS = "9b2e 77c1 0a4d 4c1e 8f00 3d21 b7e5 4f1c";
    private static final String B_FOURS = "77aa 12f0 5f5f 4d3b 9c2d aa01 bb02 0e9d";

    @ParameterizedTest
    @ValueSource(
        strings = {
          "INC-4711\n" + FOURS,
          "INC-4711\n9b2e-77c1-0a4d-4c1e-8f00-3d21-b7e5-4f1c",
          "INC-4711\n9b2e 77c1 0a4d 4c1e\n8f00 3d21 b7e5 4f1c",
          "+49 30 1234\n" + FOURS,
          "13 Nov 2025 " + FOURS,
          "13 Nov 2025: " + FOURS,
          "1001\t" + FOURS,
          "4711 9b2e-77c1-0a4d-4c1e-8f00-3d21-b7e5-4f1c",
          "4711 - 9b2e-77c1-0a4d-4c1e-8f00-3d21-b7e5-4f1c",
          "20251113 9b2e77c1 0a4d4c1e 8f003d21 b7e54f1c",
          "20251113 " + FOURS,
          "4711 4712 " + FOURS,
          FOURS + " 2025",
          FOURS + "\t1001",
          FOURS + "\n2025 was a year",
          "9b2e 77c1 0a4d 4c1e\n8f00 3d21 b7e5 4f1c\n1234",
          "9b2e 77c1 0a4d 4c1e\n8f00 3d21 b7e5 4f1c 2025",
          "9b2e77c1 0a4d 4c1e 8f00 3d21b7e54f1c 2025 2026",
        })
    void isNoPartOfIt(String text) {
      assertThat(only(text).code().reveal()).isEqualTo(A);
    }

    @Test
    void isNoPartOfAnyRowOfASheet() {
      assertThat(codes("1001\t" + FOURS + "\n1002\t" + B_FOURS + "\n")).containsExactly(A, B);
      assertThat(codes(FOURS + "\t1001\n" + B_FOURS + "\t1002\n")).containsExactly(A, B);
    }

    @Test
    void mayBeACodeThatLacksItsLastGroupAndLeavesTheNextOneWhole() {
      PastedCodes found = PastedCodes.find(without(FOURS, 35, 40) + "\n" + B_FOURS);

      assertThat(found.codes()).extracting(one -> one.code().reveal()).containsExactly(B);
      assertThat(found.almost()).extracting(Almost::letters).containsExactly(28);
      assertThat(found.ignoredLines()).isZero();
    }

    @Test
    void isNoneWhereOneCodeFollowsTheOther() {
      assertThat(codes(FOURS + " " + B_FOURS)).containsExactly(A, B);
      assertThat(codes(FOURS.replaceFirst("(.{19}) ", "$1\n") + "\n" + B_FOURS))
          .containsExactly(A, B);
      String halves = (FOURS + "\n" + B_FOURS).replaceAll("((?:\\w{4} ){3}\\w{4}) ", "$1\n");
      assertThat(halves.lines()).hasSize(4);
      assertThat(codes(halves)).containsExactly(A, B);
      assertThat(codes(FOURS + " " + (B_FOURS + " ").repeat(20))).hasSize(2);
    }

    @Test
    void thatCannotBeToldFromItIsShownAndNotGuessed() {
      String text = "Code 1111 2222 3333 4444 5555 6666 7777 8888 9999 thanks";
      PastedCodes found = PastedCodes.find(text);

      assertThat(found.codes()).isEmpty();
      assertThat(found.almost())
          .containsExactly(new Almost("1111 2222 3333 4444 5555 6666 7777 8888 9999", 36));
    }

    private static String without(String text, int from, int end) {
      return new StringBuilder(text).delete(from - 1, Math.min(end, text.length())).toString();
    }
  }

  @Nested
  class InALink {
    /// `=20` and `=3d` are a space and an equals sign in a mail's encoding, and the beginning of
    /// every 256th code.
    @Test
    void mayBeginWithAnyTwoDigits() {
      for (int first = 0; first < 256; first++) {
        String code = "%02x".formatted(first) + A.substring(2);
        assertThat(codes(LINK + code)).as(code).containsExactly(code);
        assertThat(codes(LINK + code.replace("-", ""))).as(code).containsExactly(code);
        assertThat(codes("https://h/x?c=" + code)).as(code).containsExactly(code);
        assertThat(codes("code=" + code + ".")).as(code).containsExactly(code);
        assertThat(codes("https://h/x?code=3D" + code)).as(code).containsExactly(code);
        assertThat(codes("https://h/x?code=\r\n=3D" + code)).as(code).containsExactly(code);
        assertThat(codes("Your code:=20" + code + "=20\r\n")).as(code).containsExactly(code);
        assertThat(codes("Your code:=09" + code.replace("-", ""))).as(code).containsExactly(code);
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          LINK + A,
          "<" + LINK + A + ">",
          LINK + A + "&lang=en",
          LINK + "9B2E77C1-0A4D-4C1E-8F00-3D21B7E54F1C#top",
          "https://h/x?org=" + ORGANIZATION + "&code=" + A,
          "https://h/x?code=" + A + "&org=" + ORGANIZATION,
          "https://h/x?org=" + ORGANIZATION + "&amp;code=" + A + "&amp;t=1",
          "https://h/x?CODE=" + A,
          "https://h/x?code=9b2e77c1%2D0a4d%2D4c1e%2D8f00%2D3d21b7e54f1c",
          "https://safe.example/?url=https%3A%2F%2Fh%2Fo%2F"
              + ORGANIZATION
              + "%2Fx%3Fcode%3D"
              + A
              + "&data=05%7C"
              + ORGANIZATION,
          "https://safe.example/?url=https%253A%252F%252Fh%252Fx%253Fcode%253D" + A + "&d=1",
          "https://safe.example/?u=https%3A%2F%2Fh%2Fx%3Forg%3D"
              + ORGANIZATION
              + "%26code%3D9b2e77c1%2D0a4d-4c1e-8f00-3d21b7e54f1c",
          "https://h/o/" + ORGANIZATION + "/accept/" + A,
          "https://h/x?code=9b2e77c10a4d4c1e8f003d21b7e54f1c",
        })
    void onlyTheCodeCounts(String text) {
      Found found = only(text);

      assertThat(found.code().reveal()).isEqualTo(A);
      assertThat(found.host()).isPresent();
      assertThat(PastedCodes.find(text).ignoredLines()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://id.acme.example/x?confirmationCode=" + A + "&x=y",
          "https://id.acme.example/x?x=" + ORGANIZATION + "&confirmationCode=" + A,
          "https://id.acme.example/x?x=" + ORGANIZATION + "&amp;confirmationCode=" + A + "&amp;y=1",
          "https://id.acme.example/x?confirmation_code=" + A + "&org=" + ORGANIZATION,
          "https://ID.Acme.Example:9443/x?code=" + A,
          "https://kim:secret@id.acme.example/x?code=" + A,
          "http://id.acme.example/x?code=" + A,
          "HTTPS://ID.ACME.EXAMPLE/X?CODE=" + A,
          "https://eur01.safelinks.example/?url=https%3A%2F%2Fid.acme.example%3A9443%2Fo%2F"
              + ORGANIZATION
              + "%2Fx%3Fcode%3D"
              + A
              + "&data=05%7C"
              + ORGANIZATION,
          "https://safe.example/?u=https%253A%252F%252Fid.acme.example%252Fx%253Fcode%253D" + A,
          "https://urldefense.example/v3/__https://id.acme.example/x?code=" + A + "__;!!abc!d$",
          "https://id.acm=\r\ne.example/x?code=3D" + A,
          "htt=\r\nps://id.acme.example/o/" + ORGANIZATION + "/x?code=3D" + A,
          "See https://docs.example/a (or https://id.acme.example/x?code=" + A + ")",
          "https://id.acme.example/x?callback=https%3A%2F%2Fapp.example%2Fhome&code=" + A,
          "https://id.acme.example/x?a=https%3A%2F%2Fone.example&b=https%3A%2F%2Ftwo.example&code="
              + A,
          "https://safe.example/?u=https%3A%2F%2Fid.acme.example%2Fx%3Fa%3Dhttps%253A%252F%252F"
              + "app.example%26code%3D"
              + A
              + "&data=05",
        })
    void namesTheHostThatTheCodeIsFor(String text) {
      Found found = only(text);

      assertThat(found.code().reveal()).isEqualTo(A);
      assertThat(found.host()).contains("id.acme.example");
    }

    @Test
    void severalInOneLineAreEachReadWithTheirHost() {
      PastedCodes found =
          PastedCodes.find(
              "https://one.example/?code=" + A + " https://two.example/?code=" + B + " " + C);

      assertThat(found.codes())
          .extracting(one -> one.code().reveal(), one -> one.host().orElse("none"))
          .containsExactly(tuple(A, "one.example"), tuple(B, "two.example"), tuple(C, "none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {A + "\nhttps://h.example/?code=" + A, LINK_FIRST})
    void theSameCodeWithoutALinkCountsTwiceAndKeepsTheHost(String text) {
      PastedCodes found = PastedCodes.find(text);

      assertThat(found.twice()).isEqualTo(1);
      assertThat(found.codes())
          .singleElement()
          .satisfies(one -> {
            assertThat(one.host()).contains("h.example");
            assertThat(one.repair()).isEqualTo(Repair.NONE);
          });
    }

    @Test
    void isReadAcrossTheLineBreakThatAMailProgramPutIn() {
      String text = "Accept: " + LINK + A.substring(0, 20) + "\n" + A.substring(20) + "\nRegards";

      PastedCodes found = PastedCodes.find(text);

      assertThat(codes(text)).containsExactly(A);
      assertThat(found.codes().getFirst().repair()).isEqualTo(Repair.JOINED);
      assertThat(found.ignoredLines()).isEqualTo(1);
      assertThat(found.firstIgnored()).isEqualTo("Regards");
    }

    @Test
    void isReadWhenTheLineBreaksRightAfterTheEqualsSign() {
      assertThat(codes(LINK + "\n" + A)).containsExactly(A);
    }

    @Test
    void aCodeThatBeginsLikeAnEncodedEqualsSignIsReadAsItIs() {
      assertThat(codes(LINK + C)).containsExactly(C);
      assertThat(codes("code=" + C)).containsExactly(C);
      assertThat(codes("code=" + C.toUpperCase(java.util.Locale.ROOT))).containsExactly(C);
    }

    @Test
    void aLinkWithoutACodeGivesNoneForItsOrganization() {
      PastedCodes found = PastedCodes.find("See https://h/o/" + ORGANIZATION + "/console");

      assertThat(found.none()).isTrue();
      assertThat(found.ignoredLines()).isEqualTo(1);
    }

    @Test
    void anotherParameterThatEndsLikeItIsNotTheCode() {
      assertThat(codes("https://h/o/x?zipcode=" + B + "&code=" + A)).containsExactly(A);
    }

    @Test
    void aShortenedCodeIsAlmostOne() {
      PastedCodes found = PastedCodes.find(LINK + without(A, 30));

      assertThat(found.codes()).isEmpty();
      assertThat(found.almost()).containsExactly(new Almost(without(A, 30), 31));
    }
  }

  @Nested
  class AWholeMail {
    private static final String QUOTED_PRINTABLE =
        """
        Return-Path: <no-reply@acme.example>\r
        Message-ID: <7c1f2a90-aaaa-bbbb-cccc-1234567890ab@acme.example>\r
        X-Universally-Unique-Identifier: 0F0F0F0F-1111-2222-3333-444455556666\r
        Content-Type: multipart/alternative; boundary="Apple-Mail=_AAAA77C1-0A4D-4C1E-8F00-3D21B7E54F1C"\r
        \r
        --Apple-Mail=_AAAA77C1-0A4D-4C1E-8F00-3D21B7E54F1C\r
        Content-Transfer-Encoding: quoted-printable\r
        \r
        Dear Dora,\r
        \r
        you are invited. Open https://localhost:9443/o/10084a8d-113f-4211-a0d5-efe3=\r
        6b082211/accountrecoveryendpoint/acceptinvitation.do?code=3D9b2e77c1-0a4d-4=\r
        c1e-8f00-3d21b7e54f1c\r
        \r
        or give this code on the phone: 77aa12f0-5f5f-4d3b-9c2d-aa01bb020e9=\r
        d.\r
        \r
        Regards=\r
        , ACME\r
        """;

    @Test
    void isTakenApartWithItsEncoding() {
      PastedCodes found = PastedCodes.find(QUOTED_PRINTABLE);

      assertThat(codes(QUOTED_PRINTABLE)).containsExactly(A, B);
      assertThat(found.codes().get(0).host()).contains("localhost");
      assertThat(found.codes().get(0).repair()).isEqualTo(Repair.NONE);
      assertThat(found.codes().get(1).host()).isEmpty();
      assertThat(found.twice()).isZero();
      assertThat(found.almost()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 15, 20, 24, 30, 37, 39, 40, 41})
    void mayBreakTheEncodedLinkAnywhere(int place) {
      String coded = "?x=3D1&code=3D" + A;
      String cut = coded.substring(0, place) + "=\r\n" + coded.substring(place);
      boolean inEscape = coded.startsWith("=3D", place - 1) || coded.startsWith("=3D", place - 2);

      if (!inEscape) { // no mail program breaks there
        assertThat(codes("Open https://h/o/" + ORGANIZATION + "/a" + cut)).containsExactly(A);
      }
    }

    @Test
    void inHtmlIsReadToo() {
      String html =
          "<p>Hi</p><a href=\"" + LINK + A + "&amp;x=1\">Accept</a><p>Code:&nbsp;" + B + "</p>";

      assertThat(codes(html)).containsExactly(A, B);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"&#45;", "&#x2d;", "&#8209;", "&hyphen;", "&ndash;", "<wbr>-", "&shy;-"})
    void asTheSourceOfAPageIsReadToo(String dash) {
      assertThat(codes("<p>Code:&#160;" + A.replace("-", dash) + "</p>")).containsExactly(A);
    }

    @Test
    void asARepliedOneIsReadWithItsQuoteMarks() {
      String reply =
          "My code does not work!\n\n> On Monday ACME wrote:\n>\n> "
              + A.substring(0, 12)
              + "\n> "
              + A.substring(12)
              + "\n>\n> Regards\n";

      PastedCodes found = PastedCodes.find(reply);

      assertThat(codes(reply)).containsExactly(A);
      assertThat(found.repaired()).isEqualTo(1);
    }
  }

  @Nested
  class ManyCodes {
    @Test
    void keepTheirOrderAndAreCounted() {
      String text = B + "\r\n" + A + "\r\n\r\nhello there\r\n" + B.replace("-", "") + "\r\nRegards";

      PastedCodes found = PastedCodes.find(text);

      assertThat(codes(text)).containsExactly(B, A);
      assertThat(found.twice()).isEqualTo(1);
      assertThat(found.ignoredLines()).isEqualTo(2);
      assertThat(found.firstIgnored()).isEqualTo("hello there");
    }

    @Test
    void aCodeThreeTimesIsOneThatStandsThereMoreThanOnce() {
      assertThat(PastedCodes.find(A + "\n" + A + "\n" + A).twice()).isEqualTo(1);
    }

    @Test
    void theCleanerOneOfTwoIsKept() {
      PastedCodes found = PastedCodes.find(A.replace('0', 'O') + "\n" + A);

      assertThat(found.codes()).extracting(Found::repair).containsExactly(Repair.NONE);
      assertThat(found.twice()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", ",", ";", ", ", "\t", "\n", "\r\n", " / ", "\n\n", "|"})
    void areToldApartByAnySeparator(String separator) {
      assertThat(codes(String.join(separator, A, B, C))).containsExactly(A, B, C);
    }

    @Test
    void withoutDashesOnePerLineAreToldApart() {
      String text = String.join("\n", A, B, C).replace("-", "");

      assertThat(codes(text)).containsExactly(A, B, C);
    }

    @Test
    void inGroupsOfFourOnePerLineAreToldApart() {
      String text =
          "9b2e 77c1 0a4d 4c1e 8f00 3d21 b7e5 4f1c\n77aa 12f0 5f5f 4d3b 9c2d aa01 bb02 0e9d";

      assertThat(codes(text)).containsExactly(A, B);
    }

    @Test
    void inATableAreReadFromTheirColumn() {
      String text = "name;code;end\ndora.k;" + A + ";2025-11-15\ned.m;" + B + ";2025-11-15\n";

      PastedCodes found = PastedCodes.find(text);

      assertThat(codes(text)).containsExactly(A, B);
      assertThat(found.ignoredLines()).isEqualTo(1);
      assertThat(found.firstIgnored()).isEqualTo("name;code;end");
    }

    @Test
    void thirtyFromAMailAreTwentyNineWithOneTwiceAndOneJoined() {
      Random random = new Random(7);
      StringBuilder mail = new StringBuilder("Dear helpdesk,\n\nplease accept these:\n");
      String first = uuid(random);
      mail.append(first).append('\n');
      mail.append(first, 0, 13).append('\n').append(first, 13, 36).append('\n');
      for (int i = 0; i < 28; i++) {
        String code = uuid(random);
        mail.append(i % 3 == 0 ? LINK + code : "- " + code).append('\n');
      }
      String broken = uuid(random);
      mail.append(broken, 0, 9).append('\n').append(broken, 9, 36).append("\nThanks\nBert\n");

      PastedCodes found = PastedCodes.find(mail.toString());

      assertThat(found.codes()).hasSize(30);
      assertThat(found.twice()).isEqualTo(1);
      assertThat(found.repaired()).isEqualTo(1);
      assertThat(found.ignoredLines()).isEqualTo(4);
      assertThat(found.almost()).isEmpty();
    }

    private static String uuid(Random random) {
      return new UUID(random.nextLong(), random.nextLong()).toString();
    }
  }

  @Nested
  class AlmostACode {
    @Test
    void aLetterMissingAnywhereIsReportedAndNotDropped() {
      for (int place = 0; place < A.length(); place++) {
        if (A.charAt(place) != '-') {
          String text = without(A, place);
          PastedCodes found = PastedCodes.find("code: " + text + " thanks");
          assertThat(found.codes()).as(text).isEmpty();
          assertThat(found.almost()).as(text).containsExactly(new Almost(text, 31));
        }
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "9b2e77c1-0a4d-4c1e-8f00-3d21b7e54f1",
          "9b2e77c1-0a4d-4c1e-8f00-3d21b7e54f1c2",
          "9b2g77c1-0a4d-4c1e-8f00-3d21b7e54f1c",
          "9b2e77c1-0a4d-4cze-8f00-3d21b7e54f1z",
          "9b2e77c-10a4d-4c1e-8f00-3d21b7e54f1c",
          "9b2e77c10a4d4c1e8f003d21b7e54f1",
          "9b2e77c10a4d4c1e8f003d21b7e54f1c0",
          "9b2e77c10a4d4c1e8f003d21b7e54fzc",
          "9b2e 77c1 0a4d 4c1e 8f00 3d21 b7e5 4f1",
          "9b2e 77c1 0a4d 4c1e 8f00 3d21 b7e5 4f1 thanks",
          "9b2e77c1-0a4d-4c1e-8f00-3d21b7e54f1\nI hope that helps",
          "9b2e77c1-0a4d-4c1e-8f00-3d21b7e54f1\n" + B,
          A + "Regards",
          "9b2e77c10a4d4c1e8f003d21b7e54f1cRegards, Dora",
        })
    void isReportedWithItsText(String text) {
      PastedCodes found = PastedCodes.find(text);

      assertThat(found.almost()).as(text).hasSize(1);
      assertThat(text).startsWith(found.almost().getFirst().text());
      assertThat(codes(text)).doesNotContain(A);
      assertThat(codes(text)).isEqualTo(text.endsWith(B) ? List.of(B) : List.of());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "   \n \n",
          "dora.k",
          "Regards, Dora",
          "+49 89 1234 5678 90",
          "DE89 3704 0044 0532 0130 00",
          "4111 1111 1111 1111",
          "2025-11-12T09:30:00Z",
          "da39a3ee5e6b4b0d3255bfef95601890afd80709",
          "7c1f2a90-aaaa-bbbb-cccc-1234567890ab@acme.example",
          "INC-4711-2025-11-0042",
          "decade of faded beef",
          "=====================================",
          "--------------------------------------",
          "00-0af7651916cd43dd8448eb211c80319c0011-b7ad6b7169203331-01",
        })
    void nothingElseIs(String text) {
      PastedCodes found = PastedCodes.find(text);

      assertThat(found.none()).as(text).isTrue();
      assertThat(found.ignoredLines()).isEqualTo(text.isBlank() ? 0 : 1);
    }
  }

  @Nested
  class Secrets {
    @Test
    void standInNoTextForm() {
      PastedCodes found = PastedCodes.find(A + "\n" + without(B, 3) + "\nhello");

      assertThat(found.toString())
          .isEqualTo("PastedCodes[1 codes, 0 twice, 1 almost, 1 lines ignored]");
      assertThat(found.codes().toString()).doesNotContain(A).contains("4f1c");
      assertThat(found.almost().toString()).doesNotContain(without(B, 3));
    }

    @Test
    void areCutOffInTheIgnoredLineThatIsShown() {
      assertThat(PastedCodes.find("word ".repeat(100)).firstIgnored()).hasSize(60).endsWith("…");
    }
  }

  @Nested
  class HugeTexts {
    private static final int SIZE = 1_000_000;

    @ParameterizedTest
    @ValueSource(
        strings = {
          "a",
          "0",
          "a ",
          "abcd ",
          "0000 ",
          "face\n",
          "-",
          "0-",
          " ",
          "\n",
          "=\n",
          "%25",
          "%",
          "code=",
          "https://",
          "https://h/?code=9b2e77c1-0a4d",
          "9b2e77c1-0a4d-4c1e-8f00-3d21b7e54f1",
          "x-a:",
          "http",
          "http:/",
          "https://h",
          "https%3A%2F%2Fh",
          "https://h/?code=3D",
          "https://a:b:c:",
          "=3D",
          "&",
          "&amp;",
          "a-",
          "１",
        })
    void takeTimeThatGrowsWithTheirLength(String unit) {
      String text = unit.repeat(SIZE / unit.length());

      PastedCodes found =
          assertTimeoutPreemptively(
              Duration.ofSeconds(10),
              () -> {
                return PastedCodes.find(text);
              });

      assertThat(found.codes()).hasSizeLessThan(2);
    }

    /// Ten times the text may take sixty times as long, and no more: one that is walked through for
    /// each of its places takes a hundred times.
    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://h%253A%252F%252Fx/?code=",
          "https://h/?code=9b2e77c1-0a4d-4c1e-8f00-3d21b7e54f1c&",
          "9b2e77c1-0a4d-\n> ",
          "9b2e 77c1 0a4d 4c1e ",
          "25",
        })
    void growNoFasterThanTheirLength(String unit) {
      String small = unit.repeat(100_000 / unit.length());
      String large = unit.repeat(1_000_000 / unit.length());
      shortest(small);

      assertThat(shortest(large)).isLessThan(60 * Math.max(shortest(small), 2_000_000L));
    }

    /// In the time that this thread works: what else the machine does counts for nothing.
    private static long shortest(String text) {
      ThreadMXBean worked = ManagementFactory.getThreadMXBean();
      long best = Long.MAX_VALUE;
      for (int time = 0; time < 4; time++) {
        long began = worked.getCurrentThreadCpuTime();
        assertThat(PastedCodes.find(text).codes()).hasSizeLessThan(3);
        best = Math.min(best, worked.getCurrentThreadCpuTime() - began);
      }
      return best;
    }

    @Test
    void losesNoneOfThirtyThousandCodes() {
      Random random = new Random(11);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 30_000; i++) {
        text.append(new UUID(random.nextLong(), random.nextLong())).append(i % 2 == 0 ? "\n" : " ");
      }

      assertThat(PastedCodes.find(text.toString()).codes()).hasSize(30_000);
    }
  }
}
