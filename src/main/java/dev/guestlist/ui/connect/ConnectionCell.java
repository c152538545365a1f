package dev.guestlist.ui.connect;

import dev.guestlist.ui.kit.KindText;
import dev.guestlist.ui.kit.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// A connection in the list: square, name, star, and the word of its kind.
final class ConnectionCell extends ListCell<ConnectionsViewModel.Item> {
  private final Texts texts;

  ConnectionCell(Texts texts) {
    this.texts = texts;
    getStyleClass().add("connection-cell");
  }

  @Override
  protected void updateItem(ConnectionsViewModel.@Nullable Item item, boolean empty) {
    super.updateItem(item, empty);
    setText("");
    if (empty || item == null) {
      setGraphic(null);
      setAccessibleText("");
      return;
    }
    KindText kind = KindText.of(item.kind(), texts);
    Label name = new Label(item.name());
    name.getStyleClass().add("strong");
    Label word = new Label(kind.word());
    word.getStyleClass().setAll("label", "kind-word", kind.style());
    HBox below = new HBox(word);
    below.getStyleClass().add("connection-below");
    List<String> notes = new ArrayList<>();
    if (item.open()) {
      notes.add(texts.get("connections.open-now"));
    }
    if (item.readOnly()) {
      notes.add(texts.get("connection.read-only.word"));
    }
    if (item.changed()) {
      notes.add(texts.get("connections.unsaved"));
    }
    Label note = new Label(String.join(", ", notes));
    note.getStyleClass().addAll("quiet", "small");
    below.getChildren().add(note);
    VBox words = new VBox(name, below);
    words.getStyleClass().add("connection-words");
    HBox.setHgrow(words, Priority.ALWAYS);
    words.setMinWidth(0);
    HBox line = new HBox(ConnectionSquare.of(item.kind(), item.colour(), texts), words);
    line.getStyleClass().add("connection-item");
    if (item.favourite()) {
      FontIcon star = new FontIcon("fth-star");
      star.getStyleClass().add("favourite");
      line.getChildren().add(star);
      notes.addFirst(texts.get("connections.favourite"));
    }
    setGraphic(line);
    notes.addFirst(kind.word());
    setAccessibleText(item.name() + ", " + String.join(", ", notes));
  }
}
