package dev.guestlist.ui.runs;

import dev.guestlist.model.Group;
import dev.guestlist.model.Role;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.runs.RunLine.Decide;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Changes whom or to what somebody is invited, inside the card that asks.
final class EditNode extends VBox {
  private final ConflictEdit edit;
  private final Texts texts;
  private final Button invite = new Button();

  /// the card as it is shown now: a decision for all may have been taken back since this was opened
  private Decide line;

  EditNode(RunsViewModel model, Texts texts, Decide line, ConflictEdit edit) {
    super(8);
    this.edit = edit;
    this.texts = texts;
    this.line = line;
    getStyleClass().add("edit");
    if (edit.asksForName()) {
      TextField name = field("conflict.edit.name", edit.nameProperty());
      name.setOnAction(enter -> model.change(this.line));
      TextField store = field("conflict.edit.store", edit.storeProperty());
      store.setOnAction(enter -> model.change(this.line));
      HBox fields =
          new HBox(8, named("conflict.edit.name", name), named("conflict.edit.store", store));
      getChildren().add(fields);
      sceneProperty()
          .subscribe(scene -> {
            if (scene != null) {
              name.requestFocus();
              name.selectAll();
            }
          });
    } else {
      getChildren().add(choice("conflict.edit.groups", edit.groups(), Group::name, Group::id));
      getChildren().add(choice("conflict.edit.roles", edit.roles(), Role::displayName, Role::id));
    }
    invite.getStyleClass().addAll("small", "primary");
    invite.setMnemonicParsing(false);
    invite.setOnAction(click -> model.change(this.line));
    show(line);
    if (edit.asksForName()) {
      invite.disableProperty().bind(edit.nameProperty().map(String::isBlank));
    }
    Button leave = new Button(texts.get("conflict.edit.leave"));
    leave.getStyleClass().addAll("small", "flat");
    leave.setOnAction(click -> model.leaveChange(this.line));
    getChildren().add(new HBox(8, invite, leave));
    setOnKeyPressed(key -> {
      if (key.getCode() == KeyCode.ESCAPE) {
        model.leaveChange(this.line);
        key.consume();
      }
    });
  }

  /// Takes the card as it is now: the button names how many are invited with this.
  void show(Decide now) {
    line = now;
    int people = now.forAll() && !edit.asksForName() ? now.alike() : 1;
    invite.setText(
        people > 1 ? texts.get("conflict.edit.do-all", people) : texts.get("conflict.edit.do"));
  }

  private TextField field(String key, StringProperty text) {
    TextField field = new TextField();
    field.setAccessibleText(texts.get(key));
    field.setPrefColumnCount(22);
    field.textProperty().bindBidirectional(text);
    return field;
  }

  private Node named(String key, Node field) {
    Label label = new Label(texts.get(key));
    label.getStyleClass().addAll("quiet", "small");
    return new VBox(2, label, field);
  }

  private <T> Node choice(
      String key, List<T> all, Function<T, String> name, Function<T, String> id) {
    Label label = new Label(texts.get(key));
    label.getStyleClass().addAll("quiet", "small");
    FlowPane chips = new FlowPane(8, 8);
    chips.setAlignment(Pos.CENTER_LEFT);
    chips.getChildren().add(label);
    for (T one : all) {
      ToggleButton chip = new ToggleButton(name.apply(one));
      chip.setMnemonicParsing(false);
      chip.getStyleClass().addAll("chip", "small");
      chip.setSelected(edit.chosen().contains(id.apply(one)));
      chip.setOnAction(click -> {
        if (chip.isSelected()) {
          edit.chosen().add(id.apply(one));
        } else {
          edit.chosen().remove(id.apply(one));
        }
      });
      chips.getChildren().add(chip);
    }
    if (all.isEmpty()) {
      chips.getChildren().add(new Label(texts.get("conflict.edit.none")));
    }
    return chips;
  }
}
