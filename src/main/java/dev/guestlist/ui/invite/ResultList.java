package dev.guestlist.ui.invite;

import dev.guestlist.ui.kit.StatusBadge;
import dev.guestlist.ui.kit.Texts;
import javafx.collections.ListChangeListener;
import javafx.event.EventHandler;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The outcome of everybody, one line each: what became of them, why, what to do next, and the code
/// where one came back.
final class ResultList extends VBox {
  private final InviteResult result;
  private final Texts texts;

  ResultList(InviteResult result, Texts texts) {
    this.result = result;
    this.texts = texts;
    getStyleClass().add("result-list");
    setId("inviteResult");
    result.lines().addListener((ListChangeListener<InviteResult.Line>) change -> show());
    show();
  }

  private void show() {
    getChildren().setAll(result.lines().stream().map(this::line).toList());
  }

  private Region line(InviteResult.Line line) {
    StatusBadge badge = new StatusBadge();
    badge.show(line.look());
    badge.setMinWidth(Region.USE_PREF_SIZE);
    HBox status = new HBox(badge);
    status.getStyleClass().add("outcome");
    Label person = new Label(line.person());
    person.getStyleClass().add("strong");
    Label sentence = new Label(line.sentence());
    sentence.setWrapText(true);
    VBox words = new VBox(person, sentence);
    if (!line.next().isBlank()) {
      Label next = new Label(line.next());
      next.getStyleClass().add("quiet");
      next.setWrapText(true);
      words.getChildren().add(next);
    }
    words.getStyleClass().add("words");
    HBox.setHgrow(words, Priority.ALWAYS);
    HBox whole = new HBox(status, words);
    whole.getStyleClass().add("result-line");
    whole.setAccessibleText(line.person() + ". " + line.look().word() + ". " + line.sentence());
    if (!line.lastFour().isBlank()) {
      whole.getChildren().add(code(line));
    }
    return whole;
  }

  private HBox code(InviteResult.Line line) {
    String masked = "****-" + line.lastFour();
    Label code = new Label(masked);
    code.getStyleClass().add("mono");
    code.setAccessibleText(texts.get("invite.result.code.hidden", line.lastFour()));
    code.setMinWidth(Region.USE_PREF_SIZE);
    Button hold = new Button(texts.get("invite.result.hold"), new FontIcon("fth-eye"));
    hold.getStyleClass().addAll("flat", "small");
    hold.setMinWidth(Region.USE_PREF_SIZE);
    EventHandler<MouseEvent> pressed = event -> result.reveal(line, code::setText);
    hold.addEventHandler(MouseEvent.MOUSE_PRESSED, pressed);
    hold.addEventHandler(MouseEvent.MOUSE_RELEASED, event -> code.setText(masked));
    hold.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.SPACE && code.getText().equals(masked)) {
            result.reveal(line, code::setText);
          }
        });
    hold.addEventHandler(
        KeyEvent.KEY_RELEASED,
        event -> {
          if (event.getCode() == KeyCode.SPACE) {
            code.setText(masked);
          }
        });
    hold.focusedProperty().addListener((property, was, is) -> code.setText(masked));
    Button copy = new Button(texts.get("invite.result.copy"), new FontIcon("fth-copy"));
    copy.getStyleClass().addAll("flat", "small");
    copy.setMinWidth(Region.USE_PREF_SIZE);
    copy.setAccessibleText(texts.get("invite.result.copy.of", line.person()));
    copy.setOnAction(event -> result.copyCode(line));
    HBox box = new HBox(code, hold, copy);
    box.getStyleClass().add("code");
    box.setMinWidth(Region.USE_PREF_SIZE);
    return box;
  }
}
