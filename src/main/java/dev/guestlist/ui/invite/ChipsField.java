package dev.guestlist.ui.invite;

import dev.guestlist.ui.kit.Texts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// A field of people: chips, and a place to type more. Enter, comma, semicolon and Tab make a chip;
/// arrows move over chips, Delete takes one out, Ctrl+Z brings it back, F2 edits it in place.
final class ChipsField extends FlowPane {
  private static final PseudoClass LEFT_OUT = PseudoClass.getPseudoClass("left-out");

  private final InviteDialogViewModel model;
  private final Texts texts;
  private final TextField input = new Input();
  private final Deque<Removed> removed = new ArrayDeque<>();

  private record Removed(PersonChip chip, int place) {}

  /// Pasted text is taken apart at once, line breaks included.
  private final class Input extends TextField {
    @Override
    public void paste() {
      String text = javafx.scene.input.Clipboard.getSystemClipboard().getString();
      if (text != null && text.strip().matches("(?s).*[\\n\\r,;\\t].*")) {
        model.take(getText() + text);
        clear();
      } else {
        super.paste();
      }
    }
  }

  ChipsField(InviteDialogViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    getStyleClass().add("chips-field");
    input.setId("invitePeople");
    input.setPromptText(texts.get("invite.people.prompt"));
    input.setAccessibleText(texts.get("invite.people"));
    input.textProperty().bindBidirectional(model.typedProperty());
    input.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    input.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
    input
        .focusedProperty()
        .addListener((property, was, is) -> {
          pseudoClassStateChanged(PseudoClass.getPseudoClass("focus-within"), is);
          if (!is) {
            model.takeTyped();
          }
        });
    setOnMouseClicked(event -> input.requestFocus());
    model.chips().addListener((ListChangeListener<PersonChip>) change -> show());
    show();
  }

  TextField input() {
    return input;
  }

  private void show() {
    boolean inside = input.isFocused();
    List<HBox> nodes = model.chips().stream().map(this::chip).toList();
    getChildren().setAll(nodes);
    getChildren().add(input);
    if (inside) {
      input.requestFocus();
    }
  }

  private HBox chip(PersonChip person) {
    Label name = new Label(person.found().text());
    HBox chip = new HBox(name);
    chip.getStyleClass().add("person-chip");
    chip.pseudoClassStateChanged(LEFT_OUT, !person.goes());
    chip.setFocusTraversable(true);
    String says = person.found().text();
    if (!person.detail().isBlank()) {
      Label detail = new Label(person.detail());
      detail.getStyleClass().add("detail");
      chip.getChildren().add(detail);
      says = says + ", " + person.detail();
    }
    chip.setAccessibleText(says);
    Button out = new Button("", new FontIcon("fth-x"));
    out.getStyleClass().addAll("flat", "chip-out");
    out.setFocusTraversable(false);
    out.setAccessibleText(texts.get("invite.chip.remove", person.found().text()));
    out.setOnAction(event -> remove(person));
    chip.getChildren().add(out);
    chip.setOnMouseClicked(event -> {
      chip.requestFocus();
      if (event.getClickCount() == 2) {
        edit(person, chip);
      }
      event.consume();
    });
    chip.setOnKeyPressed(event -> chipPressed(event, person, chip));
    return chip;
  }

  private void chipPressed(KeyEvent event, PersonChip person, HBox chip) {
    int place = getChildren().indexOf(chip);
    switch (event.getCode()) {
      case LEFT -> getChildren().get(Math.max(0, place - 1)).requestFocus();
      case RIGHT -> getChildren().get(place + 1).requestFocus();
      case DELETE, BACK_SPACE -> remove(person);
      case F2, ENTER -> edit(person, chip);
      case Z -> {
        if (event.isShortcutDown()) {
          bringBack();
        }
      }
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void edit(PersonChip person, HBox chip) {
    TextField field = new TextField(person.found().text());
    field.getStyleClass().add("chip-edit");
    field.setAccessibleText(texts.get("invite.chip.edit", person.found().text()));
    field.setOnAction(event -> corrected(person, field.getText()));
    field.setOnKeyPressed(event -> {
      if (event.getCode() == KeyCode.ESCAPE) {
        show();
        input.requestFocus();
        event.consume();
      }
    });
    chip.getChildren().setAll(field);
    field.requestFocus();
    field.selectAll();
    field
        .focusedProperty()
        .addListener((property, was, is) -> {
          if (!is && field.getScene() != null) {
            model.correct(person, field.getText());
          }
        });
  }

  private void corrected(PersonChip person, String text) {
    input.requestFocus();
    if (model.chips().contains(person)) {
      model.correct(person, text);
    }
  }

  private void remove(PersonChip person) {
    removed.push(new Removed(person, model.chips().indexOf(person)));
    model.remove(person);
    input.requestFocus();
  }

  private void bringBack() {
    if (!removed.isEmpty()) {
      Removed last = removed.pop();
      model.putBack(last.chip(), Math.max(0, last.place()));
      input.requestFocus();
    }
  }

  private void pressed(KeyEvent event) {
    boolean empty = input.getText().isEmpty();
    boolean atStart = input.getCaretPosition() == 0 && input.getSelection().getLength() == 0;
    switch (event.getCode()) {
      case ENTER -> {
        if (event.isShortcutDown() || empty) {
          return;
        }
        model.takeTyped();
      }
      case TAB -> {
        if (empty || event.isShiftDown()) {
          return;
        }
        model.takeTyped();
      }
      case BACK_SPACE, LEFT -> {
        if (!atStart || model.chips().isEmpty()) {
          return;
        }
        getChildren().get(model.chips().size() - 1).requestFocus();
      }
      case Z -> {
        if (!event.isShortcutDown() || !empty || removed.isEmpty()) {
          return;
        }
        bringBack();
      }
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void typed(KeyEvent event) {
    String character = event.getCharacter();
    boolean separates = character.equals(",") || character.equals(";");
    boolean inQuotes = input.getText().chars().filter(c -> c == '"').count() % 2 == 1;
    if (separates && !inQuotes && input.getCaretPosition() == input.getLength()) {
      model.takeTyped();
      event.consume();
    }
  }
}
