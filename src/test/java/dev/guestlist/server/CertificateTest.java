package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @Test
  void nothingIsSentToAServerWhoseCertificateIsNotTrusted(@TempDir Path folder) throws Exception {
    try (ServerFixture fixture = new ServerFixture();
        MockWebServer stranger = new MockWebServer()) {
      stranger.useHttps(selfSigned(folder).getSocketFactory());
      stranger.start();
      for (EveryCall call : EveryCall.values()) {
        IdentityServer server = fixture.at(URI.create("https://localhost:" + stranger.getPort()));
        Problem problem = problemOf(() -> call.make(server));
        assertThat(problem)
            .isEqualTo(
                new Problem.Untrusted(
                    "localhost", Problem.Untrusted.Why.UNKNOWN_ISSUER, Optional.empty()));
        assertThat(problem.mayHaveHappened()).isFalse();
      }
      assertThat(stranger.getRequestCount()).isZero();
    }
  }

  private static SSLContext selfSigned(Path folder) throws Exception {
    Path store = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "SAN=dns:localhost",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    new String(PASSWORD)))
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
