package dev.guestlist.server;

import dev.guestlist.model.ServerCertificate;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Reads what a person wants to know from a certificate.
final class Certificates {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private Certificates() {}

  static ServerCertificate shown(X509Certificate certificate) throws CertificateException {
    Collection<List<?>> named =
        Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
    List<String> names =
        named.stream()
            .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
            .map(name -> String.valueOf(name.get(1)))
            .toList();
    return new ServerCertificate(
        certificate.getSubjectX500Principal().getName("RFC1779"),
        names,
        certificate.getIssuerX500Principal().getName("RFC1779"),
        fingerprint(certificate),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  private static String fingerprint(X509Certificate certificate) throws CertificateException {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
