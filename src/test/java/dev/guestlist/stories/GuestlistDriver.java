package dev.guestlist.stories;

import com.sun.javafx.stage.WindowHelper;
import dev.guestlist.app.Wiring;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.shell.GuestlistWindow;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.scene.text.Text;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import javax.imageio.ImageIO;
import org.jspecify.annotations.NullUnmarked;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.robot.BaseRobot;

/// The whole program in a headless window, in the words of the person in front of it. The only
/// class of the stories that knows nodes; everything it says is waited for.
@NullUnmarked // what is made in open() is there in every test
final class GuestlistDriver implements AutoCloseable {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(45);

  /// The headless screen has one keyboard: tests with a window take turns.
  private static final ReentrantLock SCREEN = new ReentrantLock();

  /// So many times the screen is laid out and drawn until nothing moves any more.
  private static final int PULSES = 8;

  private final Path folder;
  private final FxRobot robot = new FxRobot();
  private Wiring wiring;
  private final BlockingQueue<URI> opened = new LinkedBlockingQueue<>();
  private GuestlistWindow window;
  private Stage stage;
  private Stage main;
  private volatile boolean watching = true;
  private volatile String blocked = "";

  private GuestlistDriver(Path folder) {
    this.folder = folder;
  }

  /// Starts the program on this data folder.
  static GuestlistDriver start(Path folder) throws Exception {
    SCREEN.lock();
    try {
      FxToolkit.registerPrimaryStage();
      GuestlistDriver driver = new GuestlistDriver(folder);
      driver.watchTheScreensThread();
      driver.open();
      return driver;
    } catch (Throwable e) {
      SCREEN.unlock();
      throw e;
    }
  }

  /// Leaves the connection for the start page, at once.
  void closesConnection() {
    act(window::showWelcome);
    settle();
  }

  /// Shows a connection that somebody else opened, in this program's window.
  void opens(Workplace workplace) {
    act(() -> window.showConnection(workplace));
  }

  /// From now on looks at the small window for codes; waits for it.
  void turnsToDesk() {
    stage = waitFor("the small window", this::desk);
    presentNow();
  }

  /// From now on looks at the main window again.
  void turnsToMain() {
    stage = main;
    presentNow();
  }

  /// Does what a desktop does and the headless one does not: one window has the focus, and the
  /// others lose it.
  private void presentNow() {
    act(() -> {
      Stream.of(Optional.of(main), desk())
          .flatMap(Optional::stream)
          .filter(window -> !window.equals(stage))
          .forEach(window -> WindowHelper.setFocused(window, false));
      WindowHelper.setFocused(stage, true);
    });
    settle();
  }

  /// Waits until the small window is gone.
  void seesNoDesk() {
    waitFor("no small window", () -> desk().isEmpty() ? Optional.of(true) : Optional.empty());
  }

  boolean showsDesk() {
    return onScreen(() -> desk().isPresent());
  }

  /// Where the window is, how wide and how high.
  List<Double> place() {
    return onScreen(() -> List.of(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight()));
  }

  void moves(double x, double y) {
    act(() -> {
      stage.setX(x);
      stage.setY(y);
    });
    settle();
  }

  boolean staysOnTop() {
    return onScreen(() -> stage.isAlwaysOnTop());
  }

  private Optional<Stage> desk() {
    return Window.getWindows().stream()
        .filter(window -> window instanceof Stage it && it.getTitle().startsWith("Accept codes"))
        .map(Stage.class::cast)
        .findFirst();
  }

  /// The texts of what pops up over the window; nothing while nothing does.
  List<String> poppedUp() {
    return onScreen(() ->
        Window.getWindows().stream()
            .filter(window -> window instanceof PopupWindow it && stage.equals(it.getOwnerWindow()))
            .flatMap(window -> visible(window.getScene().getRoot()))
            .filter(node -> node instanceof Labeled)
            .map(node -> ((Labeled) node).getText())
            .filter(text -> text != null && !text.isBlank())
            .toList());
  }

