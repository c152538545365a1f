package dev.guestlist.ui.connect;

import javafx.beans.DefaultProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// One line of a form: its label, its fields side by side, and below them what helps and what is
/// wrong.
@DefaultProperty("fields")
public final class FormRow extends HBox {
  private final Label label = new Label();
  private final HBox fields = new HBox();
  private final Label hint = new Label();
  private final Label error = new Label();

  public FormRow() {
    getStyleClass().add("form-row");
    label.getStyleClass().add("form-label");
    fields.getStyleClass().add("form-fields");
    fields.getChildren().addListener((ListChangeListener<Node>) change -> nameFields());
    label.textProperty().subscribe(text -> nameFields());
    VBox right = new VBox(fields, below(hint, "quiet"), below(error, "form-error"));
    right.getStyleClass().add("form-right");
    HBox.setHgrow(right, Priority.ALWAYS);
    getChildren().addAll(label, right);
  }

  private void nameFields() {
    if (!fields.getChildren().isEmpty() && !label.getText().isEmpty()) {
      Node first = fields.getChildren().getFirst();
      label.setLabelFor(first);
      if (first.getAccessibleText() == null) {
        first.setAccessibleText(label.getText());
      }
    }
  }

  private static Label below(Label line, String style) {
    line.getStyleClass().addAll(style, "small");
    line.setWrapText(true);
    line.setMinHeight(USE_PREF_SIZE);
    line.visibleProperty().bind(line.textProperty().isNotEmpty());
    line.managedProperty().bind(line.visibleProperty());
    return line;
  }

  public ObservableList<Node> getFields() {
    return fields.getChildren();
  }

  public StringProperty labelProperty() {
    return label.textProperty();
  }

  public String getLabel() {
    return label.getText();
  }

  public void setLabel(String text) {
    label.setText(text);
  }

  /// What helps to fill it in; takes no room while empty.
  public StringProperty hintProperty() {
    return hint.textProperty();
  }

  public String getHint() {
    return hint.getText();
  }

  public void setHint(String text) {
    hint.setText(text);
  }

  /// What is wrong; takes no room while empty.
  public StringProperty errorProperty() {
    return error.textProperty();
  }

  public String getError() {
    return error.getText();
  }

  public void setError(String text) {
    error.setText(text);
  }
}
