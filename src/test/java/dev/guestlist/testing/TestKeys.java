package dev.guestlist.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Keys and certificates for servers of a test, made by Java's own tool: one authority, and what it
/// signs.
public final class TestKeys {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String AUTHORITY = "authority";

  private final Path folder;
  private final Path store;

  private TestKeys(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("keys.p12");
  }

  public static TestKeys in(Path folder) throws Exception {
    TestKeys keys = new TestKeys(folder);
    keys.make(AUTHORITY, "CN=Test authority", "-ext", "bc:c");
    return keys;
  }

  /// A certificate that the authority signed.
  ///
  /// @param host whom it is for
  /// @param more arguments of keytool, such as dates
  public void signed(String name, String host, String... more) throws Exception {
    List<String> all = new ArrayList<>(List.of("-signer", AUTHORITY, "-ext", "SAN=dns:" + host));
    all.addAll(List.of(more));
    make(name, "CN=" + host, all.toArray(String[]::new));
  }

  /// A certificate that nobody but itself signed.
  public void selfSigned(String name, String subject, String host) throws Exception {
    make(name, subject, "-ext", "SAN=dns:" + host);
  }

  private void make(String name, String subject, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                subject,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(List.of(more));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
  }

  /// What a server shows that has this certificate.
  public SSLContext server(String name) throws Exception {
    KeyStore all = load();
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, PASSWORD);
    one.setKeyEntry(
        name, (PrivateKey) all.getKey(name, PASSWORD), PASSWORD, all.getCertificateChain(name));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(one, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  public X509Certificate certificate(String name) throws Exception {
    return (X509Certificate) load().getCertificate(name);
  }

  public X509Certificate authority() throws Exception {
    return certificate(AUTHORITY);
  }

  public String fingerprint(String name) throws Exception {
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(certificate(name).getEncoded());
    return HexFormat.of().formatHex(sum);
  }

  /// A file with certificates one after the other, with some words before each.
  public Path pem(String file, Certificate... certificates) throws Exception {
    StringBuilder text = new StringBuilder();
    for (Certificate certificate : certificates) {
      text.append("# a certificate\n-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return Files.writeString(folder.resolve(file), text);
  }

  private KeyStore load() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }
}