  /// Presses a button of what pops up over the window.
  void clicksInPopup(String text) {
    ButtonBase button =
        waitFor(
            "'" + text + "' in what pops up",
            () ->
                Window.getWindows().stream()
                    .filter(window -> window instanceof PopupWindow)
                    .flatMap(window -> visible(window.getScene().getRoot()))
                    .filter(node -> node instanceof ButtonBase it && text.equals(it.getText()))
                    .map(ButtonBase.class::cast)
                    .findFirst());
    act(button::fire);
  }

  /// Writes a picture of what pops up over the window.
  void pictureOfPopup(String name) {
    Path file = emptyPlace(name);
    settle();
    write(
        file,
        onScreen(() ->
            Window.getWindows().stream()
                .filter(window -> window instanceof PopupWindow)
                .map(window -> shot(window.getScene()))
                .findFirst()
                .orElseThrow()));
  }

  /// Locks codes and secrets away, and waits until they are.
  void locks() {
    presses(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
  }

  /// What the button says that has the focus; blank when none has.
  String focusedButton() {
    return onScreen(this::focusedButtonNow);
  }

  private String focusedButtonNow() {
    return stage.getScene().getFocusOwner() instanceof ButtonBase it ? it.getText() : "";
  }

  /// Waits until a button has the focus that begins with this.
  void waitsForFocusOn(String beginning) {
    waitFor(
        "the focus on " + beginning,
        () -> Optional.of(focusedButtonNow()).filter(text -> text.startsWith(beginning)));
  }

  /// All texts on the screen.
  String everything() {
    return onScreen(() -> texts().toString());
  }

  /// The title of the window.
  String title() {
    return onScreen(() -> stage.getTitle());
  }

  /// Asks for the window to be closed, as the button in its frame does.
  void asksToClose() {
    act(() -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
  }

  /// Looks again and again where the screen's thread is: it must never be inside the folders that
  /// wait for disk or network.
  private void watchTheScreensThread() {
    Thread screen = onScreen(Thread::currentThread);
    Thread.ofPlatform()
        .daemon()
        .name("watch")
        .start(() -> {
          while (watching) {
            for (StackTraceElement frame : screen.getStackTrace()) {
              String place = frame.getClassName();
              boolean waits =
                  place.startsWith("dev.guestlist.store.")
                      || place.startsWith("dev.guestlist.server.");
              if (waits && frame.getMethodName().matches("read|change|write|send|execute")) {
                blocked = frame.toString();
              }
            }
            LockSupport.parkNanos(1_000_000);
          }
        });
  }

  /// Ends the program as closing the window does, and starts it again.
  void restart() throws Exception {
    closeProgram();
    open();
  }

  /// Jumps to an organization by the palette.
  void jumpsTo(String name) {
    presses(KeyCode.CONTROL, KeyCode.K);
    sees("query");
    types(name);
    waitsForListed("list", name);
    presses(KeyCode.ENTER);
  }

  /// Does something by the palette.
  void acts(String words) {
    presses(KeyCode.CONTROL, KeyCode.K);
    sees("query");
    types(">" + words);
    ListView<?> list = (ListView<?>) sees("list");
    // what matches is marked word by word, and may stand under a heading
    waitFor(
        "one action '" + words + "'",
        () ->
            list.getItems().isEmpty() || list.getItems().size() > 2
                ? Optional.empty()
                : Optional.of(true));
    presses(KeyCode.ENTER);
  }

  /// Waits until the clipboard holds a text of this form.
  void waitsForClipboard(String form) {
    waitFor(
        "the clipboard", () -> clipboardNow().matches(form) ? Optional.of(true) : Optional.empty());
  }

  /// Presses keys together.
  void presses(KeyCode... keys) {
    if (showsDesk()) {
      act(() -> pressHere(List.of(keys)));
    } else {
      robot.push(keys);
    }
  }

  /// The headless robot does not choose between windows.
  private void pressHere(List<KeyCode> keys) {
    Scene scene = stage.getScene();
    Node owner = scene.getFocusOwner() == null ? scene.getRoot() : scene.getFocusOwner();
    KeyCode last = keys.getLast();
    for (var type : List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
      Event.fireEvent(
          owner,
          new KeyEvent(
              type,
              "",
              "",
              last,
              keys.contains(KeyCode.SHIFT),
              keys.contains(KeyCode.CONTROL),
              keys.contains(KeyCode.ALT),
              false));
    }
  }

  void types(String text) {
    if (showsDesk()) {
      act(() -> ((TextInputControl) stage.getScene().getFocusOwner()).replaceSelection(text));
    } else {
      BaseRobot keyboard = robot.robotContext().getBaseRobot();
      for (char one : text.toCharArray()) {
        keyboard.typeKeyboard(stage.getScene(), KeyCode.UNDEFINED, String.valueOf(one));
      }
      comesToRest();
    }
  }

  /// Presses the button with this id, once it can be pressed.
  void clicks(String id) {
    Node node = sees(id, found -> !found.isDisabled());
    act(() -> {
      if (node instanceof ButtonBase button) {
        button.fire();
      } else {
        throw new AssertionError(id + " is no button");
      }
    });
  }

  /// Waits until the button with this id says this and can be pressed.
  void waitsForButton(String id, String text) {
    sees(
        id, node -> node instanceof ButtonBase it && text.equals(it.getText()) && !it.isDisabled());
  }

  /// Clicks the first visible node of this style.
  void clicksOn(String style) {
    Node node =
        waitFor(
            "." + style,
            () -> nodes().filter(one -> one.getStyleClass().contains(style)).findFirst());
    act(() -> Event.fireEvent(node, click(node)));
  }

  private static MouseEvent click(Node node) {
    return new MouseEvent(
        MouseEvent.MOUSE_CLICKED,
        0,
        0,
        0,
        0,
        MouseButton.PRIMARY,
        1,
        false,
        false,
        false,
        false,
        true,
        false,
        false,
        true,
        false,
        true,
        new PickResult(node, 0, 0));
  }

  /// Waits for a visible node with this id.
  Node sees(String id) {
    return sees(id, node -> true);
  }

  Node sees(String id, Predicate<Node> also) {
    return waitFor(
        "#" + id, () -> nodes().filter(node -> id.equals(node.getId())).filter(also).findFirst());
  }

  /// Waits until this text is somewhere on the screen.
  void reads(String text) {
    waitFor(
        "'" + text + "'", () -> texts().stream().filter(shown -> shown.contains(text)).findFirst());
  }

  boolean shows(String text) {
    return onScreen(() -> texts().stream().anyMatch(shown -> shown.contains(text)));
  }

  /// Waits until no text on the screen contains this.
  void seesNoMore(String text) {
    waitFor(
        "the end of '" + text + "'",
        () ->
            texts().stream().noneMatch(shown -> shown.contains(text))
                ? Optional.of(true)
                : Optional.empty());
  }

  /// Puts the focus on a node.
  void goesTo(String id) {
    Node node = sees(id);
    act(node::requestFocus);
  }

  void fills(String id, String text) {
    Node node = sees(id);
    act(() -> ((TextInputControl) node).setText(text));
  }

  /// The texts of a column of the table, in the order shown.
  List<String> column(String tableId, int column) {
    TableView<?> table = (TableView<?>) sees(tableId);
    return onScreen(() -> {
      List<String> cells = new ArrayList<>();
      TableColumn<?, ?> shown = table.getVisibleLeafColumn(column);
      for (int row = 0; row < table.getItems().size(); row++) {
        cells.add(String.valueOf(shown.getCellData(row)));
      }
      return cells;
    });
  }

  /// A row of a table as it is drawn.
  ///
  /// @param texts everything that can be read in it
  /// @param apart whether it looks set apart from the others
  record DrawnRow(List<String> texts, boolean ticked, boolean apart) {
    boolean reads(String text) {
      return texts.stream().anyMatch(one -> one.contains(text));
    }
  }

  /// All rows of a table as they are drawn, each scrolled to.
  List<DrawnRow> drawnRows(String tableId) {
    TableView<?> table = (TableView<?>) sees(tableId);
    int count = onScreen(() -> table.getItems().size());
    List<DrawnRow> rows = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      int row = at;
      rows.add(
          waitFor(
              "row " + row + " of " + tableId,
              () -> {
                table.scrollTo(row);
                table.layout();
                return visible(table)
                    .filter(node -> node instanceof TableRow<?> it && it.getIndex() == row)
                    .findFirst()
                    .map(GuestlistDriver::drawn);
              }));
    }
    act(() -> table.scrollTo(0));
    return rows;
  }

  private static DrawnRow drawn(Node row) {
    return new DrawnRow(
        textsOf(visible(row)),
        visible(row).anyMatch(node -> node instanceof CheckBox box && box.isSelected()),
        row.getPseudoClassStates().contains(PseudoClass.getPseudoClass("apart")));
  }

  /// Everything that a line of text says from now on, in turn; it may be blank and hidden now.
  List<String> listensTo(String id) {
    List<String> said = new CopyOnWriteArrayList<>();
    act(() -> {
      Labeled label = (Labeled) stage.getScene().lookup("#" + id);
      label.textProperty().addListener((property, was, is) -> said.add(is));
    });
    return said;
  }

  int rows(String tableId) {
    TableView<?> table = (TableView<?>) sees(tableId);
    return onScreen(() -> table.getItems().size());
  }

  void waitsForRows(String tableId, int count) {
    waitFor(
        count + " rows in " + tableId,
        () ->
            nodes()
                .filter(node -> tableId.equals(node.getId()))
                .map(node -> ((TableView<?>) node).getItems().size())
                .filter(size -> size == count)
                .findFirst());
  }

  void selectsRow(String tableId, int row) {
    TableView<?> table = (TableView<?>) sees(tableId);
    act(() -> {
      table.requestFocus();
      table.getSelectionModel().clearAndSelect(row);
    });
  }

  /// Chooses in a list by the text that a search leaves alone.
  void picks(String id, String text) {
    fills(id + "Search", text);
    ListView<?> list = (ListView<?>) sees(id);
    waitFor(
        text + " in " + id, () -> list.getItems().isEmpty() ? Optional.empty() : Optional.of(true));
    act(() -> {
      list.requestFocus();
      list.getSelectionModel().selectFirst();
    });
    presses(KeyCode.SPACE);
  }

  /// The first text of a list.
  String firstOf(String id) {
    ListView<?> list = (ListView<?>) sees(id);
    return waitFor(
        "something in " + id,
        () ->
            nodes()
                .filter(node -> node instanceof CheckBox)
                .filter(node -> isIn(node, list))
                .map(node -> ((Labeled) node).getText())
                .filter(text -> text != null && !text.isBlank())
                .findFirst());
  }

  void clicksRadio(String id) {
    Node node = sees(id, found -> !found.isDisabled());
    act(() -> ((javafx.scene.control.RadioButton) node).setSelected(true));
  }

  /// The address that the program asks the browser to open next.
  URI opensInBrowser() throws InterruptedException {
    URI address = opened.poll(20, TimeUnit.SECONDS);
    if (address == null) {
      throw new AssertionError("No browser was asked for.");
    }
    return address;
  }

  void ticks(String id) {
    Node node = sees(id, found -> !found.isDisabled());
    act(() -> ((CheckBox) node).setSelected(true));
  }

  /// Shows the lower end of a scrolled part.
  void scrollsDown(String id) {
    Node node = sees(id);
    settle();
    act(() -> ((javafx.scene.control.ScrollPane) node).setVvalue(1));
  }

  /// Presses the first button with this text inside a part of the screen.
  void clicksIn(String part, String text) {
    Node whole = sees(part);
    ButtonBase button =
        waitFor(
            "a button '" + text + "'",
            () ->
                nodes()
                    .filter(node -> node instanceof ButtonBase)
                    .map(node -> (ButtonBase) node)
                    .filter(node -> text.equals(node.getText()) && !node.isDisabled())
                    .filter(node -> isIn(node, whole))
                    .findFirst());
    act(button::fire);
  }

  /// Copies a text, as if in another program.
  void copies(String text) {
    act(() -> {
      ClipboardContent content = new ClipboardContent();
      content.putString(text);
      Clipboard.getSystemClipboard().setContent(content);
    });
  }

  /// Copies a text and pastes it by Ctrl+V into whatever field has the focus.
  void pastes(String text) {
    copies(text);
    waitFor(
        "a field with the focus",
        () ->
            stage.getScene().getFocusOwner() instanceof TextInputControl
                ? Optional.of(true)
                : Optional.empty());
    presses(KeyCode.CONTROL, KeyCode.V);
  }

  void waitsForRow(String tableId, String person) {
    waitFor(
        person + " in " + tableId,
        () -> hasRowNow(tableId, person) ? Optional.of(true) : Optional.empty());
  }

  void waitsForRow(String tableId, String person, String status) {
    waitFor(
        person + " in " + tableId + " with " + status,
        () ->
            hasRowNow(tableId, person, "status=" + status + ",")
                ? Optional.of(true)
                : Optional.empty());
  }

  void waitsForNoRow(String tableId, String person) {
    waitFor(
        "no " + person + " in " + tableId,
        () -> hasRowNow(tableId, person) ? Optional.empty() : Optional.of(true));
  }

  void selectsRowOf(String tableId, String person) {
    TableView<?> table = (TableView<?>) sees(tableId);
    act(() -> {
      for (int row = 0; row < table.getItems().size(); row++) {
        if (speaksOf(table.getItems().get(row), person)) {
          table.requestFocus();
          table.getSelectionModel().clearAndSelect(row);
          table.getFocusModel().focus(row);
          return;
        }
      }
      throw new AssertionError(person + " is not in " + tableId);
    });
  }

  void waitsForListed(String listId, String text) {
    ListView<?> list = (ListView<?>) sees(listId);
    waitFor(
        text + " in " + listId,
        () ->
            list.getItems().isEmpty() || list.getSelectionModel().getSelectedItem() == null
                ? Optional.empty()
                : list.getSelectionModel()
                        .getSelectedItem()
                        .toString()
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains(text)
                    ? Optional.of(true)
                    : Optional.empty());
  }

  String clipboardNow() {
    return Optional.ofNullable(Clipboard.getSystemClipboard().getString()).orElse("");
  }

  private boolean hasRowNow(String tableId, String person) {
    return hasRowNow(tableId, person, "");
  }

  private boolean hasRowNow(String tableId, String person, String and) {
    return nodes()
        .filter(node -> tableId.equals(node.getId()))
        .flatMap(node -> ((TableView<?>) node).getItems().stream())
        .anyMatch(row -> speaksOf(row, person) && row.toString().contains(and));
  }

  /// Rows are records whose text names the person.
  private static boolean speaksOf(Object row, String person) {
    return row.toString().contains("person=" + person + ",")
        || row.toString().contains("username=" + person + ",");
  }

  private static boolean isIn(Node node, Node ancestor) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (at.equals(ancestor)) {
        return true;
      }
    }
    return false;
  }

  /// What lies on the clipboard.
  String clipboard() {
    return onScreen(
        () -> Optional.ofNullable(Clipboard.getSystemClipboard().getString()).orElse(""));
  }

  /// Whether the theme is dark.
  void looks(boolean dark) {
    act(() -> {
      if (dark) {
        window.theme().dark();
      } else {
        window.theme().light();
      }
    });
  }

  void resizes(double width, double height) {
    act(() -> {
      stage.setWidth(width);
      stage.setHeight(height);
    });
    settle();
  }

  /// Writes a picture of the window into `target/pictures`, in place of one of an earlier day.
  void picture(String name) {
    Path file = emptyPlace(name);
    settle();
    write(file, onScreen(() -> shot(stage.getScene())));
  }

  private static BufferedImage shot(Scene scene) {
    WritableImage shot = scene.snapshot(null);
    int width = (int) shot.getWidth();
    int height = (int) shot.getHeight();
    BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        copy.setRGB(x, y, shot.getPixelReader().getArgb(x, y));
      }
    }
    return copy;
  }

  /// Where a picture goes; nothing is there.
  private static Path emptyPlace(String name) {
    try {
      Path file = Files.createDirectories(Path.of("target", "pictures")).resolve(name + ".png");
      Files.deleteIfExists(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, BufferedImage image) {
    try {
      if (!ImageIO.write(image, "png", file.toFile())) {
        throw new AssertionError("Nothing here writes pictures.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Lets the screen paint a few times.
  void settle() {
    CountDownLatch pulses = new CountDownLatch(PULSES);
    AnimationTimer counter =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            pulses.countDown();
          }
        };
    act(counter::start);
    try {
      if (!pulses.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("The screen is not drawn.");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    act(counter::stop);
  }

  <T> T waitFor(String what, Callable<Optional<T>> question) {
    long end = System.nanoTime() + PATIENCE;
    while (true) {
      Optional<T> answer = onScreen(question);
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() > end) {
        picture("failed");
        throw new AssertionError(
            "Did not see " + what + ". On the screen: " + onScreen(this::texts));
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /// Does something on the screen, and lets what follows from it at once happen.
  private static void act(Runnable work) {
    boolean ignored =
        onScreen(() -> {
          work.run();
          return true;
        });
    comesToRest();
  }

  /// What is put off until later on the screen's thread may put off something itself.
  private static void comesToRest() {
    for (int i = 0; i < 3; i++) {
      boolean ignored = onScreen(() -> true);
    }
  }

  static <T> T onScreen(Callable<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        answer.complete(question.call());
      } catch (Throwable e) {
        answer.completeExceptionally(e);
      }
    });
    return answer.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private Stream<Node> nodes() {
    return visible(stage.getScene().getRoot());
  }

  private static Stream<Node> visible(Node node) {
    if (!node.isVisible()) {
      return Stream.empty();
    }
    Stream<Node> self = Stream.of(node);
    return node instanceof Parent parent
        ? Stream.concat(
            self, parent.getChildrenUnmodifiable().stream().flatMap(GuestlistDriver::visible))
        : self;
  }

  private List<String> texts() {
    return textsOf(nodes());
  }

  private static List<String> textsOf(Stream<Node> nodes) {
    return nodes
        .map(node ->
            switch (node) {
              case Labeled labeled -> labeled.getText();
              case Text text -> text.getText();
              case TextInputControl input -> input.getText();
              default -> null;
            })
        .filter(text -> text != null && !text.isBlank())
        .distinct()
        .collect(Collectors.toList());
  }

  private void open() throws Exception {
    wiring = Wiring.open(folder, InstantSource.system());
    act(() -> {
      stage = new Stage();
      main = stage;
      window = wiring.window(stage, opened::add);
      window.start();
    });
    waitFor("the window", () -> stage.isShowing() ? Optional.of(true) : Optional.empty());
    resizes(1366, 768);
  }

  private void closeProgram() {
    act(() -> {
      window.close();
      main.hide();
    });
    wiring.close();
  }

  @Override
  public void close() {
    try {
      closeProgram();
    } finally {
      watching = false;
      SCREEN.unlock();
    }
    if (!blocked.isEmpty()) {
      throw new AssertionError("The screen's thread waited in " + blocked);
    }
  }
}
