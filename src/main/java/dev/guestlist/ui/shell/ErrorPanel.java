package dev.guestlist.ui.shell;

import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.Texts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// What nobody expected, in a panel that does not block the window: a short code to name it by, and
/// the details to copy.
final class ErrorPanel {
  private final StackPane host;
  private final Dialogs dialogs;
  private final Texts texts;

  ErrorPanel(StackPane host, Dialogs dialogs, Texts texts) {
    this.host = host;
    this.dialogs = dialogs;
    this.texts = texts;
  }

  void show(Throwable failure) {
    String code = code(failure);
    show(texts.get("unexpected.title", code), texts.get("unexpected.text"), details(code, failure));
  }

  /// Says something in the same place; it stays until it is closed.
  void show(String heading, String sentence, String details) {
    Label title = new Label(heading);
    title.getStyleClass().add("panel-title");
    title.setWrapText(true);
    title.setMinHeight(Region.USE_PREF_SIZE);
    Label text = new Label(sentence);
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    Button copy = new Button(texts.get("unexpected.copy"));
    copy.setOnAction(event -> dialogs.copy(details));
    Button close = new Button(texts.get("unexpected.close"));
    close.setOnAction(event -> host.getChildren().clear());
    HBox buttons = new HBox(copy, close);
    buttons.getStyleClass().add("panel-buttons");
    VBox panel = new VBox(title, text, buttons);
    panel.getStyleClass().addAll("panel", "unexpected");
    panel.setMaxSize(420, Region.USE_PREF_SIZE);
    host.getChildren().setAll(panel);
  }

  /// The same failure at the same place has the same code.
  static String code(Throwable failure) {
    int hash = failure.getClass().getName().hashCode();
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith("dev.guestlist.")) {
        hash = 31 * hash + (frame.getClassName() + frame.getMethodName()).hashCode();
      }
    }
    String hex = String.format(Locale.ROOT, "%08X", hash);
    return hex.substring(0, 4) + "-" + hex.substring(4);
  }

  private static String details(String code, Throwable failure) {
    StringWriter text = new StringWriter();
    text.append(code).append(System.lineSeparator());
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
