package dev.guestlist.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.guestlist.model.PastedCodes;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class MailFilesTest {
  private static final String A = "9b2e77c1-0a4d-4c1e-8f00-3d21b7e54f1c";
  private static final String B = "77aa12f0-5f5f-4d3b-9c2d-aa01bb020e9d";
  private static final String C = "3d00beef-1234-4abc-8def-0123456789ab";
  private static final String LINK = "https://id.acme.example/x?code=";
  private static final String HEAD =
      """
      From: Dora <dora@acme.example>
      To: desk@acme.example
      Subject: Codes
      Message-ID: <10084a8d-113f-4211-a0d5-efe36b082211@acme.example>
      MIME-Version: 1.0
      """;

  private static String text(String mail) {
    return MailFiles.text(mail.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private static PastedCodes found(String mail) {
    return PastedCodes.find(text(mail));
  }

  private static List<String> codes(String mail) {
    return found(mail).codes().stream().map(one -> one.code().reveal()).toList();
  }

  private static String base64(String text, Charset charset) {
    return Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(text.getBytes(charset));
  }

  private static String parts(String kind, String... parts) {
    StringBuilder mail = new StringBuilder(HEAD);
    mail.append("Content-Type: multipart/").append(kind).append("; boundary=\"=_cut\"\n\n");
    for (String part : parts) {
      mail.append("--=_cut\n").append(part).append("\n");
    }
    return mail.append("--=_cut--\n").toString();
  }

  @Nested
  class PastedAsItsSource {
    private static final String EXCHANGE =
        """
        Received: from AM0PR04MB4321.eurprd04.prod.outlook.example (2603:10a6:208:c4::17)
         by VI1PR04MB5566 with HTTPS; id 0b0b0b0b-1111-4222-8333-444455556666
        Received: from mail.acme.example (10.0.0.4) by DB5
        \tid 0c0c0c0c-1111-4222-8333-444455556666; Thu, 13 Nov 2025 10:31:00 +0000
        From: Dora <dora@acme.example>
        To: desk@acme.example
        Subject: Codes
        X-MS-Exchange-Organization-Network-Message-Id: 0d0d0d0d-1111-4222-8333-444455556666
        X-MS-Office365-Filtering-Correlation-Id: 0e0e0e0e-1111-4222-8333-444455556666
        X-MS-Exchange-CrossTenant-OriginalAttributedTenantConnectingIp-And-More:
         TenantId=0f0f0f0f-1111-4222-8333-444455556666;Ip=[10.0.0.4];
         Helo=[mail.acme.example]
        ARC-Authentication-Results: i=1; mx.example; dkim=none;
         tenant=0a0a0a0a-1111-4222-8333-444455556666
        msip_labels: MSIP_Label_0b1b1b1b-1111-4222-8333-444455556666_Enabled=True;
        MIME-Version: 1.0
        """;

    private static List<String> pasted(String text) {
      return MailFiles.codesIn(text).codes().stream().map(one -> one.code().reveal()).toList();
    }

    @Test
    void itsHeadersGiveNoCodes() {
      assertThat(pasted(EXCHANGE + "Content-Type: text/plain\n\n" + A + "\n")).containsExactly(A);
      assertThat(pasted(EXCHANGE.indent(2) + "\n" + B)).as("indented").containsExactly(B);
      assertThat(pasted(EXCHANGE.replaceAll("(?m)^", "> ") + ">\n> " + B))
          .as("quoted")
          .containsExactly(B);
      assertThat(pasted(EXCHANGE + " \n  " + B)).as("an indented body").containsExactly(B);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Content-Transfer-Encoding",
          "Content-transfer-encoding",
          "content-TRANSFER-encoding"
        })
    void itsEncodedBodyIsRead(String header) {
      String body = base64("Your codes: " + A + "\n" + B + "\n", StandardCharsets.UTF_8);
      String mail =
          EXCHANGE + "Content-Type: text/plain; charset=utf-8\n" + header + ": base64\n\n";

      assertThat(pasted(mail + body)).containsExactly(A, B);
      assertThat(pasted((mail + body).replace("\n", "\r\n"))).containsExactly(A, B);
    }

    @Test
    void anEncodedPartIsReadBesideACodeThatStandsThereInClear() {
      String mail =
          parts(
              "mixed",
              "Content-Type: text/plain\n\nFirst: " + A,
              "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
                  + base64("<p>Second: " + B + "</p>", StandardCharsets.UTF_8));

      assertThat(pasted(mail)).containsExactly(A, B);
      assertThat(pasted(C + "\n\n" + mail)).containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    void severalOneAfterTheOtherAreEachRead() {
      String head = "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n";
      String one = HEAD + head + base64("Code " + A, StandardCharsets.UTF_8);
      String two = HEAD + head + base64("Code " + B, StandardCharsets.UTF_8);

      assertThat(pasted(one + "\n\n" + two)).containsExactly(A, B);
    }

    @Test
    void theMarksBetweenItsPartsGiveNoCodes() {
      String mark = "b1_0b0b0b0b111142228333444455556666";
      String mail =
          "Content-Type: multipart/mixed;\n boundary=\"%1$s\"\n\n--%1$s\n\n%2$s\n--%1$s--\n"
              .formatted(mark, A);

      assertThat(pasted(EXCHANGE + mail)).containsExactly(A);
    }
  }

  @Nested
  class OfAMail {
    @Test
    void theHeadersAreNotPartOfTheText() {
      String mail = HEAD + "Content-Type: text/plain\n\nHello\n" + A + "\n";

      assertThat(text(mail)).isEqualToNormalizingNewlines("Hello\n" + A + "\n");
    }

    @Test
    void aBodyInBase64IsDecoded() {
      String html = "<html><body><p>Grüße</p><a href='" + LINK + A + "'>Accept</a></body></html>";
      String mail =
          HEAD
              + "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
              + base64(html, StandardCharsets.UTF_8);

      assertThat(text(mail)).contains("Grüße").contains("Accept " + LINK + A).doesNotContain("<p>");
      assertThat(found(mail).codes().getFirst().host()).contains("id.acme.example");
    }

    @Test
    void quotedPrintableIsDecoded() {
      String mail =
          HEAD
              + "Content-Type: text/plain; charset=utf-8\n"
              + "Content-Transfer-Encoding: quoted-printable\n\n"
              + "Gr=C3=BC=C3=9Fe, open https://id.acme.example/x?x=3D1&code=3D9b2e77c1-0a4=\n"
              + "d-4c1e-8f00-3d21b7e54f1c\n";

      assertThat(text(mail)).contains("Grüße, open https://id.acme.example/x?x=1&code=" + A);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"UTF-8", "ISO-8859-1", "windows-1252", "UTF-16BE", "ISO-8859-15", "KOI8-R"})
    void itsCharactersAreRead(String charset) {
      String words = charset.equals("KOI8-R") ? "Привет" : "Grüße für Bücher";
      String mail =
          HEAD
              + ("Content-Type: text/plain; charset=" + charset)
              + "\nContent-Transfer-Encoding: base64\n\n"
              + base64(words + " " + A, Charset.forName(charset));

      assertThat(text(mail)).isEqualTo(words + " " + A);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "; charset=iso-8859-1", "; charset=us-ascii", "; charset=nonsense"})
    void charactersThatAreDeclaredWronglyAreReadAllTheSame(String declared) {
      String before =
          HEAD + "Content-Type: text/plain" + declared + "\nContent-Transfer-Encoding: base64\n\n";

      assertThat(text(before + base64("„Grüße“ – 5 €", Charset.forName("windows-1252"))))
          .isEqualTo("„Grüße“ – 5 €");
      assertThat(text(before + base64("„Grüße“ – 5 €", StandardCharsets.UTF_8)))
          .isEqualTo("„Grüße“ – 5 €");
    }

    @Test
    void theSameCodesInPlainTextAndInHtmlStandThereOnce() {
      String mail =
          parts(
              "alternative",
              "Content-Type: text/plain\n\nYour code: " + A + "\n",
              "Content-Type: text/html\n\n<p>Open <a href=\"" + LINK + A + "\">this</a></p>\n");

      PastedCodes found = found(mail);
      assertThat(found.codes()).hasSize(1);
      assertThat(found.twice()).isZero();
      assertThat(found.codes().getFirst().host()).contains("id.acme.example");
    }

    @Test
    void codesThatOnlyOneOfTwoFormsHasAreNotLost() {
      String mail =
          parts(
              "alternative",
              "Content-Type: text/plain\n\nYour code: " + A + "\n",
              "Content-Type: text/html\n\n<p>" + B + "</p>\n");

      assertThat(codes(mail)).containsExactly(A, B);
    }

    @Test
    void aForwardedMailIsReadToo() {
      String inner =
          parts(
              "alternative",
              "Content-Type: text/plain\n\nCode " + B + "\n",
              "Content-Type: text/html\n\n<p>Code " + B + "</p>\n");
      String mail =
          parts(
              "mixed",
              "Content-Type: text/plain\n\nSee below. " + A + "\n",
              "Content-Type: message/rfc822\nContent-Disposition: attachment\n\n"
                  + inner.replace("=_cut", "=_inner"));

      assertThat(codes(mail)).containsExactly(A, B);
    }

    @Test
    void attachmentsThatAreNoTextAreLeftOut() {
      String mail =
          parts(
              "mixed",
              "Content-Type: text/plain\n\n" + A + "\n",
              "Content-Type: application/octet-stream\nContent-Disposition: attachment\n\n"
                  + B
                  + "\n",
              "Content-Type: image/png; name=\""
                  + B
                  + ".png\"\n"
                  + "Content-Transfer-Encoding: base64\n\n"
                  + base64(B, StandardCharsets.UTF_8),
              "Content-Type: text/calendar\n\nUID:" + B + "\n",
              "Content-Type: text/plain; name=codes.txt\nContent-Disposition: attachment\n\n"
                  + C
                  + "\n");

      assertThat(codes(mail)).containsExactly(A, C);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Content-Type: multipart/mixed; boundary=\"=_cut\"\n\n--=_cut\n\n" + A + "\n",
          "Content-Type: multipart/mixed\n\n--x\n\n" + A + "\n",
          "Content-Type: text/plain; charset=\n\n" + A,
          "Content-Type: ;;;\n\n" + A,
          "Content-Type: text/plain\nContent-Transfer-Encoding: rot13\n\n" + A,
          "Content-Type: text/html\n\n<a href=\"" + LINK + A + "\">broken <b <p",
          "Content-Type: text/html\n\n<a href=" + LINK + A,
        })
    void whatIsNotAsItShouldBeIsReadAsFarAsItGoes(String rest) {
      assertThat(codes(HEAD + rest)).containsExactly(A);
    }

    @Test
    void aBrokenEncodingEndsWhereItBreaks() {
      String whole = base64("Code " + A + " ".repeat(60), StandardCharsets.UTF_8);
      String mail =
          HEAD
              + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
              + whole
              + "\n$$$ not base64 $$$\n";

      assertThat(codes(mail)).containsExactly(A);
    }

    @Test
    void oneInsideTheOtherAHundredTimesEnds() {
      StringBuilder mail = new StringBuilder(HEAD);
      for (int i = 0; i < 100; i++) {
        mail.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b");
        mail.append(i).append("\n");
      }
      mail.append("\n").append(A).append("\n");

      assertThat(text(mail.toString())).isNotNull();
    }
  }

  @Nested
  class OfHtml {
    private List<String> read(String html) {
      return codes(HEAD + "Content-Type: text/html\n\n" + html);
    }

    @Test
    void marksInsideOfACodeAreNoSeparation() {
      assertThat(read("<td>9b2e77c1-<wbr>0a4d-<b>4c1e</b>-8f00-<span>3d21b7e54f1c</span></td>"))
          .containsExactly(A);
    }

    @Test
    void cellsAndLinesDoSeparate() {
      assertThat(read("<table><tr><td>" + A + "</td><td>" + B + "</td></tr></table>" + C + "<br>x"))
          .containsExactly(A, B, C);
    }

    @Test
    void scriptsStylesAndRemarksAreNotRead() {
      assertThat(
              read(
                  "<head><title>"
                      + B
                      + "</title></head><style>"
                      + B
                      + "</style><!-- "
                      + B
                      + " --><script>'"
                      + B
                      + "'</script><p>"
                      + A
                      + "</p>"))
          .containsExactly(A);
    }

    @Test
    void aLinkThatShowsItsAddressStandsThereOnce() {
      PastedCodes found =
          found(
              HEAD
                  + "Content-Type: text/html\n\n<a href=\""
                  + LINK
                  + A
                  + "&amp;x=1\">"
                  + LINK
                  + A
                  + "</a>, <a href='"
                  + LINK
                  + B
                  + "'>"
                  + B
                  + "</a>");

      assertThat(found.twice()).isZero();
      assertThat(found.codes()).extracting(one -> one.code().reveal()).containsExactly(A, B);
      assertThat(found.codes())
          .allSatisfy(one -> assertThat(one.host()).contains("id.acme.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "<", "<a href=", "<a href='", "<!--", "<script>", "&#x", "<b '"})
    void takesTimeThatGrowsWithItsLength(String unit) {
      String html = unit.repeat(1_000_000 / unit.length());

      List<String> found = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> read(html));

      assertThat(found).isEmpty();
    }
  }

  @Nested
  class OfAnotherFile {
    @Test
    void isTheFileWhereItIsPlainText() {
      String list = "person,code\ndora," + A + "\n";

      assertThat(MailFiles.text(list.getBytes(StandardCharsets.UTF_8))).isEqualTo(list);
      assertThat(MailFiles.text(new byte[0])).isEmpty();
    }

    @Test
    void isDecodedByItsFirstBytes() {
      String list = "Grüße " + A;

      assertThat(MailFiles.text(("\uFEFF" + list).getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(list);
      assertThat(MailFiles.text(("\uFEFF" + list).getBytes(StandardCharsets.UTF_16LE)))
          .isEqualTo(list);
      assertThat(MailFiles.text(("\uFEFF" + list).getBytes(StandardCharsets.UTF_16BE)))
          .isEqualTo(list);
      assertThat(MailFiles.text(list.getBytes(Charset.forName("windows-1252")))).isEqualTo(list);
    }

    @Test
    void isReadAsFarAsTenMegabytes() {
      byte[] large = new byte[MailFiles.MOST_BYTES + 100];
      Arrays.fill(large, (byte) ' ');
      byte[] code = A.getBytes(StandardCharsets.UTF_8);
      System.arraycopy(code, 0, large, MailFiles.MOST_BYTES - code.length, code.length);
      byte[] other = B.getBytes(StandardCharsets.UTF_8);
      System.arraycopy(other, 0, large, MailFiles.MOST_BYTES + 10, other.length);

      assertThat(MailFiles.text(large)).hasSize(MailFiles.MOST_BYTES).contains(A).doesNotContain(B);
    }

    @Test
    void neverFailsWhateverIsInIt() {
      Random random = new Random(7);
      byte[] mail =
          parts("mixed", "Content-Type: text/html\n\n" + A).getBytes(StandardCharsets.UTF_8);
      for (int round = 0; round < 2_000; round++) {
        byte[] bytes = mail.clone();
        for (int change = 0; change < 1 + round % 20; change++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        assertThat(MailFiles.text(bytes)).isNotNull();
      }
    }
  }
}
