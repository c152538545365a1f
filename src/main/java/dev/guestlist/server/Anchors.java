package dev.guestlist.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificates that are trusted to sign others: Java's, the system's, and those of a file.
final class Anchors {
  private static final Logger log = LoggerFactory.getLogger(Anchors.class);

  /// The stores of Windows and macOS by their names in Java; elsewhere there are none of these.
  private static final List<String> SYSTEM_STORES =
      List.of("Windows-ROOT", "KeychainStore-ROOT", "KeychainStore");

  /// Where Linux systems keep theirs: Debian, Fedora, SUSE.
  private static final List<Path> SYSTEM_FILES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"));

  private static final long LARGEST_FILE = 4 * 1024 * 1024;

  private final Set<X509Certificate> certificates = new LinkedHashSet<>();

  private Anchors() {}

  /// Whatever Java and the system trust. A store that cannot be read is left out.
  static Anchors ofSystem() throws GeneralSecurityException {
    Anchors anchors = new Anchors();
    anchors.certificates.addAll(List.of(manager(null).getAcceptedIssuers()));
    Set<String> known = java.security.Security.getAlgorithms("KeyStore");
    SYSTEM_STORES.stream()
        .filter(store -> known.stream().anyMatch(store::equalsIgnoreCase))
        .forEach(anchors::addStore);
    SYSTEM_FILES.stream().filter(Files::isReadable).limit(1).forEach(anchors::addSystemFile);
    return anchors;
  }

  /// Adds the certificates of a file: PEM, any number of them, or DER.
  ///
  /// @throws IOException when it cannot be read
  /// @throws CertificateException when there is no certificate in it, or a damaged one
  void add(Path file) throws IOException, CertificateException {
    if (Files.size(file) > LARGEST_FILE) {
      throw new CertificateException("The file is too large for certificates.");
    }
    var found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
    if (found.isEmpty()) {
      throw new CertificateException("There is no certificate in the file.");
    }
    for (Certificate certificate : found) {
      if (certificate instanceof X509Certificate x509) {
        certificates.add(x509);
      }
    }
  }

  /// Judges chains by these certificates, as Java does.
  X509ExtendedTrustManager judge() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException("An empty store is always there.", e);
    }
    int number = 0;
    for (X509Certificate certificate : certificates) {
      store.setCertificateEntry("anchor-" + number++, certificate);
    }
    return manager(store);
  }

  private void addStore(String type) {
    try {
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      for (String alias : Collections.list(store.aliases())) {
        // entries with a key are the person's own certificates, and sign nobody
        if (store.isCertificateEntry(alias)
            && store.getCertificate(alias) instanceof X509Certificate x509) {
          certificates.add(x509);
        }
      }
    } catch (GeneralSecurityException | IOException e) {
      log.warn("The system's certificates in {} cannot be read: {}", type, e.toString());
    }
  }

  private void addSystemFile(Path file) {
    try {
      add(file);
    } catch (CertificateException | IOException e) {
      log.warn("The system's certificates in {} cannot be read: {}", file, e.toString());
    }
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager judge) {
        return judge;
      }
    }
    throw new GeneralSecurityException("Java has no judge of certificates.");
  }
}
