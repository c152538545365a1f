package dev.guestlist.server;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Why a certificate is not accepted, in words for people.
final class Distrust {
  private Distrust() {}

  /// Empty when the failure has nothing to do with the certificate.
  static Optional<String> in(IOException failure) {
    Optional<String> found = Optional.empty();
    // the innermost cause knows best
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> here = of(cause);
      found = here.isPresent() ? here : found;
    }
    return found;
  }

  private static Optional<String> of(Throwable cause) {
    return switch (cause) {
      case SSLPeerUnverifiedException ignored ->
          Optional.of("The certificate is for another host name.");
      case CertificateExpiredException ignored -> Optional.of("The certificate has expired.");
      case CertificateNotYetValidException ignored ->
          Optional.of("The certificate is not valid yet.");
      case CertPathBuilderException ignored ->
          Optional.of("Nobody whom this computer trusts has signed the certificate.");
      case CertificateException ignored -> Optional.of("The certificate cannot be checked.");
      default -> Optional.empty();
    };
  }
}
