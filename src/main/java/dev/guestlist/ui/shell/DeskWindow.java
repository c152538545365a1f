package dev.guestlist.ui.shell;

import dev.guestlist.model.Connection;
import dev.guestlist.ui.accept.AcceptViewModel;
import dev.guestlist.ui.accept.DeskView;
import dev.guestlist.ui.accept.DeskViewModel;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.Navigator;
import dev.guestlist.ui.kit.Remembered;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.kit.Theme;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The small window for codes: always on top, beside a ticket system. It belongs to the connection
/// that is open in the main window, and closes with it.
final class DeskWindow {
  private static final String OPEN = "desk.open";
  private static final double WIDTH = 420;
  private static final double WIDEST = 640;
  private static final double HEIGHT = 460;
  private static final double MARGIN = 24;

  private final Stage main;
  private final Theme theme;
  private final Remembered remembered;
  private final Texts texts;
  private final Consumer<URI> browser;
  private final Predicate<KeyEvent> keys;
  private final Runnable used;
  private Optional<ScreenContext> context = Optional.empty();
  private AcceptViewModel.Ways ways =
      new AcceptViewModel.Ways((organization, screen) -> {}, () -> {});
  private @Nullable Opened opened;

  private record Opened(
      Stage stage, Dialogs dialogs, DeskViewModel model, DeskView view, WindowPlace place) {}

  /// @param keys answers the keys of every window of the program, and whether it did
  /// @param used told of every key and every move of the mouse
  DeskWindow(
      Stage main,
      Theme theme,
      Remembered remembered,
      Texts texts,
      Consumer<URI> browser,
      Predicate<KeyEvent> keys,
      Runnable used) {
    this.main = main;
    this.theme = theme;
    this.remembered = remembered;
    this.texts = texts;
    this.browser = browser;
    this.keys = keys;
    this.used = used;
  }

  /// A connection is open from now on; `newContext` is what its screens get.
  void over(ScreenContext newContext, AcceptViewModel.Ways newWays) {
    context = Optional.of(newContext);
    ways =
        new AcceptViewModel.Ways(
            (organization, screen) -> {
              mainToFront();
              newWays.goTo().accept(organization, screen);
            },
            () -> {
              mainToFront();
              newWays.signIn().run();
            });
  }

  /// Opens it if it was open when the program ended.
  void openAsBefore() {
    if (remembered.get(OPEN).equals(Optional.of("true"))) {
      show();
    }
  }

  /// Opens it, or brings it to the front.
  void show() {
    Opened now = opened;
    if (now != null) {
      toFront(now.stage());
      now.view().focusField();
    } else {
      context.ifPresent(this::open);
    }
  }

  /// Opens it; closes it when it is open.
  void toggle() {
    if (opened == null) {
      show();
    } else {
      close();
    }
  }

  /// Closes it: what counts down is taken back, and every code leaves the memory.
  void close() {
    if (opened != null) {
      remembered.put(OPEN, "false");
      end();
    }
  }

  /// The connection is left.
  void leave() {
    close();
    context = Optional.empty();
  }

  /// The program ends: the next one opens it again.
  void end() {
    Opened gone = opened;
    if (gone == null) {
      return;
    }
    opened = null;
    gone.place().keep();
    gone.view().close();
    gone.model().close();
    theme.forget(gone.stage().getScene());
    gone.stage().setOnHidden(null);
    gone.stage().hide();
  }

  /// Where a line is shown while people look here and not at the main window.
  Optional<Dialogs> inFront() {
    Opened now = opened;
    return now == null || main.isFocused() ? Optional.empty() : Optional.of(now.dialogs());
  }

  void mainToFront() {
    toFront(main);
  }

  private void open(ScreenContext around) {
    StackPane root = new StackPane();
    VBox lines = new VBox();
    lines.getStyleClass().add("desk-lines");
    lines.setMinHeight(Region.USE_PREF_SIZE);
    lines.visibleProperty().bind(Bindings.isNotEmpty(lines.getChildren()));
    lines.managedProperty().bind(lines.visibleProperty());
    WindowDialogs dialogs = new WindowDialogs(new Overlay(root), lines, browser);
    DeskViewModel model =
        new DeskViewModel(
            new ScreenContext(
                around.workplace(),
                around.background(),
                new ToMain(around.navigator()),
                dialogs,
                texts,
                around.clock(),
                remembered),
            ways);
    DeskView view = new DeskView(model, texts);
    VBox.setVgrow(view.root(), Priority.ALWAYS);
    root.getChildren().setAll(new VBox(view.root(), lines));
    Scene scene = new Scene(root, WIDTH, HEIGHT);
    theme.apply(scene);
    scene.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    scene.addEventFilter(InputEvent.ANY, event -> used.run());
    Stage stage = new Stage();
    stage.setScene(scene);
    stage.setAlwaysOnTop(true);
    Connection connection = around.workplace().session().connection();
    stage.setTitle(texts.get("desk.title", connection.name()));
    WindowPlace place = new WindowPlace(stage, remembered, "desk.place");
    opened = new Opened(stage, dialogs, model, view, place);
    remembered.put(OPEN, "true");
    stage.setOnHidden(event -> close());
    stage.setMinWidth(WIDTH);
    stage.setMaxWidth(WIDEST);
    stage.setMinHeight(360);
    if (!place.restore()) {
      atTheRight(stage);
    }
    stage.show();
    view.focusField();
  }

  /// At the right edge of the screen on which most of the main window is.
  private void atTheRight(Stage stage) {
    Rectangle2D screen =
        javafx.stage.Screen.getScreensForRectangle(
                main.getX(), main.getY(), Math.max(main.getWidth(), 1), 1)
            .stream()
            .findFirst()
            .orElseGet(javafx.stage.Screen::getPrimary)
            .getVisualBounds();
    stage.setX(Math.max(screen.getMinX(), screen.getMaxX() - WIDTH - MARGIN));
    stage.setY(Math.min(screen.getMinY() + 3 * MARGIN, Math.max(0, screen.getMaxY() - HEIGHT)));
  }

  private void pressed(KeyEvent event) {
    if (Keys.DESK.match(event)) {
      toFront(main);
      event.consume();
    } else if (keys.test(event)) {
      event.consume();
    }
  }

  private static void toFront(Stage stage) {
    stage.setIconified(false);
    stage.toFront();
    stage.requestFocus();
  }

  /// Screens are shown by the main window.
  private final class ToMain implements Navigator {
    private final Navigator navigator;

    ToMain(Navigator navigator) {
      this.navigator = navigator;
    }

    @Override
    public void show(Screen screen) {
      navigator.show(screen);
      toFront(main);
    }

    @Override
    public void closePanel() {
      navigator.closePanel();
    }
  }
}
