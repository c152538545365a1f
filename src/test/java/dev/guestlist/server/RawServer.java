package dev.guestlist.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that answers every connection with whatever bytes a test likes, as slowly as it likes.
final class RawServer implements AutoCloseable {
  /// What is written to a connection whose request head was read.
  interface Script {
    void play(OutputStream out) throws IOException, InterruptedException;
  }

  static final String JSON_HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";

  private final ServerSocket door;
  private final AtomicInteger requests = new AtomicInteger();

  RawServer(Script script) throws IOException {
    door = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(() -> accept(script));
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  int requests() {
    return requests.get();
  }

  private void accept(Script script) {
    while (!door.isClosed()) {
      try {
        Socket connection = door.accept();
        Thread.ofVirtual().start(() -> serve(connection, script));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection, Script script) {
    try (connection) {
      var in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = in.readLine();
      while (line != null && !line.isEmpty()) {
        line = in.readLine();
      }
      requests.incrementAndGet();
      script.play(connection.getOutputStream());
    } catch (IOException e) {
      // the client has gone, which is what many tests are about
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /// Keeps a script silent for a while.
  static void pause(Duration length) throws InterruptedException {
    boolean ignored = new CountDownLatch(1).await(length.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
