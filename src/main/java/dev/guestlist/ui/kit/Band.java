package dev.guestlist.ui.kit;

import javafx.beans.DefaultProperty;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.javafx.FontIcon;

/// One line above the content: what is the matter, and buttons to do something about it. Takes no
/// room while its text is empty.
@DefaultProperty("buttons")
public final class Band extends HBox {
  private final FontIcon icon = new FontIcon("fth-info");
  private final Label label = new Label();
  private final HBox buttons = new HBox();
  private final StringProperty text = new SimpleStringProperty("");
  private final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(Kind.INFO);

  /// What sort of news it is; decides colour and icon.
  public enum Kind {
    INFO("info", "fth-info"),
    WARNING("warning", "fth-alert-triangle"),
    OFFLINE("offline", "fth-wifi-off"),
    /// something of a former time is shown
    PAST("offline", "fth-clock"),
    DANGER("danger", "fth-alert-octagon");

    private final String style;
    private final String icon;

    Kind(String style, String icon) {
      this.style = style;
      this.icon = icon;
    }
  }

  public Band() {
    getStyleClass().addAll("band", Kind.INFO.style);
    label.getStyleClass().add("text-of-band");
    label.setWrapText(true);
    label.setMaxWidth(Double.MAX_VALUE);
    label.textProperty().bind(text);
    HBox.setHgrow(label, Priority.ALWAYS);
    buttons.setSpacing(8);
    buttons.setMinWidth(USE_PREF_SIZE);
    buttons.visibleProperty().bind(Bindings.isNotEmpty(buttons.getChildren()));
    buttons.managedProperty().bind(buttons.visibleProperty());
    getChildren().addAll(icon, label, buttons);
    visibleProperty().bind(text.isNotEmpty());
    managedProperty().bind(visibleProperty());
    kind.addListener((property, was, is) -> {
      getStyleClass().remove(was.style);
      getStyleClass().add(is.style);
      icon.setIconLiteral(is.icon);
    });
  }

  public StringProperty textProperty() {
    return text;
  }

  public String getText() {
    return text.get();
  }

  public void setText(String newText) {
    text.set(newText);
  }

  public ObjectProperty<Kind> kindProperty() {
    return kind;
  }

  public Kind getKind() {
    return kind.get();
  }

  public void setKind(Kind newKind) {
    kind.set(newKind);
  }

  /// The buttons at the end of the line.
  public ObservableList<Node> getButtons() {
    return buttons.getChildren();
  }
}
