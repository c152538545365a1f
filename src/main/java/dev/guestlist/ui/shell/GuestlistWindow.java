package dev.guestlist.ui.shell;

import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.service.Connections;
import dev.guestlist.service.VaultKey;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.accept.AcceptViewModel;
import dev.guestlist.ui.connect.ConnectContext;
import dev.guestlist.ui.connect.ConnectionsView;
import dev.guestlist.ui.connect.ConnectionsViewModel;
import dev.guestlist.ui.connect.Drafts;
import dev.guestlist.ui.connect.LockView;
import dev.guestlist.ui.connect.LockViewModel;
import dev.guestlist.ui.connect.SecretsView;
import dev.guestlist.ui.connect.SecretsViewModel;
import dev.guestlist.ui.connect.SetUpSheetView;
import dev.guestlist.ui.connect.SetUpSheetViewModel;
import dev.guestlist.ui.connect.WelcomeView;
import dev.guestlist.ui.connect.WelcomeViewModel;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Places;
import dev.guestlist.ui.kit.Practice;
import dev.guestlist.ui.kit.Remembered;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.kit.Theme;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.util.Duration;

/// The program's window: the start page, or the frame around an open connection. To be used on the
/// JavaFX thread.
public final class GuestlistWindow implements AutoCloseable {
  private static final String LAST = "window.connection";

  private final Stage stage;
  private final Parts parts;
  private final Theme theme;
  private final WindowPlace windowPlace;
  private final StackPane root = new StackPane();
  private final StackPane content = new StackPane();
  private final Overlay overlay = new Overlay(root);
  private final WindowDialogs dialogs;
  private final ErrorPanel errors;
  private final ConnectContext connecting;
  private final LockViewModel lock;
  private final Timeline idle;
  private final DeskWindow desk;
  private final ConnectionsViewModel.Ways connectionWays = new WaysOfConnections();
  private Optional<ConnectionId> openNow = Optional.empty();
  private Runnable closeContent = () -> {};
  private Consumer<Boolean> hideCodes = hidden -> {};
  private Consumer<KeyEvent> keys = event -> {};
  private Consumer<KeyEvent> keysLeftOver = event -> {};

  /// What the window is given.
  ///
  /// @param browser opens an address outside the program
  public record Parts(
      Practice practice,
      Connections connections,
      VaultKey key,
      Places places,
      Background background,
      Texts texts,
      InstantSource clock,
      Remembered remembered,
      Consumer<URI> browser) {}

