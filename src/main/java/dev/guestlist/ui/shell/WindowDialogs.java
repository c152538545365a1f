package dev.guestlist.ui.shell;

import dev.guestlist.ui.kit.Dialogs;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// Questions as panels inside the window, lines at its lower edge, the clipboard and the browser.
final class WindowDialogs implements Dialogs {
  private static final Duration SECRET_STAYS = Duration.seconds(60);
  private static final Duration LINE_STAYS = Duration.seconds(6);
  private static final int MOST_LINES = 3;

  private final Overlay overlay;
  private final VBox lines;
  private final Consumer<URI> browser;

  WindowDialogs(Overlay overlay, VBox lines, Consumer<URI> browser) {
    this.overlay = overlay;
    this.lines = lines;
    this.browser = browser;
  }

  @Override
  public void confirm(Question question, Runnable confirmed) {
    Button action = new Button(question.action());
    action.getStyleClass().add("danger");
    action.setOnAction(event -> {
      overlay.close();
      confirmed.run();
    });
    ask(question.title(), question.text(), question.keep(), action);
  }

  /// Asks with more than one way on; every button closes the question.
  void ask(String titleText, String words, String keepLabel, Button... ways) {
    Label title = new Label(titleText);
    title.getStyleClass().add("panel-title");
    title.setWrapText(true);
    Label text = new Label(words);
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    Button keep = new Button(keepLabel);
    keep.setCancelButton(true);
    keep.setOnAction(event -> overlay.close());
    HBox buttons = new HBox(keep);
    buttons.getChildren().addAll(ways);
    buttons.getStyleClass().add("panel-buttons");
    VBox panel = new VBox(title, text, buttons);
    panel.getStyleClass().addAll("panel", "question");
    panel.setAccessibleText(titleText + " " + words);
    panel.setMaxSize(460, Region.USE_PREF_SIZE);
    overlay.show(panel, Pos.CENTER, new Insets(24), overlay::close);
  }

  @Override
  public void copy(String text) {
    Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, text));
  }

  @Override
  public void copySecret(String secret) {
    ClipboardContent content = new ClipboardContent();
    content.putString(secret);
    content.put(privateMark(), ByteBuffer.wrap("secret".getBytes(StandardCharsets.UTF_8)));
    Clipboard.getSystemClipboard().setContent(content);
    PauseTransition stays = new PauseTransition(SECRET_STAYS);
    stays.setOnFinished(event -> {
      if (secret.equals(Clipboard.getSystemClipboard().getString())) {
        Clipboard.getSystemClipboard().clear();
      }
    });
    stays.play();
  }

  /// Clipboard managers of Linux desktops that know this mark do not keep the entry.
  private static DataFormat privateMark() {
    String type = "x-kde-passwordManagerHint";
    DataFormat known = DataFormat.lookupMimeType(type);
    return known == null ? new DataFormat(type) : known;
  }

  @Override
  public void tell(String line) {
    Label toast = new Label(line);
    toast.getStyleClass().add("toast");
    toast.setWrapText(true);
    if (lines.getChildren().size() == MOST_LINES) {
      lines.getChildren().removeFirst();
    }
    lines.getChildren().add(toast);
    PauseTransition stays = new PauseTransition(LINE_STAYS);
    stays.setOnFinished(event -> lines.getChildren().remove(toast));
    toast.setOnMouseEntered(event -> stays.stop());
    toast.setOnMouseExited(event -> stays.playFromStart());
    stays.play();
  }

  @Override
  public void open(URI link) {
    browser.accept(link);
  }
}
