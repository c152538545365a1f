package dev.guestlist.app;

import dev.guestlist.store.StoreException;
import dev.guestlist.ui.shell.GuestlistWindow;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javafx.application.Platform;
import javafx.stage.Stage;

/// The program with its window.
final class GuestlistApp {
  private static final String WITHOUT_A_DISPLAY =
      "What works without one: connections, login, orgs, list, invite, check, accept, members,"
          + " practice (the practice server), --help.";

  private GuestlistApp() {}

  /// Opens the data folder, then the window, and returns when the window was closed.
  ///
  /// @return 0, or 1 when the window or the data folder could not be opened; why is on the error
  ///   stream
  static int open(Path folder) {
    if (noDisplay(System.getenv(), System.getProperty("os.name", ""))) {
      System.err.println(
          "There is no display here, so the window cannot open. " + WITHOUT_A_DISPLAY);
      return 1;
    }
    try (Wiring wiring = Wiring.open(folder, InstantSource.system())) {
      CompletableFuture<Void> closed = new CompletableFuture<>();
      Platform.startup(() -> show(wiring, closed));
      closed.join();
      return 0;
    } catch (StoreException e) {
      System.err.println(e.getMessage());
      return 1;
    } catch (UnsupportedOperationException | CompletionException e) {
      System.err.println(
          "The window cannot open: "
              + Optional.ofNullable(e.getCause()).orElse(e).getMessage()
              + ". Without a display: "
              + WITHOUT_A_DISPLAY);
      return 1;
    }
  }

  private static void show(Wiring wiring, CompletableFuture<Void> closed) {
    try {
      Stage stage = new Stage();
      GuestlistWindow window = wiring.window(stage, new SystemBrowser());
      Thread.currentThread()
          .setUncaughtExceptionHandler((thread, failure) -> window.unexpected(failure));
      stage.setOnHidden(event -> {
        window.close();
        closed.complete(null);
      });
      window.start();
    } catch (RuntimeException e) {
      closed.completeExceptionally(e);
    }
  }

  /// Only on Linux this can be told before the toolkit is asked.
  static boolean noDisplay(Map<String, String> environment, String system) {
    boolean linux = system.toLowerCase(Locale.ROOT).startsWith("linux");
    boolean headless = "Headless".equals(System.getProperty("glass.platform"));
    return linux
        && !headless
        && environment.getOrDefault("DISPLAY", "").isBlank()
        && environment.getOrDefault("WAYLAND_DISPLAY", "").isBlank();
  }
}
