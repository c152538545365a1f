package dev.guestlist.ui.kit;

import javafx.beans.DefaultProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Where there is nothing to show: one sentence that says why, and at most a button or two.
@DefaultProperty("actions")
public final class EmptyState extends VBox {
  private final Label sentence = new Label();
  private final HBox actions = new HBox();

  public EmptyState() {
    getStyleClass().add("empty-state");
    sentence.getStyleClass().add("sentence");
    sentence.setMinHeight(Region.USE_PREF_SIZE);
    actions.getStyleClass().add("actions");
    getChildren().addAll(sentence, actions);
  }

  public StringProperty textProperty() {
    return sentence.textProperty();
  }

  public String getText() {
    return sentence.getText();
  }

  public void setText(String text) {
    sentence.setText(text);
  }

  public ObservableList<Node> getActions() {
    return actions.getChildren();
  }
}
