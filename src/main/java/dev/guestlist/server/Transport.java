package dev.guestlist.server;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Trust;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Problem.Untrusted.Why;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.ServerCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

/// The line to one server as its connection wants it: whose certificates, which proxy, how long.
///
/// @param usual for calls with an end
/// @param streams for answers of any length
/// @param judge of the certificates; empty for plain http to this computer itself
record Transport(OkHttpClient usual, OkHttpClient streams, Optional<CertificateJudge> judge) {

  /// Gets ready to send; nothing is connected yet.
  ///
  /// @throws ProblemException `Untrusted` when the connection's own certificates cannot be read
  static Transport of(Connection connection, Secrets secrets, Limits limits)
      throws ProblemException {
    OkHttpClient plain = plain(connection, secrets, limits);
    if (!encrypts(connection)) {
      return new Transport(plain, endless(plain), Optional.empty());
    }
    CertificateJudge judge = judge(connection, plain.hostnameVerifier());
    OkHttpClient encrypted =
        plain
            .newBuilder()
            // TLS 1.3 and 1.2; plain text is only ever sent to this computer itself
            .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
            .sslSocketFactory(context(judge).getSocketFactory(), judge)
            .hostnameVerifier(judge)
            .build();
    return new Transport(encrypted, endless(encrypted), Optional.of(judge));
  }

  /// Reading all trusted certificates takes a moment, so it is left out where none is needed.
  private static boolean encrypts(Connection connection) {
    return Stream.concat(Stream.of(connection.server()), connection.settings().discovery().stream())
        .anyMatch(address -> "https".equalsIgnoreCase(address.getScheme()));
  }

  private static OkHttpClient plain(Connection connection, Secrets secrets, Limits limits) {
    return new OkHttpClient.Builder()
        .connectTimeout(limits.connect())
        .readTimeout(limits.stall())
        .writeTimeout(limits.stall())
        .callTimeout(limits.call())
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
        .proxySelector(new ProxyChoice(connection.settings().proxying()))
        .proxyAuthenticator(new ProxyLogin(connection.settings().proxying(), secrets))
        // let go before the server does: a connection it just closed costs a look-up
        .connectionPool(new ConnectionPool(5, 15, TimeUnit.SECONDS))
        .eventListenerFactory(call -> Objects.requireNonNull(call.request().tag(Course.class)))
        .build();
  }

  private static OkHttpClient endless(OkHttpClient client) {
    return client.newBuilder().callTimeout(Duration.ZERO).build();
  }

  /// What the server showed in the last handshake.
  Optional<ServerCertificate> presented() {
    return judge.flatMap(CertificateJudge::presented);
  }

  private static CertificateJudge judge(Connection connection, HostnameVerifier names)
      throws ProblemException {
    return switch (connection.settings().trust()) {
      case Trust.Pinned pinned -> CertificateJudge.pinned(pinned.fingerprint(), names);
      case Trust.OfSystem ignored -> {
        try {
          yield CertificateJudge.signedBy(Anchors.ofSystem().judge(), names);
        } catch (GeneralSecurityException e) {
          throw withoutJava(e);
        }
      }
      case Trust.WithFile with -> {
        try {
          Anchors anchors = Anchors.ofSystem();
          anchors.add(with.file());
          yield CertificateJudge.signedBy(anchors.judge(), names);
        } catch (IOException | CertificateException e) {
          throw new ProblemException(
              new Problem.Untrusted(
                  connection.server().getHost(), Why.CERTIFICATE_FILE, Optional.empty()),
              e);
        } catch (GeneralSecurityException e) {
          throw withoutJava(e);
        }
      }
    };
  }

  private static SSLContext context(CertificateJudge judge) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {judge}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw withoutJava(e);
    }
  }

  private static IllegalStateException withoutJava(GeneralSecurityException e) {
    return new IllegalStateException("This Java cannot judge certificates.", e);
  }

  /// Ends running calls and lets go of connections.
  void close() {
    usual.dispatcher().cancelAll();
    usual.dispatcher().executorService().shutdown();
    usual.connectionPool().evictAll();
  }
}
