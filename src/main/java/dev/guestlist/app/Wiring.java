package dev.guestlist.app;

import dev.guestlist.service.Connections;
import dev.guestlist.service.VaultKey;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.StoreException;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.shell.GuestlistWindow;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the program together, in the order of the floors; [#close] takes it apart in reverse.
public final class Wiring implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Wiring.class);

  private final LocalStore store;
  private final RememberedInStore remembered;
  private final Connections connections;
  private final OpenPlaces places;
  private final PracticeInside practice;
  private final InstantSource clock;

  private Wiring(LocalStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.remembered = new RememberedInStore(store.viewState());
    this.connections = new Connections(store);
    this.places = new OpenPlaces(store, connections, remembered, clock);
    this.practice = new PracticeInside(store.folder());
  }

  /// Opens the data folder; no window yet. Reads the disk.
  ///
  /// @throws dev.guestlist.store.StoreException when the folder cannot be used
  public static Wiring open(Path folder, InstantSource clock) {
    LocalStore store = LocalStore.open(folder, clock);
    store.copyOncePerDay(clock.instant());
    prune(store, clock.instant());
    return new Wiring(store, clock);
  }

  /// What cannot be taken away now is taken away at the next start; nobody has to wait for that.
  private static void prune(LocalStore store, Instant now) {
    try {
      store.prune(now);
    } catch (StoreException e) {
      log.warn("What is kept for too long could not be taken away.", e);
    }
  }

  /// Puts the window around it. To be called on the JavaFX thread.
  ///
  /// @param browser opens an address outside the program
  public GuestlistWindow window(Stage stage, Consumer<URI> browser) {
    AtomicReference<Consumer<Throwable>> unexpected = new AtomicReference<>(Wiring::logged);
    Background background = Background.threads(failure -> unexpected.get().accept(failure));
    GuestlistWindow window =
        new GuestlistWindow(
            stage,
            new GuestlistWindow.Parts(
                practice,
                connections,
                new VaultKey(store),
                places,
                background,
                Texts.english(),
                clock,
                remembered,
                browser));
    unexpected.set(failure -> {
      logged(failure);
      window.unexpected(failure);
    });
    for (LocalStore.Notice notice : store.notices()) {
      switch (notice) {
        case LocalStore.Notice.CacheSetAside aside ->
            window.saysCacheSetAside(aside.to().toString());
        case LocalStore.Notice.MainFileSaved saved ->
            window.saysMainFileSaved(
                saved.to().toString(),
                saved.rows(),
                saved.copies().stream().map(Path::toString).collect(Collectors.joining("\n")));
      }
    }
    return window;
  }

  private static void logged(Throwable failure) {
    log.error("Unexpected.", failure);
  }

  @Override
  public void close() {
    places.close();
    remembered.close();
    practice.close();
    store.close();
  }
}
