package dev.guestlist.server;

import dev.guestlist.model.PasteResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;

/// Receives the browser's answer to a sign-in on a free port of 127.0.0.1, or of [::1] on a
/// computer that has no other. Browsers open idle connections, ask for icons and repeat themselves,
/// and anything on this computer can knock: whatever is not the one expected answer is sent away,
/// and the waiting goes on.
final class LoopbackReceiver implements AutoCloseable {
  private static final int LONGEST_REQUEST = 8 * 1024;
  private static final String PATH = "/callback";
  private static final List<String> ADDRESSES = List.of("127.0.0.1", "::1");

  private final ServerSocket door;
  private final String state;
  private final Duration patiencePerConnection;
  private final CompletableFuture<URI> answer = new CompletableFuture<>();

  /// @param state what the expected answer carries
  LoopbackReceiver(String state, Duration patiencePerConnection) throws IOException {
    this(state, patiencePerConnection, ADDRESSES);
  }

  /// @param addresses of this computer, tried in this order
  LoopbackReceiver(String state, Duration patiencePerConnection, List<String> addresses)
      throws IOException {
    this.state = state;
    this.patiencePerConnection = patiencePerConnection;
    this.door = door(addresses);
    Thread.ofVirtual().name("sign-in answer").start(this::accept);
  }

  private static ServerSocket door(List<String> addresses) throws IOException {
    IOException why = new IOException("No address was named.");
    for (String address : addresses) {
      ServerSocket door = new ServerSocket();
      try {
        door.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
        return door;
      } catch (IOException e) {
        door.close();
        why = e;
      }
    }
    throw why;
  }

  /// The address that the server sends the browser to: the IP address, because the server takes any
  /// port for it, but not for `localhost`.
  URI redirect() {
    return URI.create("http://" + authority() + PATH);
  }

  private String authority() {
    String host = door.getInetAddress() instanceof Inet6Address ? "[::1]" : "127.0.0.1";
    return host + ":" + door.getLocalPort();
  }

  /// The first answer with the right state, error or not; a secret.
  CompletableFuture<URI> answer() {
    return answer;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket connection = door.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        // closed, or one connection that went wrong: the loop's condition knows
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      Optional<String> head = head(connection);
      Reply reply = head.map(this::reply).orElse(Reply.BAD);
      OutputStream out = connection.getOutputStream();
      out.write(reply.text().getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // whoever knocked has gone
    }
  }

  /// Everything up to the blank line; empty when it is too long or comes too slowly.
  private Optional<String> head(Socket connection) throws IOException {
    long end = System.nanoTime() + patiencePerConnection.toNanos();
    InputStream in = connection.getInputStream();
    byte[] buffer = new byte[LONGEST_REQUEST];
    int length = 0;
    while (length < buffer.length) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        return Optional.empty();
      }
      connection.setSoTimeout((int) left);
      int read = in.read(buffer, length, buffer.length - length);
      if (read < 0) {
        return Optional.empty();
      }
      length += read;
      String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
      if (text.contains("\r\n\r\n")) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  private Reply reply(String head) {
    String[] lines = head.split("\r\n", -1);
    String[] request = lines[0].split(" ", -1);
    if (request.length != 3 || !request[0].equals("GET") || !request[1].startsWith("/")) {
      return Reply.BAD;
    }
    if (!forThisAddress(lines)) {
      return Reply.BAD;
    }
    HttpUrl address = HttpUrl.parse("http://" + authority() + request[1]);
    if (address == null || !address.encodedPath().equals(PATH)) {
      return Reply.NOT_FOUND;
    }
    return switch (take(address)) {
      case TAKEN -> Reply.RECEIVED;
      case NOT_WAITING -> Reply.TOO_LATE;
      case NOT_THE_ANSWER -> Reply.BAD;
    };
  }

  /// Takes the address that the browser ended on, for computers where it cannot come by itself.
  PasteResult paste(String pasted) {
    if (pasted.length() > LONGEST_REQUEST) {
      return PasteResult.NOT_THE_ANSWER;
    }
    HttpUrl address = HttpUrl.parse(pasted.strip());
    if (address == null) {
      return PasteResult.NOT_THE_ANSWER;
    }
    boolean ours =
        address.uri().getAuthority().equals(authority())
            && !address.isHttps()
            && address.encodedPath().equals(PATH);
    return ours ? take(address) : PasteResult.NOT_THE_ANSWER;
  }

  private PasteResult take(HttpUrl address) {
    String sent = address.queryParameter("state");
    if (sent == null || !sameState(sent)) {
      return PasteResult.NOT_THE_ANSWER;
    }
    return answer.complete(address.uri()) ? PasteResult.TAKEN : PasteResult.NOT_WAITING;
  }

  /// A page of the web that got hold of this port would come with its own name as host.
  private boolean forThisAddress(String[] lines) {
    long hosts = 0;
    boolean ours = false;
    for (String line : lines) {
      if (line.regionMatches(true, 0, "Host:", 0, 5)) {
        hosts++;
        ours = line.substring(5).strip().equals(authority());
      }
    }
    return hosts == 1 && ours;
  }

  private boolean sameState(String sent) {
    return MessageDigest.isEqual(
        sent.getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    answer.cancel(false);
    try {
      door.close();
    } catch (IOException e) {
      // nothing more can be done about it, and nobody can connect
    }
  }

  /// What the browser shows.
  private enum Reply {
    RECEIVED(
        "200 OK", "The answer has arrived. You can close this window and go back to Guestlist."),
    TOO_LATE(
        "400 Bad Request",
        "An answer to this sign-in has arrived before. This one changes nothing."),
    BAD("400 Bad Request", "This is not the answer that Guestlist waits for."),
    NOT_FOUND("404 Not Found", "There is nothing here.");

    private final String status;
    private final String words;

    Reply(String status, String words) {
      this.status = status;
      this.words = words;
    }

    /// The whole reply. The page takes the code out of the address bar and its history.
    String text() {
      String page =
          """
          <!DOCTYPE html>
          <html lang="en">
          <head><meta charset="utf-8"><title>Guestlist</title></head>
          <body style="font: 18px sans-serif; margin: 4em">
          <p>%s</p>
          <script>history.replaceState(null, "", "/");</script>
          </body>
          </html>
          """
              .formatted(words);
      return String.join(
          "\r\n",
          "HTTP/1.1 " + status,
          "Content-Type: text/html; charset=utf-8",
          "Content-Length: " + page.getBytes(StandardCharsets.UTF_8).length,
          "Cache-Control: no-store",
          "Referrer-Policy: no-referrer",
          "X-Content-Type-Options: nosniff",
          "Connection: close",
          "",
          page);
    }
  }
}
