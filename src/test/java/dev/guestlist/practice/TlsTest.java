package dev.guestlist.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class TlsTest {
  private static final String KEYS = "/t/acme/oauth2/jwks";

  @TempDir Path folder;
  private PracticeServer server;

  @BeforeEach
  void start() throws Exception {
    server = PracticeServer.start(PracticeServer.Options.in(folder).withTls());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String fingerprint() {
    return server.startLine().certificateSha256().orElseThrow();
  }

  /// A caller that believes one certificate; host names are checked as always.
  private Caller trusting(String fingerprint) throws GeneralSecurityException {
    return new Caller(server, client(fingerprint));
  }

  private static HttpClient client(String fingerprint) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Pinned(fingerprint)}, null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private record Pinned(String fingerprint) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("No client is expected.");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      chain[0].checkValidity();
      try {
        chain[0].verify(chain[0].getPublicKey());
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
        if (!HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash).equals(fingerprint)) {
          throw new CertificateException("Another certificate.");
        }
      } catch (GeneralSecurityException e) {
        throw new CertificateException(e);
      }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Test
  void everythingIsHttpsAndTheStartLineNamesTheFingerprint() throws Exception {
    Caller caller = trusting(fingerprint());

    Caller.Reply discovery =
        caller.get("/t/acme/oauth2/token/.well-known/openid-configuration", "");

    assertThat(server.baseUrl().toString()).startsWith("https://127.0.0.1:");
    assertThat(fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(Caller.JSON.readTree(server.startLineJson()).path("certificateSha256").asString())
        .isEqualTo(fingerprint());
    assertThat(discovery.text("issuer")).isEqualTo(server.baseUrl() + "/t/acme/oauth2/token");
    assertThat(caller.get(KEYS, "").response().sslSession().orElseThrow().getProtocol())
        .isEqualTo("TLSv1.2");
    assertThat(caller.signIn("pat", "openid SYSTEM").text("id_token")).isNotEmpty();
  }

  @Test
  void theCertificateIsGoodForLocalhostToo() throws Exception {
    URI named = URI.create("https://localhost:" + server.baseUrl().getPort() + KEYS);

    assertThat(trusting(fingerprint()).send(HttpRequest.newBuilder(named).build()).status())
        .isEqualTo(200);
  }

  @Test
  void theCertificateNamesItsHostsAndIsValidNow() throws Exception {
    X509Certificate certificate = Certificate.keptIn(folder, Instant.now()).certificate();

    assertThat(List.copyOf(certificate.getSubjectAlternativeNames()))
        .isEqualTo(List.of(List.of(2, "localhost"), List.of(7, "127.0.0.1")));
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=localhost,OU=Practice,O=Guestlist");
    certificate.checkValidity();
    certificate.verify(certificate.getPublicKey());
  }

  @Test
  void whoTrustsOnlyTheSystemsAuthoritiesIsNotAnsweredAtAll() {
    Caller stranger = new Caller(server);
    server.control().clearLog();

    assertThatThrownBy(() -> stranger.get(KEYS, "")).isInstanceOf(SSLHandshakeException.class);
    assertThat(server.control().log().requests()).isEmpty();
  }

  @Test
  void theCertificateIsTheSameAfterARestart() throws Exception {
    String before = fingerprint();
    server.close();
    server = PracticeServer.start(PracticeServer.Options.in(folder).withTls());

    assertThat(fingerprint()).isEqualTo(before);
    assertThat(trusting(before).get(KEYS, "").status()).isEqualTo(200);
  }

  @Test
  void aChangedCertificateStopsWhoTrustedTheOldOne() throws Exception {
    String before = fingerprint();
    URI address = server.baseUrl();
    Caller caller = trusting(before);
    assertThat(caller.get(KEYS, "").status()).isEqualTo(200);

    server.control().changeCertificate();
    server.control().clearLog();

    assertThat(server.baseUrl()).isEqualTo(address);
    assertThat(fingerprint()).isNotEqualTo(before);
    assertThatThrownBy(() -> caller.get(KEYS, "")).isInstanceOf(SSLHandshakeException.class);
    assertThat(server.control().log().requests()).isEmpty();
    assertThat(trusting(fingerprint()).get(KEYS, "").status()).isEqualTo(200);
  }

  @Test
  void theSwitchOverHttpChangesTheCertificateAfterItsAnswer() throws Exception {
    String before = fingerprint();

    Caller.Reply reply = trusting(before).post("/practice/change-certificate", "", "{}");
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    Optional<Integer> status = Optional.empty();
    while (status.isEmpty() && Instant.now().isBefore(end)) {
      try {
        status = Optional.of(trusting(fingerprint()).get(KEYS, "").status());
      } catch (IOException e) {
        Thread.onSpinWait();
      }
      status = fingerprint().equals(before) ? Optional.empty() : status;
    }

    assertThat(reply.status()).isEqualTo(204);
    assertThat(status).contains(200);
  }

  @Test
  void withoutTlsThereIsNoFingerprintAndNothingToChange(@TempDir Path other) throws Exception {
    try (PracticeServer plain = PracticeServer.start(PracticeServer.Options.in(other))) {
      Caller caller = new Caller(plain);

      assertThat(plain.startLineJson()).doesNotContain("certificateSha256");
      assertThat(plain.baseUrl().getScheme()).isEqualTo("http");
      assertThat(caller.post("/practice/change-certificate", "", "{}").status()).isEqualTo(400);
      assertThatThrownBy(plain.control()::changeCertificate)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
