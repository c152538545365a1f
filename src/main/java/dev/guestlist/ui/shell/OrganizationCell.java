package dev.guestlist.ui.shell;

import dev.guestlist.model.Organization;
import dev.guestlist.ui.kit.Texts;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// An organization in the tree: its name, and a word where it cannot be entered. A click goes
/// there.
final class OrganizationCell extends TreeCell<OrganizationNode> {
  private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

  private final MainViewModel model;
  private final Texts texts;
  private final Label name = new Label();
  private final Label note = new Label();
  private final HBox line = new HBox(name, note);

  OrganizationCell(MainViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    name.setMaxWidth(Double.MAX_VALUE);
    name.setMinWidth(0);
    HBox.setHgrow(name, Priority.ALWAYS);
    note.getStyleClass().addAll("quiet", "small");
    note.setMinWidth(USE_PREF_SIZE);
    line.getStyleClass().add("organization-line");
    line.setOnMouseClicked(event -> {
      if (event.getButton() == MouseButton.PRIMARY && getItem() != null) {
        model.go(getItem().id());
      }
    });
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(OrganizationNode node, boolean empty) {
    super.updateItem(node, empty);
    boolean shown = !empty && node != null;
    pseudoClassStateChanged(CURRENT, shown && isCurrent(node));
    if (!shown) {
      setGraphic(null);
      return;
    }
    name.setText(node.organization().name());
    note.setText(note(node));
    setGraphic(line);
    setAccessibleText(node.organization().name() + " " + note.getText());
  }

  private boolean isCurrent(OrganizationNode node) {
    var path = model.pathProperty().get();
    return !path.isEmpty() && path.getLast().id().equals(node.id());
  }

  private String note(OrganizationNode node) {
    Organization organization = node.organization();
    if (!organization.active()) {
      return texts.get("organization.disabled");
    }
    if (organization.access() == Organization.Access.REFUSED) {
      return texts.get("organization.no-access");
    }
    boolean first = node.readingProperty().get() && node.children().isEmpty();
    return first ? texts.get("organization.reading") : "";
  }
}
