package dev.guestlist.practice;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The port, in plain HTTP or with a certificate that can be changed while the server runs.
final class Listener {
  private static final String PORT = "port";
  private static final int FINISH_SECONDS = 2;

  private final Database database;
  private final Path folder;
  private final InstantSource clock;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Optional<Certificate> certificate;
  private HttpServer http;
  private @Nullable HttpHandler handler;
  private boolean closed;

  /// Takes the wanted port (0: the kept one or a free one) and does not answer yet.
  Listener(Database database, Path folder, InstantSource clock, int wanted, boolean tls)
      throws IOException {
    this.database = database;
    this.folder = folder;
    this.clock = clock;
    this.certificate =
        tls ? Optional.of(Certificate.keptIn(folder, clock.instant())) : Optional.empty();
    this.http = listen(wanted);
  }

  URI baseUrl() {
    return URI.create(
        (certificate.isPresent() ? "https" : "http")
            + "://127.0.0.1:"
            + http.getAddress().getPort());
  }

  /// The SHA-256 fingerprint of the certificate, when there is one.
  Optional<String> fingerprint() {
    return certificate.map(Certificate::fingerprint);
  }

  synchronized void start(HttpHandler answers) {
    handler = answers;
    serve(answers);
  }

  private void serve(HttpHandler answers) {
    http.createContext("/", answers);
    http.setExecutor(workers);
    http.start();
  }

  /// Ends all connections and goes on at the same port with a new certificate, which is kept.
  /// Answers under way are finished first, for two seconds at most.
  synchronized void changeCertificate() {
    HttpHandler answers = handler;
    if (certificate.isEmpty() || answers == null) {
      throw new IllegalArgumentException("This server runs without a certificate.");
    }
    if (closed) {
      return;
    }
    int port = http.getAddress().getPort();
    http.stop(FINISH_SECONDS);
    try {
      certificate = Optional.of(Certificate.renewedIn(folder, clock.instant()));
      http = bound(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    serve(answers);
  }

  synchronized void close() {
    closed = true;
    http.stop(0);
    workers.shutdownNow();
  }

  private HttpServer listen(int wanted) throws IOException {
    Optional<Integer> kept = database.setting(PORT).map(Integer::valueOf);
    HttpServer server;
    if (wanted != 0) {
      server = bound(wanted);
    } else if (kept.isPresent()) {
      server = keptOrFree(kept.get());
    } else {
      server = bound(0);
    }
    database.keepSetting(PORT, String.valueOf(server.getAddress().getPort()));
    return server;
  }

  private HttpServer keptOrFree(int kept) throws IOException {
    try {
      return bound(kept);
    } catch (BindException e) {
      return bound(0);
    }
  }

  private HttpServer bound(int port) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    if (certificate.isEmpty()) {
      return HttpServer.create(address, 0);
    }
    HttpsServer server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(certificate.get().context()) {
          @Override
          public void configure(HttpsParameters parameters) {
            // The real server speaks no 1.3 by default.
            parameters.setProtocols(new String[] {"TLSv1.2"});
          }
        });
    return server;
  }
}
