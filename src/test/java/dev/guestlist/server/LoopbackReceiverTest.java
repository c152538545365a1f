package dev.guestlist.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.PasteResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackReceiverTest {
  private static final String GOOD = "/callback?code=c0de&state=the-state";

  private LoopbackReceiver receiver;
  private final List<Socket> open = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    receiver = new LoopbackReceiver("the-state", Duration.ofMillis(500));
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : open) {
      socket.close();
    }
    receiver.close();
  }

  @Test
  void listensOnTheAddressThatTheServerTakesAnyPortFor() {
    assertThat(receiver.redirect().toString()).matches("http://127\\.0\\.0\\.1:\\d+/callback");
  }

  @Test
  void takesTheAnswerAndSaysThatTheWindowCanBeClosed() throws Exception {
    String reply = get(GOOD);
    assertThat(reply)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\nCache-Control: no-store\r\n")
        .contains("\r\nReferrer-Policy: no-referrer\r\n")
        .contains("\r\nConnection: close\r\n")
        .contains("You can close this window")
        .doesNotContain("c0de", "the-state");
    assertThat(answer()).isEqualTo(receiver.redirect().resolve(GOOD));
  }

  @Test
  void takesAnErrorForAnAnswerToo() throws Exception {
    assertThat(get("/callback?error=access_denied&state=the-state")).startsWith("HTTP/1.1 200");
    assertThat(answer().getQuery()).contains("error=access_denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/favicon.ico", "/", "/callback/x", "/other?code=c&state=the-state"})
  void hasNothingElse(String target) throws Exception {
    assertThat(get(target)).startsWith("HTTP/1.1 404 ");
    stillReceives();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/callback",
        "/callback?code=c",
        "/callback?code=c&state=",
        "/callback?code=c&state=other",
        "/callback?error=access_denied",
        "/callback?error=access_denied&state=other"
      })
  void ignoresAWrongState(String target) throws Exception {
    assertThat(get(target)).startsWith("HTTP/1.1 400 ");
    stillReceives();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost:%d", "127.0.0.1", "127.0.0.1:1"})
  void ignoresAWrongHost(String host) throws Exception {
    String named = host.formatted(receiver.redirect().getPort());
    assertThat(send("GET " + GOOD + " HTTP/1.1\r\nHost: " + named + "\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
    stillReceives();
  }

  @Test
  void ignoresTwoHostsAndNone() throws Exception {
    String host = "Host: " + receiver.redirect().getAuthority() + "\r\n";
    assertThat(send("GET " + GOOD + " HTTP/1.1\r\n" + host + host + "\r\n"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(send("GET " + GOOD + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    stillReceives();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /callback?code=c&state=the-state HTTP/1.1",
        "GET http://evil.example/callback?code=c&state=the-state HTTP/1.1",
        "GET //evil.example/callback?code=c&state=the-state HTTP/1.1",
        "GET @evil.example/callback?code=c&state=the-state HTTP/1.1",
        "GET",
        "\u0016\u0003\u0001 TLS",
        "GET /callback?code=%zz&state=%zz HTTP/1.1"
      })
  void ignoresOtherRequests(String line) throws Exception {
    String host = "Host: " + receiver.redirect().getAuthority() + "\r\n";
    assertThat(send(line + "\r\n" + host + "\r\n")).startsWith("HTTP/1.1 4");
    stillReceives();
  }

  @Test
  void ignoresARequestThatIsTooLong() throws Exception {
    String reply = get("/callback?code=" + "c".repeat(9000) + "&state=the-state");
    assertThat(reply).doesNotContain("200 OK");
    stillReceives();
  }

  @Test
  void isNotHeldUpByConnectionsThatSayNothing() throws Exception {
    for (int i = 0; i < 30; i++) {
      open.add(connect());
    }
    stillReceives();
  }

  @Test
  void letsGoOfAConnectionThatSpeaksTooSlowly() throws Exception {
    Socket slow = connect();
    slow.getOutputStream().write("GET ".getBytes(StandardCharsets.UTF_8));
    slow.setSoTimeout(5000);
    // the connection ends by itself, after a reply or without one
    assertThat(slow.getInputStream().readAllBytes()).asString().doesNotContain("200 OK");
    stillReceives();
  }

  @Test
  void takesOnlyTheFirstAnswer() throws Exception {
    get(GOOD);
    assertThat(get("/callback?code=second&state=the-state")).startsWith("HTTP/1.1 400 ");
    assertThat(answer().getQuery()).contains("code=c0de");
  }

  @Test
  void saysPlainlyThatASecondAnswerChangesNothing() throws Exception {
    get(GOOD);
    assertThat(get(GOOD)).contains("An answer to this sign-in has arrived before.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/callback?code=<script>alert(1)</script>&state=the-state",
        "/callback?error=%3Cb%3Eno%3C/b%3E&error_description=%3Cscript%3E&state=the-state",
        "/callback?state=%3Cscript%3Ealert(1)%3C/script%3E"
      })
  void showsNothingOfWhatWasSent(String target) throws Exception {
    assertThat(get(target)).startsWith("HTTP/1.1 ").doesNotContain("alert", "<b>", "no</b>");
  }

  @Nested
  class WithoutTheUsualAddress {
    @Test
    void theOneOfVersionSixIsTaken() throws Exception {
      try (LoopbackReceiver other =
          new LoopbackReceiver(
              "the-state", Duration.ofMillis(500), List.of("203.0.113.77", "::1"))) {
        assertThat(other.redirect().toString()).matches("http://\\[::1\\]:\\d+/callback");
        int port = other.redirect().getPort();
        try (Socket socket = new Socket(InetAddress.ofLiteral("::1"), port)) {
          socket.setSoTimeout(5000);
          String request = "GET " + GOOD + " HTTP/1.1\r\nHost: [::1]:" + port + "\r\n\r\n";
          socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
          assertThat(socket.getInputStream().readAllBytes()).asString().startsWith("HTTP/1.1 200");
        }
        assertThat(other.answer().get(5, TimeUnit.SECONDS).getQuery()).contains("code=c0de");
      }
    }

    @Test
    void andWithoutAnyTheSignInSaysWhy() {
      assertThatThrownBy(() ->
              new LoopbackReceiver(
                  "s", Duration.ofMillis(500), List.of("203.0.113.77", "198.51.100.7")))
          .isInstanceOf(java.net.BindException.class);
    }
  }

  @Nested
  class APastedAddress {
    @Test
    void isTakenForTheAnswer() throws Exception {
      String address = "  " + receiver.redirect().resolve(GOOD) + "\n";
      assertThat(receiver.paste(address)).isEqualTo(PasteResult.TAKEN);
      assertThat(answer()).isEqualTo(receiver.redirect().resolve(GOOD));
    }

    @Test
    void comesTooLateAfterAnAnswer() throws Exception {
      get(GOOD);
      assertThat(receiver.paste(receiver.redirect().resolve(GOOD).toString()))
          .isEqualTo(PasteResult.NOT_WAITING);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "c0de",
          "http://127.0.0.1:PORT/callback",
          "http://127.0.0.1:PORT/callback?code=c&state=another",
          "http://127.0.0.1:PORT/other?code=c&state=the-state",
          "http://127.0.0.1:1/callback?code=c&state=the-state",
          "http://localhost:PORT/callback?code=c&state=the-state",
          "http://a@127.0.0.1:PORT/callback?code=c&state=the-state",
          "https://127.0.0.1:PORT/callback?code=c&state=the-state",
          "https://idp.example/authenticationendpoint/oauth2_error.do?oauthErrorCode=x"
        })
    void isRefusedWhenItIsNotTheAnswer(String address) throws Exception {
      String typed = address.replace("PORT", String.valueOf(receiver.redirect().getPort()));
      assertThat(receiver.paste(typed)).isEqualTo(PasteResult.NOT_THE_ANSWER);
      stillReceives();
    }

    @Test
    void isRefusedWhenItIsTooLong() throws Exception {
      String address = receiver.redirect().resolve(GOOD) + "&x=" + "x".repeat(9000);
      assertThat(receiver.paste(address)).isEqualTo(PasteResult.NOT_THE_ANSWER);
      stillReceives();
    }
  }

  @Test
  void endsWaitingAndListeningWhenItIsClosed() {
    receiver.close();
    assertThatThrownBy(this::answer).isInstanceOf(CancellationException.class);
    ServerFixture.untilNobodyListens(receiver.redirect().getPort());
  }

  private void stillReceives() throws Exception {
    assertThat(receiver.answer()).isNotDone();
    assertThat(get(GOOD)).startsWith("HTTP/1.1 200 OK");
    assertThat(answer().getQuery()).contains("code=c0de");
  }

  private URI answer() throws Exception {
    return receiver.answer().get(5, TimeUnit.SECONDS);
  }

  private String get(String target) throws IOException {
    return send(
        "GET "
            + target
            + " HTTP/1.1\r\nHost: "
            + receiver.redirect().getAuthority()
            + "\r\nAccept: text/html\r\n\r\n");
  }

  private String send(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.net.SocketException e) {
      // cut off while it was still writing
      return "";
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.ofLiteral("127.0.0.1"), receiver.redirect().getPort());
  }
}
