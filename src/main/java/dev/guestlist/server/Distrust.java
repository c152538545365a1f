package dev.guestlist.server;

import dev.guestlist.model.Problem.Untrusted;
import dev.guestlist.model.Problem.Untrusted.Why;
import dev.guestlist.model.ServerCertificate;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Why the way to a server is not fit for anything to be sent.
final class Distrust {
  private Distrust() {}

  /// Empty when the failure has nothing to do with trust.
  ///
  /// @param presented the certificate of the last handshake
  static Optional<Untrusted> in(
      IOException failure, String host, Course course, Optional<ServerCertificate> presented) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<Untrusted> found =
          switch (cause) {
            case CertificateJudge.Refused refused ->
                Optional.of(new Untrusted(host, refused.why(), Optional.of(refused.certificate())));
            case SSLPeerUnverifiedException ignored ->
                Optional.of(new Untrusted(host, misnamed(presented), presented));
            case CertificateException ignored ->
                Optional.of(new Untrusted(host, Why.UNCHECKABLE, presented));
            case ProxyLogin.Refused ignored ->
                Optional.of(
                    new Untrusted(
                        course.proxy().orElse(host), Why.PROXY_REFUSED, Optional.empty()));
            case SSLException ssl when aboutTheVersion(ssl) ->
                Optional.of(new Untrusted(host, Why.OLD_ENCRYPTION, Optional.empty()));
            default -> Optional.empty();
          };
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Why misnamed(Optional<ServerCertificate> presented) {
    return presented.filter(ServerCertificate::knownDefault).isPresent()
        ? Why.KNOWN_DEFAULT
        : Why.OTHER_HOST;
  }

  /// As Java and the other side's alerts call it.
  private static boolean aboutTheVersion(SSLException failure) {
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("protocol_version") || text.contains("protocol version");
  }

  /// What Java has against a chain. The innermost cause knows best.
  static Why why(CertificateException failure) {
    Why why = Why.UNCHECKABLE;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      why =
          switch (cause) {
            case CertificateExpiredException ignored -> Why.EXPIRED;
            case CertificateNotYetValidException ignored -> Why.NOT_YET_VALID;
            case CertPathBuilderException ignored -> Why.UNKNOWN_ISSUER;
            default -> why;
          };
    }
    return why;
  }
}
