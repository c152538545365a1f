package dev.guestlist.server;

import dev.guestlist.model.Problem.Untrusted.Why;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Why a certificate is not accepted.
final class Distrust {
  private Distrust() {}

  /// Empty when the failure has nothing to do with the certificate.
  static Optional<Why> in(IOException failure) {
    Optional<Why> found = Optional.empty();
    // the innermost cause knows best
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<Why> here = of(cause);
      found = here.isPresent() ? here : found;
    }
    return found;
  }

  private static Optional<Why> of(Throwable cause) {
    return switch (cause) {
      case SSLPeerUnverifiedException ignored ->
          Optional.of(Why.OTHER_HOST);
      case CertificateExpiredException ignored -> Optional.of(Why.EXPIRED);
      case CertificateNotYetValidException ignored ->
          Optional.of(Why.NOT_YET_VALID);
      case CertPathBuilderException ignored ->
          Optional.of(Why.UNKNOWN_ISSUER);
      case CertificateException ignored -> Optional.of(Why.UNCHECKABLE);
      default -> Optional.empty();
    };
  }
}
