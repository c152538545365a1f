package dev.guestlist.server;

import dev.guestlist.model.Problem.Untrusted.Why;
import dev.guestlist.model.ServerCertificate;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Decides in every handshake whether the server's certificate is accepted: by who signed it, its
/// dates and its host name, or by being the one certificate that was pinned. Remembers what it saw.
final class CertificateJudge extends X509ExtendedTrustManager implements HostnameVerifier {
  private static final X509Certificate[] NOBODY = {};

  /// What is asked of a chain when no certificate is pinned.
  interface Signers {
    void check(X509ExtendedTrustManager judge) throws CertificateException;
  }

  private final Optional<String> pinned;
  private final Optional<X509ExtendedTrustManager> signers;
  private final HostnameVerifier names;
  private volatile @Nullable ServerCertificate presented;

  private CertificateJudge(
      Optional<String> pinned, Optional<X509ExtendedTrustManager> signers, HostnameVerifier names) {
    this.pinned = pinned;
    this.signers = signers;
    this.names = names;
  }

  /// Accepts exactly the certificate with this fingerprint.
  static CertificateJudge pinned(String fingerprint, HostnameVerifier names) {
    return new CertificateJudge(Optional.of(fingerprint), Optional.empty(), names);
  }

  /// Accepts what these have signed, for the right host and in date.
  static CertificateJudge signedBy(X509ExtendedTrustManager signers, HostnameVerifier names) {
    return new CertificateJudge(Optional.empty(), Optional.of(signers), names);
  }

  /// A certificate is not accepted, and why.
  static final class Refused extends CertificateException {
    private static final long serialVersionUID = 1;

    private final transient Why why;
    private final transient ServerCertificate certificate;

    Refused(Why why, ServerCertificate certificate, @Nullable Throwable cause) {
      super(why.name(), cause);
      this.why = why;
      this.certificate = certificate;
    }

    Why why() {
      return why;
    }

    ServerCertificate certificate() {
      return certificate;
    }
  }

  /// What was shown in the last handshake.
  Optional<ServerCertificate> presented() {
    return Optional.ofNullable(presented);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    judge(chain, judge -> judge.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    judge(chain, judge -> judge.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    judge(chain, judge -> judge.checkServerTrusted(chain, type));
  }

  private void judge(X509Certificate[] chain, Signers check) throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("The server showed no certificate.");
    }
    ServerCertificate shown = Certificates.shown(chain[0]);
    presented = shown;
    if (pinned.isPresent()) {
      if (!shown.fingerprint().equals(pinned.get())) {
        throw new Refused(Why.CHANGED, shown, null);
      }
      return;
    }
    try {
      check.check(signers.orElseThrow());
    } catch (CertificateException e) {
      throw new Refused(shown.knownDefault() ? Why.KNOWN_DEFAULT : Distrust.why(e), shown, e);
    }
  }

  /// The last look before anything is sent, also when an earlier handshake was taken up again.
  @Override
  public boolean verify(String host, SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      if (chain.length == 0 || !(chain[0] instanceof X509Certificate leaf)) {
        return false;
      }
      ServerCertificate shown = Certificates.shown(leaf);
      presented = shown;
      return pinned.isPresent()
          ? shown.fingerprint().equals(pinned.get())
          : names.verify(host, session);
    } catch (SSLPeerUnverifiedException | CertificateException e) {
      return false;
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return signers.map(X509ExtendedTrustManager::getAcceptedIssuers).orElse(NOBODY);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw notAServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw notAServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw notAServer();
  }

  private static CertificateException notAServer() {
    return new CertificateException("Nobody shows this program a certificate as its client.");
  }
}
