package dev.guestlist.testing;

import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.shell.GuestlistWindow;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javax.imageio.ImageIO;

/// The program's window without a display, over a [PracticeWorld]. Methods may be called from the
/// test's thread; they go over to the window's.
public final class TestWindow implements AutoCloseable {
  private static boolean toolkitRuns;

  private final List<Throwable> unexpected = new CopyOnWriteArrayList<>();
  private final List<URI> opened = new CopyOnWriteArrayList<>();
  private final Stage stage;
  private final GuestlistWindow window;

  public TestWindow(PracticeWorld world, TestProgram program) {
    startToolkit();
    stage = on(Stage::new);
    window =
        on(
            () ->
                new GuestlistWindow(
                    stage,
                    new GuestlistWindow.Parts(
                        program,
                        program,
                        Background.threads(unexpected::add),
                        Texts.english(),
                        world.clock(),
                        program,
                        opened::add)));
  }

  public GuestlistWindow window() {
    return window;
  }

  public Stage stage() {
    return stage;
  }

  /// What nobody expected so far.
  public List<Throwable> unexpected() {
    return List.copyOf(unexpected);
  }

  /// The first node with this style class or id that is shown.
  public Node find(String selector) {
    return on(() -> {
      for (Node node : stage.getScene().getRoot().lookupAll(selector)) {
        if (shown(node)) {
          return node;
        }
      }
      throw new AssertionError("There is no " + selector + " in the window.");
    });
  }

  /// Every text that can be read in the window just now.
  public List<String> texts() {
    return on(() -> {
      List<String> texts = new ArrayList<>();
      collect(stage.getScene().getRoot(), texts);
      return texts;
    });
  }

  /// Waits until a text can be read that contains this.
  public void seesText(String part) {
    try {
      PracticeWorld.until(() -> texts().stream().anyMatch(text -> text.contains(part)));
    } catch (AssertionError e) {
      throw new AssertionError("The window does not say '" + part + "' but " + texts(), e);
    }
  }

  public void until(BooleanSupplier condition) {
    PracticeWorld.until(() -> on(condition::getAsBoolean));
  }

  /// Presses a key where the focus is.
  public void press(KeyCode code, boolean ctrl, boolean alt) {
    on(() -> {
      Node target = stage.getScene().getFocusOwner();
      Node at = target == null ? stage.getScene().getRoot() : target;
      for (var type : List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
        Event.fireEvent(
            at, new KeyEvent(type, "", code.getName(), code, false, ctrl, alt, false));
      }
      return true;
    });
  }

  /// Does something on the window's thread and waits for it.
  public static <T> T on(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        result.complete(work.call());
      } catch (Exception | AssertionError e) {
        result.completeExceptionally(e);
      }
    });
    try {
      return result.get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new AssertionError("On the window's thread: " + e.getCause(), e.getCause());
    } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  public void size(double width, double height) {
    on(() -> {
      stage.setWidth(width);
      stage.setHeight(height);
      return true;
    });
  }

  /// Takes a picture of the window as it is into a PNG file.
  public void picture(Path file) {
    WritableImage image = on(() -> {
      Scene scene = stage.getScene();
      scene.getRoot().applyCss();
      scene.getRoot().layout();
      return scene.snapshot(null);
    });
    write(image, file);
  }

  private static void write(WritableImage image, Path path) {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    PixelReader pixels = image.getPixelReader();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, pixels.getArgb(x, y));
      }
    }
    File file = path.toFile();
    file.getParentFile().mkdirs();
    try {
      ImageIO.write(picture, "png", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(Node node, List<String> texts) {
    if (!node.isVisible()) {
      return;
    }
    if (node instanceof javafx.scene.text.Text text && !text.getText().isBlank()) {
      texts.add(text.getText());
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> collect(child, texts));
    }
  }

  private static boolean shown(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  private static synchronized void startToolkit() {
    if (!toolkitRuns) {
      try {
        Platform.startup(() -> {});
      } catch (IllegalStateException e) {
        // another test started it
      }
      Platform.setImplicitExit(false);
      toolkitRuns = true;
    }
  }

  @Override
  public void close() {
    on(() -> {
      window.close();
      stage.close();
      return true;
    });
  }
}
