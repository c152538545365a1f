package dev.guestlist.ui.shell;

import dev.guestlist.ui.kit.Dialogs;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// Questions as panels inside the window, lines at its lower edge, the clipboard and the browser.
final class WindowDialogs implements Dialogs {
  private static final Duration SECRET_STAYS = Duration.seconds(60);
  private static final Duration LINE_STAYS = Duration.seconds(6);
  private static final Duration LINE_WITH_A_WAY_STAYS = Duration.seconds(30);
  private static final int MOST_LINES = 3;

  private final Overlay overlay;
  private final VBox lines;
  private final Consumer<URI> browser;
  private Supplier<Optional<Dialogs>> closer = Optional::empty;
  private Runnable back = () -> {};

  WindowDialogs(Overlay overlay, VBox lines, Consumer<URI> browser) {
    this.overlay = overlay;
    this.lines = lines;
    this.browser = browser;
  }

  /// Lines with a way on are shown elsewhere while there is somewhere that people look at more.
  ///
  /// @param newBack brings this window to the front, for the way on
  void lookedAtMore(Supplier<Optional<Dialogs>> newCloser, Runnable newBack) {
    closer = newCloser;
    back = newBack;
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
    panel.setId("question");
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
    show(toast, LINE_STAYS);
  }

  @Override
  public void tell(String line, String action, Runnable taken) {
    Optional<Dialogs> elsewhere = closer.get();
    if (elsewhere.isPresent()) {
      elsewhere
          .get()
          .tell(
              line,
              action,
              () -> {
                back.run();
                taken.run();
              });
      return;
    }
    Label words = new Label(line);
    words.setWrapText(true);
    words.setMinHeight(Region.USE_PREF_SIZE);
    HBox.setHgrow(words, Priority.ALWAYS);
    Button way = new Button(action);
    way.setId("way");
    way.getStyleClass().add("way");
    way.setMinWidth(Region.USE_PREF_SIZE);
    HBox toast = new HBox(words, way);
    toast.getStyleClass().add("toast");
    way.setOnAction(click -> {
      lines.getChildren().remove(toast);
      taken.run();
    });
    show(toast, LINE_WITH_A_WAY_STAYS);
  }

  private void show(Region toast, Duration time) {
    if (lines.getChildren().size() == MOST_LINES) {
      lines.getChildren().removeFirst();
    }
    lines.getChildren().add(toast);
    PauseTransition stays = new PauseTransition(time);
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
