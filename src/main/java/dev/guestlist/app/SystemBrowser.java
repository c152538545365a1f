package dev.guestlist.app;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens web addresses with the system's browser; never through a shell, and nothing but web
/// addresses.
final class SystemBrowser implements Consumer<URI> {
  private static final Logger log = LoggerFactory.getLogger(SystemBrowser.class);

  @Override
  public void accept(URI address) {
    boolean loopback = "127.0.0.1".equals(address.getHost()) || "[::1]".equals(address.getHost());
    boolean web =
        "https".equals(address.getScheme()) || ("http".equals(address.getScheme()) && loopback);
    if (!web) {
      throw new IllegalArgumentException("Not a web address: " + address.getScheme());
    }
    Thread.ofVirtual().name("browser").start(() -> open(address));
  }

  private static void open(URI address) {
    try {
      new ProcessBuilder(command(System.getProperty("os.name", ""), address.toString()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      log.warn("No browser could be started: {}", e.getMessage());
    }
  }

  static List<String> command(String system, String address) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler", address);
    }
    return List.of(name.startsWith("mac") ? "open" : "xdg-open", address);
  }
}
