package dev.guestlist.ui.shell;

import javafx.collections.ListChangeListener;
import javafx.event.Event;
import javafx.scene.control.TreeItem;

/// A node of the tree as the tree view wants it: follows the node's children, and asks for them
/// when it is opened.
final class OrganizationItem extends TreeItem<OrganizationNode> {
  private final OrganizationNode node;

  OrganizationItem(OrganizationNode node, RailViewModel rail) {
    super(node);
    this.node = node;
    node.children().addListener((ListChangeListener<OrganizationNode>) change -> fill(rail));
    node.organizationProperty().addListener((property, was, is) -> redraw());
    node.readingProperty().addListener((property, was, is) -> redraw());
    node.childlessProperty().addListener((property, was, is) -> redraw());
    fill(rail);
    setExpanded(node.openProperty().get());
    node.openProperty().addListener((property, was, is) -> setExpanded(is));
    expandedProperty()
        .addListener((property, was, is) -> {
          if (is && !node.openProperty().get()) {
            rail.open(node);
          } else if (!is && node.openProperty().get()) {
            rail.shut(node);
          }
        });
  }

  @Override
  public boolean isLeaf() {
    return node.childlessProperty().get();
  }

  private void fill(RailViewModel rail) {
    getChildren()
        .setAll(node.children().stream().map(child -> new OrganizationItem(child, rail)).toList());
  }

  private void redraw() {
    TreeModificationEvent<OrganizationNode> event =
        new TreeModificationEvent<>(TreeItem.valueChangedEvent(), this, node);
    Event.fireEvent(this, event);
  }
}
