package dev.guestlist.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestProgram;
import dev.guestlist.testing.TestWindow;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javafx.scene.control.TextField;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The window around the screens, walked through in both themes and several sizes.
class WindowPicturesTest {
  private static final Path PICTURES = Path.of("target/pictures");

  @TempDir Path folder;

  @Test
  void theWindowIsDrawnInEveryThemeAndSizeWithoutAComplaintAboutStyles() throws Exception {
    List<String> complaints = new CopyOnWriteArrayList<>();
    Handler listener = new Handler() {
      @Override
      public void publish(LogRecord entry) {
        complaints.add(entry.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
    Logger css = Logger.getLogger("javafx.css");
    css.addHandler(listener);
    try (PracticeWorld world = PracticeWorld.in(folder)) {
      TestProgram program = new TestProgram(world);
      try (TestWindow window = new TestWindow(world, program)) {
        walk(window, program, world);
        assertThat(window.unexpected()).isEmpty();
      }
    } finally {
      css.removeHandler(listener);
    }
    assertThat(complaints).isEmpty();
  }

  private static void walk(TestWindow window, TestProgram program, PracticeWorld world) throws Exception {
    TestWindow.on(() -> {
      window.window().start();
      return true;
    });
    window.until(() -> window.stage().isShowing());
    window.size(1366, 768);
    inBothThemes(window, program, "welcome");
    TestWindow.on(() -> {
      ((Button) window.stage().getScene().lookup(".button.primary")).fire();
      return true;
    });
    window.seesText("Choose an organization");
    window.seesText("Partners");
    inBothThemes(window, program, "start");
    window.press(KeyCode.K, true, false);
    window.seesText("Esc closes");
    TestWindow.on(() -> {
      ((TextField) window.stage().getScene().getFocusOwner()).setText("no");
      return true;
    });
    window.seesText("Northwind");
    Thread.sleep(300);
    inBothThemes(window, program, "palette");
    TestWindow.on(() -> {
      ((TextField) window.stage().getScene().getFocusOwner()).setText("Contoso");
      return true;
    });
    Thread.sleep(300);
    window.press(KeyCode.ENTER, false, false);
    window.seesText("online");
    Thread.sleep(1000);
    inBothThemes(window, program, "shell");
    window.size(1000, 700);
    inBothThemes(window, program, "shell-small");
    window.press(KeyCode.EQUALS, true, false);
    inBothThemes(window, program, "shell-125");
    window.press(KeyCode.K, true, false);
    TestWindow.on(() -> {
      ((TextField) window.stage().getScene().getFocusOwner()).setText(">");
      return true;
    });
    Thread.sleep(300);
    inBothThemes(window, program, "actions-125");
    window.press(KeyCode.ESCAPE, false, false);
    window.press(KeyCode.DIGIT0, true, false);
    window.size(1366, 768);
    program.stop();
    TestWindow.on(() -> { window.window().unexpected(new IllegalStateException("x")); return true; });
    Thread.sleep(300);
    inBothThemes(window, program, "error");
  }

  private static void inBothThemes(TestWindow window, TestProgram program, String name) throws Exception {
    for (String look : List.of("light", "dark")) {
      theme(window, look.equals("dark"));
      Thread.sleep(150);
      window.picture(PICTURES.resolve(name + "-" + look + ".png"));
    }
  }

  private static void theme(TestWindow window, boolean dark) {
    TestWindow.on(() -> {
      if (dark) {
        window.window().theme().dark();
      } else {
        window.window().theme().light();
      }
      return true;
    });
  }
}