  public GuestlistWindow(Stage stage, Parts parts) {
    this.stage = stage;
    this.parts = parts;
    theme = new Theme(parts.remembered());
    windowPlace = new WindowPlace(stage, parts.remembered(), "window.place");
    VBox lines = new VBox();
    lines.getStyleClass().add("toasts");
    lines.setPickOnBounds(false);
    StackPane unexpected = new StackPane();
    unexpected.setPickOnBounds(false);
    unexpected.setAlignment(Pos.BOTTOM_LEFT);
    unexpected.setPadding(new Insets(0, 0, 44, 16));
    dialogs = new WindowDialogs(overlay, lines, parts.browser());
    errors = new ErrorPanel(unexpected, dialogs, parts.texts());
    connecting =
        new ConnectContext(
            parts.connections(),
            parts.places(),
            parts.background(),
            dialogs,
            new WindowFiles(stage),
            parts.texts(),
            parts.clock(),
            new Drafts());
    lock =
        new LockViewModel(
            parts.key(), parts.background(), parts.remembered(), parts.clock(), parts.texts());
    idle = new Timeline(new KeyFrame(Duration.seconds(5), event -> lock.tick()));
    idle.setCycleCount(Animation.INDEFINITE);
    idle.play();
    desk =
        new DeskWindow(
            stage,
            theme,
            parts.remembered(),
            parts.texts(),
            parts.browser(),
            this::everywhere,
            lock::used);
    dialogs.lookedAtMore(desk::inFront, desk::mainToFront);
    lock.lockedProperty()
        .subscribe(locked -> {
          hideCodes.accept(locked);
          if (locked) {
            desk.close();
          }
        });
    BorderPane frame = new BorderPane(content);
    frame.setTop(new LockView(lock, parts.texts()).root());
    root.getChildren().setAll(frame, lines, unexpected);
    Scene scene = new Scene(root, 1200, 760);
    theme.apply(scene);
    scene.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    scene.addEventFilter(InputEvent.ANY, event -> lock.used());
    scene.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (!overlay.showing()) {
            keysLeftOver.accept(event);
          }
        });
    stage.setScene(scene);
    stage.setTitle(parts.texts().get("window.title"));
    stage.setMinWidth(720);
    stage.setMinHeight(480);
  }

  /// Shows the window with the connection that was open last, else the start page.
  public void start() {
    windowPlace.restore();
    Optional<String> last = parts.remembered().get(LAST);
    parts
        .background()
        .run(
            () ->
                parts.places().connections().stream()
                    .filter(one -> last.equals(Optional.of(one.id().value())))
                    .findFirst()
                    .map(parts.places()::open),
            workplace -> {
              workplace.ifPresentOrElse(this::showConnection, this::showWelcome);
              stage.show();
              desk.openAsBefore();
            });
  }

  /// Shows the start page; the open connection is closed.
  public void showWelcome() {
    leave();
    parts.remembered().put(LAST, "");
    WelcomeViewModel model =
        new WelcomeViewModel(
            parts.practice(),
            parts.places(),
            parts.background(),
            parts.texts(),
            this::showConnection,
            this::showConnections);
    closeContent =
        () -> {
          model.close();
        };
    put(new WelcomeView(model, parts.texts()).root());
  }

  /// Shows the connections of this computer while none is open.
  private void showConnections() {
    leave();
    Screens.Opened opened = connections(Optional.empty(), Optional.of(this::showWelcome));
    closeContent = opened.close();
    put(opened.root());
  }

  private Screens.Opened connections(Optional<ConnectionId> chosen, Optional<Runnable> back) {
    ConnectionsViewModel model = new ConnectionsViewModel(connecting, connectionWays, chosen);
    return Screens.opened(new ConnectionsView(model, parts.texts(), back).root(), model::close);
  }

  /// Shows a connection that was opened.
  public void showConnection(Workplace workplace) {
    showConnection(workplace, false);
  }

  private void showConnection(Workplace workplace, boolean signIn) {
    leave();
    Connection connection = workplace.session().connection();
    openNow = Optional.of(connection.id());
    parts.remembered().put(LAST, connection.id().value());
    StackPane place = new StackPane();
    StackPane around = new StackPane();
    around.setPickOnBounds(false);
    Screens screens =
        new Screens(
            navigator ->
                new ScreenContext(
                    workplace,
                    parts.background(),
                    navigator,
                    dialogs,
                    parts.texts(),
                    parts.clock(),
                    parts.remembered()),
            place,
            around,
            this::leaveForWelcome,
            chosen -> connections(chosen, Optional.empty()),
            this::showSecrets,
            () -> desk(desk::show),
            new WindowFiles(stage));
    hideCodes = screens::hideCodes;
    hideCodes.accept(lock.lockedProperty().get());
    MainViewModel model = new MainViewModel(screens.context(), parts.practice());
    MainView[] view = new MainView[1];
    Actions actions = new Actions(model, theme, () -> view[0].toggleRail(), lock::lock);
    MainView main =
        new MainView(model, parts.texts(), place, typed -> openPalette(model, actions, typed));
    view[0] = main;
    main.middle().getChildren().add(around);
    screens.attach(
        model::shown,
        () -> start(model),
        model::goTo,
        model.signIn()::signIn,
        model.signIn()::signInAsAnother,
        name -> openPalette(model, actions, "@" + name));
    keys = event -> main.keys(event, screens.panelOpen());
    keysLeftOver = event -> main.keysLeftOver(event, screens.panelOpen());
    stage.titleProperty().bind(model.status().titleProperty());
    ClosingViewModel closing = new ClosingViewModel(screens.context(), model.status());
    stage.setOnCloseRequest(event -> {
      if (!closing.mayClose()) {
        event.consume();
        askBeforeClosing(closing);
      }
    });
    closeContent =
        () -> {
          stage.setOnCloseRequest(null);
          stage.titleProperty().unbind();
          stage.setTitle(parts.texts().get("window.title"));
          screens.close();
          main.close();
          model.close();
        };
    put(main.root());
    desk.over(screens.context(), new AcceptViewModel.Ways(model::goTo, model.signIn()::signIn));
    model.start();
    if (signIn) {
      model.signIn().signIn();
    }
  }

  private void askBeforeClosing(ClosingViewModel closing) {
    Texts texts = parts.texts();
    Button stop = new Button(texts.get("closing.stop"));
    stop.getStyleClass().add("danger");
    stop.setOnAction(event -> {
      overlay.close();
      closing.stop(stage::close);
    });
    Button pause = new Button(texts.get("closing.pause"));
    pause.getStyleClass().add("primary");
    pause.setOnAction(event -> {
      overlay.close();
      closing.pause(stage::close);
    });
    dialogs.ask(closing.title(), texts.get("closing.text"), texts.get("closing.keep"), stop, pause);
  }

  /// How the window looks; to be changed on the JavaFX thread.
  public Theme theme() {
    return theme;
  }

  /// Says that the cache could not be read and was set aside; it stays until it is closed.
  public void saysCacheSetAside(String to) {
    errors.show(parts.texts().get("notice.cache"), parts.texts().get("notice.cache.text", to), to);
  }

  /// Says that what cannot be read again was damaged and saved as far as it reads.
  ///
  /// @param rows how many rows were saved
  /// @param copies the daily copies, newest first, one a line
  public void saysMainFileSaved(String to, int rows, String copies) {
    errors.show(
        parts.texts().get("notice.main"),
        parts.texts().get("notice.main.text", rows, to),
        to + System.lineSeparator() + copies);
  }

  /// Shows what nobody expected, without blocking the window.
  public void unexpected(Throwable failure) {
    errors.show(failure);
  }

  /// Closes what is shown and remembers the window's place.
  @Override
  public void close() {
    windowPlace.keep();
    desk.end();
    idle.stop();
    lock.close();
    leave();
    theme.forget(stage.getScene());
  }

  private Screens.Opened start(MainViewModel model) {
    StartViewModel start = new StartViewModel(model.context(), model::go);
    return new Screens.Opened(new StartView(start, parts.texts()).root(), start::close);
  }

  private void openPalette(MainViewModel main, Actions actions, String typed) {
    PaletteViewModel[] model = new PaletteViewModel[1];
    Runnable close =
        () -> {
          overlay.close();
          model[0].close();
        };
    model[0] =
        new PaletteViewModel(
            main.context(), actions::all, new PaletteViewModel.Ways(main::go, main::goTo, close));
    model[0].queryProperty().set(typed);
    Region panel = new PaletteView(model[0], parts.texts()).root();
    overlay.show(panel, Pos.TOP_CENTER, new Insets(64, 24, 64, 24), close);
  }

  private void leaveForWelcome() {
    showWelcome();
    parts
        .background()
        .run(
            () -> {
              parts.places().closeCurrent();
              return true;
            },
            ignored -> {});
  }

  /// Codes are not to be seen while the program is locked.
  private void desk(Runnable way) {
    if (lock.lockedProperty().get()) {
      dialogs.tell(parts.texts().get("desk.locked"));
    } else {
      way.run();
    }
  }

  private void leave() {
    desk.leave();
    overlay.close();
    closeContent.run();
    closeContent = () -> {};
    keys = event -> {};
    keysLeftOver = event -> {};
    openNow = Optional.empty();
  }

  private void put(Node node) {
    content.getChildren().setAll(node);
    if (node instanceof Region region) {
      Focus.first(region);
    }
  }

  /// Answers the keys of every window of the program.
  ///
  /// @return whether it was one of them
  private boolean everywhere(KeyEvent event) {
    if (Keys.LOCK.match(event)) {
      lock.lock();
      return true;
    }
    if (!event.isShortcutDown() || event.isAltDown()) {
      return false;
    }
    switch (event.getCode()) {
      case EQUALS, PLUS, ADD -> theme.larger();
      case MINUS, SUBTRACT -> theme.smaller();
      case DIGIT0, NUMPAD0 -> theme.normalSize();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void pressed(KeyEvent event) {
    if (everywhere(event)) {
      event.consume();
    } else if (Keys.DESK.match(event)) {
      desk(desk::toggle);
      event.consume();
    } else if (event.getCode() == KeyCode.F11) {
      stage.setFullScreen(!stage.isFullScreen());
      event.consume();
    } else if (!overlay.showing()) {
      keys.accept(event);
    }
  }

  /// Where the connections lead to, whether one is open or not.
  private final class WaysOfConnections implements ConnectionsViewModel.Ways {
    @Override
    public void open(Connection connection, boolean signIn) {
      desk.leave();
      parts
          .background()
          .run(
              () -> parts.places().open(connection),
              workplace -> showConnection(workplace, signIn));
    }

    @Override
    public Optional<ConnectionId> openNow() {
      return openNow;
    }

    @Override
    public void secrets() {
      showSecrets();
    }

    @Override
    public void sheet(Connection connection) {
      SetUpSheetViewModel model =
          new SetUpSheetViewModel(connection, dialogs, parts.texts(), overlay::close);
      panel(new SetUpSheetView(model, parts.texts()).root(), overlay::close);
    }

    @Override
    public void removed(ConnectionId id) {
      if (openNow.equals(Optional.of(id))) {
        showWelcome();
      }
    }
  }

  private void showSecrets() {
    SecretsViewModel[] model = new SecretsViewModel[1];
    Runnable close =
        () -> {
          overlay.close();
          model[0].close();
        };
    model[0] = new SecretsViewModel(parts.key(), lock, parts.background(), parts.texts(), close);
    panel(new SecretsView(model[0], parts.texts()).root(), close);
  }

  private void panel(Parent content, Runnable close) {
    StackPane frame = new StackPane(content);
    frame.getStyleClass().addAll("panel", "work-panel");
    frame.setMaxSize(760, Region.USE_PREF_SIZE);
    overlay.show(frame, Pos.CENTER, new Insets(24), close);
  }
}
